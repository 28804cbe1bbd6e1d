"""A page that has nothing to show says what to do next."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.component import part

_notice = part("notice")


def notice(title: str, text: str, *, command: str = "") -> None:
    """Show a title, a sentence or two, and a command to copy."""
    with st.container(key="dl-notice"):
        _notice(key=f"notice-{title}", data={"title": title, "text": text, "command": command})
