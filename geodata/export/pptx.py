"""PPTX, 16:9: headline and quotes as text that can be edited, the map as a picture, sources as footnotes, notes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide as PptxSlide
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Emu, Inches, Pt

from geodata.export.content import Content
from geodata.export.formats import Step, silent
from geodata.export.picture import map_of
from geodata.export.quotes import SlideQuote
from geodata.export.setting import Line, cut, height_of
from geodata.export.slides import Slide
from geodata.export.texts import about_lines, corpus_lines, plain


def _colour(code: str) -> RGBColor:
    colour: RGBColor = RGBColor.from_string(code)  # type: ignore[no-untyped-call]
    return colour


WIDTH, HEIGHT = 13.333, 7.5
"""Inches."""
LEFT, TEXT_WIDTH, MAP_LEFT, TOP, BOTTOM = 0.5, 4.2, 5.05, 0.45, 0.35
INDENT = 0.18
"""Of a quote, beside its bar."""
DPI = 220
LONGEST_PROPERTY = 255
"""Of a property of the file; the format takes no more."""
SANS, SERIF = "Arial", "Georgia"
"""A deck cannot bring its fonts: these two are on every machine that shows one, or have a twin there."""
FACES = {
    "sans": (SANS, False),
    "semibold": (SANS, True),
    "serif-semibold": (SERIF, True),
    "italic": (SERIF, False),
}
INK, SECOND, SELECTION, LINE = (_colour(code) for code in ("1C2126", "5A646D", "C8102E", "E3DFD6"))
SIZES = (1.0, 0.9, 0.8, 0.72, 0.64)
"""What is long is set smaller, down to here; then it is cut, and the notes have all of it."""
MOST_TEXTS = 15
"""Texts on the last slide; its notes list the others."""


def write(content: Content, path: Path, step: Step = silent) -> None:
    """Write the deck: a slide a scene, and a last one that says what it rests on."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    deck.core_properties.title = plain(content.title)[:LONGEST_PROPERTY]
    deck.core_properties.author = "Dateline"
    deck.core_properties.comments = plain(content.filter_words or content.query)[:LONGEST_PROPERTY]
    layout = deck.slide_layouts[5]  # a title and nothing else: it is what an outline of the deck lists
    for number, slide in enumerate(content.slides, start=1):
        step(number, len(content.slides))
        _scene(deck.slides.add_slide(layout), slide, content)
    _sources(deck.slides.add_slide(layout), content)
    deck.save(str(path))


@dataclass(frozen=True, slots=True)
class _Set:
    """The words of one slide at sizes at which they fit, in inches and points."""

    kicker: Line
    headline: Line
    facts: tuple[Line, ...]
    quotes: tuple[Line, ...]
    gap: float
    cut: bool = False

    def height(self) -> float:
        """Return the height of the column in points."""
        wide, narrow = TEXT_WIDTH * 72, (TEXT_WIDTH - INDENT) * 72
        blocks = [height_of([line], wide) for line in (self.kicker, self.headline) if line.words]
        blocks += [height_of(self.facts, wide, self.gap / 5)] if self.facts else []
        blocks += [height_of([quote], narrow) for quote in self.quotes]
        return sum(blocks) + self.gap * max(0, len(blocks) - 1)


def _set(slide: Slide, height: float) -> _Set:
    """Return the words of a slide at the largest sizes that a height in points holds."""
    for scale in SIZES:
        found = _at(slide, scale)
        if found.height() <= height:
            return found
    narrow = (TEXT_WIDTH - INDENT) * 72
    quotes: tuple[Line, ...] = ()
    for quote in found.quotes:
        spare = height - replace(found, quotes=quotes).height() - found.gap
        kept = cut(quote, narrow, spare)
        quotes += (kept,) if kept.words.strip(" …") else ()
    return replace(found, quotes=quotes, cut=True)


def _at(slide: Slide, scale: float) -> _Set:
    big = 30 if len(slide.headline) <= 60 else 24 if len(slide.headline) <= 110 else 20
    said = 15 if sum(len(q.text) for q in slide.quotes) < 260 else 13
    return _Set(
        Line(slide.kicker, "sans", 12),
        Line(slide.headline, "serif-semibold", max(14.0, big * scale)),
        tuple(Line(fact, "sans", max(9.5, 14 * scale)) for fact in slide.facts),
        tuple(
            Line(f"{q.text} {_raised(n)}", "italic", max(9.0, said * scale))
            for n, q in enumerate(slide.quotes, 1)
        ),
        max(6.0, 14 * scale),
    )


def _scene(page: PptxSlide, slide: Slide, content: Content) -> None:
    picture = map_of(slide, content, size=(WIDTH - MAP_LEFT, HEIGHT), dpi=DPI, scale=1.25)
    shape = page.shapes.add_picture(io.BytesIO(picture), Inches(MAP_LEFT), Emu(0), height=Inches(HEIGHT))
    shape.name = "Map"
    # What a screen reader says of the picture.
    shape._element._nvXxPr.cNvPr.set("descr", plain(f"Map: {slide.caption}"))
    foot = _foot(page, slide)
    words = _set(slide, (foot - TOP - 0.15) * 72)
    wide, top = TEXT_WIDTH * 72, TOP
    if words.kicker.words:
        high = height_of([words.kicker], wide) / 72
        _text(page, "Kicker", top, high, [words.kicker], colour=SECOND)
        top += high + words.gap / 144
    high = height_of([words.headline], wide) / 72
    _title(page, words.headline, top, high)
    top += high + words.gap / 72
    if words.facts:
        high = height_of(words.facts, wide, words.gap / 5) / 72
        _text(page, "Facts", top, high, words.facts, gap=words.gap / 5)
        top += high + words.gap / 72
    for number, (line, quote) in enumerate(zip(words.quotes, slide.quotes, strict=False), start=1):
        top += _quote(page, line, quote, number, top) + words.gap / 72
    _notes(page, _said(slide, cut=words.cut))


def _said(slide: Slide, *, cut: bool) -> str:
    """Return the speaker's notes, with the quotes that the slide had no room for."""
    whole = [f"“{quote.text}” {quote.footnote}" for quote in slide.quotes] if cut else []
    return "\n\n".join(part for part in (slide.notes, *whole) if part)


def _quote(page: PptxSlide, line: Line, quote: SlideQuote, number: int, top: float) -> float:
    high = height_of([line], (TEXT_WIDTH - INDENT) * 72) / 72
    bar = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(LEFT), Inches(top), Emu(28000), Inches(high))
    bar.name = f"Bar {number}"
    bar.fill.solid()
    bar.fill.fore_color.rgb = SELECTION
    bar.line.fill.background()
    bar.shadow.inherit = False
    box = _box(page, f"Quote {number}", LEFT + INDENT, top, TEXT_WIDTH - INDENT, high)
    paragraph = box.text_frame.paragraphs[0]
    if line.words.endswith("…"):
        _run(paragraph, line.words, line, INK, italic=True)
    else:
        for words, _ in quote.parts:
            _run(paragraph, words, line, INK, italic=True)
    _run(paragraph, f" {_raised(number)}", Line("", "sans", line.size), SECOND)
    return high


def _foot(page: PptxSlide, slide: Slide) -> float:
    """Set what the sources disagree on, the filter, and the footnotes at the bottom; return where they begin."""
    wide = TEXT_WIDTH * 72
    about = " · ".join(
        part
        for part in (
            slide.as_of,
            slide.caption if slide.selected else "",
            slide.filter and f"Shown: {slide.filter}",
        )
        if part
    )
    lines = [Line(about, "sans", 8.5)] if about else []
    lines += [Line(f"{_raised(i)} {q.footnote}", "sans", 8) for i, q in enumerate(slide.quotes, start=1)]
    high = height_of(lines, wide, 2) / 72
    top = HEIGHT - BOTTOM - high
    if lines:
        _rule(page, top - 0.08)
        _text(page, "Footnotes", top, high, lines, colour=SECOND, gap=2)
        top -= 0.16
    if slide.disagree:
        line = cut(Line(slide.disagree, "semibold", 11), wide, 11 * 1.24 * 6.5)
        high = height_of([line], wide) / 72
        top -= high + 0.06
        _text(page, "Sources disagree", top, high, [line])
    return top


def _rule(page: PptxSlide, top: float) -> None:
    ends = Inches(LEFT), Inches(top), Inches(LEFT + TEXT_WIDTH), Inches(top)
    rule = page.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
    rule.shadow.inherit = False
    rule.line.color.rgb, rule.line.width = LINE, Pt(0.75)


def _sources(page: PptxSlide, content: Content) -> None:
    """Set what the deck rests on: the facts of the file at the left, the texts with their hashes beside them."""
    _title(page, Line("What this rests on", "serif-semibold", 28), TOP, 0.55, width=WIDTH - 1)
    facts = [Line(line, "sans", 11) for line in about_lines(content)]
    _text(page, "About", 1.4, height_of(facts, TEXT_WIDTH * 72, 5) / 72, facts, gap=5)
    listed = corpus_lines(content)
    if len(listed) > MOST_TEXTS:
        _notes(page, "\n".join(listed))
        listed = [*listed[:MOST_TEXTS], f"… and {len(listed) - MOST_TEXTS} more texts, listed in the notes."]
    texts = [Line(line, "sans", 9) for line in listed]
    wide = WIDTH - MAP_LEFT - LEFT
    high = height_of(texts, wide * 72, 5) / 72
    _text(
        page,
        "Texts",
        1.4,
        high,
        texts,
        colour=SECOND,
        left=MAP_LEFT,
        width=wide,
        gap=5,
    )


def _title(page: PptxSlide, line: Line, top: float, high: float, width: float = TEXT_WIDTH) -> None:
    """Set the headline into the slide's own title, which outlines and screen readers know."""
    title = page.shapes.title
    assert title is not None  # the layout has one
    title.name = "Headline"
    title.left, title.top, title.width, title.height = Inches(LEFT), Inches(top), Inches(width), Inches(high)
    _plain_frame(title.text_frame)
    paragraph = title.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    _run(paragraph, line.words, line, INK)


def _text(
    page: PptxSlide,
    name: str,
    top: float,
    high: float,
    lines: Sequence[Line],
    *,
    colour: RGBColor = INK,
    left: float = LEFT,
    width: float = TEXT_WIDTH,
    gap: float = 0.0,
) -> None:
    frame = _box(page, name, left, top, width, high).text_frame
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_before = Pt(gap if number else 0)
        _run(paragraph, line.words, line, colour)


def _notes(page: PptxSlide, words: str) -> None:
    frame = page.notes_slide.notes_text_frame if words else None
    if frame is not None:
        frame.text = plain(words)


def _box(page: PptxSlide, name: str, left: float, top: float, width: float, high: float) -> Shape:
    box = page.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(high))
    box.name = name
    _plain_frame(box.text_frame)
    return box


def _plain_frame(frame: TextFrame) -> None:
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)


def _run(paragraph: _Paragraph, words: str, line: Line, colour: RGBColor, *, italic: bool = False) -> None:
    face, bold = FACES[line.font]
    run = paragraph.add_run()
    run.text = plain(words)
    run.font.size, run.font.bold, run.font.italic, run.font.name = Pt(line.size), bold, italic, face
    run.font.color.rgb = colour


def _raised(number: int) -> str:
    return "⁰¹²³⁴⁵⁶⁷⁸⁹"[number]
