"""``dateline projects``: print the projects in the store."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from geodata.cli.common import add_command, open_finished, store_path


def add(commands: Any) -> None:
    """Add the command."""
    parser = add_command(commands, "projects", run, "print the projects in the store")
    parser.add_argument("--format", choices=("jsonl", "csv", "geojson"), default="jsonl")


def run(asked: argparse.Namespace) -> int:
    """Print."""
    from geodata.export import csvfile, geojson, jsonl

    with open_finished(store_path(asked)) as store:
        projects = store.project_records()
    {"jsonl": jsonl.print_to, "csv": csvfile.print_to, "geojson": geojson.print_to}[asked.format](
        projects, sys.stdout
    )
    return 0
