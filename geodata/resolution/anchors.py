"""Places for names that no gazetteer knows: near the place in the name, or the smallest one its sentence names.

"Muktarpur Bridge" lies near Muktarpur, "the Bakubung Mine near Rustenburg" near Rustenburg. Never by a namesake
outside the context: a head that the other names do not support is passed over.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from geodata.records import ADMIN1, ADMIN2, COUNTRY, NEAR, UNCLEAR, Candidate, Place, Toponym
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
    "country": 5,
}
"""Kinds of place from the smallest to the largest, as far as an anchor is concerned."""
CODE = {"spot": NEAR, "town": NEAR, "seat": NEAR, "capital": NEAR, "land": ADMIN2, "water": ADMIN2, "admin2": ADMIN2,
        "admin1": ADMIN1, "country": COUNTRY, "region": UNCLEAR}  # fmt: skip
"""Precision of what lies somewhere near, or in, a place of a kind."""
SUPPORT_KM = 250.0
"""A place in a name is believed where another name of the text lies within this distance, or in its country."""
SENTENCE, PARAGRAPH, DOCUMENT = 0.6, 0.45, 0.3
"""Confidence of a place that is borrowed, by how far away the words are that it is borrowed from."""
FACILITY_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A resolved name that others may lean on."""

    start: int
    place: Place
    size: int


def anchors_of(toponyms: Sequence[Toponym]) -> list[Anchor]:
    """Return the resolved names of a document that stand for a spot or an area, in order."""
    return [
        Anchor(t.start, t.place, SMALL[place_class(t.place)])
        for t in toponyms
        if t.place is not None and t.kind in ("literal", "metonym", "embedded") and t.lat is not None
    ]


def head_of(surface: str) -> str:
    """Return the part of a facility's name that may be a place: "Muktarpur" of "Muktarpur Bridge".

    A street's name says nothing of where it lies ("Memphis Street"), nor does a name without a facility word.
    """
    tokens = [m[0].lower() for m in FACILITY_WORD.finditer(surface)]
    if len(tokens) < 2 or tokens[-1] in words("street"):
        return ""
    if tokens[-1] in words("facility") or tokens[-1] in words("natural"):
        cut = surface.split()[:-1]
        while len(cut) > 1 and (
            cut[-1].lower() in words("facility") or cut[-1][:1].islower() or cut[-1].lower() in words("inner")
        ):
            cut.pop()
        return " ".join(cut)
    match = re.match(r"(?:Port|Airport|Mine|Bridge|Dam|University|Bay|Gulf|Lake)\sof\s(.+)", surface)
    return match[1] if match else ""


def supported(place: Place, anchors: Sequence[Anchor]) -> bool:
    """Tell whether the text's other names bear out a place: one in its country, or close by."""
    return any(
        (place.country and a.place.country == place.country and place_class(a.place) != "region")
        or _km(place, a.place) <= SUPPORT_KM
        for a in anchors
    )


def borrow(toponym: Toponym, doc: Doc, anchors: Sequence[Anchor], homes: Sequence[Place]) -> Toponym:
    """Return a name that has no reading of its own, placed by the words around it where they allow it.

    ``homes``: the places that the whole document is about, the likeliest first, for want of anything nearer.
    """
    span = doc.char_span(toponym.start, toponym.end, alignment_mode="expand")
    if span is None:
        return toponym
    sentence = span.sent
    inside = [a for a in anchors if sentence.start_char <= a.start < sentence.end_char]
    best = _best(toponym, inside)
    if best is not None and best.size < SMALL["country"]:
        return _placed(toponym, best.place, SENTENCE, f"near {best.place.name}, which its sentence names")
    begin = doc.text.rfind("\n\n", 0, toponym.start) + 1
    end = doc.text.find("\n\n", toponym.end)
    end = len(doc.text) if end < 0 else end
    around = [a for a in anchors if begin <= a.start < end and abs(a.start - toponym.start) < 600]
    best = _best(toponym, around) or best
    if best is not None and best.size < SMALL["country"]:
        return _placed(toponym, best.place, PARAGRAPH, f"near {best.place.name}, which its paragraph names")
    if homes:
        return _placed(toponym, homes[0], DOCUMENT, f"near {homes[0].name}, which the text is about")
    if best is not None and best.size == SMALL["country"]:
        return _placed(toponym, best.place, DOCUMENT, f"in {best.place.name}, which its sentence names")
    return replace(toponym, reason="no gazetteer knows this name, and no place stands near it")


def _best(toponym: Toponym, anchors: Sequence[Anchor]) -> Anchor | None:
    """Return the smallest anchor, of those the nearest in the text; what stands before the name goes first."""

    def cost(anchor: Anchor) -> tuple[int, float, int]:
        away = abs(anchor.start - toponym.start) * (1.0 if anchor.start < toponym.start else 1.2)
        return (max(anchor.size, 2) if anchor.size <= 3 else anchor.size, away, anchor.start)

    return min(anchors, key=cost, default=None)


def _placed(toponym: Toponym, place: Place, confidence: float, reason: str) -> Toponym:
    code = CODE[place_class(place)]
    if confidence == DOCUMENT:
        code = COUNTRY if place_class(place) == "country" else ADMIN1
    return replace(
        toponym, place=place, lat=place.lat, lon=place.lon, precision=code, confidence=confidence, reason=reason,
        candidates=(Candidate(place, confidence, reason),),
    )  # fmt: skip


def _km(a: Place, b: Place) -> float:
    lat1, lon1, lat2, lon2 = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))
