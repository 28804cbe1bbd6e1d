"""The gazetteer: how long it takes to open, what it holds in memory, how quick a name is."""

from __future__ import annotations

import subprocess
import sys
import time

from bench import Row

NAMES, FEW = 20_000, 2_000
_OPEN = """
import time, psutil
import numpy, pandas, pyarrow, shapely
before = psutil.Process().memory_info().rss
start = time.perf_counter()
from geodata.gazetteer import open_gazetteer
gazetteer = open_gazetteer()
gazetteer.lookup("Karachi")
print(time.perf_counter() - start, (psutil.Process().memory_info().rss - before) / 1e6)
"""


def run(small: bool) -> list[Row]:
    """Return the figures; opening is measured in a fresh process that has its libraries loaded."""
    runs = 2 if small else 5
    opened = [_open() for _ in range(runs)]
    seconds, megabytes = (min(values) for values in zip(*opened, strict=True))
    lookup, miss = _names(FEW if small else NAMES)
    return [
        Row("gazetteer: open", seconds, "s", "≤ 1"),
        Row("gazetteer: memory when open", megabytes, "MB", "≤ 500", "beside the libraries it uses"),
        Row("gazetteer: look up a name", lookup, "µs", "", "first time; a repeated one costs less than 1 µs"),
        Row("gazetteer: is it a name? no", miss, "µs"),
    ]


def _open() -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-c", _OPEN], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def _names(count: int) -> tuple[float, float]:
    """Return microseconds for a look-up of a name that is there, and for asking of one that is not."""
    from geodata.gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    towns = gazetteer.towns_near(48.0, 8.0, 300) + gazetteer.towns_near(28.0, 77.0, 600)
    names = [town.name for town in towns[:count]]
    gazetteer.lookup.cache_clear()
    start = time.perf_counter()
    for name in names:
        gazetteer.lookup(name)
    lookup = (time.perf_counter() - start) / len(names)
    start = time.perf_counter()
    for name in names:
        gazetteer.has(name + " Zq")
    miss = (time.perf_counter() - start) / len(names)
    return lookup * 1e6, miss * 1e6
