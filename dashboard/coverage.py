"""Where and when the texts say nothing: counts by country or type and year (no Streamlit: testable)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.facets import Columns
from geodata.store.columns import ProjectColumns

MOST_COLUMNS = 44
"""Years that have a column of their own; what is earlier shares the first one."""
MOST_ROWS = 400
MOST_PROJECTS = 300


def matrix(columns: Columns, by: str) -> dict[str, Any]:
    """Return projects by country, type or group and year; a project counts in each year that it spans.

    ``years`` are the columns; where ``earlier`` is set, the first column holds all up to that year. A row is its
    name, the number of its projects, how many have no year, and the count of each column.
    """
    shown = _years(columns)
    first = columns.first.astype(int)
    last = columns.last.astype(int)
    rows: list[list[Any]] = [
        [name, len(members), int((first[members] == 0).sum()), _spread(first, last, members, shown)]
        for name, members in _members(columns, by)
    ]
    rows.sort(key=lambda row: (-row[1], row[0]))
    low = int(first[first > 0].min()) if (first > 0).any() else 0
    return {
        "by": by,
        "years": shown,
        "earlier": bool(shown and low < shown[0]),
        "rows": rows[:MOST_ROWS],
        "total": _spread(first, last, np.arange(len(columns)), shown),
    }


def _years(columns: Columns) -> list[int]:
    dated = columns.first > 0
    if not dated.any():
        return []
    low, high = int(columns.first[dated].min()), int(columns.last[dated].max())
    return list(range(max(low, high - MOST_COLUMNS + 1), high + 1))


def _members(columns: Columns, by: str) -> list[tuple[str, NDArray[np.int64]]]:
    if by == "country":
        column = columns.countries
        order = np.argsort(column.value, kind="stable")
        cut = np.searchsorted(column.value[order], np.arange(len(column.names) + 1))
        rows = column.row[order].astype(np.int64)
        return [(name, np.unique(rows[cut[i] : cut[i + 1]])) for i, name in enumerate(column.names)]
    if by == "group":
        group = columns.type_group[columns.type] if len(columns.types) else columns.type
        return _each(columns.groups, group)
    return _each(columns.types, columns.type)


def _each(names: Sequence[str], codes: NDArray[np.integer]) -> list[tuple[str, NDArray[np.int64]]]:
    found = [(name, np.flatnonzero(codes == i)) for i, name in enumerate(names)]
    return [(name, rows) for name, rows in found if len(rows)]


def _spread(
    first: NDArray[np.int64], last: NDArray[np.int64], members: NDArray[np.int64], shown: Sequence[int]
) -> list[int]:
    if not shown:
        return []
    members = members[first[members] > 0]
    low = shown[0]
    step = np.zeros(len(shown) + 1, np.int64)
    np.add.at(step, np.maximum(first[members] - low, 0), 1)
    np.add.at(step, np.maximum(last[members] - low + 1, 1), -1)
    return [int(n) for n in np.cumsum(step)[:-1]]


def gaps(columns: Columns, store: ProjectColumns, named: dict[str, tuple[int, int]]) -> dict[str, Any]:
    """Return what is missing: countries that are named only, projects without a year, without a place.

    ``named`` gives for each country how often texts name a place in it, and how many texts do.
    """
    have = set(columns.countries.names)
    only: list[list[Any]] = [[code, *told] for code, told in named.items() if code and code not in have]
    only.sort(key=lambda row: (-row[1], row[0]))
    undated = np.flatnonzero(columns.first == 0)
    nowhere = np.flatnonzero(~columns.located)
    return {
        "only": only,
        "undated": _projects(columns, undated),
        "undatedCount": len(undated),
        "nowhere": _projects(columns, nowhere),
        "nowhereCount": len(nowhere),
        "projects": len(columns),
        "claims": int(store.claims.sum()),
    }


def _projects(columns: Columns, rows: NDArray[np.int64]) -> list[list[str]]:
    return [
        [columns.ids[i], columns.titles[i], columns.groups[int(columns.type_group[int(columns.type[i])])]]
        for i in rows[:MOST_PROJECTS]
    ]
