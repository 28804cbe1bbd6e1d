"""The Brief page's parts: scenes, the slide as it will be, and what can be changed of it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.briefing import brief_data, current
from dashboard.data import Atlas, read_only
from dashboard.edits import act
from dashboard.exports import exports
from dashboard.frame import go
from dashboard.parts.component import nothing, part
from geodata.briefs import Briefs
from geodata.errors import DatelineError
from geodata.export import FORMATS

_brief = part("brief")


@st.fragment
def brief(atlas: Atlas, asked: str, scene: str) -> None:
    """Show the editor. ``asked`` and ``scene`` are the brief and scene that the address names."""
    memory: dict[str, Any] = st.session_state.setdefault("brief-memory", {})
    memory.setdefault("brief", asked)
    memory.setdefault("scene", scene)
    last = str(st.session_state.get("last_query", ""))
    _do(atlas, memory, last)
    briefs = Briefs(atlas.store.journal).all()
    shown = current(briefs, memory["brief"])
    data = brief_data(atlas, briefs, shown, last=last, read_only=read_only())
    jobs = exports().of(shown.id) if shown else []
    answer = {"done": memory.get("number", 0), "error": memory.get("error", "")}
    result = _brief(
        key="brief",
        data={**data, "show": memory["scene"], "jobs": jobs, **answer},
        on_acts_change=nothing,
        on_go_change=nothing,
    )
    if result.go:
        go(str(result.go["page"]), str(result.go.get("query", "")))


def _do(atlas: Atlas, memory: dict[str, Any], last: str) -> None:
    """Do what the browser asked since the last run, each wish once and in order.

    The browser sends all wishes that it has no answer to yet: two that come in one run are both done.
    """
    asked = st.session_state.get("brief", {}).get("acts") or []
    for told in sorted(asked, key=lambda one: int(one.get("number", 0))):
        number = int(told.get("number", 0))
        if number <= memory.get("number", 0):
            continue
        memory["number"], memory["error"] = number, ""
        try:
            if told.get("do") == "show":
                memory.update({k: str(told[k]) for k in ("brief", "scene") if k in told})
            elif told.get("do") == "export":
                _export(atlas, told, number)
            elif told.get("do") == "cancel":
                exports().cancel(str(told.get("token", "")))
            elif not read_only():
                box = str(st.session_state.get("last_box", ""))
                memory.update(act(atlas, {"box": box, **told}, last))
        except DatelineError as error:
            memory["error"] = str(error)


def _export(atlas: Atlas, told: dict[str, Any], number: int) -> None:
    found = current(Briefs(atlas.store.journal).all(), str(told.get("brief", "")))
    format = str(told.get("format"))
    if found is not None and format in FORMATS:
        exports().start(atlas.store.path.resolve(), found.id, found.title, format, number)
