"""From files to a store: the order of the steps.

`read_document` is the whole path of one text, a function from records to records; `ingest` does it for what changed
among files and folders, and `finish` merges what all texts tell into projects.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from filelock import FileLock, Timeout
from spacy.language import Language
from spacy.tokens import Doc

from geodata import versions
from geodata.claims.events import find_events
from geodata.documents import close_children
from geodata.errors import StoreError, UnreadableFile
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.language import open_model, parse
from geodata.plan import Plan, Task, make_plan
from geodata.projects import merge
from geodata.readahead import read_ahead
from geodata.records import Document, Reading, Sentence
from geodata.relations import find_relations
from geodata.resolution import resolve
from geodata.store import Store
from geodata.toponyms import find_toponyms
from geodata.vocabulary import Vocabulary, load_vocabulary

LOCK_SECONDS = 600.0
"""Two ingests into one store take turns; the second waits this long."""


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
    """``reading`` or ``merging``."""


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


def read_document(document: Document, nlp: Language, gaz: Gazetteer, vocabulary: Vocabulary) -> Reading:
    """Return all that comes of one text."""
    return read_parsed(document, parse(nlp, document.text), gaz, vocabulary)


def read_parsed(document: Document, doc: Doc, gaz: Gazetteer, vocabulary: Vocabulary) -> Reading:
    """Return all that comes of one text whose parse is there already."""
    found = find_toponyms(doc, gaz, document=document.id)
    toponyms = resolve(found, doc, gaz)
    relations = find_relations(doc, toponyms, gaz)
    events = find_events(doc, document, toponyms, relations, vocabulary, gaz)
    return Reading(
        document, tuple(sentences(document, doc)), tuple(toponyms), tuple(relations), tuple(events)
    )


def sentences(document: Document, doc: Doc) -> Iterator[Sentence]:
    """Yield the sentences of a parsed text, without the blanks around them."""
    for span in doc.sents:
        words = span.text
        start = span.start_char + len(words) - len(words.lstrip())
        end = span.start_char + len(words.rstrip())
        if end > start:
            yield Sentence(document.id, start, end, document.page_at(start))


def ingest(
    paths: Sequence[Path | str],
    store: Store,
    *,
    force: bool = False,
    uploaded: bool = False,
    progress: Callable[[Progress], None] | None = None,
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

    Raises
    ------
    StoreError
        Where the store cannot be written.
    """
    begun = time.monotonic()
    tell = progress or (lambda _: None)
    with _turn(store):
        extractor = versions.extractor()
        plan = make_plan(paths, store, extractor, force=force, uploaded=uploaded)
        report = IngestReport(unchanged=plan.unchanged, missing=plan.missing, removed=plan.removed)
        store.note(moved=plan.moved, missing=plan.missing, restored=plan.restored)
        if plan.tasks:
            _read(plan, store, extractor, report, tell)
        if store.needs_merge(versions.merger()):
            tell(Progress(len(plan.tasks), len(plan.tasks), step="merging"))
            finish(store)
        report.projects = store.count("projects")
    report.seconds = time.monotonic() - begun
    return report


def finish(store: Store) -> None:
    """Merge what the texts tell into projects, where documents or edits changed since that was last done."""
    vocabulary = load_vocabulary()
    while store.needs_merge(versions.merger()):
        told = store.begin_merge(versions.merger())
        projects = merge(told.events, told.documents, vocabulary, known=told.known)
        store.save_projects(projects, told)


def _read(
    plan: Plan, store: Store, extractor: str, report: IngestReport, tell: Callable[[Progress], None]
) -> None:
    """Read and keep the files of a plan, one after the other; a child process reads ahead."""
    vocabulary = load_vocabulary()
    total = len(plan.tasks)
    nlp, gaz = open_model(), open_gazetteer()
    for done, (task, found) in enumerate(read_ahead(plan.tasks), start=1):
        failure = ""
        try:
            if isinstance(found, UnreadableFile):
                raise found
            _read_one(task, found, store, extractor, nlp, gaz, vocabulary)
            report.read.append(task.id)
        except UnreadableFile as error:
            failure = error.reason
            report.failed.append(Failure(str(task.path), failure))
        tell(Progress(done, total, str(task.path), failure))
    close_children()


def _read_one(
    task: Task,
    document: Document,
    store: Store,
    extractor: str,
    nlp: Language,
    gaz: Gazetteer,
    vocabulary: Vocabulary,
) -> None:
    named = replace(document, id=task.id)
    try:
        reading = read_document(named, nlp, gaz, vocabulary)
    except MemoryError as error:
        raise UnreadableFile(str(task.path), "the text is too long for this machine's memory") from error
    store.save(reading, source=task.source, extractor=extractor)


@contextmanager
def _turn(store: Store) -> Iterator[None]:
    """Two ingests into one store take turns; a killed one leaves no lock."""
    try:
        with FileLock(f"{os.path.realpath(store.path)}.lock", timeout=LOCK_SECONDS):
            yield
    except Timeout as error:
        raise StoreError(
            f"{store.path}: another program is reading texts into it. Try again when it is done."
        ) from error
