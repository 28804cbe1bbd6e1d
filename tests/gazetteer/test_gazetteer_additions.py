"""A user's own places."""

import zipfile
from pathlib import Path

import geopandas
import pytest
from shapely.geometry import Point

from geodata.errors import GazetteerError
from geodata.gazetteer import add_file, open_gazetteer

GOOD = "name,lat,lon,names,country,feature_class,feature_code\nNewhaven Depot,51.5,-0.1,The Depot|Old Depot,GB,S,DPO\n"
DUMP = (
    "9000001\tTestabad\tTestabad\tTestobod,Тестабад,testabad\t34.5\t70.5\tP\tPPL\tPK\t\t03\t\t\t\t1200\t\t300\tAsia/Karachi"
    "\t2024-01-01\n"
)


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def extra(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "additions.dgz"


def test_a_row_of_a_table_is_found_afterwards(tmp_path: Path, extra: Path) -> None:
    assert add_file(write(tmp_path / "own.csv", GOOD), extra) == 1
    gazetteer = open_gazetteer(extra)
    match = gazetteer.lookup("Newhaven Depot")[0]
    assert match.kind == "exact"
    assert (match.place.lat, match.place.lon) == (51.5, -0.1)
    assert match.place.source == "own.csv"
    assert gazetteer.lookup("Old Depot")[0].kind == "alternate"
    assert gazetteer.lookup("Karachi")[0].place.country == "PK"
    assert gazetteer.place(match.place.id) == match.place
    assert not open_gazetteer(extra.with_name("other.dgz")).has("Newhaven Depot")


def test_files_add_up_and_the_last_word_on_an_id_counts(tmp_path: Path, extra: Path) -> None:
    add_file(write(tmp_path / "a.csv", "id,name,lat,lon\nx,Alphaville,10,20\n"), extra)
    add_file(write(tmp_path / "b.csv", "id,name,lat,lon\ny,Betaville,11,21\n"), extra)
    add_file(write(tmp_path / "c.csv", "id,name,lat,lon\nx,Alphaville,12,22\n"), extra)
    gazetteer = open_gazetteer(extra)
    assert gazetteer.lookup("Betaville")[0].place.lat == 11
    assert [m.place.lat for m in gazetteer.lookup("Alphaville")] == [12]


def test_a_geonames_id_of_the_shipped_file_can_be_corrected(tmp_path: Path, extra: Path) -> None:
    karachi = open_gazetteer(extra).lookup("Karachi")[0].place
    row = f"id,name,lat,lon,country\n{karachi.id.split(':')[1]},Karachi,24.9,67.1,PK\n"
    add_file(write(tmp_path / "fix.csv", row), extra)
    found = [m.place for m in open_gazetteer(extra).lookup("Karachi") if m.place.id == karachi.id]
    assert [(p.lat, p.lon) for p in found] == [(24.9, 67.1)]


def test_a_spreadsheet_with_semicolons_and_a_mark_in_front_is_read(tmp_path: Path, extra: Path) -> None:
    path = tmp_path / "excel.csv"
    path.write_text("Name;Latitude;Longitude\nGammatown;1,5;2\n", "utf-8-sig")
    with pytest.raises(GazetteerError, match=r"line 2: lat '1,5' is not a number"):
        add_file(path, extra)
    path.write_text("Name;Latitude;Longitude\nGammatown;1.5;2\n", "utf-8-sig")
    assert add_file(path, extra) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("title,y\nA,1\n", r"line 1: no column lon"),
        ("", r"line 1: no column name and lat and lon \(there is nothing\)"),
        ("name,lat,lon\nGood,1,2\nBad,95,2\n", r"line 3: lat 95 is out of range"),
        ("name,lat,lon\nBad,1,-200\n", r"line 2: lon -200 is out of range"),
        ("name,lat,lon\nBad,north,2\n", r"line 2: lat 'north' is not a number"),
        ("name,lat,lon\nBad,nan,2\n", r"line 2: lat nan is out of range"),
        ("name,lat,lon\nBad,,\n", r"line 2: lat '' is not a number"),
        ("name,lat,lon\n...,1,2\n", r"line 2: the name is empty"),
        ("name,lat,lon,country\nBad,1,2,Pakistan\n", r"line 2: country 'PAKISTAN'"),
        ("name,lat,lon,feature_class\nBad,1,2,Z\n", r"line 2: feature class 'Z'"),
        ("name,lat,lon,population\nBad,1,2,many\n", r"line 2: population 'many'"),
        ("name,lat,lon\n", r"holds no place"),
    ],
)
def test_a_wrong_row_is_refused_by_its_line_and_the_old_gazetteer_stays(
    tmp_path: Path, extra: Path, text: str, why: str
) -> None:
    add_file(write(tmp_path / "good.csv", GOOD), extra)
    before = extra.read_bytes()
    with pytest.raises(GazetteerError, match=why):
        add_file(write(tmp_path / "bad.csv", text), extra)
    assert extra.read_bytes() == before
    assert open_gazetteer(extra).has("Newhaven Depot")
    assert [p.name for p in extra.parent.iterdir() if p.suffix == ".part"] == []


@pytest.mark.parametrize("name", ["notes.docx", "noending"])
def test_another_format_is_refused_by_name(tmp_path: Path, extra: Path, name: str) -> None:
    with pytest.raises(GazetteerError, match="is not read here"):
        add_file(write(tmp_path / name, "x"), extra)


def test_a_missing_or_broken_file_is_one_line(tmp_path: Path, extra: Path) -> None:
    with pytest.raises(GazetteerError, match="no such file"):
        add_file(tmp_path / "none.csv", extra)
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(GazetteerError, match=r"broken\.zip: cannot be read"):
        add_file(tmp_path / "broken.zip", extra)
    (tmp_path / "latin.csv").write_bytes(b"name,lat,lon\nM\xfcnchen,48,11\n")
    with pytest.raises(GazetteerError, match=r"latin\.csv: cannot be read"):
        add_file(tmp_path / "latin.csv", extra)
    (tmp_path / "broken.gpkg").write_bytes(b"nothing")
    with pytest.raises(GazetteerError, match="not a GeoPackage"):
        add_file(tmp_path / "broken.gpkg", extra)


def test_a_geopackage_is_read_in_any_reference_system(tmp_path: Path, extra: Path) -> None:
    frame = geopandas.GeoDataFrame(
        {"name": ["Deltapoint"], "population": [77.0]}, geometry=[Point(71.5, 33.9)], crs=4326
    ).to_crs(3857)
    frame.to_file(tmp_path / "own.gpkg")
    assert add_file(tmp_path / "own.gpkg", extra) == 1
    place = open_gazetteer(extra).lookup("Deltapoint")[0].place
    assert (round(place.lat, 4), round(place.lon, 4), place.population) == (33.9, 71.5, 77)


def test_geonames_dump_is_read_as_text_and_as_zip(tmp_path: Path, extra: Path) -> None:
    write(tmp_path / "allCountries.txt", DUMP)
    assert add_file(tmp_path / "allCountries.txt", extra) == 1
    with zipfile.ZipFile(tmp_path / "PK.zip", "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("PK.txt", DUMP.replace("Testabad", "Otherabad").replace("9000001", "9000002"))
    assert add_file(tmp_path / "PK.zip", extra) == 1
    gazetteer = open_gazetteer(extra)
    place = gazetteer.lookup("Testabad")[0].place
    assert (place.id, place.country, place.population) == ("geonames:9000001", "PK", 1200)
    assert gazetteer.lookup("Testobod")[0].place == place
    assert gazetteer.has("Otherabad")


def test_a_line_of_the_dump_with_too_few_columns_is_refused(tmp_path: Path, extra: Path) -> None:
    write(tmp_path / "short.txt", DUMP + "9000003\tX\n")
    with pytest.raises(GazetteerError, match=r"short\.txt, line 2: 2 columns"):
        add_file(tmp_path / "short.txt", extra)
    assert not extra.exists()


def test_what_a_name_holds_stays_text(tmp_path: Path, extra: Path) -> None:
    hostile = '<img src=x onerror=alert(1)> "${x}"'
    row = '"' + hostile.replace('"', '""') + '"'
    add_file(write(tmp_path / "h.csv", f"name,lat,lon\n{row},1,2\n"), extra)
    assert open_gazetteer(extra).lookup(hostile)[0].place.name == hostile


def test_a_damaged_file_of_additions_says_so(extra: Path) -> None:
    extra.parent.mkdir(parents=True)
    extra.write_bytes(b"not a gazetteer")
    with pytest.raises(GazetteerError, match="not a sound gazetteer file"):
        open_gazetteer(extra)
