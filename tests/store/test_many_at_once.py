"""Threads and programs at once: nothing lost, nothing doubled, readers never wait."""

from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path

import pytest

from geodata.store import open_store
from tests.store.saved import project_of, reading

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")


def _save_some(path: Path, name: str, count: int) -> None:
    with open_store(path) as store:
        for number in range(count):
            store.save(reading(f"{name}{number}", text=f"Text {name}{number} of Lamu."))


def test_two_programs_write_into_one_store(tmp_path: Path) -> None:
    path = tmp_path / "atlas.gpkg"
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_save_some, args=(path, name, 25)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(500)
    with open_store(path) as store:
        assert len(store.documents()) == 50
        assert store.check() == ()


def test_threads_share_a_store(tmp_path: Path) -> None:
    wrong: list[BaseException] = []
    with open_store(tmp_path / "atlas.gpkg") as store:

        def work(name: str) -> None:
            try:
                for number in range(8):
                    store.save(reading(f"{name}{number}"))
                    store.save_projects([project_of([reading(f"{name}{number}")])])
                    assert len(store.project_records()) == len(store.project_columns()) == 1
                    store.search("railway")
            except BaseException as error:
                wrong.append(error)

        threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(500)
        assert wrong == []
        assert store.count("documents") == 32
        assert store.check() == ()


def test_a_reader_sees_the_old_state_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "atlas.gpkg"
    with open_store(path) as writer, open_store(path, read_only=True) as reader:
        writer.save(reading())
        revision = reader.revision
        writer.save(reading("other"))
        assert reader.revision > revision
        assert [d.id for d in reader.documents()] == ["other", "rail"]
