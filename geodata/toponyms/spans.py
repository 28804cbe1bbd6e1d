"""Where names of places may stand: runs of capitalised words that the gazetteer knows, and the model's entities.

Nothing is decided here; ``decide`` chooses among the proposals. Offsets are characters, half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple, Protocol

from spacy.tokens import Doc

from geodata.toponyms.words import words

LONGEST_NAME = 7
"""Words; longer names of the gazetteer are official forms that texts do not use."""
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
DASHED = re.compile(r"[-–—/ ]")
SHORT = 4
"""Letters of a word up to which a full stop after it may only shorten it ("Ft. Worth")."""
PLURAL = 4
"""Letters above which a name may be the plural of a people's ("Turks")."""
WORD = re.compile(r"[^\W\d_]+(?:(?:[’'ʻ`]|(?<![a-zà-ÿ]{4})\.|\.(?![A-ZÀ-Þ][a-z]))(?=[^\W\d_])[^\W\d_]+)*")
"""A full stop without a blank parts two sentences ("to Guyana.The coaches"), not the letters of "U.S."."""
GAP = re.compile(r"\.?[ \u00a0]|\.?\n(?!\s)|[-–‑/]| ?& ?|[’'] ")
"""What may stand between two words of one name."""
POSSESSIVE = re.compile(r"(?:['’]s?)$")
SAINT, OWNED = re.compile(r"(?:St\.?|Saint)\s"), re.compile(r"['’]s(?=\s*[,.;:()\n]|$)")
"""A saint's name, and what of it is no possessive: "St. John's, Antigua"."""
STREET_NUMBER = re.compile(
    r"\b(?:(?:U\.?S\.?|State|County|Federal|[A-Z][a-z]+ County|Illinois|Texas|Ohio)\s)?"
    r"(?:Interstate|Highway|Hwy\.?|Route|Road|Rte\.?|County Road|FM|CR)\s\d{1,4}[A-Z]?\b"
    r"|\b(?:I|US|M|A|SR|FM)-?\d{1,4}(?:\([A-Z]\))?\b(?!\d)"
)


class Names(Protocol):
    """The part of the gazetteer that the scan needs."""

    @property
    def longest_words(self) -> int: ...  # noqa: D102

    def has(self, name: str) -> bool: ...  # noqa: D102

    def demonym(self, word: str) -> Sequence[Any]: ...  # noqa: D102

    def __hash__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stretch of text that may name a place."""

    start: int
    end: int
    known: bool
    """The gazetteer has the whole name."""
    source: str
    """``gazetteer``, ``model``, ``facility``, ``street`` or ``chain``."""
    head: tuple[int, int] | None = None
    """The part before the facility word: "Muktarpur" of "Muktarpur Bridge"."""


class Word(NamedTuple):
    """A word of the text; ``gap`` tells that it continues the word before it."""

    start: int
    end: int
    capital: bool
    link: bool
    gap: bool


def text_words(text: str) -> list[Word]:
    """Split a text into words, with possessives set aside."""
    links = words("links")
    out: list[Word] = []
    last = -1
    for match in WORD.finditer(text):
        start, end = match.span()
        word = match[0]
        stop = end
        if word[-2:] in ("'s", "’s", "'S", "’S"):
            stop -= 2
        gap = 0 <= last < start <= last + 3 and (
            (start == last + 1 and text[last] == " ") or GAP.fullmatch(text, last, start) is not None
        )
        if (
            gap
            and text[last] == "."
            and "." not in text[out[-1].start : last]
            and last - out[-1].start > SHORT
        ):
            gap = False  # a sentence ends: "in Akjoujt. Poly New Energy"
        capital = word[0].isupper()
        out.append(Word(start, stop, capital, not capital and word in links, gap))
        last = end if stop == end else -1
    return out


def scan(text: str, found: list[Word], names: Names) -> Iterator[Proposal]:
    """Yield the longest names of the gazetteer that start at a capitalised word, left to right."""
    limit = min(names.longest_words, LONGEST_NAME)
    i, n = 0, len(found)
    while i < n:
        word = found[i]
        if not word.capital:
            i += 1
            continue
        j = i
        while (
            j + 1 < n
            and j + 1 - i < limit
            and found[j + 1].gap
            and (found[j + 1].capital or found[j + 1].link)
        ):
            j += 1
        step = 1
        for last in range(j, i - 1, -1):
            if not found[last].capital:
                continue
            end = _known_end(text, word.start, found[last].end, names)
            if end:
                yield Proposal(_start(text, word.start, end, found[i : last + 1]), end, True, "gazetteer")
                step = last - i + 1
                break
        i += step


def is_compass(name: str) -> bool:
    """Tell a name that is only a direction: "North-South", "the Upper"."""
    return all(word in words("compass") for word in DASHED.split(name.lower()))


@lru_cache(maxsize=100_000)
def _known(names: Names, name: str) -> bool:
    """Remember the answer: texts repeat their names and their capitalised words."""
    return names.has(name)


@cache
def articled() -> frozenset[str]:
    """Return the names that keep their article."""
    return frozenset(f"the {name}" for name in words("articled"))


def _start(text: str, start: int, end: int, run: list[Word]) -> int:
    """Set a leading article aside, unless it is the name's own ("The Hague")."""
    if (
        len(run) > 1
        and text[start : run[0].end] in ("The", "THE")
        and text[start:end].lower() not in articled()
    ):
        return run[1].start
    return start


def _known_end(text: str, start: int, end: int, names: Names) -> int:
    """Return where a known name ends, 0 where there is none: "U.S." takes its full stop along."""
    name = text[start:end]
    dotted = text[end : end + 1] == "." and (
        "." in name or len(name) <= 4 or name.rsplit(" ", 1)[-1] in ("Co", "St", "Twp", "Mt")
    )
    if dotted and _known(names, name + "."):
        if "." in name or not _known(names, name) or text[end + 1 : end + 2] in (",", ")", ";", "'", "’"):
            return end + 1
        following = text[end + 1 : end + 3].strip()
        if following[:1].islower():
            return end + 1
    if _known(names, name):
        if name[:2] in ("St", "Sa") and SAINT.match(name):
            owned = OWNED.match(text, end)
            if owned and _known(names, name + owned[0]):
                return owned.end()
        return 0 if is_compass(name) else end
    plural = name[-1:] == "s" and len(name) > PLURAL and _known(names, name[:-1]) and names.demonym(name)
    return end if plural else 0


def entity_proposals(doc: Doc, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the model's entities, without article and possessive: start, end, label. ``text`` is the document's."""
    for entity in doc.ents:
        start, end = entity.start_char, entity.end_char
        piece = text[start:end]
        if piece[:4].lower() == "the ":
            start += 4
        match = POSSESSIVE.search(text[start:end])
        if match:
            end = start + match.start()
        while start < end and not text[start].isalnum():
            start += 1
        while start < end and not (text[end - 1].isalnum() or text[end - 1] in ".)"):
            end -= 1
        if end > start:
            yield start, end, entity.label_


def facilities(text: str, found: list[Word]) -> Iterator[Proposal]:
    """Yield capitalised runs that end in a word for a built thing, a road or a piece of land.

    "Muktarpur Bridge", "Skeldon Sugar Factory", "Dehkanabad potash plant", "Main Street", "Highway 10".
    """
    built, roads, land = words("facility"), words("street"), words("natural")
    i, n = 0, len(found)
    while i < n:
        if not found[i].capital:
            i += 1
            continue
        j = i
        while j + 1 < n and found[j + 1].gap and found[j + 1].capital and j - i < 6:
            j += 1
        if j > i and text[found[i].start : found[i].end] in ("The", "A", "An"):
            i += 1
        run = [text[w.start : w.end].lower() for w in found[i : j + 1]]
        for k in range(len(run) - 1, 0, -1):
            if run[k] in built or run[k] in roads or run[k] in land:
                source = "street" if run[k] in roads else "facility"
                end = found[i + k].end
                if run[k] in ("st", "ave", "rd", "dr", "blvd", "ln") and text[end : end + 1] == ".":
                    end += 1
                yield Proposal(found[i].start, end, False, source, (found[i].start, found[i + k - 1].end))
                break
        else:
            tail = _lower_tail(text, found, j + 1, built)
            if tail:
                yield Proposal(found[i].start, tail, False, "facility", (found[i].start, found[j].end))
        i = j + 1
    for match in STREET_NUMBER.finditer(text):
        yield Proposal(match.start(), match.end(), False, "street")


def _lower_tail(text: str, found: list[Word], i: int, built: frozenset[str]) -> int:
    """Return the end of a facility word in lower case, at most two words on: "Dehkanabad potash plant"."""
    for k in (i, i + 1):
        if k >= len(found) or not found[k].gap or found[k].capital:
            return 0
        if text[found[k].start : found[k].end].lower() in built:
            return found[k].end
    return 0
