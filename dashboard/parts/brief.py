"""The Brief page's parts: scenes, the slide as it will be, and what can be changed of it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.briefing import act, brief_data, current, exported
from dashboard.data import Atlas, read_only
from dashboard.frame import go
from dashboard.parts.component import nothing, part
from geodata.briefs import Briefs
from geodata.errors import DatelineError

_brief = part("brief")


@st.fragment
def brief(atlas: Atlas, asked: str, scene: str) -> None:
    """Show the editor. ``asked`` and ``scene`` are the brief and scene that the address names."""
    memory: dict[str, Any] = st.session_state.setdefault("brief-memory", {})
    memory.setdefault("brief", asked)
    memory.setdefault("scene", scene)
    last = str(st.session_state.get("last_query", ""))
    answer = _answer(atlas, memory, last)
    briefs = Briefs(atlas.store.journal).all()
    shown = current(briefs, memory["brief"])
    data = brief_data(atlas, briefs, shown, last=last, read_only=read_only())
    result = _brief(
        key="brief",
        data={**data, "show": memory["scene"], **answer},
        on_act_change=nothing,
        on_go_change=nothing,
    )
    if result.go:
        go(str(result.go["page"]), str(result.go.get("query", "")))


def _answer(atlas: Atlas, memory: dict[str, Any], last: str) -> dict[str, Any]:
    """Do what the browser asked since the last run, once, and return what it is told of it."""
    told = st.session_state.get("brief", {}).get("act") or {}
    number = int(told.get("number", 0))
    if not told or number <= memory.get("number", 0):
        return dict(memory.get("answer", {}))
    memory["number"] = number
    memory["answer"] = {"done": number}
    try:
        if told.get("do") == "show":
            memory.update({k: str(told[k]) for k in ("brief", "scene") if k in told})
        elif told.get("do") == "export":
            found = current(Briefs(atlas.store.journal).all(), str(told.get("brief", "")))
            if found is not None:
                memory["answer"]["file"] = exported(atlas, found, str(told.get("format")))
        elif not read_only():
            memory.update(act(atlas, told, last))
    except DatelineError as error:
        memory["answer"]["error"] = str(error)
    return dict(memory["answer"])
