"""Small pictures of scenes for the list of a brief: drawn when a browser asks for one, then kept in the user's cache.

A picture's name is made of what it shows, so that a scene that did not change is never drawn again.
"""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path

from dashboard.columns import cache_folder, write_whole
from geodata.export.slides import Slide

SIZE = (2.24, 1.4)
"""Inches at 100 dots: twice the pixels that the page gives it."""
SCALE = 0.72
MOST_KNOWN = 200
"""Slides remembered until both of their pictures are drawn."""
UNUSED_SECONDS = 30 * 24 * 3600
_FORMAT = 2
"""Raised whenever pictures are drawn differently."""
_KNOWN: OrderedDict[str, Slide] = OrderedDict()
_LOCK = threading.Lock()
_DRAWING = threading.Lock()


def name_of(slide: Slide) -> str:
    """Return the name of a slide's picture, and remember the slide for when it is asked for."""
    shown = [
        (p.id, p.type, p.status, bool(p.conflicts), [(c.lat, c.lon, c.precision, c.role) for c in p.places])
        for p in slide.projects
    ]
    shapes = [p.geometry.bounds for p in slide.projects if p.geometry is not None and not p.geometry.is_empty]
    parts = (_FORMAT, slide.extent, slide.borders, slide.selected, shown, shapes)
    name = hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
    if _drawn_both(name):
        return name
    with _LOCK:
        _KNOWN[name] = slide
        _KNOWN.move_to_end(name)
        while len(_KNOWN) > MOST_KNOWN:
            _KNOWN.popitem(last=False)
    return name


def picture(name: str, *, dark: bool) -> bytes | None:
    """Return a picture as PNG; ``None`` where no slide of that name was shown."""
    path = _path(name, dark=dark)
    with contextlib.suppress(OSError):
        return path.read_bytes()
    with _LOCK:
        slide = _KNOWN.get(name)
    if slide is None:
        return None
    with _DRAWING:  # one after the other: they share a processor with everybody's pages
        drawn = _drawn(slide, dark=dark)
        write_whole(path, drawn)
        _sweep()
    if _drawn_both(name):
        with _LOCK:
            _KNOWN.pop(name, None)
    return drawn


def _drawn(slide: Slide, *, dark: bool) -> bytes:
    from geodata.export.maps import DARK, Look, draw_map

    return draw_map(
        slide.projects,
        extent=slide.extent,
        size=SIZE,
        dpi=100,
        borders=slide.borders,
        selected=slide.selected,
        dim=bool(slide.selected),
        look=replace(DARK if dark else Look(), scale=SCALE),
        strip=False,
        names=False,
    )


def _path(name: str, *, dark: bool) -> Path:
    folder = cache_folder().parent / "thumbs"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder / f"{name}{'-dark' if dark else ''}.png"


def _drawn_both(name: str) -> bool:
    return all(_path(name, dark=dark).exists() for dark in (False, True))


def _sweep() -> None:
    """Remove pictures that were drawn long ago."""
    for path in _path("none", dark=False).parent.glob("*.png"):
        if time.time() - path.stat().st_mtime > UNUSED_SECONDS:
            path.unlink(missing_ok=True)
