"""Where a place falls on the paper: a projection that fits the extent, and the scale it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

Extent = tuple[float, float, float, float]
"""West, south, east, north in degrees WGS 84."""
WORLD_DEGREES = 150.0
"""A wider extent is drawn in Equal Earth; a narrower one in Lambert's azimuthal projection about its middle."""
WORLD: Extent = (-179.9, -58.0, 179.9, 80.0)
EARTH_CIRCUMFERENCE_KM = 40075.0


@dataclass(frozen=True)
class Frame:
    """A rectangle of projected metres and the paper it fills, in points (1/72 inch)."""

    transformer: Transformer
    left: float
    bottom: float
    right: float
    top: float
    width: float
    """Points."""
    height: float
    geographic: BaseGeometry
    """What of the world can be seen, a little widened; for clipping before projecting."""
    world: bool

    @property
    def metres_a_point(self) -> float:
        """Metres on the ground for a point on the paper, near the middle."""
        return (self.right - self.left) / self.width

    @property
    def zoom(self) -> float:
        """The zoom level of a web map (256-pixel tiles, a pixel being 0.75 points) of about this scale."""
        metres_a_pixel = self.metres_a_point * 0.75
        return float(np.log2(EARTH_CIRCUMFERENCE_KM * 1000 / 256 / metres_a_pixel))

    def place(self, lon: float, lat: float) -> tuple[float, float] | None:
        """Return points from the lower left corner; ``None`` outside the paper."""
        x, y = self.transformer.transform(lon, lat)
        if not (np.isfinite(x) and np.isfinite(y)):
            return None
        at = (x - self.left) / self.metres_a_point, (y - self.bottom) / self.metres_a_point
        return at if 0 <= at[0] <= self.width and 0 <= at[1] <= self.height else None

    def project(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a geometry in points on the paper, cut to what can be seen; may be empty."""
        if shape.is_empty or not shape.intersects(self.geographic):
            return shapely.Point()
        inside = shape if self.world else _cut(shape, self.geographic)
        if inside.is_empty:
            return inside
        placed: BaseGeometry = shapely.transform(inside, self._to_paper)
        return placed

    def _to_paper(self, at: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = self.transformer.transform(at[:, 0], at[:, 1])
        scale = self.metres_a_point
        return np.column_stack(((np.asarray(x) - self.left) / scale, (np.asarray(y) - self.bottom) / scale))


def _cut(shape: BaseGeometry, window: BaseGeometry) -> BaseGeometry:
    try:
        inside: BaseGeometry = shapely.intersection(shape, window)
    except shapely.GEOSException:
        inside = shapely.intersection(shapely.make_valid(shape), window)
    return inside


@lru_cache(maxsize=64)
def frame(extent: Extent, width: float, height: float) -> Frame:
    """Return the frame that shows at least an extent on paper of a size in points."""
    west, south, east, north = extent
    world = east - west > WORLD_DEGREES
    middle = ((west + east) / 2, (south + north) / 2)
    proj = (
        f"+proj=eqearth +lon_0={middle[0]:.3f} +datum=WGS84"
        if world
        else f"+proj=laea +lat_0={middle[1]:.4f} +lon_0={middle[0]:.4f} +datum=WGS84"
    )
    transformer = Transformer.from_crs("EPSG:4326", CRS.from_proj4(proj), always_xy=True)
    rim = _rim(extent)
    xs, ys = transformer.transform([p[0] for p in rim], [p[1] for p in rim])
    left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
    if (right - left) / (top - bottom) < width / height:
        grow = (top - bottom) * width / height - (right - left)
        left, right = left - grow / 2, right + grow / 2
    else:
        grow = (right - left) * height / width - (top - bottom)
        bottom, top = bottom - grow / 2, top + grow / 2
    seen = shapely.box(-180, -90, 180, 90) if world else _seen(transformer, left, bottom, right, top)
    return Frame(transformer, left, bottom, right, top, width, height, seen, world)


def _rim(extent: Extent, steps: int = 24) -> Sequence[tuple[float, float]]:
    west, south, east, north = extent
    xs, ys = np.linspace(west, east, steps), np.linspace(south, north, steps)
    return [(x, y) for x in xs for y in (south, north)] + [(x, y) for y in ys for x in (west, east)]


def _seen(transformer: Transformer, left: float, bottom: float, right: float, top: float) -> BaseGeometry:
    """Return the piece of the world that a rectangle of projected metres shows, a little widened, in degrees."""
    x, y = np.meshgrid(np.linspace(left, right, 25), np.linspace(bottom, top, 25))
    lon, lat = transformer.transform(x.ravel(), y.ravel(), direction="INVERSE")
    lon, lat = np.asarray(lon), np.asarray(lat)
    fine = np.isfinite(lon) & np.isfinite(lat)
    lon, lat = lon[fine], lat[fine]
    pad = 1.0
    if lon.max() - lon.min() > 300:  # over the date line or a pole
        west, east = -180.0, 180.0
    else:
        west, east = max(-180.0, lon.min() - pad), min(180.0, lon.max() + pad)
    seen: BaseGeometry = shapely.box(west, max(-90.0, lat.min() - pad), east, min(90.0, lat.max() + pad))
    return seen
