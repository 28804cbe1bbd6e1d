"""Spellings of one actor: "Himash Apparat" and "Himmash Apparat" are one company."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from rapidfuzz import fuzz

from geodata.claims.actor_names import fold

SAME_NAME = 90.0
"""Similarity (rapidfuzz ratio, 0-100) from which two spellings of a longer name are one actor."""


class Named(Protocol):
    """Anything with a name: a mention, a claim's actor."""

    @property
    def name(self) -> str: ...  # noqa: D102


def canonical_actors(mentions: Iterable[Named]) -> dict[str, str]:
    """Map every actor name to the one its spellings share, over any number of documents; deterministic.

    Names that fold to the same words, or whose folded forms differ by a letter or two ("Himash Apparat",
    "Himmash Apparat"), are one; so are a name and the same name with a legal form. The commonest spelling stands,
    then the longer, then the first in the alphabet.
    """
    counts: dict[str, int] = {}
    for mention in mentions:
        counts[mention.name] = counts.get(mention.name, 0) + 1
    order = sorted(counts, key=lambda name: (-counts[name], -len(name), name))
    result: dict[str, str] = {}
    chosen: dict[str, list[tuple[str, str]]] = {}
    exact: dict[str, str] = {}
    for name in order:
        key = fold(name)
        home = exact.get(key) or _similar(key, chosen)
        result[name] = home or name
        if home is None:
            exact[key] = name
            chosen.setdefault(key[:1], []).append((key, name))
    return result


def _similar(key: str, chosen: dict[str, list[tuple[str, str]]]) -> str | None:
    if len(key) < 9:
        return None
    for other, name in chosen.get(key[:1], ()):
        if abs(len(other) - len(key)) > 2 or len(other) < 9 or _numbers(other) != _numbers(key):
            continue
        if fuzz.ratio(other, key) >= SAME_NAME and _words_alike(other, key):
            return name
    return None


def _numbers(key: str) -> list[str]:
    return re.findall(r"\d+", key)


def _words_alike(a: str, b: str) -> bool:
    """Every word must have its like: "North Corporation" and "South Corporation" are two."""
    left, right = a.split(), b.split()
    return len(left) == len(right) and all(fuzz.ratio(x, y) >= 80 for x, y in zip(left, right, strict=True))
