"""The formats there are, and the one function that writes a file."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from geodata.errors import DatelineError
from geodata.export import csvfile, geojson, gpkg
from geodata.export.content import Content


class ExportError(DatelineError):
    """A file that could not be written."""


@dataclass(frozen=True, slots=True)
class Writer:
    """One format."""

    label: str
    """What the page and ``dateline export list`` call it."""
    suffix: str
    media_type: str
    write: Callable[[Content, Path], None]


FORMATS: Mapping[str, Writer] = MappingProxyType(
    {
        "geojson": Writer("GeoJSON (RFC 7946)", ".geojson", "application/geo+json", geojson.write),
        "csv": Writer("CSV, one row a project", ".csv", "text/csv", csvfile.write),
        "gpkg": Writer("GeoPackage for QGIS", ".gpkg", "application/geopackage+sqlite3", gpkg.write),
    }
)


def write(format: str, content: Content, out: Path) -> None:
    """Write a file of one of `FORMATS`; what was there is replaced only by a whole one.

    Raises
    ------
    ExportError
        Where it could not be written.
    """
    writer = FORMATS[format]
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".dateline-") as folder:
            partial = Path(folder) / f"partial{writer.suffix}"
            writer.write(content, partial)
            with contextlib.suppress(OSError), partial.open("rb") as file:
                os.fsync(file.fileno())
            partial.replace(out)
    except OSError as error:
        raise ExportError(f"{out}: {error.strerror or error}; nothing was written.") from error
