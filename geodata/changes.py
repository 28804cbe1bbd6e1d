"""What became of the projects behind a scene since it was made, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from geodata.records import Project, Scene, Snapshot
from geodata.vocabulary import load_vocabulary
from geodata.wording import date_words, value_words


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is no longer as the scene had it."""

    kind: str
    """added, gone, status, date, sum, place, source or disagreement."""
    words: str


_KINDS = {
    "added": ("1 project added", "{} projects added"),
    "gone": ("1 project gone", "{} projects gone"),
    "status": ("1 status changed", "{} statuses changed"),
    "date": ("1 date changed", "{} dates changed"),
    "sum": ("1 sum or size changed", "{} sums or sizes changed"),
    "place": ("1 place changed", "{} places changed"),
    "source": ("1 new source", "{} new sources"),
    "disagreement": ("1 disagreement came or went", "{} disagreements came or went"),
}
"""How a kind of change reads once and several times, in the order of a summary."""


def snapshot(project: Project) -> Snapshot:
    """Return what a project says now."""
    roles = load_vocabulary().date_roles
    dates = (
        f"{roles[d.role].label if d.role in roles else ''} {date_words(d.edtf or d.value)}".strip()
        for d in project.dates
        if d.role != "status_as_of"
    )
    return Snapshot(
        project.id,
        project.title,
        project.status,
        project.years,
        tuple(dict.fromkeys(value_words(claim) for claim in project.values)),
        tuple(dict.fromkeys(claim.value for claim in project.places)),
        tuple(sorted({claim.document for claim in project.claims})),
        bool(project.conflicts),
        tuple(dict.fromkeys(dates)),
    )


def changes(
    scene: Scene, projects: Iterable[Project], names: Mapping[str, str] = MappingProxyType({})
) -> tuple[Change, ...]:
    """Return what changed since a scene was made: what came and went first, then by project.

    Parameters
    ----------
    scene
        With what it showed.
    projects
        Those that its filters show now.
    names
        What to call a text, by its id.
    """
    before = {old.project: old for old in scene.shown}
    # A step of a walk-through is about one project of all that its filters show.
    alone = len(before) == 1 and f"sel={next(iter(before))}" in scene.query.split("&")
    now = {project.id: snapshot(project) for project in projects if not alone or project.id in before}
    found = [Change("added", f"Added: {now[i].title}") for i in now if i not in before]
    found += [Change("gone", f"Gone: {before[i].title}") for i in before if i not in now]
    both = [(before[i], now[i]) for i in before if i in now]
    for old, new in sorted(both, key=lambda pair: (pair[1].title, pair[1].project)):
        found += _differences(old, new, names)
    return tuple(found)


def summary(found: Sequence[Change]) -> str:
    """Return changes in one line: "1 project added, 2 statuses changed, 1 new source"; empty for none."""
    counted = {kind: sum(change.kind == kind for change in found) for kind in _KINDS}
    return ", ".join(
        one if counted[kind] == 1 else many.format(counted[kind])
        for kind, (one, many) in _KINDS.items()
        if counted[kind]
    )


def _differences(old: Snapshot, new: Snapshot, names: Mapping[str, str]) -> list[Change]:
    statuses = load_vocabulary().statuses
    said = [
        statuses[s].label if s in statuses else s.replace("_", " ") or "unknown"
        for s in (old.status, new.status)
    ]
    found = []
    if old.status != new.status:
        found.append(Change("status", f"{new.title}: status was {said[0]}, is {said[1]}"))
    if old.dates is None:  # an earlier version kept years only, and sums in the text's own words
        pairs = [("date", "years", tuple(map(str, old.years)), tuple(map(str, new.years)))]
    else:
        pairs = [
            ("date", "dates", old.dates, new.dates or ()),
            ("sum", "sums and sizes", old.values, new.values),
        ]
    for kind, label, was, is_now in (*pairs, ("place", "places", old.places, new.places)):
        if set(was) != set(is_now):
            words = f"{label} were {', '.join(was) or 'unknown'}, are {', '.join(is_now) or 'unknown'}"
            found.append(Change(kind, f"{new.title}: {words}"))
    for id_ in sorted(set(new.documents) - set(old.documents)):
        found.append(Change("source", f"{new.title}: also told by {names.get(id_, id_)}"))
    if old.disagree != new.disagree:
        told = "now disagree" if new.disagree else "no longer disagree"
        found.append(Change("disagreement", f"{new.title}: sources {told}"))
    return found
