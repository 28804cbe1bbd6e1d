"""PPTX, 16:9: headline and quotes as text that can be edited, the map as a picture, sources as footnotes, notes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide as PptxSlide
from pptx.text.text import _Paragraph
from pptx.util import Emu, Inches, Pt

from geodata.export.content import Content
from geodata.export.formats import Step, silent
from geodata.export.picture import map_of
from geodata.export.quotes import SlideQuote
from geodata.export.slides import Slide
from geodata.export.texts import corpus_lines, plain


def _colour(code: str) -> RGBColor:
    colour: RGBColor = RGBColor.from_string(code)  # type: ignore[no-untyped-call]
    return colour


WIDTH, HEIGHT = 13.333, 7.5
"""Inches."""
LEFT, TEXT_WIDTH, MAP_LEFT = 0.5, 4.2, 5.05
DPI = 220
LONGEST_PROPERTY = 255
"""Of a property of the file; the format takes no more."""
SANS, SERIF = "Inter", "Source Serif 4"
"""Where a machine lacks them, PowerPoint and Impress put fonts of the same kind in their place."""
INK, SECOND, SELECTION, LINE = (_colour(code) for code in ("1C2126", "5A646D", "C8102E", "E3DFD6"))


def write(content: Content, path: Path, step: Step = silent) -> None:
    """Write the deck: a slide a scene, and a last one that says what it rests on."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    deck.core_properties.title = plain(content.title)[:LONGEST_PROPERTY]
    deck.core_properties.author = "Dateline"
    deck.core_properties.comments = plain(content.filter_words or content.query)[:LONGEST_PROPERTY]
    for number, slide in enumerate(content.slides, start=1):
        step(number, len(content.slides))
        _scene(deck.slides.add_slide(deck.slide_layouts[6]), slide, content)
    _sources(deck.slides.add_slide(deck.slide_layouts[6]), content)
    deck.save(str(path))


def _scene(page: PptxSlide, slide: Slide, content: Content) -> None:
    picture = map_of(slide, content, size=(WIDTH - MAP_LEFT, HEIGHT), dpi=DPI, scale=1.25)
    shape = page.shapes.add_picture(io.BytesIO(picture), Inches(MAP_LEFT), Emu(0), height=Inches(HEIGHT))
    shape.name = "Map"
    # What a screen reader says of the picture.
    shape._element._nvXxPr.cNvPr.set("descr", plain(f"Map: {slide.caption}"))
    top = 0.55
    if slide.kicker:
        _text(page, "Kicker", top - 0.12, 0.3, [(slide.kicker, 12, SECOND, False)])
        top += 0.28
    size = 30 if len(slide.headline) <= 48 else 24 if len(slide.headline) <= 90 else 19
    high = 0.5 * max(1, -(-len(slide.headline) * size // 640))
    _text(page, "Headline", top, high, [(slide.headline, size, INK, True)], font=SERIF)
    top += high + 0.2
    lines = [(line, 14, INK, False) for line in (*slide.facts, *([slide.caption] if not slide.facts else []))]
    if lines:
        _text(page, "Facts", top, 0.3 * len(lines), lines)
        top += 0.1 + 0.3 * sum(-(-len(line[0]) // 46) for line in lines)
    for number, quote in enumerate(slide.quotes, start=1):
        top += _quote(page, quote, number, top, len(slide.quotes)) + 0.12
    _foot(page, slide)
    if slide.notes:
        _notes(page, slide.notes)


def _quote(page: PptxSlide, quote: SlideQuote, number: int, top: float, count: int) -> float:
    size = 15 if count == 1 and len(quote.text) < 220 else 12 if len(quote.text) * count < 500 else 10.5
    high = size * 1.38 / 72 * max(1, -(-len(quote.text) * size // 560))
    bar = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(LEFT), Inches(top), Emu(28000), Inches(high))
    bar.fill.solid()
    bar.fill.fore_color.rgb = SELECTION
    bar.line.fill.background()
    box = _box(page, f"Quote {number}", LEFT + 0.16, top - 0.04, TEXT_WIDTH - 0.16, high + 0.2)
    paragraph = box.text_frame.paragraphs[0]
    for words, _ in quote.parts:
        _run(paragraph, words, size, INK, SERIF, italic=True)
    _run(paragraph, f" {_raised(number)}", size, SECOND, SANS)
    return high


def _foot(page: PptxSlide, slide: Slide) -> None:
    """Set what the sources disagree on, the filter, and the footnotes, upward from the bottom."""
    notes = [(f"{_raised(i)} {q.footnote}", 8, SECOND, False) for i, q in enumerate(slide.quotes, start=1)]
    about = " · ".join(
        part for part in (slide.as_of, slide.caption if slide.facts else "", slide.filter) if part
    )
    lines = [(about, 8.5, SECOND, False)] if about else []
    high = 0.16 * sum(-(-len(line[0]) // 88) for line in (*notes, *lines)) + 0.1
    top = HEIGHT - 0.3 - high
    rule = page.shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT,
        Inches(LEFT),
        Inches(top - 0.05),
        Inches(LEFT + TEXT_WIDTH),
        Inches(top - 0.05),
    )
    rule.line.color.rgb, rule.line.width = LINE, Pt(0.75)
    _text(page, "Footnotes", top, high, [*lines, *notes])
    if slide.disagree:
        _text(page, "Sources disagree", top - 0.5, 0.4, [(slide.disagree[:200], 11, INK, True)])


def _sources(page: PptxSlide, content: Content) -> None:
    _text(page, "Headline", 0.5, 0.6, [("What this rests on", 26, INK, True)], font=SERIF, width=WIDTH - 1)
    about = [(f"{label}: {value}", 11, INK, False) for label, value in content.about().items()]
    _text(page, "About", 1.2, 2.0, about, width=WIDTH - 1)
    lines = [(line, 9, SECOND, False) for line in corpus_lines(content)]
    most = 24
    if len(lines) > most:
        lines = [
            *lines[:most],
            (f"… and {len(lines) - most} more texts, listed in the notes.", 9, SECOND, False),
        ]
        _notes(page, "\n".join(corpus_lines(content)))
    _text(page, "Texts", 3.2, 3.8, lines, width=WIDTH - 1)


def _text(
    page: PptxSlide,
    name: str,
    top: float,
    high: float,
    lines: Sequence[tuple[str, float, RGBColor, bool]],
    *,
    font: str = SANS,
    width: float = TEXT_WIDTH,
) -> None:
    box = _box(page, name, LEFT, top, width, high)
    for number, (words, size, colour, bold) in enumerate(lines):
        frame = box.text_frame
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        _run(paragraph, words, size, colour, font, bold=bold)


def _notes(page: PptxSlide, words: str) -> None:
    frame = page.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = plain(words)


def _box(page: PptxSlide, name: str, left: float, top: float, width: float, high: float) -> Shape:
    box = page.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(high))
    box.name = name
    frame = box.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    return box


def _run(
    paragraph: _Paragraph,
    words: str,
    size: float,
    colour: RGBColor,
    font: str,
    *,
    bold: bool = False,
    italic: bool = False,
) -> None:
    run = paragraph.add_run()
    run.text = plain(words)
    run.font.size, run.font.bold, run.font.italic, run.font.name = Pt(size), bold, italic, font
    run.font.color.rgb = colour


def _raised(number: int) -> str:
    return "⁰¹²³⁴⁵⁶⁷⁸⁹"[number]
