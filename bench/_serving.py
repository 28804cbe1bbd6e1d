"""The dashboard on a free port, and a Chromium to look at it: what benches and browser tests start."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.synthetic import make_store

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".bench"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-dev-shm-usage",  # containers give it too little, and Chromium dies of that
)
PORTS = 5
"""Tried: another program may take one between our look at it and the server's."""
PATIENCE = 180.0
"""Seconds until a server must answer, on a busy machine with a large store."""


def chromium() -> str | None:
    """Return the path of a Chromium, ``None`` where there is none."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def serve(store: Path, *, read_only: bool = True) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run the dashboard until the context ends; gives its address and its process.

    Raises
    ------
    RuntimeError
        Where it does not come up, with the last that it said (all of it is beside the store, ``NAME.log``).
    """
    environment = os.environ | {"DATELINE_STORE": str(store), "DATELINE_READ_ONLY": "1" if read_only else ""}
    log = store.with_suffix(".log")
    for _ in range(PORTS):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        with log.open("wb") as out:
            command = [sys.executable, "-m", "dashboard.serve", "--server.port", str(port)]
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
        try:
            if _is_up(f"http://127.0.0.1:{port}/_stcore/health", process):
                yield f"http://127.0.0.1:{port}", process
                return
        finally:
            _stop(process)
    raise RuntimeError(f"The server did not come up:\n{log.read_text(errors='replace')[-2000:]}")


def _is_up(url: str, process: subprocess.Popen[bytes]) -> bool:
    """Wait until the server answers; ``False`` where it ended, or never did."""
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return process.poll() is None
        except OSError:
            time.sleep(0.1)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def made_up(projects: int, claims: int) -> Path:
    """Return a made-up store of a size, made once for all benches."""
    from geodata.errors import StoreError
    from geodata.store import open_store

    path = FOLDER / f"explorer-{projects}.gpkg"
    try:
        open_store(path, read_only=True).close()
    except StoreError:
        for old in FOLDER.glob(f"{path.name}*"):
            old.unlink()
        FOLDER.mkdir(exist_ok=True)
        make_store(path, projects=projects, claims=claims)
    return path
