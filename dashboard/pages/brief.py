"""The Brief page: scenes made from the map, in order, with headline, evidence and notes; presented or exported."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.briefing import current
from dashboard.columns import columns_url
from dashboard.data import Atlas, atlas, read_only
from dashboard.edits import act
from dashboard.frame import notice
from dashboard.mapview import map_frame
from dashboard.parts.brief import brief
from geodata.briefs import Briefs


def bar() -> dict[str, Any]:
    """Return what this page adds to the bar."""
    return {}


def show() -> None:
    """Show the page."""
    found = atlas()
    if found is None or not len(found.columns):
        notice(
            "There is nothing to brief from yet",
            "Read some texts first; then make scenes from what the map shows.",
            command="dateline ingest papers/",
        )
        return
    _from_the_map(found)
    with st.container(key="dl-brief"):
        with st.container(key="dl-stage"):
            map_frame(columns_url(found.store), key="stage")
        with st.container(key="dl-editor"):
            brief(found, st.query_params.get("brief", ""), st.query_params.get("scene", ""))


def _from_the_map(found: Atlas) -> None:
    """Take in what the map page sent along: its state (``map``), or a scene to be made of it (``take``)."""
    query = st.query_params.get("take", st.query_params.get("map"))
    if query is None:
        return
    st.session_state["last_query"] = query
    box = st.session_state["last_box"] = st.query_params.get("box", "")
    if "take" in st.query_params and not read_only():
        newest = current(Briefs(found.store.journal).all(), "")
        made = act(found, {"do": "add", "brief": newest.id if newest else "", "box": box}, query)
        st.session_state.setdefault("brief-memory", {}).update(made)
    for name in ("take", "map", "box"):
        st.query_params.pop(name, None)
