"""Slides: what a scene, or a filter result, says in a room. PPTX, PDF and the web page are all made of these."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from geodata import boundaries
from geodata.briefs import Briefs, caption
from geodata.disagreement import Disagreement, disagreements
from geodata.errors import StoreError
from geodata.evidence import passages
from geodata.export.kept import Kept, as_of
from geodata.export.quotes import SlideQuote, of_copy, passage_quote, quote_of
from geodata.filters import DEFAULT_CONFIDENCE, Filter, parse_query
from geodata.gazetteer import open_gazetteer
from geodata.matching import matches
from geodata.records import Document, Project, Scene
from geodata.store import Store
from geodata.vocabulary import Vocabulary
from geodata.wording import FILLS, date_words, number_words, value_words, years_words

Extent = tuple[float, float, float, float]
MOST_QUOTES, MOST_ACTORS = 3, 4
MOST_LISTED = 5
"""Projects that a slide names one by one."""
MOST_DISAGREEMENTS = 6
"""What an evidence sheet holds; the page of a project has all."""
PANE = (800.0, 560.0)
"""Pixels of the page's map that a scene's view was taken from, where the scene does not know its extent."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One step of a briefing, ready to be set."""

    headline: str
    kicker: str = ""
    """Above the headline: "gas pipeline · delayed"."""
    facts: tuple[str, ...] = ()
    quotes: tuple[SlideQuote, ...] = ()
    disagree: str = ""
    """On what sources differ, in one line; empty where they do not."""
    disagreements: tuple[tuple[str, Disagreement], ...] = ()
    """Title of the project, and both sides."""
    notes: str = ""
    caption: str = ""
    projects: tuple[Project, ...] = ()
    selected: str = ""
    extent: Extent | None = None
    borders: str = boundaries.DE_FACTO
    filter: str = ""
    """In words."""
    as_of: str = ""
    """Of a scene that is kept as it was: "As of 3 Nov 2026, kept as it was"."""
    kept: Kept | None = None
    """Of such a scene: what it kept; its projects have ids of their own, with the day behind an ``@``."""


def slide_of_scene(store: Store, scene: Scene, projects: Sequence[Project], vocabulary: Vocabulary) -> Slide:
    """Return the slide of a scene.

    Raises
    ------
    FilterError
        If the scene's query cannot be understood.
    """
    state = dict(parse_qsl(scene.query.removeprefix("?")))
    wanted = parse_query(scene.query)
    kept = kept_of(store, scene)
    shown = kept.projects if kept else shown_by(store, wanted, projects)
    selected = next((p for p in shown if p.id.partition("@")[0] == state.get("sel")), None)
    told = [selected] if selected else shown
    disagree = disagreed(store, told, vocabulary, kept)
    return Slide(
        headline=scene.headline or scene.caption or caption(shown),
        kicker=_kicker(selected, vocabulary) if selected else "",
        facts=facts(selected, vocabulary) if selected else facts_of_many(shown, vocabulary, scene.headline),
        quotes=_quotes(store, scene, projects, kept),
        disagree=_disagree(told, disagree),
        disagreements=disagree,
        notes=scene.notes,
        caption=scene.caption or caption(shown),
        projects=shown,
        selected=selected.id if selected else "",
        extent=scene.extent or extent_of(state.get("at", "")),
        borders=state.get("borders") or boundaries.DE_FACTO,
        filter=filter_words(wanted, vocabulary),
        as_of=f"As of {date_words(scene.taken_at[:10])}, kept as it was" if scene.frozen else "",
        kept=kept,
    )


def kept_of(store: Store, scene: Scene) -> Kept | None:
    """Return what a scene that is kept as it was shows; ``None`` for one that follows the texts."""
    if not (scene.frozen and scene.kept):
        return None
    return as_of(Briefs(store.journal).kept(scene.kept), scene.taken_at[:10])


def _quotes(
    store: Store, scene: Scene, projects: Sequence[Project], kept: Kept | None
) -> tuple[SlideQuote, ...]:
    chosen = scene.evidence[:MOST_QUOTES]
    if kept is not None:
        return tuple(of_copy(quote) for quote in chosen)
    known = {project.id: project for project in projects}
    return tuple(quote_of(store, quote, known.get(quote.project)) for quote in chosen)


def slide_of_filter(
    store: Store, query: str, projects: Sequence[Project], title: str, vocabulary: Vocabulary
) -> Slide:
    """Return the one slide that shows a filter's result, with the best sentences of its weightiest projects."""
    state = dict(parse_qsl(query.removeprefix("?")))
    best = sorted(projects, key=lambda p: (-len({c.document for c in p.claims}), -p.confidence, p.id))[
        :MOST_QUOTES
    ]
    found = [passages(store, project.claims)[:1] for project in best]
    disagree = disagreed(store, projects, vocabulary)
    return Slide(
        headline=title or caption(projects),
        facts=facts_of_many(projects, vocabulary, title or caption(projects)),
        quotes=tuple(passage_quote(p) for some in found for p in some),
        disagree=_disagree(projects, disagree),
        disagreements=disagree,
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
        if d.role != "status_as_of"
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


def facts_of_many(projects: Sequence[Project], vocabulary: Vocabulary, headline: str) -> tuple[str, ...]:
    """Return the lines of several projects: how many, each by name where they are few, else of what kind and state."""
    told = caption(projects)
    lines = [told] if told != headline else []
    if len(projects) <= MOST_LISTED:
        return (*lines, *(f"{p.title}{', ' + years_words(p.years) if p.years else ''}" for p in projects))
    groups = Counter(vocabulary.group_of(project.type).id for project in projects)
    known = [(vocabulary.groups[id_].label, count) for id_, count in groups.most_common()]
    fills = Counter(vocabulary.statuses[p.status].fill for p in projects if p.status in vocabulary.statuses)
    states = [(label, fills[fill]) for fill, label in FILLS if fills[fill]]
    for counted in (known, states):
        words = " · ".join(f"{number_words(count)}\u00a0{label}" for label, count in counted)
        lines.append(words)
    return tuple(line for line in lines if line)


def _actor(name: str, role: str, vocabulary: Vocabulary) -> str:
    known = vocabulary.actor_roles.get(role)
    return f"{name} ({known.label})" if known is not None and role != "participant" else name


def disagreed(
    store: Store, projects: Sequence[Project], vocabulary: Vocabulary, kept: Kept | None = None
) -> tuple[tuple[str, Disagreement], ...]:
    """Return what the sources of projects differ on, both sides of each, with the project's title."""
    found: list[tuple[str, Disagreement]] = []
    for project in projects:
        if project.conflicts and len(found) < MOST_DISAGREEMENTS:
            texts = kept.documents if kept else _texts_of(store, project)
            found += [(project.title, told) for told in disagreements(project, texts, vocabulary)]
    return tuple(found[:MOST_DISAGREEMENTS])


def _texts_of(store: Store, project: Project) -> dict[str, Document]:
    disputed = {id_ for conflict in project.conflicts for id_ in conflict.claims}
    texts = {}
    for id_ in {claim.document for claim in project.claims if claim.id in disputed}:
        try:
            texts[id_] = store.document(id_)
        except StoreError:
            continue
    return texts


def _disagree(projects: Sequence[Project], told: Sequence[tuple[str, Disagreement]]) -> str:
    """Return one line: both sides where one project is spoken of, else how many have sources that differ."""
    count = sum(bool(project.conflicts) for project in projects)
    if len(projects) == 1 and told:
        lines = [d.line for _, d in told if d.sides]
        more = len(lines) - 1
        also = f" They also differ on the {_and([d.about for _, d in told[1:]])}." if more > 0 else ""
        return (lines[0] if lines else "Sources disagree.") + also
    return f"Sources disagree on {count} of {len(projects)} projects." if count else ""


def _and(words: Sequence[str]) -> str:
    return " and the ".join([", the ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


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
        ", ".join(a.name + (f" as {_role(a.role, vocabulary)}" if a.role else "") for a in wanted.actors),
        ", ".join(_role(r, vocabulary) for r in wanted.roles),
        ", ".join(statuses.get(s, "no status") for s in wanted.statuses),
        ", ".join(_country(c) for c in wanted.countries),
        ", ".join(wanted.places),
        f"texts {', '.join(wanted.documents)}" if wanted.documents else "",
        f"precision {', '.join(map(str, wanted.precisions))}" if wanted.precisions else "",
        f"confidence from {wanted.confidence:.2f}"
        if wanted.confidence not in (0, DEFAULT_CONFIDENCE)
        else "",
        f"“{wanted.text}”" if wanted.text else "",
        "within the view" if wanted.extent is not None else "",
    ]
    return "; ".join(part for part in parts if part)


def _role(id: str, vocabulary: Vocabulary) -> str:
    role = vocabulary.actor_roles.get(id)
    return role.label if role is not None else id.replace("_", " ")


def _country(code: str) -> str:
    """Return what a country is called, by its code."""
    if code in boundaries.state_names():
        return boundaries.state_names()[code]
    place = open_gazetteer().country(code)
    return place.name if place is not None else code


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
