"""Slides and handout of a brief, opened with readers that are not ours."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pptx
import pypdf
import pytest
from PIL import Image

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
