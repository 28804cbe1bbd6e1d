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


def test_a_sentence_that_sets_out_from_a_spot_of_its_own_tells_of_another_kind_of_thing() -> None:
    mine, dam = events_of(
        "The Arcadia lithium mine east of Harare was bought for 422 million dollars in April 2022. The mine opened in "
        "July 2023. The great hydropower scheme at Victoria Falls, by contrast, has no builder. The contract was taken "
        "from two firms in 2019."
    )
    assert types((mine, dam)) == ["mine", "dam"]
    assert surfaces(dam, "place") == {"Victoria Falls"}
    assert "Victoria Falls" not in surfaces(mine, "place")


def test_what_was_opened_in_passing_stands_beside_what_the_sentence_is_about() -> None:
    events = events_of(
        "In February 2018, while addressing the opening of the Russian consulate in Karachi, the ambassador offered "
        "to revive the steel mill of Pakistan."
    )
    assert {"diplomatic_mission", "steel_plant"} <= set(types(events))


def test_a_weak_word_goes_to_the_other_thing_of_its_sentence() -> None:
    lamu, mombasa = events_of(
        "The port of Lamu in Kenya was opened in May 2021. Cargo still goes to Mombasa, where a second container "
        "terminal paid for by Japan took its first ships in 2016."
    )
    assert "Mombasa" not in surfaces(lamu, "place")
    assert surfaces(mombasa, "date") == {"2016"}


def test_a_paragraph_that_begins_elsewhere_does_not_go_on() -> None:
    events = events_of(
        "The Lekki port near Lagos was opened in January 2023.\n\n"
        "In Ghana the first phase was finished in 2019 at a cost of 1.5 billion dollars."
    )
    assert not surfaces(only(events, "port"), "value")


def test_a_line_between_two_other_towns_is_another_line_though_the_first_told_its_towns_later() -> None:
    events = events_of(
        "Malaysia's East Coast Rail Link was begun in 2017. A Chinese company is at work on 665 kilometres from Kota "
        "Bharu to Kuantan. The high-speed line from Kuala Lumpur to Malacca was given up in 2020."
    )
    ends = [surfaces(e, "place", "endpoint") for e in events]
    assert {"Kuala Lumpur", "Malacca"} in ends
    assert not any({"Kota Bharu", "Malacca"} <= e for e in ends)


def test_a_paper_of_two_states_is_told_beside_the_port_that_a_paragraph_is_about() -> None:
    events = events_of(
        "The port of Berbera in Somaliland was enlarged for 442 million dollars, and its first phase opened in June "
        "2021. On 1 January 2024 Ethiopia signed a memorandum of understanding with Kenya. The port will be finished "
        "in 2026."
    )
    assert types(events) == ["port", "treaty"]
    assert "2024-01-01" not in {c.edtf for c in claims(only(events, "port"), "date")}


def test_a_pact_that_a_later_clause_dates_is_told_beside_the_base() -> None:
    events = events_of(
        "Turkey's largest base abroad, in Mogadishu, was opened in 2017, and in February 2024 the two countries "
        "signed a defence pact under which warships patrol the coast."
    )
    assert {"military_base", "defence_agreement"} <= set(types(events))


def test_a_thing_that_somebody_else_owns_next_door_is_told_by_itself() -> None:
    events = events_of(
        "The Lekki port east of Lagos was opened in January 2023. Next door stands Aliko Dangote's oil refinery, a "
        "20 billion dollar undertaking which began to process crude in January 2024."
    )
    assert {"port", "oil_refinery"} <= set(types(events))
