"""Older stores are brought up to date with a backup; newer and foreign files are refused and left as they are."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from geodata.errors import StoreError
from geodata.store import OlderStore, open_store, schema
from tests.store.saved import project_of, reading

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

VERSION_1 = Path(__file__).parents[1] / "data" / "stores" / "version-1.gpkg"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copy(VERSION_1, tmp_path / "atlas.gpkg"))


def version(path: Path) -> int:
    connection = sqlite3.connect(path)
    (found,) = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    connection.close()
    return int(found)


def test_an_old_store_is_brought_up_to_date_with_a_backup_beside_it(old: Path) -> None:
    with open_store(old) as store:
        assert store.project_columns().ids == tuple(p.id for p in store.project_records())
        assert [p.type for p in store.project_records()] == ["dam", "railway"]
        assert store.search("Lamu") != ()
        assert store.check() == ()
    assert version(old) == schema.VERSION
    assert version(old.with_name("atlas.v1.backup.gpkg")) == 1


def test_an_old_store_is_not_changed_by_reading_only(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(OlderStore, match="older Dateline"):
        open_store(old, read_only=True)
    assert old.read_bytes() == before


def test_a_migration_that_fails_leaves_the_old_store(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM documents")
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setitem(schema.STEPS, 1, fail)
    with pytest.raises(StoreError, match="disk I/O error"):
        open_store(old)
    assert version(old) == 1
    monkeypatch.undo()
    with open_store(old) as store:
        assert len(store.documents()) == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs POSIX")
def test_killed_while_migrating_the_next_opening_finishes(old: Path) -> None:
    chance = random.Random(5)
    for _ in range(12):
        shutil.copy(VERSION_1, old)
        for beside in old.parent.glob("atlas.*"):
            if beside != old:
                beside.unlink()
        child = os.fork()
        if not child:
            open_store(old)
            os._exit(0)
        time.sleep(chance.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with open_store(old) as store:
            assert len(store.project_columns()) == len(store.project_records()) == 2
            assert store.check() == ()


def test_a_newer_store_is_refused_and_not_a_byte_of_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "atlas.gpkg"
    with open_store(path) as store:
        store.save(reading())
        store.save_projects([project_of([reading()])])
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = 99 WHERE key = 'schema_version'")
    connection.commit()
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreError, match="newer Dateline"):
            open_store(path, read_only=read_only)
    assert path.read_bytes() == before


def test_files_that_are_no_store_are_refused_and_left_alone(tmp_path: Path) -> None:
    text, other = tmp_path / "notes.txt", tmp_path / "other.db"
    text.write_text("Not a database, but long enough to look at. " * 30)
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE recipes (name)")
    connection.commit()
    connection.close()
    for path in (text, other):
        before = path.read_bytes()
        for read_only in (False, True):
            with pytest.raises(StoreError, match="not a Dateline store"):
                open_store(path, read_only=read_only)
        assert path.read_bytes() == before


def test_a_store_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="dateline ingest"):
        open_store(tmp_path / "none.gpkg", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "new.gpkg").touch()
    with open_store(tmp_path / "new.gpkg") as store:
        assert store.documents() == ()
