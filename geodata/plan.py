"""What an ingest has to do: which files are new or changed, which moved, which vanished.

Compares files with what a store knows of them, by content; reads no text.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geodata.documents import iter_paths
from geodata.store import Source, Store

UPLOADED = "upload:"
"""Begins the source of a text that came through the browser; its file is nowhere to vanish from."""


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read, and the id that its document shall have."""

    path: Path
    id: str
    source: str


@dataclass(slots=True)
class Plan:
    """What to do, in order."""

    tasks: list[Task] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    """Ids of documents whose file is as it was read."""
    moved: dict[str, str] = field(default_factory=dict)
    """Id → where its file now lies."""
    missing: list[str] = field(default_factory=list)
    """Ids of documents whose file is no longer where it was."""
    removed: list[str] = field(default_factory=list)
    """Ids of documents that a person removed, and whose folder is read again: they stay removed."""
    restored: list[str] = field(default_factory=list)
    """Ids of removed documents that are now asked for by name: they come back."""


def make_plan(
    paths: Sequence[Path | str], store: Store, extractor: str, *, force: bool = False, uploaded: bool = False
) -> Plan:
    """Compare files and folders with a store.

    Parameters
    ----------
    paths
        Files and folders. Of a folder, texts that the store knows and that are no longer there count as missing.
    store
        What was read before.
    extractor
        Version of what reads now; texts read by another are read again.
    force
        Read everything again.
    uploaded
        The files are copies of what came through the browser: known by their name, not by where they lie.
    """
    plan = Plan()
    sources = store.sources()
    known = {source.source: source for source in sources if source.source}
    by_content = {source.sha256: source for source in reversed(sources)}
    named = {os.path.realpath(path) for path in map(Path, paths) if not path.is_dir()}
    taken = {source.id for source in sources}
    seen: set[str] = set()
    for path in iter_paths(paths):
        where = plain(f"{UPLOADED}{path.name}" if uploaded else os.path.realpath(path))
        seen.add(where)
        sha256 = file_hash(path)
        source = known.get(where) or _moved(by_content.get(sha256), plan)
        if source is None:
            id_ = unique_id(plain(path.stem), taken)
            taken.add(id_)
            plan.tasks.append(Task(path, id_, where))
            continue
        if source.removed:
            by_name = uploaded or os.path.realpath(path) in named
            (plan.restored if by_name else plan.removed).append(source.id)
            if not by_name:
                continue
        if source.source != where or source.missing:
            plan.moved[source.id] = where
        if force or sha256 != source.sha256 or source.extractor != extractor:
            plan.tasks.append(Task(path, source.id, where))
        else:
            plan.unchanged.append(source.id)
    plan.missing = _missing(known.values(), paths, seen, plan)
    return plan


def _moved(source: Source | None, plan: Plan) -> Source | None:
    """Return the document that a file of unknown place was before, where its old place is empty."""
    moved = source is not None and source.sha256 and source.id not in plan.moved and _gone(source)
    return source if moved else None


def _gone(source: Source) -> bool:
    return not source.source.startswith(UPLOADED) and not os.path.exists(source.source)


def _missing(sources: Iterable[Source], paths: Sequence[Path | str], seen: set[str], plan: Plan) -> list[str]:
    """Return ids of documents that lay in one of the folders, or were one of the files, and are gone."""
    asked = [plain(os.path.realpath(path)) for path in paths]
    lost = []
    for source in sources:
        inside = any(source.source == top or source.source.startswith(top + os.sep) for top in asked)
        known = source.missing or source.source in seen or source.id in plan.moved
        if inside and not known and _gone(source):
            lost.append(source.id)
    return sorted(lost)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes; ``""`` where it cannot be read, which reading it then explains."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def plain(name: str) -> str:
    """Return a file's name as text: bytes that are none, and control characters, become U+FFFD."""
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cs") else c for c in name)


def unique_id(stem: str, taken: set[str]) -> str:
    """Return the file stem, or the stem with a number where another text has it."""
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
