"""The map page in a real browser: filters, card, address, keys, sizes."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, expect

from dashboard.facets import build, count
from dashboard.state import read, write
from geodata.store import open_store
from geodata.vocabulary import load_vocabulary
from tests.browser.conftest import FRAMES, Visitor, serve, visit
from tests.dashboard.small_store import At, Thing, save

FILTERS = (
    (".facet-type .group > .row", 0),
    (".facet-actor .row", 1),
    (".facet-status .row", 0),
    (".facet-document .row", 2),
    (".facet-place .row", 0),
    (".facet-precision .row", 0),
)


def rows(visitor: Visitor) -> int:
    """How many projects the table says it lists."""
    words = visitor.page.locator(".table-summary").inner_text().split(" project")[0]
    return int("".join(c for c in words if c.isdigit()))


def unfold(visitor: Visitor) -> None:
    folded = visitor.page.locator(".fold[aria-expanded=false]")
    while folded.count():
        folded.first.click()


def count_of(row: Locator) -> int:
    return int("".join(c for c in row.locator(".count").inner_text() if c.isdigit()))


def test_the_page_opens_with_every_other_host_out_of_reach(visitor: Visitor) -> None:
    visitor.open()
    assert visitor.shown() == visitor.marked() == rows(visitor) > 100


@pytest.mark.parametrize(("selector", "at"), FILTERS)
def test_each_filter_changes_marks_table_and_counts_together(
    visitor: Visitor, selector: str, at: int
) -> None:
    visitor.open()
    unfold(visitor)
    before = visitor.shown()
    row = visitor.page.locator(selector).nth(at)
    told = count_of(row)
    row.click()
    visitor.settle()
    assert visitor.shown() == visitor.marked() == rows(visitor) == told < before
    assert visitor.page.locator(".chip-list .chip").count() == 1
    visitor.page.get_by_role("button", name="Reset", exact=True).click()
    visitor.settle()
    assert visitor.shown() == visitor.marked() == before


def test_years_are_dragged_and_typed(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.get_by_role("slider", name="First year").press("PageUp")
    visitor.settle()
    narrowed = visitor.shown()
    assert "year=" in visitor.page.url
    assert narrowed == visitor.marked() == rows(visitor)
    box = visitor.page.locator(".stage canvas").bounding_box()
    assert box is not None
    visitor.page.mouse.move(box["x"] + 200, box["y"] + 60)
    visitor.page.mouse.down()
    visitor.page.mouse.move(box["x"] + 300, box["y"] + 60, steps=4)
    visitor.page.mouse.up()
    visitor.settle()
    assert visitor.shown() == visitor.marked() == rows(visitor)
    keep = visitor.page.locator(".facet-year .check")
    if keep.is_visible():
        before = visitor.shown()
        keep.click()
        visitor.settle()
        assert visitor.shown() >= before
        assert "noyear=1" in visitor.page.url


def test_words_of_the_evidence_are_found(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.get_by_role("searchbox", name="Search the evidence").fill("pipeline")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_function("datelinePage.confirmed.filter === 'q=pipeline'")
    visitor.settle()
    assert 0 < visitor.shown() == visitor.marked() < 200


def test_browser_and_server_count_alike(visitor: Visitor, made_up: Path) -> None:
    query = "group=energy&year=2000-2015&actor=China&confidence=0.6"
    visitor.open(f"/?{query}")
    with open_store(made_up, read_only=True) as store:
        columns = build(store.project_columns(), load_vocabulary())
    facets = count(columns, read(query).filter)
    page = visitor.page
    assert visitor.shown() == facets.shown
    named = """(name, key) => { const c = datelinePage.columns[name], n = datelinePage.counts[name];
        return Object.fromEntries(c.names.map((x, i) => [x, n[i]]).filter(([, n]) => n)); }"""
    for name, facet in (("actors", "actor"), ("places", "place"), ("documents", "document")):
        assert page.evaluate(named, name) == dict(facets.counts[facet])
    types = """Object.fromEntries(datelinePage.columns.types
        .map((t, i) => [t.id, datelinePage.counts.types[i]]).filter(([, n]) => n))"""
    assert page.evaluate(types) == dict(facets.counts["type"])
    assert page.evaluate("Array.from(datelinePage.counts.years)") == facets.years.tolist()
    hidden = page.evaluate("datelinePage.counts.hidden")
    assert hidden == {reason: listed.tolist() for reason, listed in facets.hidden.items()}
    assert page.evaluate("datelinePage.confirmed.differs") is False


def test_what_is_hidden_is_counted_and_opens_as_a_list(visitor: Visitor) -> None:
    visitor.open("/?group=energy")
    total = visitor.page.evaluate("datelinePage.columns.rows")
    numbers = visitor.page.locator(".headline .hidden .link")
    told = [int("".join(c for c in words if c.isdigit())) for words in numbers.all_inner_texts()]
    assert sum(told) == total - visitor.shown()
    numbers.first.click()
    assert visitor.page.locator(".tray-list li").count() == min(told[0], 100)
    title = visitor.page.locator(".tray-list .label").first.inner_text()
    visitor.page.locator(".tray-list button").first.click()
    assert visitor.page.locator(".card h2").first.inner_text() == title
    visitor.page.locator(".card-note").wait_for()


def test_a_click_shows_the_sentence_and_marks_its_words(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.locator("#dl-table tbody tr").nth(4).click()
    quote = visitor.page.locator(".quote")
    quote.wait_for()
    assert len(quote.inner_text()) > 20
    assert quote.locator("mark").count() > 0
    assert "characters" in visitor.page.locator(".card .source").inner_text()
    assert visitor.page.locator("tr[aria-selected=true]").count() == 1
    visitor.page.get_by_role("button", name="Copy as footnote").click()
    visitor.page.get_by_text("Copied").wait_for()
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert quote.inner_text().strip() in copied


LONE_SPOT = """() => {
    const c = datelinePage.columns, { row, lat, lon } = c.marks;
    const near = (i, j) => Math.abs(lat[i] - lat[j]) + Math.abs(lon[i] - lon[j]) < 0.2;
    for (let i = 0; i < row.length; i++)
        if (c.precision[row[i]] < 3 && datelinePage.result.mask[row[i]] && !row.some((_, j) => j !== i && near(i, j)))
            return { id: c.id(row[i]), lat: lat[i], lon: lon[i] };
}"""


def test_a_click_on_a_mark_selects_and_again_and_again(visitor: Visitor) -> None:
    visitor.open()
    spot = visitor.page.evaluate(LONE_SPOT)
    visitor.map.evaluate("s => dateline.setView(s.lat, s.lon, 11)", spot)
    box = visitor.page.locator(".st-key-dl-map iframe").bounding_box()
    assert box is not None
    middle = visitor.map.evaluate(
        "(() => { const b = document.querySelector('.leaflet-container').getBoundingClientRect();"
        " return [b.x + b.width / 2, b.y + b.height / 2]; })()"
    )
    for _ in range(3):
        visitor.page.mouse.click(box["x"] + middle[0], box["y"] + middle[1])
        visitor.page.wait_for_function("id => datelinePage.state.sel === id", arg=spot["id"])
        visitor.page.locator(".quote").wait_for()
        visitor.page.evaluate(FRAMES)
    visitor.page.keyboard.press("Escape")
    visitor.page.mouse.click(box["x"] + middle[0], box["y"] + middle[1])
    visitor.page.wait_for_function("id => datelinePage.state.sel === id", arg=spot["id"])


def test_a_pasted_link_opens_exactly_that(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.locator(".facet-type .group > .row").first.click()
    visitor.settle()
    visitor.page.locator("#dl-table tbody tr").nth(1).click()
    visitor.page.locator(".quote").wait_for()
    boundaries = visitor.page.get_by_label("Boundary view")
    boundaries.select_option(index=1)
    visitor.page.wait_for_function(
        "wanted => datelinePage.frame.getView().borders === wanted"
        " && new URLSearchParams(location.search).get('borders') === wanted",
        arg=boundaries.input_value(),
    )
    visitor.settle()
    url = visitor.page.url
    title = visitor.page.locator(".card h2").first.inner_text()
    shown, view = visitor.shown(), visitor.map.evaluate("dateline.getView()")
    visitor.page.goto("about:blank")
    visitor.open(url.removeprefix(visitor.address))
    visitor.page.locator(".quote").wait_for()
    assert visitor.page.url == url
    assert visitor.shown() == shown
    assert visitor.page.locator(".card h2").first.inner_text() == title
    again = visitor.map.evaluate("dateline.getView()")
    assert again["borders"] == view["borders"]
    assert again["zoom"] == view["zoom"]
    assert abs(again["lat"] - view["lat"]) < 0.1
    assert abs(again["lon"] - view["lon"]) < 0.1


def test_the_middle_of_a_linked_view_stays_while_the_page_takes_its_shape(visitor: Visitor) -> None:
    visitor.open("/?at=6/12.5/40.25")
    visitor.page.locator(".st-key-dl-map iframe").evaluate(
        "frame => frame.style.setProperty('height', '300px', 'important')"
    )
    visitor.map.wait_for_function("innerHeight === 300 && dateline.plate.map.getSize().y <= 300")
    view = visitor.map.evaluate("dateline.getView()")
    assert (view["zoom"], view["lat"], view["lon"]) == pytest.approx((6, 12.5, 40.25), abs=0.05)


def test_the_address_is_the_one_spelling_of_the_state(visitor: Visitor) -> None:
    visitor.open(
        "/?type=dam&type=road&year=2001-2012&actor=China@funding&role=host&confidence=0.6&status=none&precision=1,5&noyear=1&q=%22odd%22+(words)"
    )
    visitor.page.get_by_role("button", name="Road").first.is_visible()
    query = visitor.page.evaluate("datelinePage.filterQuery()")
    assert write(read(query)) == query
    assert read(query) == read(urlsplit(visitor.page.url).query)


def test_what_is_of_low_confidence_is_hidden_at_first_counted_and_shown_when_asked(
    browser: Browser, tmp_path: Path
) -> None:
    things = (
        Thing("Sure", (At(30, 71),)),
        *(Thing("Unsure", (At(25, 62),), confidence=c) for c in (0.39, 0.1)),
    )
    for address in serve(save(tmp_path / "unsure.gpkg", things)):
        for visitor in visit(browser, address, 1280, 800):
            visitor.open()
            headline = visitor.page.locator("#dl-headline")
            assert visitor.shown() == visitor.marked() == 1
            expect(headline).to_contain_text("2 hidden: 2 low confidence")
            headline.get_by_role("button", name="Show those of low confidence too").click()
            visitor.settle()
            assert visitor.shown() == visitor.marked() == 3
            assert visitor.page.evaluate("datelinePage.filterQuery()") == "confidence=0"
            expect(headline).not_to_contain_text("low confidence")


def test_a_link_with_a_role_opens_with_it(visitor: Visitor) -> None:
    visitor.open("/?role=funding")
    assert visitor.page.evaluate("datelinePage.filterQuery()") == "role=funding"
    assert 0 < visitor.shown() == visitor.marked() < 200
    assert visitor.page.evaluate("datelinePage.confirmed.differs") is False
    expect(visitor.page.locator(".chip-list .chip")).to_have_count(1)


def test_a_role_is_found_and_filtered_whoever_has_it(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.get_by_role("searchbox", name="Find an actor or a role").fill("fund")
    role = visitor.page.get_by_role("group", name="Roles, whoever has them").get_by_role("button")
    count = int("".join(c for c in role.first.locator(".count").inner_text() if c.isdigit()))
    role.first.click()
    visitor.settle()
    assert visitor.page.evaluate("datelinePage.filterQuery()").startswith("role=")
    assert visitor.shown() == visitor.marked() == count < 200
    assert visitor.page.evaluate("datelinePage.confirmed.differs") is False
    visitor.page.locator(".chip-list .chip").click()
    visitor.settle()
    assert visitor.page.evaluate("datelinePage.filterQuery()") == ""


def test_back_and_forward_go_through_the_filters_without_a_remount(visitor: Visitor) -> None:
    visitor.open()
    visitor.map.evaluate("window.leftHere = 1")
    before = visitor.shown()
    visitor.page.locator(".facet-type .group > .row").nth(1).click()
    visitor.settle()
    first = visitor.shown()
    visitor.page.locator(".facet-actor .row").first.click()
    visitor.settle()
    visitor.page.go_back()
    visitor.settle()
    assert visitor.shown() == visitor.marked() == first
    visitor.page.go_back()
    visitor.settle()
    assert visitor.shown() == visitor.marked() == before
    visitor.page.go_forward()
    visitor.settle()
    assert visitor.shown() == first
    assert visitor.map.evaluate("window.leftHere") == 1


def test_the_view_stays_when_filters_change(visitor: Visitor) -> None:
    visitor.open("/?at=5/30/70")
    view = visitor.map.evaluate("dateline.getView()")
    visitor.page.locator(".facet-type .group > .row").first.click()
    visitor.settle()
    assert visitor.map.evaluate("dateline.getView()") == view


def test_only_what_is_on_the_screen(visitor: Visitor) -> None:
    visitor.open("/?at=5/30/70")
    unfold(visitor)
    before = visitor.shown()
    visitor.page.get_by_text("only what is on the screen").click()
    visitor.settle()
    assert visitor.shown() < before
    assert "bbox=" in visitor.page.url


def test_the_table_and_the_card_work_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.locator("#dl-table tbody tr").first.focus()
    visitor.page.keyboard.press("ArrowDown")
    first = visitor.page.evaluate("datelinePage.state.sel")
    visitor.page.keyboard.press("ArrowDown")
    second = visitor.page.evaluate("datelinePage.state.sel")
    assert first
    assert second
    assert first != second
    assert visitor.page.evaluate("document.activeElement.dataset.key") == second
    visitor.page.locator(".quote").wait_for()
    visitor.page.keyboard.press("Escape")
    assert visitor.page.evaluate("datelinePage.state.sel") == ""
    assert visitor.page.locator(".card-empty").is_visible()


def test_sorting_by_a_column_turns_and_is_in_the_address(visitor: Visitor) -> None:
    visitor.open()
    years = visitor.page.get_by_role("button", name="Years", exact=True)
    years.click()
    years.click()
    assert "sort=-year" in visitor.page.url
    assert visitor.page.locator("th[aria-sort=descending]").count() == 1


def test_play_walks_through_the_years(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.get_by_role("button", name="Play the years").click()
    visitor.page.wait_for_function("datelinePage.state.filter.last !== null")
    visitor.page.get_by_role("button", name="Pause").click()
    visitor.page.get_by_role("button", name="up to this year").click()
    visitor.settle()
    assert "mode=upto" in visitor.page.url
    assert visitor.shown() == visitor.marked()


def test_share_copies_the_link(visitor: Visitor) -> None:
    visitor.open("/?group=energy")
    visitor.page.get_by_role("button", name="Share").click()
    visitor.page.get_by_text("Link copied").wait_for()
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{visitor.address}/?group=energy&at=")


def test_a_filter_that_cannot_be_read_is_told_in_words(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.address}/?year=soon")
    visitor.page.get_by_role("alert").filter(has_text="year=soon").wait_for()


def test_no_result_says_what_to_do_next(visitor: Visitor) -> None:
    visitor.open("/?place=Nowhere+at+all")
    visitor.page.get_by_text("No project passes these filters").wait_for()
    visitor.page.get_by_role("button", name="Reset all").click()
    visitor.settle()
    assert visitor.shown() > 0


@pytest.mark.parametrize("width", [390, 768, 1280, 1920])
def test_nothing_overflows(browser: Browser, address: str, width: int) -> None:
    for visitor in visit(browser, address, width, 844):
        visitor.open("/?group=energy&year=2000-2015")
        assert (
            visitor.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            <= 0
        )


def test_a_phone_shows_map_first_filters_in_a_drawer_and_the_card_as_a_sheet(phone: Visitor) -> None:
    phone.open()
    assert not phone.page.locator(".facet-type").is_visible()
    phone.page.get_by_role("button", name="Filter", exact=True).tap()
    phone.page.locator(".facet-type .group > .row").first.tap()
    phone.settle()
    phone.page.get_by_role("button", name="Show on the map").tap()
    expect(phone.page.get_by_role("button", name="Filter · 1")).to_be_visible()
    small = phone.page.evaluate("""() => Array.from(document.querySelectorAll('.chips button, .pages a'))
        .filter(e => e.offsetParent && e.getBoundingClientRect().height + 8 < 44).map(e => e.textContent)""")
    assert small == []
    phone.page.evaluate("datelinePage.columns && document.querySelector('#dl-table').scrollIntoView()")
    phone.page.locator("#dl-table tbody tr").first.tap()
    card = phone.page.locator(".card")
    phone.page.locator(".quote").wait_for()
    low = card.bounding_box()
    assert low is not None
    phone.page.get_by_role("button", name="Enlarge the card").tap()
    taller = "low => document.querySelector('.card').getBoundingClientRect().height > low * 1.5"
    phone.page.wait_for_function(taller, arg=low["height"])


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious(browser: Browser, address: str, dark: bool) -> None:
    for visitor in visit(browser, address, 1280, 800, dark=dark):
        visitor.open("/?group=energy&year=2000-2015")
        unfold(visitor)
        visitor.page.locator("#dl-table tbody tr").first.click()
        visitor.page.locator(".quote").wait_for()
        found = Axe().run(visitor.page)
        serious = [v for v in found["violations"] if v["impact"] in ("serious", "critical")]
        assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in serious] == []


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose store does not exist."""
    yield from serve(tmp_path_factory.mktemp("none") / "missing.gpkg")


def test_without_a_store_the_page_says_what_to_do(browser: Browser, nothing: str) -> None:
    for visitor in visit(browser, nothing, 1280, 800):
        visitor.page.goto(nothing)
        visitor.page.get_by_text("No texts have been read yet").wait_for()
        visitor.page.get_by_text("dateline ingest").wait_for()


@pytest.mark.skipif(find_spec("dashboard.pages.texts") is None, reason="there is no Texts page")
def test_pages_are_one_step_apart_and_the_map_comes_back_as_it_was(visitor: Visitor) -> None:
    visitor.open("/?group=energy")
    shown = visitor.shown()
    visitor.page.locator("#dl-table tbody tr").first.click()
    visitor.page.locator(".quote").wait_for()
    title = visitor.page.locator(".card h2").first.inner_text()
    visitor.page.get_by_role("button", name="Open in text").click()
    visitor.page.wait_for_url("**/texts?doc=*")
    visitor.page.locator(".st-key-dl-explorer").wait_for(state="detached")
    visitor.page.go_back()
    visitor.page.locator(".quote").wait_for()
    visitor.settle()
    assert visitor.shown() == shown == visitor.marked()
    assert visitor.page.locator(".card h2").first.inner_text() == title
