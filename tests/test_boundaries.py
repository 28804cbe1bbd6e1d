"""Views of borders: whose land a place is, in whose eyes; and the basemap that draws them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from geodata import basemap, boundaries
from geodata.boundaries import BoundaryError, country_of

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


def test_a_state_never_hatches_what_it_claims() -> None:
    for area in boundaries.areas():
        for claimant in set(area.claimed_by) & set(VIEWS):
            assert not area.disputed_in(claimant), area.id
            assert area.state_in(claimant) == claimant, area.id


def test_every_area_says_who_and_where() -> None:
    for area in boundaries.areas():
        assert area.label
        assert area.claimed_by or area.id == "bir-tawil"
        outline = boundaries.outline(area.id)
        assert outline is not None, area.id
        assert outline.distance(Point(area.lon, area.lat)) < 0.35, area.id


def test_every_outline_of_the_basemap_has_its_facts() -> None:
    assert set(basemap.disputed_outlines()) <= {a.id for a in boundaries.areas()}


def test_many_points_at_once_are_the_same() -> None:
    lat, lon = np.array([GILGIT[0], 55.75, np.nan, AKSAI[0]]), np.array([GILGIT[1], 37.6, 10, AKSAI[1]])
    found = [boundaries.areas()[i].id if i >= 0 else "" for i in boundaries.areas_at(lat, lon)]
    assert found == ["gilgit-baltistan", "", "", "aksai-chin"]


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(VIEWS))
def test_any_point_has_an_answer_and_only_disputed_land_changes_it(lat: float, lon: float, view: str) -> None:
    area = boundaries.area_at(lat, lon)
    answer = country_of("ZZ", lat, lon, view)
    assert answer == ("ZZ" if area is None or area.history else area.state_in(view))


def test_an_unknown_view_is_an_error() -> None:
    with pytest.raises(BoundaryError, match="no view of borders 'XX'"):
        country_of("PK", view="XX")


def test_a_wrong_file_names_the_entry(tmp_path: Path) -> None:
    file = tmp_path / "disputed.toml"
    head = '[views.de_facto]\nname = "n"\nshort = "s"\nstrip = "t"\n'
    file.write_text(head + '[[area]]\nid = "a"\nlabel = "A"\nstate = "PK"\nlat = 1\nlon = 1\n')
    with pytest.raises(BoundaryError, match=r"disputed\.toml: a: 'zoom'"):
        boundaries.load(file)
    file.write_text(
        head + '[[area]]\nid = "a"\nlabel = "A"\nstate = ""\nlat = 1\nlon = 1\nzoom = 3\nopen = ["QQ"]\n'
    )
    with pytest.raises(BoundaryError, match="no view is called QQ"):
        boundaries.load(file)


# --- the basemap ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [0, 1])
def test_land_is_whole(level: int) -> None:
    land = basemap.land(level)
    for point in ((68.4, 25.4), (79, 22), (103, 34), (35, 56), (-98, 39), (25, 0), (134, -25), (-105, 58)):
        assert land.geometry.intersects(Point(point)).any(), point
    for point in ((65, 15), (-40, 30), (52, 41.8)):
        assert not land.geometry.intersects(Point(point)).any(), point


@pytest.mark.parametrize("view", ["de_facto", "IN", "RU"])
def test_countries_of_every_view_share_the_land_among_them(view: str) -> None:
    countries = basemap.countries(view, 0).set_index("iso").geometry
    total = basemap.land(0).geometry.union_all().area
    assert countries.union_all().area == pytest.approx(total, rel=1e-6)
    assert countries["IN"].intersects(Point(GILGIT[::-1])) == (view == "IN")
    assert countries["RU"].intersects(Point(SIMFEROPOL[::-1])) == (view in ("RU", "de_facto"))


def test_borders_are_dashed_only_where_the_view_hatches() -> None:
    assert {"coast", "border", "disputed"} <= set(basemap.borders(level=0)["kind"])
    near_gilgit = Point(74.9, 34.6).buffer(0.4)
    for view, dashed in (("de_facto", True), ("IN", False), ("PK", False)):
        lines = basemap.borders(view, 0).set_index("kind").geometry
        assert lines["disputed"].intersects(near_gilgit) == dashed, view


def test_labels_know_the_states_of_the_view() -> None:
    assert "TW" in set(basemap.country_labels()["iso"])
    assert "TW" not in set(basemap.country_labels("CN")["iso"])
    assert "XK" not in set(basemap.country_labels("RU")["iso"])


def test_towns_seas_and_waters_are_there() -> None:
    towns = basemap.towns()
    assert {"Karachi", "Lahore", "Kabul", "Islamabad"} <= set(towns["name"])
    assert 3000 < len(towns) < 12000
    assert "Arabian Sea" in set(basemap.seas()["name"])
    assert len(basemap.rivers()) > 200
    assert len(basemap.lakes()) > 100
    assert len(basemap.admin1_lines()) > 1000


def test_the_files_stay_small() -> None:
    assert sum(p.stat().st_size for p in basemap.DATA.iterdir()) < 4_000_000


def test_a_missing_file_says_so() -> None:
    with pytest.raises(basemap.BasemapError, match="no-such"):
        basemap.read("no-such")
