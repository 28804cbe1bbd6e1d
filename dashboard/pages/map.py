"""The map page: filters, map, card, timeline, table, one state for all."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.columns import columns_url
from dashboard.data import atlas, read_only
from dashboard.frame import notice
from dashboard.mapview import BOUNDARY_VIEWS, map_frame
from dashboard.parts.card import card
from dashboard.parts.chips import chips
from dashboard.parts.legend import legend
from dashboard.parts.table import table
from dashboard.parts.timeline import timeline
from dashboard.state import query_of


def bar() -> dict[str, Any]:
    """Return what this page adds to the bar."""
    more = {} if read_only() else {"action": ("brief", "Add to brief")}
    return {"borders": BOUNDARY_VIEWS, **more}


def show() -> None:
    """Show the page."""
    found = atlas()
    if found is None or not len(found.columns):
        _empty(found is None)
        return
    query = query_of({key: st.query_params.get_all(key) for key in st.query_params})
    with st.container(key="dl-explorer"):
        filters, place, chosen, below = (
            st.container(key=f"dl-{name}") for name in ("filters", "map", "card", "timeline")
        )
    with place:  # first, for it takes longest until it is seen
        map_frame(columns_url(found.store))
        chips(found)
    with filters:
        legend(found, query)
    with chosen:
        card(found, query)
    with below:
        timeline()
    with st.container(key="dl-table"):
        table()


def _empty(no_store: bool) -> None:
    if no_store:
        notice(
            "No texts have been read yet",
            "Give Dateline a folder of texts (txt, md, html, pdf, docx). It reads them on this machine.",
            command="dateline ingest papers/",
        )
    else:
        notice(
            "No projects were found in these texts",
            "The texts were read, but none tells of a project, deal, visit or event that Dateline knows. The Texts "
            "page shows which places were found; the vocabulary file says which types are looked for.",
        )
