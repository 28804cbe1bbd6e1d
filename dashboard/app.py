"""Dateline's pages: page setup and navigation. ``dateline serve`` runs this file."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

sys.path[:0] = [] if find_spec("dashboard") else [str(Path(__file__).parents[1])]

import streamlit as st  # noqa: E402

from dashboard import theme  # noqa: E402
from dashboard.frame import run  # noqa: E402

PAGES = (
    ("map", "Map"),
    ("texts", "Texts"),
    ("brief", "Brief"),
    ("review", "Review"),
    ("actors", "Actors"),
    ("coverage", "Coverage"),
    ("about", "About"),
)
"""Module in ``dashboard/pages`` and label; a page whose module does not exist is not offered."""
UNLISTED = (("present", "Present"),)
"""Pages without a link in the bar."""

st.set_page_config(page_title="Dateline", page_icon=str(theme.STATIC / "icon.svg"), layout="wide")
theme.apply()
run(PAGES, UNLISTED)
