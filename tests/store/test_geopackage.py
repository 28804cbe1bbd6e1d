"""The store is a GeoPackage like any other: GDAL, geopandas and so QGIS open it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import geopandas
import pyogrio
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.store import open_store
from geodata.store.gpkg import from_blob, shape_of, to_blob
from tests.store.saved import project_of, reading

LINE = shapely.LineString([(40.9, -2.27), (38.75, 9.02)])
AREA = shapely.Point(40.9, -2.27).buffer(1)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "atlas.gpkg"
    told = [reading()]
    shapes = {"a": shapely.Point(40.9, -2.27), "b": LINE, "c": AREA, "d": None}
    with open_store(path) as store:
        store.save(told[0])
        store.save_projects([replace(project_of(told, id), geometry=shape) for id, shape in shapes.items()])
    return path


def test_geopandas_reads_all_projects_and_those_without_place_too(path: Path) -> None:
    frame = geopandas.read_file(path, layer="projects")
    assert list(frame["id"]) == ["a", "b", "c", "d"]
    assert frame.crs == "EPSG:4326"
    assert frame.geometry.isna().tolist() == [False, False, False, True]


@pytest.mark.parametrize(
    ("layer", "id"), [("projects_point", "a"), ("projects_line", "b"), ("projects_area", "c")]
)
def test_points_lines_and_areas_are_layers_of_their_own(path: Path, layer: str, id: str) -> None:
    frame = geopandas.read_file(path, layer=layer)
    assert list(frame["id"]) == [id]


def test_places_and_tables_are_listed(path: Path) -> None:
    layers = {name for name, _ in pyogrio.list_layers(path)}
    assert {"projects", "places", "documents", "sentences", "toponyms", "candidates", "events", "claims",
            "conflicts", "evidence"} <= layers  # fmt: skip
    assert set(geopandas.read_file(path, layer="places")["name"]) == {"Lamu", "Addis Ababa"}
    evidence = pyogrio.read_dataframe(path, layer="evidence")
    assert "railway" in set(evidence["quote"])


def test_the_file_says_that_it_is_a_geopackage(path: Path) -> None:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
    assert connection.execute("PRAGMA user_version").fetchone() == (10300,)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    extent = connection.execute(
        "SELECT min_x, max_y FROM gpkg_contents WHERE table_name = 'projects'"
    ).fetchone()
    assert extent == pytest.approx((38.75, 9.02))
    every = connection.execute("SELECT count(*) FROM gpkg_geometry_columns WHERE srs_id != 4326").fetchone()
    assert every == (0,)


@pytest.mark.parametrize(
    "shape", [LINE, AREA, shapely.Point(1, 2), shapely.MultiPoint([(1, 2), (3, 4)]), shapely.Point()]
)
def test_geometry_blobs_come_back(shape: BaseGeometry) -> None:
    blob = to_blob(shape)
    assert from_blob(blob) == shape
    assert blob is not None
    assert blob[:2] == b"GP"


def test_the_shape_of_a_mix_is_its_widest_part() -> None:
    assert shape_of(shapely.GeometryCollection([shapely.Point(0, 0), LINE])) == "line"
    assert shape_of(None) == shape_of(shapely.Point()) == ""
