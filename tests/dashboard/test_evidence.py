"""Sentences of claims, cut where the words that matter begin and end."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dashboard.parts.evidence import passage_data, passages, pieces
from geodata.records import Claim, Document, Page, Reading, Selector, Sentence
from geodata.store import open_store

TEXT = "In 2015 Kenya built a port at Lamu. It cost much. Nobody knows how much."


def claim(words: str, property: str = "actor", document: str = "alpha") -> Claim:
    start = TEXT.index(words)
    return Claim(words, "e", property, words, document, Selector(start, start + len(words), words))  # type: ignore[arg-type]


def test_words_of_claims_are_marked_and_nothing_is_lost() -> None:
    cut = pieces(TEXT, 0, 35, [claim("Kenya"), claim("port"), claim("a port")])
    assert cut == [
        ("In 2015 ", False),
        ("Kenya", True),
        (" built ", False),
        ("a port", True),
        (" at Lamu.", False),
    ]


@given(st.lists(st.tuples(st.integers(-5, 80), st.integers(-5, 80)), max_size=8))
def test_the_pieces_are_the_passage_whatever_the_claims(spans: list[tuple[int, int]]) -> None:
    claims = [Claim("c", "e", "actor", "x", "d", Selector(min(s), max(s), "x")) for s in spans]
    cut = pieces(TEXT, 8, 49, claims)
    assert "".join(words for words, _ in cut) == TEXT[8:49]


def test_the_sentence_that_says_most_comes_first(tmp_path: Path) -> None:
    document = Document("alpha", TEXT, "1", "2", title="Ports", pages=(Page(3, 0, len(TEXT)),))
    sentences = (Sentence("alpha", 0, 35), Sentence("alpha", 36, 49), Sentence("alpha", 50, len(TEXT)))
    with open_store(tmp_path / "a.gpkg") as store:
        store.save(Reading(document, sentences))
        found = passages(store, [claim("much", "value"), claim("Kenya"), claim("Lamu", "place")])
    assert [(p.start, p.end) for p in found] == [(0, 35), (36, 49)]
    data = passage_data(found[0])
    assert data["page"] == 3
    assert "".join(words for words, _ in data["parts"]) == TEXT[:35]
    assert "“Ports”, p. 3, characters 0–35" in data["footnote"]
