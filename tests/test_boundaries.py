"""Views of borders: whose land a place is, in whose eyes; and the basemap that draws them."""

from __future__ import annotations

from pathlib import Path

import pytest
from shapely.geometry import Point

from geodata import basemap, boundaries
from geodata.boundaries import BoundaryError

GILGIT, SIMFEROPOL = (35.9, 74.3), (44.95, 34.1)
VIEWS = tuple(v.id for v in boundaries.views())


def test_a_state_never_hatches_what_it_claims() -> None:
    for area in boundaries.areas():
        for claimant in set(area.claimed_by) & set(VIEWS):
            assert not area.disputed_in(claimant), area.id
            assert area.state_in(claimant) == claimant, area.id


def test_every_outline_of_the_basemap_has_its_facts() -> None:
    assert set(basemap.disputed_outlines()) <= {a.id for a in boundaries.areas()}


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
