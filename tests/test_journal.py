"""Edits that people typed: kept whole, in order, and taken back without being lost."""

import json
import multiprocessing
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import StoreError
from geodata.journal import Journal, fold, in_force


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "atlas.journal.jsonl")


def test_an_edit_is_there_after_reopening(journal: Journal) -> None:
    journal.append("document", "003", {"title": "Hedging"}, by="ana", reason="misread")
    again = Journal(journal.path).entries()
    assert [(e.target, e.set, e.by, e.reason) for e in again] == [
        ("003", {"title": "Hedging"}, "ana", "misread")
    ]


def test_the_last_value_wins_and_other_fields_stay(journal: Journal) -> None:
    journal.append("document", "003", {"title": "One", "author": "A"})
    journal.append("document", "003", {"title": "Two"})
    assert fold(journal.entries(), "document") == {"003": {"title": "Two", "author": "A"}}


def test_undo_takes_back_only_its_edit_and_can_be_undone(journal: Journal) -> None:
    journal.append("document", "003", {"title": "One"})
    second = journal.append("document", "003", {"title": "Two"})
    undo = journal.undo(second)
    assert fold(journal.entries(), "document")["003"]["title"] == "One"
    journal.undo(undo)
    assert fold(journal.entries(), "document")["003"]["title"] == "Two"
    assert len(in_force(journal.entries())) == 2


def test_a_line_torn_by_a_crash_costs_only_itself(journal: Journal) -> None:
    journal.append("document", "a", {"title": "kept"})
    with journal.path.open("ab") as file:
        file.write(b'{"id": "x", "at": "2026')
    journal.append("document", "b", {"title": "after"})
    assert set(fold(journal.entries(), "document")) == {"a", "b"}
    assert journal.passed_over() == 1


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX")
def test_a_disk_that_fails_says_so_and_leaves_the_file_as_it_was(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.append("document", "a", {"title": "kept"})
    before = journal.path.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        journal.append("document", "b", {"title": "lost?"})
    assert journal.path.read_bytes() == before


def _append_many(path: str, who: str) -> None:
    journal = Journal(Path(path))
    for number in range(40):
        journal.append("document", f"{who}{number}", {"title": "x" * 500}, by=who)


def test_two_editors_at_once_lose_nothing(journal: Journal) -> None:
    context = multiprocessing.get_context("spawn")
    editors = [context.Process(target=_append_many, args=(str(journal.path), who)) for who in "ab"]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert len(fold(journal.entries(), "document")) == 80
    assert all(json.loads(line) for line in journal.path.read_text().splitlines())


@given(st.dictionaries(st.text(min_size=1), st.one_of(st.text(), st.integers(), st.none(), st.booleans())))
def test_any_text_comes_back_as_it_was_typed(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, object]
) -> None:
    journal = Journal(tmp_path_factory.mktemp("journal") / "j.jsonl")
    entry = journal.append("document", "a", fields)
    assert journal.entries() == (entry,)
