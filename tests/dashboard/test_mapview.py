"""The map's base is constant, asks no other host for anything, and takes no word of a document into its script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard import mapview
from geodata import boundaries

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted((ROOT / "dashboard" / "static" / "map").glob("*.js"))


def script_of(map_: object) -> str:
    from streamlit_folium import _get_map_string

    map_.get_root().render()  # type: ignore[attr-defined]
    return str(_get_map_string(map_))


def test_the_base_is_the_same_every_time() -> None:
    from streamlit_folium import generate_js_hash

    assert generate_js_hash(script_of(mapview.base_map())) == generate_js_hash(script_of(mapview.base_map()))


def test_nothing_is_asked_of_another_host() -> None:
    map_ = mapview.base_map()
    links = [url for _, url in (*map_.default_js, *map_.default_css)]
    assert all(url.startswith("../dashboard.mapview.") for url in links)
    assert "://" not in script_of(map_).replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_no_script_of_the_map_makes_markup_or_code_of_text(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "://",
    ):
        assert word not in source, word


def test_every_file_that_the_frame_loads_is_there() -> None:
    static = {p.name for p in SCRIPTS}
    assert static == {f"{name}.js" for name in mapview.SCRIPTS}
    sheet = (ROOT / "dashboard" / "static" / "map" / "map.css").read_text(encoding="utf-8")
    for font in re.findall(r'url\("\.\./(fonts/[^"]+)"', sheet):
        assert (ROOT / "dashboard" / "static" / font).exists(), font
    joined = (mapview.script_folder() / mapview.joined_script()).read_text(encoding="utf-8")
    assert "sourceMappingURL" not in joined
    for name in ("window.L", *(f"window.dateline{part}" for part in ("Data", "Theme", "Marks", "Start"))):
        assert name in joined


def test_the_columns_come_by_the_feature_group_and_not_by_the_base() -> None:
    from streamlit_folium import _get_feature_group_string

    map_ = mapview.base_map()
    before = script_of(map_)
    carried = _get_feature_group_string(mapview._Columns("../x/abc.bin.gz"), map_)
    assert 'dateline.load("../x/abc.bin.gz")' in carried
    assert "abc" not in before


def test_values_in_scripts_cannot_end_them() -> None:
    told = mapview.as_script({"a": "</script><script>window.__ran=1</script>\u2028`${1}`"})
    assert "<" not in told
    assert ">" not in told
    assert "\u2028" not in told


def test_every_view_is_offered_with_every_area() -> None:
    facts = mapview.boundary_facts()
    assert [id for id, _ in mapview.BOUNDARY_VIEWS] == [v["id"] for v in facts["views"]]
    for area in facts["areas"]:
        assert set(area["states"]) == set(area["hatched"]) == {v.id for v in boundaries.views()}
