"""Killing: a thousand ingests killed at random moments, each store then sound and finished by the next run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bench import Row

ROOT = Path(__file__).resolve().parents[1]


def run(small: bool) -> list[Row]:
    """Run the test of the kills, with more of them."""
    kills = 20 if small else 1_000
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-o",
            "timeout=7200",
            "tests/test_killed.py",
        ],
        cwd=ROOT,
        env={**os.environ, "DATELINE_KILLS": str(kills)},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stdout[-2000:])
    return [
        Row("runs killed with SIGKILL", kills, "", "1000"),
        Row("stores damaged, texts lost or doubled", 0, "", "0"),
    ]
