"""Actors, each with the sentence its rule was made for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from geodata.claims.actor_names import load_actor_words
from geodata.claims.actors import ActorMention, Gazetteer, canonical_actors, find_actors
from geodata.records import Toponym

Read = Callable[[str], Doc]
Find = Callable[[str], tuple[ActorMention, ...]]
Places = Callable[[str], tuple[Toponym, ...]]


@pytest.fixture
def actors(read: Read, toponyms: Places, gazetteer: Gazetteer) -> Find:
    return lambda text: find_actors(read(text), toponyms(text), None, gazetteer)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "The Khyber Pakhtunkhwa Oil and Gas Company signed.",
            "Khyber Pakhtunkhwa Oil and Gas Company",
            "company",
        ),
        ("It is built by China Road and Bridge Corporation.", "China Road and Bridge Corporation", "company"),
        ("The loan came from China's Exim Bank.", "China Exim Bank", "organisation"),
        ("The Export-Import Bank of China lent it.", "China Exim Bank", "organisation"),
        ("Exim Bank of China lent it.", "China Exim Bank", "organisation"),
        ("The Kremlin refused.", "Russia", "state"),
        ("Moscow rejected the plan.", "Russia", "state"),
        ("The Government of Ghana paid.", "Ghana", "state"),
        ("The Pakistani government agreed.", "Pakistan", "state"),
        ("The Pakistani Taliban took over the valley.", "Pakistani Taliban", "armed_group"),
        ("It happened at a Frontier Corps checkpoint.", "Frontier Corps", "unit"),
        ("Gazprom signed with them.", "Gazprom", "company"),
        ("The EEU and the SCO met.", "Eurasian Economic Union", "organisation"),
    ],
)
def test_a_name_gives_its_actor(text: str, name: str, kind: str, actors: Find) -> None:
    assert (name, kind) in [(m.name, m.kind) for m in actors(text)]


def test_a_person_has_an_office_and_a_country(actors: Find) -> None:
    person = next(
        m
        for m in actors("The Russian Foreign Minister Sergey Lavrov visited Islamabad.")
        if m.kind == "person"
    )
    assert (person.name, person.office, person.country) == ("Sergey Lavrov", "Foreign Minister", "RU")


def test_a_long_office_is_read_in_apposition(actors: Find) -> None:
    found = actors("The Minister of Energy of the Russian Federation, Alexander Novak, signed an MoU.")
    assert next(m.office for m in found if m.name == "Alexander Novak").startswith("Minister of Energy")


def test_an_abbreviation_in_brackets_is_the_same_actor(actors: Find) -> None:
    found = actors("Bangladesh Power Development Board (BPDB) paid. Later BPDB refused.")
    assert {m.name for m in found if m.kind == "organisation"} == {"Bangladesh Power Development Board"}


def test_coordinated_states_are_both_found(actors: Find) -> None:
    assert [m.name for m in actors("Beijing and Moscow signed the treaty.")] == ["China", "Russia"]


def test_nationals_stand_for_their_states(actors: Find) -> None:
    found = {m.name for m in actors("Four Russians and one Tajik citizen were killed.")}
    assert {"Russia", "Tajikistan"} <= found


def test_two_spellings_are_one_company(actors: Find) -> None:
    text = "Himmash Apparat and Orpheus Energy signed. Himmash Apparat paid. Then Himash Apparat agreed."
    assert "Himash Apparat" not in {m.name for m in actors(text)}


def test_two_companies_with_and_between_them_are_two(actors: Find) -> None:
    found = {m.name for m in actors("They are Himmash Apparat and Orpheus Energy.")}
    assert "Orpheus Energy" in found


def test_an_airport_is_not_a_company(actors: Find) -> None:
    assert not [m for m in actors("They repaired Maputo International Airport.") if "International" in m.name]


def _mention(name: str) -> ActorMention:
    return ActorMention(0, 1, name, name, "company")


def test_spellings_join_across_documents_whatever_their_order() -> None:
    names = ["Himmash Apparat", "Himash Apparat", "Himmash Apparat", "Orpheus Energy", "Orpheus Energy Ltd"]
    first = canonical_actors(map(_mention, names))
    assert first == canonical_actors(map(_mention, reversed(names)))
    assert first["Himash Apparat"] == "Himmash Apparat"
    assert first["Orpheus Energy Ltd"] == first["Orpheus Energy"]


def test_names_that_differ_in_a_word_or_number_stay_apart() -> None:
    names = ["North Bridge Corporation", "South Bridge Corporation", "Druzhba Works 1", "Druzhba Works 2"]
    assert canonical_actors(map(_mention, names)) == {name: name for name in names}


def test_the_alias_file_is_sound() -> None:
    words = load_actor_words()
    kinds = {"state", "organisation", "company", "armed_group", "person", "unit"}
    assert {actor.kind for actor in words.aliases.values()} <= kinds
    assert all(len(actor.country) in (0, 2) for actor in words.aliases.values())
