"""PDF handout, A4 across: a page a scene with map, facts, quotes and notes; the sources on the last page."""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, Paragraph, Spacer

from geodata.export.content import Content
from geodata.export.formats import Step, silent
from geodata.export.maps.look import FONTS
from geodata.export.picture import map_of
from geodata.export.slides import Slide
from geodata.export.texts import about_lines, corpus_lines, plain
from geodata.wording import date_words

MARGIN, GUTTER = 36.0, 20.0
TEXT_SHARE = 0.34
DPI = 200
INK, SECOND, LINE, SELECTION = (
    HexColor("#1C2126"),
    HexColor("#5A646D"),
    HexColor("#E3DFD6"),
    HexColor("#C8102E"),
)


@cache
def _fonts() -> None:
    for name, file in FONTS.items():
        path = str(files("geodata").joinpath("fonts", file))
        pdfmetrics.registerFont(TTFont(f"dateline-{name}", path))


def _style(font: str, size: float, **more: object) -> ParagraphStyle:
    options = {"leading": size * 1.32, "textColor": INK, "spaceAfter": 5, "splitLongWords": 1, **more}
    return ParagraphStyle(font + str(size), fontName=f"dateline-{font}", fontSize=size, **options)


def write(content: Content, path: Path, step: Step = silent) -> None:
    """Write the handout."""
    _fonts()
    width, height = landscape(A4)
    canvas = Canvas(str(path), pagesize=(width, height), pageCompression=1)
    canvas.setTitle(plain(content.title))
    canvas.setAuthor("Dateline")
    canvas.setSubject(plain("; ".join(f"{k}: {v}" for k, v in content.about().items())))
    for number, slide in enumerate(content.slides, start=1):
        step(number, len(content.slides))
        _page(canvas, slide, content, width, height)
        _running_foot(canvas, content, number, width)
        canvas.showPage()
    _sources(canvas, content, width, height, len(content.slides) + 1)
    canvas.save()


def _page(canvas: Canvas, slide: Slide, content: Content, width: float, height: float) -> None:
    text_width = (width - 2 * MARGIN - GUTTER) * TEXT_SHARE
    left = MARGIN + text_width + GUTTER
    wide, tall = width - MARGIN - left, height - 2 * MARGIN - 14
    picture = map_of(slide, content, size=(wide / 72, tall / 72), dpi=DPI)
    canvas.drawImage(ImageReader(io.BytesIO(picture)), left, MARGIN + 14, wide, tall)
    flow: list[Flowable] = []
    if slide.kicker:
        flow.append(_paragraph(slide.kicker, _style("sans", 9, textColor=SECOND)))
    flow.append(_paragraph(slide.headline, _style("serif-semibold", 20, spaceAfter=8)))
    for line in slide.facts:
        flow.append(_paragraph(line, _style("sans", 10)))
    flow.append(Spacer(0, 6))
    for number, quote in enumerate(slide.quotes, start=1):
        style = _style("italic", 10.5, leftIndent=10, spaceAfter=8)
        flow.append(_quote(quote.text, number, style))
    if slide.disagree:
        flow.append(_paragraph(slide.disagree, _style("semibold", 9.5)))
    if slide.notes:
        flow.append(_paragraph("Notes", _style("semibold", 9.5, spaceBefore=4, spaceAfter=2)))
        flow += [_paragraph(part, _style("sans", 9.5)) for part in slide.notes.split("\n") if part.strip()]
    flow.append(Spacer(0, 4))
    for number, quote in enumerate(slide.quotes, start=1):
        flow.append(
            _paragraph(f"{number}  {quote.footnote}", _style("sans", 7.5, textColor=SECOND, spaceAfter=2))
        )
    if slide.as_of:
        flow.append(_paragraph(f"{slide.as_of}.", _style("semibold", 8)))
    if slide.filter:
        flow.append(_paragraph(f"Shown: {slide.filter}", _style("sans", 7.5, textColor=SECOND)))
    _flow(canvas, flow, MARGIN, MARGIN + 14, text_width, tall, width, height)


def _flow(
    canvas: Canvas,
    flow: list[Flowable],
    left: float,
    bottom: float,
    wide: float,
    tall: float,
    width: float,
    height: float,
) -> None:
    """Set flowables in a column; what does not fit goes on, on pages of its own."""
    column = Frame(left, bottom, wide, tall, 0, 0, 0, 0)
    column.addFromList(flow, canvas)
    while flow:
        canvas.showPage()
        before = len(flow)
        column = Frame(MARGIN, MARGIN + 14, width - 2 * MARGIN, height - 2 * MARGIN - 14, 0, 0, 0, 0)
        column.addFromList(flow, canvas)
        if len(flow) == before and not column.split(flow[0], canvas):
            flow.pop(0)  # nothing that we set is taller than a page


def _paragraph(words: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(plain(words)), style)


class _Barred(Paragraph):  # type: ignore[misc]
    """A source's words, with a bar beside them."""

    def draw(self) -> None:
        """Draw the bar, then the words."""
        self.canv.setFillColor(SELECTION)
        self.canv.rect(0, 0, 2, self.height - 2, stroke=0, fill=1)
        super().draw()


def _quote(words: str, number: int, style: ParagraphStyle) -> Paragraph:
    mark = f'<font name="dateline-sans" size="7"><super>{number}</super></font>'
    return _Barred(f"{escape(plain(words))} {mark}", style)


def _running_foot(canvas: Canvas, content: Content, number: int, width: float) -> None:
    canvas.setFont("dateline-sans", 7.5)
    canvas.setFillColor(SECOND)
    canvas.drawString(MARGIN, MARGIN - 8, plain(content.title)[:90])
    canvas.drawRightString(width - MARGIN, MARGIN - 8, f"{date_words(content.made_at[:10])} · {number}")


def _sources(canvas: Canvas, content: Content, width: float, height: float, number: int) -> None:
    flow: list[Flowable] = [_paragraph("What this rests on", _style("serif-semibold", 18, spaceAfter=8))]
    flow += [_paragraph(line, _style("sans", 9, spaceAfter=2)) for line in about_lines(content)]
    flow.append(Spacer(0, 10))
    flow += [
        _paragraph(line, _style("sans", 7.5, textColor=SECOND, spaceAfter=2))
        for line in corpus_lines(content)
    ]
    _flow(canvas, flow, MARGIN, MARGIN + 14, width - 2 * MARGIN, height - 2 * MARGIN - 14, width, height)
    _running_foot(canvas, content, number, width)
    canvas.showPage()
