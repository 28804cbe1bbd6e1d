"""The project scores: the same as the tools that judge, and a report that says what was missed."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from geodata.evaluation.narratives import documents, score_narratives
from geodata.evaluation.projects import score_projects

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared is not there: the tools that judge are in it"
)

GOLD: list[dict[str, Any]] = [
    {
        "id": "lamu", "title": "Lamu Port", "types": ["port"], "years": [2021], "status": "operating", "core": True,
        "places": [{"name": "Lamu", "role": "site", "lat": -2.27, "lon": 40.9}], "value": {"usd": 3.67e8},
        "actors": ["Kenya", "China Communications Construction Company"], "docs": ["101", "103"],
    },
    {
        "id": "talks", "title": "Talks at Doha", "types": ["summit"], "years": [2020], "status": "held", "core": False,
        "places": [{"name": "Doha", "role": "venue", "lat": 25.29, "lon": 51.53}], "value": None,
        "actors": ["Kenya", "Taliban"], "docs": ["101"],
    },
]  # fmt: skip
READ: list[dict[str, Any]] = [
    {
        "title": "Port, Lamu", "type": "port", "status": "completed", "years": [2021],
        "actors": [{"name": "China Communications Construction", "kind": "company", "role": "contractor"}],
        "places": [{"name": "Lamu", "role": "site", "lat": -2.3, "lon": 40.9, "country": "KE", "precision": 1}],
        "values": [{"amount": 3.67e8, "unit": "USD", "kind": ""}], "claims": [{"doc": "101-swahili-coast"}],
    },
    {
        "title": "Dam, Turkana", "type": "dam", "status": "", "years": [1999], "actors": [], "values": [],
        "places": [{"name": "Turkana", "role": "site", "lat": 3.1, "lon": 35.6, "country": "KE", "precision": 1}],
        "claims": [{"doc": "102"}],
    },
]  # fmt: skip


def test_found_precision_and_attributes_are_told() -> None:
    report = score_projects(GOLD, READ)
    assert report.scores["found"] == 0.5
    assert report.scores["found_core"] == 1.0
    assert report.scores["precision"] == 0.5
    assert report.scores["years"] == report.scores["value"] == report.scores["places"] == 1.0
    assert report.scores["status"] == 0.0
    assert report.scores["evidence"] == 0.5
    assert report.precision["actors"] == 1.0


def test_the_report_lists_what_was_missed_what_was_too_much_and_what_was_wrong() -> None:
    text = score_projects(GOLD, READ).text()
    assert "talks: Talks at Doha" in text
    assert "dam: Dam, Turkana [1999]" in text
    assert "lamu, status: completed, not operating" in text


def test_years_that_contradict_are_no_match() -> None:
    assert score_projects(GOLD, [{**READ[0], "years": [1990]}]).scores["found"] == 0.0


NARRATIVE: dict[str, Any] = {
    "id": "n1", "text": "In 2008 a bank lent for a port.", "country": {"name": "Kenya", "iso2": "KE", "iso3": "KEN"},
    "group": "transport", "sector": "", "year": 2008, "dates": {"started": 2009}, "status": ["completed"],
    "value": {"amount": 2e9, "unit": "CNY"}, "places": [{"name": "Lamu", "lat": -2.27, "lon": 40.9}],
    "actors": [{"names": ["China Exim Bank"], "role": "funding"}],
}  # fmt: skip
TOLD: dict[str, Any] = {
    "type": "port", "title": "Port, Lamu", "status": "completed", "years": [2008],
    "dates": [{"edtf": "2008-01", "role": "signed"}, {"edtf": "2009", "role": "started"}],
    "actors": [{"name": "China Exim Bank", "role": "funding"}], "values": [{"amount": 2e9, "unit": "CNY"}],
    "places": [{"name": "Lamu", "role": "site", "lat": -2.27, "lon": 40.9, "country": "KE"}],
    "claims": [{"doc": "n1"}],
}  # fmt: skip


def test_a_narrative_read_rightly_scores_one_everywhere() -> None:
    scores = score_narratives([NARRATIVE], [TOLD]).scores
    fields = (
        "found",
        "country",
        "group",
        "year",
        "commitment_year",
        "dates",
        "status",
        "value",
        "actors",
        "roles",
    )
    assert {name: scores[name] for name in fields} == dict.fromkeys(fields, 1.0)
    assert scores["wrong_country"] == 0.0


def test_a_site_in_another_country_is_counted() -> None:
    wrong = {**TOLD, "places": [{**TOLD["places"][0], "country": "TZ"}]}
    report = score_narratives([NARRATIVE], [wrong])
    assert report.scores["wrong_country"] == 1.0
    assert report.scores["found"] == 0.0
    assert "n1 (transport, Kenya): read port: Port, Lamu" in report.text()


def test_ten_narratives_of_a_country_make_one_document_when_joined() -> None:
    rows = [{**NARRATIVE, "id": f"n{i}"} for i in range(12)]
    assert {name: len(group) for name, group in documents(rows, join=True).items()} == {
        "KEN-0": 10,
        "KEN-1": 2,
    }


def _tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SHARED / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@shared
def test_our_project_scores_are_those_of_the_tool() -> None:
    gold = json.loads((SHARED / "gold" / "projects.json").read_text(encoding="utf-8"))["projects"]
    read = [_as_read(g, n) for n, g in enumerate(gold)]
    ours, theirs = score_projects(gold, read).scores, _tool("score_projects").score(gold, read)
    for name in (
        "found",
        "found_core",
        "precision",
        "type",
        "places",
        "years",
        "actors",
        "status",
        "evidence",
    ):
        assert ours[name] == pytest.approx(theirs[name]), name


@shared
def test_our_narrative_scores_are_those_of_the_tool() -> None:
    lines = (SHARED / "corpora" / "aiddata-dev.jsonl").read_text(encoding="utf-8").splitlines()
    gold = list(map(json.loads, lines[:300]))
    read = [{**TOLD, "claims": [{"doc": g["id"]}], "years": [g["year"]]} for g in gold]
    for join in (False, True):
        if join:
            read = [{**p, "claims": [{"doc": doc}]} for doc in documents(gold, join=True) for p in read[:3]]
        ours = score_narratives(gold, read, join=join).scores
        theirs = _tool("score_aiddata").score(gold, read, join=join)
        for name, value in ours.items():
            assert value == pytest.approx(theirs[name]), name


def _as_read(g: dict[str, Any], n: int) -> dict[str, Any]:
    """Make a prediction out of a gold project, wrong in ways that turn with the number."""
    return {
        "title": g["title"],
        "type": g["types"][0] if n % 5 else "dam",
        "status": g["status"] if n % 3 else "proposed",
        "years": g["years"][:1] if n % 4 else [1901],
        "actors": [{"name": actor} for actor in g["actors"][n % 2 :]],
        "places": [{**place, "lat": place["lat"] + (n % 7) * 0.1} for place in g["places"][: 1 + n % 3]],
        "values": [],
        "claims": [{"doc": f"{doc}_x"} for doc in g["docs"][n % 2 :] or ["999"]],
    }
