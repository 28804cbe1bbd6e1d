"""The parts of the pages that survey the whole store: actors, coverage."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from dashboard.actors import kinds_of, listed, profile, together
from dashboard.columns import fill_of
from dashboard.coverage import gaps, matrix
from dashboard.data import Atlas
from dashboard.frame import go
from dashboard.parts.component import nothing, part
from geodata.store.named import named_countries

_actors = part("actors")
_coverage = part("coverage")


@st.fragment
def actors(atlas: Atlas, query: str) -> None:
    """Show the list of actors and the one that is chosen."""
    told = st.session_state.get("actors", {}).get("name")
    name = parse_qs(query).get("name", [""])[0] if told is None else str(told)
    data = {**_all_actors(atlas), "name": name, "chosen": _actor(atlas, name) if name else None}
    result = _actors(key="actors", data=data, on_name_change=nothing, on_go_change=nothing)
    if result.go:
        go(str(result.go.get("page", "map")), str(result.go.get("query", "")))


@lru_cache(maxsize=2)
def _all_actors(atlas: Atlas) -> dict[str, Any]:
    kinds = kinds_of(atlas.store.project_columns())
    return {
        "revision": atlas.revision,
        "actors": listed(atlas.columns, kinds),
        "roles": atlas.labels["roles"],
        "types": atlas.labels["types"],
        "statuses": atlas.labels["statuses"],
        "groups": _groups(atlas),
        "together": together(atlas.columns),
        "total": len(atlas.columns.actors.names),
    }


def _groups(atlas: Atlas) -> list[dict[str, str]]:
    return [{"id": g.id, "label": g.label, "shape": g.shape} for g in atlas.vocabulary.groups.values()]


@lru_cache(maxsize=64)
def _actor(atlas: Atlas, name: str) -> dict[str, Any] | None:
    found = profile(atlas.columns, atlas.store.project_columns(), name)
    for row in found["rows"] if found else ():
        row["fill"] = fill_of(row["status"])
    return found


@st.fragment
def coverage(atlas: Atlas) -> None:
    """Show the matrix and the lists of what is missing."""
    result = _coverage(key="coverage", data=_covered(atlas), on_go_change=nothing)
    if result.go:
        go(str(result.go.get("page", "map")), str(result.go.get("query", "")))


@lru_cache(maxsize=2)
def _covered(atlas: Atlas) -> dict[str, Any]:
    return {
        "revision": atlas.revision,
        "matrices": [matrix(atlas.columns, by) for by in ("country", "group", "type")],
        "types": atlas.labels["types"],
        "groups": _groups(atlas),
        "texts": len(atlas.columns.documents.names),
        **gaps(atlas.columns, atlas.store.project_columns(), named_countries(atlas.store)),
    }
