"""``dateline gazetteer``: build the shipped file, add places of one's own, look a name up."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from geodata.cli.common import EXIT_FAILED, add_command, complain, printable


def add(commands: Any) -> None:
    """Add the command and its three parts."""
    parser = add_command(commands, "gazetteer", run, "build, extend or ask the gazetteer")
    parts = parser.add_subparsers(dest="part", required=True, metavar="build | add FILE | lookup NAME")
    parts.add_parser("build", help="make the shipped file anew from its source packages")
    adding = parts.add_parser("add", help="add places of your own: CSV, GeoPackage, or GeoNames' dump")
    adding.add_argument("file", type=Path, metavar="FILE")
    asking = parts.add_parser("lookup", help="print the places that a name may mean")
    asking.add_argument("name", metavar="NAME", nargs="+")


def run(asked: argparse.Namespace) -> int:
    """Do the part asked for."""
    if asked.part == "lookup":
        return _lookup(" ".join(asked.name))
    return _build() if asked.part == "build" else _add(asked.file)


def _lookup(name: str) -> int:
    from geodata.gazetteer import open_gazetteer

    matches = open_gazetteer().lookup(name)
    for match in matches:
        place = match.place
        inside = ", ".join(part for part in (place.admin1, place.country) if part)
        feature = f"{place.feature_class}.{place.feature_code}".rstrip(".")
        words = f"{place.name} ({inside})  {feature}  {place.lat:.3f}, {place.lon:.3f}"
        print(printable(f"{match.kind:12} {words}  {place.population:,}  {place.id}"))
    if not matches:
        complain(f"{name}: no place of that name")
        return EXIT_FAILED
    return 0


def _build() -> int:
    from geodata.gazetteer.build import build

    print(f"{build()}: built")
    return 0


def _add(file: Path) -> int:
    from geodata.gazetteer.additions import add_file
    from geodata.gazetteer.lookup import user_file

    count = add_file(file)
    print(printable(f"{file}: {count:,} place{'' if count == 1 else 's'} added to {user_file()}"))
    print("Texts are read with them from the next `dateline ingest` on, those read before too.")
    return 0
