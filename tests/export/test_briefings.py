"""Slides, handout and web page of a brief, opened with readers that are not ours."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pptx
import pypdf
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from geodata.export import Content, write
from geodata.export.formats import ExportError
from tests.export.told import HOSTILE, ROUTE


def words_of(path: Path) -> list[str]:
    deck = pptx.Presentation(str(path))
    return ["\n".join(s.text_frame.text for s in page.shapes if s.has_text_frame) for page in deck.slides]


def test_slides_have_headline_quote_footnote_and_notes(brief: Content, tmp_path: Path) -> None:
    write("pptx", brief, tmp_path / "out.pptx")
    first, second, sources = words_of(tmp_path / "out.pptx")
    assert "A line on paper" in first
    assert ROUTE in first
    assert "A. Writer" in first
    assert "US$\u20092.0\u2009bn" in first
    assert "Drills" in second
    assert "SHA-256" in sources
    assert "hatching marks disputed areas" in sources
    deck = pptx.Presentation(str(tmp_path / "out.pptx"))
    assert deck.slides[0].notes_slide.notes_text_frame.text == "Ask the energy desk.\nTwo texts differ."


def test_a_hidden_scene_is_not_exported(brief: Content, tmp_path: Path) -> None:
    write("pptx", brief, tmp_path / "out.pptx")
    assert len(words_of(tmp_path / "out.pptx")) == 3
    assert not any("Not for the room" in words for words in words_of(tmp_path / "out.pptx"))


def test_the_map_on_a_slide_has_200_dots_an_inch(brief: Content, tmp_path: Path) -> None:
    write("pptx", brief, tmp_path / "out.pptx")
    deck = pptx.Presentation(str(tmp_path / "out.pptx"))
    assert round(deck.slide_width / deck.slide_height, 2) == 1.78
    picture = next(s for s in deck.slides[0].shapes if s.name == "Map")
    wide, _ = Image.open(io.BytesIO(picture.image.blob)).size
    assert wide / (picture.width / 914400) >= 200


def test_handout_has_the_words_and_a_page_of_sources(brief: Content, tmp_path: Path) -> None:
    write("pdf", brief, tmp_path / "out.pdf")
    reader = pypdf.PdfReader(str(tmp_path / "out.pdf"))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert "A line on paper" in pages[0]
    assert "lay a pipeline from Lomé to Accra" in pages[0]
    assert "Ask the energy desk." in pages[0]
    assert "What this rests on" in pages[-1]
    assert reader.metadata is not None
    assert reader.metadata.title == "Gas and drills"
    assert len(reader.pages[0].images) == 1


def test_hostile_words_stay_words_on_slides_and_paper(
    brief: Content, tmp_path: Path, unzipped: Callable[[Path], str]
) -> None:
    write("pptx", brief, tmp_path / "out.pptx")
    write("pdf", brief, tmp_path / "out.pdf")
    assert f"Drills {HOSTILE}" in words_of(tmp_path / "out.pptx")[1]
    assert "<img" not in unzipped(tmp_path / "out.pptx")
    assert "window.__ran" in "".join(
        page.extract_text() for page in pypdf.PdfReader(str(tmp_path / "out.pdf")).pages
    )


def test_a_picture_is_200_dots_an_inch(content: Content, tmp_path: Path) -> None:
    write("png", content, tmp_path / "out.png")
    with Image.open(tmp_path / "out.png") as picture:
        assert picture.info["dpi"][0] >= 200


@pytest.mark.parametrize("format", ["pptx", "pdf", "html", "png", "xlsx"])
def test_what_cannot_be_written_leaves_the_old_file(content: Content, tmp_path: Path, format: str) -> None:
    folder = tmp_path / "shut"
    folder.write_text("a file where a folder should be")
    with pytest.raises(ExportError, match="nothing was written"):
        write(format, content, folder / "out")
    assert folder.read_text() == "a file where a folder should be"


# --- the page, in a real browser with nothing to reach ---------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, brief: Content, tmp_path: Path) -> Iterator[Page]:
    write("html", brief, tmp_path / "out.html")
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    opened = context.new_page()
    requests: list[str] = []
    errors: list[str] = []
    opened.on("request", lambda r: requests.append(r.url))
    opened.on("pageerror", lambda e: errors.append(str(e)))
    opened.goto((tmp_path / "out.html").as_uri())
    opened.wait_for_selector("html[data-ready='1']", timeout=30_000)
    yield opened
    assert not [url for url in requests if not url.startswith(("file:", "data:", "blob:"))]
    assert not errors
    assert opened.evaluate("window.__ran") is None
    context.close()


@pytest.mark.browser
def test_the_page_opens_from_disk_and_draws_marks(page: Page, tmp_path: Path) -> None:
    assert int(page.evaluate("document.documentElement.dataset.marks")) >= 1
    assert page.inner_text("h1") == "A line on paper"
    assert "lay a pipeline from Lomé to Accra" in page.inner_text("blockquote")
    assert (tmp_path / "out.html").stat().st_size < 5_000_000


@pytest.mark.browser
def test_keys_step_through_the_scenes_and_open_the_evidence(page: Page) -> None:
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('h1').textContent.startsWith('Drills')")
    assert HOSTILE in page.inner_text("h1")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("e")
    page.wait_for_selector("dialog[open]")
    assert "direction: Lomé to Accra or Accra to Lomé" in page.inner_text("dialog")
    assert "refused by Tamale" not in page.inner_text("dialog")


@pytest.mark.browser
def test_the_map_zooms_and_pans(page: Page) -> None:
    page.wait_for_timeout(900)
    before = page.evaluate("document.getElementById('scale').textContent")
    page.click("#in")
    page.wait_for_function(f"document.getElementById('scale').textContent !== {before!r}")
    page.mouse.move(900, 400)
    page.mouse.wheel(0, 800)
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
