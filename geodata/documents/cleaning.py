"""Clean-up of an extracted text, in the order it happens, with a map back to the text as extracted.

Whole sentences first: notes, sources and web furniture never stand inside one. Notes in prose are kept behind the
text; bare citations, lists of sources, words on the author and links are left out (the original keeps them).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from geodata.documents.apparatus import Block, part
from geodata.documents.characters import mend_characters
from geodata.documents.extract import PAGE_BREAK, Extract, Facts
from geodata.documents.head import read_head
from geodata.documents.lines import (
    drop_furniture,
    drop_marks,
    split_lines,
    spread_notes,
    usual_blanks,
)
from geodata.documents.markdown import strip_markup
from geodata.documents.marks import drop_marks_in_order, mend_text
from geodata.documents.paragraphs import join_blocks, join_lines, layout
from geodata.documents.tracked import MADE, Tracked
from geodata.records import OffsetMap, Page

PARTED = "\n\n"
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

BROKEN = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,60}[-‐] {0,9}\n\s{0,9}[^\W\d_]{1,60}")
"""A word over two lines: its halves are no words to mend others by."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text, the way back to the extracted one, its pages, and what its own head tells."""

    text: str
    offsets: OffsetMap
    pages: tuple[Page, ...] = ()
    facts: Facts = field(default_factory=Facts)


def clean(extract: Extract) -> Cleaned:
    """Return the clean text of an extract; takes any characters, and leaves a clean text as it is."""
    tracked = mend_characters(Tracked.of(extract.text).pieces([(extract.body, len(extract.text))]))
    if extract.markdown:
        tracked = strip_markup(tracked)
    parted = part(_blocks(tracked, whole=extract.paragraphs or extract.markdown))
    facts = read_head([block.text for block in parted.body]).or_else(Facts(author=parted.author))
    tracked = mend_text(drop_marks_in_order(_joined(tracked, [*parted.body, *parted.notes])))
    pages = _pages(extract.text, tracked) if extract.paged else ()
    return Cleaned(tracked.text, tracked.offsets(), pages, facts)


def _blocks(tracked: Tracked, *, whole: bool) -> list[Block]:
    """Return the paragraphs; ``whole`` says that each line is one already."""
    lines = split_lines(tracked.text)
    usual = usual_blanks(lines)
    lines = drop_furniture(drop_marks(spread_notes(lines, usual)), usual)
    if whole:
        paragraphs = join_blocks(lines)
    else:
        words = Counter(word.lower() for word in WORD.findall(BROKEN.sub(" ", tracked.text)))
        how = layout(lines, usual)
        # The notes of a page stand between two halves of a sentence, so each kind is joined by itself.
        body = join_lines([line for line in lines if not line.note], how, words)
        paragraphs = body + join_lines([line for line in lines if line.note], how, words)
    return [Block.of(tracked.text, paragraph) for paragraph in paragraphs]


def _joined(tracked: Tracked, blocks: list[Block]) -> Tracked:
    parts: list[tuple[int, int] | str] = []
    for block in blocks:
        parts += [*block.parts, PARTED]
    return tracked.pieces(parts)


def _pages(original: str, tracked: Tracked) -> tuple[Page, ...]:
    """Return the runs of the text that lie on one page; a note that was moved is a run of its own."""
    if not tracked.text:
        return ()
    breaks = np.array([match.start() for match in re.finditer(PAGE_BREAK, original)], dtype=np.int64)
    origin = tracked.origin.copy()
    known = np.where(origin == MADE, 0, np.arange(len(origin)))
    origin = origin[np.maximum.accumulate(known)]
    numbers = np.searchsorted(breaks, origin, side="right") + 1
    starts = np.concatenate(([0], np.flatnonzero(np.diff(numbers)) + 1, [len(numbers)]))
    return tuple(Page(int(numbers[start]), int(start), int(end)) for start, end in pairwise(starts))
