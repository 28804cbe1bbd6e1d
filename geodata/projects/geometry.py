"""What a project looks like on the map: a line between its ends, its sites, or where it was refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from shapely.geometry import LineString, MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from geodata.projects.profiles import ROUTE
from geodata.records import COUNTRY, ESTIMATED, UNCLEAR, Claim

SHOWN = (("site", "venue", "endpoint", "waypoint"), ("beneficiary",), ("rejected_venue",), ("mentioned",))
"""Roles by which a project is drawn: the first row of which it has a place."""


def geometry_of(claims: Sequence[Claim], places: Sequence[Claim]) -> tuple[BaseGeometry | None, int]:
    """Return the geometry and its precision code; ``(None, UNCLEAR)`` for what has no place.

    ``claims`` are all of a project's place claims, ``places`` those that stand for it. Longitude first.
    """
    line = route_of(claims, places)
    if line is not None:
        return line, ESTIMATED
    for roles in SHOWN:
        located = [c for c in places if c.role in roles and c.lat is not None and c.lon is not None]
        if located:
            fine = [c for c in located if c.precision not in (COUNTRY, UNCLEAR)] or located
            return _points(fine), min(c.precision for c in fine)
    return None, UNCLEAR


def _points(claims: Sequence[Claim]) -> BaseGeometry:
    if len(claims) == 1 and claims[0].geometry is not None:
        return claims[0].geometry
    spots = sorted({(c.lon, c.lat) for c in claims if c.lat is not None and c.lon is not None})
    return Point(spots[0]) if len(spots) == 1 else MultiPoint(spots)


def route_of(claims: Sequence[Claim], places: Sequence[Claim]) -> BaseGeometry | None:
    """Return the line from end to end, by way of what lies between, as the fullest telling orders them.

    Only places that stand for the project in a route role count; ``None`` where there are not two ends.
    """
    standing = {c.place or c.value for c in places if c.role in ROUTE}
    tellings: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.role in ROUTE and claim.lat is not None and (claim.place or claim.value) in standing:
            tellings[claim.event].append(claim)
    best: list[tuple[float, float]] = []
    for _, told in sorted(tellings.items()):
        path = _path(told)
        if len(path) > len(best):
            best = path
    if len(best) < 2:
        best = _path([c for c in places if c.role in ROUTE and c.lat is not None])
    return LineString(best) if len(best) >= 2 else None


def _path(told: Sequence[Claim]) -> list[tuple[float, float]]:
    """Order one telling: its first end, what lies between, its other ends."""
    ends = [c for c in told if c.role == "endpoint"]
    if len(ends) < 2:
        return []
    path: list[tuple[float, float]] = []
    for claim in (ends[0], *(c for c in told if c.role == "waypoint"), *ends[1:]):
        if claim.lat is not None and claim.lon is not None and (claim.lon, claim.lat) not in path:
            path.append((claim.lon, claim.lat))
    return path
