"""Where a paragraph turns to another thing, and where it does not."""

from __future__ import annotations

from tests.claims.told import claims, events_of, only, surfaces, types


def test_a_sentence_on_another_place_starts_another_project() -> None:
    events = events_of(
        "The Rumelange railway from Rumonge to Gitega in Burundi was opened in 2019 for 300 million dollars. "
        "Tanzania has begun a dam on the Kagera at Rusumo, where work started in March 2020."
    )
    assert set(types(events)) == {"railway", "dam"}
    assert "2020-03" not in {c.edtf for c in claims(only(events, "railway"), "date")}


def test_what_goes_on_about_the_thing_stays_with_it() -> None:
    events = events_of(
        "The road from Nzega to Tabora in Tanzania was begun in 2010. The project was paid for by Korea. "
        "It was completed in June 2014."
    )
    assert types(events) == ["road"]
    assert "2014-06" in {c.edtf for c in claims(events[0], "date")}


def test_lights_on_roads_are_no_road_project() -> None:
    events = events_of(
        "In 2011 China gave solar street lights worth 2 million dollars to Maseru. "
        "A company from Beijing installed the lights on four roads, together 5 kilometres long."
    )
    assert "road" not in types(events)


def test_a_line_told_by_its_towns_may_be_the_one_told_by_its_countries() -> None:
    events = events_of(
        "The railway from Kashgar to Andijan has been talked of since 1997. "
        "The China–Kyrgyzstan–Uzbekistan railway will be 523 kilometres long and cost 4.7 billion dollars."
    )
    assert types(events) == ["railway"]


def test_a_deal_dated_by_itself_is_told_beside_the_line_that_a_paragraph_is_about() -> None:
    events = events_of(
        "In 2015 Russia lent Pakistan 2 billion dollars for the building of the gas pipeline from Lahore to Karachi. "
        "The project is expected to end shortages in Punjab. In 2017 Russia and Pakistan signed an agreement on the "
        "supply of liquefied natural gas. The pipeline is to be finished in 2020."
    )
    assert "lng_supply" in types(events)
    assert surfaces(only(events, "gas_pipeline"), "place", "endpoint") == {"Lahore", "Karachi"}
