"""What the Brief and Present pages show and do: scenes as data for the browser, edits as calls on the briefs.

No Streamlit here, so that all of it can be tested without a page.
"""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from dashboard.data import Atlas
from dashboard.state import PageState, read
from geodata import boundaries
from geodata.briefs import MOST_QUOTES, Briefs, changes, take, walk_through
from geodata.errors import DatelineError, FilterError, StoreError
from geodata.evidence import Passage, passages
from geodata.export import FORMATS, collect_brief, write
from geodata.export.slides import Slide, SlideQuote, passage_quote, quote_of, shown_by, slide_of_scene
from geodata.records import Brief, Project, Quote, Scene
from geodata.wording import date_words

MOST_CHOICES = 12
"""Sentences offered as evidence for one scene."""
MOST_SCENES = 40
"""Of a walk-through: what a room sits through."""
EXPORTS = ("pptx", "pdf", "html", "png", "xlsx", "csv", "geojson", "gpkg", "geoparquet", "kml")


def now() -> str:
    """Return the time as scenes keep it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def shown(atlas: Atlas, query: str) -> tuple[Project, ...]:
    """Return the projects that a page's query shows; none where it cannot be understood."""
    try:
        return shown_by(atlas.store, read(query).filter, atlas.store.project_records())
    except FilterError:
        return ()


def make_scene(atlas: Atlas, query: str) -> Scene:
    """Make a scene from a state of the map, with the best sentence of the project that is selected."""
    state = _state(query)
    projects = shown(atlas, query)
    chosen = next((p for p in projects if p.id == state.selected), None)
    scene = take(query, projects, at=now(), headline=chosen.title if chosen else "")
    if chosen is None:
        return scene
    return replace(scene, evidence=tuple(_quote(p, chosen) for p in passages(atlas.store, chosen.claims)[:1]))


def _state(query: str) -> PageState:
    try:
        return read(query)
    except FilterError:
        return PageState()


def _quote(passage: Passage, project: Project) -> Quote:
    document = passage.document
    exact = document.text[passage.start : passage.end]
    page = document.page_at(passage.start)
    return Quote(passage.claims[0].id, exact, document.id, passage.start, passage.end, page, project.id)


def current(briefs: Sequence[Brief], id: str) -> Brief | None:
    """Return the brief of an id, else the newest; ``None`` where there is none."""
    return next((b for b in briefs if b.id == id), briefs[-1] if briefs else None)


# --- for the browser -------------------------------------------------------------------------------------------


def brief_data(
    atlas: Atlas, briefs: Sequence[Brief], brief: Brief | None, *, last: str, read_only: bool
) -> dict[str, Any]:
    """Return all that the Brief page shows. ``last`` is the map page's last query."""
    edit = Briefs(atlas.store.journal).last_edit()
    return {
        "revision": atlas.revision,
        "readOnly": read_only,
        "briefs": [{"id": b.id, "title": b.title, "count": len(b.scenes)} for b in briefs],
        "id": brief.id if brief else "",
        "title": brief.title if brief else "",
        "scenes": [scene_data(atlas, scene) for scene in (brief.scenes if brief else ())],
        "last": last,
        "lastCount": len(shown(atlas, last)),
        "undo": edit.kind if edit is not None else "",
        "formats": [{"id": name, "label": FORMATS[name].label} for name in EXPORTS if name in FORMATS],
    }


@lru_cache(maxsize=512)
def scene_data(atlas: Atlas, scene: Scene) -> dict[str, Any]:
    """Return a scene with its slide, the evidence to choose from, and what changed since it was made.

    Kept for one revision of the store: of a brief of forty scenes, an edit makes one anew.
    """
    projects = atlas.store.project_records()
    try:
        slide = slide_of_scene(atlas.store, scene, projects, atlas.vocabulary)
    except DatelineError as error:
        slide = Slide(scene.headline, caption=str(error))
    return {
        "id": scene.id,
        "headline": scene.headline,
        "notes": scene.notes,
        "hidden": scene.hidden,
        "frozen": scene.frozen,
        "taken": date_words(scene.taken_at[:10]),
        "changes": list(changes(scene, slide.projects)),
        "query": scene.query,
        "slide": slide_data(atlas, slide, scene.query),
        "choices": _choices(atlas, scene, slide),
    }


def slide_data(atlas: Atlas, slide: Slide, query: str) -> dict[str, Any]:
    """Return a slide for the browser: words, and the state of the map as mask, view, selection and borders."""
    view = _state(query).view
    rows = np.zeros(len(atlas.columns), np.bool_)
    at = {id: row for row, id in enumerate(atlas.columns.ids)}
    for project in slide.projects:
        if project.id in at:
            rows[at[project.id]] = True
    return {
        "headline": slide.headline,
        "kicker": slide.kicker,
        "group": atlas.vocabulary.group_of(_type(slide)).id if slide.selected else "",
        "facts": list(slide.facts),
        "quotes": [quote_data(quote) for quote in slide.quotes],
        "disagree": slide.disagree,
        "caption": slide.caption,
        "filter": slide.filter,
        "selected": slide.selected,
        "borders": slide.borders,
        "strip": boundaries.view(slide.borders).strip,
        "texts": len({c.document for p in slide.projects for c in p.claims}),
        "view": [view.lat, view.lon, view.zoom] if view else None,
        "mask": base64.b64encode(np.packbits(rows).tobytes()).decode(),
        "rows": len(rows),
    }


def _type(slide: Slide) -> str:
    return next((p.type for p in slide.projects if p.id == slide.selected), "")


def quote_data(quote: SlideQuote) -> dict[str, Any]:
    """Return a quote for the browser."""
    return {"parts": quote.parts, "citation": quote.citation, "footnote": quote.footnote}


def _choices(atlas: Atlas, scene: Scene, slide: Slide) -> list[dict[str, Any]]:
    """Return sentences to choose from: those chosen, then those of the selected project or of the surest ones."""
    known = {p.id: p for p in slide.projects}
    picked = [(q, quote_of(atlas.store, q, known.get(q.project))) for q in scene.evidence]
    if slide.selected in known:
        told, each = [known[slide.selected]], MOST_CHOICES
    else:
        told, each = sorted(known.values(), key=lambda p: (-p.confidence, p.id))[:MOST_CHOICES], 1
    offered = [
        (_quote(passage, project), passage_quote(passage))
        for project in told
        for passage in passages(atlas.store, project.claims)[:each]
    ]
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for chosen, entries in ((True, picked), (False, offered)):
        for quote, words in entries:
            key = f"{quote.document}|{quote.start}|{quote.end}|{quote.project}"
            entry = {"key": key, "chosen": chosen, "text": words.text, "citation": words.citation}
            seen.setdefault((quote.document, words.text), entry)
    return list(seen.values())[:MOST_CHOICES]


# --- edits -----------------------------------------------------------------------------------------------------


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
    return {"brief": brief, "scene": briefs.add(brief, make_scene(atlas, last)).id}


def _walk(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    brief = _text(told, "brief") or _new_brief(atlas, briefs, {}, last)["brief"]
    kept = "&".join(part for part in last.split("&") if not part.startswith(("sel=", "at="))) if last else ""
    order: Literal["time", "west_to_east"] = "west_to_east" if told.get("order") == "west_to_east" else "time"
    scenes = walk_through(shown(atlas, last), order=order, query=kept, at=now())
    by_id = {p.id: p for p in atlas.store.project_records()}
    for scene in scenes[:MOST_SCENES]:
        project = by_id[scene.shown[0].project]
        best = tuple(_quote(p, project) for p in passages(atlas.store, project.claims)[:1])
        briefs.add(brief, replace(scene, evidence=best))
    return {"brief": brief}


def _edit(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    fields = {name: told[name] for name in ("headline", "notes", "hidden", "frozen") if name in told}
    briefs.edit(_text(told, "scene"), **fields)
    return {}


def _choose(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    quotes = []
    for key in list(told.get("keys", ()))[:MOST_QUOTES]:
        document, start, end, project = str(key).split("|", 3)
        text = atlas.store.document(document)
        exact = text.text[int(start) : int(end)]
        quotes.append(Quote("", exact, document, int(start), int(end), text.page_at(int(start)), project))
    briefs.choose_evidence(_text(told, "scene"), quotes)
    return {}


def _retake(atlas: Atlas, briefs: Briefs, told: Mapping[str, Any], last: str) -> dict[str, str]:
    brief = briefs.get(_text(told, "brief"))
    scene = next((s for s in brief.scenes if s.id == told.get("scene")), None)
    if scene is None:
        raise StoreError("That scene is gone. It may have been removed in another window.")
    query = last if told.get("view") else scene.query
    briefs.retake(scene.id, take(query, shown(atlas, query), at=now()))
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
    "new": _new_brief, "add": _add, "walk": _walk, "edit": _edit, "choose": _choose, "retake": _retake, "move": _move,
    "duplicate": _duplicate, "remove": _remove, "rename": _rename, "remove_brief": _remove_brief, "undo": _undo,
}  # fmt: skip


def exported(atlas: Atlas, brief: Brief, format: str) -> dict[str, str]:
    """Make an export and return it for the browser: file name, media type, and its bytes as base64."""
    writer = FORMATS[format]
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        out = Path(folder) / f"brief{writer.suffix}"
        write(format, collect_brief(atlas.store, brief), out)
        data = out.read_bytes()
    stem = "".join(c if c.isalnum() else "-" for c in brief.title).strip("-").lower()[:60] or "brief"
    return {
        "name": f"{stem}{writer.suffix}",
        "type": writer.media_type,
        "data": base64.b64encode(data).decode(),
    }
