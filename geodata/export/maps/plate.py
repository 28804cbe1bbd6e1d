"""One plate: the map in its frame and the strip below, as PNG."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from geodata import basemap, boundaries
from geodata.export.maps.frame import WORLD, WORLD_DEGREES, Extent, frame
from geodata.export.maps.ground import draw_ground
from geodata.export.maps.look import Look
from geodata.export.maps.marks import Marks, parts_of
from geodata.export.maps.names import Room, draw_names
from geodata.export.maps.strip import HEIGHT, draw_strip
from geodata.records import COUNTRY, UNCLEAR, Project
from geodata.vocabulary import Vocabulary, load_vocabulary

INCH = 72.0
SMALLEST_DEGREES = 14.0
"""A single place is shown with what lies around it,"""
COUNTRY_DEGREES = 34.0
"""a country with its neighbours."""


def draw_map(
    projects: Sequence[Project],
    *,
    extent: Extent | None = None,
    size: tuple[float, float] = (10.0, 6.25),
    dpi: int = 200,
    borders: str = boundaries.DE_FACTO,
    selected: str = "",
    dim: bool = False,
    look: Look | None = None,
    vocabulary: Vocabulary | None = None,
    date: str = "",
    sources: int | None = None,
    strip: bool = True,
    names: bool = True,
) -> bytes:
    """Return a map of projects as PNG.

    Parameters
    ----------
    projects
        What is shown.
    extent
        West, south, east, north in degrees WGS 84; fitted to the projects where it is not given.
    size
        Width and height on paper, inches, the strip included.
    dpi
        Dots an inch; 200 or more for print.
    borders
        Id of the boundary view.
    selected
        Id of the project that is highlighted; with ``dim`` all others are faint.
    strip
        Whether legend, scale, north, view, date and attribution stand below.
    names
        Whether places are named; a picture of a thumb's size has no room for names.

    Raises
    ------
    BoundaryError
        If there is no such view.
    """
    look, vocabulary = look or Look(), vocabulary or load_vocabulary()
    boundaries.view(borders)
    width, full = size[0] * INCH, size[1] * INCH
    below = HEIGHT * look.scale if strip else 0.0
    shown = frame(extent or fit(projects, selected if dim else ""), width, full - below)
    figure = Figure(figsize=size, dpi=dpi, facecolor=look.paper)
    axes = figure.add_axes((0, below / full, 1, 1 - below / full))
    axes.set(xlim=(0, width), ylim=(0, full - below), xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set_visible(False)
    draw_ground(axes, shown, borders, look)
    room = Room(width, full - below)
    Marks(shown, borders, look, vocabulary, selected, dim, names).draw(axes, projects, room)
    if names:
        draw_names(axes, shown, borders, look, room)
    if strip:
        foot = figure.add_axes((0, 0, 1, below / full))
        foot.set(xlim=(0, width), ylim=(0, below))
        foot.axis("off")
        told = {claim.document for project in projects for claim in project.claims}
        draw_strip(foot, shown, borders, look, projects, vocabulary, date=date,
                   sources=len(told) if sources is None else sources, attribution=basemap.ATTRIBUTION)  # fmt: skip
    buffer = io.BytesIO()
    FigureCanvasAgg(figure)
    figure.savefig(buffer, format="png", dpi=dpi, facecolor=look.paper, metadata={"Software": "Dateline"})
    return buffer.getvalue()


def fit(projects: Sequence[Project], selected: str = "") -> Extent:
    """Return the extent that holds what projects have on the map, without far outliers; the world for none.

    Of a project that is selected, its own; where it has nothing on the map, the others show where we are.
    """
    focus = [p for p in projects if selected and p.id == selected and any(_points(p))]
    sure, vague = [], []
    for project in focus or projects:
        exact, countries = _points(project)
        sure += exact
        vague += countries
    points = sure or vague
    if not points:
        return WORLD
    lon, lat = np.array(points).T
    low, high = (0.04, 0.96) if len(points) > 25 else (0.0, 1.0)
    west, east = np.quantile(lon, [low, high])
    south, north = np.quantile(lat, [low, high])
    least = SMALLEST_DEGREES if sure else COUNTRY_DEGREES
    wide, tall = max(east - west, least) * 1.16, max(north - south, least * 0.7) * 1.16
    x, y = (west + east) / 2, (south + north) / 2
    found = (
        float(max(x - wide / 2, -179.9)),
        float(max(y - tall / 2, -60.0)),
        float(min(x + wide / 2, 179.9)),
        float(min(y + tall / 2, 82.0)),
    )
    return WORLD if found[2] - found[0] > WORLD_DEGREES else found


def _points(project: Project) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Return what a project has on the map: its places and lines, and the countries that are all it has else."""
    placed = [p for p in project.places if p.lat is not None and p.role != "mentioned"]
    at = [(float(p.lon or 0.0), float(p.lat or 0.0), p.precision in (COUNTRY, UNCLEAR)) for p in placed]
    lines = [
        (x, y)
        for line in parts_of(project.geometry, ("LineString", "Polygon"))
        for x, y in shapely.get_coordinates(line)[:200].tolist()
    ]
    exact = lines + [(x, y) for x, y, vague in at if not vague]
    return (exact, []) if exact else ([], [(x, y) for x, y, _ in at])
