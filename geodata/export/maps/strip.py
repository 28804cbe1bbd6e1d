"""The strip below a plate: legend, scale bar, north, boundary view, date, sources, attribution."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from geodata import boundaries
from geodata.export.maps.frame import Frame
from geodata.export.maps.look import Look, font
from geodata.export.maps.marks import Symbol, draw_symbol, symbol_of
from geodata.export.maps.names import width_of
from geodata.records import Project
from geodata.vocabulary import Vocabulary
from geodata.wording import FILLS

HEIGHT = 40.0
"""Points, at scale 1: two lines."""
GAP = 12.0
"""Between the words at the left and the attribution."""
SMALLEST, MOST_NEEDED = 0.86, 3
"""Words are set so much smaller before one of them is left out; view, texts and date always stand there."""
NICE_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
THIN = "\u2009"


def draw_strip(
    axes: Axes, frame: Frame, view: str, look: Look, projects: Sequence[Project], vocabulary: Vocabulary, *,
    date: str, sources: int, attribution: str,
) -> None:  # fmt: skip
    """Draw the strip into axes whose units are points from its lower left corner."""
    size = 6.8 * look.scale
    upper, lower = HEIGHT * look.scale * 0.7, HEIGHT * look.scale * 0.27
    _legend(axes, upper, size, look, projects, vocabulary)
    _scale_bar(axes, frame, upper, size, look)
    texts = "1 text" if sources == 1 else f"{sources} texts"
    parts = [boundaries.view(view).strip, _certainty(projects), texts, date]
    room = frame.width - 16 - GAP
    left, small = _fitted([part for part in parts if part], attribution, size, room)
    _say(axes, 8, lower, left, small, look)
    _say(axes, frame.width - 8, lower, attribution, small, look, side="right")


def _fitted(parts: list[str], right: str, size: float, room: float) -> tuple[str, float]:
    """Return the words at the left and the size at which they and those at the right stand in one line."""
    left = " · ".join(parts)
    needed = width_of(left, size, "sans") + width_of(right, size, "sans")
    if needed <= room:
        return left, size
    if needed * SMALLEST > room and len(parts) > MOST_NEEDED:
        return _fitted([parts[0], *parts[2:]], right, size, room)
    return left, size * room / needed


def _say(axes: Axes, x: float, y: float, text: str, size: float, look: Look, side: str = "left") -> None:
    axes.text(
        x,
        y,
        text,
        ha=side,
        va="center_baseline",
        fontsize=size,
        color=look.second,
        fontproperties=font("sans"),
    )


def _certainty(projects: Sequence[Project]) -> str:
    routes = any(p.role in ("endpoint", "waypoint") for project in projects for p in project.places)
    return "dashed routes are indicative" if routes else ""


def _legend(
    axes: Axes, y: float, size: float, look: Look, projects: Sequence[Project], vocabulary: Vocabulary
) -> None:
    r = 3.0 * look.scale
    x = 8 + r
    used = {vocabulary.group_of(project.type).id for project in projects}
    room = axes.get_xlim()[1] - 130 * look.scale
    entries = [
        (Symbol(g.shape, g.colour_dark if look.dark else g.colour, "full"), g.label)
        for g in vocabulary.groups.values() if g.id in used
    ]  # fmt: skip
    fills = {symbol_of(project, vocabulary, look).fill for project in projects}
    entries += [(Symbol("circle", look.second, fill), label) for fill, label in FILLS if fill in fills]
    for symbol, label in entries:
        wide = width_of(label, size, "sans")
        if x + r + 4 + wide > room:
            break
        draw_symbol(axes, x, y, r, symbol, look)
        axes.text(
            x + r + 4,
            y,
            label,
            ha="left",
            va="center_baseline",
            fontsize=size,
            color=look.ink,
            fontproperties=font("sans"),
        )
        x += r + 4 + wide + 10 * look.scale + r


def _scale_bar(axes: Axes, frame: Frame, y: float, size: float, look: Look) -> None:
    """Draw the longest round distance that takes at most 90 points, and where north is."""
    right = frame.width - 8
    km = max((k for k in NICE_KM if k * 1000 / frame.metres_a_point <= 80 * look.scale), default=NICE_KM[0])
    long = km * 1000 / frame.metres_a_point
    north = 10 * look.scale
    axes.annotate(
        "",
        (right - 3, y + 6),
        (right - 3, y - 6),
        arrowprops={"arrowstyle": "-|>", "color": look.second, "lw": 0.8},
    )
    _say(axes, right - 8, y, "N", size, look, side="right")
    end = right - 2 * north - 8
    text = f"{km:,} km".replace(",", THIN)
    axes.plot([end - long, end], [y - 4, y - 4], color=look.second, lw=0.8)
    for x in (end - long, end):
        axes.plot([x, x], [y - 6.5, y - 1.5], color=look.second, lw=0.8)
    axes.text(
        end - long / 2,
        y + 3,
        text,
        ha="center",
        va="center_baseline",
        fontsize=size,
        color=look.second,
        fontproperties=font("sans"),
    )
