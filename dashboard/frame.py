"""The frame of every page: which pages exist, the bar above them, and what is shown when one fails."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import streamlit as st

from dashboard.parts.topbar import topbar
from geodata.errors import DatelineError


def run(pages: Sequence[tuple[str, str]], unlisted: Sequence[tuple[str, str]] = ()) -> None:
    """Show the page that the address names. The first of ``pages`` is the home page."""
    listed = [(name, label) for name, label in pages if _exists(name)]
    hidden = [(name, label) for name, label in unlisted if _exists(name)]
    made = {
        name: st.Page(
            _page(name, listed), title=f"{label} · Dateline", url_path=name, default=name == listed[0][0]
        )
        for name, label in (*listed, *hidden)
    }
    st.session_state["pages"] = made
    st.navigation(list(made.values()), position="hidden").run()


def _exists(name: str) -> bool:
    return find_spec(f"dashboard.pages.{name}") is not None


def _page(name: str, listed: Sequence[tuple[str, str]]) -> Any:
    """Return what Streamlit calls: the bar, then the module's ``show()``."""

    def page() -> None:
        module = import_module(f"dashboard.pages.{name}")
        if getattr(module, "BARE", False):
            module.show()
            return
        with st.container(key="dl-top"):
            asked, query = topbar(listed, name, **getattr(module, "bar", dict)())
        if asked and asked != name:
            go(asked, query)
        try:
            module.show()
        except DatelineError as error:
            notice("This page cannot be shown.", str(error))

    page.__name__ = name
    return page


def go(name: str, query: str = "") -> None:
    """Leave for another page, with a URL query."""
    from urllib.parse import parse_qsl

    target = st.session_state["pages"].get(name)
    if target is not None:
        st.switch_page(target, query_params=parse_qsl(query.removeprefix("?")))


def notice(title: str, text: str, *, command: str = "") -> None:
    """Show a state of the whole page: what is the matter, and what to do next. All of it is shown as text."""
    from dashboard.parts.notice import notice as show

    show(title, text, command=command)
