"""Places that the finder of places abstains from, told by the thing that lies there, and by what was said before."""

from __future__ import annotations

from geodata.records import COUNTRY
from tests.claims.told import claims, events_of, only, values


def test_a_port_lies_where_its_name_says() -> None:
    event = only(events_of("In Sri Lanka, Hambantota port was leased to China Merchants in 2017."), "port")
    assert "Hambantota" in values(event, "place", "site")


def test_a_name_that_no_gazetteer_has_stands_somewhere_in_its_country() -> None:
    events = events_of("In 2015 Ethiopia began the Zunarabo dam, a work of 300 million dollars.")
    place = next(c for c in claims(only(events, "dam"), "place") if c.value == "Zunarabo")
    assert (place.country, place.precision, place.place) == ("ET", COUNTRY, "")


def test_next_door_is_where_the_text_has_just_been() -> None:
    events = events_of(
        "The port of Tema in Ghana was enlarged in 2019 for 1.5 billion dollars. "
        "Next door, a Swiss firm opened an oil refinery in January 2021."
    )
    assert "Tema" in values(only(events, "oil_refinery"), "place")


def test_there_is_is_no_place() -> None:
    events = events_of(
        "Tema in Ghana is busy. There is an oil refinery of a Swiss firm that was opened in January 2021."
    )
    assert all("Tema" not in values(event, "place", "site") for event in events)


def test_a_month_is_no_place() -> None:
    events = events_of(
        "In January the port was opened by the president of Ghana, who had promised it in 2016."
    )
    assert all("January" not in values(event, "place") for event in events)


def test_what_only_acts_lends_no_place() -> None:
    events = events_of(
        "Ships wait off Tadjoura in Djibouti. Americans opened the Qorxan Bay airfield in January 2020 for 30 million "
        "dollars."
    )
    assert "Qorxan Bay" not in values(only(events, "airport"), "place")
