"""Briefs: scenes made from states of the map, ordered, kept in the journal, and told when their data changed.

A scene holds the page's own URL query (filters, view, boundary view, selection), a headline, up to three quotes
and notes. Every edit is one line of the journal, so that all of them can be taken back.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, Literal

from geodata.changes import snapshot
from geodata.errors import StoreError
from geodata.journal import Entry, Journal, fold, in_force
from geodata.records import Brief, Claim, Project, Quote, Scene, Snapshot

MOST_QUOTES = 3
"""More than three quotes cannot be read from six metres."""

_EDITABLE = ("headline", "query", "caption", "notes", "hidden", "frozen")


class Briefs:
    """The briefs of one workspace; every method that changes one returns once the change is on the disk."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def all(self) -> tuple[Brief, ...]:
        """Return the briefs that were not removed, in the order they were made, with their scenes in order."""
        entries = self._journal.entries()
        scenes = fold(entries, "scene")
        briefs = []
        for brief_id, fields in fold(entries, "brief").items():
            if fields.get("removed"):
                continue
            own = [(s["position"], i) for i, s in scenes.items() if s.get("brief") == brief_id]
            kept = tuple(_scene(i, scenes[i]) for _, i in sorted(own) if not scenes[i].get("removed"))
            briefs.append(Brief(brief_id, str(fields.get("title", "")), kept))
        return tuple(briefs)

    def get(self, brief_id: str) -> Brief:
        """Return one brief.

        Raises
        ------
        StoreError
            Where there is none of that id.
        """
        for brief in self.all():
            if brief.id == brief_id:
                return brief
        raise StoreError(
            f"There is no brief {brief_id!r} any more. It may have been removed in another window."
        )

    def find(self, name: str) -> Brief:
        """Return the brief of an id, else the newest of a title.

        Raises
        ------
        StoreError
            Where there is none; the message says which there are.
        """
        briefs = self.all()
        for brief in reversed(briefs):
            if name in (brief.id, brief.title):
                return brief
        known = ", ".join(brief.title for brief in briefs) or "none yet"
        raise StoreError(f"There is no brief {name!r}. There are: {known}.")

    def create(self, title: str, *, by: str = "") -> Brief:
        """Start an empty brief."""
        brief = Brief(_new_id(), title)
        self._journal.append("brief", brief.id, {"title": title}, by=by)
        return brief

    def rename(self, brief_id: str, title: str, *, by: str = "") -> None:
        """Give a brief another title."""
        self._journal.append("brief", brief_id, {"title": title}, by=by)

    def remove(self, brief_id: str, *, by: str = "") -> Entry:
        """Remove a brief; ``undo`` of the returned edit brings it back."""
        return self._journal.append("brief", brief_id, {"removed": True}, by=by)

    def add(self, brief_id: str, scene: Scene, *, at: int | None = None, by: str = "") -> Scene:
        """Put a scene into a brief, at an index or at the end, and return it with its own id."""
        scene = replace(scene, id=_new_id(), evidence=scene.evidence[:MOST_QUOTES])
        position = self._position(brief_id, at)
        self._journal.append(
            "scene", scene.id, {"brief": brief_id, "position": position, **_fields(scene)}, by=by
        )
        return scene

    def edit(self, scene_id: str, *, by: str = "", **fields: str | bool) -> None:
        """Change headline, query, caption, notes, hidden or frozen of a scene."""
        unknown = set(fields) - set(_EDITABLE)
        if unknown:
            raise TypeError(f"a scene has no {', '.join(sorted(unknown))}")
        self._journal.append("scene", scene_id, fields, by=by)

    def choose_evidence(self, scene_id: str, quotes: Sequence[Quote], *, by: str = "") -> None:
        """Set the quotes of a scene, at most three."""
        self._journal.append(
            "scene", scene_id, {"evidence": [asdict(quote) for quote in quotes[:MOST_QUOTES]]}, by=by
        )

    def keep(self, packed: str) -> str:
        """Keep the state of a scene's projects, as text, and return its name; the same state is kept once."""
        name = hashlib.sha256(packed.encode()).hexdigest()[:24]
        if not self.kept(name):
            self._journal.append("kept", name, {"data": packed})
        return name

    def kept(self, name: str) -> str:
        """Return a state that was kept.

        Returns
        -------
        The text, ``""`` where there is none of that name.
        """
        for entry in self._journal.entries():
            if entry.kind == "kept" and entry.target == name:
                return str(entry.set.get("data", ""))
        return ""

    def retake(self, scene_id: str, scene: Scene, *, by: str = "") -> None:
        """Refresh what a scene was made from; its headline, quotes and notes stay."""
        fields = _fields(scene)
        kept = {key: fields[key] for key in ("query", "caption", "taken_at", "shown", "kept", "extent")}
        self._journal.append("scene", scene_id, {**kept, "frozen": False}, by=by)

    def move(self, brief_id: str, scene_id: str, to: int, *, by: str = "") -> None:
        """Move a scene to another index of its brief."""
        self._journal.append(
            "scene", scene_id, {"position": self._position(brief_id, to, without=scene_id)}, by=by
        )

    def duplicate(self, brief_id: str, scene_id: str, *, by: str = "") -> Scene:
        """Put a copy of a scene behind it."""
        scenes = self.get(brief_id).scenes
        index = next((i for i, scene in enumerate(scenes) if scene.id == scene_id), None)
        if index is None:
            raise StoreError("That scene is gone. It may have been removed in another window.")
        return self.add(brief_id, scenes[index], at=index + 1, by=by)

    def remove_scene(self, scene_id: str, *, by: str = "") -> Entry:
        """Remove a scene; ``undo`` of the returned edit brings it back."""
        return self._journal.append("scene", scene_id, {"removed": True}, by=by)

    def undo(self, entry: Entry, *, by: str = "") -> None:
        """Take back an edit."""
        self._journal.undo(entry, by=by)

    def last_edit(self) -> Entry | None:
        """Return the newest edit of a brief or scene that was not taken back."""
        edits = [e for e in in_force(self._journal.entries()) if e.kind in ("brief", "scene")]
        return edits[-1] if edits else None

    def _position(self, brief_id: str, at: int | None, *, without: str = "") -> float:
        """Return a number that sorts to the wanted index; the others keep theirs."""
        scenes = fold(self._journal.entries(), "scene")
        taken = sorted(
            s["position"]
            for i, s in scenes.items()
            if s.get("brief") == brief_id and not s.get("removed") and i != without
        )
        if at is None or at >= len(taken):
            return float(taken[-1] + 1 if taken else 0)
        if at <= 0:
            return float(taken[0] - 1)
        return float((taken[at - 1] + taken[at]) / 2)


def take(
    query: str,
    projects: Sequence[Project],
    *,
    at: str,
    headline: str = "",
    kept: str = "",
    extent: tuple[float, float, float, float] | None = None,
) -> Scene:
    """Make a scene from a state of the map: what is shown now, and a caption that says so.

    ``kept`` names the state of the projects that `Briefs.keep` kept; ``extent`` is what the map showed.
    """
    words = caption(projects)
    shown = tuple(snapshot(project) for project in projects)
    return Scene("", headline or words, query, words, taken_at=at, shown=shown, kept=kept, extent=extent)


def caption(projects: Sequence[Project]) -> str:
    """Return the automatic caption: "14 projects, 2013–2021, 3 with sources that disagree"."""
    count = len(projects)
    parts = ["1 project" if count == 1 else f"{count} projects"]
    years = [year for project in projects for year in project.years]
    if years:
        first, last = min(years), max(years)
        parts.append(str(first) if first == last else f"{first}–{last}")
    disagree = sum(bool(project.conflicts) for project in projects)
    if disagree:
        parts.append(f"{disagree} with sources that disagree")
    return ", ".join(parts)


def walk_through(
    projects: Sequence[Project],
    *,
    order: Literal["time", "west_to_east"],
    query: str,
    at: str,
) -> tuple[Scene, ...]:
    """Turn a filter result into scenes, one a project: in order of time, or from west to east.

    What has neither year nor place comes last, so that nothing is lost.
    """

    def place(project: Project) -> float:
        return project.geometry.centroid.x if project.geometry is not None else 181.0

    def year(project: Project) -> float:
        return min(project.years, default=float("inf"))

    keys = {"time": lambda p: (year(p), place(p), p.id), "west_to_east": lambda p: (place(p), year(p), p.id)}
    scenes = []
    for project in sorted(projects, key=keys[order]):
        joined = "&".join(part for part in (query, f"sel={project.id}") if part)
        quotes = tuple(quote(claim, project) for claim in best_evidence(project))
        scenes.append(replace(take(joined, [project], at=at, headline=project.title), evidence=quotes[:1]))
    return tuple(scenes)


def best_evidence(project: Project) -> tuple[Claim, ...]:
    """Return a project's claims as evidence for a slide: preferred and sure ones first, one a sentence."""
    order = {"preferred": 0, "normal": 1, "deprecated": 2}
    seen: dict[tuple[str, str], Claim] = {}
    for claim in sorted(project.claims, key=lambda c: (order[c.rank], -c.confidence, c.id)):
        seen.setdefault((claim.document, claim.selector.exact), claim)
    return tuple(seen.values())


def quote(claim: Claim, project: Project) -> Quote:
    """Copy a claim's words, and where they stand, for a scene."""
    where = claim.selector
    return Quote(claim.id, where.exact, claim.document, where.start, where.end, where.page, project.id)


def _new_id() -> str:
    return uuid.uuid4().hex[:12]


def _fields(scene: Scene) -> dict[str, Any]:
    fields = asdict(scene)
    del fields["id"]
    return fields


def _scene(scene_id: str, fields: Mapping[str, Any]) -> Scene:
    return Scene(
        scene_id,
        str(fields.get("headline", "")),
        str(fields.get("query", "")),
        str(fields.get("caption", "")),
        tuple(_quote(quote) for quote in fields.get("evidence", ())),
        str(fields.get("notes", "")),
        bool(fields.get("hidden", False)),
        bool(fields.get("frozen", False)),
        str(fields.get("taken_at", "")),
        tuple(_snapshot(old) for old in fields.get("shown", ())),
        str(fields.get("kept", "")),
        _extent(fields.get("extent")),
    )


def _quote(fields: Mapping[str, Any]) -> Quote:
    parts = tuple((str(words), bool(marked)) for words, marked in fields.get("parts", ()))
    return Quote(**{**fields, "parts": parts})


def _extent(found: Any) -> tuple[float, float, float, float] | None:
    if not isinstance(found, (list, tuple)) or len(found) != 4:
        return None
    west, south, east, north = (float(part) for part in found)
    return west, south, east, north


def _snapshot(fields: Mapping[str, Any]) -> Snapshot:
    return Snapshot(
        str(fields["project"]),
        str(fields["title"]),
        str(fields.get("status", "")),
        tuple(fields.get("years", ())),
        tuple(fields.get("values", ())),
        tuple(fields.get("places", ())),
        tuple(fields.get("documents", ())),
        bool(fields.get("disagree", False)),
        None if fields.get("dates") is None else tuple(fields["dates"]),
    )
