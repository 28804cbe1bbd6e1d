"""Columns say what the records say; search finds words and obeys none of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.synthetic import make_store
from geodata.store import NO_YEAR, Store, open_store
from tests.store.saved import project_of, reading

HOSTILE = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "hostile.txt"
OWN_HOSTILE = [
    'NEAR("a" "b", 9)',
    "* OR title:*",
    '"unbalanced',
    "a'; DROP TABLE claims; --",
    "%' ESCAPE '",
    "\0",
    "-",
    "(",
    "AND",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("columns") / "made.gpkg"
    make_store(path, projects=120, claims=2_000)
    return open_store(path, read_only=True)


def test_every_row_says_what_its_record_says(store: Store) -> None:
    columns, records = store.project_columns(), store.project_records()
    assert columns.ids == tuple(record.id for record in records) == tuple(sorted(columns.ids))
    for row, record in enumerate(records):
        assert columns.titles[row] == record.title
        assert columns.type.labels[columns.type.codes[row]] == record.type
        assert columns.status.labels[columns.status.codes[row]] == record.status
        years = columns.years[columns.year_starts[row] : columns.year_starts[row + 1]].tolist()
        assert tuple(years) == record.years
        assert columns.year_min[row] == min(record.years, default=NO_YEAR)
        assert columns.year_max[row] == max(record.years, default=NO_YEAR)
        pairs = [(claim.value, claim.role) for claim in record.actors]
        span = slice(columns.actors.starts[row], columns.actors.starts[row + 1])
        names = [columns.actors.labels[code] for code in columns.actors.codes[span]]
        roles = [columns.actors.role_labels[code] for code in columns.actors.roles[span]]
        assert list(zip(names, roles, strict=True)) == pairs
        assert columns.has_conflict[row] == bool(record.conflicts)
        assert columns.precision[row] == record.precision
        assert columns.claims[row] == len(record.claims)
        wkb = columns.geometry[row]
        assert (None if wkb is None else shapely.from_wkb(wkb)) == record.geometry
        assert np.isnan(columns.lon[row]) == (record.geometry is None)


def test_place_and_claim_columns_follow_the_records(store: Store) -> None:
    places, claims, records = store.place_columns(), store.claim_columns(), store.project_records()
    flat = [(row, place) for row, record in enumerate(records) for place in record.places]
    assert [row for row, _ in flat] == places.project.tolist()
    assert [place.value for _, place in flat] == [places.name.labels[code] for code in places.name.codes]
    assert [place.role for _, place in flat] == [places.role.labels[code] for code in places.role.codes]
    assert len(claims) == sum(len(record.claims) for record in records)
    assert [claim.value for record in records for claim in record.claims] == [
        claims.value.labels[code] for code in claims.value.codes
    ]


def test_columns_cannot_be_changed_by_accident(store: Store) -> None:
    with pytest.raises(ValueError, match="read-only"):
        store.project_columns().year_min[0] = 1


def test_made_up_words_stand_at_their_offsets(store: Store) -> None:
    texts = {document.id: document.text for document in store.documents()}
    for record in store.project_records():
        for claim in record.claims:
            where = claim.selector
            assert texts[claim.document][where.start : where.end] == where.exact


def test_a_made_up_store_is_the_same_every_time(tmp_path: Path, store: Store) -> None:
    make_store(tmp_path / "again.gpkg", projects=120, claims=2_000)
    with open_store(tmp_path / "again.gpkg", read_only=True) as again:
        assert again.project_records() == store.project_records()


def test_search_finds_by_sentence_title_and_beginning_of_a_word(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.gpkg") as kept:
        kept.save(reading())
        kept.save_projects([project_of([reading()])])
        for words in ("railway", "RAILWAYS", "addis abab", '"from Lamu"', "lamu railway", "Kenya"):
            assert kept.search(words) == ("railway-1",), words
        for words in ('"Lamu from"', "harbour", "", "  ", '"'):
            assert kept.search(words) == (), words


def test_a_re_read_text_is_found_by_its_new_words_only(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.gpkg") as kept:
        kept.save(reading())
        changed = reading(text="Kenya will build a railway to the harbour of Lamu.")
        kept.save(changed)
        kept.save_projects([project_of([changed])])
        assert kept.search("Addis") == ()
        assert kept.search("harbour") == ("railway-1",)


@pytest.mark.parametrize("words", OWN_HOSTILE)
def test_no_word_is_syntax(store: Store, words: str) -> None:
    assert isinstance(store.search(words), tuple)


@pytest.mark.skipif(not HOSTILE.exists(), reason="the shared hostile strings are not here")
def test_no_hostile_word_is_syntax(store: Store) -> None:
    for words in HOSTILE.read_text("utf-8").splitlines():
        store.search(words)


@settings(max_examples=200)
@given(words=st.text(max_size=40))
def test_whatever_is_typed_is_searched_for(store: Store, words: str) -> None:
    store.search(words)
