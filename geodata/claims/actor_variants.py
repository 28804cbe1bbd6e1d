"""Spellings of one actor: "Himash Apparat" and "Himmash Apparat" are one company."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from rapidfuzz import fuzz

from geodata.claims.actor_names import fold

SAME_NAME = 90.0
"""Similarity (rapidfuzz ratio, 0-100) from which two spellings of a longer name are one actor."""

SHORTEST = 9
"""Letters that a name must have for a slip of the pen to be told from another name."""


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
    chosen: Shelves = {}
    exact: dict[str, str] = {}
    for rank, name in enumerate(order):
        key = fold(name)
        home = exact.get(key) or _similar(key, chosen)
        result[name] = home or name
        if home is None:
            exact[key] = name
            chosen.setdefault(_shelf(key), []).append((rank, key, name))
    return result


Shelves = dict[tuple[str, int, int], list[tuple[int, str, str]]]
"""First letter, count of words and length of a folded name -> rank, folded name and name."""


def _shelf(key: str) -> tuple[str, int, int]:
    return key[:1], key.count(" "), len(key)


def _similar(key: str, chosen: Shelves) -> str | None:
    """Return the name of best rank that a key is a spelling of; only names about as long are looked at."""
    if len(key) < SHORTEST:
        return None
    letter, words, length = _shelf(key)
    found: list[tuple[int, str]] = []
    for near in range(max(length - 2, SHORTEST), length + 3):
        for rank, other, name in chosen.get((letter, words, near), ()):
            alike = fuzz.ratio(other, key, score_cutoff=SAME_NAME) and _numbers(other) == _numbers(key)
            if alike and _words_alike(other, key):
                found.append((rank, name))
                break
    return min(found)[1] if found else None


def _numbers(key: str) -> list[str]:
    return re.findall(r"\d+", key)


def _words_alike(a: str, b: str) -> bool:
    """Every word must have its like: "North Corporation" and "South Corporation" are two."""
    left, right = a.split(), b.split()
    return len(left) == len(right) and all(fuzz.ratio(x, y) >= 80 for x, y in zip(left, right, strict=True))
