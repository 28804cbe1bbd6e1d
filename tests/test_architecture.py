"""The house plan holds: what each package may import."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("geodata", "dashboard")


@cache
def modules() -> dict[str, Path]:
    """Every module of the product by its dotted name."""
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    return {".".join(f.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): f for f in files}


def imported(name: str) -> set[str]:
    """The modules of the product that one names in its imports, wherever in the file they stand."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(modules()[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            within = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {w if w in modules() else node.module for w in within}
    return (found & set(modules())) - {name}


def test_nothing_of_geodata_imports_the_dashboard() -> None:
    named = {n: imported(n) for n in modules() if n.startswith("geodata")}
    assert len(named) > 100
    assert not {n: bad for n, to in named.items() if (bad := {t for t in to if t.startswith("dashboard")})}


def test_no_modules_import_each_other_in_a_circle() -> None:
    try:
        TopologicalSorter({name: imported(name) for name in modules()}).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))
