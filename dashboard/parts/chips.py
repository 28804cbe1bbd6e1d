"""The filters in force as chips over the map; on a phone, the one-line filter bar."""

from __future__ import annotations

from dashboard.data import Atlas
from dashboard.parts.component import part

_chips = part("chips")


def chips(atlas: Atlas) -> None:
    """Show the chips. They also bring the names of the vocabulary to the browser, once a page."""
    _chips(key="chips", data={"vocabulary": atlas.labels, "revision": atlas.revision})
