"""Tables for spreadsheets and GIS, opened with readers that are not ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import geopandas
import openpyxl
import pyarrow.parquet
import pytest

from geodata.export import Content, write
from tests.export.told import HOSTILE

KML = "{http://www.opengis.net/kml/2.2}"


def test_workbook_has_every_project_claim_and_text(content: Content, tmp_path: Path) -> None:
    write("xlsx", content, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Projects", "Claims", "Texts", "About"]
    titles = [row[1].value for row in book["Projects"].iter_rows(min_row=2)]
    assert titles == [project.title for project in content.projects]
    claims = list(book["Claims"].iter_rows(values_only=True))
    assert len(claims) - 1 == sum(len(project.claims) for project in content.projects)
    words = {row[14] for row in claims[1:]}
    assert "2 billion dollars" in words
    about = dict(book["About"].iter_rows(min_row=2, values_only=True))
    assert about["title"] == "Gulf of Guinea"
    assert "GeoNames" in str(about["attribution"])


def test_no_cell_of_a_workbook_is_a_formula(
    content: Content, tmp_path: Path, unzipped: Callable[[Path], str]
) -> None:
    write("xlsx", content, tmp_path / "out.xlsx")
    cells = [
        cell
        for sheet in openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]  # fmt: skip
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
    assert "<f>" not in unzipped(tmp_path / "out.xlsx")


def test_geoparquet_keeps_projects_without_a_place(content: Content, tmp_path: Path) -> None:
    write("geoparquet", content, tmp_path / "out.parquet")
    table = geopandas.read_parquet(tmp_path / "out.parquet")
    assert table.crs.to_epsg() == 4326
    assert list(table["id"]) == [project.id for project in content.projects]
    assert table.geometry.isna().sum() == 1
    assert table.geometry.iloc[0].geom_type == "LineString"
    metadata = pyarrow.parquet.read_schema(tmp_path / "out.parquet").metadata
    assert json.loads(metadata[b"geo"])["version"].startswith("1.1")
    assert json.loads(metadata[b"dateline"])["title"] == "Gulf of Guinea"


def test_kml_is_well_formed_and_its_words_are_words(content: Content, tmp_path: Path) -> None:
    write("kml", content, tmp_path / "out.kml")
    root = ElementTree.parse(tmp_path / "out.kml").getroot()
    marks = {mark.findtext(f"{KML}name"): mark for mark in root.iter(f"{KML}Placemark")}
    assert set(marks) == {project.title for project in content.projects}
    line = marks["Lomé–Accra gas pipeline"].find(f"{KML}LineString/{KML}coordinates")
    assert line is not None
    assert (line.text or "").split()[0] == "1.220000,6.130000"
    assert marks["Talks"].find(f"{KML}Point") is None
    # A viewer takes a description for HTML: what looks like a tag must be escaped inside it.
    assert "<img" not in (marks[HOSTILE].findtext(f"{KML}description") or "")


@pytest.mark.parametrize("format", ["xlsx", "kml", "geoparquet", "csv", "geojson", "gpkg"])
def test_an_empty_result_is_a_sound_file(
    store: object, content: Content, tmp_path: Path, format: str
) -> None:
    from dataclasses import replace

    write(format, replace(content, projects=(), documents={}), tmp_path / "empty")
    assert (tmp_path / "empty").stat().st_size > 0
