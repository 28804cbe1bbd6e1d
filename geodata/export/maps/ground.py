"""The ground of a plate: water, land, lakes, rivers, borders as a view draws them, disputed areas hatched."""

from __future__ import annotations

import geopandas
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from geodata.export.maps.frame import Frame
from geodata.export.maps.layers import layer
from geodata.export.maps.look import Look

RIVERS_FROM, ADMIN1_FROM = 3.2, 4.6


def level_of(frame: Frame) -> int:
    """Return the level of detail of the basemap that suits a frame."""
    return 0 if frame.zoom < 3 else 1 if frame.zoom < 5.4 else 2


def draw_ground(axes: Axes, frame: Frame, view: str, look: Look) -> None:
    """Draw everything that lies under names and marks."""
    level = level_of(frame)
    axes.set_facecolor(look.water)
    _fill(axes, _shapes(layer("land", view, level), frame), look.land, 1)
    if frame.zoom >= ADMIN1_FROM:
        _stroke(axes, _shapes(layer("admin1", view, level), frame), look.inner, 0.4, 2)
    if frame.zoom >= RIVERS_FROM:
        rivers = layer("rivers", view, level)
        _stroke(axes, _shapes(rivers[rivers["zoom"] <= frame.zoom], frame), look.river, 0.5, 3)
    _fill(axes, _shapes(layer("lakes", view, level), frame), look.water, 4)
    hatched = _shapes(layer("disputed", view, level), frame)
    if hatched:
        collection = PathCollection(
            [path for shape in hatched for path in paths(shape)],
            facecolor="none", edgecolor=look.hatch, linewidth=0, hatch="//////", alpha=0.55, zorder=5,
        )  # fmt: skip
        axes.add_collection(collection)
    lines = layer("borders", view, level)
    for kind, width, style, colour in (
        ("inner", 0.4, "solid", look.inner),
        ("coast", 0.5, "solid", look.border),
        ("border", 0.8, "solid", look.border),
        ("disputed", 0.8, (0, (3, 2)), look.hatch),
    ):
        _stroke(axes, _shapes(lines[lines["kind"] == kind], frame), colour, width, 6, style)


def _shapes(table: geopandas.GeoDataFrame, frame: Frame) -> list[BaseGeometry]:
    if not frame.world:
        table = table.iloc[np.sort(table.sindex.query(frame.geographic))]
    projected = (frame.project(shape) for shape in table.geometry)
    return [shape for shape in projected if not shape.is_empty]


def paths(shape: BaseGeometry) -> list[Path]:
    """Return the Matplotlib paths of polygons, with their holes."""
    found = []
    for part in shapely.get_parts(shape):
        if part.geom_type != "Polygon" or part.is_empty:
            continue
        rings = [part.exterior, *part.interiors]
        vertices = [np.asarray(ring.coords)[:, :2] for ring in rings]
        codes = [
            np.concatenate(([Path.MOVETO], np.full(len(v) - 2, Path.LINETO), [Path.CLOSEPOLY]))
            for v in vertices
        ]
        found.append(Path(np.concatenate(vertices), np.concatenate(codes)))
    return found


def lines_of(shape: BaseGeometry) -> list[np.ndarray]:
    """Return the vertex arrays of lines (and of the rims of polygons)."""
    found = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "LineString":
            found.append(np.asarray(part.coords)[:, :2])
        elif part.geom_type == "MultiLineString":
            found += lines_of(part)
    return found


def _fill(axes: Axes, shapes: list[BaseGeometry], colour: str, order: float) -> None:
    found = [path for shape in shapes for path in paths(shape)]
    axes.add_collection(
        PathCollection(found, facecolor=colour, edgecolor=colour, linewidth=0.3, zorder=order)
    )


def _stroke(
    axes: Axes, shapes: list[BaseGeometry], colour: str, width: float, order: float, style: object = "solid"
) -> None:
    found = [line for shape in shapes for line in lines_of(shape)]
    axes.add_collection(
        LineCollection(
            found, colors=colour, linewidths=width, linestyles=[style], zorder=order, capstyle="round"
        )
    )
