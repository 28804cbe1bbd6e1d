"""What a store puts on the map: marks, lines and areas, as flat arrays in the order of project rows.

A place that the texts only mention is no mark. Where a project has a route, its ends are the route's ends and get
no symbols of their own. What is known to the country only, or assumed at the seat of government, becomes a mark
only where nothing better is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from dashboard.facets import Many
from geodata import boundaries, territory
from geodata.gazetteer import open_gazetteer
from geodata.records import ADMIN1, ADMIN2, COUNTRY, SEAT, UNCLEAR
from geodata.store import Store

Array = NDArray[Any]
SIMPLIFY = 0.008  # degrees, for areas: a pixel at zoom 7
ROUTE_ROLES = ("endpoint", "waypoint")


@dataclass(frozen=True)
class Places:
    """The places that stand for projects, one a row, by project and position."""

    project: Array
    role: tuple[str, ...]
    place: tuple[str, ...]
    name: tuple[str, ...]
    country: tuple[str, ...]
    precision: Array
    lat: Array
    lon: Array
    geometry: tuple[BaseGeometry | None, ...]


@dataclass(frozen=True)
class Marks:
    """Arrays of the column file (`dashboard.columns`), as the map reads them."""

    arrays: Mapping[str, Array]
    country_codes: tuple[str, ...]
    """ISO codes that ``marks.country`` and ``contested.country`` number."""


def place_rows(store: Store) -> Places:
    """Return the places of all projects of a store."""
    columns = getattr(store, "place_columns", None)
    if columns is not None:
        c = columns()
        text = {k: [getattr(c, k).labels[i] for i in getattr(c, k).codes.tolist()] for k in _TEXTS}
        shapes = shapely.from_wkb(c.geometry)
        return Places(
            np.asarray(c.project, np.int64),
            tuple(text["role"]),
            tuple(text["place"]),
            tuple(text["name"]),
            tuple(text["country"]),
            np.asarray(c.precision, np.int16),
            np.asarray(c.lat, np.float64),
            np.asarray(c.lon, np.float64),
            tuple(shapes),
        )
    found = [(row, p) for row, project in enumerate(store.project_records()) for p in project.places]
    return Places(
        np.array([row for row, _ in found], np.int64),
        tuple(p.role for _, p in found),
        tuple(p.place for _, p in found),
        tuple(p.value for _, p in found),
        tuple(p.country for _, p in found),
        np.array([p.precision for _, p in found], np.int16),
        np.array([np.nan if p.lat is None else p.lat for _, p in found]),
        np.array([np.nan if p.lon is None else p.lon for _, p in found]),
        tuple(p.geometry for _, p in found),
    )


_TEXTS = ("role", "place", "name", "country")


def build(store: Store) -> Marks:
    """Return what a store puts on the map."""
    columns = store.project_columns()
    places = place_rows(store)
    shapes = shapely.from_wkb(columns.geometry)
    lines, routed = _lines(shapes)
    areas = _Areas()
    keep = _kept(places, routed, len(columns))
    area = np.array(
        [areas.of(places, i, shapes) if places.precision[i] in (ADMIN1, ADMIN2) else -1 for i in keep],
        np.int32,
    ).reshape(-1)
    codes = tuple(sorted(set(places.country) | {""}))
    code_at = {code: n for n, code in enumerate(codes)}
    country = np.array([code_at[code] for code in places.country], np.uint16)
    rows = places.project[keep]
    arrays: dict[str, Array] = {
        "marks.row": rows.astype(np.uint32),
        "marks.lat": places.lat[keep].astype(np.float32),
        "marks.lon": places.lon[keep].astype(np.float32),
        "marks.precision": places.precision[keep].astype(np.uint8),
        "marks.rejected": np.array([places.role[i] == "rejected_venue" for i in keep], np.uint8),
        "marks.country": country[keep],
        "marks.area": area,
        **_flat_lines(lines),
        **areas.arrays(),
        **_contested(places, country),
    }
    extra = _rest(columns, shapes, rows, routed)
    if len(extra):
        arrays = _with_rest(arrays, columns, shapes, extra, areas)
    return Marks(arrays, codes)


def _contested(places: Places, country: Array) -> dict[str, Array]:
    """Return every place of the rows that have one in a disputed area: its row, country and area (−1 for none)."""
    area = territory.areas_at(places.lat, places.lon)
    whole = {code: i for i, a in enumerate(boundaries.areas()) for code in a.codes}
    for i in np.flatnonzero((area < 0) | (places.precision == COUNTRY)).tolist():
        area[i] = whole.get(places.country[i], -1)
    rows = np.unique(places.project[area >= 0])
    listed = np.isin(places.project, rows)
    return {
        "contested.row": places.project[listed].astype(np.uint32),
        "contested.country": country[listed],
        "contested.area": area[listed].astype(np.int32),
    }


def _kept(places: Places, routed: Array, size: int) -> Array:
    """Return the indexes of the places that become marks."""
    role, precision = np.array(places.role, dtype=object), places.precision
    usable = ~np.isnan(places.lat) & ~np.isnan(places.lon) & (precision != UNCLEAR) & (role != "mentioned")
    if not len(usable):
        return np.zeros(0, np.int64)
    on_route = np.isin(role, ROUTE_ROLES) & routed[places.project]
    usable &= ~on_route
    vague = np.isin(precision, (COUNTRY, SEAT)) | (role == "beneficiary")
    known = np.zeros(size, bool)
    known[places.project[usable & ~vague]] = True
    known |= routed
    first = usable & vague & ~known[places.project]
    return np.flatnonzero((usable & ~vague) | first)


def countries_in(store: Store, countries: Many, view: str) -> Many:
    """Return the countries of each row as a view of borders has them; the twin of ``countriesIn`` in the browser.

    Parameters
    ----------
    countries
        The column as the gazetteer has it, `facets.Columns.countries`.
    """
    places = place_rows(store)
    codes = sorted(set(places.country) | {""})
    found = _contested(places, np.array([codes.index(c) for c in places.country], np.uint16))
    names = list(countries.names)
    changed: dict[int, set[int]] = {}
    at = {name: i for i, name in enumerate(names)}
    listed = zip(*(found[f"contested.{k}"].tolist() for k in ("row", "country", "area")), strict=True)
    for row, country, area in listed:
        iso = codes[country] if area < 0 else boundaries.areas()[area].state_in(view)
        changed.setdefault(row, set())
        if iso:
            if iso not in at:
                at[iso] = len(names)
                names.append(iso)
            changed[row].add(at[iso])
    kept = ~np.isin(countries.row, list(changed))
    pairs = [(row, value) for row, values in changed.items() for value in values]
    row = np.concatenate([countries.row[kept], np.array([r for r, _ in pairs], np.uint32)])
    value = np.concatenate([countries.value[kept], np.array([v for _, v in pairs], np.uint32)])
    order = np.lexsort((value, row))
    start = np.zeros(len(countries.start), np.uint32)
    start[1:] = np.cumsum(np.bincount(row, minlength=len(start) - 1))
    return replace(
        countries,
        names=tuple(names),
        start=start,
        row=row[order].astype(np.uint32),
        value=value[order].astype(np.uint32),
        role=np.zeros(len(row), np.uint16),
        new=np.ones(len(row), np.bool_),
    )


def _lines(shapes: Array) -> tuple[list[tuple[int, BaseGeometry]], Array]:
    """Return (row, line) of every line that a project's geometry holds, and which rows have one."""
    parts, rows = shapely.get_parts(shapes, return_index=True)
    nested = shapely.get_type_id(parts) == 7  # a collection within a collection
    if nested.any():
        more, index = shapely.get_parts(parts[nested], return_index=True)
        parts, rows = np.append(parts[~nested], more), np.append(rows[~nested], rows[nested][index])
    is_line = np.isin(shapely.get_type_id(parts), (1, 2))
    found = list(zip(rows[is_line].tolist(), parts[is_line], strict=True))
    routed = np.zeros(len(shapes), bool)
    routed[rows[is_line]] = True
    return found, routed


def _flat_lines(lines: list[tuple[int, BaseGeometry]]) -> dict[str, Array]:
    counts = [shapely.get_num_coordinates(line) for _, line in lines]
    start = np.zeros(len(lines) + 1, np.uint32)
    np.cumsum(counts, out=start[1:])
    xy = shapely.get_coordinates([line for _, line in lines]) if lines else np.zeros((0, 2))
    return {
        "lines.row": np.array([row for row, _ in lines], np.uint32),
        "lines.start": start,
        "lines.xy": xy.astype(np.float32).ravel(),
    }


class _Areas:
    """Outlines that are used, each once."""

    def __init__(self) -> None:
        self.known: dict[str | bytes, int] = {}
        self.shapes: list[list[shapely.Polygon]] = []

    def of(self, places: Places, i: int, shapes: Array) -> int:
        """Return the number of the outline of a place, −1 where none is known."""
        for own in (places.geometry[i], shapes[places.project[i]]):
            if own is not None and own.geom_type in ("Polygon", "MultiPolygon"):
                return self.add(shapely.to_wkb(own), own)
        key = places.place[i]
        if key in self.known:
            return self.known[key]
        return self.add(key, open_gazetteer().outline(key) if key else None)

    def add(self, key: str | bytes, shape: BaseGeometry | None) -> int:
        """Keep a shape under a key; −1 where it is none."""
        if key not in self.known:
            self.known[key] = -1
            kept = _polygons(shape)
            if kept:
                self.known[key] = len(self.shapes)
                self.shapes.append(kept)
        return self.known[key]

    def arrays(self) -> dict[str, Array]:
        """Return outlines → rings → coordinates as flat arrays."""
        start, ring, coordinates = [0], [0], [np.zeros((0, 2))]
        for shape in self.shapes:
            for polygon in shape:
                for line in (polygon.exterior, *polygon.interiors):
                    xy = shapely.get_coordinates(line)
                    coordinates.append(xy)
                    ring.append(ring[-1] + len(xy))
            start.append(len(ring) - 1)
        return {
            "areas.start": np.array(start, np.uint32),
            "areas.ring": np.array(ring, np.uint32),
            "areas.xy": np.concatenate(coordinates).astype(np.float32).ravel(),
        }


def _polygons(shape: BaseGeometry | None) -> list[shapely.Polygon]:
    """Return the polygons of an outline, simplified for the screen; an island too small for that stays whole."""
    if shape is None:
        return []
    parts = [p for p in shapely.get_parts(shapely.get_parts([shape])) if p.geom_type == "Polygon"]
    simple = [p.simplify(SIMPLIFY) for p in parts]
    kept = [
        s if s.geom_type == "Polygon" and not s.is_empty else p for s, p in zip(simple, parts, strict=True)
    ]
    # Shells run one way and holes the other, so that many areas can be filled as one path.
    return [shapely.orient_polygons(p) for p in kept if not p.is_empty]


def _rest(columns: Any, shapes: Array, rows: Array, routed: Array) -> Array:
    """Return the rows that have a geometry but neither mark nor line so far."""
    has = np.zeros(len(columns), bool)
    has[rows] = True
    located = ~np.isnan(columns.lat) & (columns.precision != UNCLEAR)
    return np.flatnonzero(located & ~has & ~routed)


def _with_rest(
    arrays: dict[str, Array], columns: Any, shapes: Array, extra: Array, areas: _Areas
) -> dict[str, Array]:
    """Add marks for projects whose geometry no place claim explains, in the order of rows."""
    polygon = np.isin(shapely.get_type_id(shapes[extra]), (3, 6))
    outline = [
        areas.add(shapely.to_wkb(shapes[row]), shapes[row]) if p else -1
        for row, p in zip(extra.tolist(), polygon.tolist(), strict=True)
    ]
    more = {
        "marks.row": extra.astype(np.uint32),
        "marks.lat": columns.lat[extra].astype(np.float32),
        "marks.lon": columns.lon[extra].astype(np.float32),
        "marks.precision": columns.precision[extra].astype(np.uint8),
        "marks.rejected": np.zeros(len(extra), np.uint8),
        "marks.country": np.zeros(len(extra), np.uint16),
        "marks.area": np.array(outline, np.int32),
    }
    order = np.argsort(np.concatenate([arrays["marks.row"], more["marks.row"]]), kind="stable")
    for name, values in more.items():
        arrays[name] = np.concatenate([arrays[name], values])[order]
    arrays.update(areas.arrays())
    return arrays
