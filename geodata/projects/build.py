"""From the tellings of one project to the project: claims ranked, everything else derived from them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from geodata.projects import derive
from geodata.projects.conflicts import find_conflicts
from geodata.projects.geometry import geometry_of
from geodata.projects.names import plain
from geodata.projects.ranking import Sources
from geodata.projects.titles import own_names, title_of, without_own_name
from geodata.records import COMPOSED, COUNTRY, UNCLEAR, Claim, Conflict, Event, Project
from geodata.vocabulary import Vocabulary

COMPLETE = {"place": 0.2, "year": 0.3, "status": 0.08, "name": 0.08}
"""What a project that lacks a place, a year, a status or a name of its own is less sure by, as measured: of what has
no year, one in four is what a reader would list."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What every project is built with."""

    vocabulary: Vocabulary
    sources: Sources
    canonical: Mapping[str, str]
    """Every spelling of an actor -> the name to show."""
    stages: Mapping[str, int]
    nouns: frozenset[str]
    """Words that things are called by."""


def build(project_id: str, events: Sequence[Event], bench: Bench, passing: Sequence[Event] = ()) -> Project:
    """Return the project that events tell of; ``events`` in order of document and position.

    What is told of it in ``passing`` joins its claims, and nothing that stands is derived from it.
    """
    claims = tuple(claim for event in events for claim in event.claims)
    by: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by[claim.property].append(claim)
    type_id = type_of(events, bench)
    kind = bench.vocabulary.types[type_id].kind if type_id in bench.vocabulary.types else "built"
    givers = derive.givers_of(by["actor"]) if kind in ("built", "support") else derive.Givers()
    names = own_names(events)
    places = without_own_name(derive.best_places(by["place"], bench.sources, givers), names)
    actors = derive.best_actors(by["actor"], bench.canonical, bench.sources)
    dates = derive.best_dates(by["date"], bench.sources)
    years = derive.best_years(by["date"])
    values = derive.best_values(by["value"], bench.sources)
    status = derive.best_status(by["status"], bench.stages, bench.sources)
    conflicts = find_conflicts(claims, kind, bench.stages, bench.canonical, bench.sources)
    geometry, precision = geometry_of(by["place"], places)
    title = title_of(type_id, kind, names, claims, places, actors, bench.vocabulary, bench.nouns)
    stands = {c.id for c in (*places, *dates, *values, *([status] if status else []))}
    return Project(
        id=project_id,
        title=title,
        type=type_id,
        claims=(
            *rank_claims(claims, conflicts, stands),
            *(claim for event in passing for claim in event.claims),
        ),
        events=tuple(event.id for event in (*events, *passing)),
        aliases=tuple(name for name in names if not f"{plain(title)} ".startswith(f"{plain(name)} ")),
        status=status.value if status else "",
        status_as_of=_as_of(status, bench.sources),
        years=years,
        places=places,
        actors=actors,
        dates=dates,
        values=values,
        conflicts=conflicts,
        geometry=geometry,
        precision=precision,
        confidence=confidence_of(by, bench.sources),
    )


def type_of(events: Sequence[Event], bench: Bench) -> str:
    """Return the type that most sources give, a telling one before a general one ("loan"), then the surer."""
    votes: dict[str, set[str]] = defaultdict(set)
    belief: Counter[str] = Counter()
    for event in events:
        votes[event.type].add(bench.sources.source(event.document))
        belief[event.type] += round(
            100 * max((c.confidence for c in event.claims if c.property == "type"), default=0.5)
        )
    order = list(bench.vocabulary.types)
    return min(
        votes,
        key=lambda t: (
            bench.vocabulary.is_general(t),
            -len(votes[t]),
            -belief[t],
            order.index(t) if t in order else len(order),
        ),
    )


def rank_claims(
    claims: Sequence[Claim], conflicts: Sequence[Conflict], stands: set[str]
) -> tuple[Claim, ...]:
    """Rank claims: preferred what stands first of several, deprecated what its text denies, normal the rest."""
    first = {conflict.claims[0] for conflict in conflicts if conflict.claims}
    disputed = {claim for conflict in conflicts for claim in conflict.claims}
    ranked = []
    for claim in claims:
        rank = claim.rank
        if claim.modality == "denied" and claim.property in ("date", "value", "actor"):
            rank = "deprecated"
        elif claim.id in first or (claim.id in stands and claim.id not in disputed):
            rank = "preferred"
        ranked.append(claim if rank == claim.rank else replace(claim, rank=rank))
    return tuple(ranked)


def _as_of(status: Claim | None, sources: Sources) -> str:
    if status is None:
        return ""
    document = sources.documents.get(status.document)
    return document.published if document is not None else ""


def confidence_of(by: Mapping[str, Sequence[Claim]], sources: Sources) -> float:
    """Return how sure a project is: its type claims joined over sources, less what it lacks."""
    best: dict[str, float] = {}
    for claim in by.get("type", ()):
        source = sources.source(claim.document)
        best[source] = max(best.get(source, 0.0), claim.confidence)
    doubt = 1.0
    for value in best.values():
        doubt *= 1.0 - min(value, 0.95)
    sure = 1.0 - doubt if best else 0.5
    places = [c for c in by.get("place", ()) if c.lat is not None and c.precision != UNCLEAR]
    has = {
        "place": 1.0 if any(c.precision != COUNTRY for c in places) else 0.6 if places else 0.0,
        "year": 1.0 if any(c.role != "status_as_of" and c.edtf for c in by.get("date", ())) else 0.0,
        "status": 1.0 if by.get("status") else 0.0,
        "name": 1.0 if any(c.extractor != COMPOSED for c in by.get("title", ())) else 0.0,
    }
    return round(sure * (1.0 - sum(COMPLETE[k] * (1.0 - has[k]) for k in COMPLETE)), 3)
