"""Who does what with whom, where and when: counts over the columns of a store (no Streamlit: testable)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.facets import Columns, Many
from geodata.store.columns import ProjectColumns

MOST_LISTED = 4000
"""Actors in the list; the rest stand in one project each, and the map's own search finds them."""
MOST_PARTNERS = 40
MOST_PROJECTS = 200
MATRIX = 14

Rows = NDArray[np.int64]


def kinds_of(store: ProjectColumns) -> dict[str, str]:
    """Return the kind of each actor by name."""
    return dict(zip(store.actors.labels, store.actors.kinds, strict=False))


def counts(column: Many) -> NDArray[np.int64]:
    """Return how many projects have each value of a column."""
    return np.bincount(column.value[column.new], minlength=len(column.names))


def listed(columns: Columns, kinds: dict[str, str]) -> list[list[Any]]:
    """Return name, kind and number of projects of each actor, most projects first."""
    number = counts(columns.actors)
    return [
        [name, kinds.get(name, ""), int(number[i])]
        for i, name in enumerate(columns.actors.names[:MOST_LISTED])
    ]


def together(columns: Columns, most: int = MATRIX) -> dict[str, Any]:
    """Return how many projects the most frequent actors share with each other, as a square of counts."""
    names = columns.actors.names[:most]
    held = np.zeros((len(columns), len(names)), np.int64)
    kept = columns.actors.value < len(names)
    held[columns.actors.row[kept], columns.actors.value[kept]] = 1
    return {"names": list(names), "counts": (held.T @ held).tolist()}


def rows_of(column: Many, name: str) -> Rows:
    """Return the rows that have a value, each once, ascending."""
    if name not in column.names:
        return np.zeros(0, np.int64)
    return np.unique(column.row[column.value == column.names.index(name)].astype(np.int64))


def profile(columns: Columns, store: ProjectColumns, name: str) -> dict[str, Any] | None:
    """Return what one actor does, with whom, where and when; ``None`` where no project has it."""
    rows = rows_of(columns.actors, name)
    if not len(rows):
        return None
    inside = np.zeros(len(columns), np.bool_)
    inside[rows] = True
    return {
        "name": name,
        "projects": len(rows),
        "roles": _roles(columns.actors, name),
        "partners": _partners(columns, name, inside),
        "years": years(store, rows),
        "undated": int((columns.first[rows] == 0).sum()),
        "countries": _ranked(columns.countries, inside, 12),
        "places": _ranked(columns.places, inside, 12),
        "types": _types(columns, rows),
        "rows": [_project(columns, int(row), name) for row in _by_year(columns, rows)[:MOST_PROJECTS]],
    }


def _roles(column: Many, name: str) -> list[list[Any]]:
    kept = column.value == column.names.index(name)
    pairs = np.unique(column.row[kept].astype(np.int64) * len(column.roles) + column.role[kept])
    number = np.bincount(pairs % len(column.roles), minlength=len(column.roles))
    order = sorted(np.flatnonzero(number), key=lambda i: (-number[i], column.roles[i]))
    return [[column.roles[i], int(number[i])] for i in order]


def _partners(columns: Columns, name: str, inside: NDArray[np.bool_]) -> list[dict[str, Any]]:
    """Return who shares projects with an actor, most shared first, with the rows that they share."""
    ranked = [(other, n) for other, n in _ranked(columns.actors, inside, MOST_PARTNERS + 1) if other != name]
    return [
        {
            "name": other,
            "count": n,
            "shared": [
                [columns.ids[row], columns.titles[row]]
                for row in rows_of(columns.actors, other)
                if inside[row]
            ][:8],
        }
        for other, n in ranked[:MOST_PARTNERS]
    ]


def _ranked(column: Many, inside: NDArray[np.bool_], most: int) -> list[tuple[str, int]]:
    kept = column.value[column.new & inside[column.row]]
    number = np.bincount(kept, minlength=len(column.names))
    order = np.lexsort((np.arange(len(number)), -number))[:most]
    return [(column.names[i], int(number[i])) for i in order if number[i]]


def years(store: ProjectColumns, rows: Rows) -> list[list[int]]:
    """Return the years of some projects and how many span each."""
    if not len(rows):
        return []
    first, last = store.year_min[rows].astype(int), store.year_max[rows].astype(int)
    dated = first > 0
    if not dated.any():
        return []
    low, high = int(first[dated].min()), int(last[dated].max())
    step = np.zeros(high - low + 2, np.int64)
    np.add.at(step, first[dated] - low, 1)
    np.add.at(step, last[dated] - low + 1, -1)
    number = np.cumsum(step)[:-1]
    return [[low + i, int(n)] for i, n in enumerate(number)]


def _types(columns: Columns, rows: Rows) -> list[list[Any]]:
    number = np.bincount(columns.type[rows], minlength=len(columns.types))
    order = sorted(np.flatnonzero(number), key=lambda i: (-number[i], i))
    return [
        [columns.types[i], columns.groups[int(columns.type_group[i])], int(number[i])] for i in order[:10]
    ]


def _by_year(columns: Columns, rows: Rows) -> Rows:
    """Return rows, latest first, those without a year last."""
    return rows[np.lexsort((rows, -columns.last[rows].astype(int)))]


def _project(columns: Columns, row: int, name: str) -> dict[str, Any]:
    column = columns.actors
    low, high = int(column.start[row]), int(column.start[row + 1])
    mine = [i for i in range(low, high) if column.names[int(column.value[i])] == name]
    return {
        "id": columns.ids[row],
        "title": columns.titles[row],
        "type": columns.types[int(columns.type[row])],
        "group": columns.groups[int(columns.type_group[int(columns.type[row])])],
        "status": columns.statuses[int(columns.status[row])],
        "first": int(columns.first[row]),
        "last": int(columns.last[row]),
        "roles": sorted({column.roles[int(column.role[i])] for i in mine}),
    }
