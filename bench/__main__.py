"""Run every bench module and write its figures into the docs.

python -m bench [--small] [--no-docs] [NAME...]
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from bench import Row

DOCS = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
_HEAD = """# Benchmarks

Every figure here was measured by the command that stands above it; nothing is written by hand between the marks.
`make bench` measures all of it anew, `python -m bench NAME` one part. Where a goal is missed, the row says so.
"""
_NO_BENCH = {"__main__", "synthetic"}


def names() -> tuple[str, ...]:
    """Return the bench modules there are, those with a ``run(small)``."""
    found = (module.name for module in iter_modules([str(Path(__file__).parent)]))
    return tuple(sorted(name for name in found if name not in _NO_BENCH and not name.startswith("_")))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write; 1 where a module failed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"default: all of {', '.join(names())}")
    parser.add_argument("--small", action="store_true", help="smaller inputs, to see that it works")
    parser.add_argument("--no-docs", action="store_true", help="print only")
    asked = parser.parse_args(arguments)
    unknown = set(asked.names) - set(names())
    if unknown:
        parser.error(f"no such bench: {', '.join(sorted(unknown))}. There are {', '.join(names())}.")
    failed = False
    for name in asked.names or names():
        module = import_module(f"bench.{name}")
        if not hasattr(module, "run"):
            continue
        print(f"\n{name}", flush=True)
        begun = time.monotonic()
        try:
            rows = list(module.run(asked.small))
        except Exception as error:
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
            failed = True
            continue
        print(as_text(rows), flush=True)
        print(f"({time.monotonic() - begun:.0f} s)", flush=True)
        if not (asked.small or asked.no_docs):
            title = (module.__doc__ or name).strip().split("\n")[0].rstrip(".")
            write(DOCS, name, section(name, title, rows))
            for page, part, text in module.tables(rows) if hasattr(module, "tables") else ():
                write(DOCS.with_name(page), part, text)
    return int(failed)


def as_text(rows: Iterable[Row]) -> str:
    """Return a table for a terminal."""
    lines = [(row.name, f"{number(row.value)} {row.unit}".strip(), row.aim, row.note) for row in rows]
    widths = [max((len(line[i]) for line in lines), default=0) for i in range(3)]
    return "\n".join(
        f"  {a:{widths[0]}}  {b:>{widths[1]}}  {c:{widths[2]}}  {d}".rstrip() for a, b, c, d in lines
    )


def number(value: float) -> str:
    """Return a figure with as many digits as mean something."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}".replace(",", "\u202f")
    return f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}".replace(",", "\u202f")


def section(name: str, title: str, rows: Iterable[Row]) -> str:
    """Return a part of the docs: what was measured, when, where, with which command, and the figures."""
    lines = [
        f"## {title}",
        "",
        f"`python -m bench {name}` · {datetime.now(UTC):%Y-%m-%d} · {machine()}",
        "",
        "| what | measured | goal | |",
        "|---|---:|---|---|",
    ]
    for row in rows:
        cells = (row.name, f"{number(row.value)} {row.unit}".strip(), row.aim, row.note)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)


def machine() -> str:
    """Say what was measured on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores {platform.machine()}, {platform.system()}, Python {platform.python_version()}"


def write(path: Path, name: str, text: str) -> None:
    """Put a part between its marks in the docs, or at the end where it is new."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    part = f"{begin}\n{text}\n{end}"
    docs = path.read_text("utf-8") if path.exists() else _HEAD
    if begin in docs and end in docs:
        before, rest = docs.split(begin, 1)
        docs = before + part + rest.split(end, 1)[1]
    else:
        docs = f"{docs.rstrip()}\n\n{part}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(docs, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
