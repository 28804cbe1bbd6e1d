"""The words of a parsed text as plain lists, read once: asking a token of the parse for each of its traits is slow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from spacy.attrs import DEP, HEAD, LEMMA, ORTH, POS, TAG
from spacy.strings import StringStore
from spacy.tokens import Doc


class Words(NamedTuple):
    """Traits of the words of a text, one entry a word in each list, and the text itself."""

    text: str
    texts: list[str]
    lower: list[str]
    lemmas: list[str]
    """In lower case."""
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    """Number of the word that each hangs on, its own for a root."""
    children: list[Sequence[int]]
    """Numbers of the words that hang on each, in order."""


@lru_cache(maxsize=2)
def words_of(doc: Doc) -> Words:
    """Return the words of a parsed text; every reader asks this of one text."""
    table = doc.to_array([ORTH, LEMMA, POS, TAG, DEP]).T.tolist()
    spell = _spelling(doc.vocab.strings).__getitem__
    texts, lemmas, pos, tags, deps = ([*map(spell, column)] for column in table)
    heads = [i + shift for i, shift in enumerate(doc.to_array(HEAD).astype("int64").tolist())]
    below: dict[int, list[int]] = defaultdict(list)
    for i, head in enumerate(heads):
        if head != i:
            below[head].append(i)
    children: list[Sequence[int]] = [below.get(i, ()) for i in range(len(heads))]
    lower, lemmas = [*map(str.lower, texts)], [*map(str.lower, lemmas)]
    return Words(doc.text, texts, lower, lemmas, pos, tags, deps, heads, children)


class _Spelling(dict[int, str]):
    """The strings of a vocabulary by their numbers, those asked for so far."""

    def __init__(self, strings: StringStore) -> None:
        self.strings = strings

    def __missing__(self, number: int) -> str:
        spelt: str = self.strings[number] if number else ""
        self[number] = spelt
        return spelt


@cache
def _spelling(strings: StringStore) -> _Spelling:
    return _Spelling(strings)
