"""Texts that come through the browser: read one batch after the other in a thread, while the pages go on.

What became of each file stays until somebody puts it away, in this process, for all sessions: a message about a
file must outlive a reload of the page.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Literal

from geodata.errors import DatelineError
from geodata.plan import UPLOADED, unique_id
from geodata.store import Store

State = Literal["waiting", "reading", "read", "unchanged", "failed"]
LONGEST_NAME = 180
"""Bytes of a file's name; file systems take 255, and the store adds to it."""


@dataclass(slots=True)
class Item:
    """One file and what became of it."""

    name: str
    state: State = "waiting"
    reason: str = ""
    document: str = ""
    places: int = 0
    projects: int = 0


@dataclass(slots=True)
class Batch:
    """Files that were given together, or a merge after an edit (no files)."""

    id: int
    items: list[Item] = field(default_factory=list)
    step: Literal["waiting", "reading", "merging", "done"] = "waiting"
    error: str = ""


class Uploads:
    """The batches of one store, oldest first."""

    def __init__(self) -> None:
        self._batches: list[Batch] = []
        self._ids = count(1)
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(1, "uploads")

    @property
    def busy(self) -> bool:
        """Whether something is being read or merged."""
        with self._lock:
            return any(batch.step != "done" for batch in self._batches)

    def add(self, files: Sequence[tuple[str, bytes]], store: Store) -> Batch:
        """Read files (name and bytes) into a store; returns at once."""
        names: list[str] = []
        for name, _ in files:
            names.append(_unlike(plain_name(name), names))
        batch = Batch(next(self._ids), [Item(name) for name in names])
        return self._queue(batch, store, [data for _, data in files])

    def merge(self, store: Store) -> Batch:
        """Bring the projects up to date after an edit; returns at once."""
        return self._queue(Batch(next(self._ids)), store, [])

    def _queue(self, batch: Batch, store: Store, contents: Sequence[bytes]) -> Batch:
        with self._lock:
            self._batches.append(batch)
        self._pool.submit(self._work, batch, store, contents)
        return batch

    def _work(self, batch: Batch, store: Store, contents: Sequence[bytes]) -> None:
        try:
            _read(batch, store, contents) if batch.items else _merge(batch, store)
        except DatelineError as error:
            batch.error = str(error)
        except OSError as error:
            batch.error = f"The files could not be kept while they were read ({error.strerror})."
        except Exception as error:  # whatever happens, the page must hear of it
            batch.error = f"Something went wrong ({type(error).__name__}: {error}). Please report it."
        finally:
            for item in batch.items:
                if item.state in ("waiting", "reading"):
                    item.state, item.reason = "failed", item.reason or batch.error or "it was not read"
            batch.step = "done"

    def dismiss(self, id: int) -> None:
        """Put a batch that is done away."""
        with self._lock:
            self._batches = [b for b in self._batches if b.id != id or b.step != "done"]

    def data(self) -> list[dict[str, Any]]:
        """Return the batches that have something to say, for the browser."""
        with self._lock:
            batches = list(self._batches)
        return [
            {
                "id": b.id,
                "step": b.step,
                "error": b.error,
                "files": [
                    {"name": i.name, "state": i.state, "reason": i.reason, "document": i.document}
                    | {"places": i.places, "projects": i.projects}
                    for i in b.items
                ],
            }
            for b in batches
            if b.items or b.error or b.step != "done"
        ]


@cache
def uploads(path: Path) -> Uploads:
    """Return the batches of the store at a path."""
    return Uploads()


def plain_name(name: str) -> str:
    """Return a file name without a folder or control characters, short enough for any file system."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c for c in name if c.isprintable()).strip().lstrip(".") or "text.txt"
    stem, suffix = os.path.splitext(name)
    while len((stem + suffix).encode()) > LONGEST_NAME and (stem or suffix):
        stem, suffix = (stem[:-1], suffix) if stem else ("", suffix[:-1])
    return stem + suffix


def _unlike(name: str, others: Sequence[str]) -> str:
    stem, suffix = os.path.splitext(name)
    taken = {os.path.splitext(other)[0] for other in others if os.path.splitext(other)[1] == suffix}
    return unique_id(stem, taken) + suffix


def _read(batch: Batch, store: Store, contents: Sequence[bytes]) -> None:
    """Write the files down under their names, read them, and note what became of each."""
    from geodata.ingesting import Progress, ingest

    by_name = {item.name: item for item in batch.items}

    def heard(progress: Progress) -> None:
        if progress.step == "merging":
            batch.step = "merging"
            return
        item = by_name.get(Path(progress.file).name)
        if item is not None:
            item.state = "failed" if progress.failure else "read"
            item.reason = progress.failure
        _next(batch)

    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        paths = [Path(folder) / item.name for item in batch.items]
        for path, data in zip(paths, contents, strict=True):
            path.write_bytes(data)
        batch.step = "reading"
        _next(batch)
        ingest(paths, store, uploaded=True, progress=heard)
    _settle(batch, store)


def _next(batch: Batch) -> None:
    """Say which file is being read now."""
    for item in batch.items:
        if item.state == "reading":
            return
        if item.state == "waiting":
            item.state = "reading"
            return


def _settle(batch: Batch, store: Store) -> None:
    """Note which document each file became, and what was found in it."""
    ids = {source.source: source.id for source in store.sources()}
    rows = {row.id: row for row in store.document_table().itertuples()}
    for item in batch.items:
        if item.state == "failed":
            continue
        item.state = "read" if item.state == "read" else "unchanged"
        item.document = ids.get(f"{UPLOADED}{item.name}", "")
        row = rows.get(item.document)
        if row is not None:
            item.places, item.projects = int(str(row.toponyms)), int(str(row.projects))


def _merge(batch: Batch, store: Store) -> None:
    from geodata.ingesting import finish

    batch.step = "merging"
    finish(store)
