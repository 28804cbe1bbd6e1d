"""Each rule of recognition with the sentence it was made for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.toponyms import find_toponyms, spoken_of
from geodata.toponyms.spans import scan, text_words
from tests.toponyms.finding import find, gazetteer, read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The port of Gwadar was handed over in 2013.", "Gwadar"),
        ("Drills moved from Gilgit-Baltistan to Cherat.", "Cherat"),
        ("Troops in Kharotabad near Quetta opened fire.", "Kharotabad"),
        ("He flew to Jammu & Kashmir on Monday.", "Jammu & Kashmir"),
        ("The army moved into Khyber Pakhtunkhwa Province.", "Khyber Pakhtunkhwa Province"),
        ("Work began in N'Djamena in May.", "N'Djamena"),
        ("Health officials in Port-au-Prince counted the dead.", "Port-au-Prince"),
        ("St. John's, Antigua — The ministers met for two days.", "St. John's"),
        ("Police searched a farm in Co Armagh on Sunday.", "Co Armagh"),
        ("ROSEAU (Agency) — Half of the island has no light.", "ROSEAU"),
    ],
)
def test_names_are_found_whole(text: str, name: str) -> None:
    assert find(text)[name].kind == "literal"


@pytest.mark.parametrize("name", ["Saudi", "Dominican"])
def test_a_short_name_that_is_a_peoples_too_is_the_peoples(name: str) -> None:
    assert find(f"{name} officers came to the talks in Geneva.")[name].kind == "demonym"


def test_two_ends_of_a_road_are_two_names() -> None:
    found = find("The Karachi-Lahore road will be rebuilt.")
    assert found["Karachi"].kind == found["Lahore"].kind == "literal"


def test_links_of_a_chain_before_a_road_are_places_even_if_nobody_knows_them() -> None:
    found = find("The loan is for the Osh-Batken-Kuaka road in Kyrgyzstan.")
    assert {"Osh", "Batken", "Kuaka"} <= found.keys()


@pytest.mark.parametrize(
    "name", ["Muktarpur Bridge", "Skeldon Sugar Factory", "Torugart Road", "Magdalena River"]
)
def test_built_things_and_rivers_are_literal_places(name: str) -> None:
    found = find(f"A Chinese firm will build near the {name} in 2014.")
    assert found[name].kind == "literal"


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("Rosgeo met the Khyber Pakhtunkhwa Oil and Gas Company.", "Khyber Pakhtunkhwa", "Company"),
        ("Pakistan joined the Baghdad Pact in 1955.", "Baghdad", "Baghdad Pact"),
        ("They recalled the Lahore Declaration of 1999.", "Lahore", "Lahore Declaration"),
        ("Under the Simla Agreement both sides respect the line.", "Simla", "Simla Agreement"),
        ("He works at the Bank of Multan.", "Multan", "Bank of Multan"),
    ],
)
def test_a_place_inside_a_longer_name_is_labelled_with_it(text: str, part: str, whole: str) -> None:
    toponym = find(text)[part]
    assert toponym.kind == "embedded"
    assert whole in toponym.inside


def test_a_government_named_by_its_seat_is_a_metonym() -> None:
    assert find("Moscow rejected the proposal.")["Moscow"].kind == "metonym"
    assert find("Talks with Beijing will resume.")["Beijing"].kind == "metonym"
    assert find("He was born in Moscow.")["Moscow"].kind == "literal"


def test_peoples_are_labelled_and_not_printed_as_places() -> None:
    found = find("Russian troops met Palestinians and the Pakistani army.")
    assert found["Russian"].kind == found["Pakistani"].kind == "demonym"
    assert not any(spoken_of(toponym) for toponym in found.values())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They ate roast turkey in March and were reading a book.", "turkey"),
        ("They met in March.", "March"),
        ("Michael Jordan scored forty points, and Jordan smiled.", "Jordan"),
        ("See Project ID#12532 for details.", "ID"),
        ("The Police arrived at noon.", "Police"),
        ("On Monday the Bank lent more.", "On"),
    ],
)
def test_common_words_persons_and_numbers_are_no_places(text: str, name: str) -> None:
    found = find(text)
    assert name not in found or not spoken_of(found[name])


def test_a_full_stop_belongs_to_an_abbreviation_but_not_to_the_end_of_a_sentence() -> None:
    found = find("He moved from the U.S. to Lahore.")
    assert "U.S." in found
    assert "Lahore" in found


def test_the_article_is_left_out() -> None:
    assert "Netherlands" in find("The Netherlands signed the treaty.")
    assert "The Hague" in find("The court sits in The Hague.")


def test_the_longest_known_name_wins() -> None:
    text = "New York City"
    assert [text[p.start : p.end] for p in scan(text, text_words(text), gazetteer())] == [text]


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "Paris",
                "the",
                "U.S.",
                "of",
                "Lahore",
                "—",
                "'s",
                "\n\n",
                "Ł",
                "Ōsaka",
                "-",
                ",",
                "Road",
                "\x00",
                "🏔",
                "A",
            ]
        )
        | st.text(max_size=8),
        max_size=14,
    )
)
def test_any_text_is_read_and_offsets_match(words: list[str]) -> None:
    text = " ".join(words)
    found = find_toponyms(read(text), gazetteer())
    last = 0
    for toponym in found:
        assert toponym.surface == text[toponym.start : toponym.end] != ""
        assert toponym.start >= last
        last = toponym.end


def test_nothing_is_found_in_nothing() -> None:
    assert find_toponyms(read(""), gazetteer()) == ()


def test_states_in_a_row_are_two_names() -> None:
    found = find(
        "Drills led by Australia and the United States ended; the Philippines and the United States met."
    )
    assert all(found[name].kind != "embedded" for name in ("Australia", "Philippines", "United States"))


def test_a_name_does_not_run_on_into_the_next_sentence() -> None:
    found = find(
        "China put up street lights in Akjoujt. Poly New Energy Technology Co. Ltd. of Beijing built them."
    )
    assert found["Akjoujt"].kind == "literal"
    assert "Ft. Worth" in find("He moved to Ft. Worth in May.")


def test_a_name_beside_a_date_is_no_part_of_it() -> None:
    assert find("Washington left its drone base at Agadez the same summer.")["Agadez"].kind == "literal"
    assert "May" not in find("Ground was broken in May of the same year.")


def test_a_currency_is_not_its_country() -> None:
    assert "US" not in find("The road cost US$ 5 million.")
    assert "US" in find("The US paid for the road.")


def test_who_is_lent_a_sum_is_a_country_not_a_currency() -> None:
    assert "Bolivia" in find("The bank lent Bolivia 60 million dollars for gas networks.")
    assert "Costa Rica" in find("Ruritania granted Costa Rica $83 million for a stadium.")


def test_a_full_stop_without_a_blank_ends_a_sentence() -> None:
    assert "Guyana" in find("Ruritania pledged to send coaches to Guyana.The coaches came home in May.")
    assert "U.S." in find("The U.S. sent coaches.")


def test_a_country_of_one_bearer_is_no_person() -> None:
    found = find("The bank gave money to Tajikistan. Mountainous Tajikistan has a long border.")
    assert "Tajikistan" in found


def test_what_has_a_government_is_a_place_here_and_elsewhere() -> None:
    assert "Zanzibar" in find("Zanzibar borrowed 70 million USD. The Zanzibar government chose a builder.")
