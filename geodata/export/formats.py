"""The formats there are, and the one function that writes a file."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from lxml.etree import SerialisationError

from geodata.errors import DatelineError
from geodata.export.content import Content


class ExportError(DatelineError):
    """A file that could not be written."""


Step = Callable[[int, int], None]
"""Called before each slide with its number, from 1, and how many there are."""


def silent(number: int, total: int) -> None:
    """Say nothing of how far it is."""


@dataclass(frozen=True, slots=True)
class Writer:
    """One format."""

    label: str
    """What the page and ``dateline export list`` call it."""
    suffix: str
    media_type: str
    write: Callable[[Content, Path, Step], None]


def _module(name: str, verb: str = "write") -> Callable[[Content, Path, Step], None]:
    """Return the ``write`` of a module of this room; it is imported when it is used, for some take seconds."""

    def write(content: Content, path: Path, step: Step) -> None:
        getattr(import_module(f"geodata.export.{name}"), verb)(content, path)

    return write


def _slides(name: str, verb: str = "write") -> Callable[[Content, Path, Step], None]:
    """Return the ``write`` of a module that draws slide by slide, and says how far it is."""

    def write(content: Content, path: Path, step: Step) -> None:
        getattr(import_module(f"geodata.export.{name}"), verb)(content, path, step)

    return write


FORMATS: Mapping[str, Writer] = MappingProxyType(
    {
        "geojson": Writer("GeoJSON (RFC 7946)", ".geojson", "application/geo+json", _module("geojson")),
        "csv": Writer("CSV, one row a project", ".csv", "text/csv", _module("csvfile")),
        "xlsx": Writer(
            "Excel workbook",
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _module("sheets"),
        ),
        "kml": Writer("KML for Google Earth", ".kml", "application/vnd.google-earth.kml+xml", _module("kml")),
        "geoparquet": Writer(
            "GeoParquet 1.1", ".parquet", "application/vnd.apache.parquet", _module("geoparquet")
        ),
        "png": Writer("Picture of the map, or of the first scene", ".png", "image/png", _module("picture")),
        "picture": Writer(
            "Pictures, one a scene (ZIP)", ".zip", "application/zip", _slides("picture", "write_all")
        ),
        "pptx": Writer(
            "Slides (PowerPoint)",
            ".pptx",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            _slides("pptx"),
        ),
        "pdf": Writer("Handout (PDF)", ".pdf", "application/pdf", _slides("pdf")),
        "html": Writer("Web page that works offline", ".html", "text/html", _module("webpage")),
        "gpkg": Writer("GeoPackage for QGIS", ".gpkg", "application/geopackage+sqlite3", _module("gpkg")),
    }
)


_PARTIAL = ".dateline-partial-"
ROOM = 1_000_000
"""Bytes without which not even a small file of some formats can be written."""
_STALE_SECONDS = 3600.0
"""No export takes an hour; a folder older than that was left by one that was killed."""


def _sweep(folder: Path) -> None:
    """Take away what exports that were killed left half-written."""
    for left in folder.glob(f"{_PARTIAL}*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(left)


def write(format: str, content: Content, out: Path, step: Step = silent) -> None:
    """Write a file of one of `FORMATS`; what was there is replaced only by a whole one.

    ``step`` hears of every slide that is drawn.

    Raises
    ------
    ExportError
        Where it could not be written.
    """
    writer = FORMATS[format]
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _sweep(out.parent)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=_PARTIAL) as folder:
            partial = Path(folder) / f"partial{writer.suffix}"
            writer.write(content, partial, step)
            with contextlib.suppress(OSError), partial.open("rb") as file:
                os.fsync(file.fileno())
            partial.replace(out)
    except OSError as error:
        raise ExportError(f"{out}: {error.strerror or error}; nothing was written.") from error
    except (RuntimeError, SerialisationError) as error:  # libraries that hide what the system said
        raise ExportError(f"{out}: {_why(error, out.parent)}; nothing was written.") from error


def _why(error: Exception, folder: Path) -> str:
    """Say why a library could not write: the disk is full, or the library's own words."""
    if any(shutil.disk_usage(place).free < ROOM for place in (folder, tempfile.gettempdir())):
        return os.strerror(errno.ENOSPC)
    return str(error).partition("\n")[0] or os.strerror(errno.EIO)
