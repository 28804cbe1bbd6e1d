"""The filters, which are the legend: type, year, actor, status, text, place, precision; and what is hidden."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import streamlit as st

from dashboard.data import Atlas, under
from dashboard.facets import Mask, count
from dashboard.parts.component import nothing, part
from dashboard.state import PageState, read
from geodata.errors import FilterError
from geodata.filters import to_query

_legend = part("legend")


@st.fragment
def legend(atlas: Atlas, query: str) -> None:
    """Show the filters. ``query`` is the page's address when it was opened; later ones come from the browser."""
    told = st.session_state.get("legend", {}).get("query")
    _legend(key="legend", data=confirm(atlas, query if told is None else str(told)), on_query_change=nothing)


def confirm(atlas: Atlas, query: str) -> dict[str, Any]:
    """Return what the server makes of a query: the rows found by the search, the mask, how many, or what is wrong."""
    error = ""
    try:
        state = read(query)
    except FilterError as refused:
        state, error = PageState(), str(refused)
    filter = state.filter
    found = atlas.search(filter.text) if filter.text else None
    facets = count(under(atlas, state.borders), filter, found=found, unlocated=state.unlocated)
    rows = np.zeros(len(atlas.columns), np.bool_)
    if found is not None:
        rows[found] = True
    return {
        "query": query,
        "error": error,
        "filter": to_query(filter),
        "unlocated": state.unlocated,
        "text": filter.text,
        "rows": len(atlas.columns),
        "shown": facets.shown,
        "mask": _packed(facets.mask),
        "found": _packed(rows) if filter.text else "",
        "revision": atlas.revision,
    }


def _packed(mask: Mask) -> str:
    return base64.b64encode(np.packbits(mask).tobytes()).decode()
