"""The page that a brief is exported as, opened from disk in a browser that can reach nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from geodata.export import Content, write
from tests.browser.conftest import PATIENCE
from tests.export.conftest import brief, store  # noqa: F401  # the same small store and brief
from tests.export.told import HOSTILE


@pytest.fixture
def page(browser: Browser, brief: Content, tmp_path: Path) -> Iterator[Page]:  # noqa: F811
    write("html", brief, tmp_path / "out.html")
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    opened = context.new_page()
    requests: list[str] = []
    errors: list[str] = []
    opened.on("request", lambda r: requests.append(r.url))
    opened.on("pageerror", lambda e: errors.append(str(e)))
    opened.set_default_timeout(PATIENCE)
    opened.goto((tmp_path / "out.html").as_uri())
    opened.wait_for_selector("html[data-ready='1']")
    try:
        yield opened
        assert not [url for url in requests if not url.startswith(("file:", "data:", "blob:"))]
        assert not errors
        assert opened.evaluate("window.__ran") is None
    finally:
        context.close()


def test_the_page_opens_from_disk_and_draws_marks(page: Page, tmp_path: Path) -> None:
    assert int(page.evaluate("document.documentElement.dataset.marks")) >= 1
    assert page.inner_text("h1") == "A line on paper"
    assert "lay a pipeline from Lomé to Accra" in page.inner_text("blockquote")
    assert (tmp_path / "out.html").stat().st_size < 5_000_000


def test_keys_step_through_the_scenes_and_open_the_evidence(page: Page) -> None:
    page.keyboard.press("ArrowRight")
    expect(page.locator("h1")).to_contain_text("Drills")
    assert HOSTILE in page.inner_text("h1")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("e")
    page.wait_for_selector("dialog[open]")
    dialog = page.locator("dialog")
    expect(dialog).to_contain_text("Sources disagree on the direction")
    expect(dialog.locator(".side strong")).to_have_text(["Lomé to Accra", "Accra to Lomé"])
    assert "refused by Tamale" not in page.inner_text("dialog")


def test_the_legend_shows_what_the_scene_shows_and_covers_no_map(page: Page) -> None:
    legend = page.get_by_role("list", name="Legend").get_by_role("listitem")
    expect(legend.first).to_have_text("energy")
    first = "document.querySelector('#legend svg > *').getAttribute('fill')"
    light = page.evaluate(first)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"matchMedia('(prefers-color-scheme: dark)').matches && {first}")
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_function(f"light => {first} === light", arg=light)
    page.emulate_media(media="screen", color_scheme="light")
    page.keyboard.press("ArrowRight")
    expect(legend.first).to_have_text("defence")
    expect(legend.filter(has_text="energy")).to_have_count(0)
    map, below = page.locator("#ground").bounding_box(), page.locator("#legend").bounding_box()
    assert map
    assert below
    assert map["y"] + map["height"] <= below["y"] + 0.5


def test_the_map_zooms_and_pans(page: Page) -> None:
    scale = page.locator("#scale")
    expect(scale).to_have_text(re.compile("km"))
    before = scale.inner_text()
    page.click("#in")
    expect(scale).not_to_have_text(before)
    page.mouse.move(900, 400)
    page.mouse.wheel(0, 4000)
    expect(scale).to_have_text(re.compile(r"\d{3} km"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
