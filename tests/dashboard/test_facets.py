"""Masks and counts over columns say what the filter says, project by project."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point

from dashboard.facets import Facets, build, count
from geodata.filters import NO_STATUS, ActorFilter, Filter, parse_query
from geodata.matching import is_located, matches, span
from geodata.records import Claim, Project, Selector
from geodata.vocabulary import load_vocabulary
from tests.dashboard.columns_of import store_columns

VOCABULARY = load_vocabulary()
TYPES = ("dam", "road", "summit", "attack", "sea_wall")  # the last is in no vocabulary
STATUSES = ("", "held", "delayed", "lost")
ACTORS = ("Russia", "Harbour Group", "Müller & Söhne", "a@b")
ROLES = ("", "funding", "contractor")
PLACES = ("Lindi", "Kohat", "São Tomé")
COUNTRIES = ("", "TZ", "PK", "ST")
DOCUMENTS = ("alpha", "beta", "gamma")
SPOT = Selector(0, 4, "word")


def claim(property: str, value: str, document: str, **more: object) -> Claim:
    base = Claim(f"{property}{value}{more}", "e", property, value, document, SPOT)  # type: ignore[arg-type]
    return replace(base, **more)  # type: ignore[arg-type]


degree = st.integers(-90, 90).map(float)
point = st.builds(Point, degree, degree)
line = st.builds(lambda a, b, c, d: LineString([(a, b), (c + 0.5, d)]), degree, degree, degree, degree)


@st.composite
def projects(draw: st.DrawFn) -> tuple[Project, ...]:
    made = []
    for i in range(draw(st.integers(0, 12))):
        documents = draw(st.lists(st.sampled_from(DOCUMENTS), min_size=1, max_size=3))
        actors = draw(
            st.lists(st.tuples(st.sampled_from(ACTORS), st.sampled_from(ROLES)), max_size=4, unique=True)
        )
        places = draw(
            st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(COUNTRIES)), max_size=2, unique=True)
        )
        made.append(
            Project(
                id=f"p{i:02}",
                title=f"Project {i}",
                type=draw(st.sampled_from(TYPES)),
                claims=tuple(claim("type", "x", d) for d in documents),
                status=draw(st.sampled_from(STATUSES)),
                years=tuple(draw(st.lists(st.integers(1990, 2030), max_size=3))),
                actors=tuple(claim("actor", n, documents[0], role=r) for n, r in actors),
                places=tuple(claim("place", n, documents[0], country=c) for n, c in places),
                geometry=draw(st.none() | point | line),
                precision=draw(st.sampled_from([1, 2, 5, 6, 9])),
                confidence=draw(st.integers(0, 100)) / 100,
            )
        )
    return tuple(made)


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from([v for v in values if v]), max_size=2).map(tuple)


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    low, high = sorted((draw(st.integers(1985, 2035)), draw(st.integers(1985, 2035))))
    west, east, a, b = (draw(degree) for _ in range(4))
    return Filter(
        types=draw(some(TYPES)),
        groups=draw(some(("energy", "transport", "other"))),
        first=draw(st.none() | st.just(low)),
        last=draw(st.none() | st.just(high)),
        mode=draw(st.sampled_from(["in", "upto"])),
        undated=draw(st.none() | st.booleans()),
        actors=tuple(
            ActorFilter(n, r)
            for n, r in draw(st.lists(st.tuples(st.sampled_from(ACTORS), st.sampled_from(ROLES)), max_size=2))
        ),
        roles=draw(some(ROLES)),
        statuses=draw(some((NO_STATUS, "held", "delayed"))),
        countries=draw(some(COUNTRIES)),
        places=draw(some(("LINDI", "Kohat"))),
        documents=draw(some(DOCUMENTS)),
        precisions=tuple(draw(st.lists(st.sampled_from([1, 5, 9]), max_size=2))),
        confidence=draw(st.sampled_from([0.0, 0.0, 0.29, 0.57])),
        extent=draw(st.none() | st.just((west, min(a, b), east, max(a, b)))),
    )


def counted(
    made: tuple[Project, ...], filter: Filter, unlocated: bool = True, found: object = None
) -> Facets:
    return count(build(store_columns(made), VOCABULARY), filter, unlocated=unlocated)


@given(projects(), filters(), st.booleans())
@settings(max_examples=100)
def test_the_mask_is_what_the_filter_lets_through(
    made: tuple[Project, ...], filter: Filter, unlocated: bool
) -> None:
    facets = counted(made, filter, unlocated)
    expected = [matches(p, filter) and (unlocated or is_located(p)) for p in made]
    assert facets.mask.tolist() == expected


@given(projects(), filters())
@settings(max_examples=100)
def test_each_count_is_what_a_click_would_give(made: tuple[Project, ...], filter: Filter) -> None:
    counts = counted(made, filter).counts
    without = [p for p in made if matches(p, replace(filter, types=(), groups=()))]
    assert counts["type"] == Counter(p.type for p in without)
    assert counts["group"] == Counter(VOCABULARY.group_of(p.type).id for p in without)
    without = [p for p in made if matches(p, replace(filter, statuses=()))]
    assert counts["status"] == Counter(p.status or NO_STATUS for p in without)
    without = [p for p in made if matches(p, replace(filter, actors=()))]
    assert counts["actor"] == Counter(name for p in without for name in {a.value for a in p.actors})
    chosen = {a.name for a in filter.actors}
    held = ({a.role for a in p.actors if not chosen or a.value in chosen} for p in without)
    assert counts["actor_role"] == Counter(role for roles in held for role in roles)
    without = [p for p in made if matches(p, replace(filter, roles=()))]
    assert counts["role"] == Counter(role for p in without for role in {a.role for a in p.actors})
    without = [p for p in made if matches(p, replace(filter, countries=()))]
    assert counts["country"] == Counter(
        c for p in without for c in {x.country for x in p.places if x.country}
    )
    without = [p for p in made if matches(p, replace(filter, places=()))]
    assert counts["place"] == Counter(n for p in without for n in {x.value for x in p.places})
    without = [p for p in made if matches(p, replace(filter, documents=()))]
    assert counts["document"] == Counter(d for p in without for d in {c.document for c in p.claims})
    without = [p for p in made if matches(p, replace(filter, precisions=()))]
    assert counts["precision"] == Counter(str(p.precision) for p in without)


@given(projects(), filters())
@settings(max_examples=60)
def test_a_bar_of_the_histogram_is_what_that_year_would_show(
    made: tuple[Project, ...], filter: Filter
) -> None:
    facets = counted(made, filter)
    any_year = replace(filter, first=None, last=None, mode="in", undated=True)
    for i, bar in enumerate(facets.years):
        year = facets.first_year + i
        assert bar == sum(matches(p, replace(any_year, first=year, last=year, undated=False)) for p in made)
    assert facets.undated == sum(span(p) is None and matches(p, any_year) for p in made)


@given(projects(), filters(), st.booleans())
@settings(max_examples=60)
def test_everything_hidden_is_accounted_for_once(
    made: tuple[Project, ...], filter: Filter, unlocated: bool
) -> None:
    facets = counted(made, filter, unlocated)
    rows = [row for listed in facets.hidden.values() for row in listed.tolist()]
    assert sorted(rows) == np.flatnonzero(~facets.mask).tolist()


PORT = Project(
    "p", "Port", "port", (claim("type", "port", "alpha"),), years=(2014,), geometry=Point(1, 2), precision=1
)


def test_no_year_and_not_located_hold_only_what_would_be_shown_otherwise() -> None:
    made = (
        PORT,
        replace(PORT, id="undated", years=()),
        replace(PORT, id="nowhere", geometry=None, precision=9),
        replace(PORT, id="a dam, undated", type="dam", years=()),
    )
    hidden = count(build(store_columns(made), VOCABULARY), parse_query("type=port&year=2010-2020")).hidden
    assert {reason: rows.tolist() for reason, rows in hidden.items()} == {
        "type": [3],
        "no_year": [1],
        "not_located": [2],
    }


def test_an_empty_store_counts_nothing() -> None:
    facets = counted((), parse_query("type=dam&actor=Russia&place=x&year=2010"))
    assert facets.shown == 0
    assert not facets.hidden
    assert len(facets.years) == 0


def test_lists_are_in_the_order_of_the_vocabulary_and_of_how_many() -> None:
    made = tuple(
        replace(PORT, id=str(i), type=t, actors=tuple(claim("actor", n, "alpha") for n in names))
        for i, (t, names) in enumerate([("summit", ("B",)), ("dam", ("B", "A")), ("unknown", ("C",))])
    )
    columns = build(store_columns(made), VOCABULARY)
    assert columns.types == ("dam", "summit", "unknown")
    assert columns.actors.names == ("B", "A", "C")


@pytest.mark.parametrize("found", [[0], []])
def test_the_search_decides_about_the_text(found: list[int]) -> None:
    facets = count(
        build(store_columns((PORT,)), VOCABULARY), Filter(text="x"), found=np.array(found, np.int64)
    )
    assert facets.mask.tolist() == [bool(found)]
