"""Reads TopoJSON into shapely and writes a coverage of polygons back with every shared border stored once."""

from __future__ import annotations

import gzip
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import shapely
from shapely import affinity
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

Topology = Mapping[str, Any]
Point = tuple[int, int]
MIN_RING = 4  # points of the smallest closed ring


def decode_arcs(topology: Topology) -> list[list[tuple[float, float]]]:
    """Return the arcs of a topology in degrees."""
    transform = topology.get("transform")
    (sx, sy), (tx, ty) = (transform["scale"], transform["translate"]) if transform else ((1, 1), (0, 0))
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy, *_ in arc:
            x, y = (x + dx, y + dy) if transform else (dx, dy)
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def join_arcs(
    arcs: Sequence[Sequence[tuple[float, float]]], indexes: Iterable[int]
) -> list[tuple[float, float]]:
    """Return the points of several arcs in a row; ``~i`` is arc ``i`` backwards."""
    points: list[tuple[float, float]] = []
    for index in indexes:
        piece = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(piece[1:] if points else piece)
    return points


def geometry(arcs: Sequence[Sequence[tuple[float, float]]], member: Mapping[str, Any]) -> BaseGeometry:
    """Return one TopoJSON geometry as shapely, valid; rings that collapsed are dropped."""
    kind = member.get("type")
    if kind in ("LineString", "MultiLineString"):
        parts = [member["arcs"]] if kind == "LineString" else member["arcs"]
        return shapely.union_all([LineString(join_arcs(arcs, part)) for part in parts])
    if kind not in ("Polygon", "MultiPolygon"):
        return Polygon()
    polygons = []
    for part in [member["arcs"]] if kind == "Polygon" else member["arcs"]:
        rings = [unrolled(ring) for ring in (join_arcs(arcs, ring) for ring in part) if len(ring) >= MIN_RING]
        if rings:
            polygons += polygons_of(shapely.make_valid(Polygon(rings[0], rings[1:])))
    return at_home(shapely.union_all(polygons)) if polygons else Polygon()


def polygons_of(shape: BaseGeometry) -> list[Polygon]:
    """Return the polygons in a shape; mending a ring may leave bare lines beside them."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def unrolled(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a ring that does not jump across 180°: it runs on beyond it; around a pole it is closed along the pole.

    Some packages stitch what was cut at 180°, which is right on a sphere and wrong on a plane.
    """
    turn = 0.0
    points = [ring[0]]
    for (before, _), (lon, lat) in pairwise(ring):
        if abs(lon - before) > 180:
            turn -= math.copysign(360, lon - before)
        points.append((lon + turn, lat))
    if turn:
        pole = math.copysign(90, points[0][1])
        points += [(points[-1][0], pole), (points[0][0], pole), points[0]]
    return points


def at_home(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape with what lies beyond 180° moved to where it belongs."""
    west, _, east, _ = shape.bounds
    if west >= -180 and east <= 180:
        return shape
    parts: list[Polygon] = []
    for turn in (-360, 0, 360):
        moved = affinity.translate(shape, turn)
        parts += polygons_of(shapely.intersection(moved, shapely.box(-180, -90, 180, 90)))
    return shapely.union_all(parts)


def inner_arcs(members: Iterable[Mapping[str, Any]]) -> dict[int, set[int]]:
    """Return arc → positions of the members that use it, for arcs of two members or more."""
    users: dict[int, set[int]] = defaultdict(set)

    def walk(arcs: Any, position: int) -> None:
        for entry in arcs:
            if isinstance(entry, int):
                users[entry if entry >= 0 else ~entry].add(position)
            else:
                walk(entry, position)

    for position, member in enumerate(members):
        walk(member.get("arcs", ()), position)
    return {arc: used for arc, used in users.items() if len(used) > 1}


class TopologyBuilder:
    """Collects polygons on an integer grid and cuts their rings into shared arcs."""

    def __init__(self, grid: float) -> None:
        self.grid = grid
        self.neighbours: dict[Point, set[Point]] = defaultdict(set)
        self.arcs: list[list[Point]] = []
        self.known: dict[tuple[Point, ...], int] = {}
        self.polygons: list[list[list[list[Point]]]] = []

    def ring(self, coordinates: Iterable[tuple[float, ...]]) -> list[Point]:
        """Return a ring on the grid, closed, without doubled points."""
        points: list[Point] = []
        for x, y, *_ in coordinates:
            point = (round(x / self.grid), round(y / self.grid))
            if not points or points[-1] != point:
                points.append(point)
        return points

    def add(self, shape: BaseGeometry) -> None:
        """Take the polygons of one unit; a unit without any stays as an empty one."""
        unit = []
        for polygon in shapely.get_parts(shape):
            if polygon.geom_type != "Polygon" or polygon.is_empty:
                continue
            rings = [self.ring(r.coords) for r in (polygon.exterior, *polygon.interiors)]
            rings = [ring for i, ring in enumerate(rings) if len(ring) >= MIN_RING or i == 0]
            if len(rings[0]) < MIN_RING:
                continue
            for ring in rings:
                for a, b in pairwise(ring):
                    self.neighbours[a].add(b)
                    self.neighbours[b].add(a)
            unit.append(rings)
        self.polygons.append(unit)

    def arc(self, points: list[Point]) -> int:
        """Return the index of an arc, ``~index`` where it is stored the other way round."""
        forward, backward = tuple(points), tuple(reversed(points))
        if forward in self.known:
            return self.known[forward]
        if backward in self.known:
            return ~self.known[backward]
        self.known[forward] = len(self.arcs)
        self.arcs.append(points)
        return len(self.arcs) - 1

    def cut(self, ring: list[Point]) -> list[int]:
        """Cut a ring where more than two edges meet."""
        nodes = [i for i, point in enumerate(ring[:-1]) if len(self.neighbours[point]) != 2]
        if not nodes:  # an island: start at its smallest point, so that a hole around it shares the arc
            start = min(range(len(ring) - 1), key=ring.__getitem__)
            turned = [*ring[start:-1], *ring[: start + 1]]
            return [self.arc(turned)]
        turned = [*ring[nodes[0] : -1], *ring[: nodes[0] + 1]]
        stops = [i - nodes[0] for i in nodes] + [len(turned) - 1]
        return [self.arc(turned[a : b + 1]) for a, b in pairwise(stops)]

    def build(self, name: str, members: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return the topology; ``members`` are the properties of the units in the order they were added."""
        geometries = []
        for properties, unit in zip(members, self.polygons, strict=True):
            arcs = [[self.cut(ring) for ring in rings] for rings in unit]
            geometries.append({"type": "MultiPolygon", "arcs": arcs, "properties": dict(properties)})
        return {
            "type": "Topology",
            "transform": {"scale": [self.grid, self.grid], "translate": [0, 0]},
            "objects": {name: {"type": "GeometryCollection", "geometries": geometries}},
            "arcs": [delta(arc) for arc in self.arcs],
        }


def delta(points: Sequence[Point]) -> list[list[int]]:
    """Return points as TopoJSON keeps them: the first, then steps."""
    x = y = 0
    steps = []
    for px, py in points:
        steps.append([px - x, py - y])
        x, y = px, py
    return steps


def line_topology(
    lines: Iterable[tuple[BaseGeometry, Mapping[str, Any]]], name: str, grid: float
) -> dict[str, Any]:
    """Return lines (not shared) as a topology of one object."""
    arcs: list[list[list[int]]] = []
    geometries = []
    for shape, properties in lines:
        indexes = []
        for part in shapely.get_parts(shape):
            points: list[Point] = []
            for x, y, *_ in part.coords:
                point = (round(x / grid), round(y / grid))
                if not points or points[-1] != point:
                    points.append(point)
            if len(points) > 1:
                indexes.append([len(arcs)])
                arcs.append(delta(points))
        if indexes:
            geometries.append({"type": "MultiLineString", "arcs": indexes, "properties": dict(properties)})
    return {
        "type": "Topology",
        "transform": {"scale": [grid, grid], "translate": [0, 0]},
        "objects": {name: {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs,
    }


def write(path: Path, data: Mapping[str, Any]) -> None:
    """Write JSON, gzipped without a time stamp: the same input gives the same bytes."""
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode()
    path.write_bytes(gzip.compress(text, 9, mtime=0))
