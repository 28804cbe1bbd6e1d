"""The workspace: one GeoPackage with everything derived from the texts, and the journal of what people typed.

A `Store` is safe to use from many threads; each gets a connection of its own. What is derived (readings,
projects) lives in the GeoPackage and can be made again from the texts; what a person typed lives in the journal
beside it and is applied when a store is read, so that no re-read can lose it.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import geopandas
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import StoreError
from geodata.journal import Entry, Journal, fold
from geodata.records import Claim, Document, Event, Project, Reading, Relation, Sentence, Toponym
from geodata.store import columns, reading, rows, schema, search, writing
from geodata.store.connection import connect, told, transaction
from geodata.store.frames import document_frame, place_frame, project_frame

_T = TypeVar("_T")
_ASIDE = ("brief", "scene")
"""Kinds of edits that change no project."""


@dataclass(frozen=True, slots=True)
class MergeInput:
    """What the merge works on, and which state of the store it came from."""

    events: tuple[Event, ...]
    documents: Mapping[str, Document]
    content: int
    mark: str
    claims: Mapping[str, tuple[int, Claim]]


class Store:
    """One workspace; use `open_store`, and as a context manager.

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
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.RLock()
        self._cache: dict[str, tuple[int, Any]] = {}

    # -- opening, closing, the state of the whole ---------------------------------------------------------

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection; what the write-ahead log holds goes into the one file where nobody else reads."""
        with self._lock:
            if not self.read_only:
                for connection in self._connections[-1:]:
                    with suppress(sqlite3.Error):
                        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            for connection in self._connections:
                with suppress(sqlite3.Error):
                    connection.close()
            self._connections.clear()
            self._local = threading.local()

    @property
    def revision(self) -> int:
        """A number that grows with every change of what the store holds; key caches by it."""
        return int(self._meta("revision"))

    def needs_merge(self, merger: str = "") -> bool:
        """Say whether documents, edits or the merger changed since the projects were made."""
        with self._reading() as connection:
            found = dict(connection.execute("SELECT key, value FROM meta"))
        return bool(found["content"] != found["merged"] or found["merged_from"] != self._mark(merger))

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the file; nothing where it is sound."""
        with self._reading() as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        return tuple(word for word in found if word != "ok") + tuple(
            f"{table}: row {row} points nowhere" for table, row, *_ in broken
        )

    # -- documents and what came of each ------------------------------------------------------------------

    def documents(self, *, hidden: bool = False) -> tuple[Document, ...]:
        """Return documents with what people corrected, by id.

        Texts that were removed, and digests whose original is here, come only with ``hidden``. Texts that
        stand under two names come both.
        """
        where = "" if hidden else "WHERE standing NOT IN ('removed', 'digest')"
        edits = fold(self.journal.entries(), "document")
        with self._reading() as connection:
            found = reading.documents(connection, where)
        return tuple(rows.edited(document, edits.get(document.id, {})) for document in found)

    def document(self, id: str) -> Document:
        """Return one document, hidden or not.

        Raises
        ------
        StoreError
            Where there is none of that id.
        """
        with self._reading() as connection:
            found = reading.documents(connection, "WHERE id = ?", id)
        if not found:
            raise StoreError(f"There is no text {id!r} in {self.path.name}.")
        return rows.edited(found[0], fold(self.journal.entries(), "document").get(id, {}))

    def document_table(self) -> pd.DataFrame:
        """Return one row a document without its text: facts, standing, missing, counts of what came of it.

        Columns: id, title, author, publisher, published, url, language, file, media_type, source, sha256,
        read_at, missing (the file vanished), standing (``""``, removed, digest, duplicate), stands_for (id of
        the text that counts instead), characters, pages, toponyms, claims, projects.
        """
        edits = fold(self.journal.entries(), "document")
        with self._reading() as connection:
            return document_frame(connection, edits)

    def sentences(self, document_id: str) -> tuple[Sentence, ...]:
        """Return the sentences of a document in order."""
        with self._reading() as connection:
            return reading.sentences(connection, document_id)

    def toponyms(self, document_id: str) -> tuple[Toponym, ...]:
        """Return the mentions of places in a document, each with every candidate that was weighed."""
        with self._reading() as connection:
            return reading.toponyms(connection, document_id)

    def relations(self, document_id: str) -> tuple[Relation, ...]:
        """Return routes and other relations between mentions of a document."""
        with self._reading() as connection:
            return reading.relations(connection, document_id)

    def events(self, document_id: str) -> tuple[Event, ...]:
        """Return one document's tellings of projects, claims as they were extracted."""
        with self._reading() as connection:
            return tuple(reading.events(connection, "WHERE d.id = ?", document_id)[0])

    def reading(self, document_id: str) -> Reading:
        """Return all that came of one document, as it was saved."""
        with self._reading() as connection:
            found = reading.documents(connection, "WHERE id = ?", document_id)
        if not found:
            raise StoreError(f"There is no text {document_id!r} in {self.path.name}.")
        return Reading(
            found[0],
            self.sentences(document_id),
            self.toponyms(document_id),
            self.relations(document_id),
            self.events(document_id),
        )

    def save(self, reading: Reading, *, source: str = "", extractor: str = "") -> None:
        """Keep all that came of one document, in place of an earlier reading of it: all or nothing.

        Parameters
        ----------
        reading
            The document and what was found in it.
        source
            Where the file lies, to tell later whether it changed or vanished.
        extractor
            Version of what read it; another version reads it again.

        Raises
        ------
        StoreError
            Where it could not be kept; the store is as it was before.
        """
        with self._writing() as connection:
            writing.save_reading(connection, reading, source=source, extractor=extractor)

    def edit_document(self, id: str, fields: Mapping[str, str], *, by: str = "", reason: str = "") -> Entry:
        """Correct facts of a document (title, author, publisher, published, url, language)."""
        unknown = set(fields) - set(rows.EDITABLE)
        if unknown:
            raise TypeError(f"a document's {', '.join(sorted(unknown))} cannot be edited")
        return self._edit("document", id, fields, by, reason)

    def remove(self, id: str, *, by: str = "", reason: str = "") -> Entry:
        """Take a document out of everything that is shown; ``undo`` of the returned edit brings it back."""
        self.document(id)
        return self._edit("document", id, {"removed": True}, by, reason)

    def undo(self, entry: Entry, *, by: str = "") -> Entry:
        """Take back an edit, or bring it back where the edit was an undo."""
        self._must_write()
        undone = self.journal.undo(entry, by=by)
        self._settle()
        return undone

    def _edit(self, kind: str, target: str, fields: Mapping[str, Any], by: str, why: str) -> Entry:
        self._must_write()
        entry = self.journal.append(kind, target, dict(fields), by=by, reason=why)
        self._settle()
        return entry

    def _settle(self) -> None:
        """Let the standing of documents follow the journal at once; the projects follow with the merge."""
        with self._writing() as connection:
            writing.settle(connection, self._removed())
            writing.bump(connection, "revision")

    def _removed(self) -> tuple[str, ...]:
        edits = fold(self.journal.entries(), "document")
        return tuple(id_ for id_, fields in edits.items() if fields.get("removed"))

    # -- merging ------------------------------------------------------------------------------------------

    def begin_merge(self, merger: str = "") -> MergeInput:
        """Settle which documents count, and return what the merge works on."""
        mark = self._mark(merger)
        with self._writing() as connection:
            writing.settle(connection, self._removed())
        documents = {document.id: document for document in self.documents()}
        with self._reading() as connection:
            content = int(_meta(connection, "content"))
            events, claims = reading.events(connection, "WHERE d.standing = ''")
        return MergeInput(tuple(events), documents, content, mark, claims)

    def save_projects(self, projects: Iterable[Project], merged: MergeInput | None = None) -> None:
        """Put merged projects in place of the earlier ones, all or nothing.

        ``merged`` is what `begin_merge` gave. Where documents changed since, the store stays marked as one that
        needs a merge.
        """
        listed = tuple(projects)
        merged = merged or self.begin_merge()
        with self._writing() as connection:
            writing.save_projects(connection, listed, merged.claims)
            connection.executemany(
                "UPDATE meta SET value = ? WHERE key = ?",
                [(merged.content, "merged"), (merged.mark, "merged_from")],
            )
            writing.bump(connection, "revision")

    def _mark(self, merger: str) -> str:
        """Name the state of everything beside the documents that projects depend on."""
        edits = [entry.id for entry in self.journal.entries() if entry.kind not in _ASIDE]
        return f"{merger}/{len(edits)}/{edits[-1] if edits else ''}"

    # -- projects -----------------------------------------------------------------------------------------

    def project_records(self) -> tuple[Project, ...]:
        """Return every project whole, sorted by id; kept until the store changes.

        Good to some 100,000 claims (a second). Beyond that use `project_columns`, and `project` for the one
        that is looked at.
        """
        return self._cached("records", lambda connection: tuple(reading.projects(connection)))

    def project(self, id: str) -> Project:
        """Return one project whole.

        Raises
        ------
        StoreError
            Where there is none of that id.
        """
        with self._reading() as connection:
            found = reading.projects(connection, "WHERE p.id = ?", id)
        if not found:
            raise StoreError(f"There is no project {id!r} in {self.path.name}.")
        return found[0]

    def projects_by_id(self, ids: Sequence[str]) -> tuple[Project, ...]:
        """Return some projects whole, in the order asked; unknown ids are left out."""
        found: dict[str, Project] = {}
        with self._reading() as connection:
            for i in range(0, len(ids), 500):
                part = list(ids[i : i + 500])
                marks = ", ".join("?" * len(part))
                found.update(
                    (p.id, p) for p in reading.projects(connection, f"WHERE p.id IN ({marks})", *part)
                )
        return tuple(found[id_] for id_ in ids if id_ in found)

    def claims_of(self, project_id: str) -> tuple[Claim, ...]:
        """Return the claims of one project as the merge ranked them."""
        with self._reading() as connection:
            where = "WHERE l.list = 'claims' AND l.project = (SELECT fid FROM projects WHERE id = ?)"
            return tuple(claim for *_, claim in reading.linked_claims(connection, where, project_id))

    def projects_in(self, document_id: str) -> tuple[Project, ...]:
        """Return the projects that a document tells of, by id."""
        where = (
            "WHERE p.fid IN (SELECT l.project FROM project_claims l JOIN claims c ON c.fid = l.claim"
            " WHERE c.document = (SELECT fid FROM documents WHERE id = ?))"
        )
        with self._reading() as connection:
            return tuple(reading.projects(connection, where, document_id))

    def projects(self) -> geopandas.GeoDataFrame:
        """Return the projects as a GeoDataFrame, EPSG:4326, one row each, without geometry where none is known."""
        with self._reading() as connection:
            return project_frame(connection)

    def places(self) -> geopandas.GeoDataFrame:
        """Return the places that the texts may mean as a GeoDataFrame, EPSG:4326."""
        with self._reading() as connection:
            return place_frame(connection)

    def project_columns(self) -> columns.ProjectColumns:
        """Return all projects as arrays; kept until the store changes. See `geodata.store.columns`."""
        return self._cached("project columns", columns.project_columns)

    def claim_columns(self) -> columns.ClaimColumns:
        """Return all claims as arrays; kept until the store changes. See `geodata.store.columns`."""
        return self._cached("claim columns", columns.claim_columns)

    # -- search -------------------------------------------------------------------------------------------

    def search_rows(self, text: str) -> NDArray[np.int64]:
        """Return the row numbers, ascending, of projects that hold all the words of ``text``.

        A project is found by the sentences that its claims stand in, and by its title, aliases, places and
        actors. The last word may be the beginning of one, words in quotes stay together; nothing else is
        syntax. An empty text finds nothing.
        """
        keys, project_rows = self._cached("sentences", columns.sentence_index)
        with self._reading() as connection:
            sentences = np.array(search.sentence_keys(connection, text), np.int64)
            named = np.array(search.project_keys(connection, text), np.int64) - 1
        hit = np.isin(keys, sentences, assume_unique=False) if len(sentences) else np.zeros(len(keys), bool)
        return np.union1d(project_rows[hit].astype(np.int64), named)

    def search(self, text: str) -> tuple[str, ...]:
        """Return the ids of projects that hold all the words of ``text``; see `search_rows`."""
        ids = self.project_columns().ids
        return tuple(ids[row] for row in self.search_rows(text))

    # -- how the above gets at the file -------------------------------------------------------------------

    def _cached(self, name: str, make: Callable[[sqlite3.Connection], _T]) -> _T:
        """Return what ``make`` reads, once a revision."""
        with self._lock, self._reading() as connection:
            revision = int(_meta(connection, "revision"))
            held = self._cache.get(name)
            if held is None or held[0] != revision:
                held = (revision, make(connection))
                self._cache[name] = held
            value: _T = held[1]
            return value

    def _meta(self, key: str) -> Any:
        with self._reading() as connection:
            return _meta(connection, key)

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = connect(self.path, read_only=self.read_only)
            self._local.connection = connection
            with self._lock:
                self._connections.append(connection)
        return connection

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with told(self.path):
            yield self._connection()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        self._must_write()
        with self._lock, told(self.path), transaction(self._connection()) as connection:
            yield connection

    def _must_write(self) -> None:
        if self.read_only:
            raise StoreError(f"{self.path}: opened read-only; nothing was changed.")


def _meta(connection: sqlite3.Connection, key: str) -> Any:
    (value,) = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return value


def open_store(path: str | os.PathLike[str], *, read_only: bool = False) -> Store:
    """Open a workspace, made new where there is none; an older one is brought up to date with a backup beside it.

    Parameters
    ----------
    path
        The GeoPackage.
    read_only
        Change nothing; the store must be there.

    Raises
    ------
    StoreError
        Where it cannot be opened, is damaged, is none of ours, or was made by a newer Dateline.
    """
    where = Path(path)
    store = Store(where, read_only=read_only)
    try:
        if read_only and not where.is_file():
            raise StoreError(
                f"{where}: there is no such store. Read some texts first: dateline ingest FOLDER."
            )
        with told(where):
            if not read_only:
                where.parent.mkdir(parents=True, exist_ok=True)
            schema.prepare(store._connection(), where, read_only=read_only)
    except BaseException:
        store.close()
        raise
    return store
