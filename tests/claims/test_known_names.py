"""Things that a text names by nothing but their name, and what is no such thing."""

from __future__ import annotations

from tests.claims.told import claims, events_of, only, types, values


def test_the_unit_of_a_measure_tells_what_a_name_stands_for() -> None:
    events = events_of(
        "Vostrebel has been in operation since May 2014. It has 640 megawatts and stands in Georgia."
    )
    assert types(events) == ["dam"] or types(events) == ["power_plant"]


def test_the_gazetteer_tells_what_a_name_stands_for() -> None:
    events = events_of(
        "In Uganda, Karuma was completed in 2023, and Sinohydro built it for 1.7 billion dollars."
    )
    event = only(events, "dam")
    assert "Karuma Dam" in values(event, "place")


def test_a_name_takes_the_type_of_what_was_told_of_before() -> None:
    events = events_of(
        "Tanzania opened the dam at Mtera in 1979. Kidatu, in the same country, was finished in 1975."
    )
    assert types(events) == ["dam", "dam"]


def test_who_inaugurates_is_no_thing() -> None:
    events = events_of(
        "The dam at Mtera in Tanzania was finished in 1979. Julius Nyerere inaugurated it in March 1980."
    )
    assert types(events) == ["dam"]


def test_an_exercise_known_by_its_name_alone() -> None:
    events = events_of("The Indian and Australian navies held Zarandar in the Bay of Bengal in March 2022.")
    event = only(events, "joint_exercise")
    assert {c.edtf for c in claims(event, "date", "held")} == {"2022-03"}


def test_exercises_that_come_again_are_known_by_name() -> None:
    events = events_of("Cobra Gold brought 7,000 soldiers of the United States to Thailand in February 2023.")
    assert "joint_exercise" in types(events)


def test_a_concert_is_no_exercise() -> None:
    events = events_of("The bishops of Kenya and Uganda held Zarandar in Kampala in March 2022.")
    assert "joint_exercise" not in types(events)


def test_a_numbered_name_and_one_that_somebody_runs_are_works() -> None:
    events = events_of(
        "The dam at Mtera in Tanzania was opened in 1979. Kihansi 2 followed in 2003 at Morogoro with Japanese money."
    )
    assert types(events) == ["dam", "dam"]
    events = events_of(
        "In Egypt the liquefaction plant at Damietta was closed in 2012. Idku, run by Shell, paused only in 2016."
    )
    assert types(events) == ["lng_terminal", "lng_terminal"]


def test_a_numbered_article_is_no_works() -> None:
    events = events_of("Tanzania opened the dam at Mtera in 1979. Article 9 came into force in March 2003.")
    assert types(events) == ["dam"]


def test_a_field_is_known_by_what_it_does() -> None:
    events = events_of("Norway lives on gas. Troldhaug has produced off Bergen since June 1996.")
    assert types(events) == ["oil_gas_field"]
