"""What is put into a store comes out as it was."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.errors import StoreError
from geodata.records import (
    Candidate,
    Claim,
    Conflict,
    Document,
    Event,
    OffsetMap,
    Page,
    Place,
    Project,
    Reading,
    Relation,
    Segment,
    Selector,
    Sentence,
    Toponym,
)
from geodata.store import open_store
from tests.store.saved import ADDIS, LAMU, project_of, reading

texts = st.text(max_size=30)
names = st.text(min_size=1, max_size=12)
offsets = st.integers(0, 10_000)
degrees = st.floats(-180, 180, allow_nan=False)
share = st.floats(0, 1, allow_nan=False)
points = st.builds(shapely.Point, degrees, st.floats(-90, 90, allow_nan=False))
shapes = st.one_of(
    points,
    st.lists(st.tuples(degrees, degrees), min_size=2, max_size=4).map(shapely.LineString),
    points.map(lambda p: p.buffer(1)),
)
PLACES = [
    LAMU,
    ADDIS,
    Place("test:3", "Kibwezi — ‘Kı’", 1.5, -2.5, claimed_by=("KE", "TZ"), administered_by="KE"),
]


@st.composite
def claims(draw: st.DrawFn, document: str, event: str, number: int) -> Claim:
    return Claim(
        f"{event}-c{number}", event,
        draw(st.sampled_from(["title", "type", "place", "actor", "date", "status", "value"])),
        draw(texts), document,
        Selector(draw(offsets), draw(offsets), draw(texts), draw(texts), draw(texts), draw(st.none() | offsets)),
        draw(st.sampled_from(["", "site", "owner"])), draw(st.sampled_from(["asserted", "denied"])), draw(share),
        draw(texts), "1", "normal", draw(texts), draw(st.none() | st.floats(allow_nan=False)), draw(texts),
        draw(st.none() | share), draw(st.none() | share), draw(texts), draw(st.none() | degrees),
        draw(st.none() | degrees), "KE", 4, draw(st.none() | shapes), draw(texts), draw(texts),
    )  # fmt: skip


@st.composite
def readings(draw: st.DrawFn, name: str = "a") -> Reading:
    text = draw(st.text(max_size=200))
    document = Document(
        name, text, draw(texts), draw(texts), draw(texts), "text/plain", draw(texts), draw(texts), draw(texts),
        draw(texts), draw(texts), "en",
        tuple(draw(st.lists(st.builds(Page, offsets, offsets, offsets), max_size=2))),
        OffsetMap(tuple(draw(st.lists(st.builds(Segment, offsets, offsets, offsets), max_size=2)))),
        "", tuple(draw(st.lists(texts, max_size=2))),
    )  # fmt: skip
    spans = sorted(draw(st.lists(st.tuples(offsets, offsets), max_size=4, unique=True)))
    place = st.sampled_from(PLACES)
    toponyms = st.builds(
        Toponym, st.just(name), offsets, offsets, texts, st.sampled_from(["literal", "embedded"]),
        st.none() | place, st.none() | degrees, st.none() | degrees, st.integers(1, 9), share,
        st.lists(st.builds(Candidate, place, share, texts), max_size=3).map(tuple), texts, texts,
    )  # fmt: skip
    relations = st.builds(
        Relation, st.just(name), offsets, offsets, st.just("route"), st.lists(offsets, max_size=3).map(tuple), shapes,
        st.just(5),
    )  # fmt: skip
    events = []
    for number in range(draw(st.integers(0, 3))):
        id_ = f"{name}-e{number}"
        listed = tuple(draw(claims(name, id_, i)) for i in range(draw(st.integers(0, 3))))
        where = (draw(offsets), draw(offsets))
        events.append(Event(id_, name, draw(texts), listed, draw(texts), *where, draw(st.booleans())))
    return Reading(
        document,
        tuple(Sentence(name, start, end, None) for start, end in spans),
        tuple(draw(st.lists(toponyms, max_size=3))),
        tuple(draw(st.lists(relations, max_size=2))),
        tuple(events),
    )


slow_disk = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@slow_disk
@given(first=readings(), second=readings())
def test_a_reading_comes_back_as_it_was_and_a_second_takes_its_place(first: Reading, second: Reading) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "s.gpkg") as store:
        for kept in (first, second, second):
            store.save(kept)
            assert store.reading("a") == kept
        assert store.check() == ()


@slow_disk
@given(data=st.data())
def test_projects_come_back_as_the_merge_left_them(data: st.DataObject) -> None:
    told = [data.draw(readings(name)) for name in ("a", "b")]
    listed = [claim for r in told for e in r.events for claim in e.claims]
    changed = tuple(
        replace(c, rank=data.draw(st.sampled_from(["normal", "preferred"])), value=data.draw(texts))
        for c in listed
    )
    project = Project(
        "p-1", data.draw(texts), data.draw(texts), changed, ("a-e0",), tuple(data.draw(st.lists(texts, max_size=2))),
        "held", "2018", tuple(data.draw(st.lists(st.integers(1, 3000), max_size=3))),
        tuple(c for c in changed if c.property == "place"), changed[:1], (), tuple(listed[:1]),
        (Conflict("date", tuple(c.id for c in changed[:2]), data.draw(texts)),), data.draw(st.none() | shapes), 4, 0.25,
    )  # fmt: skip
    other = Project("p-0", "", "", ())
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "s.gpkg") as store:
        for kept in told:
            store.save(kept)
        store.save_projects([project, other])
        assert store.project_records() == (other, project)
        assert store.project("p-1") == project
        assert store.project("p-1").claims == changed
        assert len(store.projects()) == len(store.project_columns()) == 2
        assert store.check() == ()


def test_lone_surrogates_of_file_names_are_kept_readable(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.gpkg") as store:
        store.save(replace(reading(), document=replace(reading().document, title="bad \udcff name")))
        assert store.document("rail").title == "bad � name"


def test_an_unknown_text_or_project_is_said_to_be_missing(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.gpkg") as store:
        with pytest.raises(StoreError, match="no text 'x'"):
            store.document("x")
        with pytest.raises(StoreError, match="no project 'x'"):
            store.project("x")


def test_the_revision_grows_with_every_change_and_caches_follow(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.gpkg") as store:
        store.save(reading())
        before = store.revision
        assert store.project_records() == ()
        store.save_projects([project_of([reading()])])
        assert store.revision > before
        assert [p.id for p in store.project_records()] == ["railway-1"]
