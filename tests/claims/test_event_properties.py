"""What holds for every text: nothing raises, and every claim quotes the text."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.claims.told import document, events_of, told_of

ROOT = Path(__file__).parents[2]
TEXTS = sorted((ROOT / "tests" / "data" / "texts").glob("10*.md"))
PIECES = (
    "China", "Ghana", "in Accra", "from Mombasa to Nairobi", "the road", "a gas pipeline", "its second exercise",
    "signed", "was not built", "visited", "in 2015", "on 3 May 2016", "$2 billion", "1,100 km", "Sinohydro Corporation",
    "President Putin", ".", ",", "\n\n", "and", "of the", "‘Druzhba’", "(CPEC)", "S-400", "Its continuation to", "It",
    "the two countries", "instead of", "𝔘", "\u200b", "<img src=x>", "${7*7}",
)  # fmt: skip


def check(text: str) -> None:
    pages = document(text)
    for event in told_of(text):
        assert event.document == "t"
        assert 0 <= event.start < event.end <= len(text)
        assert {claim.property for claim in event.claims} >= {"type" if event.passing else "title"}
        for claim in event.claims:
            selector = claim.selector
            assert selector.exact == text[selector.start : selector.end] != ""
            assert text[: selector.start].endswith(selector.prefix)
            assert text[selector.end :].startswith(selector.suffix)
            assert 0 < claim.confidence < 1
            assert claim.extractor
            assert claim.event == event.id
        ids = [claim.id for claim in event.claims]
        assert len(ids) == len(set(ids))
    del pages


@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_no_text_raises_and_every_selector_quotes_it(text: str) -> None:
    check(text)


@given(st.text(max_size=200))
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
def test_no_string_raises(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "...", "\u0000", "a" * 5000, "road " * 300])
def test_odd_texts_tell_nothing_that_is_not_there(text: str) -> None:
    check(text)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_claim_of_our_own_texts_quotes_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8").split("---", 2)[-1].strip()
    check(text)
    found = events_of(text)
    ids = list(itertools.chain.from_iterable((c.id for c in event.claims) for event in found))
    assert len(found) >= 3
    assert len(ids) == len(set(ids))
