"""A disk that is full, fails or may not be written: a clear message, and the store as it was before."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from geodata.errors import StoreError
from geodata.records import Reading
from geodata.store import Store, connection, open_store
from tests.store.saved import project_of, reading

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

CHANGED = reading(text="Kenya will build a railway from Lamu to the lake. It is late.")
FAULTS = {
    "SQLITE_FULL": "disk is full",
    "SQLITE_IOERR_WRITE": "disk failed",
    "SQLITE_READONLY": "cannot be written",
    "SQLITE_CANTOPEN": "cannot be opened",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "atlas.gpkg"
    with open_store(path) as store:
        store.save(reading())
        store.save_projects([project_of([reading()])])
    return path


def state(path: Path) -> tuple[object, ...]:
    with open_store(path) as store:
        assert store.check() == ()
        return store.documents(), [store.reading(d.id) for d in store.documents()], store.project_records()


class _Failing(sqlite3.Connection):
    """Fails at the n-th statement that writes; counts them all."""

    fail_at, seen, name = 0, 0, ""

    def _count(self, sql: str) -> None:
        if not sql.lstrip().upper().startswith(("SELECT", "PRAGMA", "ROLLBACK")):
            _Failing.seen += 1
            if _Failing.seen == _Failing.fail_at:
                error = sqlite3.OperationalError("made to fail")
                error.sqlite_errorname = _Failing.name
                raise error

    def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:
        self._count(sql)
        return super().execute(sql, *rest)

    def executemany(self, sql: str, *rest: Any) -> sqlite3.Cursor:
        self._count(sql)
        return super().executemany(sql, *rest)


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, at: int, name: str) -> Iterator[None]:
    real = sqlite3.connect
    _Failing.fail_at, _Failing.seen, _Failing.name = at, 0, name
    with monkeypatch.context() as patch:
        patch.setattr("sqlite3.connect", lambda *a, **k: real(*a, **k, factory=_Failing))
        yield


def outcome(change: Callable[[Store], object], store: Store) -> str:
    """Make a change; return what was said where it failed."""
    try:
        change(store)
    except StoreError as error:
        return str(error)
    return ""


CHANGES: dict[str, Callable[[Store], object]] = {
    "save": lambda store: store.save(CHANGED),
    "merge": lambda store: store.save_projects([project_of([reading()], "other-1")]),
    "note": lambda store: store.note(missing=["rail"], moved={"rail": "/x"}),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_any_statement_says_so_and_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, change: str, fault: str
) -> None:
    before = state(path)
    at, failed = 0, 0
    while True:
        at += 1
        with failing(monkeypatch, at, fault):
            store = open_store(path)
            said = outcome(CHANGES[change], store)
            reached = _Failing.seen >= at
            store.close()
        if not reached:
            break
        failed += 1
        assert str(path) in said
        assert FAULTS[fault] in said
        assert state(path) == before, f"statement {at}"
    assert failed >= 4, "no statement was reached"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs POSIX")
def test_a_disk_that_takes_no_more_bytes_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    """Real writes are refused by the system at ever larger file sizes, until the work gets through."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    big = Reading(reading("big", text="A word. " * 40_000).document)
    refused = 0
    for limit in range(8_000, 2_000_000, 90_000):
        path = tmp_path / f"atlas-{limit}.gpkg"
        with open_store(path) as store:
            store.save(reading())
        child = os.fork()
        if not child:
            os._exit(_save_with_limit(path, big, limit))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, 7), code
        with open_store(path) as store:
            assert store.check() == ()
            assert [d.id for d in store.documents()] == (["rail"] if code else ["big", "rail"])
        refused += code == 7
        if code == 0:
            break
    assert refused >= 3


def _save_with_limit(path: Path, what: Reading, limit: int) -> int:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        open_store(path).save(what)
    except StoreError as error:
        return 7 if str(path) in str(error) else 8
    except BaseException:
        return 9
    return 0


def test_a_store_that_another_program_holds_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with open_store(path) as store:
        with pytest.raises(StoreError, match="another program is writing"):
            store.save(CHANGED)
        assert store.reading("rail") == reading()  # reading goes on meanwhile
        holder.execute("ROLLBACK")
        store.save(CHANGED)
    holder.close()


def test_an_edit_made_while_the_store_is_held_is_kept_and_followed_later(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with open_store(path) as store:
        store.remove("rail")
        holder.execute("ROLLBACK")
        assert store.needs_merge()
        assert store.begin_merge().events == ()
        assert store.documents() == ()
    holder.close()


def test_a_damaged_store_is_said_to_be_damaged(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[4096:-4096] = b"\xa5" * (len(whole) - 8192)
    path.write_bytes(whole)
    with pytest.raises(StoreError, match="damaged"):
        open_store(path, read_only=True)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="file"):
        open_store(tmp_path / "file" / "atlas.gpkg")


def test_a_store_on_a_read_only_disk_can_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such a disk refuses the files that a write-ahead log keeps beside the store."""
    real = sqlite3.connect

    def refuse(where: str, **more: Any) -> Any:
        if "immutable" not in where:
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorname = "SQLITE_CANTOPEN"
            raise error
        return real(where, **more)

    monkeypatch.setattr("sqlite3.connect", refuse)
    monkeypatch.setattr("os.access", lambda *_: False)
    with open_store(path, read_only=True) as store:
        assert store.reading("rail") == reading()
