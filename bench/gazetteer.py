"""The gazetteer: how long it takes to open, what it holds in memory, how quick a name is."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from bench import Row

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
SHARES = (
    ("lgl.jsonl", "places of LGL", "≥ 0.93", 161),
    ("gwn.jsonl", "places of GeoWebNews", "≥ 0.85", 161),
    ("aiddata-dev.jsonl", "places of AidData", "≥ 0.72", 25),
)
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
    rows = [
        Row("gazetteer: open", seconds, "s", "≤ 1"),
        Row("gazetteer: memory when open", megabytes, "MB", "≤ 500", "beside the libraries it uses"),
        Row("gazetteer: look up a name", lookup, "µs", "", "first time; a repeated one costs less than 1 µs"),
        Row("gazetteer: is it a name? no", miss, "µs"),
    ]
    for corpus, label, goal, km in SHARES:
        path = CORPORA / corpus
        if path.is_file():
            rows.append(
                Row(f"gazetteer: {label} with a candidate within {km} km", _share(path, km), "", goal)
            )
    return rows


def _share(path: Path, km: float) -> float:
    """Return the share of hand-placed names of a corpus that have a candidate near enough."""
    from geodata.gazetteer import open_gazetteer
    from geodata.gazetteer.lookup import kilometres

    gazetteer = open_gazetteer()
    hits = []
    for line in path.read_text("utf-8").split("\n"):
        record = json.loads(line) if line else {}
        for place in record.get("toponyms") or record.get("places") or ():
            if place.get("lat") is None:
                continue
            name = place["name"] if "name" in place else record["text"][place["start"] : place["end"]]
            points = ((m.place.lat, m.place.lon) for m in gazetteer.lookup(name))
            hits.append(any(kilometres(*point, place["lat"], place["lon"]) <= km for point in points))
    return sum(hits) / max(len(hits), 1)


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
