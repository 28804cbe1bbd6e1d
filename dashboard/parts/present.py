"""What is presented: the slides of a brief, and the step that all windows of it share."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from dashboard.briefing import current, scene_data
from dashboard.data import Atlas
from dashboard.parts.component import nothing, part
from geodata import attribution
from geodata.briefs import Briefs

_present = part("present")
REMOTE_SECONDS = 0.6
"""How often a window asks whether a remote control has stepped; its own keys never wait for that."""


@dataclass
class Steps:
    """Which scene each brief stands at, for all windows on this server: brief id → (count of steps, scene)."""

    at: dict[str, tuple[int, int]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def go(self, brief: str, scene: int) -> None:
        """Step to a scene."""
        with self.lock:
            count, now = self.at.get(brief, (0, -1))
            if now != scene:
                self.at[brief] = (count + 1, scene)

    def now(self, brief: str) -> tuple[int, int]:
        """Return how many steps there were, and the scene."""
        return self.at.get(brief, (0, 0))


@st.cache_resource
def steps() -> Steps:
    """Return the steps of this server."""
    return Steps()


@st.fragment(run_every=REMOTE_SECONDS)
def present(atlas: Atlas, asked: str, role: str) -> None:
    """Show the slides of a brief, or its notes, or a remote control."""
    kept: dict[str, Any] = st.session_state.setdefault("present-data", {})
    edits = atlas.store.journal.entries()
    stamp = (atlas.revision, asked, len(edits), edits[-1].id if edits else "")
    if kept.get("stamp") != stamp:
        kept["stamp"], kept["data"] = stamp, room_data(atlas, asked)
    id = kept["data"]["brief"]
    told = st.session_state.get("present", {}).get("step") or {}
    number = int(told.get("number", 0))
    if number > st.session_state.get("present-number", 0):
        st.session_state["present-number"] = number
        steps().go(id, int(told.get("scene", 0)))
    count, scene = steps().now(id)
    _present(
        key="present",
        data={
            **kept["data"],
            "role": role,
            "count": count,
            "at": scene,
            "number": st.session_state.get("present-number", 0),
        },
        on_step_change=nothing,
    )


def room_data(atlas: Atlas, asked: str) -> dict[str, Any]:
    """Return the brief that the room is shown: the one asked for, else the newest; hidden scenes stay out."""
    shown = current(Briefs(atlas.store.journal).all(), asked)
    scenes = [scene for scene in (shown.scenes if shown else ()) if not scene.hidden]
    return {
        "brief": shown.id if shown else "",
        "title": shown.title if shown else "",
        "scenes": [scene_data(atlas, scene) for scene in scenes],
        "attribution": attribution.ON_MAPS,
    }
