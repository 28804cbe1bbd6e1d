"""Where a pattern can begin: the words of a text by their first letters, so that each pattern is tried at few places.

A regular expression of many alternatives is slow because every one is tried at every character. Those of the
vocabulary begin with the letters of a word; what letters these are is read off the pattern itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

parser: Any = import_module("re._parser")
"""The standard library's own parser of patterns; what it does not tell is searched for everywhere."""
sre: Any = import_module("re._constants")
LETTERS = 3
"""First letters that words are told apart by."""
MOST = 4096
"""Beginnings of one pattern beyond which it is just searched for."""
_WORD = re.compile(rf"(?<![\w-])(?=(\w.{{0,{LETTERS - 1}}}))", re.DOTALL)
_NOTHING = frozenset({sre.AT, sre.ASSERT, sre.ASSERT_NOT})

Heads = tuple[frozenset[str], frozenset[str]]
"""Beginnings that go on with what follows in the pattern, and beginnings that are known no further."""


class Finder:
    """Finds matches of many patterns, each of which starts with ``(?<![\\w-])``: not within a word."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        self.patterns = tuple(patterns)
        self.anywhere: list[int] = []
        """Numbers of the patterns whose beginning may be anything."""
        self.by_head: dict[str, list[int]] = {}
        self.begun: dict[str, tuple[int, ...]] = {}
        """First letters met so far -> numbers of the patterns that can begin with them."""
        for number, pattern in enumerate(self.patterns):
            heads = beginnings(pattern)
            for head in heads:
                self.by_head.setdefault(head, []).append(number)
            if not heads:
                self.anywhere.append(number)

    def find(self, text: str, begin: int = 0, stop: int | None = None) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield the number of a pattern with each match that ``finditer`` of it gives, by number and position."""
        stop = len(text) if stop is None else stop
        starts, letters = _words(text)
        begun = self.begun
        places: dict[int, list[int]] = {}
        for word in range(bisect_left(starts, begin), bisect_left(starts, stop)):
            numbers = begun.get(letters[word])
            for number in self._begun(letters[word]) if numbers is None else numbers:
                places.setdefault(number, []).append(starts[word])
        for number in sorted({*places, *self.anywhere}):
            pattern = self.patterns[number]
            if number not in places:
                yield from ((number, match) for match in pattern.finditer(text, begin, stop))
                continue
            end = 0
            for start in places[number]:
                match = pattern.match(text, start, stop) if start >= end else None
                if match:
                    end = match.end()
                    yield number, match

    def _begun(self, letters: str) -> tuple[int, ...]:
        """Return, and remember, the numbers of the patterns that can begin with these letters."""
        heads = {letters[:size].lower() for size in range(1, LETTERS + 1)}
        found = tuple({number for head in heads for number in self.by_head.get(head, ())})
        self.begun[letters] = found
        return found


@lru_cache(maxsize=2)
def _words(text: str) -> tuple[list[int], list[str]]:
    """Return where the words of a text start, and their first letters; several finders ask this of one text."""
    found = [(word.start(), word[1]) for word in _WORD.finditer(text)]
    return [start for start, _ in found], [letters for _, letters in found]


@cache
def beginnings(pattern: re.Pattern[str]) -> frozenset[str]:
    """Return the one to three letters, in lower case, that a match can begin with; none where any may stand there."""
    open, closed = _heads(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
    heads = open | closed
    known = all(head and head[0].isalnum() and len(head.lower()) == len(head) for head in heads)
    return frozenset(heads) if known and len(heads) <= MOST else frozenset()


def _heads(items: Iterable[tuple[Any, Any]]) -> Heads:
    """Return the beginnings of a sequence of parsed parts."""
    open, closed = frozenset({""}), frozenset[str]()
    for op, value in items:
        more, last = _head(op, value)
        ends = {head + tail for head in open for tail in last}
        grown = {head + tail for head in open for tail in more}
        closed |= {head[:LETTERS] for head in ends} | {h[:LETTERS] for h in grown if len(h) >= LETTERS}
        open = frozenset(head for head in grown if len(head) < LETTERS)
        if not open or len(open) + len(closed) > MOST:
            break
    return open, closed


def _head(op: Any, value: Any) -> Heads:
    """Return the beginnings of one part; the empty one, known no further, for what may be anything."""
    nothing = frozenset({""})
    if op is sre.LITERAL:
        return frozenset({chr(value).lower()}), frozenset()
    if op is sre.IN and all(kind is sre.LITERAL for kind, _ in value):
        return frozenset(chr(code).lower() for _, code in value), frozenset()
    if op in _NOTHING:
        return nothing, frozenset()
    if op is sre.SUBPATTERN:
        return _heads(value[-1])
    if op is sre.BRANCH:
        parts = [_heads(branch) for branch in value[1]]
        return frozenset().union(*(o for o, _ in parts)), frozenset().union(*(c for _, c in parts))
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        least, most, part = value
        open, closed = _heads(part)
        if most == 1:
            return (open | nothing, closed) if least == 0 else (open, closed)
        return (nothing if least == 0 else frozenset()), open | closed
    return frozenset(), nothing
