"""Reading the next files while the language model works on this one, in order, in child processes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from geodata.documents import read_in_child
from geodata.errors import UnreadableFile
from geodata.plan import Task
from geodata.records import Document

AHEAD = 16
"""Documents held ready: enough to hide a slow PDF, few enough to keep memory flat."""
BATCH_TEXTS, BATCH_CHARACTERS = 16, 20_000
"""Texts parsed together: short ones a dozen, long ones alone."""

Found = tuple[Task, Document | UnreadableFile]


def read_ahead(tasks: Sequence[Task], read: Callable[[Path], Document] = read_in_child) -> Iterator[Found]:
    """Yield each task with its document, or with why there is none, in the order of the tasks."""
    waiting: deque[tuple[Task, Future[Document | UnreadableFile]]] = deque()
    upcoming = iter(tasks)
    with ThreadPoolExecutor(1, "reading") as pool:
        try:
            for task in upcoming:
                waiting.append((task, pool.submit(_try, task.path, read)))
                if len(waiting) > AHEAD:
                    done = waiting.popleft()
                    yield done[0], done[1].result()
            while waiting:
                done = waiting.popleft()
                yield done[0], done[1].result()
        finally:
            for _, future in waiting:
                future.cancel()


def batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    """Yield what was found in lists that are parsed together."""
    batch: list[Found] = []
    size = 0
    for task, document in found:
        batch.append((task, document))
        size += len(document.text) if isinstance(document, Document) else 0
        if len(batch) >= BATCH_TEXTS or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _try(path: Path, read: Callable[[Path], Document]) -> Document | UnreadableFile:
    try:
        return read(path)
    except UnreadableFile as error:
        return error
