"""How triggers are written, and what they match."""

from __future__ import annotations

import pytest

from geodata.claims.triggers import parse_trigger
from tests.claims.told import events_of, surfaces, types


@pytest.mark.parametrize(
    ("text", "words", "verb", "weak", "near"),
    [
        ("gas pipeline", ("gas", "pipeline"), False, False, frozenset()),
        ("high-speed rail", ("high", "speed", "rail"), False, False, frozenset()),
        ("visit/v", ("visit",), True, False, frozenset()),
        ("~loan", ("loan",), False, True, frozenset()),
        ("pipeline & gas|LNG", ("pipeline",), False, False, frozenset({"gas", "lng"})),
        ("~ field & gas", ("field",), False, True, frozenset({"gas"})),
        ("gas * pipeline", ("gas", "*", "pipeline"), False, False, frozenset()),
    ],
)
def test_a_trigger_is_taken_apart(
    text: str, words: tuple[str, ...], verb: bool, weak: bool, near: frozenset[str]
) -> None:
    trigger = parse_trigger(text, "x")
    assert (trigger.words, trigger.verb, trigger.weak, trigger.near) == (words, verb, weak, near)


def test_an_exact_trigger_keeps_its_case() -> None:
    trigger = parse_trigger("=EXPO", "x")
    assert trigger.exact
    assert trigger.words == ("EXPO",)


def test_the_longest_trigger_wins() -> None:
    assert types(events_of("In 2009 Uganda built a railway bridge in Jinja.")) == ["bridge"]


def test_a_town_that_begins_like_a_trigger_is_none() -> None:
    assert events_of("The minister visited friends; Port Moresby was hot.") == ()


def test_a_port_in_the_way_of_a_pipeline_is_not_built() -> None:
    found = events_of(
        "In 2017 Russia offered to build an offshore gas pipeline that will pass through Gwadar port."
    )
    assert types(found) == ["gas_pipeline"]


def test_a_line_between_two_towns_is_a_railway_unless_it_carries_power() -> None:
    assert types(events_of("The Cotonou–Niamey line in Benin was given up in 2018.")) == ["railway"]
    assert "railway" not in types(
        events_of(
            "Tebian Electric will build the 93 km Khujand–Khatlon line of 220 kV in Tajikistan in 2009."
        )
    )


def test_a_corridor_by_its_name_stands_alone() -> None:
    found = events_of("The Lobito corridor in Angola was handed over in July 2023.")
    assert types(found) == ["transport_corridor"]


def test_a_railway_of_two_countries_is_not_the_company() -> None:
    assert types(events_of("The Laos–China Railway from Boten to Vientiane went into service in 2021.")) == [
        "railway"
    ]


def test_a_name_with_its_capacity_is_a_plant() -> None:
    assert types(events_of("Karuma, 600 megawatts, was built by Sinohydro in Uganda in 2019.")) in (
        ["power_plant"], ["dam"],
    )  # fmt: skip


def test_a_company_called_after_its_terminals_is_no_terminal() -> None:
    events = events_of(
        "At Badagry near Lagos a port was promised for 2.3 billion dollars in 2021 by a group around APM Terminals."
    )
    assert [e.named for e in events if "apm" in str(e.named).lower()] == []


def test_a_thing_called_by_the_name_behind_it_is_one_thing() -> None:
    events = events_of("In Finland the floating terminal Exemplar arrived at Inkoo in December 2022.")
    assert "lng_terminal" in types(events)


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("Two floating gas plants at Richards Bay were to feed the grid in 2021.", "power_plant"),
        ("A line of 500 kilovolts to Thanh My was finished in 2023.", "power_transmission"),
        ("Crude has been pumped since 2024 from Agadem to Benin.", "oil_pipeline"),
        ("In Algiers, in April 2022, they agreed on four billion cubic metres more.", "lng_supply"),
        ("Two sluices at Cai Lon were finished in 2022.", "water_supply"),
        ("The army was beaten at Gao in Mali in July 2024.", "conflict"),
        ("Shell struck oil off Namibia in 2022.", "oil_gas_field"),
        ("The tender for a cable from Tarawa to Nauru was won by NEC.", "telecommunications"),
        ("Honduras broke with Taipei in 2023.", "diplomatic_mission"),
        ("In Harare, Zimbabwe banned raw lithium from leaving the country in 2022.", "legal_change"),
    ],
)
def test_things_told_in_other_words(text: str, type: str) -> None:
    assert type in types(events_of(text))


def test_a_plain_word_in_a_survey_is_of_the_kind_that_the_text_tells() -> None:
    events = events_of(
        "The port of Lomé in Togo was opened in 2014. The port of Abidjan in Ivory Coast was enlarged in 2022. "
        "The port of Kribi in Cameroon opened in March 2018. The port of Lekki in Nigeria followed in 2023.\n\n"
        "Ghana finished the first phase of its $1.5 billion expansion at Tema in 2019."
    )
    tema = tuple(e for e in events if "Tema" in surfaces(e, "place"))
    assert types(tema) == ["port"]
    assert (
        types(events_of("Ghana finished the first phase of its $1.5 billion expansion at Tema in 2019."))
        == []
    )
