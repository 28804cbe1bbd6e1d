"""``dateline serve``: open the dashboard on this machine."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from geodata.cli.common import EXIT_FAILED, add_command, complain, open_finished, store_path
from geodata.errors import DatelineError

LOCAL = ("localhost", "127.0.0.1", "::1")


def add(commands: Any) -> None:
    """Add the command."""
    parser = add_command(commands, "serve", run, "open the dashboard")
    parser.add_argument("--port", type=_port, default=8501, metavar="N", help="default: 8501")
    parser.add_argument(
        "--host", default="localhost", metavar="H", help="default: localhost, this machine only"
    )
    parser.add_argument("--read-only", action="store_true", help="nothing can be edited, uploaded or removed")


def run(asked: argparse.Namespace) -> int:
    """Hand over to the dashboard, which then is this process; comes back only where that cannot be."""
    path = store_path(asked).absolute()
    if path.exists():
        open_finished(path).close()
    elif asked.read_only:
        complain(f"{path}: there is no such store. Read some texts first: dateline ingest FOLDER.")
        return EXIT_FAILED
    in_use = _in_use(asked.host, asked.port)
    if in_use:
        complain(in_use)
        return EXIT_FAILED
    if asked.host not in LOCAL:
        may = "read" if asked.read_only else "read and edit"
        complain(
            f"warning: bound to {asked.host}. Whoever reaches this machine can {may} the store; there is no log-in."
        )
    folder = dashboard_folder()
    environment = os.environ | {
        "DATELINE_STORE": str(path),
        "DATELINE_READ_ONLY": "1" if asked.read_only else "",
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    }
    shown = "localhost" if asked.host in LOCAL else asked.host
    print(f"Dateline: http://{shown}:{asked.port}  (stop with Ctrl+C)", flush=True)
    os.chdir(folder)  # its settings lie there
    return os.execve(sys.executable, command(asked.host, asked.port), environment)


def command(host: str, port: int) -> list[str]:
    """Return the command that serves the dashboard."""
    settings = {
        "server.address": host,
        "server.port": str(port),
        "server.headless": "true",
        "server.enableStaticServing": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "logger.hideWelcomeMessage": "true",  # ours is printed, and theirs asks the network for an address
    }
    flags = [part for name, value in settings.items() for part in (f"--{name}", value)]
    return [sys.executable, "-m", "dashboard.serve", *flags]


def dashboard_folder() -> Path:
    """Return where the dashboard lies, found without importing it: this package never does."""
    found = find_spec("dashboard")
    if found is None or found.origin is None:
        raise DatelineError("The dashboard is not installed. Install Dateline whole.")
    return Path(found.origin).parent


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number


def _in_use(host: str, port: int) -> str:
    """Say why nothing can be served there; ``""`` where it can."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        return f"{host}: there is no such host"
    except OSError as error:
        return f"{host}:{port}: {error.strerror}. Already open there? Another port: --port {port % 65535 + 1}"
    return ""
