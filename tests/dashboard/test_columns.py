"""The column file says what the store says, is made once a revision, and holds texts as bytes only."""

from __future__ import annotations

import errno
import gzip
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Polygon

from dashboard import columns, facets, marks
from geodata.errors import StoreError
from geodata.store import open_store
from geodata.vocabulary import load_vocabulary
from tests.dashboard.small_store import At, Thing, save

LAHORE, KARACHI = At(31.55, 74.34, "Lahore", "endpoint"), At(24.86, 67.01, "Karachi", "endpoint")
THINGS = (
    Thing("North–South line", (KARACHI, LAHORE), route=LineString([(67.01, 24.86), (74.34, 31.55)])),
    Thing("Drill refused", (At(35.9, 74.3, "Gilgit", "rejected_venue"),), "joint_exercise", "cancelled"),
    Thing("Loan to a country", (At(30, 70, "Pakistan", "beneficiary", 6),), "loan", "proposed", 0),
    Thing("Visit", (At(33.7, 73.1, "Islamabad", "venue", 8), At(30, 70, "Pakistan", "venue", 6)), "visit"),
    Thing("Dam", (At(34.1, 72.7, "Tarbela", "site", 2), At(30, 70, "Pakistan", "beneficiary", 6)), "dam"),
    Thing("Only mentioned", (At(55.7, 37.6, "Moscow", "mentioned", country="RU"),), "summit"),
    Thing(
        "In a province", (At(26, 68.5, "Sindh", "site", 4, "PK", Polygon([(67, 24), (71, 24), (69, 28)])),)
    ),
    Thing("Nowhere", (), "sanctions", ""),
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return save(tmp_path / "small.gpkg", THINGS)


def read(path: Path) -> tuple[dict[str, object], dict[str, np.ndarray]]:
    with open_store(path, read_only=True) as store:
        return columns.decode(gzip.decompress(columns.column_file(store).read_bytes()))


def rows_of(arrays: dict[str, np.ndarray], precision: int) -> list[int]:
    return [int(row) for row in arrays["marks.row"][arrays["marks.precision"] == precision]]


def test_rows_are_the_projects_in_the_order_of_the_store(path: Path) -> None:
    facts, arrays = read(path)
    with open_store(path, read_only=True) as store:
        records = store.project_records()
    start, raw = arrays["titleText.start"], arrays["titleText.bytes"].tobytes()
    titles = [raw[a:b].decode() for a, b in pairwise(start)]
    assert titles == [p.title for p in records]
    assert facts["rows"] == len(records) == len(arrays["type"])
    assert arrays["first"].tolist() == [p.years[0] if p.years else 0 for p in records]


def test_a_route_is_a_line_and_its_ends_are_no_marks(path: Path) -> None:
    _, arrays = read(path)
    assert arrays["lines.row"].tolist() == [0]
    assert 0 not in arrays["marks.row"]
    np.testing.assert_allclose(arrays["lines.xy"], [67.01, 24.86, 74.34, 31.55], atol=1e-4)


def test_a_refused_venue_is_marked_as_refused(path: Path) -> None:
    _, arrays = read(path)
    assert arrays["marks.rejected"][arrays["marks.row"] == 1].tolist() == [1]
    assert arrays["marks.rejected"].sum() == 1


def test_what_is_known_to_the_country_only_is_a_badge_unless_more_is_known(path: Path) -> None:
    _, arrays = read(path)
    assert rows_of(arrays, 6) == [2, 3]  # the dam's country says nothing more than its site does


def test_a_place_that_is_only_mentioned_is_no_mark_of_its_own(path: Path) -> None:
    with open_store(path, read_only=True) as store:
        places = marks.place_rows(store)
        kept = marks._kept(places, np.zeros(len(THINGS), bool), len(THINGS))
    assert "mentioned" not in {places.role[i] for i in kept}


def test_an_area_brings_its_outline_once(path: Path) -> None:
    _, arrays = read(path)
    area = arrays["marks.area"][arrays["marks.row"] == 6]
    assert area.tolist() == [0]
    assert len(arrays["areas.start"]) == 2
    assert len(arrays["areas.xy"]) == 2 * arrays["areas.ring"][-1]


def test_an_outline_with_lines_and_specks_in_it_keeps_its_polygons() -> None:
    speck = Polygon([(0, 0), (0.001, 0), (0, 0.001)])
    mixed = GeometryCollection(
        [LineString([(5, 5), (6, 6)]), MultiPolygon([speck]), Polygon([(1, 1), (3, 1), (2, 3)])]
    )
    assert [p.geom_type for p in marks._polygons(mixed)] == ["Polygon", "Polygon"]
    assert marks._polygons(None) == []
    assert marks._polygons(Polygon()) == []


def test_places_in_disputed_areas_are_listed_with_their_area(path: Path) -> None:
    facts, arrays = read(path)
    areas = facts["areas"]
    assert isinstance(areas, list)
    found = {areas[a]["id"] for a in arrays["contested.area"].tolist() if a >= 0}
    assert found == {"gilgit-baltistan"}
    assert arrays["contested.row"].tolist() == [1]


@pytest.mark.parametrize(("view", "states"), [("de_facto", {"PK"}), ("IN", {"IN"}), ("CN", {"PK"})])
def test_countries_follow_the_view_of_borders(path: Path, view: str, states: set[str]) -> None:
    with open_store(path, read_only=True) as store:
        base = facets.build(store.project_columns(), load_vocabulary()).countries
        seen = marks.countries_in(store, base, view)
    row = {seen.names[v] for v in seen.value[seen.start[1] : seen.start[2]]}
    assert row == states
    others = [i for i in range(len(THINGS)) if i != 1]
    for i in others:
        before = [base.names[v] for v in base.value[base.start[i] : base.start[i + 1]]]
        assert [seen.names[v] for v in seen.value[seen.start[i] : seen.start[i + 1]]] == before


def test_the_file_is_made_once_a_revision_and_named_for_what_it_holds(path: Path) -> None:
    with open_store(path) as store:
        first = columns.column_file(store)
        stamp = first.stat().st_ino
        assert columns.column_file(store) == first
        assert first.stat().st_ino == stamp
        store.save_projects(store.project_records()[:3])
        second = columns.column_file(store)
    assert second != first
    assert second.name in columns_url_of(path)


def columns_url_of(path: Path) -> str:
    with open_store(path, read_only=True) as store:
        return columns.columns_url(store)


def test_older_files_leave_the_cache(path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "KEPT", 2)
    with open_store(path) as store:
        records = store.project_records()
        for n in range(1, 6):
            store.save_projects(records[:n])
            columns.column_file(store)
    left = list((cache / "dateline" / "columns").glob("*"))
    assert len([p for p in left if p.name.endswith(".bin.gz")]) == 2
    assert len([p for p in left if p.suffix == ".txt"]) <= 2
    assert not [p for p in left if p.name.endswith(".part")]


def test_a_full_disk_is_said_to_be_full(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with open_store(path, read_only=True) as store, pytest.raises(StoreError, match="No space left"):
        columns.column_file(store)


def test_an_empty_store_has_columns_too(tmp_path: Path) -> None:
    with open_store(tmp_path / "empty.gpkg") as store:
        facts, arrays = columns.decode(columns.build(store, load_vocabulary()))
    assert facts["rows"] == 0
    assert len(arrays["marks.row"]) == 0


def test_every_status_of_the_vocabulary_has_a_fill() -> None:
    known = set(load_vocabulary().statuses)
    assert {s for statuses in columns.FILLS.values() for s in statuses} <= known
    assert columns.fill_of("cancelled") == "barred"
    assert columns.fill_of("planned") == columns.fill_of("none") == "hollow"


KINDS = {
    "u8": np.uint8,
    "u16": np.uint16,
    "u32": np.uint32,
    "i16": np.int16,
    "i32": np.int32,
    "f32": np.float32,
}


@given(
    st.dictionaries(st.text(max_size=9), st.text(max_size=40), max_size=4),
    st.lists(
        st.tuples(st.sampled_from(sorted(KINDS)), st.lists(st.integers(0, 127), max_size=9)), max_size=6
    ),
)
def test_what_is_encoded_comes_back(facts: dict[str, str], lists: list[tuple[str, list[int]]]) -> None:
    arrays = {f"a{i}": np.array(values, KINDS[kind]) for i, (kind, values) in enumerate(lists)}
    back, found = columns.decode(columns.encode(facts, arrays))
    assert back == facts
    assert {k: (v.dtype, v.tolist()) for k, v in found.items()} == {
        k: (v.dtype, v.tolist()) for k, v in arrays.items()
    }


def test_another_file_is_refused() -> None:
    with pytest.raises(ValueError, match="not a column file"):
        columns.decode(b"GIF89a..")
