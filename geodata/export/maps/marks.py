"""Marks on a plate: type by colour and shape, status by fill, certainty by edge, the same as on the pages' map."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Wedge
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from shapely.geometry.base import BaseGeometry

from geodata import territory
from geodata.export.maps.frame import Frame
from geodata.export.maps.ground import lines_of, paths
from geodata.export.maps.layers import layer
from geodata.export.maps.look import Look, font
from geodata.export.maps.names import Room, Style, beside, width_of
from geodata.gazetteer import open_gazetteer
from geodata.records import ADMIN1, ADMIN2, COUNTRY, NEAR, SEAT, UNCLEAR, Project
from geodata.vocabulary import Vocabulary

RADIUS = 4.2
"""Of a symbol, in points."""
NEAR_KM = 25.0
FAINT = 0.22
LONGEST_NAME = 44
"""Characters of a project's name on the map; the headline has all of it."""
ROUTE_ROLES = frozenset({"endpoint", "waypoint"})


@dataclass(frozen=True, slots=True)
class Symbol:
    """How a project is drawn."""

    shape: str
    colour: str
    fill: str
    """full, half, hollow or barred."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A project at a point of the paper."""

    project: Project
    x: float
    y: float
    symbol: Symbol
    precision: int


def polygon(n: int, radius: float, turn: float) -> list[tuple[float, float]]:
    """Return a regular polygon."""
    angles = [turn + 2 * math.pi * i / n for i in range(n)]
    return [(radius * math.cos(a), radius * math.sin(a)) for a in angles]


def _star() -> list[tuple[float, float]]:
    radii = [1.18 if i % 2 == 0 else 0.5 for i in range(10)]
    return [
        (r * math.cos(math.pi / 2 + math.pi * i / 5), r * math.sin(math.pi / 2 + math.pi * i / 5) - 0.06)
        for i, r in enumerate(radii)
    ]


_W, _L = 0.36, 1.02
SHAPES: dict[str, list[tuple[float, float]]] = {
    "square": [(-0.82, -0.82), (0.82, -0.82), (0.82, 0.82), (-0.82, 0.82)],
    "triangle": [(0, 1.08), (1.06, -0.78), (-1.06, -0.78)],
    "diamond": polygon(4, 1.12, 0),
    "star": _star(),
    "cross": [(-_W, -_L), (_W, -_L), (_W, -_W), (_L, -_W), (_L, _W), (_W, _W), (_W, _L), (-_W, _L), (-_W, _W),
              (-_L, _W), (-_L, -_W), (-_W, -_W)],
    "hexagon": polygon(6, 1, math.pi / 6),
}  # fmt: skip


def outline(shape: str) -> Path:
    """Return the outline of a group's shape on a circle of radius 1."""
    if shape not in SHAPES:
        return Path.circle((0, 0), 0.94)
    points = SHAPES[shape]
    return Path([*points, points[0]], closed=True)


def symbol_of(project: Project, vocabulary: Vocabulary, look: Look, role: str = "") -> Symbol:
    """Return how a project is drawn at a place of a role; a refused venue never looks like a site."""
    group = vocabulary.group_of(project.type)
    status = vocabulary.statuses.get(project.status)
    fill = "barred" if role == "rejected_venue" else status.fill if status is not None else "hollow"
    return Symbol(group.shape, group.colour_dark if look.dark else group.colour, fill)


def draw_symbol(
    axes: Axes, x: float, y: float, r: float, symbol: Symbol, look: Look, *, order: float = 20.0,
    alpha: float = 1.0, dashed: bool = False,
) -> None:  # fmt: skip
    """Draw one symbol of radius ``r`` points at a point of the paper."""
    shape = outline(symbol.shape).transformed(Affine2D().scale(r).translate(x, y))
    face = symbol.colour if symbol.fill == "full" else look.paper
    style = {"alpha": alpha, "joinstyle": "miter"}
    axes.add_patch(PathPatch(shape, fc=look.paper, ec=look.paper, lw=r * 0.45 + 0.9, zorder=order, **style))
    axes.add_patch(PathPatch(shape, fc=face, ec=symbol.colour, lw=max(0.9, r * 0.2), zorder=order + 0.01,
                             ls=(0, (2, 1.4)) if dashed else "solid", **style))  # fmt: skip
    if symbol.fill == "half":
        half = PathPatch(shape, fc=symbol.colour, ec="none", zorder=order + 0.02, alpha=alpha)
        axes.add_patch(half)
        left = Path([(x - 2 * r, y - 2 * r), (x, y - 2 * r), (x, y + 2 * r), (x - 2 * r, y + 2 * r)])
        half.set_clip_path(left, axes.transData)
    if symbol.fill == "barred":
        d = r * 1.25
        for width, colour in ((max(2.4, r * 0.55), look.paper), (max(1.1, r * 0.25), symbol.colour)):
            axes.plot([x - d, x + d], [y - d, y + d], color=colour, lw=width, solid_capstyle="round",
                      zorder=order + 0.03, alpha=alpha)  # fmt: skip


class Marks:
    """The marks of one plate: lines and areas first, then symbols, then what has only a country."""

    def __init__(
        self,
        frame: Frame,
        view: str,
        look: Look,
        vocabulary: Vocabulary,
        selected: str = "",
        dim: bool = False,
        named: bool = True,
    ) -> None:
        self.frame, self.view, self.look, self.vocabulary = frame, view, look, vocabulary
        self.selected = selected
        self.dim = dim
        self.named = named
        self._said = ""
        self._hatched: set[tuple[str, str]] = set()
        self.radius = RADIUS * look.scale

    def draw(self, axes: Axes, projects: Sequence[Project], room: Room) -> int:
        """Draw projects and take their room; return how many have a mark on the paper."""
        spots: list[Spot] = []
        badges: Counter[str] = Counter()
        shown: set[str] = set()
        for project in projects:
            here = self._lines(axes, project, room) + self._areas(axes, project)
            found = self._spots(project)
            spots += found
            if not here and not found and self._alpha(project) == 1.0:
                for iso in self._countries(project):
                    badges[iso] += 1
                    shown.add(project.id)
                self._said = f"{_cut(project.title)} · country only"
            elif here or any(self._inside(s.x, s.y) for s in found):
                shown.add(project.id)
        self._symbols(axes, spots, room)
        self._badges(axes, badges, room)
        return len(shown)

    def _inside(self, x: float, y: float) -> bool:
        return 0 <= x <= self.frame.width and 0 <= y <= self.frame.height

    def _alpha(self, project: Project) -> float:
        return FAINT if self.dim and self.selected and project.id != self.selected else 1.0

    def _lines(self, axes: Axes, project: Project, room: Room) -> int:
        lines = [
            line
            for shape in parts_of(project.geometry, ("LineString",))
            for line in lines_of(self.frame.project(shape))
        ]
        if not lines:
            return 0
        symbol = symbol_of(project, self.vocabulary, self.look)
        chosen = project.id == self.selected
        colour = self.look.selection if chosen else symbol.colour
        known = self.vocabulary.types.get(project.type)
        dash = (2, 4) if symbol.fill == "barred" else tuple(getattr(known, "dash", ()) or (7, 5))
        width = (2.2 if chosen else 1.5) * self.look.scale
        alpha, order = self._alpha(project), 14 if chosen else 13
        axes.add_collection(
            LineCollection(
                lines, colors=self.look.paper, linewidths=width + 1.8, alpha=alpha, zorder=order - 0.5
            )
        )
        axes.add_collection(
            LineCollection(lines, colors=colour, linewidths=width, alpha=alpha, zorder=order,
                           linestyles=[(0, tuple(d * 0.42 for d in dash))])
        )  # fmt: skip
        for line in lines:
            for x, y in _along(line, 14.0):
                room.take((x - 3, y - 3, x + 3, y + 3))
        if chosen:
            middle = max(lines, key=len)
            self._name(axes, project, *_middle(middle), room)
        return len(lines)

    def _areas(self, axes: Axes, project: Project) -> int:
        """Hatch the areas of a project, each area once a colour; where one is spoken of, those of no other."""
        if self._alpha(project) < 1.0:
            return 0
        colour = symbol_of(project, self.vocabulary, self.look).colour
        shapes = parts_of(project.geometry, ("Polygon",))
        for place in project.places:
            key = place.place, colour
            if place.precision in (ADMIN1, ADMIN2) and place.place and place.role != "mentioned":
                found = open_gazetteer().outline(place.place) if key not in self._hatched else None
                self._hatched.add(key)
                shapes += [] if found is None else [found]
        drawn = [path for shape in shapes for path in paths(self.frame.project(shape))]
        if drawn:
            edge = self.look.selection if project.id == self.selected else colour
            axes.add_collection(
                PathCollection(drawn, fc="none", ec=edge, lw=0.5, hatch="\\\\\\\\", alpha=0.5, zorder=11)
            )
        return 0

    def _spots(self, project: Project) -> list[Spot]:
        routed = bool(parts_of(project.geometry, ("LineString",)))
        found = []
        for place in project.places:
            if (
                place.lat is None
                or place.lon is None
                or place.role == "mentioned"
                or place.precision in (COUNTRY, UNCLEAR)
            ):
                continue
            if (routed and place.role in ROUTE_ROLES) or (
                place.role == "beneficiary" and place.precision == SEAT
            ):
                continue
            at = self.frame.place(place.lon, place.lat)
            if at is not None:
                symbol = symbol_of(project, self.vocabulary, self.look, place.role)
                found.append(Spot(project, *at, symbol, place.precision))
        return found

    def _countries(self, project: Project) -> list[str]:
        places = [p for p in project.places if p.role != "mentioned" and p.country and p.lat is not None]
        seen = dict.fromkeys(territory.country_of(p.country, p.lat, p.lon, self.view) for p in places)
        return [iso for iso in seen if iso]

    def _symbols(self, axes: Axes, spots: list[Spot], room: Room) -> None:
        """Draw spots; those that would lie on one another become one mark with a count."""
        left = sorted(spots, key=lambda s: (s.project.id != self.selected, -s.y, s.x, s.project.id))
        clusters: list[list[Spot]] = []
        for spot in left:
            near = next(
                (c for c in clusters if math.dist((c[0].x, c[0].y), (spot.x, spot.y)) < 2.1 * self.radius),
                None,
            )
            alone = self.selected in (spot.project.id, near[0].project.id if near else "") and self.selected
            if near is not None and not alone:
                near.append(spot)
            else:
                clusters.append([spot])
        for cluster in clusters:
            if len({s.project.id for s in cluster}) == 1:
                self._one(axes, cluster[0], room)
            else:
                self._many(axes, cluster, room)

    def _one(self, axes: Axes, spot: Spot, room: Room) -> None:
        chosen = spot.project.id == self.selected
        r, alpha = self.radius * (1.25 if chosen else 1.0), self._alpha(spot.project)
        if spot.precision == NEAR:
            reach = max(NEAR_KM * 1000 / self.frame.metres_a_point, r * 1.6)
            axes.add_patch(
                Circle(
                    (spot.x, spot.y), reach, fc=spot.symbol.colour, ec="none", alpha=0.12 * alpha, zorder=12
                )
            )
            axes.add_patch(
                Circle(
                    (spot.x, spot.y),
                    reach,
                    fc="none",
                    ec=spot.symbol.colour,
                    lw=0.7,
                    alpha=alpha,
                    zorder=12.1,
                )
            )
        hollow = (
            Symbol(spot.symbol.shape, spot.symbol.colour, "hollow") if spot.precision == SEAT else spot.symbol
        )
        draw_symbol(axes, spot.x, spot.y, r, hollow, self.look, alpha=alpha, dashed=spot.precision == SEAT,
                    order=22.0 if chosen else 20.0)  # fmt: skip
        if spot.project.conflicts:
            for gap in (2.0, 3.5):
                axes.add_patch(
                    Circle(
                        (spot.x, spot.y),
                        r + gap,
                        fc="none",
                        ec=spot.symbol.colour,
                        lw=0.6,
                        alpha=alpha,
                        zorder=21,
                    )
                )
        room.take((spot.x - r - 1, spot.y - r - 1, spot.x + r + 1, spot.y + r + 1))
        if chosen:
            axes.add_patch(
                Circle((spot.x, spot.y), r * 1.9, fc="none", ec=self.look.selection, lw=1.3, zorder=22.5)
            )
            self._name(axes, spot.project, spot.x, spot.y, room)

    def _many(self, axes: Axes, cluster: list[Spot], room: Room) -> None:
        x, y = float(np.mean([s.x for s in cluster])), float(np.mean([s.y for s in cluster]))
        count = len({s.project.id for s in cluster})
        r = self.radius * (1.5 + 0.22 * math.log2(count))
        band = max(2.2, r * 0.28)
        alpha = min(self._alpha(s.project) for s in cluster)
        axes.add_patch(
            Circle((x, y), r, fc=self.look.paper, ec=self.look.ink, lw=0.8, zorder=19, alpha=alpha)
        )
        colours = Counter(s.symbol.colour for s in cluster)
        at = 90.0
        for colour, n in sorted(colours.items(), key=lambda c: (-c[1], c[0])):
            turn = 360.0 * n / len(cluster)
            axes.add_patch(
                Wedge(
                    (x, y), r - 1.2, at - turn, at, width=band, fc=colour, ec="none", zorder=19.1, alpha=alpha
                )
            )
            at -= turn
        axes.text(x, y, str(count), ha="center", va="center_baseline", fontsize=r * 0.95, color=self.look.ink,
                  fontproperties=font("semibold"), zorder=19.2, alpha=alpha)  # fmt: skip
        room.take((x - r - 1, y - r - 1, x + r + 1, y + r + 1))

    def _badges(self, axes: Axes, badges: Counter[str], room: Room) -> None:
        """Set what is known to the country only beside the country's label point, as a number in a pill."""
        labels = {row.iso: row.geometry for row in layer("states", self.view).itertuples()}
        size = 6.2 * self.look.scale
        for iso, count in sorted(badges.items()):
            at = self.frame.place(labels[iso].x, labels[iso].y) if iso in labels else None
            if at is None:
                continue
            text = f"country · {count}" if self.named else str(count)
            colour = self.look.second
            if self.dim and self.selected:  # what is spoken of; the others have no badge then
                colour = self.look.selection
                text = self._said if self.named else text
            wide, high = width_of(text, size, "sans") / 2 + 4, size * 0.75
            for down in (14, -14, 26, -26, 40):
                x, y = at[0], at[1] - down * self.look.scale
                box = (x - wide, y - high, x + wide, y + high)
                if room.free(box):
                    room.take(box)
                    self._pill(axes, x, y, wide, high, text, colour)
                    break

    def _pill(self, axes: Axes, x: float, y: float, wide: float, high: float, text: str, colour: str) -> None:
        look, style = self.look, f"round,pad=0,rounding_size={high}"
        corner = (x - wide, y - high)
        axes.add_patch(
            FancyBboxPatch(
                corner, 2 * wide, 2 * high, fc=look.paper, ec=colour, lw=0.7, boxstyle=style, zorder=18
            )
        )
        axes.text(
            x, y + 0.4, text, ha="center", va="center_baseline", fontsize=high / 0.75, color=colour,
            fontproperties=font("sans"), zorder=18.1,
        )  # fmt: skip

    def _name(self, axes: Axes, project: Project, x: float, y: float, room: Room) -> None:
        """Name the project that is spoken of, once, however many places it has."""
        if not self.named:
            return
        style = Style("semibold", 8.2 * self.look.scale, self.look.selection)
        gap = self.radius * 2.4 + 5
        if beside(axes, _cut(project.title), (x, y), style, self.look, room, gap):
            self.named = False


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_NAME else title[: LONGEST_NAME - 2].rsplit(" ", 1)[0] + " …"


def parts_of(shape: BaseGeometry | None, kinds: tuple[str, ...]) -> list[BaseGeometry]:
    """Return the simple parts of some kinds ("LineString", "Polygon") of a geometry, however nested."""
    if shape is None or shape.is_empty:
        return []
    found: list[BaseGeometry] = []
    for part in shapely.get_parts(shape):
        if part.geom_type in kinds:
            found.append(part)
        elif part.geom_type.startswith(("Multi", "Geometry")):
            found += parts_of(part, kinds)
    return found


def polygons_of(shape: BaseGeometry | None) -> list[shapely.Polygon]:
    """Return the polygons of a geometry, however nested."""
    return [part for part in parts_of(shape, ("Polygon",)) if isinstance(part, shapely.Polygon)]


def _along(line: np.ndarray, step: float) -> list[tuple[float, float]]:
    shape = shapely.LineString(line)
    return [(p.x, p.y) for p in (shape.interpolate(d) for d in np.arange(0, shape.length, step))]


def _middle(line: np.ndarray) -> tuple[float, float]:
    point = shapely.LineString(line).interpolate(0.5, normalized=True)
    return point.x, point.y
