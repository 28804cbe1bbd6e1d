"""Prepare ``.venv`` from the locks, on any machine with Python 3.11 or newer; standard library only.

Usage: ``python3 .ci/bootstrap.py [--dev] [--browser]``

uv lives in a private environment (``.uv``). Dateline needs Python 3.12 or newer: this one, another one on
the machine, or one that uv brings. ``--dev`` adds what the tests need, ``--browser`` a headless Chromium
where there is none and Debian's packages may be used. Nothing is done twice: a stamp holds the hash of what
was installed.
"""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV, UV_HOME = ROOT / ".venv", ROOT / ".uv"
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
UV_VERSION = "0.13.9"
NEEDED = (3, 12)
NEWEST_TRIED = 14  # wheels of every dependency exist up to this minor version


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


def run(*command: str | Path) -> None:
    """Run a command that prints its own errors; leave where it fails."""
    done = subprocess.run([str(c) for c in command], cwd=ROOT)
    if done.returncode:
        sys.exit(f"setup: '{' '.join(map(str, command))}' failed.")


def private_uv() -> Path:
    """Return uv, installed into an environment of its own where it is missing."""
    uv = UV_HOME / SCRIPTS / ("uv.exe" if os.name == "nt" else "uv")
    if not uv.exists():
        say("setup: getting uv")
        made = subprocess.run([sys.executable, "-m", "venv", str(UV_HOME)], capture_output=True)
        if made.returncode:  # Debian ships Python without ensurepip
            shutil.rmtree(UV_HOME, ignore_errors=True)
            run(sys.executable, "-m", "pip", "install", "--quiet", "--target", UV_HOME, f"uv=={UV_VERSION}")
        else:
            run(UV_HOME / SCRIPTS / "python", "-m", "pip", "install", "--quiet", f"uv=={UV_VERSION}")
    return uv


def python_version(python: str) -> tuple[int, int] | None:
    """Return (major, minor) of an interpreter, ``None`` where it does not start."""
    probe = "import sys; print(*sys.version_info[:2])"
    try:
        out = subprocess.run([python, "-c", probe], capture_output=True, text=True, timeout=20)
        major, minor = out.stdout.split()
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return int(major), int(minor)


def find_python(uv: Path) -> str:
    """Return a Python that Dateline runs on: this one, one on the machine, or one that uv brings."""
    names = [f"python3.{minor}" for minor in range(NEEDED[1], NEWEST_TRIED + 1)]
    pyenv = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
    candidates = [sys.executable, *filter(None, map(shutil.which, names))]
    for name in names:
        candidates += sorted(glob.glob(f"{pyenv}/versions/{name.removeprefix('python')}.*/bin/python"))
    for candidate in candidates:
        version = python_version(candidate)
        if version and NEEDED <= version <= (3, NEWEST_TRIED):
            return candidate
    say("setup: no Python 3.12 or newer here, asking uv to bring one")
    wanted = ".".join(map(str, NEEDED))
    if subprocess.run([str(uv), "python", "install", wanted], cwd=ROOT).returncode:
        sys.exit(
            "setup: Dateline needs Python 3.12 or newer. None was found, none could be fetched; install one "
            "(for example from your system's packages) and run this again."
        )
    return wanted


def install(uv: Path, locks: list[Path]) -> None:
    """Make ``.venv`` hold exactly what the locks name, and Dateline itself."""
    sources = [*locks, ROOT / "pyproject.toml"]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    stamp = VENV / "installed"
    python = VENV / SCRIPTS / "python"
    kept = stamp.read_text().split() if stamp.exists() else []
    if digest in kept:
        return
    if not python.exists() or (python_version(str(python)) or (0, 0)) < NEEDED:
        run(uv, "venv", "--quiet", "--clear", "--python", find_python(uv), VENV)
        kept = []
    say("setup: installing what the lock names")
    for lock in locks:
        run(uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", lock)
    run(uv, "pip", "install", "--quiet", "--python", python, "--no-deps", "--no-build-isolation", "-e", ROOT)
    relative_path()
    # The larger set holds the smaller: after --dev, a plain set-up has nothing to do.
    smaller = hashlib.sha256(locks[0].read_bytes() + sources[-1].read_bytes()).hexdigest()
    stamp.write_text("\n".join(sorted({digest, smaller})))


def relative_path() -> None:
    """Let the environment find Dateline by a relative path: Python reads this file in the letters of the locale.

    Under ``LC_ALL=C`` an absolute path with an ä in it would keep every Python of ``.venv`` from starting.
    """
    for found in VENV.glob("[Ll]ib/**/site-packages/*dateline*.pth"):
        found.write_text(os.path.relpath(ROOT, found.parent) + "\n")


def find_browser() -> str | None:
    """Return a Chromium the tests can drive."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def bring_browser() -> None:
    """Install Debian's Chromium where there is none and it may; else say how to get one."""
    if find_browser():
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        say("setup: installing Chromium from Debian's packages")
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)  # type: ignore[call-overload]
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], **quiet)  # type: ignore[call-overload]
    if not find_browser():
        say(
            "setup: no Chromium found, the browser tests will be skipped. Install one (on Debian: "
            "'sudo apt-get install chromium'), or set CHROMIUM to its path, and run 'make test' again."
        )


def main(arguments: list[str]) -> None:
    """Do what the arguments ask."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this very script is what an older Python would start
        sys.exit(f"setup: Python 3.11 or newer is needed to start; this is {sys.version.split()[0]}.")
    locks = [ROOT / "requirements.lock"] + ([ROOT / "requirements-dev.lock"] if "--dev" in arguments else [])
    install(private_uv(), locks)
    if "--browser" in arguments:
        bring_browser()


if __name__ == "__main__":
    main(sys.argv[1:])
