"""The store: opening columns, searching and fetching one project in made-up stores of 20,000 to 1,000,000 claims.

Times of a process that has just started, the store in the system's file cache.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from bench import Row
from bench.synthetic import make_store
from geodata.store import open_store

SIZES = ((1_000, 20_000), (10_000, 100_000), (100_000, 1_000_000))
GOALS = {"all columns": "≤ 500", "search, one word": "≤ 150", "one project with its evidence": "≤ 50"}


def run(small: bool) -> list[Row]:
    """Measure."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for projects, claims in SIZES[: 1 if small else None]:
            path = Path(folder) / f"{claims}.gpkg"
            made = _seconds(partial(make_store, path, projects=projects, claims=claims))
            size = f"{claims:,}".replace(",", "\u202f") + " claims"
            rows.append(Row(f"{size}: made and saved", made, "s", "", f"{path.stat().st_size / 1e6:.0f} MB"))
            rows += _reads(path, size)
            path.unlink()
    return rows


def _reads(path: Path, size: str) -> Iterator[Row]:
    def columns() -> None:
        with open_store(path, read_only=True) as store:
            store.project_columns()
            store.place_columns()

    def each(work: Callable[[int], object]) -> float:
        return median(_seconds(partial(work, number)) for number in range(20)) * 1000

    first = median(_seconds(columns) for _ in range(3)) * 1000
    with open_store(path, read_only=True) as store:
        ids = store.project_columns().ids
        store.search_rows("warm")
        words = ("railway", "Mombasa", "signed", "worth", "Golden Gas")
        found = each(lambda number: store.search_rows(words[number % len(words)]))
        one = each(lambda number: store.project(ids[number * len(ids) // 20]))
    for name, value in (
        ("all columns", first),
        ("search, one word", found),
        ("one project with its evidence", one),
    ):
        yield Row(f"{size}: {name}", value, "ms", GOALS[name])


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
