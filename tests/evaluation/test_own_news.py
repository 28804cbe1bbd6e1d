"""The news texts written for scoring toponyms mark what they say they mark."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

NEWS = Path(__file__).parents[1] / "data" / "toponyms"
KINDS = {
    "Literal",
    "Metonymic",
    "Demonym",
    "Literal_Modifier",
    "Non_Literal_Modifier",
    "Embedded_Non_Lit",
}
Rows = list[dict[str, Any]]


@pytest.fixture(params=["news-dev", "news-held"])
def rows(request: pytest.FixtureRequest) -> Rows:
    return [
        json.loads(line) for line in (NEWS / f"{request.param}.jsonl").read_text("utf-8").split("\n") if line
    ]


def test_there_are_ten_texts_each_with_its_own_id(rows: Rows) -> None:
    assert len({row["id"] for row in rows}) == len(rows) == 10


def test_every_offset_cuts_out_the_name(rows: Rows) -> None:
    for row in rows:
        for name in row["toponyms"]:
            assert row["text"][name["start"] : name["end"]] == name["text"], row["id"]


def test_marked_names_do_not_overlap(rows: Rows) -> None:
    for row in rows:
        names = row["toponyms"]
        assert all(a["end"] <= b["start"] for a, b in pairwise(names)), row["id"]


def test_every_name_has_a_kind_and_a_point_or_none(rows: Rows) -> None:
    for name in (name for row in rows for name in row["toponyms"]):
        assert name["kind"] in KINDS
        assert (name["lat"] is None) == (name["lon"] is None)
        assert abs(name["lat"] or 0) <= 90
        assert abs(name["lon"] or 0) <= 180
