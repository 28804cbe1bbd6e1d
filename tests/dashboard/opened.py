"""The store that the dashboard has open, and the brief that its page shows."""

from __future__ import annotations

from dashboard import data
from dashboard.briefing import current
from dashboard.data import Atlas
from geodata.briefs import Briefs
from geodata.records import Brief


def atlas() -> Atlas:
    """Return the store of ``DATELINE_STORE``, as the pages have it open."""
    found = data.atlas()
    assert found is not None
    return found


def brief_of(atlas: Atlas) -> Brief:
    """Return the brief that the page opens with."""
    brief = current(Briefs(atlas.store.journal).all(), "")
    assert brief is not None
    return brief
