"""The store that the pages show, opened once, and what is made of it once a revision for all sessions."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard.facets import Columns, build
from geodata.store import Store, open_store
from geodata.vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True, slots=True)
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


def atlas() -> Atlas | None:
    """Return the store as it is now, ``None`` where there is no file yet."""
    path = store_path()
    if not path.exists():
        return None
    store = _store(str(path.resolve()), os.environ.get("DATELINE_READ_ONLY") == "1")
    return _atlas(str(path.resolve()), store.revision, store)


@st.cache_resource(show_spinner=False)
def _store(path: str, read_only: bool) -> Store:
    return open_store(path, read_only=read_only)


@st.cache_resource(show_spinner=False, max_entries=2)
def _atlas(path: str, revision: int, _store: Store) -> Atlas:
    vocabulary = load_vocabulary()
    columns = build(_store.project_columns(), vocabulary)
    return Atlas(_store, revision, columns, vocabulary, _labels(_store, vocabulary))


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
