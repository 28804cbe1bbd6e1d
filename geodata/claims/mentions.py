"""What names a thing in a text: a trigger of the vocabulary, and the mention that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from spacy.tokens import Token

from geodata.claims.word_lists import word_list
from geodata.claims.words import words_of
from geodata.records import ProjectType

Definite = Literal["indefinite", "definite", "demonstrative", "possessive", "bare"]


class Vocabulary(Protocol):
    """The part of the vocabulary that events need."""

    @property
    def types(self) -> Mapping[str, ProjectType]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger string of the vocabulary, taken apart."""

    type: str
    words: tuple[str, ...]
    verb: bool = False
    weak: bool = False
    near: frozenset[str] = frozenset()
    exact: bool = False
    order: int = 0


@dataclass(frozen=True, slots=True)
class TriggerMention:
    """Words of a text that name a project: half-open character span, type, how they name it."""

    start: int
    end: int
    type: str
    group: str
    token: Token
    sentence: int
    words: str
    """The trigger as the vocabulary writes it."""
    verb: bool
    weak: bool
    """Makes no project where a stronger trigger tells the same thing."""
    generic: bool
    """A kind of thing, not one thing: "roads", "port city"."""
    definite: Definite
    another: bool
    """"a second exercise", "another road": not the one before."""
    plural: bool
    name: str = ""
    """Capitalised words before it that are its own: "Tashkent" in "the Tashkent Declaration"."""
    codes: frozenset[str] = frozenset()
    """Model numbers beside it: "Mi-35", "S-400"."""
    pattern: bool = False
    """Found by a pattern, whose words may hold places and persons."""

    @property
    def bare_name(self) -> bool:
        """Named by nothing but its name: "Gibe III"."""
        return bool(self.name) and self.words == self.name


MADE = word_list("made")
GOVERNORS = 4
"""How far above a thing the word that makes it may stand."""


def made(mention: TriggerMention) -> bool:
    """Tell whether a word such as "construction" or "build" governs the thing that a mention names."""
    return governed(mention.token, MADE)


def governed(token: Token, words: frozenset[str]) -> bool:
    """Tell whether a word, or one of those above it in the tree, is one of ``words``."""
    all_words, i = words_of(token.doc), token.i
    for _ in range(GOVERNORS + 1):
        if all_words.lemmas[i] in words:
            return True
        i = all_words.heads[i]
    return False
