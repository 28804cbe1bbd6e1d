"""Colours, fonts and sizes of printed plates: those of the pages, on white."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from matplotlib.font_manager import FontProperties
from PIL import ImageFont

MEASURED = 100
"""Points; large, so that rounding does not count."""
FONTS = {
    "sans": "Inter-Regular.ttf",
    "semibold": "Inter-SemiBold.ttf",
    "serif": "SourceSerif4-Regular.ttf",
    "serif-semibold": "SourceSerif4-SemiBold.ttf",
    "italic": "SourceSerif4-Italic.ttf",
}


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of one scheme; ``scale`` enlarges type and marks for slides that are read from afar."""

    paper: str = "#FFFFFF"
    land: str = "#F1EEE6"
    water: str = "#D9E4EA"
    border: str = "#B8B0A2"
    inner: str = "#DAD3C5"
    river: str = "#BFD0DA"
    ink: str = "#1C2126"
    second: str = "#5A646D"
    hairline: str = "#E3DFD6"
    selection: str = "#C8102E"
    hatch: str = "#8C867A"
    halo: str = "#F1EEE6"
    dark: bool = False
    scale: float = 1.0


DARK = Look(
    "#14181B", "#20262A", "#11161A", "#4A545B", "#333C42", "#1D2A33", "#E8EAEB", "#9AA5AC", "#2A3136", "#FF6B6B",
    "#6C767D", "#20262A", True,
)  # fmt: skip


@cache
def font(name: str) -> FontProperties:
    """Return one of the fonts that ship with the package."""
    return FontProperties(fname=str(files("geodata").joinpath("fonts", FONTS[name])))


@cache
def measure(name: str) -> ImageFont.FreeTypeFont:
    """Return a font that tells the width of words at the size ``MEASURED``."""
    return ImageFont.truetype(str(files("geodata").joinpath("fonts", FONTS[name])), MEASURED)
