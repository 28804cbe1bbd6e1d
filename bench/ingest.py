"""Reading texts: time and memory, from the command to the finished store.

Each run is the command itself in a process of its own, the loading of the language model included. The five original
texts and the 1,285 narratives are read where they are beside the project; the digests and own texts everywhere.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

from bench import Row

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
RUNS = 3


@dataclass(frozen=True, slots=True)
class Run:
    """One ingest."""

    seconds: float
    peak_mb: float
    """Of the process and its children together."""
    processor: float
    """Seconds of processor time, of the process and its children together."""
    code: int
    errors: str
    said: str


def run(small: bool) -> list[Row]:
    """Measure."""
    rows = list(_five(1 if small else RUNS))
    with tempfile.TemporaryDirectory() as folder:
        texts = ROOT / "tests" / "data" / "texts" if small else _narratives(Path(folder))
        if texts is not None:
            rows += _many(texts)
    return rows


def _five(times: int) -> Iterator[Row]:
    originals = SHARED / "seeds"
    texts, name = (originals, "five originals") if originals.is_dir() else (ROOT / "seeds", "five digests")
    with tempfile.TemporaryDirectory() as folder:
        runs = [ingest(texts, Path(folder) / f"{number}.gpkg") for number in range(times)]
        again = [ingest(texts, Path(folder) / "0.gpkg") for _ in range(times)]
    yield Row(
        f"{name}, read", median(r.seconds for r in runs), "s", "≤ 20", f"median of {times}, model loaded"
    )
    yield Row(
        f"{name}, processor time",
        median(r.processor for r in runs),
        "s",
        "",
        "what a busy machine cannot hide",
    )
    yield Row(f"{name}, peak memory", max(r.peak_mb for r in runs), "MB", "≤ 1500", "with its children")
    yield Row(f"{name}, a second time", median(r.seconds for r in again), "s", "", "nothing changed")
    yield Row(f"{name}, failed", sum(r.code != 0 for r in (*runs, *again)), "runs", "0")


def _narratives(folder: Path) -> Path | None:
    """Write the development narratives as files; ``None`` where they are not here."""
    source = SHARED / "corpora" / "aiddata-dev.jsonl"
    if not source.exists():
        return None
    texts = folder / "narratives"
    texts.mkdir()
    for line in source.read_text("utf-8").splitlines():
        row = json.loads(line)
        (texts / f"{row['id']}.txt").write_text(row["text"] + "\n", "utf-8")
    return texts


def _many(texts: Path) -> Iterator[Row]:
    count = sum(1 for _ in texts.iterdir())
    with tempfile.TemporaryDirectory() as folder:
        done = ingest(texts, Path(folder) / "many.gpkg")
    yield Row(
        f"{count} texts, read", done.seconds, "s", "", done.said.split(" · ")[1] if " · " in done.said else ""
    )
    yield Row(f"{count} texts, processor time", done.processor, "s")
    yield Row(f"{count} texts, peak memory", done.peak_mb, "MB", "≤ 1500", "with its children")
    yield Row(f"{count} texts, failed", len(done.errors.splitlines()), "texts", "0")


def ingest(texts: Path, store: Path) -> Run:
    """Run the command, and watch its memory."""
    begun, spent = time.monotonic(), _processor()
    process = subprocess.Popen(
        [sys.executable, "-m", "geodata", "ingest", str(texts), "--store", str(store)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    peak = _Peak(process.pid)
    said, errors = process.communicate()
    peak.stop()
    last = said.strip().splitlines()[-1] if said.strip() else ""
    seconds = time.monotonic() - begun
    return Run(seconds, peak.megabytes, _processor() - spent, process.returncode, errors, last)


def _processor() -> float:
    """Return the processor time of all children that ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Peak:
    """The most memory that a process and its children hold at once, looked at twenty times a second."""

    def __init__(self, pid: int) -> None:
        self.megabytes = 0.0
        self._process = psutil.Process(pid)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.05):
            try:
                family = [self._process, *self._process.children(recursive=True)]
                held = sum(one.memory_info().rss for one in family) / 1e6
            except psutil.Error:
                continue
            self.megabytes = max(self.megabytes, held)
