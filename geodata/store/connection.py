"""The one place that opens SQLite, and that turns its errors into words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from geodata.errors import StoreError

BUSY_SECONDS = 20.0
"""A document's transaction takes milliseconds, the merge of a large store seconds; who waits longer waits for
a program that hangs."""

_REASONS = (
    ("SQLITE_BUSY", "another program is writing to it; nothing was changed. Try again when it is done."),
    ("SQLITE_LOCKED", "another program is writing to it; nothing was changed. Try again when it is done."),
    ("SQLITE_READONLY", "it cannot be written (read-only file or disk); nothing was changed."),
    ("SQLITE_PERM", "no permission to use it; nothing was changed."),
    ("SQLITE_FULL", "the disk is full; nothing was changed. Make room and run this again."),
    ("SQLITE_IOERR", "the disk failed while reading or writing; the store is as it was before."),
    ("SQLITE_CANTOPEN", "it cannot be opened. Does the folder exist, and may you write there?"),
    ("SQLITE_CORRUPT", "the file is damaged. Bring back a copy, or move it away and read the texts again."),
    ("SQLITE_NOTADB", "this is not a Dateline store."),
    ("SQLITE_TOOBIG", "a text is too large to be kept."),
)


def reason(error: sqlite3.Error) -> str:
    """Say in plain words what SQLite found wrong."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for start, words in _REASONS:
        if name.startswith(start):
            return words
    return f"{str(error) or 'an unknown error of the database'}; nothing was changed."


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Raise what SQLite or the system says about a store as a `StoreError` that names file and reason."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {reason(error)}") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}; nothing was changed.") from error


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open one connection: write-ahead log, foreign keys, a wait for who writes, no surprise transactions.

    A read-only disk cannot hold the shared memory that a write-ahead log asks for; there the file is opened as
    one that nobody changes.
    """
    if not read_only:
        connection = _open(f"file:{quote(str(path))}?mode=rwc")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection
    try:
        connection = _open_to_read(path)
    except sqlite3.OperationalError as error:
        unfinished = getattr(error, "sqlite_errorname", "").startswith("SQLITE_READONLY")
        if unfinished and os.access(path, os.W_OK):
            _roll_back(path)
            connection = _open_to_read(path)
        elif path.is_file() and not os.access(path.parent, os.W_OK):
            connection = _open(f"file:{quote(str(path))}?mode=ro&immutable=1")
        else:
            raise
    connection.execute("PRAGMA query_only = ON")
    return connection


def _open_to_read(path: Path) -> sqlite3.Connection:
    connection = _open(f"file:{quote(str(path))}?mode=ro")
    connection.execute("SELECT count(*) FROM sqlite_master")
    return connection


def _roll_back(path: Path) -> None:
    """Undo what a program that was killed left half-written; only one that may write can."""
    with closing(_open(f"file:{quote(str(path))}?mode=rw")) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master")


def _open(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All or nothing: commit at the end, roll back whatever goes wrong."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        raise
