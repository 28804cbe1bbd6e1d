"""How triggers are written, and what they match."""

from __future__ import annotations

import pytest

from geodata.claims.triggers import parse_trigger
from tests.claims.told import events_of, types


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
