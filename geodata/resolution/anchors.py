"""Places for names that no gazetteer knows: near the place in the name, or the smallest one its sentence names.

"Muktarpur Bridge" lies near Muktarpur, "the Bakubung Mine near Rustenburg" near Rustenburg. Never by a namesake
outside the context: a head that the other names do not support is passed over.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from geodata.records import ADMIN1, ADMIN2, COUNTRY, ESTIMATED, NEAR, UNCLEAR, Candidate, Place, Toponym
from geodata.resolution.table import EARTH_KM, place_class
from geodata.toponyms.words import words

SMALL = {
    "spot": 0,
    "town": 0,
    "seat": 1,
    "capital": 2,
    "land": 3,
    "water": 3,
    "admin2": 3,
    "admin1": 4,
    "region": 6,
    "continent": 7,
    "sea": 6,
    "country": 5,
}
"""Kinds of place from the smallest to the largest, as far as an anchor is concerned."""
CODE = {"spot": NEAR, "town": NEAR, "seat": NEAR, "capital": NEAR, "land": ADMIN2, "water": ADMIN2, "admin2": ADMIN2,
        "admin1": ADMIN1, "country": COUNTRY, "region": UNCLEAR, "continent": UNCLEAR,
        "sea": UNCLEAR}  # fmt: skip
"""Precision of what lies somewhere near, or in, a place of a kind."""
HOME_VOTES = 0.9
"""What it takes at least: one place in it, or its name once where something is in it or goes to it."""
HOME_SURE = 1.8
"""What it takes where names are doubted for lying elsewhere: two places in it, say."""
DASHES = frozenset("-–—")
PARAGRAPH_REACH = 600
"""Characters within which a paragraph's place lends itself."""
SUPPORT_KM = 250.0
"""A place in a name is believed where another name of the text lies within this distance, or in its country."""
SENTENCE, PARAGRAPH, DOCUMENT = 0.62, 0.48, 0.5
"""Confidence of a place that is borrowed from the sentence, the paragraph; of the country from the whole text.

Measured on the corpora: the share within 161 km, for the country the share inside it."""
MOST_TOLD = 0.5
"""What all mentions of a country weigh together where nothing is said to be in it."""
HOME_SHARE = 0.6
"""Share of a text's names that lie in one country, from which the text is about it."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A resolved name that others may lean on."""

    start: int
    place: Place
    size: int


def anchors_of(toponyms: Sequence[Toponym]) -> list[Anchor]:
    """Return the resolved names of a document that stand for a spot or an area, in order.

    A place inside a company's name is where the company comes from, not where it builds.
    """
    return [
        Anchor(t.start, t.place, SMALL[place_class(t.place)])
        for t in toponyms
        if t.place is not None and t.kind == "literal" and t.lat is not None
    ]


def heads_of(surface: str) -> list[str]:
    """Return what may be the place in a facility's name, the longest first: "Muktarpur Bridge" → "Muktarpur".

    A street's name says nothing of where it lies ("Memphis Street"); a road's may ("Torugart Road").
    """
    match = re.match(
        r"(?:Port|Airport|Mine|Bridge|Dam|Bay|Gulf|Lake|City|District|Province)\sof\s(.+)", surface
    )
    if match:
        return [match[1]]
    tokens = surface.split()
    last = tokens[-1].lower().strip(".")
    if len(tokens) < 2 or (last in words("street") and last not in ROADS and len(tokens) < 3):
        return []
    if (
        last != "court"
        and last not in words("facility") | words("natural") | words("admin") | words("project") | ROADS
    ):
        return []
    return [
        " ".join(tokens[:k])
        for k in range(len(tokens) - 1, 0, -1)
        if tokens[k - 1].lower() not in words("inner")
    ]


ROADS = frozenset({"road", "highway", "expressway", "motorway", "railway"})
"""Ways that are named for where they lead, outside towns."""


def supported(place: Place, anchors: Sequence[Anchor], home: Place | None, named: frozenset[str]) -> bool:
    """Tell whether the text's other names bear out a place.

    They do where it is about its country; where it is about none but names it; and where a place close by is named.
    """
    if place.country and (place.country == home.country if home is not None else place.country in named):
        return True
    return any(a.size < SMALL["country"] and _km(place, a.place) <= SUPPORT_KM for a in anchors)


def borrow(toponym: Toponym, doc: Doc, text: str, anchors: Sequence[Anchor], home: Place | None) -> Toponym:
    """Return a name that has no reading of its own, placed by the words around it where they allow it.

    ``text`` is the document's, which the parser would have to put together anew. ``home`` is the country that the
    whole text is about, for want of anything nearer.
    """
    span = doc.char_span(toponym.start, toponym.end, alignment_mode="expand")
    if span is None:
        return toponym
    sentence = span.sent
    dashed = bool({text[toponym.start - 1 : toponym.start], text[toponym.end : toponym.end + 1]} & DASHES)
    near = [a for a in anchors if a.size < SMALL["country"]]
    if home is not None:
        near = [a for a in near if a.place.country == home.country]
    best = _best(toponym, [a for a in near if sentence.start_char <= a.start < sentence.end_char])
    if best is not None:
        return _placed(
            toponym, best.place, SENTENCE, f"near {best.place.name}, which its sentence names", dashed
        )
    begin = text.rfind("\n\n", 0, toponym.start) + 1
    end = text.find("\n\n", toponym.end)
    end = len(text) if end < 0 else end
    # where the text is about no country, what stands behind the name tells too little
    last = end if home is not None else toponym.start
    around = [a for a in near if begin <= a.start < last and abs(a.start - toponym.start) < PARAGRAPH_REACH]
    best = _best(toponym, around)
    if best is not None:
        return _placed(toponym, best.place, PARAGRAPH, f"near {best.place.name}, which its paragraph names")
    if home is not None:
        return _placed(toponym, home, DOCUMENT, f"in {home.name}, which the text is about")
    return replace(toponym, reason="no gazetteer knows this name, and no place stands near it")


def _best(toponym: Toponym, anchors: Sequence[Anchor]) -> Anchor | None:
    """Return the smallest anchor, of those the nearest in the text; what stands before the name goes first."""

    def cost(anchor: Anchor) -> tuple[int, float, int]:
        away = abs(anchor.start - toponym.start) * (1.0 if anchor.start < toponym.start else 1.2)
        return (max(anchor.size, 2) if anchor.size <= 3 else anchor.size, away, anchor.start)

    return min(anchors, key=cost, default=None)


def _placed(toponym: Toponym, place: Place, confidence: float, reason: str, dashed: bool = False) -> Toponym:
    code = CODE[place_class(place)]
    if dashed and code in (NEAR, ADMIN2):
        code = ESTIMATED  # a link of a line lies along it, not at its neighbour
    return replace(
        toponym, place=place, lat=place.lat, lon=place.lon, precision=code, confidence=confidence, reason=reason,
        candidates=(Candidate(place, confidence, reason),),
    )  # fmt: skip


def _km(a: Place, b: Place) -> float:
    lat1, lon1, lat2, lon2 = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def home_of(toponyms: Sequence[Toponym], text: str, least: float = HOME_VOTES) -> str:
    """Return the ISO code of the country that a text is about, "" where there is no such one.

    Places inside it tell most, the country's name where something is in it or goes to it ("to Mauritania"); a
    country that only acts ("China's bank lends") tells little.
    """
    votes: dict[str, float] = defaultdict(float)
    told: dict[str, float] = defaultdict(float)
    named = {t.place.country for t in toponyms if t.place is not None and place_class(t.place) == "country"}
    for toponym in toponyms:
        place = toponym.place
        if place is None or not place.country:
            continue
        if place_class(place) == "country":
            goes = toponym.kind == "literal" and GOING.search(
                text[max(0, toponym.start - 24) : toponym.start]
            )
            if goes:
                votes[place.country] += 1.0
            else:
                told[place.country] = min(told[place.country] + 0.25, MOST_TOLD)
        elif toponym.kind == "literal":
            votes[place.country] += toponym.confidence * (1.0 if place.country in named else 0.3)
    for iso, value in told.items():
        votes[iso] += value
    if not votes:
        return ""
    best = min(votes, key=lambda iso: (-votes[iso], iso))
    return best if votes[best] >= max(HOME_SHARE * sum(votes.values()), least) else ""


GOING = re.compile(
    r"\b(?:in|to|into|within|across|throughout|inside|for)\s+(?:the\s+)?(?:Republic\s+of\s+)?$", re.I
)
"""Before a country that something is in or goes to."""
