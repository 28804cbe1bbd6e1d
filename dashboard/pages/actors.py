"""The Actors page: who does what with whom, where and when."""

from __future__ import annotations

import streamlit as st

from dashboard.data import atlas
from dashboard.frame import notice
from dashboard.parts.survey import actors
from dashboard.state import query_of


def show() -> None:
    """Show the page."""
    found = atlas()
    if found is None or not len(found.columns.actors.names):
        notice(
            "No actors yet",
            "Actors are the states, companies and people that the texts tie to a project. "
            "Add texts on the Texts page first.",
        )
        return
    with st.container(key="dl-survey"):
        actors(found, query_of({key: st.query_params.get_all(key) for key in st.query_params}))
