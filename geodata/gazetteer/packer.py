"""Writing a gazetteer file: columns gathered place by place, so that even all of GeoNames fits in memory."""

from __future__ import annotations

import json
import os
import struct
import zipfile
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from geodata.gazetteer.folding import digest
from geodata.gazetteer.pack import FORMAT, KINDS, SCALE, Pack
from geodata.records import Place

_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
_CODED = ("space", "feature", "country", "admin1", "admin2", "source")
_MOST = 2**32 - 1
ALIGNED, LOCAL_HEADER, ZIPALIGN = 64, 30, 0xD935
"""Bytes that columns are aligned to; bytes of a zip member's header; the mark of padding in one."""


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


class Packer:
    """Gathers places; of those that share an id the last one counts."""

    def __init__(self) -> None:
        self._ids = array("Q")
        self._numbers, self._populations = array("Q"), array("Q")
        self._lats, self._lons = array("l"), array("l")
        self._weights = array("d")
        self._texts: dict[str, tuple[bytearray, array[int]]] = {
            name: (bytearray(), array("Q", [0])) for name in ("key", "name")
        }
        self._codes = {name: array("L") for name in _CODED}
        self._values: dict[str, dict[str, int]] = {name: {} for name in _CODED}
        self._details: dict[int, dict[str, Any]] = {}
        self._outlines: dict[int, bytes] = {}
        self._hashes, self._owners, self._kinds = array("Q"), array("Q"), array("B")

    def add(self, draft: Draft) -> None:
        """Add a place with its names."""
        row = self._add_place(draft.place, draft.weight)
        if draft.outline:
            self._outlines[row] = draft.outline
        for key, kind in draft.names:
            self._add_name(digest(key), row, _RANK[kind])

    def extend(self, pack: Pack) -> None:
        """Add all that an earlier file holds."""
        outlines = pack.outlines()
        for number, names in enumerate(pack.names_by_row()):
            row = self._add_place(pack.place(number), pack.weight(number))
            if number in outlines:
                self._outlines[row] = outlines[number]
            for hashed, rank in names:
                self._add_name(hashed, row, rank)

    def _add_name(self, hashed: int, row: int, rank: int) -> None:
        self._hashes.append(hashed)
        self._owners.append(row)
        self._kinds.append(rank)

    def _add_place(self, place: Place, weight: float) -> int:
        row = len(self._ids)
        space, _, key = place.id.partition(":")
        named = space == "geonames"
        self._ids.append(digest(place.id))
        self._numbers.append(int(key) if named else 0)
        self._populations.append(min(max(place.population, 0), _MOST))
        self._lats.append(round(place.lat * SCALE))
        self._lons.append(round(place.lon * SCALE))
        self._weights.append(weight)
        for column, text in (("key", "" if named else key), ("name", place.name)):
            data, ends = self._texts[column]
            data += text.encode("utf-8", "replace")
            ends.append(len(data))
        feature = f"{place.feature_class}.{place.feature_code}"
        values = (space, feature, place.country, place.admin1, place.admin2, place.source)
        for column, value in zip(_CODED, values, strict=True):
            known = self._values[column]
            self._codes[column].append(known.setdefault(value, len(known)))
        if details := _details(place):
            self._details[row] = details
        return row

    def write(self, path: Path, meta: dict[str, Any], *, compress: bool) -> int:
        """Write the file; it takes the place of an old one only when it is whole. Returns how many places.

        ``compress`` is for shipping; without it the file can be mapped instead of read.
        """
        order = self._order()
        new = np.full(len(self._ids), -1, dtype=np.int64)
        new[order] = np.arange(len(order))
        details = {str(new[row]): d for row, d in self._details.items() if new[row] >= 0}
        tables = {
            "places": self._places(order),
            "names": self._names(new, delta=compress),
            "outlines": self._outline_table(new),
        }
        head = {**meta, "format": FORMAT, "delta": compress}
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
                _member(archive, "meta.json", json.dumps(head, sort_keys=True).encode())
                _member(archive, "details.json", json.dumps(details, sort_keys=True).encode())
                for name, table in tables.items():
                    _member(archive, f"{name}.arrow", _ipc(table, "zstd" if compress else None))
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return len(order)

    def _order(self) -> npt.NDArray[np.int64]:
        """Return the rows that count, the most important first, the same whatever order they came in."""
        ids = np.frombuffer(self._ids, dtype=np.uint64)
        backwards = ids[::-1]
        last = len(ids) - 1 - np.unique(backwards, return_index=True)[1]
        weights = np.frombuffer(self._weights, dtype=np.float64)[last]
        return last[np.lexsort((ids[last], -weights))].astype(np.int64)

    def _places(self, order: npt.NDArray[np.int64]) -> pa.Table:
        def column(values: array[Any], dtype: Any) -> Any:
            return pa.array(np.array(values)[order].astype(dtype))

        columns: dict[str, Any] = {
            "number": column(self._numbers, np.uint32),
            "lat": column(self._lats, np.int32),
            "lon": column(self._lons, np.int32),
            "population": column(self._populations, np.uint32),
            "weight": column(self._weights, np.float32),
        }
        for name, (data, ends) in self._texts.items():
            offsets = pa.py_buffer(np.array(ends, dtype=np.int64))
            texts = pa.LargeStringArray.from_buffers(len(ends) - 1, offsets, pa.py_buffer(bytes(data)))
            columns[name] = texts.take(pa.array(order))
        for name, codes in self._codes.items():
            values = pa.array(list(self._values[name]), pa.large_string())
            indices = pa.array(np.array(codes)[order].astype(np.int32))
            columns[name] = pa.DictionaryArray.from_arrays(indices, values)
        return pa.table(columns)

    def _names(self, new: npt.NDArray[np.int64], *, delta: bool) -> pa.Table:
        hashes, owners, kinds = np.array(self._hashes), new[np.array(self._owners)], np.array(self._kinds)
        order = np.lexsort((owners, kinds, hashes))
        order = order[owners[order] >= 0]
        hashes, owners, kinds = hashes[order], owners[order], kinds[order]
        # Of a name that a place has in several ways the best one counts: the first, as sorted.
        _, first = np.unique(np.column_stack([hashes, owners.astype(np.uint64)]), axis=0, return_index=True)
        keep = np.sort(first)
        hashes, owners, kinds = hashes[keep], owners[keep], kinds[keep]
        if delta:
            hashes = np.diff(hashes, prepend=np.uint64(0))
        return pa.table({"hash": hashes.astype(np.uint64), "row": owners.astype(np.uint32), "kind": kinds})

    def _outline_table(self, new: npt.NDArray[np.int64]) -> pa.Table:
        kept = sorted((int(new[row]), outline) for row, outline in self._outlines.items() if new[row] >= 0)
        return pa.table(
            {
                "row": pa.array([row for row, _ in kept], pa.uint32()),
                "wkb": pa.array([outline for _, outline in kept], pa.large_binary()),
            }
        )


def write_pack(path: Path, drafts: Iterable[Draft], meta: dict[str, Any], *, compress: bool) -> int:
    """Write a gazetteer of these places; returns how many."""
    packer = Packer()
    for draft in drafts:
        packer.add(draft)
    return packer.write(path, meta, compress=compress)


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


def _member(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a member with a fixed date, so that the same places make the same file.

    What is to be mapped starts at a multiple of `ALIGNED` bytes: padding in the header's extra field, as zipalign does.
    """
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    if name.endswith(".json"):
        info.compress_type = zipfile.ZIP_DEFLATED
    else:
        place = archive.start_dir + LOCAL_HEADER + len(name) + 4
        padding = -place % ALIGNED
        info.extra = struct.pack("<HH", ZIPALIGN, padding) + bytes(padding)
    archive.writestr(info, data)


def _ipc(table: pa.Table, codec: str | None) -> bytes:
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression=pa.Codec(codec, 19) if codec else None)
    with pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())
