"""The file under a store: connections lent and given back, one writer at a time, caches by revision."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

from geodata.errors import StoreError
from geodata.journal import Journal
from geodata.store.connection import connect, told, transaction

_T = TypeVar("_T")
_ASIDE = ("brief", "scene", "kept")
"""Kinds of edits that change no project."""


class StoreFile:
    """The file of a workspace and the journal beside it: connections, transactions, caches.

    Attributes
    ----------
    path
        The GeoPackage.
    read_only
        Nothing can be changed through this object.
    journal
        What people typed: briefs, scenes, corrections, document facts.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self.journal = Journal(path.with_name(path.stem + ".journal.jsonl"))
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        self._lock = threading.RLock()
        self._cache: dict[str, tuple[int, Any]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection; what the write-ahead log holds goes into the one file where nobody else reads."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for number, connection in enumerate(idle):
            with suppress(sqlite3.Error):
                if number == 0 and not self.read_only:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            with suppress(sqlite3.Error):
                connection.close()

    @property
    def revision(self) -> int:
        """A number that grows with every change of what the store holds; key caches by it."""
        return int(self._meta("revision"))

    def needs_merge(self, merger: str = "") -> bool:
        """Say whether documents, edits or the merger changed since the projects were made."""
        with self._reading() as connection:
            found = dict(connection.execute("SELECT key, value FROM meta"))
        return bool(found["content"] != found["merged"] or found["merged_from"] != self._mark(merger))

    def count(self, table: Literal["documents", "projects", "claims", "toponyms"]) -> int:
        """Return how many there are; of claims those of projects, for one made in passing may belong to none."""
        rows = "project_claims WHERE list = 'claims'" if table == "claims" else table
        with self._reading() as connection:
            (number,) = connection.execute(f"SELECT count(*) FROM {rows}").fetchone()
        return int(number)

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the file; nothing where it is sound."""
        with self._reading() as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        return tuple(word for word in found if word != "ok") + tuple(
            f"{table}: row {row} points nowhere" for table, row, *_ in broken
        )

    def _mark(self, merger: str) -> str:
        """Name the state of everything beside the documents that projects depend on."""
        edits = [entry.id for entry in self.journal.entries() if entry.kind not in _ASIDE]
        return f"{merger}/{len(edits)}/{edits[-1] if edits else ''}"

    def _cached(self, name: str, make: Callable[[sqlite3.Connection], _T]) -> _T:
        """Return what ``make`` reads, once a revision."""
        with self._lock, self._reading() as connection:
            revision = int(meta_value(connection, "revision"))
            held = self._cache.get(name)
            if held is None or held[0] != revision:
                held = (revision, make(connection))
                self._cache[name] = held
            value: _T = held[1]
            return value

    def _meta(self, key: str) -> Any:
        with self._reading() as connection:
            return meta_value(connection, key)

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that nobody else is using: as many are open as threads work at once."""
        with self._lock:
            lent = self._idle.pop() if self._idle else None
        if lent is None:
            lent = connect(self.path, read_only=self.read_only)
        try:
            yield lent
        finally:
            with self._lock:
                keep = not (self._closed or lent.in_transaction)
                if keep:
                    self._idle.append(lent)
            if not keep:
                lent.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection on which all that is read is of one moment."""
        with told(self.path), self.connection() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        self._must_write()
        with self._lock, told(self.path), self.connection() as connection, transaction(connection):
            yield connection

    def _must_write(self) -> None:
        if self.read_only:
            raise StoreError(f"{self.path}: opened read-only; nothing was changed.")


def meta_value(connection: sqlite3.Connection, key: str) -> Any:
    """Return one value of the table that says what state the store is in."""
    (value,) = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return value
