"""What a filter lets through: one project and one filter at a time. `dashboard.facets` does it for columns."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

from geodata.filters import FIRST_YEAR, LAST_YEAR, NO_STATUS, Extent, Filter, clean
from geodata.records import UNCLEAR, Project


def span(project: Project) -> tuple[int, int] | None:
    """Return the first and last year of a project, ``None`` where it has none."""
    return (min(project.years), max(project.years)) if project.years else None


def is_located(project: Project) -> bool:
    """Return whether a project can be put on the map: it has a geometry, and its place is not unclear."""
    return project.geometry is not None and not project.geometry.is_empty and project.precision != UNCLEAR


def percent(confidence: float) -> int:
    """Return a confidence in whole per cent, rounded; confidences are compared so, that 0.6 is 0.6 everywhere."""
    return int(confidence * 100 + 0.5 + 1e-4)


def overlaps(bounds: Extent, extent: Extent) -> bool:
    """Return whether bounds (west, south, east, north) reach into an extent, which may cross 180°."""
    if bounds[1] > extent[3] or bounds[3] < extent[1]:
        return False
    if extent[0] <= extent[2]:
        return bounds[0] <= extent[2] and bounds[2] >= extent[0]
    return bounds[0] <= extent[2] or bounds[2] >= extent[0]


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    from geodata.vocabulary import load_vocabulary

    return {id: type.group for id, type in load_vocabulary().types.items()}


def matches(project: Project, filter: Filter, *, found: Container[str] | None = None) -> bool:
    """Return whether a filter lets a project through.

    Parameters
    ----------
    found
        The ids that the store's own search gave for ``filter.text``; without it the words are looked for in the
        project's title and evidence.
    """
    return (
        _type_matches(project, filter)
        and _years_match(project, filter)
        and _actors_match(project, filter)
        and (not filter.roles or any(a.role in filter.roles for a in project.actors))
        and (not filter.statuses or (project.status or NO_STATUS) in filter.statuses)
        and (not filter.countries or any(p.country in filter.countries for p in project.places))
        and _places_match(project, filter)
        and (not filter.documents or any(clean(c.document) in filter.documents for c in project.claims))
        and (not filter.precisions or project.precision in filter.precisions)
        and percent(project.confidence) >= percent(filter.confidence)
        and _text_matches(project, filter.text, found)
        and _extent_matches(project, filter.extent)
    )


def _type_matches(project: Project, filter: Filter) -> bool:
    if not filter.types and not filter.groups:
        return True
    return project.type in filter.types or _groups().get(project.type, "other") in filter.groups


def _years_match(project: Project, filter: Filter) -> bool:
    years = span(project)
    if years is None:
        return filter.keeps_undated
    return years[1] >= (filter.first or FIRST_YEAR) and years[0] <= (filter.last or LAST_YEAR)


def _actors_match(project: Project, filter: Filter) -> bool:
    if not filter.actors:
        return True
    wanted = {(a.name.casefold(), a.role) for a in filter.actors}
    held = {(clean(a.value).casefold(), a.role) for a in project.actors}
    return any(pair in wanted or (pair[0], "") in wanted for pair in held)


def _places_match(project: Project, filter: Filter) -> bool:
    if not filter.places:
        return True
    wanted = {p.casefold() for p in filter.places}
    return any(clean(p.value).casefold() in wanted for p in project.places)


def _text_matches(project: Project, text: str, found: Container[str] | None) -> bool:
    if not text:
        return True
    if found is not None:
        return project.id in found
    parts = [project.title, *project.aliases]
    for claim in project.claims:
        parts += [claim.selector.prefix, claim.selector.exact, claim.selector.suffix]
    hay = " ".join(parts).casefold()
    return all(word in hay for word in re.findall(r"\w+", text.casefold()))


def _extent_matches(project: Project, extent: Extent | None) -> bool:
    if extent is None:
        return True
    if project.geometry is None or project.geometry.is_empty:
        return False
    return overlaps(project.geometry.bounds, extent)
