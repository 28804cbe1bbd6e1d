"""Which files a run reads: those named, and those of the folders named that have a suffix we read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from geodata.documents.detect import READ_SUFFIXES


def iter_paths(paths: Iterable[Path | str]) -> Iterator[Path]:
    """Yield the files to read, each once, folders in the order of their names.

    A file that is named is yielded whatever it is called, also where it does not exist: reading it says why not.
    Of a folder come the files with a suffix that we read, of its subfolders too; hidden ones, and Office's lock
    files (``~$…``), are left out. Links to folders are not followed, so that no circle can arise.
    """
    seen: set[str] = set()
    for path in map(Path, paths):
        for file in _walk(path) if path.is_dir() else (path,):
            key = os.path.realpath(file)
            if key not in seen:
                seen.add(key)
                yield file


def _walk(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() in READ_SUFFIXES:
                yield Path(here) / name
