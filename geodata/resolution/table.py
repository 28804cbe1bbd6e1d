"""All candidates of a document as columns: what numpy can weigh at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geodata.records import Place
from geodata.resolution.names import Name

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
EARTH_KM = 6371.0
SEAS = frozenset({"OCN", "SEA", "GULF", "STRT", "BAY"})
PROMINENCE = {
    "CONT": 9.0, "OCN": 8.5, "RGNE": 8.5, "RGN": 7.3, "SEA": 7.3, "GULF": 6.8, "STRT": 6.5, "BAY": 6.0, "MTS": 6.8,
    "DSRT": 6.8, "PEN": 6.5, "PLAT": 6.0, "ISLS": 6.0, "ISL": 5.0, "STM": 6.0, "LK": 5.5, "VAL": 5.5, "DLTA": 6.0,
    "CNL": 5.5, "PASS": 4.0, "MT": 4.5, "AIRP": 4.5, "PRT": 4.0, "DAM": 4.0,
}  # fmt: skip
"""What stands in for inhabitants where nobody lives, by GeoNames code: log10, so that a sea weighs as a large country.

The gazetteer knows such things only where they are of note."""
SAME_KM = 30.0
"""Readings closer than this are the same answer."""
SAME_COS = math.cos(SAME_KM / EARTH_KM)
KINDS = ("exact", "folded", "alternate", "stripped", "abbreviation", "demonym", "historical", "spelling")


@dataclass(slots=True)
class Table:
    """One row a candidate, grouped by name. ``starts`` are the first rows of the names that have candidates."""

    names: list[Name]
    places: list[Place]
    kinds: list[str]
    group: Ints
    """Row → index of its name."""
    starts: Ints
    rows: dict[int, tuple[int, int]]
    """Name → its half-open range of rows."""
    point: Floats
    """Unit vectors, (n, 3)."""
    population: Floats
    """log10(1 + inhabitants), with a sensible stand-in for areas."""
    country: Ints
    admin: Ints
    """Number of country and admin-1 area, -1 for none."""
    classes: list[str]
    """country, admin1, admin2, capital, seat, town, continent, region, sea, water, land, spot."""
    class_of: NDArray[np.str_]
    """The same as an array."""

    def __len__(self) -> int:
        return len(self.places)


def place_class(place: Place) -> str:
    """Return what a place is, as coarsely as resolution needs it."""
    code = place.feature_code
    if place.feature_class == "A":
        if code.startswith(("PCL", "TERR")) or not code:
            return "country"
        return "admin1" if code.startswith("ADM1") else "admin2"
    if place.feature_class == "P":
        if code == "PPLC":
            return "capital"
        return "seat" if code == "PPLA" else "town"
    if place.feature_class == "L":
        return "continent" if code in ("CONT", "RGNE") else "region"
    if place.feature_class == "H":
        return "sea" if code in SEAS else "water"
    return "spot" if place.feature_class in ("S", "R") else "land"


@lru_cache(maxsize=65536)
def _columns(place: Place) -> tuple[float, float, float, float, str, str, str]:
    lat, lon = math.radians(place.lat), math.radians(place.lon)
    kind = place_class(place)
    population = math.log10(1 + max(place.population, 0)) or PROMINENCE.get(place.feature_code, 0.0)
    admin = f"{place.country}/{place.admin1}" if place.country and place.admin1 else ""
    if kind == "admin1":
        admin = f"{place.country}/{place.name}"
    return (
        math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat),
        population, place.country, admin, kind,
    )  # fmt: skip


def build_table(names: Sequence[Name]) -> Table:
    """Lay the candidates of all names out as columns."""
    places: list[Place] = []
    kinds: list[str] = []
    group: list[int] = []
    starts: list[int] = []
    rows: dict[int, tuple[int, int]] = {}
    for n, name in enumerate(names):
        if name.matches:
            starts.append(len(places))
            rows[n] = (len(places), len(places) + len(name.matches))
            places += [m.place for m in name.matches]
            kinds += [m.kind for m in name.matches]
            group += [n] * len(name.matches)
    columns = [_columns(place) for place in places]
    countries: dict[str, int] = {}
    admins: dict[str, int] = {}
    country = [countries.setdefault(c[4], len(countries)) if c[4] else -1 for c in columns]
    admin = [admins.setdefault(c[5], len(admins)) if c[5] else -1 for c in columns]
    numbers = np.array([c[:4] for c in columns], dtype=np.float64).reshape(-1, 4)
    return Table(
        list(names), places, kinds, np.array(group, dtype=np.int64), np.array(starts, dtype=np.int64), rows,
        numbers[:, :3], numbers[:, 3], np.array(country, dtype=np.int64), np.array(admin, dtype=np.int64),
        [c[6] for c in columns], np.array([c[6] for c in columns], dtype=np.str_),
    )  # fmt: skip


def together(table: Table, odds: Floats, first: int, last: int) -> Floats:
    """Return for each reading of a name the probability of it and what lies within ``SAME_KM`` of it.

    A city and the district of its name are one answer, told twice.
    """
    mine = odds[first:last]
    if last - first == 1:
        return mine
    points = table.point[first:last]
    near: Floats = (points @ points.T >= SAME_COS) @ mine
    return near


def pick(table: Table, odds: Floats, first: int, last: int) -> tuple[int, float]:
    """Return the row of the likeliest reading, and the probability of its spot."""
    mass = together(table, odds, first, last)
    score = mass + 1e-3 * odds[first:last]
    best = first + int(np.argmax(np.round(score, 9)))
    return best, float(mass[best - first])


def softmax(table: Table, scores: Floats, none: Floats) -> Floats:
    """Return probabilities within each name; ``none`` is the score of "no reading is right", one a name with any."""
    if not len(scores):
        return scores
    top = np.maximum(np.maximum.reduceat(scores, table.starts), none)
    lengths = np.diff(np.append(table.starts, len(scores)))
    powers = np.exp(scores - np.repeat(top, lengths))
    total: Floats = np.repeat(np.add.reduceat(powers, table.starts) + np.exp(none - top), lengths)
    odds: Floats = powers / total
    return odds
