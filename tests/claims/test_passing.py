"""What a text says in passing: no event by itself, but kept with what tells which known thing it may mean."""

from __future__ import annotations

from tests.claims.told import events_of, told_of, values

COUNTERWEIGHT = "It was a necessity for Russia to counterweigh by lifting the arms embargo on Pakistan."


def test_an_embargo_told_without_a_date_is_kept_in_passing() -> None:
    assert events_of(COUNTERWEIGHT) == ()
    (event,) = told_of(COUNTERWEIGHT)
    assert event.passing
    assert event.type == "sanctions"
    assert values(event, "actor") >= {"Russia", "Pakistan"}
    assert "Pakistan" in values(event, "place", "beneficiary")


def test_what_is_told_in_passing_has_no_status_no_sum_and_little_confidence() -> None:
    (event,) = told_of(COUNTERWEIGHT)
    assert {claim.property for claim in event.claims}.isdisjoint({"status", "value"})
    assert max(claim.confidence for claim in event.claims) < 0.5


def test_kinds_of_things_are_not_told_of_even_in_passing() -> None:
    assert told_of("Roads, ports and pipelines matter to the region.") == ()


def test_an_event_that_stands_is_not_in_passing() -> None:
    (event,) = told_of("In 2014 Russia lifted its arms embargo on Pakistan.")
    assert not event.passing


def test_exercises_with_a_name_in_quotation_marks_are_one_exercise() -> None:
    (event,) = events_of("Ghana and Togo also conducted joint military exercises dubbed “Volta 2017.”")
    assert event.named == "Volta 2017"
    assert values(event, "date", "held") == {"2017"}


def test_a_company_that_is_founded_is_the_thing_made() -> None:
    text = "Ankara was persuaded to contribute to the establishment of the Ghana Steel Mills Corporation in Tema."
    (event,) = events_of(text)
    assert event.type == "steel_plant"


def test_a_capital_that_is_persuaded_is_not_where_the_thing_stands() -> None:
    text = "Nkrumah persuaded Moscow to build a steel plant in Tema in 1962."
    (event,) = events_of(text)
    assert "Moscow" not in values(event, "place", "site")


def test_a_meeting_with_ministers_in_a_city_is_held_there() -> None:
    text = "In a trilateral meeting with the Kenyan and Ethiopian ministers in Kampala, Uganda urged them to join."
    (event,) = events_of(text)
    assert values(event, "place", "venue") == {"Kampala"}
