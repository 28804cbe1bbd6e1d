"""What the words beside a name say it is: "Laurel County", "the city of Lahore", "River Senegal"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from geodata.records import Toponym
from geodata.resolution.names import Name
from geodata.resolution.register import countries_by_words
from geodata.toponyms.kinds import at_head

SAYS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("province", "state", "region", "oblast", "governorate", "prefecture", "krai", "emirate", "republic"),
        frozenset({"admin1", "admin2", "country"}),
    ),
    **dict.fromkeys(
        (
            "county",
            "district",
            "parish",
            "department",
            "raion",
            "tehsil",
            "municipality",
            "borough",
            "commune",
        ),
        frozenset({"admin2", "admin1"}),
    ),
    **dict.fromkeys(
        (
            "city",
            "town",
            "village",
            "township",
            "suburb",
            "neighborhood",
            "neighbourhood",
            "downtown",
            "mayor",
        ),
        frozenset({"town", "seat", "capital"}),
    ),
    **dict.fromkeys(("capital",), frozenset({"capital", "seat"})),
    **dict.fromkeys(
        ("river", "lake", "sea", "bay", "gulf", "strait", "ocean", "creek"), frozenset({"water", "sea"})
    ),
    **dict.fromkeys(
        ("mountain", "mountains", "mount", "hill", "valley", "desert", "plateau", "peninsula"),
        frozenset({"land", "region"}),
    ),
    **dict.fromkeys(
        ("island", "islands", "isle"), frozenset({"land", "region", "admin1", "admin2", "country"})
    ),
    **dict.fromkeys(("airport", "port", "harbour", "harbor", "dam", "bridge", "mine"), frozenset({"spot"})),
    **dict.fromkeys(("country", "nation"), frozenset({"country"})),
}
"""Word → what the place then is."""
NAMES_ALIKE = frozenset(
    {"city", "town", "village", "island", "islands", "port", "mount", "state", "downtown"}
)
"""Words that are often part of the name itself, so that they say little inside it ("Kansas City", "Port Loko")."""


@dataclass(frozen=True, slots=True)
class Cues:
    """Name index → kinds of place that the words beside it ask for."""

    wanted: dict[int, frozenset[str]]
    articled: frozenset[int] = frozenset()
    """Names that stand by themselves after "the": "across the Atlantic"."""
    speech: dict[str, float] = field(default_factory=dict)
    """ISO country → words of the text that speak of it."""
    acting: frozenset[int] = frozenset()
    """Names that stand for a government at least once: "Washington said"."""


def read_cues(names: Sequence[Name], toponyms: Sequence[Toponym], text: str) -> Cues:
    """Read the words in and beside every mention; the first mention that has one decides."""
    wanted: dict[int, frozenset[str]] = {}
    for n, name in enumerate(names):
        for i in name.mentions:
            told = _told(toponyms[i], text)
            if told:
                wanted[n] = told
                break
    articled = frozenset(
        n for n, name in enumerate(names) if any(_articled(toponyms[i], text) for i in name.mentions)
    )
    acting = frozenset(
        n for n, name in enumerate(names) if any(toponyms[i].kind == "metonym" for i in name.mentions)
    )
    return Cues(wanted, articled, countries_by_words(text), acting)


ALONE = re.compile(
    r"['’]s\b|\s*[.,;:)]|\s+(?:and|or|in|to|of|is|was|on|for|by|with|at|as|that|which|has|had|are|were|from|will|coast)\b|$"
)


def _articled(toponym: Toponym, text: str) -> bool:
    before = text[max(0, toponym.start - 4) : toponym.start].lower()
    return before == "the " and ALONE.match(text, toponym.end) is not None


TOWNS = frozenset({"town", "seat", "capital"})
"""What stands at the head of a report."""


def _told(toponym: Toponym, text: str) -> frozenset[str] | None:
    if at_head(text, toponym.start, toponym.end):
        return TOWNS
    inside = toponym.surface.casefold().split()
    for word in (inside[-1], inside[0]) if len(inside) > 1 else ():
        if word in SAYS and word not in NAMES_ALIKE:
            return SAYS[word]
    after = text[toponym.end : toponym.end + 24].split(maxsplit=1)
    if after and text[toponym.end : toponym.end + 1] == " ":
        word = after[0].strip(".,;:()").casefold()
        if word in SAYS and word not in ("mayor", "state", "capital"):
            return SAYS[word]
    before = text[max(0, toponym.start - 40) : toponym.start].casefold().replace(",", " ,").split()
    if before[-1:] == ["the"]:
        before = before[:-1]
    if before[-1:] == ["of"] and len(before) > 1 and before[-2] in SAYS:
        return SAYS[before[-2]]
    if before and before[-1] in (
        "river",
        "lake",
        "mount",
        "downtown",
        "province",
        "district",
        "island",
        "town",
        "city",
        "village",
        "capital",
    ):
        return SAYS[before[-1]]
    return None
