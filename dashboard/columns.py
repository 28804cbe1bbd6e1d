"""The column file: all projects of a store as the browser filters and draws them, fetched once a revision.

The file is gzipped. Inside: ``DLC1``, the length of the header (uint32, little-endian), the header (JSON), and the
arrays it lists, each beginning at a multiple of eight bytes after the header. Texts of documents are bytes in it,
never markup or script. Rows are projects in the store's order; row ``r`` is byte ``r`` of every mask.

The file's name holds a hash of its bytes, so that a browser may keep it for ever; one lies in the user's cache
folder for each store that was opened lately.
"""

from __future__ import annotations

import getpass
import gzip
import hashlib
import json
import os
import struct
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard import facets, marks
from geodata import boundaries
from geodata.errors import StoreError
from geodata.store import Store
from geodata.vocabulary import Vocabulary, load_vocabulary

FORMAT = 4
"""Raised whenever the file or what is put into it changes, so that no older cached file is served."""
MAGIC = b"DLC1"
KEPT = 8
"""Column files that stay in the cache; older ones go."""
CODES = {"uint8": "u8", "uint16": "u16", "uint32": "u32", "int16": "i16", "int32": "i32", "float32": "f32"}

FILLS = {
    "full": ("held", "operating", "completed"),
    "half": ("signed", "mou_signed", "under_construction", "delayed"),
    "barred": ("cancelled", "stalled"),
}
"""How a status fills its symbol; what is not named here is planned, and hollow."""


def cache_folder() -> Path:
    """Return the folder of column files: ``$DATELINE_CACHE`` or the user's cache folder."""
    base = os.environ.get("DATELINE_CACHE") or os.environ.get("XDG_CACHE_HOME")
    if base:
        root = Path(base)
    elif sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    else:
        root = Path.home() / ".cache"
    folder = root / "dateline" / "columns"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:  # no home to write to
        folder = Path(tempfile.gettempdir()) / f"dateline-{getpass.getuser()}" / "columns"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def fill_of(status: str) -> str:
    """Return how a status fills its symbol: full, half, hollow or barred."""
    return next((fill for fill, statuses in FILLS.items() if status in statuses), "hollow")


def encode(facts: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return the bytes of a column file, not yet gzipped."""
    entries, blobs, offset = [], [], 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array)
        raw = data.astype(data.dtype.newbyteorder("<"), copy=False).tobytes()
        entries.append([name, CODES[data.dtype.name], offset, len(data)])
        padding = -len(raw) % 8
        blobs.append(raw + bytes(padding))
        offset += len(raw) + padding
    header = json.dumps(
        {"facts": facts, "arrays": entries}, ensure_ascii=False, separators=(",", ":")
    ).encode()
    head = MAGIC + struct.pack("<I", len(header)) + header
    return head + bytes(-len(head) % 8) + b"".join(blobs)


def decode(data: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Read a column file back; the twin of ``decodeColumns`` in the map's scripts."""
    if data[:4] != MAGIC:
        raise ValueError("not a column file")
    (size,) = struct.unpack_from("<I", data, 4)
    header = json.loads(data[8 : 8 + size])
    base = (8 + size + 7) & ~7
    kinds = {code: np.dtype(name).newbyteorder("<") for name, code in CODES.items()}
    arrays = {
        name: np.frombuffer(data, kinds[code], length, base + offset)
        for name, code, offset, length in header["arrays"]
    }
    return header["facts"], arrays


def build(store: Store, vocabulary: Vocabulary) -> bytes:
    """Return the column file of a store."""
    columns = facets.build(store.project_columns(), vocabulary)
    drawn = marks.build(store)
    arrays: dict[str, NDArray[Any]] = {
        "group": columns.type_group[columns.type]
        if len(columns.type_group)
        else columns.type.astype(np.uint8),
        "type": columns.type,
        "status": columns.status,
        "confidence": columns.confidence,
        "precision": columns.precision.astype(np.uint8),
        "disagree": columns.disagree.astype(np.uint8),
        "located": columns.located.astype(np.uint8),
        "first": columns.first,
        "last": columns.last,
        "bounds": columns.bounds.astype(np.float32).ravel(),
        **_texts("idText", columns.ids),
        **_texts("titleText", columns.titles),
    }
    lists = {name: getattr(columns, name) for name in ("actors", "countries", "documents", "places")}
    for name, many in lists.items():
        arrays[f"{name}.start"] = many.start.astype(np.uint32)
        arrays[f"{name}.value"] = many.value.astype(np.uint32)
        arrays[f"{name}.role"] = many.role.astype(np.uint8)
    arrays.update(drawn.arrays)
    facts = {
        "rows": len(columns),
        "revision": store.revision,
        "types": [_type(vocabulary, id) for id in columns.types],
        "groups": [_group(vocabulary, id) for id in columns.groups],
        "statuses": [
            {"id": s, "label": _status_label(vocabulary, s), "fill": fill_of(s)} for s in columns.statuses
        ],
        "countryCodes": drawn.country_codes,
        "areas": [
            {"id": a.id, "states": {v.id: a.state_in(v.id) for v in boundaries.views()}}
            for a in boundaries.areas()
        ],
        **{name: {"names": many.names, "roles": many.roles} for name, many in lists.items()},
    }
    return encode(facts, arrays)


def _type(vocabulary: Vocabulary, id: str) -> dict[str, Any]:
    known = vocabulary.types.get(id)
    dash = list(known.dash) if known is not None and known.dash else None
    return {"id": id, "label": vocabulary.label(id), "group": vocabulary.group_of(id).id, "dash": dash}


def _group(vocabulary: Vocabulary, id: str) -> dict[str, str]:
    g = vocabulary.groups[id]
    return {"id": g.id, "label": g.label, "colour": g.colour, "colour_dark": g.colour_dark, "shape": g.shape}


def _status_label(vocabulary: Vocabulary, id: str) -> str:
    known = vocabulary.statuses.get(id)
    return known.label if known is not None else "no status"


def _texts(name: str, texts: Iterable[str]) -> dict[str, NDArray[Any]]:
    encoded = [text.encode("utf-8", "replace") for text in texts]
    start = np.zeros(len(encoded) + 1, np.uint32)
    np.cumsum([len(text) for text in encoded], out=start[1:])
    return {f"{name}.start": start, f"{name}.bytes": np.frombuffer(b"".join(encoded), np.uint8)}


def column_file(store: Store, vocabulary: Vocabulary | None = None) -> Path:
    """Return the column file of the store's present revision, made where the cache does not hold it yet."""
    vocabulary = vocabulary or load_vocabulary()
    folder = cache_folder()
    note = folder / f"{_fingerprint(store, vocabulary)}.txt"
    if note.exists():
        path = folder / note.read_text().strip()
        if path.exists():
            os.utime(path)
            return path
    packed = gzip.compress(build(store, vocabulary), 1, mtime=0)
    path = folder / f"{hashlib.sha256(packed).hexdigest()[:24]}.bin.gz"
    write_whole(path, packed)
    write_whole(note, path.name.encode())
    _sweep(folder)
    return path


def columns_url(store: Store) -> str:
    """Return where the map's frame fetches the columns of a store, relative to the frame."""
    return f"../dashboard.mapview.columns/{column_file(store).name}"


def _fingerprint(store: Store, vocabulary: Vocabulary) -> str:
    """Return what the file depends on: the store and its revision, the vocabulary, the format."""
    stat = Path(store.path).stat()
    parts = (
        FORMAT,
        str(Path(store.path).resolve()),
        stat.st_ino,
        store.revision,
        sorted((t.id, t.label, t.group, t.dash) for t in vocabulary.types.values()),
        sorted((g.id, g.colour, g.colour_dark, g.shape) for g in vocabulary.groups.values()),
        [repr(a) for a in boundaries.areas()],
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all.

    Raises
    ------
    StoreError
        Where the disk does not take it.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise StoreError(
            f"{path.parent}: the map's file cannot be kept here ({error.strerror or error}). Make room, or set "
            "DATELINE_CACHE to a folder that can be written."
        ) from error


def _sweep(folder: Path) -> None:
    """Remove the column files that were not used for longest."""
    files = sorted(folder.glob("*.bin.gz"), key=lambda p: p.stat().st_mtime, reverse=True)
    for path in files[KEPT:]:
        path.unlink(missing_ok=True)
    kept = {path.name for path in files[:KEPT]}
    for note in folder.glob("*.txt"):
        if note.read_text().strip() not in kept:
            note.unlink(missing_ok=True)
