"""What was still to come when a text was written, and years that count nothing."""

from __future__ import annotations

from geodata.records import Event
from tests.claims.told import events_of, only, values


def status(event: Event) -> str:
    """The status that a telling gives first."""
    return next(claim.value for claim in event.claims if claim.property == "status")


def test_a_meeting_dated_after_its_text_was_not_held() -> None:
    text = "Kenya and Uganda held the summit in Kampala in March 2021."
    assert values(only(events_of(text, "2022"), "summit"), "date", "held") == {"2021-03"}
    ahead = only(events_of(text, "2020-06"), "summit")
    assert values(ahead, "date", "expected") == {"2021-03"}
    assert values(ahead, "date", "held") == set()
    assert status(ahead) == "planned"


def test_a_year_before_those_who_act_counts_none_of_them() -> None:
    text = "In 2017 special forces of Kenya and Uganda held the second joint exercise in the hills of Moroto."
    assert values(only(events_of(text), "joint_exercise"), "date", "held") == {"2017"}


def test_a_number_of_people_is_no_year() -> None:
    text = "In 2014 some 2000 soldiers of Kenya and Uganda held a joint exercise near Moroto."
    assert values(only(events_of(text), "joint_exercise"), "date", "held") == {"2014"}


def test_what_was_agreed_to_be_bought_is_signed() -> None:
    text = "In 2015 Kenya and Italy agreed that Kenya would buy three helicopters from Italy for its C-27 fighters."
    event = only(events_of(text), "arms_transfer")
    assert status(event) == "signed"


def test_terrorists_who_attack_make_an_attack() -> None:
    text = "In September 2016 terrorists attacked the army base at Moroto in Uganda."
    assert only(events_of(text), "attack").claims


def test_sanctions_that_keep_a_work_from_starting_delay_it() -> None:
    text = (
        "Kenya will build a gas pipeline from Mombasa to Nairobi. Sanctions have kept the work from starting."
    )
    assert "delayed" in values(only(events_of(text), "gas_pipeline"), "status")
