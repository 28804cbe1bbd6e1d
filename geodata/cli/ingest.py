"""``dateline ingest``: read files and folders into the store."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from geodata.cli.common import EXIT_FAILED, ProgressLine, add_command, complain, printable, store_path

if TYPE_CHECKING:
    from geodata.ingesting import IngestReport


def add(commands: Any) -> None:
    """Add the command."""
    parser = add_command(commands, "ingest", run, "read files and folders into the store; only what changed")
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders")
    parser.add_argument("--force", action="store_true", help="read everything again")


def run(asked: argparse.Namespace) -> int:
    """Read, and say what was read."""
    from geodata.ingesting import ingest
    from geodata.store import open_store

    progress = ProgressLine()
    path = store_path(asked)
    with open_store(path) as store:
        try:
            report = ingest(asked.paths, store, force=asked.force, progress=progress)
        finally:
            progress.end()
    for lost in report.missing:
        complain(f"{lost}: its file is no longer there; kept, and marked missing")
    print(f"{_words(report)} · {printable(str(path))} · {report.seconds:.1f} s", flush=True)
    return EXIT_FAILED if report.failed else 0


def _words(report: IngestReport) -> str:
    counts = (
        (len(report.read), "read"),
        (len(report.unchanged), "unchanged"),
        (len(report.missing), "missing"),
        (len(report.removed), "removed earlier, left out"),
        (len(report.failed), "failed"),
    )
    words = [f"{count} {what}" for count, what in counts if count] or ["no texts there"]
    projects = "1 project" if report.projects == 1 else f"{report.projects} projects"
    return f"{', '.join(words)} · {projects}"
