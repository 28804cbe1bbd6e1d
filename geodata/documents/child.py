"""Reading in a process of its own, so that a file that hangs, crashes or swells costs only itself.

The child is kept for the next file and replaced after a mishap. It is a fresh interpreter (`python -m` this module):
it inherits neither threads nor open stores, and does not run the caller's script again.
"""

from __future__ import annotations

import atexit
import contextlib
import socket
import subprocess
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil

from geodata.documents.limits import MEGABYTES_A_FILE, READS_A_CHILD, SECONDS_A_FILE, SECONDS_TO_START
from geodata.documents.reading import read_file
from geodata.errors import UnreadableFile
from geodata.records import Document

PATIENCE = 3
"""Times the limit: on a crowded machine a file may take so long, if it was the others who had the processor."""
TOO_MUCH_MEMORY = "reading it takes too much memory"


def read_in_child(
    path: Path | str, *, seconds: float = SECONDS_A_FILE, megabytes: int = MEGABYTES_A_FILE
) -> Document:
    """Return a file as a clean document, read in a limited child process; raise `UnreadableFile`.

    ``megabytes`` is what the child may take on top of what a new one holds. Threads may call this at once: each
    gets a child that nobody else is using.
    """
    child = _take(megabytes)
    try:
        return child.read(Path(path), seconds)
    finally:
        _give_back(child)


def close_children() -> None:
    """End all idle children; the next read starts a new one."""
    with _LOCK:
        children, _IDLE[:] = list(_IDLE), []
    for child in children:
        child.close()


class _Child:
    """One process that reads files, one at a time."""

    def __init__(self, megabytes: int) -> None:
        self.megabytes = megabytes
        self.reads = 0
        self.ready = False
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "geodata.documents.child", str(theirs.fileno()), str(megabytes)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self.pipe: Connection[Any, Any] = Connection(ours.detach())

    def fit(self, megabytes: int) -> bool:
        """Return whether this child can take another file under such a limit."""
        return self.process.poll() is None and self.megabytes == megabytes and self.reads < READS_A_CHILD

    def read(self, path: Path, seconds: float) -> Document:
        """Have the child read a file; after a mishap the child is dead, and `fit` says so."""
        try:
            if not self.ready:
                self._hear(path, SECONDS_TO_START, "the reading process did not start; try again")
                self.ready = True
            self.pipe.send(str(path.absolute()))
            answer = self._hear(path, seconds, f"reading it takes longer than {seconds:g} seconds")
        except (EOFError, OSError) as error:
            raise UnreadableFile(str(path), self._last_words()) from error
        self.reads += 1
        if isinstance(answer, Document):
            return answer
        raise UnreadableFile(str(path), str(answer))

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        self.pipe.close()

    def _hear(self, path: Path, seconds: float, late: str) -> object:
        busy = self._processor_seconds()
        for _ in range(PATIENCE):
            if self.pipe.poll(seconds):
                return self.pipe.recv()
            if self._processor_seconds() - busy > 0.8 * seconds:
                break
        self.close()
        raise UnreadableFile(str(path), late)

    def _processor_seconds(self) -> float:
        try:
            return float(sum(psutil.Process(self.process.pid).cpu_times()[:2]))
        except psutil.Error:
            return 0.0

    def _last_words(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(2)
        code = self.process.returncode
        self.close()
        return f"its reader ran out of memory or crashed (code {code}); the file is damaged or hostile"


_LOCK = threading.Lock()
_IDLE: list[_Child] = []
atexit.register(close_children)


def _take(megabytes: int) -> _Child:
    with _LOCK:
        for child in _IDLE:
            if child.fit(megabytes):
                _IDLE.remove(child)
                return child
    return _Child(megabytes)


def _give_back(child: _Child) -> None:
    with _LOCK:
        # One spare a kind is enough; a second one is there only while two threads read at once.
        spare = child.fit(child.megabytes) and len(_IDLE) < 4
        if spare:
            _IDLE.append(child)
    if not spare:
        child.close()


def _serve(pipe: Connection[Any, Any], megabytes: int) -> None:
    """Read what the parent asks for, until it hangs up."""
    _limit_memory(megabytes)
    pipe.send("ready")
    while True:
        try:
            path = pipe.recv()
        except (EOFError, OSError):
            return
        answer: Document | str
        try:
            answer = read_file(path)
        except UnreadableFile as error:
            answer = error.reason
        except MemoryError:
            answer = TOO_MUCH_MEMORY
        pipe.send(answer)


def _limit_memory(megabytes: int) -> None:
    """Cap the address space at what is in use now and ``megabytes`` more; no core files."""
    try:
        import resource
    except ImportError:  # not a POSIX system: the time limit remains
        return
    status = Path("/proc/self/statm")
    in_use = int(status.read_text().split()[0]) * resource.getpagesize() if status.exists() else 1 << 30
    limit = in_use + megabytes * 1024 * 1024
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])), int(sys.argv[2]))
