"""Names of projects: what two spellings of one name share, and what keeps two names apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from geodata.records import COMPOSED, Event

ROMAN = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}
ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
}  # fmt: skip
NUMBERED = frozenset({"phase", "stage", "lot", "unit", "section", "round", "part", "tranche"})
_EMPTY = (
    "the of for and in on at to a an project projects programme program scheme initiative plan new national"
    " international joint phase stage lot construction building corporation company limited ltd plc inc"
)
EMPTY = frozenset(_EMPTY.split())
"""Words that a name may have or lack and still be the same name."""
SPELLING = 88.0
"""Similarity (rapidfuzz ratio, 0-100) from which the remaining words of two names are one spelling."""


@dataclass(frozen=True, slots=True)
class NameKey:
    """A name in parts: its telling words, the numbers that set it apart, and its initials."""

    words: tuple[str, ...]
    numbers: frozenset[str]
    initials: str

    @property
    def joined(self) -> str:
        """The telling words as one string."""
        return " ".join(self.words)


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Fold case, accents and punctuation; one blank between words."""
    bare = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in bare if not unicodedata.combining(c)).casefold()
    return " ".join(re.sub(r"[^\w]+|_", " ", bare).split())


@lru_cache(maxsize=65536)
def name_key(name: str) -> NameKey:
    """Take a name apart: "Druzhba-II" is druzhba with number 2; a year is neither word nor number, nor is "'s"."""
    tokens = plain(re.sub(r"[’']s\b", "", name)).split()
    words: list[str] = []
    numbers: set[str] = set()
    for i, token in enumerate(tokens):
        if re.fullmatch(r"(?:19|20)\d\d", token):
            continue
        counted = re.fullmatch(r"(\d+)(?:st|nd|rd|th)?", token)
        if counted:
            numbers.add(counted[1].lstrip("0") or "0")
        elif token in ROMAN and i > 0:
            numbers.add(ROMAN[token])
        elif token in ORDINALS and not NUMBERED.isdisjoint(tokens[max(0, i - 1) : i + 2]):
            numbers.add(ORDINALS[token])
        elif token not in EMPTY:
            words.append(token)
    spoken = [t for t in tokens if t not in ("the", "of", "for", "and")]
    initials = "".join(t[0] for t in spoken) if len(spoken) > 2 else ""
    return NameKey(tuple(words), frozenset(numbers), initials)


def same_name(a: NameKey, b: NameKey) -> bool:
    """Tell whether two names are spellings, short forms or initials of one another, numbers included."""
    return a.numbers == b.numbers and same_words(a, b)


def same_words(a: NameKey, b: NameKey) -> bool:
    """The same, whatever the numbers say."""
    if not a.words or not b.words:
        return False
    if a.words == b.words or set(a.words) == set(b.words):
        return True
    if (len(a.words) == 1 and a.words[0] == b.initials) or (len(b.words) == 1 and b.words[0] == a.initials):
        return True
    short, long = sorted((set(a.words), set(b.words)), key=len)
    if len(short) >= 2 and short <= long:
        return True
    return len(a.joined) > 5 and fuzz.ratio(a.joined, b.joined) >= SPELLING and len(a.words) == len(b.words)


def numbered_apart(a: NameKey, b: NameKey) -> bool:
    """Tell whether two names are members of one series: Druzhba and Druzhba-II, phase 1 and phase 2."""
    return a.numbers != b.numbers and bool(a.numbers and b.numbers) and same_words(a, b)


def names_given(event: Event) -> list[str]:
    """Return the names that one telling gives, not titles that its reader composed."""
    told = (c.value for c in event.claims if c.property == "title" and c.extractor != COMPOSED)
    return [name for name in (event.named, *told) if name]
