"""The workspace: one GeoPackage with everything derived from the texts, and the journal of what people typed.

A `Store` is safe to use from many threads. What is derived (readings,
projects) lives in the GeoPackage and can be made again from the texts; what a person typed lives in the journal
beside it and is applied when a store is read, so that no re-read can lose it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geodata.errors import StoreError
from geodata.records import Claim, Document, Event, Project
from geodata.store import columns, reading, schema, search, writing
from geodata.store.base import meta_value
from geodata.store.connection import told
from geodata.store.frames import place_frame, project_frame
from geodata.store.texts import Texts

if TYPE_CHECKING:
    import geopandas


@dataclass(frozen=True, slots=True)
class MergeInput:
    """What the merge works on, and which state of the store it came from."""

    events: tuple[Event, ...]
    documents: Mapping[str, Document]
    content: int
    mark: str
    claims: Mapping[str, tuple[int, Claim]]
    known: Mapping[str, str]
    """Event id → id of the project that it was part of so far."""


class Store(Texts):
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

    # -- merging ------------------------------------------------------------------------------------------

    def begin_merge(self, merger: str = "") -> MergeInput:
        """Settle which documents count, and return what the merge works on."""
        mark = self._mark(merger)
        with self._writing() as connection:
            writing.settle(connection, self._removed())
        documents = {document.id: document for document in self.documents()}
        with self._reading() as connection:
            content = int(meta_value(connection, "content"))
            events, claims = reading.events(connection, "WHERE d.standing = ''")
            known = reading.known_ids(connection)
        return MergeInput(tuple(events), documents, content, mark, claims, known)

    def save_projects(self, projects: Iterable[Project], merged: MergeInput | None = None) -> None:
        """Put merged projects in place of the earlier ones, all or nothing.

        ``merged`` is what `begin_merge` gave. Where documents changed since, the store stays marked as one that
        needs a merge.
        """
        listed = tuple(projects)
        merged = merged or self.begin_merge()
        with self._writing() as connection:
            writing.save_projects(connection, listed, merged.claims)
            columns.keep_all(connection)
            connection.executemany(
                "UPDATE meta SET value = ? WHERE key = ?",
                [(merged.content, "merged"), (merged.mark, "merged_from")],
            )
            writing.bump(connection, "revision")

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
        found: columns.ProjectColumns = self._cached("projects", lambda c: columns.fetch(c, "projects"))
        return found

    def place_columns(self) -> columns.PlaceColumns:
        """Return the places that stand for projects as arrays; kept until the store changes."""
        found: columns.PlaceColumns = self._cached("places", lambda c: columns.fetch(c, "places"))
        return found

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
        index: columns.SentenceIndex = self._cached("sentences", lambda c: columns.fetch(c, "sentences"))
        with self._reading() as connection:
            sentences = np.array(search.sentence_keys(connection, text), np.int64)
            named = np.array(search.project_keys(connection, text), np.int64) - 1
        hit = np.isin(index.keys, sentences)
        return np.union1d(index.project[hit].astype(np.int64), named)

    def search(self, text: str) -> tuple[str, ...]:
        """Return the ids of projects that hold all the words of ``text``; see `search_rows`."""
        ids = self.project_columns().ids
        return tuple(ids[row] for row in self.search_rows(text))


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
                schema.look(where)
            with store.connection() as connection:
                schema.prepare(connection, where, read_only=read_only)
    except BaseException:
        store.close()
        raise
    return store
