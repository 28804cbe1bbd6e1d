"""Scenes: made from the map, ordered, kept, and told when their data changed."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

from geodata.briefs import Briefs, caption, take, walk_through
from geodata.changes import changes, summary
from geodata.errors import StoreError
from geodata.journal import Journal
from geodata.records import Claim, Conflict, Project, Quote, Scene, Selector

AT = "2026-11-24T09:00:00+00:00"


def project(name: str, year: int | None = None, lon: float | None = None, status: str = "planned") -> Project:
    where = Selector(10, 20, f"words on {name}")
    claim = Claim(f"c-{name}", f"e-{name}", "status", status, "003", where)
    return Project(
        name,
        f"Project {name}",
        "port",
        (claim,),
        status=status,
        years=(year,) if year else (),
        geometry=None if lon is None else Point(lon, 10),
    )


@pytest.fixture
def briefs(tmp_path: Path) -> Briefs:
    return Briefs(Journal(tmp_path / "atlas.journal.jsonl"))


def headlines(briefs: Briefs, brief_id: str) -> list[str]:
    return [scene.headline for scene in briefs.get(brief_id).scenes]


def test_scenes_keep_the_order_they_are_moved_to(briefs: Briefs) -> None:
    brief = briefs.create("South Asia")
    made = {name: briefs.add(brief.id, Scene("", name)) for name in "abcd"}
    briefs.move(brief.id, made["d"].id, 1)
    briefs.move(brief.id, made["a"].id, 99)
    assert headlines(briefs, brief.id) == ["d", "b", "c", "a"]


def test_a_copy_stands_behind_its_scene_with_its_evidence(briefs: Briefs) -> None:
    brief = briefs.create("South Asia")
    quotes = tuple(Quote(f"c{n}", f"words {n}", "003", n, n + 1) for n in range(5))
    first = briefs.add(brief.id, Scene("", "a", evidence=quotes))
    briefs.add(brief.id, Scene("", "b"))
    copy = briefs.duplicate(brief.id, first.id)
    assert headlines(briefs, brief.id) == ["a", "a", "b"]
    assert copy.id != first.id
    assert copy.evidence == quotes[:3]


def test_a_removed_scene_and_brief_come_back_whole(briefs: Briefs) -> None:
    brief = briefs.create("South Asia")
    scene = briefs.add(brief.id, Scene("", "a", notes="ask the desk"))
    briefs.undo(briefs.remove_scene(scene.id))
    briefs.undo(briefs.remove(brief.id))
    assert briefs.get(brief.id).scenes == (scene,)


def test_a_brief_that_is_gone_says_so(briefs: Briefs) -> None:
    brief = briefs.create("South Asia")
    briefs.remove(brief.id)
    assert briefs.all() == ()
    with pytest.raises(StoreError, match="another window"):
        briefs.get(brief.id)


def test_caption_counts_years_and_disagreement() -> None:
    disputed = replace(project("b", 2021), conflicts=(Conflict("value", ("c1", "c2")),))
    assert caption([project("a", 2013), disputed]) == "2 projects, 2013–2021, 1 with sources that disagree"
    assert caption([project("a")]) == "1 project"


def test_a_scene_whose_data_changed_says_what_changed() -> None:
    scene = take("type=port", [project("a", 2013), project("b", 2014)], at=AT)
    now = [project("a", 2013, status="held"), project("c", 2015)]
    assert [change.words for change in changes(scene, now)] == [
        "Added: Project c",
        "Gone: Project b",
        "Project a: status was planned, is held",
    ]
    assert summary(changes(scene, now)) == "1 project added, 1 project gone, 1 status changed"
    assert changes(scene, [project("a", 2013), project("b", 2014)]) == ()


def test_refreshing_a_scene_keeps_what_was_typed(briefs: Briefs) -> None:
    brief = briefs.create("South Asia")
    scene = briefs.add(brief.id, take("type=port", [project("a", 2013)], at=AT, headline="Ports"))
    briefs.edit(scene.id, notes="slowly")
    now = [project("a", 2013), project("b", 2014)]
    briefs.retake(scene.id, take("type=port", now, at=AT))
    (kept,) = briefs.get(brief.id).scenes
    assert (kept.headline, kept.notes, kept.caption) == ("Ports", "slowly", "2 projects, 2013–2014")
    assert changes(kept, now) == ()


def test_a_walk_through_goes_through_time_or_space_and_drops_nothing() -> None:
    projects = [project("late", 2019, 20.0), project("nowhere"), project("early", 1990, 90.0)]
    time = walk_through(projects, order="time", query="type=port", at=AT)
    assert [scene.headline for scene in time] == ["Project early", "Project late", "Project nowhere"]
    space = walk_through(projects, order="west_to_east", query="", at=AT)
    assert [scene.query for scene in space] == ["sel=late", "sel=early", "sel=nowhere"]
    assert time[0].evidence[0].exact == "words on early"


def test_the_same_state_is_kept_once(briefs: Briefs) -> None:
    names = {briefs.keep("a state"), briefs.keep("a state")}
    assert len(names) == 1
    assert briefs.kept(names.pop()) == "a state"
    assert briefs.kept("none") == ""


quotes = st.builds(
    Quote, st.text(), st.text(), st.text(), st.integers(), st.integers(), st.none() | st.integers(), st.text(),
    st.lists(st.tuples(st.text(), st.booleans()), max_size=3).map(tuple), st.text(), st.text(),
)  # fmt: skip
extents = st.tuples(*[st.floats(-180, 180)] * 4)


@settings(deadline=None)  # it writes to a disk
@given(
    st.builds(
        Scene,
        id=st.just(""),
        headline=st.text(),
        query=st.text(),
        caption=st.text(),
        notes=st.text(),
        hidden=st.booleans(),
        frozen=st.booleans(),
        taken_at=st.just(AT),
        shown=st.just(take("", [project("a", 2013)], at=AT).shown),
        evidence=st.lists(quotes, max_size=3).map(tuple),
        kept=st.text(),
        extent=st.none() | extents,
    )
)
def test_any_scene_comes_back_as_it_was_kept(tmp_path_factory: pytest.TempPathFactory, scene: Scene) -> None:
    briefs = Briefs(Journal(tmp_path_factory.mktemp("briefs") / "j.jsonl"))
    brief = briefs.create("any")
    kept = briefs.add(brief.id, scene)
    assert briefs.get(brief.id).scenes == (kept,)
    assert replace(kept, id="") == scene
