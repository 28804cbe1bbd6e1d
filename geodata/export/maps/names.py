"""Names on a plate: greedy placement by weight, so that no two collide and none lies on a mark.

The habit is that of printed atlases (Imhof 1975): areas in spaced capitals on themselves, waters in italics, towns
beside their dot, the right side first.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import shapely
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from shapely.geometry.base import BaseGeometry
from shapely.ops import polylabel

from geodata.export.maps.frame import Frame
from geodata.export.maps.layers import layer
from geodata.export.maps.look import MEASURED, Look, font, measure

Box = tuple[float, float, float, float]
TOWN_DOT = 1.4
PAD = 1.5
SPACE = "\u200a\u2009"
"""Between the capitals of a state's name: a hair and a thin space."""
SLIVER = 0.03
"""Share of the paper below which a state whose middle is not seen gets no name."""
GAPS = (TOWN_DOT + 1.5, 8.0, 12.0)
"""Between a point and its name, in points: beside its dot, else beside the mark that lies on it."""


@dataclass
class Room:
    """What is taken on the paper; a grid keeps the look-up quick."""

    width: float
    height: float
    cell: float = 60.0
    taken: dict[tuple[int, int], list[Box]] = field(default_factory=dict)

    def free(self, box: Box) -> bool:
        """Tell whether a box lies on the paper and on nothing else."""
        if box[0] < 2 or box[1] < 2 or box[2] > self.width - 2 or box[3] > self.height - 2:
            return False
        return not any(
            _overlap(box, other) for cell in self._cells(box) for other in self.taken.get(cell, ())
        )

    def take(self, box: Box) -> None:
        """Keep a box from being used again."""
        for cell in self._cells(box):
            self.taken.setdefault(cell, []).append(box)

    def _cells(self, box: Box) -> Iterator[tuple[int, int]]:
        return itertools.product(
            range(int(box[0] // self.cell), int(box[2] // self.cell) + 1),
            range(int(box[1] // self.cell), int(box[3] // self.cell) + 1),
        )


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def width_of(text: str, size: float, name: str) -> float:
    """Return how wide a line of text is, in points."""
    return measure(name).getlength(text) * size / MEASURED


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of name is set."""

    font: str
    size: float
    colour: str
    spaced: bool = False


def draw_names(axes: Axes, frame: Frame, view: str, look: Look, room: Room) -> None:
    """Set the names of states, disputed areas, seas and towns, weightiest first, where there is room."""
    _countries(axes, frame, view, look, room)
    _areas(axes, frame, view, look, room)
    _seas(axes, frame, look, room)
    _towns(axes, frame, look, room)


def _countries(axes: Axes, frame: Frame, view: str, look: Look, room: Room) -> None:
    style = Style("semibold", 7.5 * look.scale, look.second, spaced=True)
    table = layer("states", view)
    # A small country is named only where the scale gives it room.
    for row in table.itertuples():
        if row.size + 2 * frame.zoom < 12.5:
            continue
        at = frame.place(row.geometry.x, row.geometry.y) or _visible_middle(row.iso, frame, view)
        if at is not None:
            _on(axes, row.name.upper(), at, style, look, room)


@lru_cache(maxsize=8)
def _outlines(view: str) -> Mapping[str, BaseGeometry]:
    table = layer("countries", view)
    return dict(zip(table["iso"], table.geometry, strict=True))


def _visible_middle(iso: str, frame: Frame, view: str) -> tuple[float, float] | None:
    """Return the middle of what is seen of a state whose label point lies off the paper; ``None`` for a sliver."""
    if frame.world:
        return None
    shape = _outlines(view).get(iso)
    if shape is None or not shape.intersects(frame.geographic):
        return None
    shape = frame.project(shape)
    seen = shapely.intersection(shapely.make_valid(shape), shapely.box(0, 0, frame.width, frame.height))
    largest = max(shapely.get_parts(seen), key=lambda part: part.area, default=None)
    if (
        largest is None
        or largest.geom_type != "Polygon"
        or largest.area < SLIVER * frame.width * frame.height
    ):
        return None
    middle = polylabel(largest, tolerance=4.0)
    return middle.x, middle.y


def _areas(axes: Axes, frame: Frame, view: str, look: Look, room: Room) -> None:
    style = Style("sans", 6.8 * look.scale, look.second)
    for row in layer("disputed", view, 1).itertuples():
        at = frame.place(row.lon, row.lat) if row.zoom <= frame.zoom + 0.5 else None
        if at is not None:
            _on(axes, row.label, at, style, look, room)


def _seas(axes: Axes, frame: Frame, look: Look, room: Room) -> None:
    style = Style("italic", 8.5 * look.scale, "#5E7F92" if not look.dark else "#6F8CA0")
    for row in layer("seas").itertuples():
        at = frame.place(row.geometry.x, row.geometry.y) if row.first <= frame.zoom <= row.last + 1 else None
        if at is not None:
            _on(axes, row.name, at, style, look, room)


def _towns(axes: Axes, frame: Frame, look: Look, room: Room) -> None:
    for row in layer("towns").itertuples():
        if row.zoom > frame.zoom - 0.2:
            continue
        at = frame.place(row.geometry.x, row.geometry.y)
        if at is None:
            continue
        style = Style("sans", (7.2 if row.capital else 6.6) * look.scale, look.ink)
        alone = room.free((at[0] - 2, at[1] - 2, at[0] + 2, at[1] + 2))
        gaps = GAPS[:1] if alone else GAPS[1:]
        if any(beside(axes, row.name, at, style, look, room, gap * look.scale) for gap in gaps) and alone:
            axes.plot(*at, "o", ms=TOWN_DOT * 1.6, mfc=look.paper, mec=look.second, mew=0.6, zorder=8)


def _on(axes: Axes, text: str, at: tuple[float, float], style: Style, look: Look, room: Room) -> bool:
    """Set a name centred on its point, in one line or two, a little up or down where it must."""
    shown = SPACE.join(text) if style.spaced else text
    for words in (shown, *_two_lines(shown, style)):
        lines = words.split("\n")
        wide = max(width_of(line, style.size, style.font) for line in lines) / 2 + PAD
        high = style.size * 0.62 * len(lines)
        for dx, dy in (
            (0, 0),
            (0, high),
            (0, -high),
            (wide / 2, 0),
            (-wide / 2, 0),
            (0, 2 * high),
            (0, -2 * high),
        ):
            x, y = at[0] + dx, at[1] + dy
            box = (x - wide, y - high, x + wide, y + high)
            if room.free(box):
                room.take(box)
                axes.text(
                    x, y, words, ha="center", va="center", color=style.colour, fontproperties=font(style.font),
                    fontsize=style.size, linespacing=1.15, zorder=9, path_effects=_halo(look, style),
                )  # fmt: skip
                return True
    return False


def _two_lines(text: str, style: Style) -> Sequence[str]:
    gap = f"{SPACE} {SPACE}" if style.spaced else " "
    parts = text.split(gap)
    if len(parts) < 2:
        return ()
    middle = min(range(1, len(parts)), key=lambda i: abs(len(gap.join(parts[:i])) - len(gap.join(parts[i:]))))
    return (gap.join(parts[:middle]) + "\n" + gap.join(parts[middle:]),)


def beside(
    axes: Axes, text: str, at: tuple[float, float], style: Style, look: Look, room: Room, gap: float
) -> bool:
    """Set a name beside a point: right, left, above, below, where there is room; tell whether there was."""
    wide, high = width_of(text, style.size, style.font), style.size * 0.56
    x, y = at
    spots = (
        (x + gap, y, "left"), (x - gap, y, "right"), (x, y + gap + high, "center"), (x, y - gap - high, "center"),
        (x + gap * 0.8, y + high, "left"), (x + gap * 0.8, y - high, "left"),
    )  # fmt: skip
    for left, middle, side in spots:
        start = {"left": left, "right": left - wide, "center": left - wide / 2}[side]
        box = (start - PAD, middle - high - 0.5, start + wide + PAD, middle + high + 0.5)
        if room.free(box):
            room.take(box)
            room.take((x - TOWN_DOT, y - TOWN_DOT, x + TOWN_DOT, y + TOWN_DOT))
            axes.text(
                left, middle, text, ha=side, va="center_baseline", color=style.colour, fontsize=style.size,
                fontproperties=font(style.font), zorder=9, path_effects=_halo(look, style),
            )  # fmt: skip
            return True
    return False


def _halo(look: Look, style: Style) -> list[withStroke]:
    return [] if style.font == "italic" else [withStroke(linewidth=1.6, foreground=look.halo)]
