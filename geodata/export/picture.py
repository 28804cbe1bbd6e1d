"""PNG: the map of a filter or a scene, with legend, scale, north, borders and attribution; all scenes in one ZIP."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

from geodata.export.content import Content
from geodata.export.formats import Step, silent
from geodata.export.maps import Look, draw_map
from geodata.export.slides import Slide
from geodata.export.texts import corpus_lines, file_stem, plain
from geodata.wording import date_words

SIZE = (11.0, 7.0)
"""Inches."""
DPI = 220


def write(content: Content, path: Path) -> None:
    """Write the first slide's map."""
    slide = content.slides[0] if content.slides else Slide("", projects=content.projects)
    path.write_bytes(map_of(slide, content, size=SIZE, dpi=DPI))


def write_all(content: Content, path: Path, step: Step = silent) -> None:
    """Write a ZIP with the map of each slide, named by its number and headline, and a note of what they rest on."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for number, slide in enumerate(content.slides, start=1):
            step(number, len(content.slides))
            name = f"{number:02}-{file_stem(slide.headline, 'scene')}.png"
            archive.writestr(_entry(name, content), map_of(slide, content, size=SIZE, dpi=DPI))
        archive.writestr(_entry("about.txt", content), _about(content))


def _entry(name: str, content: Content) -> zipfile.ZipInfo:
    """Return a member of the archive that was made when the content was, so that files can be compared."""
    made = datetime.fromisoformat(content.made_at) if content.made_at else datetime(1980, 1, 1)
    info = zipfile.ZipInfo(name, max(made.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
    info.external_attr = 0o644 << 16
    return info


def _about(content: Content) -> str:
    slides = [
        f"{number:02}  {' · '.join(part for part in (s.headline, s.caption, s.filter, s.as_of) if part)}"
        for number, s in enumerate(content.slides, start=1)
    ]
    facts = [f"{label}: {value}" for label, value in content.about().items()]
    return plain("\n".join([*facts, "", *slides, "", *corpus_lines(content), ""]))


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
        date=slide.as_of or date_words(content.made_at[:10]),
        strip=strip,
    )
