"""The Texts page: what was read, each text with what was found in it, a small map beside; texts come in here."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.data import atlas, read_only, store_path
from dashboard.parts.texts import texts_list, texts_reader, uploads_panel
from dashboard.state import query_of
from dashboard.uploads import uploads
from geodata.store import open_store


def bar() -> dict[str, Any]:
    """Return what this page adds to the bar."""
    return {} if read_only() else {"action": ("add", "Add texts")}


def show() -> None:
    """Show the page."""
    found = atlas()
    query = query_of({key: st.query_params.get_all(key) for key in st.query_params})
    with st.container(key="dl-texts"):
        with st.container(key="dl-texts-side"):
            if not read_only():
                _take()
            uploads_panel()
            texts_list(found)
        with st.container(key="dl-texts-main"):
            texts_reader(found, query)


def _take() -> None:
    """Take files from the browser and have them read. The uploader itself is hidden: the page has its own look."""
    number = int(st.session_state.get("uploads", 0))
    with st.container(key="dl-file"):
        given = st.file_uploader("Add texts", accept_multiple_files=True, key=f"upload-{number}")
    if given:
        found = atlas()
        store = found.store if found else open_store(store_path())
        uploads(store_path().resolve()).add([(file.name, file.getvalue()) for file in given], store)
        st.session_state["uploads"] = number + 1
        st.rerun()
