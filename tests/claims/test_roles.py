"""Roles of actors and dates, each with the sentence its rule was made for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from geodata.claims.actors import find_actors
from geodata.claims.dates import find_dates
from geodata.claims.linear import load_model
from geodata.claims.role_rules import ACTOR_RULES, DATE_RULES
from geodata.claims.roles import actor_role, date_role, date_roles

Read = Callable[[str], Doc]


@pytest.mark.parametrize(
    ("text", "type", "role"),
    [
        ("The dam was inaugurated on May 7, 2011.", "dam", "completed"),
        ("Construction of the terminal began in April 2011.", "airport", "started"),
        ("They signed an MoU on the pipeline on October 16, 2015.", "gas_pipeline", "signed"),
        ("The port is expected to be completed by 2018.", "port", "expected"),
        ("The exercise was held in September 2016.", "joint_exercise", "held"),
        ("Lavrov visited Islamabad on 6 April 2021.", "visit", "held"),
        ("The summit will be held in September 2019.", "summit", "expected"),
        ("The treaty was signed in July 2001.", "treaty", "signed"),
    ],
)
def test_the_governing_word_gives_a_date_its_role(text: str, type: str, role: str, read: Read) -> None:
    doc = read(text)
    assert date_role(find_dates(doc)[0], doc, (0, 10), type=type).role == role


def test_a_loan_of_a_year_is_a_commitment(read: Read) -> None:
    doc = read("In 2008, China's Exim Bank provided a loan for the extension of the port.")
    assert date_role(find_dates(doc)[0], doc, (0, 10), group="transport", type="port").role in (
        "announced",
        "signed",
    )


def test_one_date_may_bear_two_roles(read: Read) -> None:
    doc = read("In 2009 the works began and the loan was signed.")
    assert all(decision.rule for decision in date_roles(find_dates(doc)[0], doc, (0, 10), type="road"))


@pytest.mark.parametrize(
    ("text", "name", "type", "group", "role"),
    [
        ("The road was funded by a loan from China Exim Bank.", "China Exim Bank", "road", "transport", {"funding"}),
        ("The bridge was built by China Road and Bridge Corporation.", "China Road and Bridge Corporation", "bridge",
         "transport", {"contractor", "implementing"}),
        ("Gazprom and Rosneft signed a treaty.", "Gazprom", "treaty", "diplomacy", {"signatory"}),
        ("The exercise was opposed by the European Union.", "European Union", "joint_exercise", "defence",
         {"opponent"}),
        ("Rosoboronexport delivered helicopters.", "Rosoboronexport", "arms_transfer", "defence", {"supplier"}),
    ],
)  # fmt: skip
def test_the_governing_word_gives_an_actor_its_role(
    text: str, name: str, type: str, group: str, role: set[str], read: Read
) -> None:
    doc = read(text)
    actors = find_actors(doc, ())
    mention = next(m for m in actors if m.name == name)
    decision = actor_role(mention, doc, (0, len(text)), group=group, type=type, actors=actors)
    assert decision.role in role
    assert decision.rule
    assert decision.reason


def test_every_rule_has_a_name_and_an_example() -> None:
    names = [rule.name for rule in ACTOR_RULES] + [name for name, *_ in DATE_RULES]
    assert len(names) == len(set(names))
    assert all(rule.example for rule in ACTOR_RULES)


@pytest.mark.parametrize("name", ["date_role", "actor_role"])
def test_a_model_gives_probabilities_and_reasons(name: str) -> None:
    model = load_model(name)
    feature = next(iter(model.weights))
    odds = model.probabilities({feature: 1.0})
    assert sum(odds.values()) == pytest.approx(1.0)
    assert isinstance(model.reason({feature: 1.0}, model.classes[0]), str)
