"""No embarrassing mark: names that are no place of a thing, and people who only write of it."""

from __future__ import annotations

import pytest

from tests.claims.told import claims, events_of, only, values

SITED = ("site", "venue", "endpoint", "waypoint", "beneficiary")


def sited(text: str, type: str) -> set[str]:
    """Return the places that the events of a type stand at."""
    found = [e for e in events_of(text) if e.type == type]
    assert found, f"no {type} is told"
    return {c.value for e in found for c in claims(e, "place") if c.role in SITED}


NO_PLACE = {
    "the exercise's own name": (
        "Russia and China held the large military exercise Vostok 2022 in September 2022 at the Sergeyevsky range.",
        "joint_exercise", "Vostok",
    ),
    "an acronym": (
        "The TAPI gas pipeline from Galkynysh in Turkmenistan to Fazilka in India was begun in 2015. "
        "India and Turkmenistan pay for it.",
        "gas_pipeline", "Tapi",
    ),
    "a word in a treaty's name": (
        "In 1971 India and the Soviet Union signed the Treaty of Peace, Friendship and Cooperation.",
        "treaty", "Peace River",
    ),
    "where an analyst writes": (
        "As Alexei Novik, writing for the Baltic Centre in Vienna, argued in 2019, the attack on the police post in "
        "Quetta of May 2011 was a warning.",
        "attack", "Vienna",
    ),
    "where a student sits": (
        "In May 2011 an attack in Quetta killed four officers, a student in Vienna wrote.", "attack", "Vienna",
    ),
    "a government by its capital": (
        "The Kargil War of 1999 between India and Pakistan strengthened Moscow's view of it.", "conflict", "Moscow",
    ),
    "where a contract was signed": (
        "An oil pipeline that Putin signed for in Vienna in March 2007 was to run from Burgas to Alexandroupoli.",
        "oil_pipeline", "Vienna",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "type", "name"), NO_PLACE.values(), ids=NO_PLACE.keys())
def test_no_mark_stands_at(text: str, type: str, name: str) -> None:
    assert name not in sited(text, type)


def test_a_namesake_lies_where_the_area_after_it_does() -> None:
    text = (
        "In April 2023 the Philippines opened a naval base at Santa Ana in Cagayan to American ships. "
        "Manila spoke with the United States."
    )
    (place,) = [c for c in claims(only(events_of(text), "military_base"), "place") if c.value == "Santa Ana"]
    assert place.country == "PH"


def test_a_fair_is_not_at_a_place_of_its_own_name() -> None:
    text = "In January 2018 Russian business people came to Pakistan and invited its firms to the World Expo 2025."
    assert not {"World Expo", "Expo"} & sited(text, "trade_event")


def test_an_analyst_takes_no_part_in_what_he_describes() -> None:
    text = (
        "In May 2013 gunmen attacked a police post in Quetta and killed four Pakistani officers. "
        "In June 2013 gunmen attacked a base in Peshawar; the guards, as Anna Berger and Olaf Lund, writing for an "
        "institute in Vienna, argue, were asleep."
    )
    parts = {v for e in events_of(text) for v in values(e, "actor")}
    assert not {"Anna Berger", "Olaf Lund"} & parts


def test_a_newspaper_builds_nothing() -> None:
    text = "In 2019 The Diplomat wrote that China built the port of Gwadar in Pakistan."
    assert values(only(events_of(text), "port"), "actor") == {"China", "Pakistan"}


def test_a_base_is_not_run_by_whom_it_is_named_after() -> None:
    text = "In 2018 Egypt and the United States opened the Mohamed Naguib military base at El Hamam."
    assert "Mohamed Naguib" not in values(only(events_of(text), "military_base"), "actor")


def test_a_region_of_the_world_takes_no_part() -> None:
    text = "In 2015 Eurasia gained a railway from Khorgos to Almaty, built by Kazakhstan and China."
    assert values(only(events_of(text), "railway"), "actor") == {"China", "Kazakhstan"}


def test_what_is_told_in_a_clause_is_no_name() -> None:
    text = "On 5 August 2019 India revoked Article 370 of its constitution, which gave Jammu and Kashmir autonomy."
    assert not only(events_of(text), "legal_change").named


def test_a_name_does_not_begin_with_the_end_of_its_owners() -> None:
    text = "Malaysia's East Coast Rail Link was begun in 2017 and runs from Kota Bharu to Port Klang."
    titles = {c.value for e in events_of(text) for c in claims(e, "title")}
    assert "East Coast Rail Link" in titles
    assert not any(title.startswith("'s") for title in titles)


def test_a_conference_keeps_the_whole_of_its_name() -> None:
    text = "In December 2016 the Heart of Asia conference took place in Amritsar in India."
    titles = {c.value for e in events_of(text) for c in claims(e, "title")}
    assert any("Heart of Asia" in title for title in titles)


def test_an_exercise_bears_the_name_and_year_behind_it_and_stands_by_them() -> None:
    text = "China took part in the exercise Vostok 2018 in Russia in September 2018."
    event = only(events_of(text), "joint_exercise")
    assert "Vostok 2018" in values(event, "title")
    assert values(event, "place", "venue") == {"Russia"}
