"""The command line, ``dateline``: one module a command, each with ``add`` (its flags) and ``run`` (its exit code).

Exit code 0: all done; 1: something failed, said on standard error in one line each (``FILE: reason``), and the rest
is done; 2: wrong usage. Modules of commands import what is slow to load only when they run.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

from geodata.cli import doctor, evaluate, export, gazetteer, geoparse, ingest, projects, serve
from geodata.cli.common import EXIT_FAILED, EXIT_USAGE, complain
from geodata.errors import DatelineError, FilterError

_COMMANDS = (ingest, serve, geoparse, projects, export, evaluate, gazetteer, doctor)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="dateline", description="Turn a folder of texts into an evidence-linked map that works offline."
    )
    parser.add_argument("--version", action="version", version=f"dateline {version('dateline')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a text may hold what the terminal's own encoding lacks
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    asked = make_parser().parse_args(arguments)
    try:
        code: int = asked.run(asked)
        sys.stdout.flush()
        return code
    except FilterError as error:
        complain(str(error))
        return EXIT_USAGE
    except DatelineError as error:
        complain(str(error))
        return EXIT_FAILED
    except BrokenPipeError:  # the reader of our output left; nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        complain("stopped; what was done before is kept.")
        return 130
