"""What belongs to a text without being it: notes, lists of sources, a word on the author."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geodata.documents.boilerplate import is_bibliography_heading
from geodata.documents.paragraphs import Paragraph, Parts, is_heading

NOTE_MARK = re.compile(r"\W*\d{1,3}[.)\]]?\s+(?=\S)|[*†‡•]+\s*")
NUMBERED_NOTE = re.compile(r"\d{1,3}[.)]?\s+(?=[A-Z“\"‘'])")
CITING = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"\b(?:ibid|op\.? ?cit|loc\.? ?cit|et al)\b", re.I),
        (r"\b(?:accessed|retrieved|last visited|available at|doi)\b", re.I),
        (r"\bpp?\.? ?\d+", 0),
        (r"\b(?:vol|no|nr|iss)\. ?\d+", re.I),
        (r"(?:https?://|www\.)", re.I),
        (r"[“\"‘][^”\"’]{8,200}[,.]?[”\"’],? ", 0),
        (r"\((?:[A-Z][\w .,&:-]{2,60}[,:] ?)?(?:1[89]|20)\d\d[a-z]?\)", 0),
        (r"\b(?:University Press|Press,|Publishers?|Journal of|Quarterly|Working Paper|[Ee]ds?\.\))", 0),
        (r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
         r" \d{1,2}, (?:1[89]|20)\d\d[,.]", 0),
    )
)  # fmt: skip
PLAINLY = re.compile(r"\W*(?:\d{1,3}[.)]?\s+)?(?:ibid|op\. ?cit|see also|see\s[A-Z“\"])", re.I)
ENTRY = re.compile(r"[A-Z][\w'’-]+, (?:[A-Z]\.|[A-Z][a-z]+)|\[\d{1,3}\]|\d{1,3}[.)]? |•")
PROSE_WORDS = 40
"""From here on a paragraph without a sign of a citation ends a list of sources."""
ABOUT = re.compile(
    r"(?:about the (?:authors?|writers?)"
    r"|(?:(?:disclaimer|note)\W+)?the (?:present )?(?:authors?|writers?) "
    r"(?:is|are|was|works?|serves?|teaches|can be)\b.*"
    r"|(?:the )?(?:views|opinions) expressed\b.*)",
    re.I,
)
ABOUT_AT_END = re.compile(
    r"(?<=[.!?”\"’] )(?:The (?:writer|author)s? (?:is|are|was|works?|serves?)\b[^.!?]{0,300}[.!?]?)\s*$"
)
NAME = re.compile(r"(?:[A-Z][\w'’.-]+\s?){2,5}")
BIO = re.compile(
    r"(?:is|was) (?:currently )?(?:an? |the )?.{0,80}\b"
    r"(?:fellow|student|researcher|journalist|analyst|professor|lecturer|writer|"
    r"columnist|editor|correspondent|director|associate|scholar|candidate|author|consultant|lawyer|graduate|"
    r"undergraduate|intern|reporter|expert|blogger|academic)\b",
    re.I,
)
TAIL = 6
"""Paragraphs from the end among which a word on the author is looked for."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph on its way: its characters, and the spans and fillings that they come from."""

    text: str
    parts: Parts
    note: bool = False

    @classmethod
    def of(cls, source: str, paragraph: Paragraph) -> Block:
        """Return the paragraph's block; ``source`` is what its spans are of."""
        words = (part if isinstance(part, str) else source[part[0] : part[1]] for part in paragraph.parts)
        return cls("".join(words), paragraph.parts, paragraph.note)

    def between(self, start: int, end: int) -> Block:
        """Return the block of some of the characters."""
        kept: list[tuple[int, int] | str] = []
        at = 0
        for part in self.parts:
            length = len(part) if isinstance(part, str) else part[1] - part[0]
            low, high = max(start - at, 0), min(end - at, length)
            if low < high:
                kept.append(part[low:high] if isinstance(part, str) else (part[0] + low, part[0] + high))
            at += length
        return Block(self.text[start:end], tuple(kept), self.note)


@dataclass(frozen=True, slots=True)
class Parted:
    """A text and what stood beside it."""

    body: list[Block]
    notes: list[Block]
    """Notes that say something in sentences of their own."""
    author: str = ""


def part(blocks: list[Block]) -> Parted:
    """Part the running text from its notes, lists of sources and the word on its author."""
    body = _without_sources([block for block in blocks if not block.note])
    body = [block for block in body if not (NUMBERED_NOTE.match(block.text) and _cites(block.text))]
    body, author = _without_author(body)
    notes = [_unmarked(block) for block in blocks if block.note]
    return Parted(body, [note for note in notes if _says_something(note.text)], author)


def _cites(text: str) -> bool:
    head = text[:600]
    return PLAINLY.match(head) is not None or sum(bool(sign.search(head)) for sign in CITING) >= 2


def _says_something(text: str) -> bool:
    return (
        len(text.split()) >= 8
        and text.rstrip('”"’)')[-1:] in ".!?"
        and not _cites(text)
        and not ABOUT.match(text)
    )


def _unmarked(block: Block) -> Block:
    mark = NOTE_MARK.match(block.text)
    if mark is None or mark.end() == len(block.text):
        return block
    return block.between(mark.end(), len(block.text))


def _without_sources(blocks: list[Block]) -> list[Block]:
    """Leave out each list of sources: from its heading to the first thing that is neither a source nor short."""
    kept: list[Block] = []
    index = 0
    while index < len(blocks):
        if is_bibliography_heading(blocks[index].text):
            end = _end_of_sources(blocks, index + 1)
            if end > index + 1:
                index = end
                continue
        kept.append(blocks[index])
        index += 1
    return kept


def _end_of_sources(blocks: list[Block], start: int) -> int:
    cited = 0
    for index in range(start, len(blocks)):
        text = blocks[index].text
        source = ENTRY.match(text) is not None or any(sign.search(text[:600]) for sign in CITING)
        cited += source
        over = not source and (len(text.split()) >= PROSE_WORDS or (is_heading(text) and index > start))
        if over:
            return index if 2 * cited >= index - start else start
    return len(blocks) if 2 * cited >= len(blocks) - start else start


def _without_author(blocks: list[Block]) -> tuple[list[Block], str]:
    """Leave out what the last paragraphs tell of the author, and return the name if it stands alone."""
    first = max(1, len(blocks) - TAIL)
    tail = blocks[first:]
    author = ""
    kept: list[Block] = []
    for index, block in enumerate(tail):
        told = next((name for name in _names(tail[:index] + blocks[:3]) if _tells_of(block.text, name)), "")
        if told:
            author = told
            kept = [other for other in kept if other.text != told]
        elif not ABOUT.fullmatch(block.text):
            kept.append(block)
    blocks = blocks[:first] + kept
    if blocks and (end := ABOUT_AT_END.search(blocks[-1].text)):
        blocks = [*blocks[:-1], blocks[-1].between(0, end.start())]
    return blocks, author


def _names(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks if len(block.text) < 60 and NAME.fullmatch(block.text)]


def _tells_of(text: str, name: str) -> bool:
    return text.startswith(name) and BIO.match(text[len(name) :].lstrip(" ,")) is not None
