"""The Coverage page: where and when the texts say nothing."""

from __future__ import annotations

import streamlit as st

from dashboard.data import atlas
from dashboard.frame import notice
from dashboard.parts.survey import coverage


def show() -> None:
    """Show the page."""
    found = atlas()
    if found is None or not len(found.columns):
        notice(
            "Nothing is covered yet",
            "This page shows for which countries and years the texts tell of projects, and for which they say "
            "nothing. Add texts on the Texts page first.",
        )
        return
    with st.container(key="dl-survey"):
        coverage(found)
