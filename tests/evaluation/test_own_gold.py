"""What we expect from our own texts can be found in them."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from geodata.vocabulary import load_vocabulary

TEXTS = Path(__file__).parents[1] / "data" / "texts"
Projects = list[dict[str, Any]]
GOLDS = sorted(TEXTS.glob("gold-*.json"))


@pytest.fixture(params=GOLDS, ids=lambda path: path.stem)
def projects(request: pytest.FixtureRequest) -> Projects:
    found: Projects = json.loads(request.param.read_text("utf-8"))["projects"]
    return found


def test_every_expected_project_is_well_formed(projects: Projects) -> None:
    words = load_vocabulary()
    assert max(Counter(project["id"] for project in projects).values()) == 1
    for project in projects:
        assert set(project["types"]) <= set(words.types), project["id"]
        assert project["status"] is None or project["status"] in words.statuses, project["id"]
        for place in project["places"]:
            assert abs(place["lat"]) <= 90, project["id"]
            assert abs(place["lon"]) <= 180, project["id"]


def test_every_expected_project_names_a_text_that_is_there(projects: Projects) -> None:
    there = {path.name[:3] for path in TEXTS.glob("*.md")}
    assert {doc for project in projects for doc in project["docs"]} <= there


def test_every_expected_year_is_written_in_a_text_of_the_project(projects: Projects) -> None:
    texts = {path.name[:3]: path.read_text("utf-8") for path in TEXTS.glob("*.md")}
    for project in projects:
        read = " ".join(texts[doc] for doc in project["docs"])
        assert [year for year in project["years"] if str(year) not in read] == [], project["id"]
