"""Parsing: offsets are those of the text, whatever its length."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import language
from geodata.language import open_model, parse, parts

TEXTS = sorted((Path(__file__).parent / "data" / "texts").glob("*.md"))


@pytest.fixture
def short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "PART", 400)


@given(text=st.text(alphabet="a .\n", max_size=300), size=st.integers(1, 50))
def test_parts_joined_are_the_text(text: str, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "PART", size)
        cut = list(parts(text))
    assert "".join(cut) == text
    assert all(len(part) <= 2 * size for part in cut)


@pytest.mark.usefixtures("short_parts")
@pytest.mark.parametrize("path", TEXTS[:3], ids=lambda path: path.stem)
def test_a_long_text_is_parsed_in_parts_as_if_in_one(path: Path) -> None:
    text = path.read_text("utf-8").split("---", 2)[2]
    whole, cut = open_model()(text), parse(open_model(), text)
    assert cut.text == text
    assert [token.idx for token in cut] == [token.idx for token in whole]
    same = sum(a.lemma_ == b.lemma_ and a.dep_ == b.dep_ for a, b in zip(whole, cut, strict=True))
    assert same >= 0.97 * len(whole)
    assert {e.text for e in whole.ents} & {e.text for e in cut.ents}
    assert abs(len(list(whole.sents)) - len(list(cut.sents))) <= 2


def test_a_sentence_ends_with_its_paragraph_whatever_it_ends_with() -> None:
    text = "The loan was small; report 134\n\nIn 2009 a factory was opened in Gabon.\n\nRoads\n\nChina paid."
    found = [sentence.text.strip() for sentence in parse(open_model(), text).sents]
    assert found[-3:] == ["In 2009 a factory was opened in Gabon.", "Roads", "China paid."]
