"""What the Brief page shows and does, without a browser: scenes from queries, edits, exports."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.briefing import brief_data, current
from dashboard.data import Atlas
from dashboard.edits import act, extent_from, make_scene
from dashboard.state import PageState, View, read, write
from geodata.briefs import Briefs
from geodata.errors import StoreError
from geodata.filters import Filter
from tests.dashboard import opened
from tests.dashboard.opened import brief_of
from tests.dashboard.small_store import At, Thing, save

THINGS = (
    Thing("East line", (At(30, 71),), year=2015, disagree=True),
    Thing("West line", (At(25, 62),), year=2019),
    Thing("Drill", (At(34, 72),), type="joint_exercise", status="held", year=2016),
)
QUERY = "type=gas_pipeline&at=5/29/68&sel=p0000"


@pytest.fixture
def atlas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Atlas:
    monkeypatch.setenv("DATELINE_STORE", str(save(tmp_path / "small.gpkg", THINGS)))
    return opened.atlas()


def told(atlas: Atlas, last: str = "") -> dict[str, Any]:
    briefs = Briefs(atlas.store.journal).all()
    return brief_data(atlas, briefs, current(briefs, ""), last=last, read_only=False)


def test_the_first_scene_makes_its_brief_and_keeps_the_state_of_the_map(atlas: Atlas) -> None:
    made = act(atlas, {"do": "add", "brief": ""}, QUERY)
    (scene,) = brief_of(atlas).scenes
    assert made == {"brief": brief_of(atlas).id, "scene": scene.id}
    assert (scene.query, scene.headline, scene.caption) == (
        QUERY,
        "East line",
        "2 projects, 2015–2019, 1 with sources that disagree",
    )
    assert scene.evidence[0].exact == "A sentence that says it all."


def test_the_browser_is_told_the_mask_the_view_and_the_words(atlas: Atlas) -> None:
    act(atlas, {"do": "add"}, QUERY)
    slide = told(atlas)["scenes"][0]["slide"]
    assert base64.b64decode(slide["mask"])[0] == 0b11000000
    west, south, east, north = slide["extent"]
    assert (west + east) / 2 == 68
    assert south < 29 < north
    assert (slide["selected"], slide["rows"]) == ("p0000", 3)
    assert slide["kicker"].startswith("Gas pipeline")
    assert slide["strip"]


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        ("60,20,80,35", (60, 20, 80, 35)),
        ("420,20,440,35", (60, 20, 80, 35)),  # the map goes round
        ("-300,-80,300,89", (-180, -80, 180, 85)),
        ("80,20,60,35", None),
        ("nan,1,2,3", None),
        ("", None),
    ],
)
def test_a_scene_knows_what_the_map_showed(
    atlas: Atlas, box: str, kept: tuple[float, float, float, float] | None
) -> None:
    assert extent_from(box) == kept
    act(atlas, {"do": "add", "box": box}, QUERY)
    assert brief_of(atlas).scenes[0].extent == kept


def test_an_edit_of_one_scene_leaves_what_is_told_of_the_others(atlas: Atlas) -> None:
    for _ in range(2):
        act(
            atlas,
            {"do": "add", "brief": brief_of(atlas).id if Briefs(atlas.store.journal).all() else ""},
            QUERY,
        )
    before = told(atlas)["scenes"]
    act(atlas, {"do": "edit", "scene": before[1]["id"], "headline": "Mine", "notes": "Slowly."}, "")
    after = told(atlas)["scenes"]
    assert after[0] is before[0]
    assert (after[1]["headline"], after[1]["notes"]) == ("Mine", "Slowly.")


def test_a_walk_through_is_one_scene_a_project_and_one_undo_takes_it_back(atlas: Atlas) -> None:
    act(atlas, {"do": "walk", "order": "time"}, "")
    assert [s.headline for s in brief_of(atlas).scenes] == ["East line", "Drill", "West line"]
    act(atlas, {"do": "undo"}, "")
    assert brief_of(atlas).scenes == ()
    act(
        atlas,
        {"do": "walk", "order": "west_to_east", "brief": brief_of(atlas).id},
        "type=gas_pipeline&sel=p0002",
    )
    assert [s.headline for s in brief_of(atlas).scenes] == ["West line", "East line"]
    assert brief_of(atlas).scenes[0].query == "type=gas_pipeline&sel=p0001"


def test_a_deleted_scene_and_brief_come_back(atlas: Atlas) -> None:
    act(atlas, {"do": "add"}, QUERY)
    before = brief_of(atlas)
    act(atlas, {"do": "remove", "scene": before.scenes[0].id}, "")
    assert brief_of(atlas).scenes == ()
    act(atlas, {"do": "undo"}, "")
    act(atlas, {"do": "remove_brief", "brief": before.id}, "")
    assert Briefs(atlas.store.journal).all() == ()
    act(atlas, {"do": "undo"}, "")
    assert brief_of(atlas) == before


def test_at_most_three_quotes_are_kept(atlas: Atlas) -> None:
    act(atlas, {"do": "add"}, QUERY)
    keys = [f"text|{30 * n}|{30 * n + 28}|p000{n}" for n in range(3)] + ["text|0|5|p0000"]
    act(
        atlas,
        {"do": "choose", "brief": brief_of(atlas).id, "scene": brief_of(atlas).scenes[0].id, "keys": keys},
        "",
    )
    assert [q.start for q in brief_of(atlas).scenes[0].evidence] == [0, 30, 60]


def test_a_scene_taken_again_shows_the_map_as_it_is_now_under_its_own_headline(atlas: Atlas) -> None:
    act(atlas, {"do": "add"}, QUERY)
    brief = brief_of(atlas)
    act(atlas, {"do": "edit", "scene": brief.scenes[0].id, "headline": "Mine"}, "")
    again = {"do": "retake", "brief": brief.id, "scene": brief.scenes[0].id, "view": True}
    act(atlas, again, "type=joint_exercise")
    (scene,) = brief_of(atlas).scenes
    assert (scene.headline, scene.query, scene.caption) == ("Mine", "type=joint_exercise", "1 project, 2016")


def test_what_is_not_there_is_said(atlas: Atlas) -> None:
    act(atlas, {"do": "new", "title": " Gas "}, "")
    with pytest.raises(StoreError, match="gone"):
        act(atlas, {"do": "retake", "brief": brief_of(atlas).id, "scene": "none"}, "")
    with pytest.raises(StoreError, match="not known"):
        act(atlas, {"do": "format the disk"}, "")
    assert brief_of(atlas).title == "Gas"


def test_a_query_that_no_page_shows_makes_a_scene_of_nothing(atlas: Atlas) -> None:
    act(atlas, {"do": "add"}, "nonsense=1")
    assert told(atlas)["scenes"][0]["slide"]["caption"]


def test_a_reader_is_offered_every_format(atlas: Atlas) -> None:
    assert [f["id"] for f in told(atlas)["formats"]][:3] == ["pptx", "pdf", "html"]


states = st.builds(
    PageState,
    filter=st.builds(
        Filter,
        types=st.sampled_from([(), ("gas_pipeline",), ("joint_exercise",)]),
        text=st.text("abc é&=#%+'\"<>", max_size=8).map(str.strip),
        first=st.none() | st.integers(1900, 1999),
        last=st.none() | st.integers(2000, 2030),
    ),
    view=st.none()
    | st.builds(
        View,
        st.integers(0, 18).map(float),
        st.integers(-80, 80).map(float),
        st.integers(-180, 180).map(float),
    ),
    selected=st.sampled_from(["", "p0000", "p0002"]),
    borders=st.sampled_from(["de_facto", "in", "pk"]),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(state=states)
def test_a_state_comes_back_from_address_scene_and_store(atlas: Atlas, state: PageState) -> None:
    query = write(state)
    briefs = Briefs(atlas.store.journal)
    brief = briefs.create("any")
    kept = briefs.add(brief.id, make_scene(atlas, query))
    (scene,) = briefs.get(brief.id).scenes
    assert scene == kept
    assert read(scene.query) == read(query)
    assert write(read(scene.query)) == query
