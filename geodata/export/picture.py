"""PNG: the map of a filter, or of the first scene of a brief, with legend, scale, north, borders and attribution."""

from __future__ import annotations

from pathlib import Path

from geodata.export.content import Content
from geodata.export.maps import Look, draw_map
from geodata.export.slides import Slide
from geodata.wording import date_words

SIZE = (11.0, 7.0)
"""Inches."""
DPI = 220


def write(content: Content, path: Path) -> None:
    """Write the first slide's map."""
    slide = content.slides[0] if content.slides else Slide("", projects=content.projects)
    path.write_bytes(map_of(slide, content, size=SIZE, dpi=DPI))


def map_of(
    slide: Slide,
    content: Content,
    *,
    size: tuple[float, float],
    dpi: int,
    scale: float = 1.0,
    strip: bool = True,
) -> bytes:
    """Return the map of a slide as PNG; what is not spoken of is dimmed."""
    return draw_map(
        slide.projects,
        extent=slide.extent,
        size=size,
        dpi=dpi,
        borders=slide.borders,
        selected=slide.selected,
        dim=bool(slide.selected),
        look=Look(scale=scale),
        date=date_words(content.made_at[:10]),
        strip=strip,
    )
