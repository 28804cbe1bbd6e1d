"""Masks and counts over columns: which projects a filter shows, and what each further choice would show.

No Streamlit here. The columns of a store are made once a revision; every filter is then a few passes over numpy
arrays. The count of a choice follows all *other* filters, so that it tells what a click on it would give. What is
hidden is accounted for: each hidden project is listed under the first reason in ``REASONS`` that hides it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.filters import (
    FIRST_YEAR,
    LAST_YEAR,
    NO_STATUS,
    PRECISIONS,
    ActorFilter,
    Filter,
    clean,
)
from geodata.matching import percent
from geodata.records import UNCLEAR
from geodata.store.columns import Coded, ProjectColumns
from geodata.store.columns import Many as StoreMany
from geodata.vocabulary import Vocabulary

Mask = NDArray[np.bool_]
Ints = NDArray[np.integer]

REASONS = (
    "type",
    "actor",
    "role",
    "status",
    "country",
    "place",
    "document",
    "precision",
    "confidence",
    "text",
    "year",
    "no_year",
    "not_located",
    "extent",
)
"""Why a project is hidden, in the order in which a reason is looked for: what the user chose comes first, so that
"no year" and "not located" hold only those that would be shown otherwise."""


@dataclass(frozen=True, slots=True)
class Many:
    """A column with any number of values a row (actors, places …), flat, row after row.

    Row ``i`` has the values ``start[i]`` to ``start[i + 1]``, each pair of value and role once.
    """

    names: tuple[str, ...]
    """In order of how many projects have them."""
    roles: tuple[str, ...]
    start: Ints
    """uint32, one more than there are rows."""
    row: Ints
    """uint32, the row of each value."""
    value: Ints
    """uint32, indexes into ``names``."""
    role: Ints
    """uint16, indexes into ``roles``."""
    new: Mask
    """Whether the value stands first in its row; a value in two roles counts its row once."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The projects of one revision of a store, column by column, in the order of ``store.project_records()``."""

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    types: tuple[str, ...]
    groups: tuple[str, ...]
    statuses: tuple[str, ...]
    type_group: Ints
    """uint8, the group of each of ``types``."""
    type: Ints
    """uint16, indexes into ``types``."""
    status: Ints
    """uint8, indexes into ``statuses``."""
    first: Ints
    """int16, 0 where there is no year."""
    last: Ints
    precision: Ints
    confidence: Ints
    """uint8, per cent."""
    located: Mask
    disagree: Mask
    bounds: NDArray[np.float32]
    """West, south, east, north; NaN without a geometry."""
    actors: Many
    countries: Many
    places: Many
    documents: Many

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Facets:
    """What a filter shows, and the count of each choice."""

    mask: Mask
    counts: Mapping[str, Mapping[str, int]]
    """By facet (type, group, status, actor, actor_role, role, country, place, document, precision), by value.

    ``actor_role`` is about the chosen actors, ``role`` about any."""
    years: Ints
    """Projects a year, from ``first_year`` on."""
    first_year: int
    undated: int
    """Projects without a year that the other filters show."""
    unlocated: int
    hidden: Mapping[str, Ints]
    """Rows by reason, in the order of ``REASONS``, only reasons that hide something."""

    @property
    def shown(self) -> int:
        """How many are shown."""
        return int(self.mask.sum())


# --- making columns --------------------------------------------------------------------------------------------------


def build(store: ProjectColumns, vocabulary: Vocabulary) -> Columns:
    """Return the columns that facets work on, with values in the order in which lists show them."""
    type_names, types = _known(store.type, vocabulary.types)
    status_names, statuses = _known(store.status, vocabulary.statuses, none=NO_STATUS)
    groups = tuple(vocabulary.groups)
    shapes = shapely.from_wkb(store.geometry)
    bounds = shapely.bounds(shapes).astype(np.float32).reshape(-1, 4)
    return Columns(
        ids=store.ids,
        titles=store.titles,
        types=type_names,
        groups=groups,
        statuses=status_names,
        type_group=np.array([groups.index(vocabulary.group_of(t).id) for t in type_names], dtype=np.uint8),
        type=types.astype(np.uint16),
        status=statuses.astype(np.uint8),
        first=store.year_min,
        last=store.year_max,
        precision=store.precision.astype(np.uint8),
        confidence=np.floor(store.confidence.astype(np.float64) * 100 + 0.5 + 1e-4).astype(np.uint8),
        located=~np.isnan(bounds[:, 0]) & (store.precision != UNCLEAR),
        disagree=store.has_conflict,
        bounds=bounds,
        actors=_ranked(store.actors),
        countries=_ranked(store.countries),
        places=_ranked(store.places),
        documents=_ranked(store.documents),
    )


def _known(column: Coded, known: Iterable[str], none: str = "") -> tuple[tuple[str, ...], Ints]:
    """Put what is present in the order of the vocabulary; what no vocabulary knows comes after, by name."""
    labels = [label or none for label in column.labels]
    order = {name: i for i, name in enumerate(known)}
    names = sorted(labels, key=lambda name: (order.get(name, len(order)), name))
    at = np.array([names.index(label) for label in labels], dtype=np.int64)
    return tuple(names), at[column.codes] if len(labels) else np.zeros(0, np.int64)


def _ranked(column: StoreMany) -> Many:
    """Put names in the order of how many rows have them, most first, then by name; leave out what has no name."""
    labels = [clean(label) for label in column.labels]
    names = sorted(set(labels) - {""})
    at = {name: i for i, name in enumerate(names)}
    code = np.array([at.get(label, -1) for label in labels] or [-1], dtype=np.int64)[column.codes]
    row = column.rows()
    roles = column.roles if len(column.roles) else np.zeros(len(code), np.int64)
    role_names = column.role_labels or ("",)
    row, code, roles = row[code >= 0], code[code >= 0], roles[code >= 0]
    width, depth = max(len(names), 1), len(role_names)
    packed = np.unique((row * width + code) * depth + roles)
    row, code, roles = packed // depth // width, packed // depth % width, packed % depth
    new = np.ones(len(packed), dtype=np.bool_)
    new[1:] = (row[1:] != row[:-1]) | (code[1:] != code[:-1])
    rows_of = np.bincount(code[new], minlength=len(names))
    rank = np.lexsort((np.arange(len(names)), -rows_of))
    place = np.empty(len(names), np.int64)
    place[rank] = np.arange(len(names))
    start = np.zeros(len(column.starts), np.uint32)
    start[1:] = np.cumsum(np.bincount(row, minlength=len(start) - 1))
    return Many(
        names=tuple(names[i] for i in rank),
        roles=tuple(role_names),
        start=start,
        row=row.astype(np.uint32),
        value=place[code].astype(np.uint32) if len(names) else code.astype(np.uint32),
        role=roles.astype(np.uint16),
        new=new,
    )


# --- filtering -------------------------------------------------------------------------------------------------------


def count(columns: Columns, filter: Filter, *, found: Ints | None = None, unlocated: bool = False) -> Facets:
    """Return what a filter shows and all counts.

    Parameters
    ----------
    found
        The rows that the store's search gave for ``filter.text``; needed where that is set, else nothing passes.
    unlocated
        Whether projects that cannot be put on the map are shown (in lists and the timeline) too.
    """
    passes = _passes(columns, filter, found, unlocated)
    fails = np.zeros(len(columns), dtype=np.uint8)
    for mask in passes.values():
        fails += ~mask
    return Facets(
        mask=fails == 0,
        counts=_counts(columns, filter, passes, fails),
        **_year_counts(columns, passes, fails),
        unlocated=int((_open(passes, fails, "not_located") & ~columns.located).sum()),
        hidden=_hidden(passes),
    )


def _passes(columns: Columns, filter: Filter, found: Ints | None, unlocated: bool) -> dict[str, Mask]:
    """Return a mask for each reason that hides something; reasons that hide nothing are left out."""
    passes: dict[str, Mask] = {}
    if filter.types or filter.groups:
        passes["type"] = _of_types(columns, filter)
    if filter.actors:
        passes["actor"] = _of_actors(columns, filter)
    if filter.roles:
        held = _among(columns.actors.roles, filter.roles)[columns.actors.role]
        passes["role"] = _rows_with(columns.actors, held)
    if filter.statuses:
        passes["status"] = _among(columns.statuses, filter.statuses)[columns.status]
    if filter.countries:
        passes["country"] = _any(columns.countries, _among(columns.countries.names, filter.countries))
    if filter.places:
        passes["place"] = _any(columns.places, _folded(columns.places.names, filter.places))
    if filter.documents:
        passes["document"] = _any(columns.documents, _among(columns.documents.names, filter.documents))
    if filter.precisions:
        passes["precision"] = np.isin(columns.precision, filter.precisions)
    if filter.confidence:
        passes["confidence"] = columns.confidence >= percent(filter.confidence)
    if filter.text:
        passes["text"] = np.zeros(len(columns), np.bool_)
        passes["text"][found if found is not None else []] = True
    dated = columns.first != 0
    if filter.has_years:
        low, high = filter.first or FIRST_YEAR, filter.last or LAST_YEAR
        passes["year"] = ~dated | ((columns.last >= low) & (columns.first <= high))
    if not filter.keeps_undated:
        passes["no_year"] = dated
    if not unlocated:
        passes["not_located"] = columns.located
    if filter.extent is not None:
        passes["extent"] = _inside(columns.bounds, filter.extent)
    return passes


def _among(names: Sequence[str], wanted: Iterable[str]) -> Mask:
    kept = set(wanted)
    return np.fromiter((n in kept for n in names), np.bool_, len(names))


def _of_types(columns: Columns, filter: Filter) -> Mask:
    by_type = _among(columns.types, filter.types) | _among(columns.groups, filter.groups)[columns.type_group]
    return by_type[columns.type] if len(by_type) else np.zeros(len(columns), np.bool_)


def _of_actors(columns: Columns, filter: Filter) -> Mask:
    column = columns.actors
    wanted: dict[str, set[str]] = {}
    for actor in filter.actors:
        wanted.setdefault(actor.name.casefold(), set()).add(actor.role)
    hit = np.zeros((len(column.names), len(column.roles)), dtype=np.bool_)
    for i, name in enumerate(column.names):
        roles = wanted.get(name.casefold())
        if roles:
            hit[i] = True if "" in roles else [r in roles for r in column.roles]
    return _rows_with(column, hit[column.value, column.role])


def _folded(names: Sequence[str], wanted: Iterable[str]) -> Mask:
    kept = {w.casefold() for w in wanted}
    return np.fromiter((n.casefold() in kept for n in names), np.bool_, len(names))


def _any(column: Many, hit: Mask) -> Mask:
    return _rows_with(column, hit[column.value] if len(hit) else np.zeros(0, np.bool_))


def _rows_with(column: Many, hit: Mask) -> Mask:
    mask = np.zeros(len(column.start) - 1, dtype=np.bool_)
    mask[column.row[hit]] = True
    return mask


def _inside(bounds: NDArray[np.float32], extent: tuple[float, float, float, float]) -> Mask:
    west, south, east, north = (np.float32(x) for x in extent)
    level = (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
    if west <= east:
        return level & (bounds[:, 0] <= east) & (bounds[:, 2] >= west)
    return level & ((bounds[:, 0] <= east) | (bounds[:, 2] >= west))


# --- counting --------------------------------------------------------------------------------------------------------


def _open(passes: Mapping[str, Mask], fails: Ints, *own: str) -> Mask:
    """Return the rows that pass all filters but a facet's own."""
    without = fails
    for reason in own:
        if reason in passes:
            without = without - ~passes[reason]
    return np.equal(without, 0)


def _counts(
    columns: Columns, filter: Filter, passes: Mapping[str, Mask], fails: Ints
) -> Mapping[str, Mapping[str, int]]:
    by_type = np.bincount(columns.type[_open(passes, fails, "type")], minlength=len(columns.types))
    by_group = np.bincount(columns.type_group, weights=by_type, minlength=len(columns.groups))
    by_status = np.bincount(columns.status[_open(passes, fails, "status")], minlength=len(columns.statuses))
    by_precision = np.bincount(columns.precision[_open(passes, fails, "precision")], minlength=10)
    actor_rows = _open(passes, fails, "actor")
    return MappingProxyType(
        {
            "type": _named(columns.types, by_type),
            "group": _named(columns.groups, by_group),
            "status": _named(columns.statuses, by_status),
            "precision": {str(p): int(by_precision[p]) for p in PRECISIONS if by_precision[p]},
            "actor": _count_many(columns.actors, actor_rows),
            "actor_role": _count_roles(columns, filter.actors, actor_rows),
            "role": _count_roles(columns, (), _open(passes, fails, "role")),
            "country": _count_many(columns.countries, _open(passes, fails, "country")),
            "place": _count_many(columns.places, _open(passes, fails, "place")),
            "document": _count_many(columns.documents, _open(passes, fails, "document")),
        }
    )


def _named(names: Sequence[str], counts: NDArray[np.generic]) -> dict[str, int]:
    return {name: int(n) for name, n in zip(names, counts, strict=True) if n}


def _count_many(column: Many, rows: Mask) -> dict[str, int]:
    kept = column.value[column.new & rows[column.row]]
    return _named(column.names, np.bincount(kept, minlength=len(column.names)))


def _count_roles(columns: Columns, actors: Iterable[ActorFilter], rows: Mask) -> dict[str, int]:
    """Return the projects a role of some actors, or of any actor where there are none."""
    column = columns.actors
    kept = rows[column.row]
    chosen = [a.name for a in actors]
    if chosen:
        kept = kept & _folded(column.names, chosen)[column.value]
    pairs = np.unique(column.row[kept].astype(np.int64) * len(column.roles) + column.role[kept])
    return _named(column.roles, np.bincount(pairs % len(column.roles), minlength=len(column.roles)))


def _year_counts(columns: Columns, passes: Mapping[str, Mask], fails: Ints) -> dict[str, Any]:
    rows = _open(passes, fails, "year", "no_year")
    dated = columns.first != 0
    undated = int((rows & ~dated).sum())
    if not dated.any():
        return {"years": np.zeros(0, np.int64), "first_year": 0, "undated": undated}
    low, high = int(columns.first[dated].min()), int(columns.last[dated].max())
    step = np.zeros(high - low + 2, dtype=np.int64)
    kept = rows & dated
    step += np.bincount(columns.first[kept].astype(np.int64) - low, minlength=len(step))
    step -= np.bincount(columns.last[kept].astype(np.int64) - low + 1, minlength=len(step))
    return {"years": np.cumsum(step)[:-1], "first_year": low, "undated": undated}


def _hidden(passes: Mapping[str, Mask]) -> Mapping[str, Ints]:
    hidden: dict[str, Ints] = {}
    left: Mask | None = None
    for reason in REASONS:
        if reason not in passes:
            continue
        fails = ~passes[reason] if left is None else ~passes[reason] & left
        left = ~fails if left is None else left & ~fails
        if fails.any():
            hidden[reason] = np.flatnonzero(fails)
    return MappingProxyType(hidden)
