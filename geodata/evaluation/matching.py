"""What the project scores share: folding names, distance, choosing pairs, a report that can be read."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

EARTH_KM = 6371.0

Json = Mapping[str, Any]


def fold(text: object) -> str:
    """Reduce a name to lower-case letters, digits and single blanks, without accents."""
    bare = unicodedata.normalize("NFKD", str(text or ""))
    bare = "".join(c for c in bare if not unicodedata.combining(c)).lower()
    return " ".join(re.sub(r"[^a-z0-9 ]+", " ", bare).split())


def shared_words(a: str, b: str) -> float:
    """Return the share of the shorter name's words that the other has too."""
    first, second = set(fold(a).split()), set(fold(b).split())
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def kilometres(a: Json, b: Json) -> float:
    """Return the distance of two places with ``lat`` and ``lon``, in km on the sphere."""
    la1, lo1, la2, lo2 = map(math.radians, (a["lat"], a["lon"], b["lat"], b["lon"]))
    h = math.sin((la2 - la1) / 2) ** 2 + math.cos(la1) * math.cos(la2) * math.sin((lo2 - lo1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def best_pairs(scored: Iterable[tuple[float, int, int]]) -> dict[int, int]:
    """Match each left with one right, best pair first; pairs without a score above zero never match."""
    left: dict[int, int] = {}
    right: set[int] = set()
    for score, i, j in sorted(scored, reverse=True):
        if score > 0 and i not in left and j not in right:
            left[i] = j
            right.add(j)
    return left


@dataclass(slots=True)
class Tally:
    """Hits over asked."""

    hits: float = 0
    asked: float = 0

    def add(self, hits: float, asked: float = 1) -> None:
        """Count one comparison."""
        self.hits += hits
        self.asked += asked

    @property
    def share(self) -> float | None:
        """Hits over asked, ``None`` where nothing was asked."""
        return self.hits / self.asked if self.asked else None


@dataclass(slots=True)
class Report:
    """Scores by name, in order, with what was missed, what was too much, and what was wrong in what was found."""

    title: str
    scores: dict[str, float | None] = field(default_factory=dict)
    asked: dict[str, float] = field(default_factory=dict)
    precision: dict[str, float | None] = field(default_factory=dict)
    """By attribute: of the values shown, the share that is right, where one can tell."""
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "title": self.title, "scores": self.scores, "asked": self.asked, "precision": self.precision,
            "missed": self.missed, "extra": self.extra, "wrong": self.wrong,
        }  # fmt: skip

    def text(self, *, lists: bool = True) -> str:
        """Return the report for people; without ``lists`` the table alone."""
        lines = [self.title, "", f"{'':24}{'score':>8}{'of':>8}{'right of shown':>16}"]
        for name, score in self.scores.items():
            asked, right = self.asked.get(name), self.precision.get(name)
            shown = "–" if score is None else f"{score:.3f}"
            lines.append(
                f"{name.replace('_', ' '):24}{shown:>8}{'' if asked is None else f'{asked:g}':>8}"
                f"{'' if right is None else f'{right:.3f}':>16}".rstrip()
            )
        if lists:
            for heading, rows in (
                ("Not found", self.missed),
                ("Not asked for", self.extra),
                ("Wrong", self.wrong),
            ):
                if rows:
                    lines += ["", f"{heading} ({len(rows)})", *(f"  {row}" for row in rows)]
        return "\n".join(lines)


def located(places: Sequence[Json]) -> list[Json]:
    """Return the places that have coordinates."""
    return [place for place in places if place.get("lat") is not None and place.get("lon") is not None]
