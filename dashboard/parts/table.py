"""The table below the map: the same projects in words, sortable, for reading and for screen readers."""

from __future__ import annotations

from dashboard.parts.component import part

_table = part("table")


def table() -> None:
    """Show the table; it lists what the map shows, from the same columns."""
    _table(key="table", data={})
