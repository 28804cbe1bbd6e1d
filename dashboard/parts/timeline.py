"""The timeline under the map: things span their life, a brush is the year filter, play."""

from __future__ import annotations

from dashboard.parts.component import part

_timeline = part("timeline")


def timeline() -> None:
    """Show the timeline; it draws what the map shows, from the same columns."""
    _timeline(key="timeline", data={})
