"""What texts tell in passing is evidence for a project that stands, and changes nothing else of it."""

from __future__ import annotations

import itertools
from dataclasses import replace

from geodata.projects import known_ids, merge
from geodata.records import Event, Project
from geodata.vocabulary import load_vocabulary
from tests.projects.telling import Telling, document

WORDS = load_vocabulary()


def passing(telling: Telling) -> Event:
    return replace(telling.event(), passing=True)


def merged(*events: Event, known: dict[str, str] | None = None) -> tuple[Project, ...]:
    return merge(events, {e.document: document(e.document) for e in events}, WORDS, known=known)


def texts(project: Project) -> set[str]:
    return {claim.document for claim in project.claims}


PIPELINE = (
    Telling("a", "gas_pipeline", named="North-South Gas Pipeline")
    .at("Karachi", "Lahore", role="endpoint")
    .on("2015")
    .status("delayed")
    .event()
)


def test_a_mention_of_a_known_project_by_its_name_is_evidence() -> None:
    (project,) = merged(PIPELINE, passing(Telling("b", "gas_pipeline", named="North-South Gas Pipeline")))
    assert texts(project) == {"a", "b"}
    assert project.events == ("a:0:gas_pipeline", "b:0:gas_pipeline")


def test_nothing_that_stands_comes_from_a_mention_in_passing() -> None:
    mention = Telling("b", "gas_pipeline", named="North-South Gas Pipeline").on("2021", "completed")
    (alone,), (project,) = merged(PIPELINE), merged(PIPELINE, passing(mention))
    assert replace(project, claims=alone.claims, events=alone.events) == alone
    assert {claim.rank for claim in project.claims if claim.document == "b"} == {"normal"}


def test_mentions_alone_make_no_project() -> None:
    mention = Telling("b", "gas_pipeline", named="North-South Gas Pipeline")
    assert (
        merged(passing(mention), passing(Telling("c", "gas_pipeline", named="North-South Gas Pipeline")))
        == ()
    )


def test_a_later_text_brings_an_earlier_mention_to_life() -> None:
    mention = passing(Telling("0", "gas_pipeline", named="North-South Gas Pipeline"))
    assert merged(mention) == ()
    (project,) = merged(mention, PIPELINE)
    assert texts(project) == {"0", "a"}


def test_a_mention_never_gives_a_project_its_id() -> None:
    mention = passing(Telling("0", "gas_pipeline", named="North-South Gas Pipeline"))
    (alone,), (project,) = merged(PIPELINE), merged(mention, PIPELINE)
    assert project.id == alone.id
    known = {**known_ids([project]), mention.id: "another-project"}
    assert merged(mention, PIPELINE, known=known)[0].id == alone.id


def test_a_mention_goes_when_the_project_goes() -> None:
    mention = passing(Telling("b", "gas_pipeline", named="North-South Gas Pipeline"))
    (project,) = merged(mention, PIPELINE)
    assert merged(mention, known=known_ids([project])) == ()


def test_a_mention_that_may_mean_either_of_two_projects_joins_neither() -> None:
    other = Telling("c", "gas_pipeline", named="North-South Gas Pipeline").at(
        "Mombasa", "Nairobi", role="endpoint"
    )
    mention = passing(Telling("b", "gas_pipeline", named="North-South Gas Pipeline"))
    found = merged(PIPELINE, other.event(), mention)
    assert len(found) == 2
    assert all("b" not in texts(project) for project in found)


def test_a_thing_of_the_same_name_but_another_type_is_not_mentioned() -> None:
    mention = passing(Telling("b", "transport_corridor", named="North-South Corridor"))
    (project,) = merged(PIPELINE, mention)
    assert texts(project) == {"a"}


def test_the_order_of_texts_does_not_matter() -> None:
    events = [
        PIPELINE,
        Telling("c", "gas_pipeline").at("Lamu").on("2012").by("Gulf Energy").event(),
        passing(Telling("b", "gas_pipeline", named="North-South Gas Pipeline")),
        passing(Telling("d", "gas_pipeline").at("Lamu").by("Gulf Energy")),
    ]
    results = {merged(*order) for order in itertools.permutations(events)}
    assert len(results) == 1
    assert sorted(map(len, map(texts, results.pop()))) == [2, 2]


def exercise(doc: str, year: str, place: str = "", named: str = "") -> Event:
    """An exercise of the same two states."""
    told = Telling(doc, "joint_exercise", named=named).on(year, "held")
    told = told.by("Russia", "state", "participant").by("Pakistan", "state", "participant")
    return (told.at(place, role="venue") if place else told).event()


def test_an_exercise_without_a_place_is_the_one_of_that_year_between_the_same_states() -> None:
    (project,) = merged(exercise("a", "2016-09", "Cherat", named="Druzhba"), exercise("b", "2016"))
    assert texts(project) == {"a", "b"}


def test_an_exercise_without_a_place_stays_alone_where_two_of_that_year_are_known() -> None:
    druzhba = exercise("a", "2016", "Cherat", named="Druzhba")
    monsoon = exercise("c", "2016", "Karachi", named="Arabian Monsoon")
    assert len(merged(druzhba, monsoon, exercise("b", "2016"))) == 3


def test_a_steel_mill_with_a_possessive_or_a_legal_form_in_its_name_is_one() -> None:
    found = merged(
        Telling("a", "steel_plant", named="Pakistan’s Steel Mills")
        .at("Pakistan", role="beneficiary")
        .event(),
        Telling("b", "steel_plant", named="Pakistan Steel Mill").at("Karachi").event(),
        Telling("c", "steel_plant", named="Pakistan Steel Mills Corporation").event(),
    )
    assert len(found) == 1
