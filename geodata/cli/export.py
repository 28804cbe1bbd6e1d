"""``dateline export``: write the filtered map to a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.cli.common import EXIT_USAGE, add_command, complain, open_finished, printable, store_path
from geodata.filters import EVERYTHING

if TYPE_CHECKING:
    from geodata.export import Content
    from geodata.store import Store

_CLEAR = "\r\x1b[K"


def add(commands: Any) -> None:
    """Add the command."""
    parser = add_command(commands, "export", run, "write the filtered map to a file")
    parser.add_argument(
        "format", metavar="FORMAT", help="geojson, csv, gpkg and others; 'list' names them all"
    )
    parser.add_argument("out", metavar="OUT", type=Path, nargs="?", help="the file to write")
    parser.add_argument(
        "--filter",
        default=EVERYTHING,
        metavar="QUERY",
        help="the page's own URL query, as in 'type=gas_pipeline&year=2015-2018&actor=Gazprom': "
        "just what the page shows; without it, all that the store holds",
    )
    parser.add_argument("--title", default="", help="what the file is called inside")
    parser.add_argument(
        "--brief",
        default="",
        metavar="BRIEF",
        help="a brief's title or id: its scenes instead of a filter's result",
    )


def run(asked: argparse.Namespace) -> int:
    """Write."""
    from geodata.export import FORMATS, write

    if asked.format == "list":
        print("\n".join(f"{name:12} {writer.label}" for name, writer in FORMATS.items()))
        return 0
    if asked.format not in FORMATS:
        complain(f"{asked.format}: no such format. There are {', '.join(FORMATS)}.")
        return EXIT_USAGE
    if asked.out is None:
        complain("export: the file to write is missing")
        return EXIT_USAGE
    with open_finished(store_path(asked)) as store:
        content = _content(store, asked)
        write(asked.format, content, asked.out, _step)
    count = len(content.projects)
    print(_CLEAR if sys.stdout.isatty() else "", end="")
    if asked.format == "png" and len(content.slides) > 1:
        complain(f"png: the first of {len(content.slides)} scenes; 'picture' makes one of each, in a ZIP")
    print(f"{printable(str(asked.out))}: {count} project{'' if count == 1 else 's'}")
    return 0


def _step(number: int, total: int) -> None:
    """Say which scene is being drawn: over one line of a terminal, else a line each."""
    words = f"scene {number} of {total}"
    if sys.stdout.isatty():
        print(f"{_CLEAR}{words}", end="", flush=True)
    elif total > 1:
        print(words, flush=True)


def _content(store: Store, asked: argparse.Namespace) -> Content:
    from geodata.briefs import Briefs
    from geodata.export import collect, collect_brief
    from geodata.filters import parse_query, refuse_unknown
    from geodata.vocabulary import load_vocabulary

    if not asked.brief:
        refuse_unknown(parse_query(asked.filter), load_vocabulary())
        return collect(store, asked.filter, title=asked.title)
    return collect_brief(store, Briefs(store.journal).find(asked.brief))
