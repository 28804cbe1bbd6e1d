"""The filter: its one spelling, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import FilterError
from geodata.filters import (
    EVERYTHING,
    ActorFilter,
    Filter,
    clean,
    parse_query,
    refuse_unknown,
    to_query,
)
from geodata.vocabulary import load_vocabulary

SHARED = Path(__file__).parents[2] / "shared"

words = st.text(max_size=30)
ids = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
years = st.none() | st.integers(1, 9999)
degrees = st.floats(-90, 90).map(lambda x: round(x, 4))


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    first, last = draw(years), draw(years)
    if first is not None and last is not None and first > last:
        first, last = last, first
    south, north = sorted((draw(degrees), draw(degrees)))
    return Filter(
        types=tuple(draw(st.lists(ids, max_size=3))),
        groups=tuple(draw(st.lists(ids, max_size=2))),
        first=first,
        last=last,
        mode=draw(st.sampled_from(["in", "upto"])),
        undated=draw(st.none() | st.booleans()),
        actors=tuple(
            ActorFilter(n, r) for n, r in draw(st.lists(st.tuples(words, st.just("") | ids), max_size=3))
        ),
        roles=tuple(draw(st.lists(ids, max_size=2))),
        statuses=tuple(draw(st.lists(ids, max_size=2))),
        countries=tuple(draw(st.lists(st.from_regex("[A-Z]{2}", fullmatch=True), max_size=3))),
        places=tuple(draw(st.lists(words, max_size=2))),
        documents=tuple(draw(st.lists(words, max_size=2))),
        precisions=tuple(draw(st.lists(st.sampled_from([1, 2, 3, 4, 5, 6, 8, 9]), max_size=3))),
        confidence=draw(st.integers(0, 100)) / 100,
        text=draw(words),
        extent=draw(st.none() | st.tuples(degrees, st.just(south), degrees, st.just(north))),
    )


@given(filters())
@settings(max_examples=400)
def test_a_filter_comes_back_from_its_query(filter: Filter) -> None:
    query = to_query(filter)
    assert parse_query(query) == filter
    assert to_query(parse_query("?" + query)) == query


@given(st.text(max_size=200))
@settings(max_examples=400)
def test_any_text_is_a_filter_or_a_filter_error(text: str) -> None:
    try:
        filter = parse_query(text)
    except FilterError:
        return
    assert parse_query(to_query(filter)) == filter


@given(words)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_the_query_of_the_manual_is_read() -> None:
    filter = parse_query("type=gas_pipeline&year=2015-2018&actor=Gazprom")
    assert filter == Filter(types=("gas_pipeline",), first=2015, last=2018, actors=(ActorFilter("Gazprom"),))


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("2015", 2015, 2015),
        ("2015-", 2015, None),
        ("-2018", None, 2018),
        ("2018-2015", 2015, 2018),
        ("2015–2018", 2015, 2018),
        ("2015..2018", 2015, 2018),
    ],
)
def test_years_are_read_as_people_write_them(query: str, first: int | None, last: int | None) -> None:
    filter = parse_query(f"year={query}")
    assert (filter.first, filter.last) == (first, last)


def test_up_to_this_year_is_open_at_its_beginning() -> None:
    assert parse_query("year=2015-2018&mode=upto") == Filter(last=2018, mode="upto")


def test_a_name_with_an_at_sign_is_no_role() -> None:
    assert parse_query("actor=Russia@funding").actors == (ActorFilter("Russia", "funding"),)
    assert parse_query("actor=desk@Example Ltd").actors == (ActorFilter("desk@Example Ltd"),)
    odd = Filter(actors=(ActorFilter("a@b"),))
    assert parse_query(to_query(odd)) == odd


@pytest.mark.parametrize(
    "query",
    [
        "colour=red",
        "year=soon",
        "year=12345",
        "year=0",
        "type=<b>",
        "country=PAK",
        "precision=7",
        "confidence=2",
        "bbox=1,2,3",
        "bbox=1,9,3,2",
        "mode=around",
        "noyear=maybe",
        "confidence=nan",
        "type=A" + "a" * 20000,
    ],
)
def test_what_cannot_be_understood_is_refused_in_one_line(query: str) -> None:
    with pytest.raises(FilterError) as error:
        parse_query(query)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 250


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("type=gas_pipelin", "There is no type 'gas_pipelin'. Near it: gas_pipeline"),
        ("group=enrgy", "There is no group 'enrgy'. Near it: energy"),
        ("status=cancled", "There is no status 'cancled'. Near it: cancelled"),
        ("status=xyz", "There is no status 'xyz'. There are proposed"),
        ("role=funder", "There is no role 'funder'. Near it: funding"),
        ("actor=Gazprom@contracter", "There is no role 'contracter'. Near it: contractor"),
    ],
)
def test_a_value_that_no_vocabulary_has_is_told_with_what_is_nearly_so(query: str, told: str) -> None:
    with pytest.raises(FilterError) as error:
        refuse_unknown(parse_query(query), load_vocabulary())
    assert str(error.value).startswith(told)
    assert "\n" not in str(error.value)


def test_values_of_the_vocabulary_and_names_of_anything_are_not_refused() -> None:
    query = "type=dam&group=other&status=none&status=held&role=host&actor=desk@Example&actor=Nobody@funding&place=x"
    refuse_unknown(parse_query(query), load_vocabulary())


def test_the_pages_own_keys_are_passed_over() -> None:
    assert parse_query("at=5/30.1/70.2&sel=p1&borders=in&type=dam") == Filter(types=("dam",))


def test_a_query_names_the_confidence_only_where_it_is_not_the_default() -> None:
    assert to_query(parse_query("confidence=0.4")) == ""
    assert to_query(parse_query("confidence=0.00")) == EVERYTHING == to_query(parse_query(EVERYTHING))


def test_active_names_what_narrows() -> None:
    assert parse_query("type=dam&year=2015").active == ("types", "first", "last")


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not beside this clone")
def test_hostile_words_come_back_as_the_words_they_are() -> None:
    for line in (SHARED / "corpora" / "hostile.txt").read_text(encoding="utf-8").splitlines():
        filter = Filter(text=line, places=(line,), actors=(ActorFilter(line),), documents=(line,))
        assert parse_query(to_query(filter)) == filter
        assert "<" not in to_query(filter)
