"""Lines to paragraphs: a sentence that goes on in the next line is joined, a heading or a list item is not."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from geodata.documents.boilerplate import keeps_hyphen
from geodata.documents.lines import Line

LIST_MARK = re.compile(r"(?:[•▪●◦‣∙·■□➢✓*]\s*|[–—-]\s+|\(?(?:[ivxlc]{1,6}|\d{1,2}|[a-z])[.)]\s+)+(?=\S)")
NOTE_START = re.compile(r"\W*\d{1,3}(?:[.)\]]?\s+[^a-z]|\W*$)")
OPEN_END = re.compile(
    r"\b(?:(?:a|an|the|of|in|on|at|to|for|from|by|with|and|or|but|nor|as|than|that|which|who|whose|is|are|was|were|"
    r"be|its|his|her|their|our|this|these|between|into|over|under|through|against|about|per|via|towards?|upon|not|"
    r"has|have|had|will|would|can|could|may|might|must|shall|should)|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Prof|St|vs)\.?)$"
)
HYPHEN = re.compile(r"(?P<before>[^\W_]+)[-‐]$")
SMALL_WORDS = 3
TITLE_CASE = 0.6
"""Share of the longer words with a capital above which a line is set as a heading."""
LONG = 0.75
"""Of the usual width: a line this long may go on in the next one."""
FLOWING = 200
"""Characters: where most of the text stands in longer lines, a line is a paragraph."""
HEADING_WORDS = 16
TORN = 60
"""Characters: a shorter paragraph without an end is a list item, a heading or a label, not half a sentence."""


Parts = tuple[tuple[int, int] | str, ...]
"""Spans of a text and strings to put between them."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Spans of the text and what stands between them."""

    parts: Parts
    note: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a text are set."""

    blanks: int
    """Blank lines between two lines of one paragraph."""
    width: float
    """Characters of a full line; infinite where lines are not broken by the page."""


def layout(lines: list[Line], blanks: int) -> Layout:
    """Tell how wide lines are set, and whether they are broken at all."""
    lengths = sorted(len(line.text) for line in lines)
    total = sum(lengths)
    if sum(length for length in lengths if length > FLOWING) > total / 2:
        return Layout(blanks, float("inf"))
    return Layout(blanks, float(lengths[int(0.8 * (len(lengths) - 1))]) if lengths else 0.0)


def join_lines(lines: list[Line], how: Layout, words: Counter[str]) -> list[Paragraph]:
    """Return the paragraphs that the lines make up. ``words`` are the text's own, to mend hyphens by."""
    paragraphs: list[Paragraph] = []
    block: list[Line] = []
    for line in lines:
        if block and not _goes_on(block, line, how):
            paragraphs.append(_paragraph(block, words))
            block = []
        block.append(line)
    if block:
        paragraphs.append(_paragraph(block, words))
    return paragraphs


def join_blocks(lines: list[Line]) -> list[Paragraph]:
    """Return the paragraphs of a text whose format parts them; one that was torn in mid-sentence is mended."""
    paragraphs: list[Paragraph] = []
    above: Line | None = None
    for line in lines:
        torn = (
            above is not None
            and len(above.text) > TORN
            and line.text[0].islower()
            and not above.ends
            and above.text[-1] not in ";:"
        )
        if torn:
            paragraphs[-1] = Paragraph((*paragraphs[-1].parts, " ", (line.start, line.end)), line.note)
        else:
            paragraphs.append(Paragraph(((line.start, line.end),), line.note))
        above = line
    return paragraphs


def is_heading(text: str) -> bool:
    """Return whether a paragraph reads like a heading: few words, a capital first, no end of a sentence."""
    words = text.split()
    if (
        not words
        or len(words) > HEADING_WORDS
        or text[-1] in ".,;"
        or not (text[0].isupper() or text[0].isdigit())
    ):
        return False
    return len(words) <= 8 or _title_case(words)


def _title_case(words: list[str]) -> bool:
    longer = [word for word in words if len(word) > SMALL_WORDS and word[0].isalpha()]
    return bool(longer) and sum(word[0].isupper() for word in longer) >= TITLE_CASE * len(longer)


def _goes_on(block: list[Line], line: Line, how: Layout) -> bool:
    above = block[-1]
    if line.note and NOTE_START.match(line.text):
        return False
    near = line.blanks <= how.blanks or line.after_break
    if above.cut and line.blanks <= max(how.blanks, 1):
        return True
    opening = line.text[0]
    # "v. Kramer" in the middle of a sentence is no list item, "v. The erosion" after a full stop is.
    item = _is_item(line) and (above.ends or not opening.islower())
    if item and (above.ends or above.text[-1] in ";:" or _is_item(block[0]) or not near):
        return False
    if opening.islower() or opening in ",;:.)]%":
        return not above.ends or (near and _long(above, how))
    if OPEN_END.search(above.text[-30:]) or above.text.endswith(",") or HYPHEN.search(above.text[-60:]):
        return True
    if above.ends:
        return near and _long(above, how) and not (above.text[-1] == ":" and opening in "“\"'‘")
    if not near or how.width == float("inf"):
        return False
    return not _stands_alone(block, line, how)


def _is_item(line: Line) -> bool:
    return LIST_MARK.match(line.text) is not None


def _long(line: Line, how: Layout) -> bool:
    return LONG * how.width <= len(line.text)


def _stands_alone(block: list[Line], below: Line, how: Layout) -> bool:
    """Return whether an unended block above a capital is a heading."""
    text = " ".join(line.text for line in block)
    if not is_heading(text):
        return False
    if not _long(block[-1], how):
        return True
    return _title_case(text.split()) and not _title_case(below.text.split())


def _paragraph(block: list[Line], words: Counter[str]) -> Paragraph:
    parts: list[tuple[int, int] | str] = []
    for index, line in enumerate(block):
        start = line.start
        if index == 0 and (mark := LIST_MARK.match(line.text)) and mark.end() < len(line.text):
            start += mark.end()
        if index == 0:
            parts.append((start, line.end))
            continue
        between, shorter = _joint(block[index - 1], line, words)
        if shorter and isinstance(last := parts[-1], tuple):
            parts[-1] = (last[0], last[1] - 1)
        if between:
            parts.append(between)
        parts.append((start, line.end))
    return Paragraph(tuple(parts), block[0].note)


def _joint(above: Line, below: Line, words: Counter[str]) -> tuple[str, bool]:
    """Return what to put between two lines, and whether the hyphen at the end of the first one goes."""
    if below.text[0] in ",;:.)]%" and above.cut:
        return "", False
    hyphen = HYPHEN.search(above.text[-60:])
    after = re.match(r"[^\W_]+", below.text)
    if hyphen is None or after is None:
        closed = above.text.endswith(("–", "—")) and not above.text[:-1].endswith(" ")
        return ("" if closed and below.text[0].islower() else " "), False
    before, rest = hyphen["before"], after[0]
    return "", not _keeps_hyphen(before, rest, words)


def _keeps_hyphen(before: str, rest: str, words: Counter[str]) -> bool:
    """Tell "geo-/economic" from "co-/operation", by the text's own words first."""
    if not rest[0].islower() or before[-1].isdigit() or before.isupper():
        return True
    whole, compound = words[(before + rest).lower()], words[f"{before}-{rest}".lower()]
    if whole or compound:
        return compound > whole
    if keeps_hyphen(before, rest):
        return True
    return len(before) > 3 and words[before.lower()] > 0 and words[rest.lower()] > 0
