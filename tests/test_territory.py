"""Which state a place belongs to, in whose eyes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from geodata import boundaries, territory
from geodata.boundaries import BoundaryError
from geodata.territory import country_of

GILGIT, SRINAGAR, AKSAI = (35.9, 74.3), (34.1, 74.8), (35.1, 79.2)
SIMFEROPOL, TAWANG, LEH = (44.95, 34.1), (27.6, 91.9), (34.15, 77.6)
VIEWS = tuple(v.id for v in boundaries.views())


@pytest.mark.parametrize(
    ("place", "iso", "view", "state"),
    [
        (GILGIT, "PK", "de_facto", "PK"),
        (GILGIT, "PK", "IN", "IN"),
        (GILGIT, "PK", "CN", "PK"),
        (SRINAGAR, "IN", "de_facto", "IN"),
        (SRINAGAR, "IN", "PK", "PK"),
        (LEH, "IN", "IN", "IN"),
        (AKSAI, "CN", "IN", "IN"),
        (AKSAI, "CN", "PK", "CN"),
        (TAWANG, "IN", "CN", "CN"),
        (TAWANG, "IN", "RU", "IN"),
        (SIMFEROPOL, "UA", "de_facto", "RU"),
        (SIMFEROPOL, "UA", "UA", "UA"),
        (SIMFEROPOL, "UA", "RU", "RU"),
        ((48.05, 37.75), "UA", "RU", "RU"),
        ((48.05, 37.75), "UA", "de_facto", "UA"),
        ((25.03, 121.56), "TW", "CN", "CN"),
        ((25.03, 121.56), "TW", "de_facto", "TW"),
        ((42.66, 21.16), "XK", "RU", "RS"),
        ((43.0, 41.02), "GE", "RU", "XA"),
        ((31.55, 74.34), "PK", "IN", "PK"),
        ((55.75, 37.6), "RU", "UA", "RU"),
    ],
)
def test_a_place_belongs_to_the_state_that_the_view_says(
    place: tuple[float, float], iso: str, view: str, state: str
) -> None:
    assert country_of(iso, *place, view) == state


def test_a_country_code_alone_follows_the_view_where_it_is_all_disputed() -> None:
    assert country_of("TW", view="CN") == "CN"
    assert country_of("TW") == "TW"
    assert country_of("IN", view="PK") == "IN"


def test_what_is_history_changes_nothing() -> None:
    assert country_of("AZ", 39.82, 46.75) == "AZ"
    assert not boundaries.area("nagorno-karabakh").disputed_in("de_facto")


def test_every_area_says_who_and_where() -> None:
    for area in boundaries.areas():
        assert area.label
        assert area.claimed_by or area.id == "bir-tawil"
        outline = territory.outline(area.id)
        assert outline is not None, area.id
        assert outline.distance(Point(area.lon, area.lat)) < 0.35, area.id


def test_many_points_at_once_are_the_same() -> None:
    lat, lon = np.array([GILGIT[0], 55.75, np.nan, AKSAI[0]]), np.array([GILGIT[1], 37.6, 10, AKSAI[1]])
    found = [boundaries.areas()[i].id if i >= 0 else "" for i in territory.areas_at(lat, lon)]
    assert found == ["gilgit-baltistan", "", "", "aksai-chin"]


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(VIEWS))
def test_any_point_has_an_answer_and_only_disputed_land_changes_it(lat: float, lon: float, view: str) -> None:
    area = territory.area_at(lat, lon)
    answer = country_of("ZZ", lat, lon, view)
    assert answer == ("ZZ" if area is None or area.history else area.state_in(view))


def test_an_unknown_view_is_an_error() -> None:
    with pytest.raises(BoundaryError, match="no view of borders 'XX'"):
        country_of("PK", view="XX")
