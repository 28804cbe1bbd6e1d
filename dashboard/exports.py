"""Exports of briefs, made aside: each in a process of its own, so that no page waits and an edit loses nothing.

What is made lies in a folder of this server's, under a token that nobody can guess, until it is an hour old or the
server ends. `dashboard.files` serves it.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import geodata
from geodata.export import FORMATS
from geodata.export.texts import file_stem

State = Literal["waiting", "making", "ready", "failed", "cancelled"]
AT_ONCE = 2
"""Exports that are made at the same time; each takes a processor."""
KEPT_SECONDS = 3600.0
LEFT_SECONDS = 7 * 24 * 3600.0
"""A folder that is so old belongs to no server that runs."""
_PREFIX = "dateline-exports-"
_STEP = re.compile(r"scene (\d+) of (\d+)")


@dataclass(slots=True)
class Job:
    """One export and how far it is."""

    token: str
    brief: str
    """Id."""
    format: str
    name: str
    """Of the file."""
    asked: int
    """The number that the page gave its wish, by which it knows its own."""
    state: State = "waiting"
    done: int = 0
    total: int = 0
    error: str = ""
    ended: float = 0.0
    process: subprocess.Popen[str] | None = None

    def data(self) -> dict[str, Any]:
        """Return what the browser is told."""
        names = ("token", "brief", "format", "name", "asked", "state", "done", "total", "error")
        return {name: getattr(self, name) for name in names} | {"label": FORMATS[self.format].label}


class Exports:
    """The exports of this server, oldest first."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        _sweep_left()
        self._folder = tempfile.TemporaryDirectory(prefix=_PREFIX)
        atexit.register(self.close)

    def start(self, store: Path, brief: str, title: str, format: str, asked: int) -> Job:
        """Make an export of a brief; returns at once."""
        self._sweep()
        name = f"{file_stem(title, 'brief')}{FORMATS[format].suffix}"
        job = Job(secrets.token_urlsafe(24), brief, format, name, asked)
        with self._lock:
            self._jobs[job.token] = job
        threading.Thread(target=self._make, args=(job, store), name="export", daemon=True).start()
        return job

    def cancel(self, token: str) -> None:
        """Stop an export, or put away one that is done, and its file."""
        with self._lock:
            job = self._jobs.pop(token, None)
            if job is None:
                return
            job.state = "cancelled"
            if job.process is not None:
                job.process.kill()
        self._file(job).unlink(missing_ok=True)

    def get(self, token: str) -> Job | None:
        """Return an export that was not put away."""
        with self._lock:
            return self._jobs.get(token)

    def path(self, job: Job) -> Path | None:
        """Return the file of an export that is ready."""
        path = self._file(job)
        return path if job.state == "ready" and path.is_file() else None

    def of(self, brief: str) -> list[dict[str, Any]]:
        """Return the exports of a brief, for the browser."""
        with self._lock:
            return [job.data() for job in self._jobs.values() if job.brief == brief]

    def _file(self, job: Job) -> Path:
        return Path(self._folder.name) / job.token / f"export{FORMATS[job.format].suffix}"

    def close(self) -> None:
        """Stop what is being made; the server ends."""
        with self._lock:
            tokens = list(self._jobs)
        for token in tokens:
            self.cancel(token)

    def _make(self, job: Job, store: Path) -> None:
        with self._turns:
            self._made(job, store)

    def _made(self, job: Job, store: Path) -> None:
        out = self._file(job)
        command = ("export", job.format, str(out), "--brief", job.brief, "--store", str(store))
        try:
            with self._lock:
                if job.token not in self._jobs:
                    return
                out.parent.mkdir(mode=0o700)
                job.state = "making"
                job.process = _begun(command)
            error = _followed(job, job.process)
            state: State = "failed" if error or not out.is_file() else "ready"
        except OSError as problem:
            state, error = "failed", f"It could not be made ({problem.strerror or problem})."
        with self._lock:
            job.process, job.ended = None, time.monotonic()
            if job.token in self._jobs:
                job.state, job.error = state, error
                return
        out.unlink(missing_ok=True)  # cancelled meanwhile

    def _sweep(self) -> None:
        now = time.monotonic()
        with self._lock:
            old = [job for job in self._jobs.values() if job.ended and now - job.ended > KEPT_SECONDS]
        for job in old:
            self.cancel(job.token)


def _sweep_left() -> None:
    """Take away what servers that were killed left."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > LEFT_SECONDS:
                shutil.rmtree(left)


def _begun(command: tuple[str, ...]) -> subprocess.Popen[str]:
    """Start ``dateline`` with this server's own code."""
    paths = [str(Path(geodata.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    return subprocess.Popen(
        [sys.executable, "-m", "geodata", *command],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in paths if path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )


def _followed(job: Job, process: subprocess.Popen[str]) -> str:
    """Note how far a process is until it ends; return what it complained of where it failed."""
    complaints: list[str] = []

    def listen() -> None:
        complaints.extend(process.stderr or ())

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    for line in process.stdout or ():
        step = _STEP.search(line)
        if step:
            job.done, job.total = int(step[1]), int(step[2])
    code = process.wait()
    listener.join()
    return "" if code == 0 else (complaints[-1].strip() if complaints else "It could not be made.")


@cache
def exports() -> Exports:
    """Return the exports of this server."""
    return Exports()
