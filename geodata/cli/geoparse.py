"""``dateline geoparse``: print the places of texts; touches no store."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.cli.common import EXIT_FAILED, EXIT_USAGE, add_command, complain, printable
from geodata.errors import UnreadableFile

if TYPE_CHECKING:
    from geodata.records import Toponym


def add(commands: Any) -> None:
    """Add the command."""
    parser = add_command(commands, "geoparse", run, "print the places of texts; touches no store")
    parser.add_argument("files", nargs="*", metavar="FILE", help="texts; standard input without any")
    parser.add_argument(
        "--jsonl",
        metavar="IN.jsonl",
        help='one object a line: {"id", "text"[, "toponyms": [{"start", "end"}]]}',
    )
    parser.add_argument("--spans", action="store_true", help="with --jsonl: resolve exactly the spans given")


def run(asked: argparse.Namespace) -> int:
    """Print, for people or as JSON lines."""
    if asked.spans and not asked.jsonl:
        complain("geoparse: --spans goes with --jsonl")
        return EXIT_USAGE
    if asked.jsonl and asked.files:
        complain("geoparse: either --jsonl or files, not both")
        return EXIT_USAGE
    return _json_lines(asked.jsonl, asked.spans) if asked.jsonl else _files(asked.files)


def _json_lines(name: str, spans: bool) -> int:
    from geodata.geoparsing import geoparse_records

    failed = False

    def good_lines() -> Iterator[str]:
        nonlocal failed
        with sys.stdin.buffer if name == "-" else Path(name).open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    if line.strip():
                        _check(json.loads(line), spans)
                        yield line.decode()
                except (ValueError, RecursionError) as error:
                    complain(f"{name}: line {number}: {error}")
                    failed = True

    try:
        for found in geoparse_records(good_lines(), spans):
            print(json.dumps(found, ensure_ascii=False))
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        complain(f"{name}: {error.strerror}")
        return EXIT_FAILED
    return EXIT_FAILED if failed else 0


def _check(row: Any, spans: bool) -> None:
    """Raise ValueError where a row lacks what is needed."""
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
        raise ValueError('needs "id" and "text"')
    if spans:
        if not isinstance(row.get("toponyms"), list):
            raise ValueError('needs "toponyms" with --spans')
        for span in row["toponyms"]:
            start, end = (span.get(key) if isinstance(span, dict) else None for key in ("start", "end"))
            if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(row["text"])):
                raise ValueError('"start" and "end" of a toponym must be characters of the text')


def _files(names: list[str]) -> int:
    from geodata.documents import close_children, read_in_child
    from geodata.geoparsing import geoparse

    failed = False
    for name in names or [""]:
        try:
            text = read_in_child(name).text if name else sys.stdin.buffer.read().decode("utf-8", "replace")
        except UnreadableFile as error:
            complain(f"{name}: {error.reason}")
            failed = True
            continue
        indent = ""
        if len(names) > 1:
            print(printable(name))
            indent = "  "
        for toponym in geoparse(text):
            print(f"{indent}{_words(toponym)}")
    close_children()
    return EXIT_FAILED if failed else 0


def _words(toponym: Toponym) -> str:
    """Say in one line where a name stands and what it means."""
    where = f"{toponym.start}–{toponym.end}"
    words = [f"{where:>11}  {printable(toponym.surface)}"]
    if toponym.place is not None:
        place = toponym.place
        words.append(f"→ {', '.join(part for part in (place.name, place.admin1, place.country) if part)}")
    if toponym.lat is not None and toponym.lon is not None:
        words.append(f"{toponym.lat:.2f}, {toponym.lon:.2f}")
    else:
        words.append("not placed")
    if toponym.kind != "literal":
        words.append(f"[{toponym.kind}{f' of {printable(toponym.inside)}' if toponym.inside else ''}]")
    words.append(f"{toponym.confidence:.2f}")
    return "  ".join(words)
