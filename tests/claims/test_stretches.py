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


def test_a_heading_is_no_part_of_the_sentence_below_it() -> None:
    events = events_of("Down the Omo\n\nThe Vostrebel dam in Ethiopia was opened in December 2016.")
    assert surfaces(only(events, "dam"), "date") == {"December 2016"}


def test_another_name_is_another_line() -> None:
    events = events_of(
        "In October 2022 Manila gave up the railway from Subic to Calamba. "
        "The Metro Manila Subway has been under construction since 2019."
    )
    assert types(events) == ["railway", "railway"]


def test_fields_of_two_countries_are_two() -> None:
    events = events_of(
        "Israel's Karish gas field came on stream on 26 October 2022. "
        "Lebanon's Qana gas field was drilled by TotalEnergies in August 2023."
    )
    assert types(events) == ["oil_gas_field", "oil_gas_field"]


def test_the_price_in_the_next_sentence_is_that_of_the_thing_before() -> None:
    events = events_of(
        "At Tema, a Danish firm opened a container terminal in June 2019. The price was 1.5 billion dollars. "
        "In Kumasi, Ghana signed a treaty with Togo on 3 May 2020."
    )
    assert {c.amount for c in claims(only(events, "port"), "value")} == {1.5e9}
