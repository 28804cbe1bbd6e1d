"""The lines of a page: what they are, and which of them are furniture (running heads, page numbers, notes)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from geodata.documents.boilerplate import is_boilerplate
from geodata.documents.extract import PAGE_BREAK
from geodata.documents.limits import MAX_LINE_FOR_RULES

NUMBER = re.compile(
    r"[\W_]*(?:p(?:age|\.)?\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|\|)\s*(?:\d{1,4}|p\s?a\s?g\s?e))?[\W_]*",
    re.I,
)
NUMBER_LENGTH = 24
MARK = re.compile(r"\d{1,3}")
"""A footnote mark that the extraction put on a line of its own."""
RULE = re.compile(r" {24,}|_{8,}")
"""The rule above footnotes, as Word and our own PDF reader write it."""
LINK_ONLY = re.compile(r"(?:\(?(?:https?://|www\.)\S+(?:\s+|$))+", re.I)
END = re.compile(r"[.!?…]+[\"'”’»)\]]*$|[:]$")
SHORT_HEAD = 90
"""Characters: running heads are set on one line with room to spare."""
MANY_PAGES = 0.3
"""Share of the pages that show a running head: odd and even pages have their own, chapters change them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line with ink on it: its span without blanks around, and how it stands among the others."""

    start: int
    end: int
    text: str
    blanks: int = 0
    """Blank lines above."""
    page: int = 0
    cut: bool = False
    """A footnote mark stood behind it: what follows may be the rest of the same line."""
    after_break: bool = False
    """Furniture was taken out above it, so the distance to the line above says nothing."""
    note: bool = False
    """Below a footnote rule."""

    @property
    def ends(self) -> bool:
        """Whether the line ends as a sentence does."""
        return END.search(self.text[-12:]) is not None


def split_lines(text: str) -> list[Line]:
    """Return the lines of a text with ink on them; ``note`` marks the first line below a footnote rule."""
    lines: list[Line] = []
    at, page, note = 0, 0, False
    for raw in re.split(r"(\n|\f)", text):
        if raw == PAGE_BREAK:
            page, note = page + 1, False
        elif RULE.fullmatch(raw):
            note = True
        elif raw.strip():
            start = at + len(raw) - len(raw.lstrip())
            inked = raw.strip()
            blanks = max(0, text.count("\n", lines[-1].end, start) - 1) if lines else 0
            fresh = bool(lines) and lines[-1].page != page
            lines.append(Line(start, start + len(inked), inked, blanks, page, after_break=fresh, note=note))
            note = False
        at += len(raw)
    return lines


def usual_blanks(lines: list[Line]) -> int:
    """Return how many blank lines stand between two lines of the same sentence, as a rule."""
    counts = Counter(
        below.blanks
        for above, below in pairwise(lines)
        if not above.ends and below.text[0].islower() and len(above.text) > 40
    )
    return counts.most_common(1)[0][0] if counts and max(counts.values()) > 2 else 0


def spread_notes(lines: list[Line], usual: int) -> list[Line]:
    """Mark all lines of the notes below a rule: to the page's end, or to a wider gap where pages are not told."""
    if not any(line.note for line in lines):
        return lines
    paged = lines[-1].page > 0
    spread: list[Line] = []
    inside = False
    for line in lines:
        if line.note:
            inside = True
        elif inside and (line.page != spread[-1].page or (not paged and line.blanks > usual)):
            inside = False
            line = replace(line, after_break=True)
        spread.append(replace(line, note=inside))
    return spread


def drop_furniture(lines: list[Line], usual: int) -> list[Line]:
    """Return the lines without running heads, page numbers, bare links and web furniture."""
    doomed = _running_heads(lines) | _page_numbers(lines, usual)
    for index, line in enumerate(lines):
        if len(line.text) > MAX_LINE_FOR_RULES:
            continue
        alone = index == 0 or lines[index - 1].ends or line.blanks > usual or index - 1 in doomed
        bare = not any(char.isalnum() for char in line.text) and not (index and lines[index - 1].cut)
        if (
            bare
            or LINK_ONLY.fullmatch(line.text)
            or (alone and not line.text[0].islower() and is_boilerplate(line.text))
        ):
            doomed.add(index)
    return _without(lines, doomed)


def drop_marks(lines: list[Line]) -> list[Line]:
    """Take out footnote marks that stand on a line of their own right below the word that they belong to."""
    kept: list[Line] = []
    for line in lines:
        above = kept[-1] if kept else None
        if above and not above.note and not line.blanks and not above.cut and MARK.fullmatch(line.text):
            kept[-1] = replace(above, cut=True)
        else:
            kept.append(line)
    return kept


def _without(lines: list[Line], doomed: Iterable[int]) -> list[Line]:
    gone = set(doomed)
    kept: list[Line] = []
    for index, line in enumerate(lines):
        if index in gone:
            continue
        fresh = bool(kept) and index - 1 in gone
        kept.append(replace(line, after_break=True) if fresh else line)
    return kept


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())


def _running_heads(lines: list[Line]) -> set[int]:
    """Return the lines that come back at the top or the foot of pages, numbers aside."""
    pages = lines[-1].page + 1 if lines else 0
    edges = list(_edges(lines)) if pages > 1 else list(_beside_numbers(lines))
    shapes: dict[str, set[int]] = {}
    for index in edges:
        if len(lines[index].text) <= SHORT_HEAD:
            shapes.setdefault(_shape(lines[index].text), set()).add(index)
    needed = max(2, round(MANY_PAGES * pages)) if pages > 3 else 2
    return {index for found in shapes.values() if len(found) >= needed for index in found}


def _edges(lines: list[Line]) -> Iterable[int]:
    """Yield the first and last two lines of each page."""
    first = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].page != lines[first].page:
            yield from {first, min(first + 1, index - 1), max(index - 2, first), index - 1}
            first = index


def _beside_numbers(lines: list[Line]) -> Iterable[int]:
    """Yield the lines next to a bare page number: a running head is among them where pages are not told apart."""
    for index, line in enumerate(lines):
        if line.blanks and len(line.text) <= NUMBER_LENGTH and NUMBER.fullmatch(line.text):
            yield from (
                near for near in (index - 1, index + 1) if 0 <= near < len(lines) and not lines[near].ends
            )


def _page_numbers(lines: list[Line], usual: int) -> set[int]:
    paged = bool(lines) and lines[-1].page > 0
    edges = set(_edges(lines)) if paged else set()
    bare = [
        index
        for index, line in enumerate(lines)
        if len(line.text) <= NUMBER_LENGTH and NUMBER.fullmatch(line.text)
    ]
    if paged:
        return {index for index in bare if index in edges}
    heads = _running_heads(lines)
    return {
        index
        for index in bare
        if lines[index].blanks and (index - 1 in heads or index + 1 in heads or _interrupts(lines, index))
    }


def _interrupts(lines: list[Line], index: int) -> bool:
    """Return whether a line stands in the middle of a sentence."""
    if not 0 < index < len(lines) - 1:
        return False
    above, below = lines[index - 1], lines[index + 1]
    return not above.ends and below.text[0].islower() and below.blanks > 0
