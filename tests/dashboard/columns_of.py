"""Columns made of project records, as the store makes them of its rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from geodata.records import Project
from geodata.store.columns import ProjectColumns, coded, many


def store_columns(projects: Sequence[Project]) -> ProjectColumns:
    """Return the columns that a store would give for these projects."""
    n = len(projects)
    actors = [list(dict.fromkeys((a.value, a.role) for a in p.actors)) for p in projects]
    places = [list(dict.fromkeys((c.value, c.role) for c in p.places)) for p in projects]
    geometry = np.array(
        [None, *(None if p.geometry is None else shapely.to_wkb(p.geometry) for p in projects)], object
    )
    countries = [sorted({c.country for c in p.places if c.country}) for p in projects]
    return ProjectColumns(
        ids=tuple(p.id for p in projects),
        titles=tuple(p.title for p in projects),
        type=coded(p.type for p in projects),
        status=coded(p.status for p in projects),
        year_min=np.array([min(p.years, default=0) for p in projects], np.int16),
        year_max=np.array([max(p.years, default=0) for p in projects], np.int16),
        year_starts=np.zeros(n + 1, np.int64),
        years=np.zeros(0, np.int16),
        actors=many(
            [[name for name, _ in row] for row in actors], (role for row in actors for _, role in row)
        ),
        places=many(
            [[name for name, _ in row] for row in places], (role for row in places for _, role in row)
        ),
        countries=many(countries),
        documents=many([sorted({c.document for c in p.claims}) for p in projects]),
        precision=np.array([p.precision for p in projects], np.int8),
        confidence=np.array([p.confidence for p in projects], np.float32),
        has_conflict=np.array([bool(p.conflicts) for p in projects], np.bool_),
        lon=np.zeros(n),
        lat=np.zeros(n),
        shape=coded("" for _ in projects),
        geometry=geometry[1:],
        claims=np.zeros(n, np.int32),
    )
