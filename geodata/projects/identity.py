"""Ids that last: a project keeps its id when texts are added, read again or taken away.

An event that was in a project before brings that project's id along; the project with most of its old events keeps
it. A new project's id is made of what it is and where, as the first of its events (by document and position) that
names a place or name says, so that a store made anew in another order has the same ids.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

from geodata.projects.profiles import Profile

LENGTH = 10
"""Hexadecimal digits: a million projects share one with a chance of one in two; then the event's id decides."""


def assign_ids(
    groups: Sequence[Sequence[int]],
    profiles: Sequence[Profile],
    types: Sequence[str],
    known: Mapping[str, str],
) -> list[str]:
    """Return an id a group; ``profiles`` in order of document and position, ``known`` leads events to old ids."""
    ids: list[str] = [""] * len(groups)
    taken: set[str] = set()
    votes = []
    for n, group in enumerate(groups):
        counts = Counter(known[event] for i in group for event in profiles[i].events if event in known)
        votes += [(-count, project, n) for project, count in counts.items()]
    for _, project, n in sorted(votes):
        if not ids[n] and project not in taken:
            ids[n] = project
            taken.add(project)
    for n, group in enumerate(groups):
        if not ids[n]:
            ids[n] = _new_id(group, profiles, types[n], taken)
            taken.add(ids[n])
    return ids


def _new_id(group: Sequence[int], profiles: Sequence[Profile], type_id: str, taken: set[str]) -> str:
    anchor = next((profiles[i] for i in group if _telling(profiles[i])), profiles[group[0]])
    key = [type_id, _telling(anchor)]
    if anchor.kind != "built" and anchor.years:
        key.append(str(min(anchor.years)))
    candidate = _hash(type_id, key)
    if not _telling(anchor) or candidate in taken:
        candidate = _hash(type_id, [*key, *anchor.events])
    while candidate in taken:
        key.append(candidate)
        candidate = _hash(type_id, key)
    return candidate


def _telling(profile: Profile) -> str:
    """Return the own name or the places of an event as a string, ``""`` if it has neither."""
    if profile.names:
        return min(f"{name.joined} {' '.join(sorted(name.numbers))}" for name in profile.names)
    return " ".join(sorted({spot.id or f"{spot.lat},{spot.lon}" for spot in profile.spots}))


def _hash(type_id: str, parts: Sequence[str]) -> str:
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:LENGTH]
    return f"{type_id.replace('_', '-')}-{digest}"
