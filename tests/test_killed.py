"""Killed at any moment (SIGKILL), an ingest leaves a sound store, and the next run finishes: nothing lost or doubled.

The language model is loaded once, here; each run that gets killed is a fork, so that fifty of them take seconds.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import time
from pathlib import Path

import geopandas
import pytest

from geodata.documents import read_file
from geodata.export import collect, write
from geodata.ingesting import ingest
from geodata.store import open_store

SHORT = Path(__file__).parent / "data" / "short"
KILLS = int(os.environ.get("DATELINE_KILLS", "50"))
"""``make bench`` asks for a thousand."""

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs POSIX"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


def run(store: Path, texts: Path, *, force: bool = False) -> None:
    with open_store(store) as opened:
        assert ingest([texts], opened, force=force, read=read_file).failed == []


def contents(store: Path) -> tuple[object, ...]:
    """Everything that a store holds and that does not tell when it was read."""
    with open_store(store, read_only=True) as opened:
        documents = opened.documents(hidden=True)
        return (
            documents,
            [opened.reading(document.id) for document in documents],
            opened.project_records(),
            opened.project_columns().ids,
            opened.search("railway"),
            [(source.id, source.source, source.sha256, source.missing) for source in opened.sources()],
        )


def integrity(store: Path) -> list[str]:
    if not store.exists() or not store.stat().st_size:
        return ["ok"]
    connection = sqlite3.connect(store)
    try:
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        return [row[0] for row in connection.execute("PRAGMA integrity_check")] + [str(row) for row in broken]
    finally:
        connection.close()


def test_killed_at_random_moments_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    texts = Path(shutil.copytree(SHORT, tmp_path / "texts"))
    run(tmp_path / "reference.gpkg", texts)  # also warms the model up
    begun = time.monotonic()
    run(tmp_path / "timing.gpkg", texts)
    whole = time.monotonic() - begun
    expected = contents(tmp_path / "reference.gpkg")
    chance = random.Random(20_190_502)
    died = 0
    for number in range(KILLS):
        store = tmp_path / f"killed-{number // 5}.gpkg"  # five in a row on one store, then it may finish
        child = os.fork()
        if not child:
            try:
                run(store, texts, force=number % 5 > 2)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0, whole))
        os.kill(child, signal.SIGKILL)
        killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        died += killed
        # A machine that is less busy than it was finishes sooner, one that is busier later: the aim follows.
        whole *= 1.05 if killed else 0.8
        assert integrity(store) == ["ok"], number
        if number % 5 == 4:
            run(store, texts)
            assert contents(store) == expected, number
            assert integrity(store) == ["ok"], number
    assert died >= KILLS // 2
    assert not [path for path in tmp_path.iterdir() if "partial" in path.name or path.suffix == ".tmp"]


def test_an_export_that_is_killed_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    run(tmp_path / "atlas.gpkg", SHORT)
    with open_store(tmp_path / "atlas.gpkg", read_only=True) as store:
        few, all_of_it = collect(store, "type=dam"), collect(store)
    chance = random.Random(3)
    for format in ("gpkg", "geojson"):
        out = tmp_path / f"out.{format}"
        write(format, few, out)
        for _ in range(8):
            child = os.fork()
            if not child:
                for _ in range(100):
                    write(format, all_of_it, out)
                    write(format, few, out)
                os._exit(0)
            time.sleep(chance.uniform(0.005, 0.15))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            frame = (
                geopandas.read_file(out)
                if format == "geojson"
                else geopandas.read_file(out, layer="projects")
            )
            assert len(frame) in (len(few.projects), len(all_of_it.projects))
    for left in tmp_path.glob(".dateline-partial-*"):
        os.utime(left, (0, 0))
    write("csv", few, tmp_path / "out.csv")
    assert not list(tmp_path.glob(".dateline-*"))


def test_killed_while_a_person_edits_no_edit_that_was_said_to_be_saved_is_lost(tmp_path: Path) -> None:
    store = tmp_path / "atlas.gpkg"
    run(store, SHORT)
    chance = random.Random(7)
    saved = 0
    for _ in range(10):
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            with open_store(store) as opened:
                for number in range(saved, saved + 1_000):
                    opened.edit_document("dam", {"title": f"Title {number}"})
                    os.write(writer, b".")
            os._exit(0)
        os.close(writer)
        time.sleep(chance.uniform(0.01, 0.08))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        heard = 0
        while part := os.read(reader, 65536):
            heard += len(part)
        os.close(reader)
        with open_store(store) as opened:
            edits = [entry for entry in opened.journal.entries() if entry.kind == "document"]
            assert len(edits) - saved in (
                heard,
                heard + 1,
            )  # one more may be on the disk, and nobody was told
            saved = len(edits)
            if edits:
                assert opened.document("dam").title == edits[-1].set["title"]
            assert opened.check() == ()
