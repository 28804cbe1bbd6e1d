"""Which texts count: removed ones, digests, copies, vanished files; and what people corrected of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata.errors import StoreError
from geodata.journal import Journal
from geodata.store import Store, open_store
from tests.store.saved import project_of, reading, sha


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.gpkg") as opened:
        yield opened


def ids(store: Store, *, hidden: bool = False) -> list[str]:
    return [document.id for document in store.documents(hidden=hidden)]


def counting(store: Store) -> list[str]:
    return sorted({event.document for event in store.begin_merge().events})


def test_a_removed_text_is_gone_until_it_is_brought_back(store: Store) -> None:
    store.save(reading("rail"))
    store.save(reading("road", text="A road to Lamu."))
    removed = store.remove("rail", by="ana", reason="not ours")
    assert ids(store) == counting(store) == ["road"]
    store.save(reading("rail"))  # reading it again does not bring it back
    assert counting(store) == ["road"]
    store.undo(removed)
    assert ids(store) == counting(store) == ["rail", "road"]


def test_removing_what_is_not_there_says_so(store: Store) -> None:
    with pytest.raises(StoreError, match="no text"):
        store.remove("nothing")


def test_an_original_takes_its_digests_place_and_gives_it_back(store: Store) -> None:
    store.save(reading("digest", text="A railway, told in our words.", digest_of=sha("the original")))
    assert counting(store) == ["digest"]
    store.save(reading("original", file="the original"))
    assert counting(store) == ["original"]
    assert ids(store) == ["original"]
    assert ids(store, hidden=True) == ["digest", "original"]
    store.remove("original")
    assert counting(store) == ["digest"]


def test_the_same_text_under_two_names_counts_once(store: Store) -> None:
    store.save(reading("b"))
    store.save(reading("a"))
    assert counting(store) == ["a"]
    table = store.document_table().set_index("id")
    assert table.loc["b", "standing"] == "duplicate"
    assert table.loc["b", "stands_for"] == "a"


def test_corrected_facts_survive_a_re_read_and_another_session(store: Store) -> None:
    store.save(reading())
    edit = store.edit_document("rail", {"title": "Corrected", "published": "2019-05"}, by="ana")
    store.save(reading())
    assert store.document("rail").title == "Corrected"
    with open_store(store.path, read_only=True) as other:
        assert other.documents()[0].published == "2019-05"
        assert other.document_table().loc[0, "title"] == "Corrected"
    assert store.needs_merge()
    store.undo(edit)
    assert store.document("rail").title == "About rail"


def test_only_bibliographic_facts_can_be_edited(store: Store) -> None:
    store.save(reading())
    with pytest.raises(TypeError, match="text"):
        store.edit_document("rail", {"text": "other"})


def test_a_text_that_is_not_there_is_not_edited(store: Store) -> None:
    store.save(reading())
    with pytest.raises(StoreError, match="There is no text 'nobody'"):
        store.edit_document("nobody", {"title": "x"})
    assert store.journal.entries() == ()


def test_the_merge_is_due_after_every_change_and_not_after_a_brief(store: Store) -> None:
    assert not store.needs_merge() or store.count("documents") == 0
    store.save(reading())
    assert store.needs_merge("v1")
    told = store.begin_merge("v1")
    store.save_projects([project_of([reading()])], told)
    assert not store.needs_merge("v1")
    Journal(store.journal.path).append("brief", "b1", {"title": "For Monday"})
    assert not store.needs_merge("v1")
    assert store.needs_merge("v2")
    store.remove("rail")
    assert store.needs_merge("v1")


def test_a_text_saved_during_a_merge_is_not_forgotten(store: Store) -> None:
    store.save(reading())
    told = store.begin_merge()
    store.save(reading("late", text="A late word on Lamu."))
    store.save_projects([project_of([reading()])], told)
    assert store.needs_merge()


def test_a_vanished_file_is_marked_and_its_text_kept(store: Store) -> None:
    store.save(reading(), source="/texts/rail.txt")
    store.note(missing=["rail"])
    assert store.document_table().loc[0, "missing"]
    assert counting(store) == ["rail"]
    store.note(moved={"rail": "/other/rail.txt"})
    assert not store.document_table().loc[0, "missing"]
    assert store.sources()[0].source == "/other/rail.txt"


def test_a_read_only_store_refuses_every_change(store: Store) -> None:
    store.save(reading())
    with open_store(store.path, read_only=True) as frozen:
        for change in (
            lambda: frozen.save(reading("x")),
            lambda: frozen.remove("rail"),
            lambda: frozen.edit_document("rail", {"title": "x"}),
            lambda: frozen.save_projects([]),
            lambda: frozen.note(missing=["rail"]),
        ):
            with pytest.raises(StoreError, match="read-only"):
                change()
    assert Journal(store.journal.path).entries() == ()
