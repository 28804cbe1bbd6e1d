"""What an export is about: projects, their texts, and the facts that every file carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from types import MappingProxyType

from geodata import attribution, boundaries
from geodata.evidence import best_first, passages_in
from geodata.export.kept import Kept
from geodata.export.quotes import SlideQuote, of_copy, passage_quote
from geodata.export.slides import Slide, shown_by, slide_of_filter, slide_of_scene
from geodata.filters import DEFAULT_CONFIDENCE, EVERYTHING, parse_query, to_query
from geodata.records import Brief, Claim, Document, Project
from geodata.store import Store
from geodata.vocabulary import load_vocabulary

DEFAULT_QUERY = f"confidence={DEFAULT_CONFIDENCE:g}"
"""What an empty query means, spelled out: a file outlives the page that explains it."""


@dataclass(frozen=True, slots=True)
class Content:
    """All that an export may say."""

    projects: tuple[Project, ...]
    """Those that the filter shows, sorted by id; of scenes kept as they were, as they stood (``id@day-state``)."""
    documents: Mapping[str, Document]
    """The texts that these projects rest on, by id."""
    title: str = "Dateline"
    query: str = ""
    """The filter, as the page's own URL query; empty where each scene has its own."""
    boundaries: str = boundaries.DE_FACTO
    """Id of the boundary view."""
    made_at: str = ""
    """UTC, ISO 8601."""
    version: str = ""
    total: int = 0
    """How many projects there are without the filter."""
    attribution: str = attribution.IN_FILES
    path: str = ""
    """Name of the store's file, without its folder."""
    sentences: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """Where the sentences of the texts begin and end, by document id."""
    slides: tuple[Slide, ...] = ()
    """The scenes of a brief; one that shows everything where there is no brief."""
    kept: Mapping[str, tuple[SlideQuote, ...]] = field(default_factory=dict)
    """The sentences of projects as they stood, by their ids."""

    @property
    def filter_words(self) -> str:
        """The filter as a person would say it; empty for none, or where each scene has its own."""
        return self.slides[0].filter if len(self.slides) == 1 else ""

    def evidence(self, project: Project, most: int) -> tuple[SlideQuote, ...]:
        """Return the sentences behind a project, the one that says most first."""
        if project.id in self.kept:
            return self.kept[project.id][:most]
        claims: dict[str, list[Claim]] = {}
        for claim in project.claims:
            claims.setdefault(claim.document, []).append(claim)
        found = [
            passage
            for id_, told in sorted(claims.items())
            if id_ in self.documents
            for passage in passages_in(self.documents[id_], self.sentences.get(id_, ()), told)
        ]
        return tuple(passage_quote(passage) for passage in best_first(found)[:most])

    def about(self) -> dict[str, str]:
        """Return the facts that every file carries, by label, in order."""
        return {
            "title": self.title,
            "made": self.made_at,
            "made with": f"Dateline {self.version}",
            "projects": f"{len(self.projects)} of {self.total}",
            "filter": "none" if self.query == EVERYTHING else self.query or "each scene's own",
            **({"filter in words": self.filter_words} if self.filter_words else {}),
            "boundary view": boundaries.view(self.boundaries).strip,
            "attribution": self.attribution,
        }


def collect(
    store: Store,
    query: str = EVERYTHING,
    *,
    title: str = "",
    now: datetime | None = None,
    documents: Mapping[str, Document] = MappingProxyType({}),
) -> Content:
    """Gather what a filter shows.

    Parameters
    ----------
    store
        Where from.
    query
        The page's own URL query, and what the page shows for it: without ``confidence`` in it, what is sure enough.
        The keys of its state (``borders``) are read too.
    title
        Of what is made; how many projects it shows where none is given.
    now
        The time it is made; tests fix it.
    documents
        Texts by id, where the caller has them already.

    Raises
    ------
    FilterError
        If the query cannot be understood.
    """
    wanted = parse_query(query)
    everything = store.project_records()
    projects = shown_by(store, wanted, everything)
    slide = slide_of_filter(store, query, projects, title, load_vocabulary())
    return _content(
        store,
        projects,
        (slide,),
        slide.headline,
        to_query(wanted) or DEFAULT_QUERY,
        slide.borders,
        now,
        documents,
    )


def collect_brief(store: Store, brief: Brief, *, now: datetime | None = None) -> Content:
    """Gather what the scenes of a brief show, hidden ones left out; the projects are those of all scenes.

    Raises
    ------
    FilterError
        If a scene's query cannot be understood.
    """
    everything, vocabulary = store.project_records(), load_vocabulary()
    slides = tuple(
        slide_of_scene(store, scene, everything, vocabulary) for scene in brief.scenes if not scene.hidden
    )
    known = {project.id: project for slide in slides for project in slide.projects}
    projects = tuple(known[id_] for id_ in sorted(known))
    borders = slides[0].borders if slides else boundaries.DE_FACTO
    return _content(store, projects, slides, brief.title, "", borders, now, MappingProxyType({}))


def _documents(
    told: Iterable[str], texts: Mapping[str, Document], states: Iterable[Kept]
) -> dict[str, Document]:
    """Return the texts that projects rest on; one that changed since a scene kept it stands there twice."""
    found = {id_: texts[id_] for id_ in sorted(told) if id_ in texts}
    for state in states:
        for id_, then in state.documents.items():
            now = found.setdefault(id_, then)
            if now.sha256 != then.sha256:
                name = f"{id_}@{state.name[:10]}"
                found[name] = replace(then, id=name)
    return found


def _content(
    store: Store,
    projects: tuple[Project, ...],
    slides: tuple[Slide, ...],
    title: str,
    query: str,
    borders: str,
    now: datetime | None,
    documents: Mapping[str, Document],
) -> Content:
    told = {claim.document for project in projects for claim in project.claims}
    texts = documents or {document.id: document for document in store.documents(hidden=True)}
    states = [slide.kept for slide in slides if slide.kept]
    return Content(
        projects,
        _documents(told, texts, states),
        title,
        query,
        borders,
        (now or datetime.now(UTC)).isoformat(timespec="seconds"),
        version("dateline"),
        len(store.project_records()),
        path=store.path.name,
        sentences={id_: tuple((s.start, s.end) for s in store.sentences(id_)) for id_ in sorted(told)},
        slides=slides,
        kept={
            id_: tuple(of_copy(quote) for quote in quotes)
            for state in states
            for id_, quotes in state.evidence.items()
        },
    )
