"""The parts of the Texts page: the list, the text with its small map, and what becomes of files that come in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from dashboard.columns import fill_of
from dashboard.data import Atlas, read_only, store_path
from dashboard.frame import go
from dashboard.parts.component import nothing, part
from dashboard.reader import Told, facts_of, page_of
from dashboard.theme import base_path
from dashboard.uploads import uploads
from geodata.errors import StoreError
from geodata.journal import in_force
from geodata.records import Project
from geodata.store import Store

_list = part("texts_list")
_reader = part("texts")
_uploads = part("uploads")

POLL_SECONDS = 0.5
EDITABLE = ("title", "author", "publisher", "published", "url")
LONGEST_FACT = 500


# --- the list --------------------------------------------------------------------------------------------------------


def texts_list(atlas: Atlas | None) -> None:
    """Show the list of texts."""
    data = {"texts": [], "removed": []} if atlas is None else _listed(atlas)
    result = _list(key="texts-list", data={**data, "readOnly": read_only()}, on_restore_change=nothing)
    if result.restore and atlas is not None:
        _bring_back(atlas.store, str(result.restore))
        st.rerun()


@lru_cache(maxsize=2)
def _listed(atlas: Atlas) -> dict[str, Any]:
    """Return all texts for the browser; those that were removed apart."""
    counts = _counts(atlas)
    texts: list[dict[str, Any]] = []
    removed: list[dict[str, Any]] = []
    for row in _rows(atlas).values():
        told, disagree = counts.get(row["id"], (0, 0))
        entry = {
            "id": row["id"],
            "title": row["title"] or row["id"],
            "media": row["media_type"],
            "pages": int(row["pages"] or 0),
            "published": row["published"] or "",
            "publisher": row["publisher"] or "",
            "places": int(row["toponyms"]),
            "projects": told,
            "disagree": disagree,
            "missing": bool(row["missing"]),
            "standing": row["standing"],
            "standsFor": row["stands_for"],
        }
        (removed if row["standing"] == "removed" else texts).append(entry)
    return {"texts": texts, "removed": removed}


@lru_cache(maxsize=2)
def _rows(atlas: Atlas) -> dict[str, dict[str, Any]]:
    """Return the facts of every text by id; counting takes seconds in a very large store, so it is done once."""
    rows = atlas.store.document_table().to_dict("records")
    return {str(row["id"]): {str(name): value for name, value in row.items()} for row in rows}


def _counts(atlas: Atlas) -> dict[str, tuple[int, int]]:
    """Return how many projects each text tells of, and how many of these have sources that disagree."""
    import numpy as np

    column = atlas.columns.documents
    told = np.bincount(column.value, minlength=len(column.names))
    disagree = np.bincount(column.value[atlas.columns.disagree[column.row]], minlength=len(column.names))
    return {name: (int(told[i]), int(disagree[i])) for i, name in enumerate(column.names)}


# --- the text --------------------------------------------------------------------------------------------------------


@st.fragment
def texts_reader(atlas: Atlas | None, query: str) -> None:
    """Show one text; the browser says which, and what is to be done with it."""
    told = st.session_state.get("texts", {}).get("query")
    asked = dict(parse_qsl(query if told is None else str(told)))
    result = _reader(
        key="texts",
        data=reader_data(atlas, asked) | {"query": query if told is None else str(told)},
        on_query_change=nothing,
        on_go_change=nothing,
        on_edit_change=nothing,
        on_remove_change=nothing,
    )
    if result.go:
        go(str(result.go.get("page", "map")), str(result.go.get("query", "")))
    if atlas is not None and not read_only():
        if result.edit:
            _edit(atlas.store, dict(result.edit))
            st.rerun()
        if result.remove:
            atlas.store.remove(str(result.remove), reason="removed on the Texts page")
            uploads(store_path().resolve()).merge(atlas.store)
            st.rerun()


def reader_data(atlas: Atlas | None, asked: dict[str, str]) -> dict[str, Any]:
    """Return the text that is asked for, or the first one; the passage that a link marks."""
    from dashboard.mapview import BOUNDARY_VIEWS, boundary_facts, joined_script
    from geodata import basemap

    data: dict[str, Any] = {
        "readOnly": read_only(),
        "start": _number(asked.get("start")),
        "end": _number(asked.get("end")),
        "map": {
            "scripts": f"{base_path()}/component/dashboard.mapview.assets/map/",
            "basemap": f"{base_path()}/component/dashboard.mapview.basemap/",
            "boundaries": boundary_facts(),
            "views": [list(view) for view in BOUNDARY_VIEWS],
            "attribution": basemap.ATTRIBUTION,
            "version": joined_script(),
        },
    }
    if atlas is None:
        return data | {"empty": True}
    listed = _listed(atlas)["texts"]
    id = asked.get("doc") or (listed[0]["id"] if listed else "")
    if not id:
        return data | {"empty": True}
    try:
        return data | _text(id, atlas)
    except StoreError:
        return data | {"gone": id}


@lru_cache(maxsize=16)
def _text(id: str, atlas: Atlas) -> dict[str, Any]:
    store = atlas.store
    told = Told(store.document(id), store.sentences(id), store.toponyms(id), store.projects_in(id))
    row = _rows(atlas).get(id, {})
    page = page_of(told, atlas.labels)
    groups = {g.id: {"id": g.id, "shape": g.shape} for g in atlas.vocabulary.groups.values()}
    for project in page["projects"]:
        known = atlas.vocabulary.types.get(project["type"])
        project["label"] = (known.short if known else "") or project["label"]
        project["group"] = groups[atlas.vocabulary.group_of(project["type"]).id]
        project["fill"] = fill_of(project["status"])
    lines = [line for project in told.projects for line in _lines(project, atlas)]
    return {"revision": atlas.revision, "facts": facts_of(told.document, row), "lines": lines, **page}


def _lines(project: Project, atlas: Atlas) -> list[dict[str, Any]]:
    """Return the lines of a project, latitude first, with its id and group."""
    if project.geometry is None:
        return []
    parts = getattr(project.geometry, "geoms", [project.geometry])
    group = atlas.vocabulary.group_of(project.type).id
    return [
        {"id": project.id, "group": group, "points": [[lat, lon] for lon, lat, *_ in part.coords]}
        for part in parts
        if part.geom_type == "LineString"
    ]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


def _edit(store: Store, asked: dict[str, Any]) -> None:
    """Keep corrected facts; only what differs."""
    id = str(asked.get("id", ""))
    document = store.document(id)
    fields = {name: " ".join(str(asked[name]).split())[:LONGEST_FACT] for name in EDITABLE if name in asked}
    fields = {name: value for name, value in fields.items() if value != getattr(document, name)}
    if fields:
        store.edit_document(id, fields, reason="edited on the Texts page")
        uploads(store_path().resolve()).merge(store)


def _bring_back(store: Store, id: str) -> None:
    """Undo the removal of a text."""
    for entry in in_force(store.journal.entries()):
        if entry.kind == "document" and entry.target == id and entry.set.get("removed"):
            store.undo(entry)
    uploads(store_path().resolve()).merge(store)


# --- what comes in ---------------------------------------------------------------------------------------------------


def uploads_panel() -> None:
    """Show what became of files that came in; while some are being read, look again twice a second."""
    path = store_path().resolve()
    busy = uploads(path).busy
    st.fragment(_panel, run_every=POLL_SECONDS if busy else None)(busy)


def _panel(was_busy: bool) -> None:
    kept = uploads(store_path().resolve())
    busy = kept.busy
    data = {
        "batches": kept.data(),
        "readOnly": read_only(),
        "limit": int(st.get_option("server.maxUploadSize") or 200),
    }
    result = _uploads(key="uploads-panel", data=data, on_dismiss_change=nothing)
    if result.dismiss:
        kept.dismiss(int(result.dismiss))
        st.rerun()
    if was_busy and not busy:
        st.rerun()
