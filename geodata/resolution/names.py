"""The names of a document, each with its mentions and the places it may mean: one name, one sense.

A name that the text gives two containers ("Paris, Texas" and "Paris, France") is two names here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from geodata.records import Place, Toponym

MOST_CANDIDATES = 40
"""A name with more namesakes than this has them cut by the gazetteer's own order."""


class Match(Protocol):
    """One reading of a name, as the gazetteer gives it."""

    @property
    def place(self) -> Place: ...  # noqa: D102

    @property
    def kind(self) -> str: ...  # noqa: D102


class Gazetteer(Protocol):
    """The part of the gazetteer that resolution needs."""

    def lookup(self, name: str) -> Sequence[Match]: ...  # noqa: D102

    def country(self, iso2: str) -> Place | None: ...  # noqa: D102

    def capital(self, iso2: str) -> Place | None: ...  # noqa: D102

    def demonym(self, word: str) -> Sequence[Place]: ...  # noqa: D102


@dataclass(slots=True)
class Name:
    """A name with one sense in a document."""

    key: str
    surface: str
    mentions: list[int]
    """Indexes of the toponyms."""
    matches: tuple[Match, ...]
    container: str = ""
    """Key of the name that the text puts around it ("Cherat, Khyber Pakhtunkhwa")."""
    weight: float = 1.0
    """How much it tells of where the document is about: embedded names and demonyms less."""
    doubt: float = 0.0
    """How unsure the recognition is that this is a place at all; 0 for spans that were given."""
    linked: list[tuple[int, str]] = field(default_factory=list)
    """Other names that a mention is joined to, with the way: comma, bracket, in, possessive, and, dash."""


COMMA = re.compile(r",\s+(?:in\s+(?:the\s+)?|the\s+)?")
BRACKET = re.compile(r"\s+\((?:in\s+)?(?:the\s+)?")
WITHIN = re.compile(
    r",?\s+(?:in|of)\s+(?:the\s+)?(?:\w+\s){0,2}?(?:province|state|district|region|county)?(?:\s?of)?\s?"
)
OWNER = re.compile(r"['’]s?\s+(?:\w+\s)?")
JOINED = re.compile(r",?\s+and\s+(?:the\s+)?|\s?/\s?|,\s+")
DASH = re.compile(r"\s?[-–—]\s?|\s+to\s+")


def fold(surface: str) -> str:
    """Return what two writings of one name share."""
    return re.sub(r"[\W_]+", " ", surface.replace(".", "").casefold()).strip()


@dataclass(frozen=True, slots=True)
class Reading:
    """A place that a name may mean, found otherwise than by looking the name up."""

    place: Place
    kind: str


FIRM = frozenset({"exact", "folded", "abbreviation"})
LOOSE = frozenset({"stripped", "spelling"})
"""Ways to match that do not count where a firm one is there: "New York" is not York."""


def readings(surface: str, gaz: Gazetteer) -> tuple[Match, ...]:
    """Return what a name may mean; the plural of a people's name means the people ("Palestinians")."""
    matches = tuple(gaz.lookup(surface))
    if surface.endswith("s") and all(m.kind in ("stripped", "spelling") for m in matches):
        people = tuple(Reading(place, "demonym") for place in gaz.demonym(surface))
        matches = (*people, *matches)
    if any(m.kind in FIRM for m in matches):
        matches = tuple(m for m in matches if m.kind not in LOOSE)
    return matches[:MOST_CANDIDATES]


def gather(toponyms: Sequence[Toponym], text: str, gaz: Gazetteer) -> list[Name]:
    """Return the names of a document with their readings, in order of first mention."""
    ways = [_way(text, a, b) for a, b in pairwise(toponyms)]
    told = [readings(t.surface, gaz) for t in toponyms]
    ways = [_list_or_holder(way, told[i], told[i + 1]) for i, way in enumerate(ways)]
    names: dict[tuple[str, str], Name] = {}
    of: list[Name] = []
    for i, toponym in enumerate(toponyms):
        key = fold(toponym.surface)
        if toponym.surface.isupper() and len(key) <= 3:
            key = f"={key}"
        holds = i < len(ways) and ways[i] in ("comma", "bracket")
        container = fold(toponyms[i + 1].surface) if holds else ""
        name = names.get((key, container))
        if name is None:
            name = Name(key, toponym.surface, [], told[i], container)
            names[key, container] = name
        name.mentions.append(i)
        of.append(name)
    out = list(names.values())
    index = {id(name): n for n, name in enumerate(out)}
    for i, way in enumerate(ways):
        if way:
            a, b = of[i], of[i + 1]
            if a is not b:
                a.linked.append((index[id(b)], way))
                b.linked.append((index[id(a)], f"{way}<"))
    for name in out:
        kinds = [toponyms[i].kind for i in name.mentions]
        best = max((1.0 if k in ("literal", "metonym") else 0.5) for k in kinds)
        sure = max(toponyms[i].confidence or 1.0 for i in name.mentions)
        name.doubt = 1.0 - sure
        name.weight = best * min(len(kinds), 4) ** 0.5 * sure
    return out


def _way(text: str, a: Toponym, b: Toponym) -> str:
    """Return how two mentions that follow each other are joined, "" where they are not."""
    gap = text[a.end : b.start]
    if len(gap) > 30 or b.start < a.end:
        return ""
    if gap.strip() == "" and a.surface[-1:].isalnum():
        return "next"
    if COMMA.fullmatch(gap):
        return "comma"
    if BRACKET.fullmatch(gap):
        return "bracket"
    if OWNER.fullmatch(gap):
        return "possessive"
    if WITHIN.fullmatch(gap):
        return "in"
    if JOINED.fullmatch(gap):
        return "and"
    return "dash" if DASH.fullmatch(gap) else ""


def _list_or_holder(way: str, inner: Sequence[Match], outer: Sequence[Match]) -> str:
    """Tell "Atlanta, Georgia" from a list: after a comma only what can hold the name before it does hold it."""
    if way not in ("comma", "bracket"):
        return way
    held: set[tuple[str, str, str]] = set()
    for match in outer:
        place = match.place
        if place.feature_code.startswith("PCL"):
            held.add((place.country, "", ""))
        elif place.feature_code.startswith("ADM1"):
            held.add((place.country, place.name, ""))
        elif place.feature_code.startswith("ADM2"):
            held.add((place.country, place.admin1, place.name))
    for match in inner:
        place = match.place
        if match.kind in LOOSE or place.feature_code.startswith("PCL"):
            continue
        inside = {(place.country, "", "")}
        if not place.feature_code.startswith("ADM1"):
            inside |= {(place.country, place.admin1, ""), (place.country, place.admin1, place.admin2)}
        if inside & held:
            return way
    return "and"
