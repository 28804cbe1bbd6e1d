"""Names on the map: countries, towns, seas."""

from __future__ import annotations

import csv
import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.basemap.build.lines import plain
from geodata.gazetteer.steps.geonames import DEPENDENT

FOLDER = Path(__file__).parent
TILE = 256
SPACING = 82  # pixels between towns that are both named at one zoom
FIRST_ZOOM, LAST_ZOOM = 3, 9
TOWNS = 9000
# fmt: off
TRANSLITERATED = frozenset(
    {
        "AE", "AF", "AM", "AZ", "BD", "BG", "BH", "BT", "BY", "DZ", "EG", "ET", "ER", "GE", "GR", "IL",
        "IN", "IQ", "IR", "JO", "JP", "KG", "KH", "KP", "KR", "KW", "KZ", "LA", "LB", "LK", "LY", "MA",
        "MK", "MM", "MN", "MR", "NP", "OM", "PK", "PS", "QA", "RS", "RU", "SA", "SD", "SY", "TH", "TJ",
        "TM", "TN", "TW", "UA", "UZ", "YE",
    }
)
# fmt: on
"""Countries that write other letters than Latin ones, whose names come with signs of transliteration."""
MINOR_SEATS = DEPENDENT - {"EH", "GL", "PS", "TW"}
"""Territories of other states, whose seats weigh as other towns do."""
CONTESTED_SEATS = {"IL"}  # named, but not as a capital
SHADOW = 0.25  # degrees: a town so near to its capital is not named
CAPITAL_BONUS = 6.0  # a capital weighs as a town of six times its population


def country_labels(
    shapes: Mapping[str, BaseGeometry], names: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return a label for each state: its name, where it reads best, and how large the state is (for ranks).

    ``shapes`` are the states de facto by ISO code. The point is the middle of the largest circle that fits into the
    largest part, measured on the map's projection; ``countries.csv`` corrects those that read badly there.
    """
    corrections = {row["iso"]: row for row in read("countries.csv")}
    labels = []
    for iso, shape in sorted(shapes.items()):
        if iso not in names or iso == "AQ":
            continue
        largest = max(shapely.get_parts(shape), key=lambda p: p.area)
        projected = shapely.transform(largest, lambda xy: np.array([[x, mercator(y)] for x, y in xy]))
        line = shapely.maximum_inscribed_circle(projected, tolerance=0.05)
        lon, y = line.coords[0]
        row = corrections.get(iso, {})
        labels.append(
            {
                "iso": iso,
                "name": plain(row.get("name") or names[iso]["name"]),
                "lon": round(float(row.get("lon") or lon), 2),
                "lat": round(float(row.get("lat") or unmercator(y)), 2),
                "size": round(math.log2(max(projected.area, 0.001)), 2),
            }
        )
    return labels


def towns(cities: Iterable[Mapping[str, Any]], capitals: Mapping[str, str]) -> list[list[Any]]:
    """Return [name, lon, lat, first zoom, capital 0/1, ISO] of the towns worth naming, best first.

    A town is named from the first zoom at which no weightier one stands within ``SPACING`` pixels.
    """
    weighed = weigh(list(cities), capitals)
    weighed.sort(key=lambda entry: entry[:2])
    chosen: list[list[Any]] = []
    left = weighed
    kept: list[tuple[float, float]] = []
    for zoom in range(FIRST_ZOOM, LAST_ZOOM + 1):
        cells: dict[tuple[int, int], list[tuple[float, float]]] = {}
        scale = TILE * 2**zoom / 360
        for x, y in kept:
            cells.setdefault((int(x * scale // SPACING), int(y * scale // SPACING)), []).append((x, y))
        rest = []
        floor = 4_000_000 / 4 ** (zoom - FIRST_ZOOM)
        for entry in left:
            weight, name, city, capital = entry
            x, y = city["longitude"], mercator(max(-80, min(80, city["latitude"])))
            if -weight < floor or crowded(cells, x * scale, y * scale, scale):
                rest.append(entry)
                continue
            cells.setdefault((int(x * scale // SPACING), int(y * scale // SPACING)), []).append((x, y))
            kept.append((x, y))
            chosen.append(
                [
                    town_name(name, city["countrycode"]),
                    round(x, 3),
                    round(city["latitude"], 3),
                    zoom,
                    int(capital),
                    city["countrycode"],
                ]
            )
        left = rest
    return chosen[:TOWNS]


def weigh(
    listed: Sequence[Mapping[str, Any]], capitals: Mapping[str, str]
) -> list[tuple[float, str, Mapping[str, Any], bool]]:
    """Return (minus the weight, name, town, is a capital) of the towns that may be named."""
    seats = {
        iso: city
        for city in listed
        if city["countrycode"] not in MINOR_SEATS
        and capitals.get(iso := city["countrycode"], "").split(",")[0]
        in (city["name"], city["name"].split(",")[0])
    }
    around: dict[str, int] = {}
    for city in listed:
        seat = seats.get(city["countrycode"])
        if seat is not None and apart(city, seat) < SHADOW:
            around[city["countrycode"]] = max(around.get(city["countrycode"], 0), city["population"])
    weighed = []
    for city in listed:
        iso, seat = city["countrycode"], seats.get(city["countrycode"])
        capital = seat is city and iso not in CONTESTED_SEATS
        if seat is not None and seat is not city and apart(city, seat) < SHADOW:
            continue  # New Delhi stands for Delhi, which is not named beside it
        people = around[iso] if seat is city else city["population"]
        weight = people * CAPITAL_BONUS + 200_000 if seat is city else people
        weighed.append((-weight, city["name"], city, capital))
    return weighed


def apart(a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
    """Return how far two towns of one country are apart, in degrees."""
    return math.hypot(a["latitude"] - b["latitude"], a["longitude"] - b["longitude"])


def town_name(name: str, country: str) -> str:
    """Return a town's name as an atlas in English sets it: a transliteration goes without its fine signs."""
    table = {(row["country"], row["name"]): row["atlas"] for row in read("towns.csv")}
    if (country, name) in table:
        return table[country, name]
    if country in TRANSLITERATED:
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
        name = name.translate(dict.fromkeys(map(ord, "‘’ʿʾ`'"), ""))
    return plain(name)


def crowded(
    cells: Mapping[tuple[int, int], list[tuple[float, float]]], px: float, py: float, scale: float
) -> bool:
    """Tell whether a chosen town stands within the spacing."""
    cx, cy = int(px // SPACING), int(py // SPACING)
    return any(
        math.hypot(x * scale - px, (y * scale - py) * 1.6) < SPACING
        for i in (cx - 1, cx, cx + 1)
        for j in (cy - 1, cy, cy + 1)
        for x, y in cells.get((i, j), ())
    )


def seas() -> list[list[Any]]:
    """Return [name, lon, lat, first zoom, last zoom] of seas, gulfs, straits and large lakes."""
    return [
        [plain(r["name"]), float(r["lon"]), float(r["lat"]), float(r["from"]), float(r["to"])]
        for r in read("seas.csv")
    ]


@lru_cache
def read(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of ours."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mercator(lat: float) -> float:
    """Return the Mercator ordinate of a latitude, in degrees of longitude at the equator."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(max(-85.0, min(85.0, lat))) / 2)))


def unmercator(y: float) -> float:
    """Return the latitude of a Mercator ordinate."""
    return math.degrees(2 * math.atan(math.exp(math.radians(y))) - math.pi / 2)
