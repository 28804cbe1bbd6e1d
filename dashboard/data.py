"""The store that the pages show, opened once, and what is made of it once a revision for all sessions."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.facets import Columns, build
from dashboard.marks import countries_in
from geodata import boundaries
from geodata.store import Store, open_store
from geodata.vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """One revision of the store: shared by all sessions, never changed."""

    store: Store
    revision: int
    columns: Columns
    vocabulary: Vocabulary
    labels: dict[str, Any]
    """What the browser calls types, statuses, roles and texts."""

    def search(self, text: str) -> NDArray[np.int64]:
        """Return the rows of projects whose title or evidence holds the words."""
        return self.store.search_rows(text)


def store_path() -> Path:
    """Return the store's file: ``$DATELINE_STORE``, which ``dateline serve`` sets."""
    return Path(os.environ.get("DATELINE_STORE", "workspace/atlas.gpkg"))


def read_only() -> bool:
    """Say whether the pages may change nothing: ``$DATELINE_READ_ONLY``."""
    return os.environ.get("DATELINE_READ_ONLY") == "1"


def atlas() -> Atlas | None:
    """Return the store as it is now, ``None`` where there is no file yet."""
    path = store_path().resolve()
    if not path.exists():
        return None
    with _LOCK:
        store = _store(path, read_only())
        return _atlas(path, store.revision, store)


_LOCK = threading.Lock()
"""Sessions are threads: the first one reads, the others wait for it instead of reading too."""


@lru_cache(maxsize=1)
def _store(path: Path, read_only: bool) -> Store:
    return open_store(path, read_only=read_only)


@lru_cache(maxsize=2)
def _atlas(path: Path, revision: int, store: Store) -> Atlas:
    vocabulary = load_vocabulary()
    columns = build(store.project_columns(), vocabulary)
    return Atlas(store, revision, columns, vocabulary, _labels(store, vocabulary))


def under(atlas: Atlas, borders: str) -> Columns:
    """Return the columns with countries as a boundary view draws them; an unknown view is the default one."""
    known = [view.id for view in boundaries.views()]
    return _under(atlas.store, atlas.columns, borders if borders in known else known[0])


@lru_cache(maxsize=16)
def _under(store: Store, columns: Columns, borders: str) -> Columns:
    return replace(columns, countries=countries_in(store, columns.countries, borders))


def _labels(store: Store, vocabulary: Vocabulary) -> dict[str, Any]:
    table = store.document_table()
    return {
        "roles": {id: r.label for id, r in vocabulary.actor_roles.items()},
        "dates": {id: r.label for id, r in vocabulary.date_roles.items()},
        "placeRoles": {id: r.label for id, r in vocabulary.place_roles.items()},
        "values": {id: r.label for id, r in vocabulary.value_kinds.items()},
        "statuses": {id: s.label for id, s in vocabulary.statuses.items()},
        "types": {id: t.label for id, t in vocabulary.types.items()},
        "documents": {str(row.id): str(row.title or row.id) for row in table.reset_index().itertuples()},
    }
