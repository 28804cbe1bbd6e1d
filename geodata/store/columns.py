"""The store as columns: what filters, counts and the map work on, a million claims at a time.

Row numbers are those of `Store.project_records` (sorted by id): row ``r`` is bit ``r`` of every mask. Texts are
codes into ``labels``; many values a row are three flat arrays (compressed sparse rows): the values of row ``r``
are ``codes[starts[r]:starts[r + 1]]``. Arrays are read-only: copy before changing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.records import UNCLEAR
from geodata.store import kept, rows
from geodata.store.gpkg import wkb_of

NO_YEAR = 0
"""In ``year_min`` and ``year_max`` of a project without a year."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One text a row: ``labels[codes[r]]``. Labels are sorted; ``""`` stands for none."""

    codes: NDArray[np.int32]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """Several texts a row: ``labels[c] for c in codes[starts[r]:starts[r + 1]]``; labels are sorted.

    ``roles`` is as long as ``codes`` (code of the role of each value), or empty where values have none.
    ``kinds`` is as long as ``labels`` (actor kind of each label), or empty.
    """

    starts: NDArray[np.int64]
    codes: NDArray[np.int32]
    labels: tuple[str, ...]
    roles: NDArray[np.int32]
    role_labels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def rows(self) -> NDArray[np.int64]:
        """Return the row number of each value, as long as ``codes``."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


@dataclass(frozen=True, slots=True)
class ProjectColumns:
    """All projects, one row each, in the order of `Store.project_records`."""

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    type: Coded
    status: Coded
    year_min: NDArray[np.int16]
    """Earliest year, `NO_YEAR` where there is none."""
    year_max: NDArray[np.int16]
    year_starts: NDArray[np.int64]
    years: NDArray[np.int16]
    """Every year of row ``r``: ``years[year_starts[r]:year_starts[r + 1]]``."""
    actors: Many
    """Names, with role and kind."""
    places: Many
    """Names of the places that stand for the project, with role."""
    countries: Many
    """ISO 3166-1 alpha-2 of those places, each once a row."""
    documents: Many
    """Document ids, each once a row."""
    precision: NDArray[np.int8]
    """IATI code, see `geodata.records`."""
    confidence: NDArray[np.float32]
    has_conflict: NDArray[np.bool_]
    lon: NDArray[np.float64]
    """Of a point on the geometry, for extents and clusters; nan where there is none."""
    lat: NDArray[np.float64]
    shape: Coded
    """``point``, ``line``, ``area`` or ``""``."""
    geometry: NDArray[np.object_]
    """WKB bytes (WGS 84, longitude first), ``None`` where there is none."""
    claims: NDArray[np.int32]
    """How many claims each has."""

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class ClaimColumns:
    """All claims of projects, one row each, by project row and position."""

    keys: NDArray[np.int64]
    """For `Store.claims_by_key`."""
    project: NDArray[np.int32]
    """Row number of the project; ascending."""
    sentence: NDArray[np.int64]
    """Key of the sentence, -1 for none."""
    document: Coded
    property: Coded
    value: Coded
    role: Coded
    modality: Coded
    rank: Coded
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    confidence: NDArray[np.float32]
    precision: NDArray[np.int8]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.project)


@dataclass(frozen=True, slots=True)
class PlaceColumns:
    """The places that stand for projects, one row a project, place and role, by project row and position."""

    project: NDArray[np.int32]
    """Row number of the project; ascending."""
    name: Coded
    role: Coded
    country: Coded
    place: Coded
    """Place ids."""
    precision: NDArray[np.int8]
    lon: NDArray[np.float64]
    """nan where the place has no coordinates."""
    lat: NDArray[np.float64]
    geometry: NDArray[np.object_]
    """WKB bytes where it is more than a point, else ``None``."""

    def __len__(self) -> int:
        return len(self.project)


@dataclass(frozen=True, slots=True)
class SentenceIndex:
    """Which project rows the claims of a sentence belong to, once a pair, by sentence."""

    keys: NDArray[np.int64]
    project: NDArray[np.int32]


def coded(values: Iterable[str | None]) -> Coded:
    """Return texts as codes into sorted labels."""
    listed = [value or "" for value in values]
    labels = tuple(sorted(set(listed)))
    number = {label: code for code, label in enumerate(labels)}
    return Coded(_fixed([number[value] for value in listed], np.int32), labels)


def many(
    values: Sequence[Sequence[str]],
    roles: Iterable[str] | None = None,
    kinds: dict[str, str] | None = None,
) -> Many:
    """Return lists of texts as compressed sparse rows; ``roles`` runs over all values in order."""
    flat = coded(chain.from_iterable(values))
    starts = np.zeros(len(values) + 1, np.int64)
    np.cumsum([len(listed) for listed in values], out=starts[1:])
    starts.flags.writeable = False
    role = Coded(_fixed([], np.int32), ()) if roles is None else coded(roles)
    by_label = tuple(kinds.get(label, "") for label in flat.labels) if kinds is not None else ()
    return Many(starts, flat.codes, flat.labels, role.codes, role.labels, by_label)


def _fixed(values: Any, dtype: Any) -> NDArray[Any]:
    array = np.asarray(values, dtype)
    array.flags.writeable = False
    return array


def project_columns(connection: sqlite3.Connection) -> ProjectColumns:
    """Read the columns of all projects."""
    found = connection.execute(
        "SELECT id, title, type, status, first_year, last_year, precision, confidence, sources_disagree, shape,"
        " geom, years, countries, documents FROM projects ORDER BY fid"
    ).fetchall()
    (ids, titles, types, statuses, first, last, precision, confidence, disagree, shape, geom, *lists) = (
        zip(*found, strict=True) if found else ((),) * 14
    )
    years, countries, documents = ([json.loads(text) for text in column] for column in lists)
    year_starts = np.zeros(len(ids) + 1, np.int64)
    np.cumsum([len(listed) for listed in years], out=year_starts[1:])
    geometry = np.array([None, *map(wkb_of, geom)], dtype=object)[1:]
    lon, lat = _points(geometry)
    counts = connection.execute(
        "SELECT project - 1, count(*) FROM project_claims WHERE list = 'claims' GROUP BY project"
    ).fetchall()
    claims = np.zeros(len(ids), np.int32)
    for row, count in counts:
        claims[row] = count
    return ProjectColumns(
        ids=tuple(ids),
        titles=tuple(titles),
        type=coded(types),
        status=coded(statuses),
        year_min=_fixed([year or NO_YEAR for year in first], np.int16),
        year_max=_fixed([year or NO_YEAR for year in last], np.int16),
        year_starts=_fixed(year_starts, np.int64),
        years=_fixed(list(chain.from_iterable(years)), np.int16),
        actors=_named(connection, "actors", len(ids)),
        places=_named(connection, "places", len(ids)),
        countries=many(countries),
        documents=many(documents),
        precision=_fixed(precision, np.int8),
        confidence=_fixed(confidence, np.float32),
        has_conflict=_fixed(disagree, np.bool_),
        lon=lon,
        lat=lat,
        shape=coded(shape),
        geometry=geometry,
        claims=_fixed(claims, np.int32),
    )


def _points(geometry: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a point on each geometry (for a route its middle vertex's neighbourhood, for an area inside)."""
    shapes = shapely.from_wkb(geometry)
    points = shapely.point_on_surface(shapes)
    return _fixed(shapely.get_x(points), np.float64), _fixed(shapely.get_y(points), np.float64)


_LISTED = ("value", "role", "kind", "country", "place", "precision", "lon", "lat", "geometry")


def _listed(connection: sqlite3.Connection, name: str) -> list[tuple[Any, ...]]:
    """Return the claims in one list of the projects: project key, then `_LISTED`, as the merge left them."""
    found = connection.execute(
        "SELECT l.project, c.value, c.role, c.kind, c.country, c.place, c.precision, c.lon, c.lat, c.shape, l.changes"
        " FROM projects p CROSS JOIN project_claims l ON l.project = p.fid AND l.list = ?"
        " LEFT JOIN claims c ON c.fid = l.claim ORDER BY l.project, l.position",
        (name,),
    )
    return [row[:-1] if row[-1] is None else _changed(row) for row in found]


def _changed(row: tuple[Any, ...]) -> tuple[Any, ...]:
    values = dict(zip(_LISTED, row[1:-1], strict=True))
    changes = json.loads(row[-1])
    values.update((key, value) for key, value in changes.items() if key in values)
    if changes.get("geometry") is not None:
        values["geometry"] = bytes.fromhex(changes["geometry"])
    return (row[0], *values.values())


def _named(connection: sqlite3.Connection, name: str, size: int) -> Many:
    """Return the names in one list of the projects, each once a row and role."""
    values: list[dict[tuple[str, str], None]] = [{} for _ in range(size)]
    kinds: dict[str, str] = {}
    for project, value, role, kind, *_ in _listed(connection, name):
        values[project - 1][value or "", role or ""] = None
        kinds.setdefault(value or "", kind or "")
    roles = (role for pairs in values for _, role in pairs)
    return many([[value for value, _ in pairs] for pairs in values], roles, kinds)


def place_columns(connection: sqlite3.Connection) -> PlaceColumns:
    """Read the places that stand for projects."""
    found = _listed(connection, "places")
    columns: list[Sequence[Any]] = list(zip(*found, strict=True)) if found else [()] * 10
    project, value, role, _, country, place, precision, lon, lat, shape = columns
    return PlaceColumns(
        project=_fixed(np.asarray(project, np.int64) - 1, np.int32),
        name=coded(value),
        role=coded(role),
        country=coded(country),
        place=coded(place),
        precision=_fixed([UNCLEAR if code is None else code for code in precision], np.int8),
        lon=_fixed([np.nan if x is None else x for x in lon], np.float64),
        lat=_fixed([np.nan if x is None else x for x in lat], np.float64),
        geometry=np.array([None, *shape], dtype=object)[1:],
    )


def claim_columns(connection: sqlite3.Connection) -> ClaimColumns:
    """Read the columns of all claims as they were extracted, with the rank that the merge gave."""
    documents = rows.ids(connection, "documents")
    found = connection.execute(
        "SELECT c.fid, l.project, c.sentence, c.document, c.property, c.value, c.role, c.modality,"
        ' coalesce(l.rank, c.rank), c.start, c."end", c.confidence, c.precision, c.lon, c.lat'
        " FROM project_claims l JOIN claims c ON c.fid = l.claim WHERE l.list = 'claims'"
        " ORDER BY l.project, l.position"
    ).fetchall()
    columns: list[Sequence[Any]] = list(zip(*found, strict=True)) if found else [()] * 15
    keys, project, sentence, document, prop, value, role, modality, rank = columns[:9]
    return ClaimColumns(
        keys=_fixed(keys, np.int64),
        project=_fixed(np.asarray(project, np.int64) - 1, np.int32),
        sentence=_fixed([-1 if key is None else key for key in sentence], np.int64),
        document=coded(documents[key] for key in document),
        property=coded(prop),
        value=coded(value),
        role=coded(role),
        modality=coded(modality),
        rank=coded(rank),
        start=_fixed(columns[9], np.int32),
        end=_fixed(columns[10], np.int32),
        confidence=_fixed(columns[11], np.float32),
        precision=_fixed(columns[12], np.int8),
        lon=_fixed([np.nan if x is None else x for x in columns[13]], np.float64),
        lat=_fixed([np.nan if x is None else x for x in columns[14]], np.float64),
    )


def sentence_index(connection: sqlite3.Connection) -> SentenceIndex:
    """Read which sentences lead to which projects."""
    found = connection.execute(
        "SELECT DISTINCT c.sentence, l.project - 1 FROM project_claims l JOIN claims c ON c.fid = l.claim"
        " WHERE l.list = 'claims' AND c.sentence IS NOT NULL ORDER BY 1, 2"
    ).fetchall()
    pairs = np.array(found, np.int64).reshape(-1, 2)
    return SentenceIndex(_fixed(pairs[:, 0], np.int64), _fixed(pairs[:, 1], np.int32))


KEPT = {
    "projects": (ProjectColumns, project_columns),
    "places": (PlaceColumns, place_columns),
    "sentences": (SentenceIndex, sentence_index),
}
"""What is kept in the store with the projects, and how it is gathered from the tables."""


def keep_all(connection: sqlite3.Connection) -> None:
    """Gather `KEPT` from the tables and keep it, within the caller's transaction."""
    for name, (_, gather) in KEPT.items():
        kept.keep(connection, name, gather(connection))


def fetch(connection: sqlite3.Connection, name: str) -> Any:
    """Return one of `KEPT`."""
    kind, gather = KEPT[name]
    found = kept.fetch(connection, name, kind)
    return gather(connection) if found is None else found
