"""What is one project and what is not, with ids that last."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.projects import known_ids, merge
from geodata.records import Document, Event, Project
from geodata.vocabulary import load_vocabulary
from tests.projects.telling import PLACES, Telling, document

WORDS = load_vocabulary()


def merged(*tellings: Telling, documents: Sequence[Document] = ()) -> tuple[Project, ...]:
    known = {d.id: d for d in documents} or {t.doc: document(t.doc) for t in tellings}
    return merge([t.event() for t in tellings], known, WORDS)


def test_one_pipeline_in_two_texts_is_one_project() -> None:
    (project,) = merged(
        Telling("a", "gas_pipeline", named="North-South Gas Pipeline").at(
            "Karachi", "Lahore", role="endpoint"
        ),
        Telling("b", "gas_pipeline", named="Pakistan Stream").at("Lahore", "Karachi", role="endpoint"),
    )
    assert {c.document for c in project.claims} == {"a", "b"}
    assert {"North-South Gas Pipeline", "Pakistan Stream"} == {project.title.split(",")[0], *project.aliases}


def test_the_opposite_direction_is_the_same_project_with_a_conflict() -> None:
    (project,) = merged(
        Telling("001", "gas_pipeline").at("Lahore", "Karachi", role="endpoint"),
        Telling("003", "gas_pipeline").at("Karachi", "Lahore", role="endpoint"),
    )
    (conflict,) = [c for c in project.conflicts if c.property == "direction"]
    assert "Karachi to Lahore (003)" in conflict.summary
    assert "Lahore to Karachi (001)" in conflict.summary


def test_two_exercises_of_one_series_stay_two() -> None:
    projects = merged(
        Telling("a", "joint_exercise", named="Druzhba").at("Cherat", role="venue").on("2016-09", "held"),
        Telling("a", "joint_exercise", 90, named="Druzhba-II")
        .at("Nalchik", role="venue")
        .on("2017-09", "held"),
    )
    assert len(projects) == 2


def test_two_meetings_in_one_city_in_two_years_stay_two() -> None:
    projects = merged(
        Telling("a", "summit").at("Moscow", role="venue").on("2018-11", "held").by("Russia", "state", "host"),
        Telling("a", "summit", 90)
        .at("Moscow", role="venue")
        .on("2019-04", "held")
        .by("Russia", "state", "host"),
    )
    assert len(projects) == 2


def test_two_visits_in_one_month_stay_two() -> None:
    projects = merged(
        Telling("a", "visit").at("Islamabad", role="venue").on("2021-04-06", "held"),
        Telling("b", "visit").at("Islamabad", role="venue").on("2021-04-26", "held"),
    )
    assert len(projects) == 2


def test_phases_of_one_plant_stay_apart() -> None:
    projects = merged(
        Telling("a", "power_plant", named="Olkaria phase 1").at("Nairobi").on("1981"),
        Telling("b", "power_plant", named="Olkaria phase 2").at("Nairobi").on("2003"),
    )
    assert len(projects) == 2


def test_two_roads_of_a_country_without_places_stay_two() -> None:
    projects = merged(
        Telling("a", "road").at("Kenya", role="beneficiary").on("2010").by("China", "state", "funding"),
        Telling("b", "road").at("Kenya", role="beneficiary").on("2010").by("China", "state", "funding"),
    )
    assert len(projects) == 2


def test_the_bank_that_pays_for_both_makes_no_two_roads_one() -> None:
    projects = merged(
        Telling("a", "road").at("Mombasa").on("2010").by("China Exim Bank", "organisation", "funding"),
        Telling("b", "road").at("Nairobi").on("2010").by("China Exim Bank", "organisation", "funding"),
    )
    assert len(projects) == 2


def test_the_country_that_both_lie_in_makes_no_two_things_one() -> None:
    kenya = {"kind": "state", "role": "host"}
    projects = merged(
        Telling("a", "power_plant").at("Kenya", role="beneficiary").by("Iran", "state").by("Kenya", **kenya),
        Telling("a", "power_plant", 900)
        .at("Kenya", role="beneficiary")
        .by("China", "state")
        .by("Kenya", **kenya)
        .on("2013"),
    )
    assert len(projects) == 2


def test_initials_are_the_same_name() -> None:
    (project,) = merged(
        Telling("a", "transport_corridor", named="China-Pakistan Economic Corridor").at("Pakistan"),
        Telling("b", "transport_corridor", named="CPEC").at("Pakistan"),
    )
    assert "CPEC" in project.aliases


def test_a_telling_without_a_place_joins_its_text_s_project() -> None:
    (project,) = merged(
        Telling("a", "oil_refinery").at("Kohat").on("2018"),
        Telling("a", "oil_refinery", 400).status("mou_signed"),
    )
    assert project.status == "mou_signed"


def test_spellings_of_a_partner_are_one_actor_and_the_difference_is_shown() -> None:
    (project,) = merged(
        Telling("001", "oil_refinery").at("Kohat").by("Himmash Apparat").by("Inter RAO Engineering"),
        Telling("003", "oil_refinery").at("Kohat").by("Himash Apparat").by("Orpheus Energy"),
    )
    assert len(project.actors) == 3
    kinds = {conflict.property for conflict in project.conflicts}
    assert {"partner", "spelling"} <= kinds


def test_a_route_told_by_its_countries_is_found_again() -> None:
    (project,) = merged(
        Telling("a", "gas_pipeline").at("Iran", "India", role="endpoint").at("Pakistan", role="waypoint"),
        Telling("b", "gas_pipeline").at("Iran", "Pakistan", role="endpoint").at("India", role="beneficiary"),
    )
    assert {c.document for c in project.claims} == {"a", "b"}


def test_a_town_on_the_way_makes_no_two_lines_one() -> None:
    projects = merged(
        Telling("a", "railway").at("Mombasa", "Lamu", role="endpoint").at("Nairobi", role="waypoint"),
        Telling("b", "railway").at("Kohat", "Karachi", role="endpoint").at("Nairobi", role="waypoint"),
    )
    assert len(projects) == 2


def test_a_works_named_as_an_actor_is_the_works() -> None:
    (project,) = merged(
        Telling("a", "steel_plant", named="Kohat Steel Mill").at("Kohat"),
        Telling("b", "steel_plant").at("Pakistan", role="beneficiary").by("Kohat Steel Mills").on("2018"),
    )
    assert project.years == (2018,)


def test_meetings_of_one_year_in_different_months_stay_two() -> None:
    projects = merged(
        Telling("a", "summit").on("2018-07", "held").by("Russia", "state", "host").by("China", "state", ""),
        Telling("b", "summit")
        .on("2018-11-09", "held")
        .by("Russia", "state", "host")
        .by("China", "state", ""),
    )
    assert len(projects) == 2


def test_what_types_are_called_by_is_no_name() -> None:
    projects = merged(
        Telling("a", "airport", named="International Airport").at("Mombasa").on("2010"),
        Telling("b", "airport", named="International Airport").at("Nairobi").on("2010"),
    )
    assert len(projects) == 2


def test_gifts_of_two_years_to_one_hospital_are_two() -> None:
    projects = merged(
        Telling("a", "health", named="Aga Khan Hospital").at("Nairobi").on("2009", "announced"),
        Telling("b", "health", named="Aga Khan Hospital").at("Nairobi").on("2013", "announced"),
    )
    assert len(projects) == 2


def test_two_deals_of_one_year_over_different_arms_stay_two() -> None:
    projects = merged(
        *(
            Telling("a", "arms_transfer", 90 * n, named=what)
            .at("Pakistan", role="beneficiary")
            .on("2015")
            .by("Russia", "state", "supplier")
            .by("Pakistan", "state", "buyer")
            for n, what in enumerate(("Mi-35", "RD-93"))
        )
    )
    assert len(projects) == 2


@pytest.fixture(scope="module")
def many() -> list[Event]:
    """Events of five texts that tell of some of the same things."""
    rng = random.Random(3)
    types = ["gas_pipeline", "road", "summit", "visit", "arms_transfer", "dam"]
    places = sorted(PLACES)
    events = []
    for n in range(60):
        telling = Telling(
            f"t{n % 5}", rng.choice(types), n * 50, named=rng.choice(["", "", "Alpha", "Beta II"])
        )
        telling.at(*rng.sample(places, rng.randrange(3)), role=rng.choice(["site", "venue", "endpoint"]))
        telling.on(str(rng.randrange(2010, 2016)), rng.choice(["signed", "held", "completed"]))
        telling.by(rng.choice(["Gazprom", "Himash Apparat", "Himmash Apparat", "Russia"]))
        events.append(telling.event())
    return events


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.randoms(use_true_random=False))
def test_merging_does_not_depend_on_the_order_of_events(many: list[Event], order: random.Random) -> None:
    documents = {f"t{n}": document(f"t{n}") for n in range(5)}
    shuffled = list(many)
    order.shuffle(shuffled)
    assert merge(shuffled, documents, WORDS) == merge(many, documents, WORDS)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(late=st.integers(0, 4))
def test_adding_a_text_keeps_every_id(many: list[Event], late: int) -> None:
    documents = {f"t{n}": document(f"t{n}") for n in range(5)}
    before = merge([e for e in many if e.document != f"t{late}"], documents, WORDS)
    after = merge(many, documents, WORDS, known=known_ids(before))
    home = {event: project.id for project in after for event in project.events}
    kept = {p.id for p in before} & {p.id for p in after}
    for project in before:
        assert {home[event] for event in project.events} & kept, project.title
    again = merge([e for e in many if e.document != f"t{late}"], documents, WORDS, known=known_ids(after))
    assert {p.id for p in again} >= {p.id for p in before if p.id in kept}


def test_ids_are_the_same_without_memory_when_a_later_text_is_added(many: list[Event]) -> None:
    documents = {f"t{n}": document(f"t{n}") for n in range(5)}
    alone = [
        Telling("a", "dam", named="Alpha").at("Mombasa").event(),
        Telling("a", "road", 90).at("Kohat").event(),
    ]
    before = {p.id for p in merge(alone, {}, WORDS)}
    after = {p.id for p in merge([*alone, Telling("b", "port").at("Lamu").event()], documents, WORDS)}
    assert before < after


def test_no_file_name_or_text_reaches_an_id() -> None:
    (project,) = merged(Telling("<img src=x>", "dam", named="<script>alert(1)</script>").at("Mombasa"))
    assert project.id.replace("-", "").isalnum()


def test_ten_thousand_claims_merge_in_seconds() -> None:
    bench = pytest.importorskip("bench.merging")
    rows = {row.name: row.value for row in bench.run(small=True)}
    assert rows["merge 10,000 claims"] < 10
    assert rows["memory, twice the claims"] < 2.5


def test_a_thing_told_of_with_a_year_of_its_own_is_not_the_other_of_its_type_in_the_text() -> None:
    complex_ = Telling("a", "factory", named="Moanda Complex").at("Lamu").on("2010").on("2009", "announced")
    assert len(merged(complex_, Telling("a", "factory", 90).at("Kenya", role="beneficiary").on("2009"))) == 2
    assert len(merged(complex_, Telling("a", "factory", 90).at("Kenya", role="beneficiary"))) == 1
