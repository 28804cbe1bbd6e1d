"""What the commands share: where the store is, how errors and progress are printed."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.errors import StoreError

if TYPE_CHECKING:
    from geodata.ingesting import Progress
    from geodata.store import Store

EXIT_FAILED = 1
EXIT_USAGE = 2
_PLAIN_SECONDS = 1.0
"""Without a terminal, progress is at most a line in this time."""


def default_store() -> Path:
    """Return the workspace: ``$DATELINE_STORE``, or the one under the user's data folder."""
    named = os.environ.get("DATELINE_STORE")
    if named:
        return Path(named)
    if sys.platform == "win32":
        home = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        home = Path.home() / "Library" / "Application Support"
    else:
        home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return home / "dateline" / "workspace.gpkg"


def add_command(commands: Any, name: str, run: Any, help: str) -> argparse.ArgumentParser:
    """Add a command with ``--store``, which every command takes."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help)
    parser.add_argument(
        "--store",
        type=Path,
        metavar="PATH",
        help="the workspace (default: $DATELINE_STORE, or the one under the user's data folder)",
    )
    parser.set_defaults(run=run)
    return parser


def store_path(asked: argparse.Namespace) -> Path:
    """Return the store that a command is about; types of one's own stand in a file beside it."""
    if asked.store is not None:
        os.environ["DATELINE_STORE"] = str(asked.store)
    return default_store()


def open_finished(path: Path) -> Store:
    """Open a store to read its projects, after finishing what a run that was cut off left undone."""
    from geodata import versions
    from geodata.store import OlderStore, open_store

    with contextlib.suppress(OlderStore):
        store = open_store(path, read_only=True)
        if not store.needs_merge(versions.merger()):
            return store
        store.close()
    from geodata.ingesting import finish

    try:
        with open_store(path) as writable:
            finish(writable)
    except StoreError as error:
        complain(f"{error} The projects are those of an earlier state.")
    return open_store(path, read_only=True)


def printable(text: str) -> str:
    """Return text that a terminal shows and never obeys: no control or direction characters, one line."""
    return "".join(
        " " if c in "\t\n\r" else "�" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in text
    )


def complain(line: str) -> None:
    """Print one line to standard error."""
    print(printable(line), file=sys.stderr, flush=True)


class ProgressLine:
    """Progress on one line of a terminal that is written over, or as plain lines at most one a second."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._told = 0.0
        self._terminal = sys.stdout.isatty()

    def __call__(self, progress: Progress) -> None:
        """Show how far it is, and print a failure at once."""
        if progress.failure:
            self._clear()
            complain(f"{progress.file}: {progress.failure}")
        now = time.monotonic()
        last = progress.done == progress.total
        if not (self._terminal or last or now - self._told >= _PLAIN_SECONDS):
            return
        self._told = now
        line = self._words(progress, now - self._begun)
        if self._terminal:
            width = os.get_terminal_size(sys.stdout.fileno()).columns
            print(f"\r\x1b[K{line[: width - 1]}", end="", flush=True)
        else:
            print(line, flush=True)

    def end(self) -> None:
        """Leave the line that was written over."""
        self._clear()

    def _clear(self) -> None:
        if self._terminal:
            print("\r\x1b[K", end="", flush=True)

    @staticmethod
    def _words(progress: Progress, seconds: float) -> str:
        if progress.step == "merging":
            return "merging what the texts tell"
        if progress.step == "waiting":
            return "waiting for another program that reads texts into this store"
        rate = progress.done / max(seconds, 1e-9)
        left = (progress.total - progress.done) / rate if rate else 0.0
        words = [f"{progress.done} of {progress.total} texts", f"{rate:.1f} a second"]
        if progress.done < progress.total:
            words.append(f"{_span(left)} left")
        words.append(printable(Path(progress.file).name))
        return " · ".join(words)


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
