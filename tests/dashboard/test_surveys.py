"""Actors, coverage, what comes in, and what About reads: counted on a small store."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from dashboard import coverage
from dashboard.actors import listed, profile, rows_of, together
from dashboard.facets import Columns, build
from dashboard.parts.about import measured
from dashboard.uploads import Uploads, plain_name
from geodata.store import open_store
from geodata.store.columns import ProjectColumns
from geodata.store.named import named_countries
from geodata.vocabulary import load_vocabulary
from tests.dashboard.small_store import At, Thing, save

THINGS = (
    Thing("A", (At(33, 71, "Kohat"),), year=2015, actor="Gazprom"),
    Thing("B", (At(33, 71, "Kohat"),), year=2017, actor="Gazprom", type="road"),
    Thing("C", (At(55, 37, "Moscow", country="RU"),), year=2015, actor="Rosneft"),
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Columns, ProjectColumns]:
    path = save(tmp_path_factory.mktemp("surveys") / "small.gpkg", THINGS)
    with open_store(path, read_only=True) as store:
        found = store.project_columns()
    return path, build(found, load_vocabulary()), found


def test_an_actor_has_its_projects_years_and_places(small: tuple[Path, Columns, ProjectColumns]) -> None:
    _, columns, store = small
    assert listed(columns, {})[0][::2] == ["Gazprom", 2]
    found = profile(columns, store, "Gazprom")
    assert found is not None
    assert found["projects"] == 2
    assert found["places"] == [("Kohat", 2)]
    assert [y for y, n in found["years"] if n] == [2015, 2017]
    assert [p["title"] for p in found["rows"]] == ["B", "A"]
    assert profile(columns, store, "Nobody") is None


def test_who_shares_nothing_has_an_empty_field(small: tuple[Path, Columns, ProjectColumns]) -> None:
    _, columns, _ = small
    square = together(columns)
    a, b = square["names"].index("Gazprom"), square["names"].index("Rosneft")
    assert square["counts"][a][b] == 0
    assert square["counts"][a][a] == len(rows_of(columns.actors, "Gazprom"))


def test_coverage_shows_the_year_in_which_nothing_is_told(
    small: tuple[Path, Columns, ProjectColumns],
) -> None:
    _, columns, store = small
    found = coverage.matrix(columns, "country")
    assert found["years"] == [2015, 2016, 2017]
    assert {row[0]: row[3] for row in found["rows"]} == {"PK": [1, 0, 1], "RU": [1, 0, 0]}
    gaps = coverage.gaps(columns, store, {"PK": (4, 1), "CN": (3, 1), "": (1, 1)})
    assert gaps["only"] == [["CN", 3, 1]]
    assert gaps["undatedCount"] == 0


def test_a_store_without_toponyms_names_no_country(small: tuple[Path, Columns, ProjectColumns]) -> None:
    with open_store(small[0], read_only=True) as store:
        assert named_countries(store) == {}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\texts\\a.txt", "a.txt"),
        ("<img src=x>.md", "<img src=x>.md"),
        ("a\x00b\n.txt", "ab.txt"),
        ("...", "text.txt"),
        ("é" * 300 + ".pdf", "é" * 88 + ".pdf"),
    ],
)
def test_a_file_name_leads_nowhere(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def test_a_bad_file_is_told_by_name_and_reason(tmp_path: Path) -> None:
    given = Uploads()
    with open_store(tmp_path / "new.gpkg") as store:
        given.add([("empty.txt", b""), ("empty.txt", b"")], store)
        until = time.monotonic() + 60
        while given.busy:
            assert time.monotonic() < until
            time.sleep(0.05)
    (batch,) = given.data()
    assert [(f["name"], f["state"]) for f in batch["files"]] == [
        ("empty.txt", "failed"),
        ("empty-2.txt", "failed"),
    ]
    assert all("no text" in f["reason"] or "empty" in f["reason"] for f in batch["files"])
    given.dismiss(batch["id"])
    assert given.data() == []


def test_about_reads_what_the_bench_wrote(tmp_path: Path) -> None:
    from bench import Row
    from bench.__main__ import section, write

    path = tmp_path / "benchmarks.md"
    assert measured(path) == []
    write(
        path, "geoparsing", section("geoparsing", "Places", [Row("within 161 km", 0.8, "", "≥ 0.7", "a | b")])
    )
    (part,) = measured(path)
    assert part["title"] == "Places"
    assert part["rows"] == [["within 161 km", "0.8", "≥ 0.7", "a | b"]]
