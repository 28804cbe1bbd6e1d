"""docs/store.md names what there is."""

from __future__ import annotations

import re
from pathlib import Path

from geodata.store import Store
from geodata.store.schema import ATTRIBUTES, LAYERS

DOCS = Path(__file__).resolve().parents[2] / "docs" / "store.md"


def test_every_layer_and_table_is_described_and_no_other() -> None:
    table = DOCS.read_text("utf-8").split("| layer or table |")[1].split("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    told = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert told == LAYERS.keys() | ATTRIBUTES.keys()


def test_every_method_in_the_example_is_there() -> None:
    methods = re.findall(r"store\.(\w+)\(", DOCS.read_text("utf-8"))
    assert methods
    assert all(hasattr(Store, name) for name in methods)
