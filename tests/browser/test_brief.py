"""Briefs in a real browser: from the map to a scene, edits that stay, and the room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pptx
import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, Visitor, serve, visit
from tests.dashboard.small_store import At, Thing, save

HOSTILE = '<img src=x onerror="window.__ran=1"> </script><script>window.__ran=1</script>'
THINGS = (
    Thing("East line", (At(30, 71),), year=2015, disagree=True),
    Thing("West line", (At(25, 62),), year=2016),
    Thing(HOSTILE, (At(34, 72),), type="joint_exercise", status="held", year=2017),
)
STEP = """async () => { const map = document.querySelector('.st-key-dl-stage iframe').contentWindow;
  map.mine = 1;
  let moved = false;
  for (const name of ['flyTo', 'setView', 'fit', 'fitExtent']) {
    const call = map.dateline[name];
    map.dateline[name] = (...a) => { moved = true; return call.apply(map.dateline, a); };
  }
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
  for (let i = 0; i < 20; i++) await Promise.resolve();
  return moved; }"""
"""Press the arrow key; tell whether the map moved before the browser did anything else, let alone the server."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that may write."""
    yield from serve(save(tmp_path_factory.mktemp("brief") / "brief.gpkg", THINGS), read_only=False)


@pytest.fixture
def editor(browser: Browser, desk: str) -> Iterator[Visitor]:
    """A visitor who may edit."""
    yield from visit(browser, desk, 1280, 800)


def new_brief(editor: Visitor, query: str = "") -> Page:
    """Make a brief of its own: a walk-through of all that the map shows."""
    page = editor.open("/?" + query).page
    page.get_by_role("link", name="Brief").click()
    page.wait_for_selector(".brief-add")
    if page.locator(".brief-title").count():
        id = page.evaluate("document.querySelector('.brief-title').dataset.id")
        page.get_by_role("button", name="New brief").click()
        page.wait_for_function("id => document.querySelector('.brief-title').dataset.id !== id", arg=id)
    page.get_by_role("button", name="Walk through it in order of time").click()
    page.wait_for_function("document.querySelectorAll('.scene').length >= 3")
    return page


def settled(page: Page) -> None:
    """Wait until an edit went to the server and came back."""
    page.locator('.brief[data-asked="0"]').wait_for()


def test_one_click_on_the_map_makes_a_scene_and_edits_survive_a_reload(editor: Visitor) -> None:
    page = editor.open("/?type=gas_pipeline&sel=p0000").page
    page.get_by_role("button", name="Add to brief").click()
    expect(page.locator(".slide h1")).to_have_text("East line")
    assert page.locator(".scene[aria-current], .scene-button[aria-current=step]").count() == 1
    page.get_by_label("Headline").fill("A line on paper")
    page.get_by_label("Speaker notes").fill("Ask the desk.")
    page.get_by_label("Speaker notes").blur()  # at once: the server may not have seen the headline yet
    settled(page)
    page.goto(editor.address + "/brief")
    page.locator(
        ".scene-button", has_text="A line on paper"
    ).click()  # another test's scenes may stand before it
    expect(page.locator(".slide h1")).to_have_text("A line on paper")
    assert page.get_by_label("Speaker notes").input_value() == "Ask the desk."
    assert "A sentence that says it all." in page.locator(".slide .quote").inner_text()


def test_a_deleted_scene_comes_back_and_scenes_move_by_key(editor: Visitor) -> None:
    page = new_brief(editor)
    page.get_by_role("button", name="Delete this scene").click()
    page.wait_for_function("document.querySelectorAll('.scene').length === 2")
    page.locator(".gone").get_by_role("button", name="Undo").click()
    page.wait_for_function("document.querySelectorAll('.scene').length === 3")
    first = page.locator(".scene-headline").first
    expect(first).to_have_text("East line")
    page.locator(".scene-button").first.press("Alt+ArrowDown")
    expect(first).to_have_text("West line")


def test_the_room_steps_by_key_without_a_new_map_and_leaves_out_what_is_hidden(editor: Visitor) -> None:
    page = new_brief(editor)
    page.get_by_role("button", name="Hide this scene from the room").click()
    page.wait_for_selector(".scene.off")
    page.locator(".scene-button").nth(1).click()
    page.get_by_role("button", name="Present from here").click()
    title = page.locator(".room h1")
    expect(title).to_have_text("West line")
    page.wait_for_function(
        "document.querySelector('.st-key-dl-stage iframe')?.contentWindow.dateline?.plate.state.mask"
    )
    assert page.locator(".room-steps button").count() == 2
    expect(page.locator(".topbar, .brief")).to_have_count(0)
    assert page.evaluate(STEP)
    expect(title).to_have_text(HOSTILE)
    page.keyboard.press("e")
    expect(page.locator(".room-sheet")).to_contain_text("A sentence that says it all.")
    page.keyboard.press("Escape")
    expect(page.locator(".room-sheet")).to_be_hidden()
    page.keyboard.press("b")
    expect(page.locator(".room-black")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(title).to_have_text("West line")
    assert page.evaluate("document.querySelector('.st-key-dl-stage iframe').contentWindow.mine") == 1
    assert page.evaluate("window.__ran") is None
    assert _serious(page) == []


def test_slides_are_downloaded_and_open(editor: Visitor, tmp_path: Path) -> None:
    page = new_brief(editor)
    with page.expect_download(timeout=2 * PATIENCE) as waiting:
        page.get_by_role("button", name="Slides", exact=True).click()
    waiting.value.save_as(tmp_path / "brief.pptx")
    deck = pptx.Presentation(str(tmp_path / "brief.pptx"))
    words = [s.text_frame.text for slide in deck.slides for s in slide.shapes if s.has_text_frame]
    assert "East line" in words
    assert HOSTILE in words


def test_the_page_is_sound_on_a_phone_and_for_a_screen_reader(editor: Visitor) -> None:
    page = new_brief(editor)
    settled(page)
    assert _serious(page) == []
    assert page.evaluate("window.__ran") is None
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("document.documentElement.scrollWidth === 390")
    page.get_by_role("button", name="Present from here").click()
    page.wait_for_selector(".room h1")
    page.wait_for_function("document.documentElement.scrollWidth === 390")
    page.goto(editor.address + "/present?role=remote")
    page.get_by_role("button", name="Next").wait_for()
    page.wait_for_function("document.documentElement.scrollWidth === 390")


def _serious(page: Page) -> list[str]:
    found = Axe().run(page)["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in ("serious", "critical")]
