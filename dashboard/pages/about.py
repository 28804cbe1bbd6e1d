"""The About page: what was read, with what, how well that is known to work, whose data, what leaves the machine."""

from __future__ import annotations

import streamlit as st

from dashboard.data import atlas
from dashboard.parts.about import about


def show() -> None:
    """Show the page."""
    with st.container(key="dl-survey"):
        about(atlas())
