"""How many of the places that people put on the map by hand have a candidate at all.

The corpora are for development and stand beside the repository; without them these tests are skipped, and
`test_gazetteer_lookup` tests the same kinds of names.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.lookup import kilometres

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"


def lines(name: str) -> list[dict[str, Any]]:
    path = CORPORA / name
    if not path.is_file():
        pytest.skip(f"{name} is not beside this repository")
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def within(name: str, lat: float, lon: float, km: float) -> bool:
    matches = open_gazetteer().lookup(name)
    return any(kilometres(m.place.lat, m.place.lon, lat, lon) <= km for m in matches)


@pytest.mark.parametrize(("corpus", "share"), [("lgl.jsonl", 0.93), ("gwn.jsonl", 0.85)])
def test_most_places_of_news_have_a_candidate_within_161_km(corpus: str, share: float) -> None:
    hits = [
        within(document["text"][t["start"] : t["end"]], t["lat"], t["lon"], 161)
        for document in lines(corpus)
        for t in document["toponyms"]
        if t.get("lat") is not None
    ]
    assert sum(hits) / len(hits) >= share


def test_most_places_of_projects_have_a_candidate_within_25_km() -> None:
    hits = [
        within(place["name"], place["lat"], place["lon"], 25)
        for narrative in lines("aiddata-dev.jsonl")
        for place in narrative["places"]
    ]
    assert sum(hits) / len(hits) >= 0.72
