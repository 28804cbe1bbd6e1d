"""How triggers are written, and what they match."""

from __future__ import annotations

import pytest

from geodata.claims.context import read_context
from geodata.claims.triggers import find_triggers, parse_trigger
from geodata.language import open_model, parse
from tests.claims.told import document, events_of, surfaces, types, vocabulary


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


def test_a_corridor_by_its_name_is_none_of_the_mine_told_before() -> None:
    events = events_of(
        "The mine at Mopani in Zambia was sold in March 2024. The Lobito corridor links it with Angola."
    )
    assert types(events) == ["mine", "transport_corridor"]
    assert "Lobito" not in surfaces(events[0], "place")


def test_a_railway_of_two_countries_is_not_the_company() -> None:
    doc = parse(open_model(), "The Laos–China Railway was opened. China Railway built it.")
    reading = read_context(doc, document(doc.text), (), (), vocabulary(), None)
    assert [m.start for m in find_triggers(reading, vocabulary())] == [doc.text.index("Railway")]


def test_a_name_with_its_capacity_is_a_plant() -> None:
    events = events_of("The bank financed Noor Zagora, 120 megawatts, in Morocco in 2019.")
    assert types(events) == ["power_plant"]


def test_what_is_attacked_is_no_project() -> None:
    events = events_of(
        "In January 2020 gunmen attacked the airfield at Lamu in Kenya and killed three soldiers."
    )
    assert set(types(events)) == {"attack"}


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


def test_the_line_of_a_survey_is_the_one_told_before_though_its_ends_come_late() -> None:
    events = events_of(
        "The railway from Tashkent to Samarkand was opened in 2011. The railway from Angren to Pap was opened in 2016. "
        "The railway from Khaf to Herat was opened in 2020. The railway from Baku to Tbilisi was opened in 2017.\n\n"
        "The China–Kyrgyzstan–Uzbekistan railway has been talked about since 1997. Construction began at Jalal-Abad on "
        "27 December 2024. The 523 km line, from Kashgar through Torugart to Andijan, will cost 8 billion dollars."
    )
    assert len(events) == 5
    assert {"Kashgar", "Jalal-Abad"} <= surfaces(events[-1], "place")
