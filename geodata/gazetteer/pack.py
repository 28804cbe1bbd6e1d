"""The gazetteer's file: columns of places and of name keys in one zip, written once, read at once.

A member is an Arrow table. The shipped file is compressed and read into memory; a user's own additions are written
without compression and mapped, so that even all of GeoNames costs little memory. Rows stand in order of importance,
so a row's number breaks ties.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from geodata.errors import GazetteerError
from geodata.gazetteer.folding import digest
from geodata.records import Place

FORMAT = 1
"""Raised when the columns change; another one is refused."""
SCALE = 100_000
"""Coordinates are kept as whole hundred-thousandths of a degree: about a metre."""
KINDS = ("exact", "abbreviation", "folded", "alternate", "demonym", "historical", "stripped", "spelling")
"""How a name matched, best first."""


@dataclass(slots=True)
class Draft:
    """A place on its way into a gazetteer, with all its names."""

    place: Place
    names: list[tuple[str, str]] = field(default_factory=list)
    """``(key, kind)``: keys as `folding` makes them, kinds as in `KINDS`."""
    weight: float = 0.0
    """Orders places of one name; the population where there is one."""
    outline: bytes = b""
    """WKB."""


def write_pack(path: Path, drafts: Iterable[Draft], meta: dict[str, Any], *, compress: bool) -> None:
    """Write a gazetteer; it takes the place of an old one only when it is whole."""
    rows = sorted(drafts, key=lambda d: (-d.weight, d.place.id))
    part = path.with_name(path.name + ".part")
    codec = "zstd" if compress else None
    members = {
        "places": _places_table(rows),
        "names": _names_table(rows, delta=compress),
        "outlines": _outlines_table(rows),
    }
    details = {str(i): d for i, row in enumerate(rows) if (d := _details(row.place))}
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            _member(archive, "meta.json", json.dumps({"format": FORMAT, **meta}, sort_keys=True).encode())
            _member(archive, "details.json", json.dumps(details, sort_keys=True).encode())
            for name, table in members.items():
                _member(archive, f"{name}.arrow", _ipc(table, codec))
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _member(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a member with a fixed date, so that the same places make the same file."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    if name.endswith(".json"):
        info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def _ipc(table: pa.Table, codec: str | None) -> bytes:
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression=pa.Codec(codec, 19) if codec else None)
    with pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_table(table.combine_chunks())
    return bytes(sink.getvalue())


def _details(place: Place) -> dict[str, Any]:
    """Return the fields that few places have."""
    found: dict[str, Any] = {}
    if place.bbox:
        found["bbox"] = [round(v, 3) for v in place.bbox]
    if place.administered_by:
        found["administered_by"] = place.administered_by
    if place.claimed_by:
        found["claimed_by"] = list(place.claimed_by)
    return found


def _places_table(rows: Sequence[Draft]) -> pa.Table:
    places = [row.place for row in rows]
    spaces, keys = zip(*(p.id.split(":", 1) for p in places), strict=True) if places else ((), ())
    numbers = [int(k) if s == "geonames" else 0 for s, k in zip(spaces, keys, strict=True)]
    texts = ["" if s == "geonames" else k for s, k in zip(spaces, keys, strict=True)]
    coded: dict[str, list[str]] = {
        "space": list(spaces),
        "feature": [f"{p.feature_class}.{p.feature_code}" for p in places],
        "country": [p.country for p in places],
        "admin1": [p.admin1 for p in places],
        "admin2": [p.admin2 for p in places],
        "source": [p.source for p in places],
    }
    columns: dict[str, Any] = {
        "number": pa.array(numbers, pa.uint32()),
        "key": pa.array(texts, pa.large_string()),
        "name": pa.array([p.name for p in places], pa.large_string()),
        "lat": pa.array([round(p.lat * SCALE) for p in places], pa.int32()),
        "lon": pa.array([round(p.lon * SCALE) for p in places], pa.int32()),
        "population": pa.array([min(p.population, 2**32 - 1) for p in places], pa.uint32()),
    }
    for name, values in coded.items():
        columns[name] = pa.array(values, pa.large_string()).dictionary_encode()
    return pa.table(columns)


def _names_table(rows: Sequence[Draft], *, delta: bool) -> pa.Table:
    rank = {kind: i for i, kind in enumerate(KINDS)}
    best: dict[tuple[int, int], int] = {}
    for i, row in enumerate(rows):
        for key, kind in row.names:
            pair = (digest(key), i)
            best[pair] = min(best.get(pair, len(KINDS)), rank[kind])
    pairs = np.array(list(best), dtype=np.uint64).reshape(-1, 2)
    kinds = np.fromiter(best.values(), dtype=np.uint8, count=len(best))
    order = np.lexsort((pairs[:, 1], kinds, pairs[:, 0]))
    hashes = pairs[order, 0]
    if delta:
        hashes = np.diff(hashes, prepend=np.uint64(0))
    return pa.table({"hash": hashes, "row": pairs[order, 1].astype(np.uint32), "kind": kinds[order]})


def _outlines_table(rows: Sequence[Draft]) -> pa.Table:
    with_outline = [(i, row.outline) for i, row in enumerate(rows) if row.outline]
    return pa.table(
        {
            "row": pa.array([i for i, _ in with_outline], pa.uint32()),
            "wkb": pa.array([o for _, o in with_outline], pa.large_binary()),
        }
    )


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
        at = _bisect(self._hash_view, wanted)
        found = []
        while at < len(self._hash_view) and self._hash_view[at] == wanted:
            found.append((self._kinds[at], self._rows[at]))
            at += 1
        return found

    def has(self, key: str) -> bool:
        """Tell whether any place has a name key."""
        wanted = digest(key)
        at = _bisect(self._hash_view, wanted)
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
        at = int(np.searchsorted(numbers, number))
        return int(order[at]) if number and at < len(numbers) and numbers[at] == number else None

    def outlines(self) -> dict[int, bytes]:
        """Return the outlines of the file as WKB by row."""
        rows = self._outline_table["row"].to_pylist()
        return dict(zip(rows, self._outline_table["wkb"].to_pylist(), strict=True))

    def coordinates(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return latitudes and longitudes of all rows, degrees."""
        lat, lon = (np.asarray(self._columns[c]).astype(np.float64) / SCALE for c in ("lat", "lon"))
        return lat, lon


def _bisect(values: memoryview, wanted: int) -> int:
    """Return where a number stands or would stand; on a view, for numpy's own search costs more for one."""
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) >> 1
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


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
