"""The basemap: land, borders in every view, waters, admin-1 lines and names, from small files in ``data``.

The page's map reads the same files as they are; here they become GeoDataFrames (WGS 84) for static maps and exports.
``build`` says how they were derived, ``build/sources.md`` from what. Attribution: `geodata.attribution`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas
import shapely
from shapely.geometry.base import BaseGeometry

from geodata import attribution, boundaries
from geodata.basemap.build.topology import decode_arcs, join_arcs, polygons_of
from geodata.errors import DatelineError

DATA = Path(__file__).parent / "data"
ATTRIBUTION = attribution.ON_MAPS
Arcs = list[list[tuple[float, float]]]
CRS = "EPSG:4326"
FINEST = 2
"""Levels of detail: 0 for the world, 1 for a continent, 2 for a country."""


class BasemapError(DatelineError):
    """A file of the basemap is missing or broken."""


def read(name: str) -> dict[str, Any]:
    """Return the content of one file of the basemap.

    Raises
    ------
    BasemapError
        Where the file is missing or broken.
    """
    path = DATA / f"{name}.json.gz"
    try:
        found: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    except (OSError, ValueError, EOFError) as error:
        raise BasemapError(f"{path.name}: the basemap's file cannot be read ({error}).") from error
    return found


@lru_cache(maxsize=FINEST + 2)
def _units(name: str) -> tuple[tuple[Mapping[str, str], BaseGeometry], ...]:
    topology = read(name)
    arcs = decode_arcs(topology)
    return tuple((m["properties"], _shape(arcs, m)) for m in topology["objects"]["units"]["geometries"])


def _shape(arcs: Arcs, member: Mapping[str, Any]) -> shapely.MultiPolygon:
    """Return one unit of our own files, whose rings are whole."""
    polygons = []
    for part in member["arcs"]:
        rings = [ring for ring in (join_arcs(arcs, ring) for ring in part) if len(ring) > 3]
        if rings:
            polygons.append(shapely.Polygon(rings[0], rings[1:]))
    shape = shapely.MultiPolygon(polygons)
    return shape if shape.is_valid else shapely.MultiPolygon(polygons_of(shapely.make_valid(shape)))


def land(level: int = 1) -> geopandas.GeoDataFrame:
    """Return the units of land: ``iso`` (the state de facto), ``area`` (the disputed area that it is, or "")."""
    found = _units(f"land-{level}")
    rows = {"iso": [p["iso"] for p, _ in found], "area": [p["area"] for p, _ in found]}
    return geopandas.GeoDataFrame(rows, geometry=[shape for _, shape in found], crs=CRS)


def countries(view: str = boundaries.DE_FACTO, level: int = 1) -> geopandas.GeoDataFrame:
    """Return the states as a view draws them: ``iso`` and outline."""
    boundaries.view(view)
    grouped: dict[str, list[BaseGeometry]] = {}
    for properties, shape in _units(f"land-{level}"):
        area = properties["area"]
        iso = boundaries.area(area).state_in(view) if area else properties["iso"]
        grouped.setdefault(iso, []).append(shape)
    shapes = [shapely.union_all(parts) for _, parts in sorted(grouped.items())]
    return geopandas.GeoDataFrame({"iso": sorted(grouped)}, geometry=shapes, crs=CRS)


def disputed(view: str = boundaries.DE_FACTO, level: int = 1) -> geopandas.GeoDataFrame:
    """Return the areas that a view hatches: ``id``, ``label``, label point ``lat``/``lon``, outline."""
    boundaries.view(view)
    outlines = disputed_outlines(level)
    shown = [a for a in boundaries.areas() if a.disputed_in(view) and (a.id in outlines or a.ring)]
    rows = {name: [getattr(a, name) for a in shown] for name in ("id", "label", "lat", "lon", "zoom")}
    shapes = [shapely.Polygon(a.ring) if a.ring else outlines[a.id] for a in shown]
    return geopandas.GeoDataFrame(rows, geometry=shapes, crs=CRS)


def borders(view: str = boundaries.DE_FACTO, level: int = 1) -> geopandas.GeoDataFrame:
    """Return the lines of a view: ``kind`` is coast, border (solid), disputed (dashed) or inner (a hairline)."""
    boundaries.view(view)
    topology = read(f"land-{level}")
    arcs, sides = decode_arcs(topology), _sides(topology)
    members = [m["properties"] for m in topology["objects"]["units"]["geometries"]]
    kinds: dict[str, list[shapely.LineString]] = {}
    for arc, users in sorted(sides.items()):
        kind = _kind([members[u] for u in users], view)
        if kind and len(arcs[arc]) > 1 and not _on_rim(arcs[arc]):
            kinds.setdefault(kind, []).append(shapely.LineString(arcs[arc]))
    names = sorted(kinds)
    return geopandas.GeoDataFrame(
        {"kind": names}, geometry=[shapely.MultiLineString(kinds[n]) for n in names], crs=CRS
    )


def _kind(sides: list[Mapping[str, str]], view: str) -> str:
    if len(sides) == 1:
        return "coast"
    a, b = sides[:2]
    if a["area"] and a["area"] == b["area"]:
        return ""
    known = [boundaries.area(u["area"]) if u["area"] else None for u in (a, b)]
    if any(area is not None and area.disputed_in(view) for area in known):
        return "disputed"
    states = [area.state_in(view) if area else unit["iso"] for area, unit in zip(known, (a, b), strict=True)]
    if states[0] != states[1]:
        return "border"
    return "inner" if any(known) else ""


def _sides(topology: Mapping[str, Any]) -> dict[int, list[int]]:
    sides: dict[int, list[int]] = {}
    for number, member in enumerate(topology["objects"]["units"]["geometries"]):
        for polygon in member["arcs"]:
            for ring in polygon:
                for arc in ring:
                    sides.setdefault(arc if arc >= 0 else ~arc, []).append(number)
    return sides


def _on_rim(points: list[tuple[float, float]]) -> bool:
    return all(abs(lon) > 179.98 or lat < -84.9 for lon, lat in points)


@lru_cache(maxsize=FINEST + 1)
def disputed_outlines(level: int | None = None) -> Mapping[str, BaseGeometry]:
    """Return the outline of every disputed area that is on land, by id; from a small file of its own at full detail.

    With a level of detail, as the land of that level has it.
    """
    grouped: dict[str, list[BaseGeometry]] = {}
    for properties, shape in _units("disputed" if level is None else f"land-{level}"):
        if properties["area"]:
            grouped.setdefault(properties["area"], []).append(shape)
    return {id: shapely.union_all(parts) for id, parts in grouped.items()}


def _lines(name: str) -> geopandas.GeoDataFrame:
    topology = read(name)
    arcs = decode_arcs(topology)
    members = topology["objects"][name]["geometries"]
    shapes = [shapely.MultiLineString([arcs[i] for (i,) in m["arcs"]]) for m in members]
    ranks = [int(m["properties"].get("rank", 0)) for m in members]
    return geopandas.GeoDataFrame({"zoom": ranks}, geometry=shapes, crs=CRS)


def admin1_lines() -> geopandas.GeoDataFrame:
    """Return the borders between admin-1 areas."""
    return _lines("admin1")


def rivers() -> geopandas.GeoDataFrame:
    """Return river lines with the zoom from which each is worth drawing."""
    return _lines("rivers")


def lakes() -> geopandas.GeoDataFrame:
    """Return lakes as polygons."""
    topology = read("lakes")
    arcs = decode_arcs(topology)
    shapes = [_shape(arcs, m) for m in topology["objects"]["lakes"]["geometries"]]
    return geopandas.GeoDataFrame(geometry=shapes, crs=CRS)


def country_labels(view: str = boundaries.DE_FACTO) -> geopandas.GeoDataFrame:
    """Return the states that a view knows: ``iso``, ``name``, ``size`` (log2 of square degrees), label point."""
    known = set(countries(view, 0)["iso"])
    found = [c for c in read("labels")["countries"] if c["iso"] in known]
    points = [shapely.Point(c["lon"], c["lat"]) for c in found]
    rows = {name: [c[name] for c in found] for name in ("iso", "name", "size")}
    return geopandas.GeoDataFrame(rows, geometry=points, crs=CRS)


def towns() -> geopandas.GeoDataFrame:
    """Return the towns worth naming, weightiest first: ``name``, ``zoom`` (from which), ``capital``, ``iso``."""
    found = read("labels")["towns"]
    rows = {
        "name": [t[0] for t in found],
        "zoom": [t[3] for t in found],
        "capital": [bool(t[4]) for t in found],
        "iso": [t[5] for t in found],
    }
    return geopandas.GeoDataFrame(rows, geometry=[shapely.Point(t[1], t[2]) for t in found], crs=CRS)


def seas() -> geopandas.GeoDataFrame:
    """Return seas, gulfs and large lakes: ``name``, label point, first and last zoom."""
    found = read("labels")["seas"]
    rows = {"name": [s[0] for s in found], "first": [s[3] for s in found], "last": [s[4] for s in found]}
    return geopandas.GeoDataFrame(rows, geometry=[shapely.Point(s[1], s[2]) for s in found], crs=CRS)
