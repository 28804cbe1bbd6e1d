"""Texts in, evidence-linked places and projects out."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.ingesting import IngestReport, Progress
    from geodata.records import Toponym
    from geodata.store import Store

__all__ = ["geoparse", "ingest", "open_store"]

# What these functions need is imported when they are called: the language model alone takes two seconds.


def geoparse(text: str) -> list[Toponym]:
    """Return the names of places in a text, resolved. Model and gazetteer are opened at the first call."""
    from geodata.geoparsing import geoparse as run

    return run(text)


def open_store(path: str | os.PathLike[str], *, read_only: bool = False) -> Store:
    """Open a workspace, made new where there is none. See `geodata.store.open_store`."""
    from geodata.store import open_store as run

    return run(path, read_only=read_only)


def ingest(
    paths: Sequence[Path | str],
    store: Store,
    *,
    force: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> IngestReport:
    """Read files and folders into a store: only what changed. See `geodata.ingesting.ingest`."""
    from geodata.ingesting import ingest as run

    return run(paths, store, force=force, progress=progress)
