from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.records import Claim, Document, Page, Selector
from geodata.wording import amount_words, date_words, footnote, number_words, value_words, years_words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2015", "2015"),
        ("2015-10", "Oct 2015"),
        ("2015-10-06", "6 Oct 2015"),
        ("2018~", "about 2018"),
        ("2013/2018", "2013–2018"),
        ("2015/..", "since 2015"),
        ("../2015-03", "until Mar 2015"),
        ("2016-23", "autumn 2016"),
        ("197X", "1970s"),
        ("20XX", "2000s"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_dates_are_as_precise_as_their_source(edtf: str, words: str) -> None:
    assert date_words(edtf) == words


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (2000000000.0, "USD", "US$ 2.0 bn"),
        (1100, "km", "1 100 km"),
        (459000000.0, "USD", "US$ 459 m"),
        (62000000000.0, "EUR", "€ 62.0 bn"),
        (25000, "PKR", "PKR 25 000"),
        (1320, "MW", "1 320 MW"),
        (12.5, "bcm/y", "12.5 bcm/y"),
        (1200000000000.0, "JPY", "JPY 1.2 tn"),
    ],
)
def test_sums_and_measures_have_thin_spaces_and_units(amount: float, unit: str, words: str) -> None:
    assert amount_words(amount, unit).replace("\u2009", " ") == words


@given(st.floats(-1e15, 1e15))
def test_any_number_reads_back(number: float) -> None:
    read = float(number_words(number).replace("\u2009", "").replace("−", "-"))
    assert read == pytest.approx(number, abs=0.006, rel=1e-9)


def test_a_range_stays_a_range_and_words_without_an_amount_stay_words() -> None:
    selector = Selector(0, 1, "x")
    claim = Claim(
        "c", "e", "value", "two to three billion dollars", "d", selector, unit="USD", low=2e9, high=3e9
    )
    assert value_words(claim).replace("\u2009", " ") == "US$ 2.0 bn to US$ 3.0 bn"
    assert value_words(Claim("c", "e", "value", "a large sum", "d", selector)) == "a large sum"


def test_years_are_one_span() -> None:
    assert years_words((2018, 2015)) == "2015–2018"
    assert years_words((2015,)) == "2015"
    assert years_words(()) == ""


def test_a_footnote_says_who_what_when_and_where() -> None:
    document = Document(
        "d", "text", "", "", title="A port", author="A. Writer", published="2019-05", pages=(Page(7, 0, 100),)
    )
    assert footnote(document, 12, 40) == "A. Writer, “A port”, May 2019, p. 7, characters 12–40."
