"""The scorer does what the paper says, and the shipped recogniser keeps its floors."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from geodata.evaluation.toponyms import MAX_KM, report, score_toponyms
from geodata.geoparsing import geoparse_records

SHARED = Path(__file__).parents[3] / "shared"
GOLD = {
    "a": [
        {"start": 0, "end": 5, "text": "Paris", "lat": 48.85, "lon": 2.35},
        {"start": 10, "end": 16, "text": "Lahore", "lat": 31.55, "lon": 74.35},
        {"start": 20, "end": 24, "text": "Main", "lat": None, "lon": None},
    ]
}


def test_all_right_is_one_and_error_nought() -> None:
    scores = score_toponyms(GOLD, GOLD)
    assert scores.exact.f1 == pytest.approx(1.0)
    assert scores.placed.acc161 == 1.0
    assert scores.placed.n == 2
    assert scores.placed.auc == 0.0


def test_a_missed_name_is_half_the_earth_away_and_an_overlap_is_half_right() -> None:
    found = {
        "a": [
            {
                "start": 0,
                "end": 4,
                "text": "Pari",
                "lat": 33.66,
                "lon": -95.55,
                "name": "Paris",
                "country": "US",
            }
        ]
    }
    scores = score_toponyms(GOLD, found)
    assert scores.exact.recall == 0.0
    assert scores.overlap.recall == pytest.approx(1 / 3)
    assert scores.placed.mean_km > 0.5 * MAX_KM
    assert "Paris → Paris (US)" in report(scores)


@pytest.mark.skipif(not (SHARED / "tools").is_dir(), reason="the judging scorer in ../shared is not here")
def test_it_agrees_with_the_scorer_that_judges() -> None:
    judge = runpy.run_path(str(SHARED / "tools" / "score_toponyms.py"))["score"]
    found = {
        "a": [
            {"start": 0, "end": 4, "lat": 33.66, "lon": -95.55},
            {"start": 11, "end": 16, "lat": 31.5, "lon": 74.3},
        ]
    }
    ours, theirs = score_toponyms(GOLD, found), judge(GOLD, found)
    assert ours.overlap.f1 == pytest.approx(theirs["overlap"]["f1"])
    assert ours.placed.acc161 == theirs["placed"]["acc161"]
    assert ours.placed.auc == pytest.approx(theirs["placed"]["auc"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("corpus", "spans", "floor"),
    [("lgl", True, 0.78), ("lgl", False, 0.62), ("gwn", True, 0.72)],
)
@pytest.mark.skipif(not (SHARED / "corpora").is_dir(), reason="the corpora in ../shared are not here")
def test_floors_hold_on_every_fifteenth_text(corpus: str, spans: bool, floor: float) -> None:
    lines = (SHARED / "corpora" / f"{corpus}.jsonl").read_text(encoding="utf-8").strip().split("\n")[::15]
    rows = [json.loads(line) for line in lines]
    gold = {r["id"]: [t for t in r["toponyms"] if corpus == "lgl" or t["lat"] is not None] for r in rows}
    asked = [json.dumps({**r, "toponyms": gold[r["id"]]}) for r in rows]
    found = {row["id"]: row["toponyms"] for row in geoparse_records(asked, spans)}
    scores = score_toponyms(gold, found)
    assert scores.placed.acc161 >= floor - 0.04  # a small sample
    if spans:
        assert all(
            [(t["start"], t["end"]) for t in gold[i]] == [(t["start"], t["end"]) for t in found[i]]
            for i in gold
        )
