"""What the Brief page does: each edit is a call on the briefs, named by a word of the page's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Literal

from dashboard.briefing import key_of, shown, state_of
from dashboard.data import Atlas
from geodata.briefs import MOST_QUOTES, Briefs, take, walk_through
from geodata.errors import StoreError
from geodata.evidence import passages
from geodata.export.kept import MOST_PROJECTS, of_now, pack
from geodata.export.quotes import copied, quote_of
from geodata.export.slides import Extent, kept_of
from geodata.records import Project, Quote, Scene
from geodata.wording import date_words

MOST_SCENES = 40
"""Of a walk-through: what a room sits through."""


def now() -> str:
    """Return the time as scenes keep it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def make_scene(atlas: Atlas, query: str, extent: Extent | None = None) -> Scene:
    """Make a scene from a state of the map, with the best sentence of the project that is selected.

    The state of its projects is kept in the journal, so that the scene can be kept as it is now.
    """
    state = state_of(query)
    projects = shown(atlas, query)
    chosen = next((p for p in projects if p.id == state.selected), None)
    scene = take(
        query,
        projects,
        at=now(),
        headline=chosen.title if chosen else "",
        kept=_keep(atlas, projects),
        extent=extent,
    )
    if chosen is None:
        return scene
    return replace(scene, evidence=_best(atlas, chosen))


def _keep(atlas: Atlas, projects: Sequence[Project]) -> str:
    """Keep the state of projects and return its name; ``""`` where there are too many, or nothing can be kept."""
    state = of_now(atlas.store, projects)
    if state is None or atlas.store.read_only:
        return ""
    return Briefs(atlas.store.journal).keep(pack(state))


def _best(atlas: Atlas, project: Project) -> tuple[Quote, ...]:
    return tuple(copied(passage, project) for passage in passages(atlas.store, project.claims)[:1])


def act(atlas: Atlas, told: Mapping[str, Any], last: str) -> dict[str, str]:
    """Do one edit and return what page and scene to show then: ``{"brief": …, "scene": …}``.

    Raises
    ------
    DatelineError
        If it could not be kept; the message says why.
    """
    do = _ACTS.get(str(told.get("do", "")))
    if do is None:
        raise StoreError("The page asked for something that is not known. Load it again.")
    return do(atlas, Briefs(atlas.store.journal), told, last)


def _text(told: Mapping[str, Any], name: str) -> str:
    return str(told.get(name, ""))


def _new_brief(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    title = _text(told, "title").strip() or f"Brief of {date_words(now()[:10])}"
    return {"brief": briefs.create(title).id}


def _add(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    brief = _text(told, "brief") or _new_brief(atlas, briefs, {}, last)["brief"]
    scene = make_scene(atlas, last, extent_from(_text(told, "box")))
    return {"brief": brief, "scene": briefs.add(brief, scene).id}


def extent_from(text: str) -> Extent | None:
    """Return what the map showed, as the page says it: west, south, east, north; ``None`` where it says nothing."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    if not (west < east and south < north and east - west <= 720):
        return None
    if east - west >= 360:
        return -180.0, max(south, -85.0), 180.0, min(north, 85.0)
    turn = 360.0 * round((west + east) / 720.0)  # the map goes round; the scene says where on the globe
    return max(west - turn, -180.0), max(south, -85.0), min(east - turn, 180.0), min(north, 85.0)


def _walk(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    brief = _text(told, "brief") or _new_brief(atlas, briefs, {}, last)["brief"]
    kept = "&".join(part for part in last.split("&") if not part.startswith(("sel=", "at="))) if last else ""
    order: Literal["time", "west_to_east"] = "west_to_east" if told.get("order") == "west_to_east" else "time"
    projects = shown(atlas, last)
    by_id, state = {p.id: p for p in projects}, _keep(atlas, projects)
    for scene in walk_through(projects, order=order, query=kept, at=now())[:MOST_SCENES]:
        best = _best(atlas, by_id[scene.shown[0].project])
        briefs.add(brief, replace(scene, evidence=best, kept=state))
    return {"brief": brief}


def _edit(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    fields = {name: told[name] for name in ("headline", "notes", "hidden") if name in told}
    briefs.edit(_text(told, "scene"), **fields)
    return {}


def _freeze(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    """Keep a scene as it was made; one of which no state was kept (an older one), as it is now."""
    scene = _scene(briefs, told)
    if not scene.kept or not briefs.kept(scene.kept):
        projects = shown(atlas, scene.query)
        state = _keep(atlas, projects)
        if not state:
            raise StoreError(
                f"This scene shows {len(projects)} projects, more than can be kept ({MOST_PROJECTS})."
                " Filter the map further, and take the view again."
            )
        briefs.retake(scene.id, take(scene.query, projects, at=now(), kept=state, extent=scene.extent))
    briefs.edit(scene.id, frozen=True)
    return {}


def _scene(briefs: Briefs, told: Mapping[str, Any]) -> Scene:
    brief = briefs.get(_text(told, "brief"))
    scene = next((s for s in brief.scenes if s.id == told.get("scene")), None)
    if scene is None:
        raise StoreError("That scene is gone. It may have been removed in another window.")
    return scene


def _choose(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    """Set the quotes of a scene, with all that a slide says of them."""
    scene = _scene(briefs, told)
    by_key = {key_of(q): q for q in scene.evidence}
    kept = kept_of(atlas.store, scene)
    by_key |= {key_of(q): q for quotes in (kept.evidence.values() if kept else ()) for q in quotes}
    keys = [str(key) for key in told.get("keys", ())][:MOST_QUOTES]
    briefs.choose_evidence(scene.id, [by_key.get(key) or _quote(atlas, key) for key in keys])
    return {}


def _quote(atlas: Atlas, key: str) -> Quote:
    """Return the quote that a key of the page names."""
    document, start, end, project_id = key.split("|", 3)
    text = atlas.store.document(document)
    project = next((p for p in atlas.store.project_records() if p.id == project_id), None)
    exact = text.text[int(start) : int(end)]
    quote = Quote("", exact, document, int(start), int(end), text.page_at(int(start)), project_id)
    words = quote_of(atlas.store, quote, project)
    return replace(quote, parts=words.parts, citation=words.citation, footnote=words.footnote)


def _retake(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    scene = _scene(briefs, told)
    query, extent = scene.query, scene.extent
    if told.get("view"):
        query, extent = last, extent_from(_text(told, "box"))
    projects = shown(atlas, query)
    made = take(query, projects, at=now(), kept=_keep(atlas, projects), extent=extent)
    briefs.retake(scene.id, made)
    return {}


def _move(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    briefs.move(_text(told, "brief"), _text(told, "scene"), int(told.get("to", 0)))
    return {}


def _duplicate(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    return {"scene": briefs.duplicate(_text(told, "brief"), _text(told, "scene")).id}


def _remove(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    briefs.remove_scene(_text(told, "scene"))
    return {}


def _rename(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    briefs.rename(_text(told, "brief"), _text(told, "title").strip() or "Brief")
    return {}


def _remove_brief(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    briefs.remove(_text(told, "brief"))
    return {"brief": ""}


def _undo(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    edit = briefs.last_edit()
    if edit is None:
        return {}
    briefs.undo(edit)
    taken = edit.set.get("taken_at") if "brief" in edit.set else None
    while taken:  # scenes of one walk-through were made in one go, and go in one go
        edit = briefs.last_edit()
        if edit is None or "brief" not in edit.set or edit.set.get("taken_at") != taken:
            break
        briefs.undo(edit)
    return {}


Act = Callable[[Atlas, Briefs, Mapping[str, Any], str], dict[str, str]]
_ACTS: Mapping[str, Act] = {
    "new": _new_brief, "add": _add, "walk": _walk, "edit": _edit, "freeze": _freeze, "choose": _choose,
    "retake": _retake, "move": _move, "duplicate": _duplicate, "remove": _remove, "rename": _rename,
    "remove_brief": _remove_brief, "undo": _undo,
}  # fmt: skip
