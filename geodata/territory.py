"""In which disputed area does a place lie, and to which state does it belong in a view of borders?

Outlines come from the basemap, cut so that every view is made of the same pieces. The map, country counts, exports and
slides all ask here, so that a chosen view reaches everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from geodata import basemap, boundaries


def outline(id: str) -> BaseGeometry | None:
    """Return the outline of a disputed area in degrees, ``None`` where it has none."""
    return _outlines().get(id)


@lru_cache(maxsize=1)
def _outlines() -> Mapping[str, BaseGeometry]:
    cut = dict(basemap.disputed_outlines())
    for one in boundaries.areas():
        if one.ring:
            cut[one.id] = Polygon(one.ring)
    return cut


@lru_cache(maxsize=1)
def _index() -> tuple[STRtree, tuple[str, ...]]:
    outlines = {a.id: shape for a in boundaries.areas() if (shape := _outlines().get(a.id)) is not None}
    return STRtree(list(outlines.values())), tuple(outlines)


def area_at(lat: float, lon: float) -> boundaries.Area | None:
    """Return the disputed area that holds a point, the smallest where several do."""
    tree, ids = _index()
    held = [int(i) for i in tree.query(Point(lon, lat), predicate="intersects")]
    if not held:
        return None
    return boundaries.area(ids[min(held, key=lambda i: (_outlines()[ids[i]].area, ids[i]))])


def areas_at(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return for many points the number (in ``boundaries.areas()``) of the disputed area of each, −1 for none."""
    tree, ids = _index()
    number = {a.id: i for i, a in enumerate(boundaries.areas())}
    found = np.full(len(lat), -1, np.int64)
    known = np.flatnonzero(~np.isnan(lat) & ~np.isnan(lon))
    size = [_outlines()[id].area for id in ids]
    points, shapes = tree.query(shapely.points(lon[known], lat[known]), predicate="intersects")
    for point, shape in sorted(zip(points.tolist(), shapes.tolist(), strict=True), key=lambda p: -size[p[1]]):
        if not boundaries.area(ids[shape]).history:
            found[known[point]] = number[ids[shape]]  # the smallest comes last and stays
    return found


def country_of(
    iso: str, lat: float | None = None, lon: float | None = None, view: str = boundaries.DE_FACTO
) -> str:
    """Return the state that a place belongs to in a view.

    Parameters
    ----------
    iso
        The place's country as the gazetteer has it, ISO 3166-1 alpha-2; kept wherever nothing is disputed.
    lat, lon
        Of the place; without them only the country itself can be told.

    Raises
    ------
    BoundaryError
        Where there is no such view.
    """
    boundaries.view(view)
    found = area_at(lat, lon) if lat is not None and lon is not None else _of_code(iso)
    return found.state_in(view) if found is not None and not found.history else iso


@lru_cache(maxsize=1024)
def _of_code(iso: str) -> boundaries.Area | None:
    """Return the area that is all of a country code (Taiwan, Kosovo, the Falklands)."""
    return next((a for a in boundaries.areas() if iso in a.codes), None)
