"""Files and folders into a store: only what changed, each text in one transaction, then the merge.

The language model is imported when there is something to read, so that a run with nothing to do takes a moment.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from filelock import FileLock, Timeout

from geodata import versions
from geodata.documents import close_children, read_in_child
from geodata.errors import DatelineError, StoreError, UnreadableFile
from geodata.plan import make_plan
from geodata.readahead import Found, batches, read_ahead
from geodata.records import Document, Reading
from geodata.store import Store
from geodata.vocabulary import load_vocabulary

AT_ONCE_SECONDS, LOCK_SECONDS = 0.5, 600.0
"""Two ingests into one store take turns; the second says so after the first, and gives up after the second."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is; given to its ``progress`` after each file, and before the merge."""

    done: int
    total: int
    file: str = ""
    failure: str = ""
    step: str = "reading"
    """``waiting`` (for another ingest into the same store), ``reading`` or ``merging``."""


@dataclass(slots=True)
class IngestReport:
    """What an ingest did; ids of documents, in order."""

    read: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    projects: int = 0
    seconds: float = 0.0


def ingest(
    paths: Sequence[Path | str],
    store: Store,
    *,
    force: bool = False,
    uploaded: bool = False,
    progress: Callable[[Progress], None] | None = None,
    read: Callable[[Path], Document] = read_in_child,
) -> IngestReport:
    """Read files and folders into a store: only what changed since they were read before.

    Each document is one transaction; a run that is cut off leaves what it had done, and the next one goes on. A file
    that cannot be read is listed, and the rest goes on.

    Parameters
    ----------
    paths
        Files and folders.
    store
        Where to; open for writing.
    force
        Read everything again.
    uploaded
        The files are copies of what came through the browser, known by their names.
    progress
        Told after each file.
    read
        Makes a document of a file; by default in a child process with limits, because nobody vouches for the files.

    Raises
    ------
    StoreError
        Where the store cannot be written.
    """
    begun = time.monotonic()
    tell = progress or (lambda _: None)
    with _turn(store, tell):
        extractor = versions.extractor()
        plan = make_plan(paths, store, extractor, force=force, uploaded=uploaded)
        report = IngestReport(unchanged=plan.unchanged, missing=plan.missing, removed=plan.removed)
        store.note(moved=plan.moved, missing=plan.missing, restored=plan.restored)
        if plan.tasks:
            _read(read_ahead(plan.tasks, read), len(plan.tasks), store, extractor, report, tell)
        if store.needs_merge(versions.merger()):
            tell(Progress(len(plan.tasks), len(plan.tasks), step="merging"))
            finish(store)
        report.projects = store.count("projects")
    report.seconds = time.monotonic() - begun
    return report


def finish(store: Store) -> None:
    """Merge what the texts tell into projects, where documents or edits changed since that was last done."""
    from geodata.projects import merge

    vocabulary = load_vocabulary()
    while store.needs_merge(versions.merger()):
        told = store.begin_merge(versions.merger())
        projects = merge(told.events, told.documents, vocabulary, known=told.known)
        store.save_projects(projects, told)


def _read(
    files: Iterator[Found],
    total: int,
    store: Store,
    extractor: str,
    report: IngestReport,
    tell: Callable[[Progress], None],
) -> None:
    """Read and keep the files of a plan, one after the other; a child process reads ahead."""
    understand, done = _reader(), 0
    for batch in batches(files):
        good = [replace(found, id=task.id) for task, found in batch if isinstance(found, Document)]
        readings = understand(good)
        for task, found in batch:
            done, failure = done + 1, ""
            made = found if isinstance(found, UnreadableFile) else next(readings)
            if isinstance(made, UnreadableFile):
                failure = made.reason
                report.failed.append(Failure(str(task.path), failure))
            else:
                store.save(made, source=task.source, extractor=extractor)
                report.read.append(task.id)
            tell(Progress(done, total, str(task.path), failure))
    close_children()


def _reader() -> Callable[[Sequence[Document]], Iterator[Reading | UnreadableFile]]:
    """Open what reading a text takes, and return a function that reads some; a text that fails costs only itself."""
    from geodata.gazetteer import open_gazetteer
    from geodata.language import open_model
    from geodata.pipeline import parse_together, read_parsed

    nlp, gaz, vocabulary = open_model(), open_gazetteer(), load_vocabulary()

    def understand(documents: Sequence[Document]) -> Iterator[Reading | UnreadableFile]:
        for document, doc in zip(documents, parse_together(documents, nlp), strict=True):
            try:
                yield read_parsed(document, doc, gaz, vocabulary)
            except DatelineError:  # nothing the text could help: the gazetteer or the vocabulary is at fault
                raise
            except MemoryError:
                yield UnreadableFile(document.file, "the text is too long for this machine's memory")
            except Exception as error:
                why = f"{type(error).__name__}: {error}"
                yield UnreadableFile(
                    document.file, f"Dateline cannot understand this text ({why}). Please report it."
                )

    return understand


@contextmanager
def _turn(store: Store, tell: Callable[[Progress], None]) -> Iterator[None]:
    """Two ingests into one store take turns; a killed one leaves no lock."""
    lock = FileLock(f"{os.path.realpath(store.path)}.lock")
    try:
        try:
            lock.acquire(timeout=AT_ONCE_SECONDS)
        except Timeout:
            tell(Progress(0, 0, step="waiting"))
            lock.acquire(timeout=LOCK_SECONDS)
    except Timeout as error:
        raise StoreError(
            f"{store.path}: another program is reading texts into it. Try again when it is done."
        ) from error
    except OSError as error:
        raise StoreError(f"{store.path}: {error.strerror or error}; nothing was changed.") from error
    try:
        yield
    finally:
        lock.release()
