"""Reading a gazetteer file: columns of places and of name keys in one zip (`packer` writes it).

A member is an Arrow table. The shipped file is compressed and read into memory; a user's own additions are written
without compression and mapped, so that even all of GeoNames costs little memory. Rows stand in order of importance,
so a row's number breaks ties.
"""

from __future__ import annotations

import json
import zipfile
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from geodata.errors import GazetteerError
from geodata.gazetteer.folding import digest
from geodata.records import Place

FORMAT = 2
"""Raised when the columns change; another one is refused."""
SCALE = 100_000
"""Coordinates are kept as whole hundred-thousandths of a degree: about a metre."""
KINDS = ("exact", "abbreviation", "folded", "alternate", "demonym", "historical", "stripped", "spelling")
"""How a name matched, best first."""


class Pack:
    """One gazetteer file, opened: name key → rows, row → place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._open(path)
        except (OSError, KeyError, ValueError, zipfile.BadZipFile, pa.ArrowException) as error:
            message = f"{path.name}: not a sound gazetteer file ({error}); build or add it again"
            raise GazetteerError(message) from error

    def _open(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.meta: dict[str, Any] = json.loads(archive.read("meta.json"))
            if self.meta.get("format") != FORMAT:
                raise ValueError(f"format {self.meta.get('format')}, this version reads {FORMAT}")
            self._details: dict[str, dict[str, Any]] = json.loads(archive.read("details.json"))
            offsets = {info.filename: _data_offset(path, info) for info in archive.infolist()}
        mapped = pa.memory_map(str(path))
        names = _read(mapped, offsets["names.arrow"])
        hashes = names["hash"].to_numpy()
        self._hashes = np.cumsum(hashes, dtype=np.uint64) if self.meta.get("delta") else hashes
        self._hash_view = memoryview(self._hashes)
        self._rows = memoryview(names["row"].to_numpy())
        self._kinds = memoryview(names["kind"].to_numpy())
        places = _read(mapped, offsets["places.arrow"])
        self._columns = {name: _column(places[name]) for name in places.column_names}
        self._outline_table = _read(mapped, offsets["outlines.arrow"])
        self.size = places.num_rows
        self._by_number: tuple[npt.NDArray[Any], npt.NDArray[Any]] | None = None
        self._by_key: dict[tuple[str, str], int] | None = None

    def find(self, key: str) -> list[tuple[int, int]]:
        """Return ``(kind rank, row)`` of all places with a name key, best first."""
        wanted = digest(key)
        at = bisect_left(self._hash_view, wanted)
        found = []
        while at < len(self._hash_view) and self._hash_view[at] == wanted:
            found.append((self._kinds[at], self._rows[at]))
            at += 1
        return found

    def has(self, key: str) -> bool:
        """Tell whether any place has a name key."""
        wanted = digest(key)
        at = bisect_left(self._hash_view, wanted)
        return at < len(self._hash_view) and self._hash_view[at] == wanted

    def place(self, row: int) -> Place:
        """Return the record of a row."""
        c = self._columns
        space = c["space"][row]
        feature_class, feature_code = c["feature"][row].split(".", 1)
        details = self._details.get(str(row), {})
        return Place(
            id=f"{space}:{c['number'][row] if space == 'geonames' else c['key'][row]}",
            name=c["name"][row],
            lat=c["lat"][row] / SCALE,
            lon=c["lon"][row] / SCALE,
            feature_class=feature_class,
            feature_code=feature_code,
            country=c["country"][row],
            admin1=c["admin1"][row],
            admin2=c["admin2"][row],
            population=c["population"][row],
            bbox=tuple(details["bbox"]) if "bbox" in details else None,
            administered_by=details.get("administered_by", ""),
            claimed_by=tuple(details.get("claimed_by", ())),
            source=c["source"][row],
        )

    def row(self, place_id: str) -> int | None:
        """Return the row of a place id, ``None`` if it is not in this file."""
        space, _, key = place_id.partition(":")
        if space == "geonames" and key.isdecimal():
            return self._row_of_number(int(key))
        if self._by_key is None:
            keys, spaces = self._columns["key"], self._columns["space"]
            self._by_key = {(spaces[i], keys[i]): i for i in range(self.size) if keys[i]}
        return self._by_key.get((space, key))

    def _row_of_number(self, number: int) -> int | None:
        if self._by_number is None:
            numbers = np.asarray(self._columns["number"])
            order = np.argsort(numbers, kind="stable")
            self._by_number = numbers[order], order
        numbers, order = self._by_number
        at = int(np.searchsorted(numbers, numbers.dtype.type(number)))  # another type would copy all of them
        return int(order[at]) if number and at < len(numbers) and numbers[at] == number else None

    def weight(self, row: int) -> float:
        """Return what orders a place among its namesakes."""
        return float(self._columns["weight"][row])

    def names_by_row(self) -> Iterator[list[tuple[int, int]]]:
        """Yield the hashed names of every row in turn, each with its kind's rank."""
        owners = np.asarray(self._rows)
        order = np.argsort(owners, kind="stable")
        ends = np.searchsorted(owners[order], np.arange(self.size + 1))
        for row in range(self.size):
            yield [(self._hash_view[i], self._kinds[i]) for i in order[ends[row] : ends[row + 1]].tolist()]

    def outlines(self) -> dict[int, bytes]:
        """Return the outlines of the file as WKB by row."""
        rows = self._outline_table["row"].to_pylist()
        return dict(zip(rows, self._outline_table["wkb"].to_pylist(), strict=True))

    def coordinates(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return latitudes and longitudes of all rows, degrees."""
        lat, lon = (np.asarray(self._columns[c]).astype(np.float64) / SCALE for c in ("lat", "lon"))
        return lat, lon


class _Texts:
    """A string column that decodes only what is asked for."""

    def __init__(self, array: Any) -> None:
        _, offsets, data = array.buffers()
        self._offsets = memoryview(np.frombuffer(offsets, dtype=np.int64)[array.offset :])
        self._data = memoryview(data) if data is not None else memoryview(b"")
        self._length = len(array)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, row: int) -> str:
        return str(self._data[self._offsets[row] : self._offsets[row + 1]], "utf-8")


class _Coded:
    """A string column of few different values."""

    def __init__(self, array: Any) -> None:
        self._values = array.dictionary.to_pylist()
        self._codes = memoryview(array.indices.to_numpy())

    def __len__(self) -> int:
        return len(self._codes)

    def __getitem__(self, row: int) -> str:
        return str(self._values[self._codes[row]])


def _column(column: Any) -> Any:
    array = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if pa.types.is_dictionary(array.type):
        return _Coded(array)
    if pa.types.is_large_string(array.type):
        return _Texts(array)
    return memoryview(array.to_numpy())


def _data_offset(path: Path, info: zipfile.ZipInfo) -> tuple[int, int]:
    """Return where a stored member's bytes stand in the file: its local header is 30 bytes and two strings long."""
    with path.open("rb") as file:
        file.seek(info.header_offset + 26)
        name, extra = (int.from_bytes(file.read(2), "little") for _ in range(2))
    return info.header_offset + 30 + name + extra, info.file_size


def _read(mapped: Any, span: tuple[int, int]) -> pa.Table:
    start, size = span
    mapped.seek(start)
    return pa.ipc.open_file(pa.BufferReader(mapped.read_buffer(size))).read_all()
