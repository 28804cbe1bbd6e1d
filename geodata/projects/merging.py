"""Events of all documents to projects: who is one project, under which id, and what stands for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from geodata.claims.actor_variants import canonical_actors
from geodata.projects.build import Bench, build, type_of
from geodata.projects.clusters import clusters
from geodata.projects.identity import assign_ids
from geodata.projects.names import plain
from geodata.projects.passing import settled
from geodata.projects.profiles import profile_of
from geodata.projects.ranking import Sources
from geodata.projects.titles import nouns_of
from geodata.records import Document, Event, Project
from geodata.vocabulary import Vocabulary

ONE_TYPE, LIKE_TYPE, GENERAL_TYPE = 1.0, 0.6, 0.4
"""How much of the reason "type" two types give: the same, two that mean one thing, a telling and a general one."""

COMPASS = frozenset({"north", "south", "east", "west", "northern", "southern", "eastern", "western", "trans"})
"""Words that make a name, though types are called by them too (the North–South pipeline)."""


@dataclass(frozen=True, slots=True)
class _Name:
    name: str


def merge(
    events: Iterable[Event],
    documents: Mapping[str, Document],
    vocabulary: Vocabulary,
    *,
    known: Mapping[str, str] | None = None,
) -> tuple[Project, ...]:
    """Return the projects that events of any number of documents tell of, sorted by id.

    The same for every order of ``events``. ``documents`` by id give publication dates and tell syndicated copies;
    ``known`` leads event ids to the project ids that they had (``known_ids`` of an earlier result), which are kept.
    What is told in passing changes neither projects nor ids: it joins the evidence of the one it means, or none.
    """
    told = sorted(events, key=lambda event: (event.document, event.start, event.id))
    ordered = [event for event in told if not event.passing]
    passing = [event for event in told if event.passing]
    canonical = canonical_actors(
        _Name(claim.value) for event in ordered for claim in event.claims if claim.property == "actor"
    )
    kinds = {type_id: known_type.kind for type_id, known_type in vocabulary.types.items()}
    common = common_words(vocabulary)
    kinship = _kinship(vocabulary)
    profiles = [profile_of(event, kinds, canonical, common) for event in ordered]
    groups = clusters(profiles, [event.start for event in ordered], kinship)
    mentioned = [profile_of(event, kinds, canonical, common) for event in passing]
    groups, beside = settled(groups, profiles, mentioned, kinship)
    bench = Bench(
        vocabulary,
        Sources(documents),
        canonical,
        {status.id: status.stage for status in vocabulary.statuses.values()},
        nouns_of(vocabulary),
    )
    members = [[ordered[i] for i in group] for group in groups]
    ids = assign_ids(groups, profiles, [type_of(group, bench) for group in members], known or {})
    projects = (
        build(project_id, group, bench, [passing[i] for i in also])
        for project_id, group, also in zip(ids, members, beside, strict=True)
    )
    return tuple(sorted(projects, key=lambda project: project.id))


def common_words(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the words that things of every type are called by: they make no name of one's own."""
    triggers = (trigger for known in vocabulary.types.values() for trigger in known.triggers)
    plain_ones = (trigger.split("&")[0] for trigger in triggers if "/v" not in trigger)
    words = {word for trigger in plain_ones for word in plain(trigger).split()}
    return frozenset(words | {f"{word}s" for word in words}) - COMPASS


def known_ids(projects: Iterable[Project]) -> dict[str, str]:
    """Return the project id of every event, to be handed to the next ``merge``."""
    return {event: project.id for project in projects for event in project.events}


def _kinship(vocabulary: Vocabulary) -> Callable[[str, str], float]:
    """Return how alike two types are, remembered: merging asks the same few hundred pairs a million times."""

    @cache
    def kinship(first: str, second: str) -> float:
        if first == second:
            return ONE_TYPE
        if vocabulary.alike(first, second):
            return LIKE_TYPE
        return GENERAL_TYPE if vocabulary.is_general(first) != vocabulary.is_general(second) else 0.0

    return kinship
