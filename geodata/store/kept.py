"""Columns as bytes inside the store: written with the projects, read in one go.

To gather them from the tables takes seconds for a million claims; to read them back takes milliseconds. Plain arrays
and UTF-8 text only, so that reading them runs nothing.
"""

from __future__ import annotations

import io
import json
import sqlite3
from dataclasses import fields, is_dataclass
from typing import Any, get_type_hints

import numpy as np
from numpy.typing import NDArray

TABLE = "CREATE TABLE columns (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID"


def keep(connection: sqlite3.Connection, name: str, columns: Any) -> None:
    """Keep a dataclass of arrays, tuples of strings, and such dataclasses."""
    arrays: dict[str, NDArray[Any]] = {}
    _flatten(columns, "", arrays)
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    connection.execute("INSERT OR REPLACE INTO columns VALUES (?, ?)", (name, buffer.getvalue()))


def fetch[T](connection: sqlite3.Connection, name: str, kind: type[T]) -> T | None:
    """Return what was kept under a name, ``None`` where there is nothing."""
    found = connection.execute("SELECT data FROM columns WHERE name = ?", (name,)).fetchone()
    if found is None:
        return None
    with np.load(io.BytesIO(found[0]), allow_pickle=False) as arrays:
        made: T = _build(kind, "", dict(arrays))
    return made


def _flatten(value: Any, name: str, arrays: dict[str, NDArray[Any]]) -> None:
    if is_dataclass(value):
        for field in fields(value):
            _flatten(getattr(value, field.name), f"{name}.{field.name}", arrays)
    elif isinstance(value, tuple):
        arrays[f"{name}:text"] = np.frombuffer(json.dumps(value, ensure_ascii=False).encode(), np.uint8)
    elif value.dtype == object:  # bytes or None
        lengths = np.array([-1 if part is None else len(part) for part in value], np.int64)
        arrays[f"{name}:lengths"] = lengths
        arrays[f"{name}:bytes"] = np.frombuffer(
            b"".join(part for part in value if part is not None), np.uint8
        )
    else:
        arrays[name] = value


def _build(kind: Any, name: str, arrays: dict[str, NDArray[Any]]) -> Any:
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{f.name: _build(hints[f.name], f"{name}.{f.name}", arrays) for f in fields(kind)})  # type: ignore[operator]
    if f"{name}:text" in arrays:
        return tuple(json.loads(arrays[f"{name}:text"].tobytes()))
    if f"{name}:lengths" in arrays:
        return _parts(arrays[f"{name}:lengths"], arrays[f"{name}:bytes"].tobytes())
    array = arrays[name]
    array.flags.writeable = False
    return array


def _parts(lengths: NDArray[np.int64], whole: bytes) -> NDArray[np.object_]:
    parts = np.empty(len(lengths), dtype=object)
    ends = np.cumsum(np.maximum(lengths, 0))
    for row, (length, end) in enumerate(zip(lengths.tolist(), ends.tolist(), strict=True)):
        parts[row] = None if length < 0 else whole[end - length : end]
    return parts
