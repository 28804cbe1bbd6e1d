"""The map's columns of a scene that is kept as it was: its projects as they stood, in a column file of their own.

They are saved into a store that lasts as long as it takes to read it, so that they are drawn by the same code as all
others.
"""

from __future__ import annotations

import gzip
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dashboard.columns import FORMAT, build, cache_folder, write_whole
from geodata.export.kept import Kept
from geodata.records import Claim, Document, Event, Project, Reading
from geodata.store import open_store
from geodata.vocabulary import load_vocabulary

UNUSED_SECONDS = 7 * 24 * 3600
"""A file that no page asked for in a week goes; it is made again when it is needed."""


def kept_columns_url(kept: Kept) -> str:
    """Return where the map's frame fetches the columns of a scene that is kept as it was."""
    return f"../dashboard.mapview.columns/kept/{column_file(kept).name}"


def column_file(kept: Kept) -> Path:
    """Return the column file of a state, made where the cache does not hold it."""
    folder = cache_folder() / "kept"
    folder.mkdir(exist_ok=True, mode=0o700)
    path = folder / f"{FORMAT}-{kept.name}.bin.gz"
    if path.exists():
        os.utime(path)
        return path
    for old in folder.glob("*.bin.gz"):
        if time.time() - old.stat().st_mtime > UNUSED_SECONDS:
            old.unlink(missing_ok=True)
    write_whole(path, _made(kept))
    return path


def _made(kept: Kept) -> bytes:
    with (
        tempfile.TemporaryDirectory(prefix="dateline-") as name,
        open_store(Path(name) / "kept.gpkg") as store,
    ):
        projects = [_tied(project) for project in kept.projects]
        told = sorted({claim.document for project in projects for claim in project.claims})
        for id_ in told:
            document = kept.documents.get(id_) or Document(id_, "", "", "")
            store.save(Reading(document, events=tuple(_events(projects, id_))))
        store.save_projects(projects)
        return gzip.compress(build(store, load_vocabulary()), 1, mtime=0)


def _tied(project: Project) -> Project:
    """Return a project whose claims hang on one event of each text, as a store wants them."""
    tied = {claim.id: replace(claim, event=f"{project.id}/{claim.document}") for claim in project.claims}

    def those(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return tuple(tied[claim.id] for claim in claims)

    return replace(
        project,
        claims=tuple(tied.values()),
        events=tuple(dict.fromkeys(claim.event for claim in tied.values())),
        places=those(project.places),
        actors=those(project.actors),
        dates=those(project.dates),
        values=those(project.values),
    )


def _events(projects: list[Project], document: str) -> Iterator[Event]:
    for project in projects:
        claims = tuple(claim for claim in project.claims if claim.document == document)
        if claims:
            yield Event(claims[0].event, document, project.type, claims)
