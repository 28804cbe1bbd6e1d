"""No embarrassing mark: names that are no place of a thing, and people who only write of it."""

from __future__ import annotations

from tests.claims.told import claims, events_of, only, values

SITED = ("site", "venue", "endpoint", "waypoint", "beneficiary")


def sited(text: str, type: str) -> set[str]:
    """Return the places that the events of a type stand at."""
    found = [e for e in events_of(text) if e.type == type]
    assert found, f"no {type} is told"
    return {c.value for e in found for c in claims(e, "place") if c.role in SITED}


def test_an_exercise_is_not_held_at_a_town_of_its_own_name() -> None:
    text = "Russia and China held the large military exercise Vostok 2022 in September 2022 at the Sergeyevsky range."
    assert "Vostok" not in sited(text, "joint_exercise")


def test_an_exercise_is_not_held_at_a_town_of_its_english_name() -> None:
    text = 'The joint exercise "Unity 2019" was held by Kenya and Uganda in 2019.'
    assert "Unity" not in sited(text, "joint_exercise")


def test_an_acronym_is_no_town() -> None:
    text = (
        "The TAPI gas pipeline from Galkynysh in Turkmenistan to Fazilka in India was begun in 2015. "
        "India and Turkmenistan pay for it."
    )
    assert "Tapi" not in sited(text, "gas_pipeline")


def test_a_word_in_a_treatys_name_is_no_river() -> None:
    text = "In 1978 Japan and China signed the Treaty of Peace and Friendship in Beijing."
    assert "Peace River" not in sited(text, "treaty")


def test_where_somebody_writes_nothing_happens() -> None:
    text = (
        "In May 2013 gunmen attacked a police post in Quetta and killed four Pakistani officers. "
        "The raid, as an analyst writing for a newspaper in Vienna argued, was a reprisal."
    )
    assert "Vienna" not in sited(text, "attack")


def test_a_government_named_by_its_capital_is_no_site_of_a_war() -> None:
    text = "The Kargil War of 1999 between India and Pakistan strengthened Moscow's view of Kashmir."
    assert "Moscow" not in sited(text, "conflict")


def test_what_is_built_is_not_where_its_contract_was_signed() -> None:
    text = "Greece, Cyprus and Israel signed an agreement in Vienna on 2 January 2020 on a gas pipeline to Crete."
    assert "Vienna" not in sited(text, "gas_pipeline")


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
    text = "According to Xinhua News Agency, Mozambique opened the 120 km road from Beira to Dondo in 2013."
    assert not {v for v in values(only(events_of(text), "road"), "actor") if "News" in v}


def test_a_base_is_not_run_by_whom_it_is_named_after() -> None:
    text = "In 2018 Egypt and the United States opened the Mohamed Naguib military base at El Hamam."
    assert "Mohamed Naguib" not in values(only(events_of(text), "military_base"), "actor")


def test_a_region_of_the_world_takes_no_part() -> None:
    text = "In June 2019 Kenya and Uganda held a joint exercise in Mombasa, and Africa watched."
    assert "Africa" not in values(only(events_of(text), "joint_exercise"), "actor")


def test_what_is_told_in_a_clause_is_no_name() -> None:
    text = "On 5 August 2019 India revoked Article 370 and split Jammu and Kashmir into two territories."
    (event,) = [e for e in events_of(text) if e.type == "legal_change"]
    assert not any("revoked" in c.value for c in claims(event, "title"))


def test_a_name_does_not_begin_with_the_end_of_its_owners() -> None:
    text = "Malaysia's East Coast Rail Link was begun in 2017 and runs from Kota Bharu to Port Klang."
    titles = {c.value for e in events_of(text) for c in claims(e, "title")}
    assert "East Coast Rail Link" in titles
    assert not any(title.startswith("'s") for title in titles)


def test_a_conference_keeps_the_whole_of_its_name() -> None:
    text = "In December 2016 the Heart of Asia conference took place in Amritsar in India."
    titles = {c.value for e in events_of(text) for c in claims(e, "title")}
    assert any("Heart of Asia" in title for title in titles)


def test_an_exercise_bears_the_name_and_year_behind_it() -> None:
    text = "Kenya and Uganda held the joint exercise Justified Accord 2019 at Nanyuki in March 2019."
    titles = {c.value for e in events_of(text) for c in claims(e, "title")}
    assert "Justified Accord 2019" in titles
