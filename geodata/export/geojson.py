"""GeoJSON (RFC 7946): WGS 84, longitude first, outer rings anticlockwise, null geometry for what has no place."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any, TextIO

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.export.content import Content
from geodata.projects import project_json
from geodata.records import Project

DECIMALS = 6
"""Of degrees: a hand's breadth."""


def feature(project: Project) -> dict[str, Any]:
    """Return a project as a GeoJSON feature."""
    properties = project_json(project)
    return {
        "type": "Feature",
        "id": properties.pop("id"),
        "geometry": None if project.geometry is None else geometry(project.geometry),
        "properties": properties,
    }


def geometry(shape: BaseGeometry) -> dict[str, Any]:
    """Return a geometry as RFC 7946 has it."""
    right_handed = shapely.orient_polygons(_cut(shapely.force_2d(shape)))
    rounded: dict[str, Any] = _rounded(shapely.geometry.mapping(right_handed))
    return rounded


def _cut(shape: BaseGeometry) -> BaseGeometry:
    """Return a line that crosses 180° as two that end there (RFC 7946, 3.1.9); anything else as it is."""
    if shape.geom_type != "LineString":
        return shape
    points = list(shape.coords)
    parts = [[points[0]]] if points else []
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x1 - x0) > 180:
            edge = 180.0 if x1 < x0 else -180.0
            there = x1 + 2 * edge
            crossing = y0 + (y1 - y0) * ((edge - x0) / (there - x0) if there != x0 else 0.0)
            parts[-1].append((edge, crossing))
            parts.append([(-edge, crossing)])
        parts[-1].append((x1, y1))
    return shape if len(parts) < 2 else shapely.MultiLineString(parts)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value


def print_to(projects: Iterable[Project], stream: TextIO) -> None:
    """Print a feature collection to a stream."""
    _print(projects, {}, stream)


def write(content: Content, path: Path) -> None:
    """Write a feature collection whose ``dateline`` member says where it comes from."""
    about: dict[str, Any] = dict(content.about())
    about["sources"] = [
        {"id": d.id, "title": d.title, "publisher": d.publisher, "published": d.published, "sha256": d.sha256}
        for d in content.documents.values()
    ]
    with path.open("w", encoding="utf-8", errors="backslashreplace") as stream:
        _print(content.projects, {"dateline": about}, stream)


def _print(projects: Iterable[Project], more: dict[str, Any], stream: TextIO) -> None:
    members = "".join(
        f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},\n" for key, value in more.items()
    )
    stream.write(f'{{"type": "FeatureCollection",\n{members}"features": [')
    for number, project in enumerate(projects):
        stream.write(",\n" if number else "\n")
        stream.write(json.dumps(feature(project), ensure_ascii=False))
    stream.write("\n]}\n")
