"""A small store of a few projects, what an export is about, and a brief."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geodata.briefs import Briefs, quote, take
from geodata.export import Content, collect, collect_brief
from geodata.records import Document, Event, Reading, Sentence
from geodata.store import Store, open_store
from tests.export.told import BACK, DRILL, HOSTILE, NOW, PLAN, ROUTE, TEXT, projects


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    document = Document(
        "told",
        TEXT,
        digest,
        digest,
        "told.txt",
        title=f"Told {HOSTILE}",
        author="A. Writer",
        published="2019",
    )
    ends = [TEXT.index(part) + len(part) for part in (ROUTE, BACK, DRILL, PLAN)]
    starts = [TEXT.index(part) for part in (ROUTE, BACK, DRILL, PLAN)]
    sentences = tuple(Sentence("told", a, b) for a, b in zip(starts, ends, strict=True))
    event = Event(
        "told-e", "told", "gas_pipeline", tuple(c for p in projects() for c in p.claims), end=len(TEXT)
    )
    with open_store(tmp_path / "told.gpkg") as opened:
        opened.save(Reading(document, sentences, events=(event,)))
        opened.save_projects(projects())
        yield opened


@pytest.fixture
def content(store: Store) -> Content:
    return collect(store, "", title="Gulf of Guinea", now=NOW)


@pytest.fixture
def brief(store: Store) -> Content:
    """A brief of three scenes, one of them hidden."""
    briefs = Briefs(store.journal)
    made = briefs.create("Gas and drills")
    pipeline, drill, *_ = store.project_records()
    scene = take(f"sel={pipeline.id}", [pipeline], at="2026-11-24", headline="A line on paper")
    first = briefs.add(made.id, scene)
    briefs.edit(first.id, notes="Ask the energy desk.\nTwo texts differ.")
    briefs.choose_evidence(first.id, [quote(pipeline.claims[0], pipeline)])
    briefs.add(made.id, take("type=joint_exercise", [drill], at="2026-11-24", headline=f"Drills {HOSTILE}"))
    hidden = briefs.add(made.id, take("", [], at="2026-11-24", headline="Not for the room"))
    briefs.edit(hidden.id, hidden=True)
    return collect_brief(store, briefs.get(made.id), now=NOW)


@pytest.fixture
def unzipped() -> Callable[[Path], str]:
    def read(path: Path) -> str:
        with zipfile.ZipFile(path) as archive:
            return "".join(
                archive.read(name).decode("utf-8", "ignore")
                for name in archive.namelist()
                if name.endswith(".xml")
            )

    return read
