"""PDF with a text layer, through PDFium. Line ends are the page's; spacing, type size and height tell the rest."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from geodata.documents.dating import to_edtf
from geodata.documents.detect import Unreadable
from geodata.documents.extract import FOOTNOTE_RULE, PAGE_BREAK, Extract, Facts
from geodata.documents.limits import MAX_PAGES, MAX_TEXT_CHARACTERS, MIN_CHARACTERS_A_PAGE

PASSWORD_ERROR, SECURITY_ERROR = 4, 5
HYPHENS = (2, 0xFFFE)
"""What PDFium writes for a hyphen at a line end."""
WIDE_GAP = 1.3
"""Times the usual distance of lines: from here on a new paragraph begins."""
BODY_LINE = 25
"""Characters: shorter lines may be heads, page numbers or captions, and say nothing of where the text begins."""
NOTE_SIZE = 0.88
"""Of the body's type size: lines at the foot of a page set this small or smaller are footnotes."""
RAISED = 0.22
"""Of a letter's height: a digit whose foot stands this high is a footnote mark."""
UNITS = ("m", "km", "cm", "mm", "ft", "mi", "CO")
TEMPLATE_TITLE = re.compile(
    r"(?:microsoft \w+ - .*|untitled.*|\(?(?:anonymous|unspecified)\)?|document\d*|"
    r".*\.(?:docx?|pdf|indd|qxd|tex|rtf|pptx?)|)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    foot: float
    left: float
    right: float
    size: float


def read_pdf(data: bytes) -> Extract:
    """Return a PDF's text with page breaks; footnotes are set off by `FOOTNOTE_RULE`."""
    _insist_on_whole(data)
    document = _open(data)
    try:
        pages = [_lines(document, number) for number in range(len(document))]
        facts = _facts(document)
    finally:
        document.close()
    characters = sum(len(line.text) for page in pages for line in page)
    if characters > MAX_TEXT_CHARACTERS:
        raise Unreadable(
            f"the text is too long ({characters:,} characters; the limit is {MAX_TEXT_CHARACTERS:,})"
        )
    if characters < MIN_CHARACTERS_A_PAGE * len(pages):
        raise Unreadable(
            "the PDF holds pictures of pages and no text; run text recognition (OCR) on it first"
        )
    bare = sum(1 for page in pages if not page)
    warnings = (f"{bare} of {len(pages)} pages hold no text",) if bare else ()
    pitch, size = _usual(pages)
    text = PAGE_BREAK.join(_page_text(_in_order(page, size), pitch, size) for page in pages)
    return Extract(text, "application/pdf", weak=facts, paged=True, warnings=warnings)


def _insist_on_whole(data: bytes) -> None:
    tail = data.rfind(b"%%EOF")
    linear = re.search(rb"/Linearized\b[^>]{0,200}?/L\s+(\d+)", data[:2048])
    if tail < 0 or (linear and int(linear[1]) > len(data)):
        raise Unreadable("the PDF file is cut short; get a whole copy")


def _open(data: bytes) -> Any:
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in (PASSWORD_ERROR, SECURITY_ERROR):
            raise Unreadable("the PDF is protected with a password; save a copy without one") from error
        raise Unreadable("the PDF file is damaged") from error
    if count == 0:
        raise Unreadable("the PDF has no pages")
    if count > MAX_PAGES:
        raise Unreadable(f"the PDF has too many pages ({count:,}; the limit is {MAX_PAGES:,})")
    return document


def _lines(document: Any, number: int) -> list[_Line]:
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pdfium.PdfiumError as error:
        raise Unreadable(f"page {number + 1} of the PDF is damaged") from error
    try:
        raw = text_page.raw
        count = pdfium_c.FPDFText_CountChars(raw)
        if count > MAX_TEXT_CHARACTERS:
            raise Unreadable(f"the text is too long (the limit is {MAX_TEXT_CHARACTERS:,} characters)")
        codes = [pdfium_c.FPDFText_GetUnicode(raw, index) for index in range(count)]
        lines: list[_Line] = []
        start = 0
        for index, code in enumerate([*codes, 10]):
            # PDFium joins a hyphenated word itself and leaves a sign where its line ended.
            if code in (10, 13, *HYPHENS):
                end = index + 1 if code in HYPHENS else index
                if end > start and (line := _line(text_page, codes, start, end)):
                    _add(lines, line)
                start = index + 1
        return lines
    finally:
        text_page.close()
        page.close()


def _line(text_page: Any, codes: list[int], start: int, end: int) -> _Line | None:
    inked = [index for index in range(start, end) if codes[index] > 32]
    if not inked:
        return None
    left, foot, _, _ = text_page.get_charbox(inked[0])
    right = text_page.get_charbox(inked[-1])[2]
    sizes = [
        pdfium_c.FPDFText_GetFontSize(text_page.raw, index) for index in inked[:: max(1, len(inked) // 5)]
    ]
    middle = text_page.get_charbox(inked[len(inked) // 2], loose=True)
    # Where the size hides in the page's matrix, the height of a letter stands in for it.
    size = median(sizes) if median(sizes) > 2 else middle[3] - middle[1]
    marks = _marks(text_page, codes, start, end)
    chars = (_char(codes[index]) for index in range(start, end) if index not in marks)
    return _Line("".join(chars).rstrip(), foot, left, right, size)


def _add(lines: list[_Line], line: _Line) -> None:
    """Add a line, or mend the last one where PDFium broke it at a raised mark."""
    above = lines[-1] if lines else None
    if (
        above
        and abs(above.foot - line.foot) < 0.3 * above.size
        and 0 <= line.left - above.right < 1.5 * above.size
        and not above.text.endswith("-")
    ):
        lines[-1] = replace(above, text=above.text + line.text, right=line.right)
    else:
        lines.append(line)


def _in_order(page: list[_Line], size: float) -> list[_Line]:
    """Return a page's lines with head and foot in their places: many programs write them first, or last."""
    body = [line.foot for line in page if line.size >= NOTE_SIZE * size and len(line.text) > BODY_LINE]
    if not body:
        return page
    low, high = min(body), max(body)
    above = sorted((line for line in page if line.foot > high), key=lambda line: -line.foot)
    below = sorted((line for line in page if line.foot < low), key=lambda line: -line.foot)
    return above + [line for line in page if low <= line.foot <= high] + below


def _char(code: int) -> str:
    """Return a character; lone halves of a pair are none."""
    if code in HYPHENS:
        return "-"
    return "�" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF or code == 0xFFFF else chr(code)


def _marks(text_page: Any, codes: list[int], start: int, end: int) -> set[int]:
    """Return the indexes of raised digits that follow a word or its full stop: footnote marks."""
    marks: set[int] = set()
    index = start + 1
    while index < end:
        before = chr(codes[index - 1]) if 32 < codes[index - 1] < 0xD800 else " "
        if not 48 <= codes[index] <= 57 or before == " " or before.isdigit():
            index += 1
            continue
        stop = index
        while stop < end and 48 <= codes[stop] <= 57:
            stop += 1
        word = "".join(
            chr(code) for code in codes[max(start, index - 4) : index] if 32 <= code < 0xD800
        ).split(" ")[-1]
        if stop - index <= 3 and word not in UNITS and _raised(text_page, codes, start, index):
            marks.update(range(index, stop))
        index = stop
    return marks


def _raised(text_page: Any, codes: list[int], start: int, index: int) -> bool:
    letters = [
        at
        for at in range(max(start, index - 12), index)
        if 65 <= codes[at] <= 122 and chr(codes[at]) not in "gjpqy"
    ]
    if not letters:
        return False
    _, low, _, high = text_page.get_charbox(letters[-1])
    _, foot, _, top = text_page.get_charbox(index)
    return bool(foot - low > RAISED * max(high - low, 0.1) and top - foot < 1.2 * (high - low) + 1)


def _usual(pages: list[list[_Line]]) -> tuple[float, float]:
    """Return the usual distance of two lines and the usual type size."""
    gaps: Counter[float] = Counter()
    sizes: Counter[float] = Counter()
    for page in pages:
        for above, below in itertools.pairwise(page):
            if 0 < above.foot - below.foot < 100:
                gaps[round(above.foot - below.foot)] += min(len(above.text), len(below.text))
        for line in page:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return (gaps.most_common(1) or [(0.0, 0)])[0][0], (sizes.most_common(1) or [(0.0, 0)])[0][0]


def _page_text(page: list[_Line], pitch: float, size: float) -> str:
    notes = _first_note(page, size)
    parts: list[str] = []
    for index, line in enumerate(page):
        if index == notes:
            parts.append(f"\n{FOOTNOTE_RULE}\n" if index else f"{FOOTNOTE_RULE}\n")
        elif index and (_parted(page[index - 1], line, pitch)):
            parts.append("\n\n")
        elif index:
            parts.append("\n")
        parts.append(line.text)
    return "".join(parts)


def _parted(above: _Line, below: _Line, pitch: float) -> bool:
    gap = above.foot - below.foot
    if abs(above.size - below.size) > 0.08 * max(above.size, below.size):
        return True
    if pitch and gap > WIDE_GAP * pitch:
        return True
    indented = below.left - above.left > 0.8 * below.size
    return indented and above.text.endswith((".", "!", "?", "”", '"', ":")) and gap > 0


def _first_note(page: list[_Line], size: float) -> int:
    """Return the index of the first line of the footnotes at the foot of a page, -1 for none."""
    first = len(page)
    while first > 0 and (
        page[first - 1].size <= NOTE_SIZE * size or re.fullmatch(r"\W*\d{1,4}\W*", page[first - 1].text)
    ):
        first -= 1
    while first < len(page) and not re.match(r"\s*(?:\d{1,3}[\s.)]?\s*\S|[*†‡])", page[first].text):
        first += 1
    # A page set small throughout has no body that notes could belong to.
    return first if 0 < first < len(page) and page[first].size <= NOTE_SIZE * size else -1


def _facts(document: Any) -> Facts:
    try:
        metadata = document.get_metadata_dict()
    except (pdfium.PdfiumError, ValueError):
        return Facts()
    title = " ".join(metadata.get("Title", "").split())
    return Facts(
        title="" if TEMPLATE_TITLE.fullmatch(title) else title[:300],
        author=" ".join(metadata.get("Author", "").split())[:300],
        published=to_edtf(metadata.get("CreationDate", "")),
    )
