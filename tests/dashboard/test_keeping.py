"""A scene that is kept as it was: whatever becomes of the texts, it shows what it showed, here and in every export."""

from __future__ import annotations

import contextlib
import gzip
import re
import sqlite3
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pptx
import pypdf
import pytest

from dashboard.briefing import brief_data, current
from dashboard.columns import cache_folder, decode
from dashboard.data import Atlas
from dashboard.edits import act
from geodata.briefs import Briefs
from geodata.errors import StoreError
from geodata.export import FORMATS, Content, collect_brief, write
from geodata.export.kept import of_now, pack, unpack
from geodata.records import Scene
from tests.dashboard.opened import atlas, brief_of
from tests.dashboard.small_store import At, Thing, save

BEFORE = (
    Thing("East line", (At(30, 71, "Harbour"),), status="planned", disagree=True),
    Thing("West line", (At(25, 62, "Quay"),)),
)
AFTER = (Thing("East line, renamed", (At(31, 70, "Inland"),), status="cancelled"),)
QUERY = "type=gas_pipeline&sel=p0000"
WRITTEN = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?|D:\d{14}|/ID\s*\[[^]]*\]")
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = save(tmp_path / "small.gpkg", BEFORE)
    monkeypatch.setenv("DATELINE_STORE", str(path))
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    return path


def scene_of(atlas: Atlas) -> dict[str, Any]:
    briefs = Briefs(atlas.store.journal).all()
    found: dict[str, Any] = brief_data(atlas, briefs, current(briefs, ""), last="", read_only=False)[
        "scenes"
    ][0]
    return found


def wish(atlas: Atlas, do: str, **more: object) -> None:
    brief = brief_of(atlas)
    act(atlas, {"do": do, "brief": brief.id, "scene": brief.scenes[0].id, **more}, QUERY)


def changed(path: Path) -> Atlas:
    """The text is gone, and another one tells of less, and otherwise."""
    atlas().store.remove("text", reason="a test")
    save(path, AFTER, document="other")
    return atlas()


def rows(scene: dict[str, Any]) -> tuple[str, ...]:
    """The titles in the column file that the map is given for a scene."""
    name = scene["slide"]["columns"].rsplit("columns/", 1)[1]
    _, arrays = decode(gzip.decompress((cache_folder() / name).read_bytes()))
    starts = arrays["titleText.start"].tolist()
    whole = arrays["titleText.bytes"].tobytes()
    return tuple(whole[a:b].decode() for a, b in pairwise(starts))


def test_what_changed_is_said_in_words(path: Path) -> None:
    act(atlas(), {"do": "add"}, QUERY)
    scene = scene_of(changed(path))
    assert scene["changed"].startswith("1 project gone, 1 status changed")
    assert "Gone: West line" in scene["changes"]
    assert "East line, renamed: status was planned, is cancelled" in scene["changes"]
    assert "East line, renamed: also told by other" in scene["changes"]


def test_a_scene_kept_as_it_was_shows_what_it_showed(path: Path) -> None:
    act(atlas(), {"do": "add"}, QUERY)
    before = scene_of(atlas())
    wish(changed(path), "freeze")
    scene = scene_of(atlas())
    for part in ("headline", "kicker", "facts", "caption", "quotes", "disagreements", "disagree", "texts"):
        assert scene["slide"][part] == before["slide"][part]
    assert scene["slide"]["asOf"] == f"As of {scene['taken']}, kept as it was"
    assert rows(scene) == ("East line", "West line")
    assert scene["slide"]["selected"].startswith("p0000@")
    assert scene["changes"]


def test_it_is_the_same_when_the_store_is_read_anew(path: Path) -> None:
    act(atlas(), {"do": "add"}, QUERY)
    wish(atlas(), "freeze")
    before = scene_of(atlas())["slide"]
    changed(path)
    save(path, AFTER, document="third")
    assert scene_of(atlas())["slide"] == before


def test_refresh_brings_it_up_to_date(path: Path) -> None:
    act(atlas(), {"do": "add"}, QUERY)
    wish(changed(path), "freeze")
    wish(atlas(), "retake")
    scene = scene_of(atlas())
    assert (scene["frozen"], scene["slide"]["asOf"], scene["changes"]) == (False, "", [])
    assert scene["slide"]["kicker"].endswith("cancelled")
    assert rows(scene) == ("East line, renamed",)


def test_freezing_is_undone_and_duplicated(path: Path) -> None:
    act(atlas(), {"do": "add"}, QUERY)
    wish(changed(path), "freeze")
    wish(atlas(), "duplicate")
    assert [s.frozen for s in brief_of(atlas()).scenes] == [True, True]
    wish(atlas(), "undo")
    wish(atlas(), "undo")
    assert [s.frozen for s in brief_of(atlas()).scenes] == [False]


def test_its_sentences_are_those_that_it_kept(path: Path) -> None:
    act(atlas(), {"do": "add"}, QUERY)
    wish(changed(path), "freeze")
    choices = scene_of(atlas())["choices"]
    assert [c["text"] for c in choices] == ["A sentence that says it all."]
    wish(atlas(), "choose", keys=[])
    assert scene_of(atlas())["slide"]["quotes"] == []
    wish(atlas(), "choose", keys=[choices[0]["key"]])
    (quote,) = scene_of(atlas())["slide"]["quotes"]
    assert quote["footnote"].startswith("“text”, characters 0–28")


def test_an_older_scene_is_kept_as_it_is_now(path: Path) -> None:
    brief = act(atlas(), {"do": "new", "title": "Old"}, "")["brief"]
    Briefs(atlas().store.journal).add(brief, Scene("", "Lines", QUERY, taken_at="2020-01-01"))
    wish(atlas(), "freeze")
    scene = scene_of(atlas())
    assert rows(scene) == ("East line", "West line")
    assert "2020" not in scene["slide"]["asOf"]


def test_too_many_projects_are_not_kept_and_said_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geodata.export.kept.MOST_PROJECTS", 1)
    act(atlas(), {"do": "add"}, "")
    with pytest.raises(StoreError, match="more than can be kept"):
        wish(atlas(), "freeze")


@pytest.fixture
def content(path: Path) -> Content:
    """One scene kept as it was, and one of the same filter as it is now."""
    act(atlas(), {"do": "add"}, QUERY)
    wish(changed(path), "freeze")
    act(atlas(), {"do": "add", "brief": brief_of(atlas()).id}, "type=gas_pipeline")
    return collect_brief(atlas().store, brief_of(atlas()))


def test_slides_and_handout_show_both_states(content: Content, tmp_path: Path) -> None:
    write("pptx", content, tmp_path / "out.pptx")
    deck = pptx.Presentation(str(tmp_path / "out.pptx"))
    pages = ["\n".join(s.text_frame.text for s in page.shapes if s.has_text_frame) for page in deck.slides]
    assert "kept as it was" in pages[0]
    assert "A sentence that says it all." in pages[0]
    assert "kept as it was" not in pages[1]
    write("pdf", content, tmp_path / "out.pdf")
    first = " ".join(pypdf.PdfReader(str(tmp_path / "out.pdf")).pages[0].extract_text().split())
    assert "kept as it was" in first
    assert "planned" in first


def shown_in(file: Path) -> object:
    """What a file holds, but for the second at which it was written."""
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as packed:
            return {name: WRITTEN.sub(b"", packed.read(name)) for name in packed.namelist()}
    held = file.read_bytes()
    if held.startswith(b"SQLite"):
        with contextlib.closing(sqlite3.connect(file)) as database:
            held = "\n".join(database.iterdump()).encode()
    return WRITTEN.sub(b"", held)


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_it_looks_the_same_in_every_export_whatever_became_of_the_texts(
    path: Path, tmp_path: Path, format: str
) -> None:
    act(atlas(), {"do": "add"}, QUERY)
    wish(atlas(), "freeze")
    before = collect_brief(atlas().store, brief_of(atlas()), now=NOW)
    write(format, before, tmp_path / "before")
    changed(path)
    after = collect_brief(atlas().store, brief_of(atlas()), now=NOW)
    write(format, replace(after, total=before.total), tmp_path / "after")  # of how many is of today
    assert shown_in(tmp_path / "before") == shown_in(tmp_path / "after")


def test_tables_tell_the_two_states_apart(content: Content, tmp_path: Path) -> None:
    ids = [project.id.partition("@")[0] for project in content.projects]
    assert sorted(ids) == ["p0000", "p0000", "p0001"]
    assert len({project.id for project in content.projects}) == 3
    assert {"text", "other"} <= set(content.documents)
    for format in ("csv", "xlsx", "geojson", "gpkg", "geoparquet", "kml", "html", "picture", "png"):
        write(format, content, tmp_path / f"out.{format}")
    assert (tmp_path / "out.csv").read_text("utf-8").count("East line") >= 2


def test_a_state_comes_back_from_its_text(path: Path) -> None:
    kept = of_now(atlas().store, atlas().store.project_records())
    assert kept is not None
    assert replace(unpack(pack(kept)), name="") == kept
    with pytest.raises(StoreError, match="Refresh it"):
        unpack("no such state")
