"""The Texts page: what is marked in a text, both ways with map and list; texts that come in, are edited, removed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from reportlab.pdfgen.canvas import Canvas

from geodata.store import open_store
from tests.browser.conftest import FRAMES, ROOT, Visitor, serve, visit
from tests.browser.hostile_store import PAYLOADS, make

TEXTS = ROOT / "tests" / "data" / "texts"
COAST, DRILLS = "101-swahili-coast", "105-pacific-drills"
READING = 300_000
"""Milliseconds that the model and two texts may take on a busy machine."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two of our own texts and a hostile one, read by the command line."""
    folder = tmp_path_factory.mktemp("texts")
    papers = folder / "papers"
    papers.mkdir()
    for name in (COAST, DRILLS):
        shutil.copy(TEXTS / f"{name}.md", papers)
    shutil.copy(ROOT / "tests" / "data" / "docs" / "hostile.md", papers)
    ingest(papers, folder / "atlas.gpkg")
    return folder


def ingest(papers: Path, store: Path, *flags: str) -> None:
    """Read texts as a person would."""
    command = [sys.executable, "-m", "geodata", "ingest", str(papers), "--store", str(store), *flags]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300, env=dict(os.environ))


@pytest.fixture(scope="module")
def server(workspace: Path) -> Iterator[str]:
    yield from serve(workspace / "atlas.gpkg", read_only=False)


@pytest.fixture
def reader(browser: Browser, server: str) -> Iterator[Visitor]:
    for visitor in visit(browser, server, 1440, 900):
        yield visitor
        assert visitor.page.evaluate("window.__ran") is None


def read(visitor: Visitor, id: str, more: str = "") -> Page:
    """Open a text and wait for its words."""
    visitor.open(f"/texts?doc={id}{more}")
    visitor.page.locator(".text-body .para").first.wait_for()
    visitor.page.wait_for_function(
        "id => window.datelineTexts?.reader.data?.facts?.id === id && window.datelineTexts.map.spots", arg=id
    )
    return visitor.page


def test_every_place_is_marked_at_its_offsets(reader: Visitor, workspace: Path) -> None:
    page = read(reader, COAST)
    with open_store(workspace / "atlas.gpkg", read_only=True) as store:
        text = store.document(COAST).text
        mentions = [t for t in store.toponyms(COAST) if t.kind != "embedded"]
    marked = page.evaluate(
        "[...document.querySelectorAll('.text-body .place')]"
        ".map(n => [Number(n.dataset.start), Number(n.dataset.end), n.textContent])"
    )
    assert [m[:2] for m in marked] == sorted([t.start, t.end] for t in mentions)
    assert [words for _, _, words in marked] == [text[a:b] for a, b, _ in marked]
    shown = page.evaluate("[...document.querySelectorAll('.text-body .words')].map(n => n.textContent)")
    assert "".join(shown).replace("\n", "") == text.replace("\n", "")


def test_actors_dates_and_projects_are_marked_each_in_its_way(reader: Visitor) -> None:
    page = read(reader, COAST)
    assert page.locator(".text-body .actor").count() > 2
    assert page.locator(".text-body .date").count() > 2
    assert page.locator(".text-body .place.literal").count() > 5
    bar = page.locator(".bar-link").first
    bar.wait_for()
    assert bar.inner_text().strip()
    assert page.locator(".text-legend li").count() == 7


def test_a_place_is_one_selection_in_text_list_and_map(reader: Visitor) -> None:
    page = read(reader, COAST)
    place = page.locator(".text-body .place.literal").first
    place.click()
    id = page.evaluate("window.datelineTexts.map.selected")
    row = page.locator('.place-row[aria-pressed="true"]')
    assert row.count() == 1
    assert row.get_attribute("data-id") == id
    assert page.locator(".text-body .place.on").count() > 0
    other = page.locator('.place-row[aria-pressed="false"]').nth(2)
    wanted = other.get_attribute("data-id")
    other.click()
    assert page.evaluate("window.datelineTexts.map.selected") == wanted
    assert page.locator(".text-body .place.at").count() == 1
    page.locator(".mini").scroll_into_view_if_needed()
    page.evaluate(FRAMES)
    spot = page.evaluate(
        "(() => { const { map } = window.datelineTexts;"
        " const s = map.spots.find(s => s.place.id !== map.selected && !s.country && s.x > 30 && s.y > 30"
        " && s.x < 250 && s.y < 250 && !map.spots.some(o => o !== s && Math.hypot(o.x - s.x, o.y - s.y) < 16));"
        " return s && [s.place.id, s.x, s.y]; })()"
    )
    assert spot, "no mark stands alone on the small map"
    page.locator(".mini .dots").click(position={"x": spot[1], "y": spot[2]})
    assert page.locator('.place-row[aria-pressed="true"]').get_attribute("data-id") == spot[0]


def test_places_are_reached_and_chosen_by_keys(reader: Visitor) -> None:
    page = read(reader, COAST)
    page.locator(".text-body .place").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.locator(".text-body .place.at").evaluate("n => n === document.activeElement")


def test_a_link_opens_the_passage_in_view(reader: Visitor, workspace: Path) -> None:
    with open_store(workspace / "atlas.gpkg", read_only=True) as store:
        sentence = store.sentences(COAST)[-2]
        words = store.document(COAST).text[sentence.start : sentence.end]
    page = read(reader, COAST, f"&start={sentence.start}&end={sentence.end}")
    here = page.locator(".s.here")
    here.first.wait_for()
    assert here.first.inner_text().strip() == words
    page.wait_for_function("document.querySelector('.s.here').getBoundingClientRect().bottom < innerHeight")


def test_a_bar_leads_to_the_card_and_the_card_back_to_the_passage(reader: Visitor) -> None:
    page = read(reader, COAST)
    page.locator(".bar-link").first.wait_for()
    page.locator(".bar-link").first.click()
    page.locator(".card-head h2").wait_for()
    page.locator(".evidence .button", has_text="Open in text").click()
    page.locator(".s.here").first.wait_for()
    assert f"doc={COAST}" in page.url


def test_a_text_that_comes_in_is_on_the_map_and_a_bad_one_says_why(
    reader: Visitor, workspace: Path, tmp_path: Path
) -> None:
    page = read(reader, COAST)
    with open_store(workspace / "atlas.gpkg", read_only=True) as store:
        before = store.count("projects")
    good = tmp_path / "mekong <b>dams.md"
    shutil.copy(TEXTS / "102-mekong-dams.md", good)
    scan = tmp_path / "scan-07.pdf"
    canvas = Canvas(str(scan))
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.showPage()
    canvas.save()
    page.locator('.st-key-dl-file input[type="file"]').set_input_files([good, scan])
    page.locator(".batch").wait_for()
    page.locator('.batch[data-step="done"]').wait_for(timeout=READING)
    error = page.locator(".file.failed .upload-error").inner_text()
    assert error.startswith("scan-07.pdf: ")
    assert "no text" in error
    assert error.endswith("Nothing was read from it; the other file was.")
    page.locator(".file .link", has_text="mekong <b>dams.md").click()
    page.locator(".text-item[aria-current] .counts", has_text="project").wait_for()
    page.reload()
    page.locator(".file.failed").wait_for()  # the message outlives a reload
    with open_store(workspace / "atlas.gpkg", read_only=True) as store:
        after = store.count("projects")
    assert after > before
    reader.open("/")
    assert reader.page.evaluate("window.datelinePage.columns.rows") == after
    reader.open("/?country=LA")
    assert reader.marked() > 0
    reader.open("/texts")
    page.get_by_role("button", name="Put this message away").click()
    page.locator(".file.failed").wait_for(state="detached")


def test_an_edited_title_stays_after_the_texts_are_read_again(reader: Visitor, workspace: Path) -> None:
    page = read(reader, DRILLS)
    page.get_by_role("button", name="Edit details").click()
    form = page.locator("form.text-form")
    form.locator('[name="published"]').fill("in spring")
    form.get_by_role("button", name="Save details").click()
    assert "cannot be read" in form.get_by_role("alert").inner_text()
    form.locator('[name="published"]').fill("2021-04")
    form.locator('[name="title"]').fill('Drills <img src=x onerror="window.__ran=1">')
    form.get_by_role("button", name="Save details").click()
    page.locator(".text-head h1", has_text="Drills <img").wait_for()
    page.locator(".text-item .title", has_text="Drills <img").wait_for()
    ingest(workspace / "papers", workspace / "atlas.gpkg", "--force")
    with open_store(workspace / "atlas.gpkg", read_only=True) as store:
        found = store.document(DRILLS)
    assert found.title.startswith("Drills <img")
    assert found.published == "2021-04"


def test_a_removed_text_goes_and_comes_back(reader: Visitor, workspace: Path) -> None:
    page = read(reader, DRILLS)
    path = workspace / "atlas.gpkg"
    page.get_by_role("button", name="Remove text").click()
    page.get_by_role("group", name="Remove this text").get_by_role("button", name="Remove text").click()
    page.locator(".removed summary").wait_for()
    wait_until(lambda: DRILLS not in documents(path))
    page.locator(".removed summary").click()
    page.locator(".removed .link").click()
    page.locator(".removed").wait_for(state="hidden")
    wait_until(lambda: DRILLS in documents(path))


def documents(path: Path) -> set[str]:
    """Ids of the texts whose projects count."""
    with open_store(path, read_only=True) as store:
        return set(store.project_columns().documents.labels)


def wait_until(true: object, seconds: float = 120) -> None:
    """Wait for what a thread of the server does."""
    assert callable(true)
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.2)


def test_a_hostile_text_is_only_words(reader: Visitor) -> None:
    page = read(reader, "hostile")
    assert "<img src=x" in page.locator(".text-body").inner_text()
    assert "onerror" in page.locator(".text-head h1").inner_text()
    assert page.locator(".text-body img, .text-body script, .text-head a[href^=javascript]").count() == 0


@pytest.mark.parametrize("size", [(390, 844), (768, 1024), (1920, 1080)])
def test_no_page_is_wider_than_its_window(browser: Browser, server: str, size: tuple[int, int]) -> None:
    for visitor in visit(browser, server, *size):
        for path in (f"/texts?doc={COAST}", "/actors", "/coverage", "/about")[: 4 if size[0] < 500 else 1]:
            visitor.open(path).page.locator(".text-body .para, .page-part").first.wait_for()
            visitor.rest()
            wide = visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert (path, wide) == (path, min(wide, 0))


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious(browser: Browser, server: str, dark: bool) -> None:
    for visitor in visit(browser, server, 1280, 800, dark=dark):
        read(visitor, COAST).locator(".text-body .place").first.click()
        for path in ("", "/actors?name=Kenya", "/coverage", *(() if dark else ("/actors", "/about"))):
            if path:
                visitor.open(path).page.locator(".page-part").wait_for()
            visitor.rest()
            found = Axe().run(visitor.page)
            serious = [v for v in found["violations"] if v["impact"] in ("serious", "critical")]
            assert [(path, v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in serious] == []


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A read-only server whose every field is hostile, with one very long text."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.gpkg"
    make(path, PAYLOADS)
    yield from serve(path)


def test_hostile_fields_run_nothing_on_any_of_these_pages(browser: Browser, others: str) -> None:
    for visitor in visit(browser, others, 1280, 800):
        page = visitor.open("/texts").page
        page.locator(".text-item").first.wait_for()
        page.locator(".text-head h1").wait_for()
        assert page.locator(".st-key-dl-file").count() == 0
        assert "Read-only" in page.locator(".read-only").inner_text()
        visitor.open("/actors").page.locator(".actor-list .row").first.click()
        page.locator(".actor-head h2").wait_for()
        for path in ("/coverage", "/about"):
            visitor.open(path).page.locator(".page-part").wait_for()
            assert "null" not in page.locator(".page-part").inner_text().split()
        assert page.evaluate("window.__ran") is None


def test_what_is_weighed_for_a_place_is_told_in_words(reader: Visitor) -> None:
    page = read(reader, COAST)
    for row in page.locator(".place-row").all()[:8]:
        row.click()
        assert "null" not in page.locator(".place-note").inner_text()


def test_a_text_that_is_not_there_is_told(reader: Visitor) -> None:
    page = reader.open("/texts?doc=%3Cb%3Enone").page
    page.locator(".notice h1").wait_for()
    assert "<b>none" in page.locator(".notice").inner_text()
    assert page.locator(".notice b").count() == 0


def test_actors_lead_to_partners_and_to_the_map(browser: Browser, server: str) -> None:
    for visitor in visit(browser, server, 1280, 800):
        page = visitor.open("/actors").page
        page.locator(".together td button").first.click()
        page.locator(".actor-head h2").wait_for()
        name = page.locator(".actor-head h2").inner_text()
        told = int(page.locator(".actor-list .row[aria-pressed=true] .count").inner_text())
        assert page.locator(".actor-projects tbody tr").count() == told
        page.locator(".partners summary").first.click()
        page.locator(".partners details[open] .link", has_text="More on").click()
        page.wait_for_function("n => document.querySelector('.actor-head h2')?.textContent !== n", arg=name)
        page.go_back()
        page.wait_for_function("n => document.querySelector('.actor-head h2')?.textContent === n", arg=name)
        page.locator(".actor-head .link", has_text="Show on the map").click()
        page.wait_for_function("window.datelinePage?.counts")
        assert page.evaluate("window.datelinePage.state.filter.actors.length") == 1


def test_a_field_of_coverage_opens_its_projects(browser: Browser, server: str) -> None:
    for visitor in visit(browser, server, 1280, 800):
        page = visitor.open("/coverage").page
        field = page.locator(".field-cell a").first
        field.wait_for()
        assert page.locator(".field-cell .step-0").count() > 0
        title = field.get_attribute("title") or ""
        field.click()
        page.wait_for_function("window.datelinePage?.counts")
        state = page.evaluate("window.datelinePage.state.filter")
        assert state["countries"]
        assert str(state["first"] or state["last"]) in title
