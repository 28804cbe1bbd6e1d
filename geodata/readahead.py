"""Reading the next files while the language model works on this one, in order, in child processes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from geodata.documents import read_in_child
from geodata.errors import UnreadableFile
from geodata.plan import Task
from geodata.records import Document

AHEAD = 4
"""Documents held ready: enough to hide a slow PDF, few enough to keep memory flat."""


def read_ahead(tasks: Sequence[Task]) -> Iterator[tuple[Task, Document | UnreadableFile]]:
    """Yield each task with its document, or with why there is none, in the order of the tasks."""
    waiting: deque[tuple[Task, Future[Document | UnreadableFile]]] = deque()
    upcoming = iter(tasks)
    with ThreadPoolExecutor(1, "reading") as pool:
        try:
            for task in upcoming:
                waiting.append((task, pool.submit(_read, task)))
                if len(waiting) > AHEAD:
                    done = waiting.popleft()
                    yield done[0], done[1].result()
            while waiting:
                done = waiting.popleft()
                yield done[0], done[1].result()
        finally:
            for _, future in waiting:
                future.cancel()


def _read(task: Task) -> Document | UnreadableFile:
    try:
        return read_in_child(task.path)
    except UnreadableFile as error:
        return error
