"""What read a text, as a short name: another version of it reads the text again.

The name is a hash of the code and data that a reading depends on, so that no one has to remember to count a number
up. Large data files count by name and size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from geodata.gazetteer.lookup import user_file
from geodata.vocabulary import user_file as user_types

_HERE = Path(__file__).parent
READ_BY = (
    "documents",
    "language",
    "gazetteer",
    "toponyms",
    "resolution",
    "relations",
    "claims",
    "vocabulary",
    "pipeline",
    "records",
)
MERGED_BY = ("projects", "vocabulary")
_SUFFIXES = frozenset({".py", ".toml", ".json", ".csv", ".dgz", ".gz", ".txt"})
_LARGE = 1_000_000  # bytes


def extractor() -> str:
    """Name the version of everything between a file and its claims, a user's own places and types included."""
    return _digest(READ_BY, tuple(own for own in (user_file(), user_types()) if own.is_file()))


def merger() -> str:
    """Name the version of everything between claims and projects."""
    return _digest(MERGED_BY, tuple(own for own in (user_types(),) if own.is_file()))


def _digest(rooms: Iterable[str], more: tuple[Path, ...]) -> str:
    stated = tuple((path, path.stat().st_mtime_ns) for path in more)
    return _hash(tuple(rooms), stated)


@cache
def _hash(rooms: tuple[str, ...], more: tuple[tuple[Path, int], ...]) -> str:
    total = hashlib.sha256()
    for room in rooms:
        for path in sorted([*_HERE.glob(f"{room}.py"), *(_HERE / room).rglob("*")]):
            if path.suffix in _SUFFIXES and "__pycache__" not in path.parts:
                total.update(path.relative_to(_HERE).as_posix().encode())
                size = path.stat().st_size
                total.update(str(size).encode() if size > _LARGE else path.read_bytes())
    for path, changed in more:
        total.update(f"{path.name} {path.stat().st_size} {changed}".encode())
    return total.hexdigest()[:16]
