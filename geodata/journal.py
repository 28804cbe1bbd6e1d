"""What a person typed, kept apart from what is derived: an append-only file of edits beside the store.

One JSON object a line, in the order it happened, so that the file can be read, compared and kept under
version control. Nothing is ever changed in place: an undo is one more line. An edit is on the disk
(``fsync``) before the caller hears of it; two editors take turns through a lock file; a line torn by a crash
is stepped over.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from geodata.errors import StoreError

LOCK_SECONDS = 10.0
"""An append takes milliseconds; who waits longer than this waits for a program that hangs."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One edit: these fields of this target were set to these values; or an earlier edit was undone."""

    id: str
    at: str
    """UTC, ISO 8601."""
    by: str
    kind: str
    """What was edited: brief, scene, document, project."""
    target: str
    set: Mapping[str, Any]
    undoes: str = ""
    reason: str = ""


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return uuid.uuid4().hex


class Journal:
    """The edits of one workspace, oldest first.

    Parameters
    ----------
    path
        The file; it need not exist.
    now, new_id
        Clock and id source; tests fix them.
    """

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], datetime] = _utc_now,
        new_id: Callable[[], str] = _new_id,
    ) -> None:
        self.path = path
        self._now = now
        self._new_id = new_id
        self._held: tuple[tuple[int, int, int], tuple[Entry, ...]] | None = None

    def entries(self) -> tuple[Entry, ...]:
        """Return every edit that reached the disk whole, oldest first.

        Raises
        ------
        StoreError
            Where the file is there and cannot be read.
        """
        try:
            stat = self.path.stat()
            state = stat.st_ino, stat.st_size, stat.st_mtime_ns
            held = self._held
            if held is not None and held[0] == state:
                return held[1]
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise StoreError(f"{self.path}: the edits cannot be read ({error.strerror}).") from error
        found = tuple(entry for line in raw.split(b"\n") if (entry := _read_line(line)) is not None)
        if len(raw) == stat.st_size:  # else it grew in between, and is read again the next time
            self._held = state, found
        return found

    def passed_over(self) -> int:
        """Return how many lines of the file are no edits: torn at their end by a kill, or written by something else."""
        raw = self.path.read_bytes() if self.path.exists() else b""
        return sum(1 for line in raw.split(b"\n") if line.strip() and _read_line(line) is None)

    def append(
        self,
        kind: str,
        target: str,
        fields: Mapping[str, Any],
        *,
        by: str = "",
        undoes: str = "",
        reason: str = "",
    ) -> Entry:
        """Keep one edit and return it once it is on the disk.

        Raises
        ------
        StoreError
            Where it could not be kept (full or read-only disk, another program holds the file). The file then
            is as it was before.
        """
        at = self._now().isoformat(timespec="seconds")
        entry = Entry(self._new_id(), at, by, kind, target, dict(fields), undoes, reason)
        self._write([entry])
        return entry

    def undo(self, entry: Entry, *, by: str = "") -> Entry:
        """Take an edit back; undoing an undo brings the edit back."""
        return self.append(entry.kind, entry.target, {}, by=by, undoes=entry.id)

    def _write(self, entries: Iterable[Entry]) -> None:
        lines = b"".join(_line(entry) for entry in entries)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{self.path}.lock", timeout=LOCK_SECONDS), self.path.open("ab+") as file:
                self._append_whole(file.fileno(), lines)
        except Timeout as error:
            raise StoreError(
                f"{self.path}: another program is writing to it; nothing was saved. Try again."
            ) from error
        except OSError as error:
            raise StoreError(
                f"{self.path}: not saved ({error.strerror}); what was there is unchanged."
            ) from error

    @staticmethod
    def _append_whole(descriptor: int, lines: bytes) -> None:
        """Append all of ``lines`` or nothing, on a line of its own even after a torn one."""
        size = os.lseek(descriptor, 0, os.SEEK_END)
        if size:
            os.lseek(descriptor, size - 1, os.SEEK_SET)
            if os.read(descriptor, 1) != b"\n":
                lines = b"\n" + lines
        try:
            written = 0
            while written < len(lines):
                written += os.write(descriptor, lines[written:])
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, size)
            raise


def _line(entry: Entry) -> bytes:
    fields: dict[str, Any] = {
        "id": entry.id,
        "at": entry.at,
        "by": entry.by,
        "kind": entry.kind,
        "target": entry.target,
    }
    optional = {"set": dict(entry.set), "undoes": entry.undoes, "reason": entry.reason}
    fields.update({key: value for key, value in optional.items() if value})
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def _read_line(line: bytes) -> Entry | None:
    try:
        data = json.loads(line)
        return Entry(
            str(data["id"]),
            str(data["at"]),
            str(data.get("by", "")),
            str(data["kind"]),
            str(data["target"]),
            dict(data.get("set", {})),
            str(data.get("undoes", "")),
            str(data.get("reason", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError):  # an empty, torn or foreign line
        return None


def in_force(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the edits that no later undo takes back, oldest first."""
    kept = list(entries)
    undone: set[str] = set()
    for entry in reversed(kept):
        if entry.undoes and entry.id not in undone:
            undone.add(entry.undoes)
    return tuple(entry for entry in kept if not entry.undoes and entry.id not in undone)


def fold(entries: Iterable[Entry], kind: str) -> dict[str, dict[str, Any]]:
    """Return what the edits of one kind come to: target → its fields, in order of first mention."""
    state: dict[str, dict[str, Any]] = {}
    for entry in in_force(entries):
        if entry.kind == kind:
            state.setdefault(entry.target, {}).update(entry.set)
    return state
