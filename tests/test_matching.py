"""What a filter lets through."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.geometry import LineString, Point

from geodata.filters import Filter, parse_query
from geodata.matching import is_located, matches, span
from geodata.records import Claim, Project, Selector


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
