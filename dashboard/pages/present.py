"""Present: one scene at a time, nothing else; its notes in a second window, and a remote control for a phone."""

from __future__ import annotations

import streamlit as st

from dashboard.columns import columns_url
from dashboard.data import atlas
from dashboard.frame import notice
from dashboard.mapview import map_frame
from dashboard.parts.present import present

BARE = True


def show() -> None:
    """Show the page: ``?brief=ID``, with ``role=notes`` or ``role=remote`` its companions."""
    found = atlas()
    if found is None:
        notice("There is nothing to present yet", "Read some texts, and make a brief from the map.")
        return
    role = st.query_params.get("role", "")
    with st.container(key="dl-present"):
        if role not in ("notes", "remote"):
            with st.container(key="dl-stage"):
                map_frame(columns_url(found.store), key="stage")
        with st.container(key="dl-slide"):
            present(found, st.query_params.get("brief", ""), role)
