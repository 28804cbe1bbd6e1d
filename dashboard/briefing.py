"""What the Brief and Present pages show: briefs and scenes as data for the browser. `dashboard.edits` changes them.

No Streamlit here, so that all of it can be tested without a page.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from dashboard import thumbs
from dashboard.columns import columns_url
from dashboard.data import Atlas
from dashboard.kept import kept_columns_url
from dashboard.state import PageState, read
from geodata import boundaries
from geodata.briefs import Briefs
from geodata.changes import Change, changes, summary
from geodata.disagreement import Disagreement
from geodata.errors import DatelineError, FilterError
from geodata.evidence import passages
from geodata.export import FORMATS
from geodata.export.maps import fit
from geodata.export.quotes import SlideQuote, copied, of_copy, quote_of
from geodata.export.slides import Slide, shown_by, slide_of_scene
from geodata.records import Brief, Project, Quote, Scene
from geodata.wording import date_words, source_words

MOST_CHOICES = 12
"""Sentences offered as evidence for one scene."""
EXPORTS = ("pptx", "pdf", "html", "picture", "xlsx", "csv", "geojson", "gpkg", "geoparquet", "kml")


def shown(atlas: Atlas, query: str) -> tuple[Project, ...]:
    """Return the projects that a page's query shows; none where it cannot be understood."""
    try:
        return shown_by(atlas.store, read(query).filter, atlas.store.project_records())
    except FilterError:
        return ()


def state_of(query: str) -> PageState:
    """Return the state of the map that a query says; the whole map where it cannot be understood."""
    try:
        return read(query)
    except FilterError:
        return PageState()


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
    told = _changed(atlas, scene)
    return {
        "id": scene.id,
        "headline": scene.headline,
        "notes": scene.notes,
        "hidden": scene.hidden,
        "frozen": scene.frozen,
        "keeps": bool(scene.kept),
        "taken": date_words(scene.taken_at[:10]),
        "changes": [change.words for change in told],
        "changed": summary(told),
        "query": scene.query,
        "slide": slide_data(atlas, slide),
        "thumb": thumbs.name_of(slide),
        "choices": _choices(atlas, scene, slide),
    }


def _changed(atlas: Atlas, scene: Scene) -> tuple[Change, ...]:
    """Return what changed since a scene was made; texts that tell of it now are called by what they are."""
    projects = shown(atlas, scene.query)
    before = {id_ for old in scene.shown for id_ in old.documents}
    new = {claim.document for project in projects for claim in project.claims} - before
    names = {}
    for id_ in new if len(new) < MOST_CHOICES else ():
        names[id_] = source_words(atlas.store.document(id_))
    return changes(scene, projects, {**atlas.labels["documents"], **names})


def slide_data(atlas: Atlas, slide: Slide) -> dict[str, Any]:
    """Return a slide for the browser: words, and the state of the map as mask, extent, selection and borders.

    The mask is over the rows of ``columns``: those of the store, or of a scene that is kept as it was its own.
    """
    ids = atlas.columns.ids
    if slide.kept is not None:
        ids = tuple(sorted(project.id for project in slide.projects))
    rows = np.zeros(len(ids), np.bool_)
    at = {id: row for row, id in enumerate(ids)}
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
        "disagreements": [_disagreement(title, told) for title, told in slide.disagreements],
        "caption": slide.caption,
        "filter": slide.filter,
        "asOf": slide.as_of,
        "selected": slide.selected,
        "borders": slide.borders,
        "strip": boundaries.view(slide.borders).strip,
        "indicative": any(c.role in ("endpoint", "waypoint") for p in slide.projects for c in p.places),
        "texts": len({c.document for p in slide.projects for c in p.claims}),
        "extent": list(slide.extent or fit(slide.projects, slide.selected)),
        "columns": kept_columns_url(slide.kept) if slide.kept is not None else columns_url(atlas.store),
        "mask": base64.b64encode(np.packbits(rows).tobytes()).decode(),
        "rows": len(rows),
    }


def _disagreement(title: str, told: Disagreement) -> dict[str, Any]:
    sides = [{"value": s.value, "sources": list(s.sources), "quote": s.quote} for s in told.sides]
    return {"title": title, "about": told.about, "sides": sides}


def _type(slide: Slide) -> str:
    return next((p.type for p in slide.projects if p.id == slide.selected), "")


def quote_data(quote: SlideQuote) -> dict[str, Any]:
    """Return a quote for the browser."""
    return {"parts": quote.parts, "citation": quote.citation, "footnote": quote.footnote}


def _choices(atlas: Atlas, scene: Scene, slide: Slide) -> list[dict[str, Any]]:
    """Return sentences to choose from: those chosen, then those of the selected project or of the surest ones."""
    known = {p.id: p for p in slide.projects}
    if slide.kept is not None:
        return _kept_choices(scene, slide)
    picked = [(q, quote_of(atlas.store, q, known.get(q.project))) for q in scene.evidence]
    if slide.selected in known:
        told, each = [known[slide.selected]], MOST_CHOICES
    else:
        told, each = sorted(known.values(), key=lambda p: (-p.confidence, p.id))[:MOST_CHOICES], 1
    offered = [
        (quote, of_copy(quote))
        for project in told
        for quote in (copied(p, project) for p in passages(atlas.store, project.claims)[:each])
    ]
    return _listed(picked, offered)


def _kept_choices(scene: Scene, slide: Slide) -> list[dict[str, Any]]:
    """Return the sentences of a scene that is kept as it was: those chosen, then those it kept."""
    assert slide.kept is not None
    told = [slide.selected] if slide.selected else list(slide.kept.evidence)
    kept = [quote for id_ in told for quote in slide.kept.evidence.get(id_, ())]
    return _listed([(q, of_copy(q)) for q in scene.evidence], [(q, of_copy(q)) for q in kept])


def _listed(
    picked: Sequence[tuple[Quote, SlideQuote]], offered: Sequence[tuple[Quote, SlideQuote]]
) -> list[dict[str, Any]]:
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for chosen, entries in ((True, picked), (False, offered)):
        for quote, words in entries:
            entry = {"key": key_of(quote), "chosen": chosen, "text": words.text, "citation": words.citation}
            seen.setdefault((quote.document, words.text), entry)
    return list(seen.values())[:MOST_CHOICES]


def key_of(quote: Quote) -> str:
    """Return what the page calls a sentence that may be chosen."""
    return f"{quote.document}|{quote.start}|{quote.end}|{quote.project}"
