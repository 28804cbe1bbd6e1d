"""Where a pattern can begin: the words of a text by their first letters, so that each pattern is tried at few places.

A regular expression of many alternatives is slow because every one is tried at every character. Those of the
vocabulary begin with the letters of a word; what letters these are is read off the pattern itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

parser: Any = import_module("re._parser")
"""The standard library's own parser of patterns; what it does not tell is searched for everywhere."""
sre: Any = import_module("re._constants")
LETTERS = 5
"""First letters, and what follows a shorter word, that the places in a text are told apart by."""
MOST = 2048
"""Beginnings of one pattern beyond which fewer letters of each must do."""
SPELT_OUT = 16
"""Characters that a range such as ``[1-9]`` may stand for; a wider one is anything."""
_WORD = re.compile(rf"(?<!\w)(?=(\w.{{0,{LETTERS - 1}}}))|(?=([^\w\s]))", re.DOTALL)
"""The start of a word with its first letters, or a mark by itself."""
_BLANK = re.compile(r"\s")
FEW = {sre.CATEGORY_DIGIT: frozenset("0123456789"), sre.CATEGORY_SPACE: frozenset(" ")}
"""Kinds of characters that are few: the digits that we write, and blanks, which all count as one."""
AHEAD = 1
"""The direction of an assertion that looks ahead."""
_NOTHING = frozenset({sre.AT, sre.ASSERT, sre.ASSERT_NOT})

Heads = tuple[frozenset[str], frozenset[str]]
"""Beginnings that go on with what follows in the pattern, and beginnings that are known no further."""


class Finder:
    """Finds matches of many patterns that start no later than a word or mark: each begins with ``\\b`` or the like."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        self.patterns = tuple(patterns)
        self.anywhere: dict[int, tuple[str, ...]] = {}
        """Numbers of the patterns whose beginning may be anything -> letters of which some stand in every match."""
        self.by_head: dict[str, list[int]] = {}
        self.met: set[str] = set()
        """First letters met so far."""
        self.begun: dict[str, tuple[int, ...]] = {}
        """Those of them with which patterns can begin -> the numbers of these."""
        for number, pattern in enumerate(self.patterns):
            heads = beginnings(pattern)
            for head in heads:
                self.by_head.setdefault(head, []).append(number)
            if not heads:
                self.anywhere[number] = _needs(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))

    def find(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield the number of a pattern with each match that ``finditer`` of it gives, by number and position."""
        plain, words = _words(text)
        for letters in words.keys() - self.met:
            self._meet(letters)
        places: dict[int, list[int]] = {}
        for letters in words.keys() & self.begun.keys():
            for number in self.begun[letters]:
                places.setdefault(number, []).extend(words[letters])
        anywhere = (
            n for n, needs in self.anywhere.items() if not needs or any(part in plain for part in needs)
        )
        for number in sorted({*places, *anywhere}):
            pattern = self.patterns[number]
            if number not in places:
                yield from ((number, match) for match in pattern.finditer(text))
                continue
            end, match_at = 0, pattern.match
            for start in sorted(places[number]):
                if start >= end and (match := match_at(text, start)):
                    end = match.end()
                    yield number, match

    def _meet(self, letters: str) -> None:
        """Remember which patterns can begin with these letters."""
        self.met.add(letters)
        heads = {letters[:size] for size in range(1, len(letters) + 1)}
        found = {number for head in heads for number in self.by_head.get(head, ())}
        if found:
            self.begun[letters] = tuple(found)


@lru_cache(maxsize=2)
def _words(text: str) -> tuple[str, dict[str, list[int]]]:
    """Return a text in lower case, and where its words start, by their first letters; several finders ask for it."""
    plain = text.lower()
    if len(plain) != len(text):
        plain = "".join(letter.lower()[:1] for letter in text)
    starts: dict[str, list[int]] = {}
    plain = _BLANK.sub(" ", plain)
    for word in _WORD.finditer(plain):
        starts.setdefault(word[1] or word[2], []).append(word.start())
    return plain, starts


@cache
def beginnings(pattern: re.Pattern[str]) -> frozenset[str]:
    """Return the first letters, in lower case, that a match can begin with; none where any may stand there."""
    parts = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    for letters in range(LETTERS, 0, -1):
        open, closed = _heads(parts, letters)
        heads = {head if head[:1].isalnum() else head[:1] for head in open | closed}
        if not all(head and not head.isspace() and len(head.lower()) == len(head) for head in heads):
            break
        if len(heads) <= MOST:
            return frozenset(heads)
    return frozenset()


def _heads(items: Iterable[tuple[Any, Any]], letters: int) -> Heads:
    """Return the beginnings of a sequence of parsed parts, no more than so many letters of each."""
    open, closed = frozenset({""}), frozenset[str]()
    for op, value in items:
        more, last = _head(op, value, letters)
        ends = {head + tail for head in open for tail in last}
        grown = {head + tail for head in open for tail in more}
        closed |= {head[:letters] for head in ends} | {h[:letters] for h in grown if len(h) >= letters}
        open = frozenset(head for head in grown if len(head) < letters)
        if not open or len(open) + len(closed) > MOST:
            break
    return open, closed


def _head(op: Any, value: Any, letters: int) -> Heads:
    """Return the beginnings of one part; the empty one, known no further, for what may be anything."""
    nothing = frozenset({""})
    if op is sre.LITERAL:
        return frozenset({chr(value).lower()}), frozenset()
    if op is sre.IN:
        sets = [_letters(*part) for part in value]
        return (frozenset().union(*sets), frozenset()) if all(sets) else (frozenset(), nothing)
    if op is sre.ASSERT and value[0] == AHEAD:
        open, closed = _heads(value[1], letters)
        return frozenset(), open | closed  # what follows has to begin so, whatever the pattern says next
    if op in _NOTHING:
        return nothing, frozenset()
    if op is sre.SUBPATTERN:
        return _heads(value[-1], letters)
    if op is sre.BRANCH:
        parts = [_heads(branch, letters) for branch in value[1]]
        return frozenset().union(*(o for o, _ in parts)), frozenset().union(*(c for _, c in parts))
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        least, most, part = value
        open, closed = _heads(part, letters)
        if most == 1:
            return (open | nothing, closed) if least == 0 else (open, closed)
        return (nothing if least == 0 else frozenset()), open | closed
    return frozenset(), nothing


def _letters(kind: Any, value: Any) -> frozenset[str]:
    """Return the characters of one part of a set, in lower case; none where they are too many to spell out."""
    if kind is sre.LITERAL:
        return frozenset({chr(value).lower()})
    if kind is sre.RANGE and value[1] - value[0] < SPELT_OUT:
        return frozenset(chr(code).lower() for code in range(value[0], value[1] + 1))
    return FEW.get(value, frozenset()) if kind is sre.CATEGORY else frozenset()


def _needs(items: Iterable[tuple[Any, Any]]) -> tuple[str, ...]:
    """Return letters, in lower case, of which some stand in every match; none where that cannot be told."""
    best: tuple[str, ...] = ()
    run = ""
    for op, value in (*items, (None, None)):
        if op is sre.LITERAL:
            run += chr(value).lower()
            continue
        found: tuple[str, ...] = ()
        if op is sre.SUBPATTERN:
            found = _needs(value[-1])
        elif op is sre.BRANCH:
            parts = [_needs(branch) for branch in value[1]]
            found = tuple(part for branch in parts for part in branch) if all(parts) else ()
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0]:
            found = _needs(value[2])
        best = max(best, (run,) if run else (), found, key=lambda told: min(map(len, told), default=0))
        run = ""
    return best
