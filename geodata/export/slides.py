"""Slides: what a scene, or a filter result, says in a room. PPTX, PDF and the web page are all made of these."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from geodata import boundaries
from geodata.briefs import caption
from geodata.errors import StoreError
from geodata.evidence import Passage, passages, pieces
from geodata.filters import Filter, matches, parse_query
from geodata.records import Document, Project, Quote, Scene
from geodata.store import Store
from geodata.vocabulary import Vocabulary
from geodata.wording import date_words, footnote, value_words, years_words

Extent = tuple[float, float, float, float]
MOST_QUOTES, MOST_ACTORS, LONGEST_QUOTE = 3, 4, 420
PANE = (800.0, 560.0)
"""Pixels of the page's map that a scene's view was taken from, about."""


@dataclass(frozen=True, slots=True)
class SlideQuote:
    """A sentence of a text: its words, marked where a claim stands on them, and where it stands."""

    parts: tuple[tuple[str, bool], ...]
    citation: str
    """Short: "003, p. 7"."""
    footnote: str

    @property
    def text(self) -> str:
        """The words without marks."""
        return "".join(words for words, _ in self.parts).strip()


@dataclass(frozen=True, slots=True)
class Slide:
    """One step of a briefing, ready to be set."""

    headline: str
    kicker: str = ""
    """Above the headline: "gas pipeline · delayed"."""
    facts: tuple[str, ...] = ()
    quotes: tuple[SlideQuote, ...] = ()
    disagree: str = ""
    notes: str = ""
    caption: str = ""
    projects: tuple[Project, ...] = ()
    selected: str = ""
    extent: Extent | None = None
    borders: str = boundaries.DE_FACTO
    filter: str = ""
    """In words."""


def slide_of_scene(store: Store, scene: Scene, projects: Sequence[Project], vocabulary: Vocabulary) -> Slide:
    """Return the slide of a scene.

    Raises
    ------
    FilterError
        If the scene's query cannot be understood.
    """
    state = dict(parse_qsl(scene.query.removeprefix("?")))
    wanted = parse_query(scene.query)
    shown = shown_by(store, wanted, projects)
    selected = next((p for p in shown if p.id == state.get("sel")), None)
    known = {project.id: project for project in projects}
    quotes = tuple(quote_of(store, quote, known.get(quote.project)) for quote in scene.evidence[:MOST_QUOTES])
    return Slide(
        headline=scene.headline or scene.caption or caption(shown),
        kicker=_kicker(selected, vocabulary) if selected else "",
        facts=facts(selected, vocabulary) if selected else (),
        quotes=quotes,
        disagree=_disagree([selected] if selected else shown),
        notes=scene.notes,
        caption=scene.caption or caption(shown),
        projects=shown,
        selected=selected.id if selected else "",
        extent=extent_of(state.get("at", "")),
        borders=state.get("borders") or boundaries.DE_FACTO,
        filter=filter_words(wanted, vocabulary),
    )


def slide_of_filter(
    store: Store, query: str, projects: Sequence[Project], title: str, vocabulary: Vocabulary
) -> Slide:
    """Return the one slide that shows a filter's result, with the best sentences of its weightiest projects."""
    state = dict(parse_qsl(query.removeprefix("?")))
    best = sorted(projects, key=lambda p: (-len({c.document for c in p.claims}), -p.confidence, p.id))[
        :MOST_QUOTES
    ]
    found = [passages(store, project.claims)[:1] for project in best]
    return Slide(
        headline=title or caption(projects),
        facts=tuple(f"{p.title}{', ' + years_words(p.years) if p.years else ''}" for p in best),
        quotes=tuple(passage_quote(p) for some in found for p in some),
        disagree=_disagree(projects),
        caption=caption(projects),
        projects=tuple(projects),
        selected=state.get("sel", ""),
        extent=extent_of(state.get("at", "")),
        borders=state.get("borders") or boundaries.DE_FACTO,
        filter=filter_words(parse_query(query), vocabulary),
    )


def shown_by(store: Store, wanted: Filter, projects: Iterable[Project]) -> tuple[Project, ...]:
    """Return the projects that a filter lets through."""
    found = frozenset(store.search(wanted.text)) if wanted.text else None
    return tuple(project for project in projects if matches(project, wanted, found=found))


def quote_of(store: Store, quote: Quote, project: Project | None = None) -> SlideQuote:
    """Return a chosen quote with the sentence it stands in; its own words where the text is gone.

    The words that ``project``'s claims stand on are marked; without a project, the quote itself.
    """
    try:
        document = store.document(quote.document)
    except StoreError:
        return SlideQuote(
            ((quote.exact, True),), quote.document, f"{quote.document}, no longer in the store."
        )
    start, end = quote.start, quote.end
    if document.text[start:end] != quote.exact:  # read again since, and moved
        return SlideQuote(((quote.exact, True),), _citation(document, start), footnote(document, start, end))
    spans = [s for s in store.sentences(document.id) if s.start < end and start < s.end]
    first, last = min([start, *(s.start for s in spans)]), max([end, *(s.end for s in spans)])
    told = [c for c in project.claims if c.document == document.id] if project is not None else []
    parts = pieces(document.text, first, last, told)
    if not told:
        cut = ((document.text[first:start], False), (quote.exact, True), (document.text[end:last], False))
        parts = [part for part in cut if part[0]]
    return _short(SlideQuote(tuple(parts), _citation(document, first), footnote(document, first, last)))


def passage_quote(passage: Passage) -> SlideQuote:
    """Return a passage as it stands on a slide."""
    document = passage.document
    return _short(
        SlideQuote(
            tuple(pieces(document.text, passage.start, passage.end, passage.claims)),
            _citation(document, passage.start),
            footnote(document, passage.start, passage.end),
        )
    )


def _short(quote: SlideQuote) -> SlideQuote:
    """Cut a sentence that is too long for a slide; the dots say so."""
    if len(quote.text) <= LONGEST_QUOTE:
        return quote
    kept, left = [], LONGEST_QUOTE
    for words, marked in quote.parts:
        if len(words) > left:
            kept.append((words[:left].rsplit(" ", 1)[0] + " …", marked))
            break
        kept.append((words, marked))
        left -= len(words)
    return SlideQuote(tuple(kept), quote.citation, quote.footnote)


def _citation(document: Document, at: int) -> str:
    page = document.page_at(at)
    name = document.title or document.id
    return f"{name}, p. {page}" if page is not None else name


def _kicker(project: Project, vocabulary: Vocabulary) -> str:
    status = vocabulary.statuses.get(project.status)
    parts = [vocabulary.label(project.type)]
    if status is not None:
        parts.append(
            status.label + (f" as told in {project.status_as_of[:4]}" if project.status_as_of else "")
        )
    kicker = " · ".join(parts)
    return kicker[:1].upper() + kicker[1:]


def facts(project: Project, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the lines that a room must read: where and how long, how much, when, who."""
    ends = [p.value for p in project.places if p.role == "endpoint"]
    sites = [p.value for p in project.places if p.role in ("site", "venue", "beneficiary")]
    measures = [value_words(v) for v in project.values if v.role == "measure"]
    sums = [value_words(v) for v in project.values if v.role != "measure"]
    where = " to ".join(dict.fromkeys(ends)) if len(ends) > 1 else ", ".join(dict.fromkeys(sites or ends))
    refused = [p.value for p in project.places if p.role == "rejected_venue"]
    dates = dict.fromkeys(
        f"{vocabulary.date_roles[d.role].label if d.role in vocabulary.date_roles else ''} {date_words(d.edtf)}".strip()
        for d in project.dates
    )
    actors = dict.fromkeys(_actor(a.value, a.role, vocabulary) for a in project.actors)
    lines = [
        ", ".join([*measures[:1], *([where] if where else [])]),
        f"Refused: {', '.join(dict.fromkeys(refused))}" if refused else "",
        ", ".join(sums[:2]),
        " · ".join(list(dates)[:4]),
        ", ".join(list(actors)[:MOST_ACTORS]),
    ]
    return tuple(line[:1].upper() + line[1:] for line in lines if line)


def _actor(name: str, role: str, vocabulary: Vocabulary) -> str:
    known = vocabulary.actor_roles.get(role)
    return f"{name} ({known.label})" if known is not None and role != "participant" else name


def _disagree(projects: Sequence[Project]) -> str:
    told = [(p, c) for p in projects for c in p.conflicts]
    if not told:
        return ""
    if len(projects) == 1:
        return "Sources disagree: " + "; ".join(c.summary for _, c in told[:2] if c.summary)
    count = len({p.id for p, _ in told})
    return f"Sources disagree on {count} of {len(projects)} projects."


def extent_of(at: str) -> Extent | None:
    """Return what the page's map shows at ``zoom/lat/lon``; ``None`` where the query says nothing sound."""
    try:
        zoom, lat, lon = (float(part) for part in at.split("/"))
    except ValueError:
        return None
    degrees_a_pixel = 360.0 / (256.0 * 2.0**zoom)
    wide = min(PANE[0] * degrees_a_pixel / 2, 180.0)
    tall = min(PANE[1] * degrees_a_pixel * math.cos(math.radians(lat)) / 2, 80.0)
    return max(lon - wide, -179.9), max(lat - tall, -80.0), min(lon + wide, 179.9), min(lat + tall, 84.0)


def filter_words(wanted: Filter, vocabulary: Vocabulary) -> str:
    """Return a filter in plain words: "gas pipeline; 2015–2018; Gazprom"; empty for none."""
    groups = [vocabulary.groups[g].label if g in vocabulary.groups else g for g in wanted.groups]
    statuses: Mapping[str, str] = {id: s.label for id, s in vocabulary.statuses.items()}
    parts = [
        ", ".join([*groups, *(vocabulary.label(t) for t in wanted.types)]),
        _years(wanted),
        ", ".join(a.name + (f" as {a.role}" if a.role else "") for a in wanted.actors),
        ", ".join(statuses.get(s, "no status") for s in wanted.statuses),
        ", ".join(boundaries.state_names().get(c, c) for c in wanted.countries),
        ", ".join(wanted.places),
        f"texts {', '.join(wanted.documents)}" if wanted.documents else "",
        f"precision {', '.join(map(str, wanted.precisions))}" if wanted.precisions else "",
        f"confidence from {wanted.confidence:.2f}" if wanted.confidence else "",
        f"“{wanted.text}”" if wanted.text else "",
        "within the view" if wanted.extent is not None else "",
    ]
    return "; ".join(part for part in parts if part)


def _years(wanted: Filter) -> str:
    if not wanted.has_years:
        return "" if wanted.keeps_undated else "with a year"
    first, last = wanted.first, wanted.last
    if first is None:
        words = f"up to {last}"
    elif last is None:
        words = f"from {first}"
    else:
        words = str(first) if first == last else f"{first}–{last}"
    return words + (" or no year" if wanted.keeps_undated else "")
