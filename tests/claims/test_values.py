"""Sums and measures, each with the words it was made for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.claims.units import load_currencies, load_units
from geodata.claims.values import find_values_in


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("costing nearly $2 billion", 2e9, "USD"),
        ("invest US$2 billion in this project", 2e9, "USD"),
        ("a 2 billion yuan loan", 2e9, "CNY"),
        ("RMB 145 million", 145e6, "CNY"),
        ("RMB145 million", 145e6, "CNY"),
        ("USD 1.5bn", 1.5e9, "USD"),
        ("EUR 20 m", 20e6, "EUR"),
        ("Pakistan paid Rs. 300 crore", 3e9, "PKR"),
        ("India paid Rs. 300 crore", 3e9, "INR"),
        ("Cameroon paid CFA 20 billion", 20e9, "XAF"),
        ("Senegal paid 20 billion CFA francs", 20e9, "XOF"),
        ("62 billion dollars", 62e9, "USD"),
        ("$704 million yuan", 704e6, "CNY"),
        ("the remaining $25 USD million", 25e6, "USD"),
        ("110,655,185,204 ZMK", 110655185204, "ZMK"),
        ("two billion dollars", 2e9, "USD"),
        ("1100 km-long gas pipeline", 1100, "km"),
        ("a 900 meter extension", 0.9, "km"),
        ("680 kilometres", 680, "km"),
        ("1,000 MW", 1000, "MW"),
        ("1.3 GW", 1300, "MW"),
        ("10 bcm per year", 10, "bcm/y"),
        ("5 billion cubic metres of gas a year", 5, "bcm/y"),
        ("250,000 bpd", 250000, "bpd"),
        ("40 hectares", 40, "ha"),
        ("a 132-kilovolt line", 132, "kV"),
    ],
)
def test_a_figure_is_read_in_its_base_unit(text: str, amount: float, unit: str) -> None:
    value = find_values_in(text)[0]
    assert value.amount == pytest.approx(amount)
    assert value.unit == unit


def test_a_range_keeps_both_ends() -> None:
    value = find_values_in("$40-47 million")[0]
    assert (value.low, value.high) == (40e6, 47e6)


def test_up_to_is_an_upper_limit_and_more_than_a_lower_one() -> None:
    assert find_values_in("up to $5 billion")[0].high == 5e9
    assert find_values_in("more than $5 billion")[0].low == 5e9


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Russia pledged $2 billion", "pledge"),
        ("Russia aims to invest US$2 billion", "pledge"),
        ("signed a loan agreement of $2 billion", "commitment"),
        ("the bank disbursed $2 billion", "disbursement"),
        ("the project costs $2 billion", "cost_estimate"),
        ("a road of 20 km", "measure"),
    ],
)
def test_the_words_around_a_sum_tell_its_kind(text: str, kind: str) -> None:
    assert find_values_in(text)[0].kind == kind


@pytest.mark.parametrize(
    "text", ["In 2015, 2 billion people", "multi-billion dollar investments", "3 won", "Mi-35 m"]
)
def test_what_is_no_sum_is_not_read(text: str) -> None:
    assert find_values_in(text) == ()


@given(
    st.integers(1, 999),
    st.sampled_from(["million", "billion"]),
    st.sampled_from(["USD", "EUR", "KES", "PKR"]),
)
def test_any_sum_is_read_back(number: int, scale: str, code: str) -> None:
    value = find_values_in(f"worth {code} {number} {scale} in all")[0]
    assert value.amount == pytest.approx(number * {"million": 1e6, "billion": 1e9}[scale])
    assert value.unit == code


@given(st.text(alphabet=st.sampled_from("0123456789 $€.,-kmMWbnilo RsUSDto"), max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    for value in find_values_in(text):
        assert 0 <= value.start < value.end <= len(text)
        assert value.low is None or value.high is None or value.low <= value.high


def test_the_data_files_are_sound() -> None:
    currencies, units = load_currencies(), load_units()
    assert set(currencies.names.values()) <= set(currencies.codes)
    assert set(currencies.symbols.values()) <= set(currencies.codes)
    assert all(unit.factor > 0 for unit in units.plain.values())


def test_a_distance_to_a_town_is_no_length() -> None:
    assert not find_values_in("a port 80 kilometres north of Lima")
    assert [v.amount for v in find_values_in("a road 80 kilometres long")] == [80.0]
