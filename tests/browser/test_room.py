"""The room and its companions, scenes whose projects changed, and exports made aside, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pptx
import psutil
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Visitor, serve, visit
from tests.dashboard.small_store import At, Thing, save

LONG = 90_000
THINGS = (
    Thing("East line", (At(30, 71),), year=2015, status="planned"),
    Thing("West line", (At(25, 62),), year=2016, disagree=True),
    Thing("Drill", (At(34, 72),), type="joint_exercise", status="held", year=2017),
)
LATER = (Thing("East line", (At(30, 71),), year=2015, status="cancelled"), THINGS[1])
SWIPE = """([from, to]) => {
  const target = document.querySelector('.room-panel');
  for (const [type, x] of [['touchstart', from], ['touchend', to]]) {
    const touch = new Touch({ identifier: 1, target, clientX: x, clientY: 500 });
    target.dispatchEvent(new TouchEvent(type, { bubbles: true, changedTouches: [touch], touches: [] }));
  }
}"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("room") / "room.gpkg", THINGS)


@pytest.fixture(scope="module")
def desk(path: Path) -> Iterator[str]:
    """A server that may write."""
    yield from serve(path, read_only=False)


@pytest.fixture
def editor(browser: Browser, desk: str) -> Iterator[Visitor]:
    for visitor in visit(browser, desk, 1280, 800):
        visitor.page.set_default_timeout(LONG)
        yield visitor


@pytest.fixture
def phone(browser: Browser, desk: str) -> Iterator[Visitor]:
    for visitor in visit(browser, desk, 390, 844, touch=True):
        visitor.page.set_default_timeout(LONG)
        yield visitor


def new_brief(editor: Visitor, *, walk: bool = True) -> Page:
    """Make a brief of its own, with a scene of every project where it walks through them."""
    page = editor.page
    page.goto(editor.address + "/brief")
    page.wait_for_selector(".brief-add")
    before = (
        page.locator(".brief-title").get_attribute("data-id") if page.locator(".brief-title").count() else ""
    )
    page.get_by_role("button", name="New brief").click()
    page.wait_for_function(
        "id => ![id, undefined, ''].includes(document.querySelector('.brief-title')?.dataset.id)", arg=before
    )
    if walk:
        page.get_by_role("button", name="Walk through it in order of time").click()
        expect(page.locator(".scene")).to_have_count(3)
    return page


def brief_id(page: Page) -> str:
    return page.locator(".brief-title").get_attribute("data-id") or ""


def headlines(page: Page) -> Locator:
    return page.locator(".scene-headline")


def enter(page: Page, first: str = "East line") -> Locator:
    """Present from the first scene; return the headline in the room, once the map stands behind it."""
    page.locator(".scene-button").first.click()
    page.get_by_role("button", name="Present from here").click()
    title = page.locator(".room h1")
    expect(title).to_have_text(first)
    page.wait_for_function(
        "document.querySelector('.st-key-dl-stage iframe')?.contentWindow?.dateline?.drawn?.().projects > 0"
    )
    return title


# --- the editor --------------------------------------------------------------------------------------------------


def test_a_scene_is_dragged_to_another_place(editor: Visitor) -> None:
    page = new_brief(editor)
    scenes = page.locator(".scene")
    box = scenes.nth(2).bounding_box()
    assert box
    scenes.nth(0).drag_to(scenes.nth(2), target_position={"x": box["width"] / 2, "y": box["height"] - 4})
    expect(headlines(page)).to_have_text(["West line", "Drill", "East line"])
    scenes.nth(2).drag_to(scenes.nth(0), target_position={"x": box["width"] / 2, "y": 4})
    expect(headlines(page)).to_have_text(["East line", "West line", "Drill"])


def test_every_scene_has_a_small_picture_in_light_and_dark(editor: Visitor) -> None:
    page = new_brief(editor)
    drawn = (
        "[...document.querySelectorAll('.scene-thumb img')].every(i => i.complete && i.naturalWidth > 100)"
    )
    page.wait_for_function(drawn)
    light = page.evaluate("document.querySelector('.scene-thumb img').currentSrc")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        f"s => {drawn} && document.querySelector('.scene-thumb img').currentSrc !== s", arg=light
    )


def test_two_wishes_at_once_are_both_done(editor: Visitor) -> None:
    """The headline is left by a click on Hide: the first wish has no answer yet when the second goes out."""
    page = new_brief(editor)
    page.get_by_label("Headline").fill("Both of them")
    page.get_by_role("button", name="Hide this scene from the room").click()
    expect(headlines(page).first).to_have_text("Both of them")
    expect(page.locator(".scene.off")).to_have_count(1)
    page.reload()
    expect(headlines(page).first).to_have_text("Both of them")
    expect(page.locator(".scene.off")).to_have_count(1)


def test_notes_typed_while_the_disk_is_full_are_told_and_not_lost(changing: tuple[Path, Visitor]) -> None:
    _, editor = changing
    page = new_brief(editor)
    notes, words = page.get_by_label("Speaker notes"), "Ask the desk before Monday."
    (server,) = [p for p in psutil.Process().children() if editor.address.rsplit(":", 1)[1] in p.cmdline()]
    before = server.rlimit(psutil.RLIMIT_FSIZE)
    server.rlimit(psutil.RLIMIT_FSIZE, (1, before[1]))  # no file of the server's may grow
    notes.fill(words)
    notes.blur()
    expect(page.locator(".toast")).to_contain_text("File too large")
    page.locator('.brief[data-asked="0"]').wait_for()
    expect(notes).to_have_value(words)
    server.rlimit(psutil.RLIMIT_FSIZE, before)
    notes.fill(words + " Early.")
    notes.blur()
    page.locator('.brief[data-asked="0"]').wait_for()
    page.reload()
    expect(page.get_by_label("Speaker notes")).to_have_value(words + " Early.")


# --- exports -----------------------------------------------------------------------------------------------------


def test_an_edit_during_an_export_loses_neither(editor: Visitor, tmp_path: Path) -> None:
    page = new_brief(editor)
    page.get_by_label("Title of the brief").fill("Lines & <b>drills</b> / 2")
    with page.expect_download(timeout=180_000) as waiting:
        page.get_by_role("button", name="Slides", exact=True).click()
        expect(page.locator(".export-job")).to_have_count(1)
        page.get_by_label("Speaker notes").fill("Meanwhile.")
        page.locator(".scene-button").nth(1).click()
        expect(page.locator(".slide h1")).to_have_text("West line")
    assert waiting.value.suggested_filename == "lines-b-drills-b-2.pptx"
    waiting.value.save_as(tmp_path / "out.pptx")
    assert len(pptx.Presentation(str(tmp_path / "out.pptx")).slides) == 4
    page.locator(".scene-button").first.click()
    expect(page.get_by_label("Speaker notes")).to_have_value("Meanwhile.")
    page.get_by_role("button", name="Put away").click()
    expect(page.locator(".export-job")).to_have_count(0)


def test_an_export_is_cancelled_and_others_go_on(editor: Visitor) -> None:
    page = new_brief(editor)
    page.get_by_role("button", name="PDF", exact=True).click()
    job = page.locator(".export-job")
    expect(job).to_have_count(1)
    page.get_by_role("button", name="Cancel").click()
    expect(job).to_have_count(0)
    with page.expect_download(timeout=180_000) as waiting:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert waiting.value.suggested_filename.endswith(".csv")
    expect(job).to_have_count(1)


def test_a_file_is_given_only_to_who_knows_its_token(editor: Visitor) -> None:
    page = editor.page
    for path in (
        "export/none",
        "export/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/file",
        "thumb/../about.txt",
        "thumb/0.png",
    ):
        answer = page.request.get(f"{editor.address}/_dateline/{path}")
        assert answer.status == 404
        assert "no such file" in answer.text()


# --- the room ----------------------------------------------------------------------------------------------------


def test_keys_and_clickers_step_blank_and_jump(editor: Visitor) -> None:
    page = new_brief(editor)
    title = enter(page)
    for key, words in (
        ("PageDown", "West line"),
        (" ", "Drill"),
        ("ArrowRight", "Drill"),  # the last one stays
        ("PageUp", "West line"),
        ("ArrowLeft", "East line"),
        ("End", "Drill"),
        ("Home", "East line"),
    ):
        page.keyboard.press(key)
        expect(title).to_have_text(words)
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    expect(title).to_have_text("Drill")
    page.keyboard.press("b")
    expect(page.locator(".room-black")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator(".room-black")).to_be_hidden()
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    page.keyboard.press("e")
    expect(page.locator(".room-sheet")).to_contain_text("Sources disagree on the status")
    page.keyboard.press("e")
    expect(page.locator(".room-sheet")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator(".brief-add")).to_be_visible()


def test_f_fills_the_screen_and_gives_it_back(editor: Visitor) -> None:
    page = new_brief(editor)
    enter(page)
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement")
    page.keyboard.press("f")
    page.wait_for_function("!document.fullscreenElement")
    assert page.locator(".room h1").inner_text() == "East line"


def test_a_finger_steps(editor: Visitor, phone: Visitor) -> None:
    id = brief_id(new_brief(editor))
    page = phone.page
    page.goto(f"{phone.address}/present?brief={id}")
    title = page.locator(".room h1")
    expect(title).to_have_text("East line")
    page.evaluate(SWIPE, [300, 100])
    expect(title).to_have_text("West line")
    page.evaluate(SWIPE, [100, 120])  # a tap that slips is no step
    page.evaluate(SWIPE, [100, 300])
    expect(title).to_have_text("East line")


def test_notes_and_the_remote_control_follow_the_room_and_lead_it(editor: Visitor, phone: Visitor) -> None:
    page = new_brief(editor)
    id = brief_id(page)
    page.get_by_label("Speaker notes").fill("Greet them.")
    page.get_by_label("Speaker notes").blur()
    expect(page.locator(".brief-fields")).to_contain_text("2 words")
    title = enter(page)
    notes = page.context.new_page()
    notes.set_default_timeout(LONG)
    notes.goto(f"{editor.address}/present?brief={id}&role=notes")
    remote = phone.page
    remote.goto(f"{phone.address}/present?brief={id}&role=remote")
    expect(notes.locator(".room-notes")).to_have_text("Greet them.")
    expect(remote.locator("h1")).to_have_text("East line")
    page.bring_to_front()
    page.keyboard.press("ArrowRight")
    for other in (notes, remote):
        expect(other.locator("h1")).to_have_text("West line", timeout=LONG)
    remote.get_by_role("button", name="Next").click()
    for other in (page, notes):
        expect(other.locator("h1")).to_have_text("Drill", timeout=LONG)
    notes.get_by_role("button", name="Previous").click()
    expect(title).to_have_text("West line", timeout=LONG)
    expect(remote.locator("h1")).to_have_text("West line", timeout=LONG)


def test_a_small_screen_shows_as_much_of_the_map_as_the_large_one_did(
    editor: Visitor, phone: Visitor
) -> None:
    id = brief_id(new_brief(editor, walk=False))
    page = editor.open("/?at=5/30/70").page
    seen = page.evaluate("window.datelinePage.frame.getView().bounds")
    page.get_by_role("button", name="Add to brief").click()
    expect(page.locator(".scene")).to_have_count(1)
    assert brief_id(page) == id
    other = phone.page
    other.goto(f"{phone.address}/present?brief={id}")
    other.wait_for_function(
        """([w, s, e, n]) => {
          const map = document.querySelector('.st-key-dl-stage iframe')?.contentWindow?.dateline;
          if (!map?.drawn?.().projects) return false;
          const [west, south, east, north] = map.getView().bounds;
          return west <= w + 0.01 && south <= s + 0.01 && east >= e - 0.01 && north >= n - 0.01;
        }""",
        arg=seen,
    )


# --- what became of a scene's projects ---------------------------------------------------------------------------


@pytest.fixture
def changing(browser: Browser, tmp_path: Path) -> Iterator[tuple[Path, Visitor]]:
    """A store of its own, whose texts are about to change, and a visitor."""
    path = save(tmp_path / "changing.gpkg", THINGS)
    for address in serve(path, read_only=False):
        for visitor in visit(browser, address, 1280, 800):
            visitor.page.set_default_timeout(LONG)
            yield path, visitor


def test_a_changed_scene_says_what_changed_and_is_kept_or_refreshed(changing: tuple[Path, Visitor]) -> None:
    path, editor = changing
    page = editor.open("/?sel=p0000").page
    page.get_by_role("button", name="Add to brief").click()
    expect(page.locator(".slide .slide-kicker")).to_contain_text("planned")
    save(path, LATER)
    page.reload()
    notice = page.locator(".changed")
    expect(notice).to_contain_text("1 project gone, 1 status changed")
    notice.get_by_role("button", name="Show").click()
    expect(notice.locator("li")).to_have_text(["Gone: Drill", "East line: status was planned, is cancelled"])
    expect(page.locator(".slide .slide-kicker")).to_contain_text("cancelled")

    notice.get_by_role("button", name="Keep as it was").click()
    expect(notice).to_contain_text("kept as it was. Since then: 1 project gone")
    expect(page.locator(".slide .slide-kicker")).to_contain_text("planned")
    shown = "document.querySelector('.st-key-dl-stage iframe')?.contentWindow?.dateline?.drawn?.().projects"
    page.wait_for_function(f"{shown} === 3")  # the drill is on the map as it was
    page.get_by_role("button", name="Present from here").click()
    expect(page.locator(".room .slide-foot")).to_contain_text("kept as it was")
    page.wait_for_function(f"{shown} === 3")
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Bring up to date").click()
    expect(page.locator(".slide .slide-kicker")).to_contain_text("cancelled")
    expect(notice).to_have_count(0)
    page.wait_for_function(f"{shown} === 2")
