"""Texts in, evidence-linked places and projects out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.records import Toponym
from geodata.store import Store, open_store

if TYPE_CHECKING:
    from geodata.pipeline import IngestReport, Progress

__all__ = ["Store", "geoparse", "ingest", "open_store"]


def geoparse(text: str) -> list[Toponym]:
    """Return the names of places in a text, resolved. Model and gazetteer are opened at the first call."""
    from geodata.geoparsing import geoparse as run

    return run(text)


def ingest(
    paths: Sequence[Path | str],
    store: Store,
    *,
    force: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> IngestReport:
    """Read files and folders into a store: only what changed. See `geodata.pipeline.ingest`."""
    from geodata.pipeline import ingest as run

    return run(paths, store, force=force, progress=progress)
