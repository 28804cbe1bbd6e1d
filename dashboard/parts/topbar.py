"""The bar at the top of every page: name, pages, search, what the page adds, share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard.parts.component import nothing, part


def topbar(
    pages: Sequence[tuple[str, str]],
    current: str,
    *,
    borders: Sequence[tuple[str, str]] = (),
    action: tuple[str, str] = ("", ""),
) -> tuple[str, str]:
    """Show the bar; return the name of the page that was asked for and its query, ``""`` for none.

    Parameters
    ----------
    pages
        Path and label of each page that exists.
    current
        Path of this page.
    borders
        Id and label of the boundary views, where the page has a map of its own.
    action
        Id and label of the page's own button (as "Add texts"); pressed, it sets ``st.session_state["action"]``
        for one run.
    """
    data: dict[str, Any] = {
        "pages": [{"path": path, "label": label} for path, label in pages],
        "current": current,
        "borders": [{"id": id, "label": label} for id, label in borders],
        "action": {"id": action[0], "label": action[1]},
    }
    result = _topbar(key="topbar", data=data, on_go_change=nothing, on_action_change=nothing)
    st.session_state["action"] = result.action or ""
    asked = result.go if isinstance(result.go, dict) else {}
    return str(asked.get("page", "")), str(asked.get("query", ""))


_topbar = part("topbar")
