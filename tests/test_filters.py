"""The filter: its one spelling, what it refuses, what it lets through."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point

from geodata.errors import FilterError
from geodata.filters import (
    EVERYTHING,
    ActorFilter,
    Filter,
    clean,
    is_located,
    matches,
    parse_query,
    span,
    to_query,
)
from geodata.records import Claim, Project, Selector

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


def test_the_pages_own_keys_are_passed_over() -> None:
    assert parse_query("at=5/30.1/70.2&sel=p1&borders=in&type=dam") == Filter(types=("dam",))


def claim(property: str, value: str, **more: object) -> Claim:
    selector = Selector(0, len(value), value, "words before ", " words after")
    base = Claim(f"c-{property}-{value}", "e", property, value, "alpha", selector)  # type: ignore[arg-type]
    return replace(base, **more)  # type: ignore[arg-type]


PORT = Project(
    id="p-port",
    title="Container port at Lindi",
    type="port",
    claims=(claim("type", "port"), claim("status", "delayed", document="beta")),
    status="delayed",
    years=(2014, 2018),
    places=(claim("place", "Lindi", place="geonames:1", country="TZ"),),
    actors=(claim("actor", "Harbour Group", role="contractor"),),
    geometry=Point(39.7, -10.0),
    precision=1,
    confidence=0.7,
)
LINE = replace(PORT, id="p-line", years=(), geometry=LineString([(170, 0), (179, 1)]), status="")


@pytest.mark.parametrize(
    ("query", "passes"),
    [
        ("", True),
        ("type=port", True),
        ("type=dam", False),
        ("group=transport", True),
        ("group=energy", False),
        ("group=energy&type=port", True),
        ("year=2016", True),
        ("year=2019-", False),
        ("year=2013", False),
        ("year=2015&mode=upto", True),
        ("year=2013&mode=upto", False),
        ("noyear=0", True),
        ("actor=harbour group", True),
        ("actor=Harbour Group@contractor", True),
        ("actor=Harbour Group@funder", False),
        ("actor=Nobody&actor=Harbour Group", True),
        ("role=contractor", True),
        ("role=funding", False),
        ("role=funding,contractor", True),
        ("actor=Nobody&role=contractor", False),
        ("status=delayed", True),
        ("status=none", False),
        ("country=TZ", True),
        ("country=KE", False),
        ("place=lindi", True),
        ("place=geonames:1", False),
        ("place=Mtwara", False),
        ("doc=beta", True),
        ("doc=gamma", False),
        ("precision=1,2", True),
        ("precision=5", False),
        ("confidence=0.7", True),
        ("confidence=0.71", False),
        ("q=container", True),
        ("q=container after", True),
        ("q=railway", False),
        ("bbox=39,-11,40,-9", True),
        ("bbox=0,0,10,10", False),
        ("bbox=30,-11,-170,0", True),
        ("type=port&country=KE", False),
    ],
)
def test_each_filter_lets_through_what_it_says(query: str, passes: bool) -> None:
    assert matches(PORT, parse_query(query)) is passes


@pytest.mark.parametrize(
    ("query", "passes"),
    [
        ("", True),
        ("noyear=0", False),
        ("year=2015", False),
        ("year=2015&noyear=1", True),
        ("status=none", True),
        ("bbox=175,-1,-175,5", True),
    ],
)
def test_a_project_without_a_year_passes_only_where_it_may(query: str, passes: bool) -> None:
    assert matches(LINE, parse_query(query)) is passes


def test_the_stores_own_search_decides_where_it_was_asked() -> None:
    assert matches(PORT, Filter(text="railway"), found={"p-port"})
    assert not matches(PORT, Filter(text="container"), found=set())


def test_a_span_and_a_spot_are_there_or_not() -> None:
    assert span(PORT) == (2014, 2018)
    assert span(LINE) is None
    assert is_located(PORT)
    assert not is_located(replace(PORT, precision=9))
    assert not is_located(replace(PORT, geometry=None))


@pytest.mark.parametrize(
    ("query", "passes"), [("", False), ("confidence=0", True), ("type=port", False), ("confidence=0.3", True)]
)
def test_a_query_that_says_nothing_of_confidence_leaves_out_what_is_unsure(query: str, passes: bool) -> None:
    assert matches(replace(PORT, confidence=0.35), parse_query(query)) is passes


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
