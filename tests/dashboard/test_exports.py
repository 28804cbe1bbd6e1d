"""Exports made aside: several at once, stopped, failed with a reason, and put away."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pptx
import pytest

from dashboard import thumbs
from dashboard.exports import Exports, Job
from geodata.briefs import Briefs, take
from geodata.export.slides import Slide
from geodata.export.texts import file_stem
from geodata.store import open_store
from tests.dashboard.small_store import At, Thing, save

PATIENCE = 180.0


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return save(tmp_path / "small.gpkg", (Thing("East line", (At(30, 71),)),))


@pytest.fixture
def brief(store: Path) -> str:
    """A brief of two scenes."""
    with open_store(store) as opened:
        briefs = Briefs(opened.journal)
        made = briefs.create("Lines")
        for headline in ("One", "Two"):
            briefs.add(made.id, take("", opened.project_records(), at="2026-11-24", headline=headline))
        return made.id


@pytest.fixture
def exports() -> Iterator[Exports]:
    made = Exports()
    yield made
    made.close()


def until_over(exports: Exports, *jobs: Job) -> None:
    """Wait until jobs are made, failed or cancelled."""
    until = time.monotonic() + PATIENCE
    while any(job.state in ("waiting", "making") and exports.get(job.token) for job in jobs):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_two_are_made_at_once_and_tell_how_far_they_are(exports: Exports, store: Path, brief: str) -> None:
    jobs = [
        exports.start(store, brief, "Lines / “x”", format, n) for n, format in enumerate(("pptx", "picture"))
    ]
    assert {job["asked"] for job in exports.of(brief)} == {0, 1}
    until_over(exports, *jobs)
    assert [(job.state, job.done, job.total) for job in jobs] == [("ready", 2, 2)] * 2
    assert jobs[0].name == "lines-x.pptx"
    path = exports.path(jobs[0])
    assert path is not None
    assert len(pptx.Presentation(str(path)).slides) == 3


def test_one_that_is_cancelled_leaves_nothing(exports: Exports, store: Path, brief: str) -> None:
    job = exports.start(store, brief, "Lines", "pdf", 1)
    exports.cancel(job.token)
    assert exports.get(job.token) is None
    assert exports.path(job) is None
    assert exports.of(brief) == []


def test_one_that_fails_says_why(exports: Exports, store: Path) -> None:
    job = exports.start(store, "none", "Lines", "csv", 1)
    until_over(exports, job)
    assert job.state == "failed"
    assert "There is no brief 'none'" in job.error


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("CON\x00 <b>", "con-b"),
        ("Газ и дороги", "газ-и-дороги"),
        ("…", "brief"),
        ("x" * 300, "x" * 60),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, stem: str) -> None:
    assert file_stem(title, "brief") == stem


def test_a_small_picture_is_drawn_once_and_only_of_what_was_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    with open_store(store) as opened:
        slide = Slide("Lines", projects=opened.project_records())
    name = thumbs.name_of(slide)
    light, dark = thumbs.picture(name, dark=False), thumbs.picture(name, dark=True)
    assert light
    assert dark
    assert light != dark
    assert thumbs.picture(name, dark=False) == light
    assert thumbs.name_of(slide) == name
    assert thumbs.name_of(Slide("Lines", projects=slide.projects, borders="IN")) != name
    assert thumbs.picture("0" * 32, dark=False) is None
