"""GeoJSON as RFC 7946 has it."""

from __future__ import annotations

import io
import itertools
import json

import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.export.geojson import geometry, print_to
from geodata.records import Project


def test_a_line_over_180_degrees_is_cut_there() -> None:
    cut = geometry(shapely.LineString([(170, 10), (-170, 20)]))
    assert cut["type"] == "MultiLineString"
    assert cut["coordinates"] == [[[170, 10], [180, 15]], [[-180, 15], [-170, 20]]]
    back = geometry(shapely.LineString([(-170, 20), (170, 10)]))
    assert back["coordinates"] == [[[-170, 20], [-180, 15]], [[180, 15], [170, 10]]]


def test_other_lines_stay_whole_and_rings_turn_left() -> None:
    assert geometry(shapely.LineString([(10, 10), (40, 20)]))["type"] == "LineString"
    clockwise = shapely.Polygon([(0, 0), (0, 1), (1, 1), (1, 0)])
    assert shapely.LinearRing(geometry(clockwise)["coordinates"][0]).is_ccw


@given(points=st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=2, max_size=6))
def test_no_stretch_of_a_line_goes_round_the_world(points: list[tuple[float, float]]) -> None:
    made = geometry(shapely.LineString(points))
    lines = made["coordinates"] if made["type"] == "MultiLineString" else [made["coordinates"]]
    for line in lines:
        assert all(abs(b[0] - a[0]) <= 180.001 for a, b in itertools.pairwise(line))
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in line)


@given(title=st.text(max_size=30))
def test_whatever_a_title_holds_the_file_is_json(title: str) -> None:
    stream = io.StringIO()
    print_to([Project("p", title, "dam", ())], stream)
    (feature,) = json.loads(stream.getvalue())["features"]
    assert feature["properties"]["title"] == title
    assert feature["geometry"] is None
