"""Places that a text puts in relation: routes, stretches between two, spots near one or some way off.

Each rule has a name, the words around the names that it goes by, and a sentence it was made for. What comes out is
indicative: a straight line between the named points, a point some way off, never a surveyed course.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from spacy.tokens import Doc

from geodata.records import ESTIMATED, EXACT, NEAR, Relation, Toponym

__all__ = ["displace", "find_relations"]

EARTH_KM = 6371.0
MILE_KM = 1.609344
FARTHEST_OFFSET_KM = 500.0
"""A larger distance is no position ("3,000 km from Moscow")."""
RING_KM = 25.0
"""IATI's bound for "near"."""
LINE = (
    r"(?:pipelines?|corridors?|roads?|highways?|motorways?|expressways?|railways?|railroads?|rail(?:\s(?:line|link))?"
    r"|lines?|routes?|links?|cables?|canals?|tunnels?|bridges?|ferry|section|stretch|segment|grid|interconnectors?"
    r"|transmission|flights?|trains?|axis|trail)"
)
DASH = re.compile(r"\s?[-–—‑/]\s?")
SETTLED = (
    r"(?:(?:\w+\s+)?(?:cities|city|towns?|ports?|villages?|border|province|terminal)\s+"
    r"(?:city\s+|town\s+)?(?:of\s+|with\s+)?)?"
)
"""What may stand before a name: "the port city of Gwadar"."""
LEAD = r"(?:the\s+)?(?:[\w-]+\s+){0,2}?"
TO = re.compile(rf",?\s+(?:up\s)?to\s+(?:the\s+)?{SETTLED}")
AND = re.compile(rf",?\s+(?:and|with|to)\s+(?:also\s+)?(?:the\s+)?{SETTLED}")
VIA = re.compile(rf",?\s+\(?(?:via|through|by way of|passing(?:\s+through)?|across)\s+(?:the\s+)?{SETTLED}")
LIST = re.compile(r",?\s+and\s+(?:the\s+)?|,\s+")
CONTAINER = re.compile(r"(?:,\s+|\s+\(|\s+in\s+)(?:the\s+)?")
FROM = re.compile(rf"\b(?:from|stretch(?:es|ing)\s+from)\s+{LEAD}(?:in\s+)?{SETTLED}$", re.I)
BETWEEN = re.compile(rf"\bbetween\s+(?:the\s+)?{SETTLED}$", re.I)
JOINING = re.compile(rf"\b(?:connect|link|join)(?:s|ed|ing)?\s+{LEAD}{SETTLED}$", re.I)
NAMED_LINE = re.compile(rf"['’]?\s+(?:[\w.-]+\s+){{0,5}}?(?i:{LINE})\b")
LINE_NEARBY = re.compile(rf"\b{LINE}\b", re.I)
COMPASS = {
    "north": 0, "northeast": 45, "north-east": 45, "east": 90, "southeast": 135, "south-east": 135, "south": 180,
    "southwest": 225, "south-west": 225, "west": 270, "northwest": 315, "north-west": 315,
}  # fmt: skip
NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})*(?:\.\d+)?)"
UNIT = r"[\s-]?(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\b\.?"
OFFSET = re.compile(
    rf"{NUMBER}{UNIT}(?:\s*\([^)]{{1,20}}\))?\s+(?:to\s+the\s+)?(?:(?:due|further)\s+)?"
    r"(?P<way>north|south|east|west)(?P<side>[-\s]?(?:east|west))?(?:ern)?\s+(?:of|from)\s+(?:the\s+)?(?:(?:city|town|village|capital)\s+(?:of\s+)?)?$",
    re.I,
)  # fmt: skip
AWAY = re.compile(
    rf"{NUMBER}{UNIT}(?:\s*\([^)]{{1,20}}\))?\s+(?:away\s+from|from|outside(?:\s+of)?|off)\s+(?:the\s+)?(?:(?:city|town|village|capital)(?:\s+city)?\s+(?:of\s+)?,?\s*)?$",
    re.I,
)  # fmt: skip
NEARBY = re.compile(
    r"\b(?:near|nearby|close\sto|just\soutside(?:\sof)?|outside(?:\sof)?|adjacent\sto|not\sfar\sfrom|next\sto"
    r"|(?:on|in|at)\sthe\s(?:outskirts|vicinity|surroundings|suburbs|edge|neighbou?rhood)\sof|around)"
    r"\s+(?:the\s+)?(?:(?:\w+\s)?(?:city|town|village|port|capital)\s+(?:of\s+)?)?$",
    re.I,
)  # fmt: skip
WINDOW = 90
"""Characters before a name that a rule may look at."""
Kind = Literal["route", "between", "offset", "near"]


@dataclass(frozen=True, slots=True)
class _Found:
    rule: str
    kind: Kind
    start: int
    end: int
    parts: tuple[int, ...]


def find_relations(doc: Doc, toponyms: Sequence[Toponym], gaz: Any = None) -> tuple[Relation, ...]:
    """Return the relations of a document's resolved toponyms, in order; ``parts`` index ``toponyms``.

    Lines join the named points in the order of the text; their precision is 5, estimated. ``gaz`` is not asked yet.
    """
    del gaz
    text = doc.text
    out: list[Relation] = []
    taken: set[tuple[int, ...]] = set()
    for found in _rules(text, toponyms):
        parts = _distinct(found.parts, toponyms)
        if parts in taken or (found.kind in ("route", "between") and len(parts) < 2):
            continue
        geometry = _geometry(found.kind, parts, toponyms)
        if geometry is None:
            continue
        taken.add(parts)
        precision = ESTIMATED if found.kind in ("route", "between") else toponyms[parts[0]].precision
        document = toponyms[parts[0]].document
        out.append(Relation(document, found.start, found.end, found.kind, parts, geometry, precision))
    return tuple(sorted(out, key=lambda r: (r.start, r.end)))


def displace(toponyms: Sequence[Toponym], text: str) -> tuple[Toponym, ...]:
    """Move the point of names that stand for a spot some way off, and mark what is only near.

    "20 km north of Kohat" is a point 20 km north, precision 2; "near Kohat" is Kohat's point, precision 2.
    """
    return tuple(_displaced(toponym, text) for toponym in toponyms)


def _displaced(toponym: Toponym, text: str) -> Toponym:
    if toponym.lat is None or toponym.lon is None or toponym.kind == "embedded":
        return toponym
    before = text[max(0, toponym.start - WINDOW) : toponym.start]
    offset = OFFSET.search(before)
    small = toponym.place is not None and (
        toponym.place.feature_class in ("P", "S") or toponym.place.feature_code.startswith("ADM2")
    )
    if offset and small:
        distance = _km(offset)
        if distance <= FARTHEST_OFFSET_KM:
            bearing = COMPASS[(offset["way"] + (offset["side"] or "").strip(" -")).lower()]
            lat, lon = _step(toponym.lat, toponym.lon, bearing, distance)
            told = f"{offset[0].strip()} {toponym.surface}"
            return replace(toponym, lat=lat, lon=lon, precision=NEAR, reason=f"{told}; {toponym.reason}")
    away = AWAY.search(before)
    near = NEARBY.search(before) or (away is not None and _km(away) <= RING_KM)
    if near and toponym.precision == EXACT:
        return replace(toponym, precision=NEAR)
    return toponym


def _rules(text: str, toponyms: Sequence[Toponym]) -> Iterator[_Found]:
    for i in range(len(toponyms)):
        yield from _lines(text, toponyms, i)
        if toponyms[i].kind == "embedded":
            continue
        start = max(0, toponyms[i].start - WINDOW)
        before = text[start : toponyms[i].start]
        offset = OFFSET.search(before)
        if offset:
            yield _Found("so far north of", "offset", start + offset.start(), toponyms[i].end, (i,))
            continue
        near = NEARBY.search(before) or AWAY.search(before)
        if near:
            yield _Found("near", "near", start + near.start(), toponyms[i].end, (i,))


def _lines(text: str, toponyms: Sequence[Toponym], i: int) -> Iterator[_Found]:
    """Yield the line that starts at a name: "from Karachi to Lahore via Multan", "the Osh–Sary-Tash road"."""
    start = max(0, toponyms[i].start - WINDOW)
    before = text[start : toponyms[i].start]
    j = _next(text, toponyms, i)
    if j is None:
        return
    gap = text[_reach(text, toponyms, i) : toponyms[j].start]
    told = FROM.search(before)
    if told and TO.fullmatch(gap):
        chain = _extend(text, toponyms, [i, j])
        parts = _by_way(text, toponyms, chain)
        yield _Found("from A to B", "route", start + told.start(), toponyms[chain[-1]].end, parts)
        return
    joining = JOINING.search(before)
    if joining and AND.fullmatch(gap):
        chain = _extend(text, toponyms, [i, j])
        yield _Found(
            "connects A with B", "route", start + joining.start(), toponyms[chain[-1]].end, tuple(chain)
        )
        return
    between = BETWEEN.search(before)
    if between and AND.fullmatch(gap) and _is_stretch(text, toponyms, i, j):
        yield _Found("between A and B", "between", start + between.start(), toponyms[j].end, (i, j))
        return
    if (DASH.fullmatch(gap) or TO.fullmatch(gap)) and not (
        i and DASH.fullmatch(text[toponyms[i - 1].end : toponyms[i].start])
    ):
        chain = [i, j]
        while (k := _next(text, toponyms, chain[-1])) is not None and DASH.fullmatch(
            text[toponyms[chain[-1]].end : toponyms[k].start]
        ):
            chain.append(k)
        named = NAMED_LINE.match(text, toponyms[chain[-1]].end)
        if named and "." not in named[0] and not _is_friendship(named[0], toponyms, chain):
            yield _Found("A–B road", "route", toponyms[i].start, named.end(), tuple(chain))


FRIENDSHIP = re.compile(r"(?i)\b(?:friendship|cooperation|relations?|joint|bridge|tunnel)\b")


def _is_friendship(told: str, toponyms: Sequence[Toponym], chain: Sequence[int]) -> bool:
    """Tell two states that gave a thing its name: "the Bangladesh-China Friendship Bridge" is no line."""
    states = [
        (place := toponyms[i].place) is not None and place.feature_code.startswith("PCL") for i in chain
    ]
    return all(states) and FRIENDSHIP.search(told) is not None


def _next(text: str, toponyms: Sequence[Toponym], i: int) -> int | None:
    """Return the name that follows, past the container of this one ("Karachi, Pakistan")."""
    j = i + 1
    if j >= len(toponyms):
        return None
    gap = text[toponyms[i].end : toponyms[j].start]
    holder, place = toponyms[j].place, toponyms[i].place
    if CONTAINER.fullmatch(gap) and j + 1 < len(toponyms) and holder is not None and place is not None:
        holds = holder.feature_class == "A" and holder.country == place.country and holder.id != place.id
        if holds and len(text[toponyms[j].end : toponyms[j + 1].start]) < 30:
            return j + 1
    return j


def _reach(text: str, toponyms: Sequence[Toponym], i: int) -> int:
    """Return where a name ends together with its container and closing bracket."""
    j = _next(text, toponyms, i)
    end = toponyms[i].end if j is None or j == i + 1 else toponyms[j - 1].end
    return end + 1 if text[end : end + 1] == ")" else end


def _extend(text: str, toponyms: Sequence[Toponym], chain: list[int]) -> list[int]:
    """Follow "… and on to C", "via C and D" after a route."""
    via = False
    while (k := _next(text, toponyms, chain[-1])) is not None:
        gap = text[_reach(text, toponyms, chain[-1]) : toponyms[k].start]
        if VIA.fullmatch(gap):
            via = True
        elif not (via and LIST.fullmatch(gap)) and not re.fullmatch(
            r",?\s+(?:and\s+)?(?:on\s+|then\s+)?to\s+(?:the\s+)?", gap
        ):
            break
        chain.append(k)
    return chain


def _by_way(text: str, toponyms: Sequence[Toponym], chain: list[int]) -> tuple[int, ...]:
    """Put what comes after "via" between the ends."""
    for n, k in enumerate(chain[2:], 2):
        if VIA.fullmatch(text[_reach(text, toponyms, chain[n - 1]) : toponyms[k].start]):
            return (*chain[: n - 1], *chain[n:], chain[n - 1])
    return tuple(chain)


def _is_stretch(text: str, toponyms: Sequence[Toponym], i: int, j: int) -> bool:
    """Tell a stretch of land from parties: "a road between Kohat and Bannu", not "talks between Iran and Oman"."""
    areas = [
        t.place is not None and t.place.feature_code.startswith("PCL") for t in (toponyms[i], toponyms[j])
    ]
    if any(t.kind in ("metonym", "demonym") for t in (toponyms[i], toponyms[j])):
        return False
    around = text[max(0, toponyms[i].start - WINDOW) : toponyms[i].start]
    return bool(LINE_NEARBY.search(around)) or not any(areas)


def _distinct(parts: tuple[int, ...], toponyms: Sequence[Toponym]) -> tuple[int, ...]:
    """Drop parts without a point, and those at the same point as the one before."""
    out: list[int] = []
    for i in parts:
        toponym = toponyms[i]
        if toponym.lat is None or toponym.lon is None or toponym.kind == "demonym":
            continue
        if out and (toponyms[out[-1]].lat, toponyms[out[-1]].lon) == (toponym.lat, toponym.lon):
            continue
        out.append(i)
    return tuple(out)


def _geometry(kind: Kind, parts: tuple[int, ...], toponyms: Sequence[Toponym]) -> BaseGeometry | None:
    points = [(toponyms[i].lon or 0.0, toponyms[i].lat or 0.0) for i in parts]
    if kind in ("route", "between"):
        return LineString(points) if len(points) >= 2 else None
    return Point(points[0]) if points else None


def _km(match: re.Match[str]) -> float:
    value = float(match["number"].replace(",", ""))
    return value * (MILE_KM if match["unit"].lower().startswith("mi") else 1.0)


def _step(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """Return the point some km away from another along a bearing, degrees."""
    a, b, way, angle = math.radians(lat), math.radians(lon), math.radians(bearing), km / EARTH_KM
    c = math.asin(math.sin(a) * math.cos(angle) + math.cos(a) * math.sin(angle) * math.cos(way))
    d = b + math.atan2(
        math.sin(way) * math.sin(angle) * math.cos(a), math.cos(angle) - math.sin(a) * math.sin(c)
    )
    return round(math.degrees(c), 5), round((math.degrees(d) + 540) % 360 - 180, 5)
