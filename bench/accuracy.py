"""Accuracy: places of the public corpora, projects of the five texts, of our own texts and of coders' narratives."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import Row
from geodata.evaluation.matching import Report
from geodata.evaluation.narratives import documents, score_narratives
from geodata.evaluation.projects import score_projects
from geodata.evaluation.texts import projects_of, rows_of
from geodata.evaluation.toponyms import score_toponyms
from geodata.geoparsing import geoparse_records

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
OWN_TEXTS = ROOT / "tests/data/texts"
OWN = (
    ("our own texts", "gold-dev.json", "10*.md"),
    ("our own texts, second set", "gold-dev-2.json", "11*.md"),
)
PROJECT_GOALS = {
    "found": "≥ 0.75", "found_core": "≥ 0.90", "precision": "≥ 0.60", "type": "≥ 0.90", "places": "≥ 0.85",
    "years": "≥ 0.90", "actors": "≥ 0.70", "status": "≥ 0.75", "value": "≥ 0.90", "evidence": "≥ 0.90",
}  # fmt: skip
NARRATIVE_GOALS = {
    "found": "≥ 0.82", "group": "≥ 0.86", "year": "≥ 0.96", "commitment_year": "≥ 0.70", "dates": "≥ 0.55",
    "status": "≥ 0.58", "value": "≥ 0.90", "actors": "≥ 0.88", "roles": "≥ 0.72", "places": "≥ 0.66",
    "country": "≥ 0.95", "wrong_country": "≤ 0.06", "per_text": "≤ 1.8", "years_per_project": "≤ 2.2",
    "actors_per_project": "≤ 4.5",
}  # fmt: skip
CORPORA = (("lgl", "≥ 0.78", "≥ 0.82", "≥ 0.62"), ("gwn", "≥ 0.72", "", ""))


def run(small: bool) -> Iterator[Row]:
    """Score what is at hand; the corpora and the originals only where ``../shared`` is."""
    for name, file, texts in OWN:
        gold = json.loads((OWN_TEXTS / file).read_text("utf-8"))["projects"]
        yield from _projects(name, gold, sorted(OWN_TEXTS.glob(texts)), {})
    expected = SHARED / "gold/projects.json"
    if not expected.exists():
        return
    gold = json.loads(expected.read_text("utf-8"))["projects"]
    yield from _projects("five originals", gold, [SHARED / "seeds"], PROJECT_GOALS)
    yield from _projects("their digests", gold, [ROOT / "seeds"], PROJECT_GOALS)
    if not small:
        yield from _narratives(SHARED / "corpora/aiddata-dev.jsonl")
        for name, resolved, recognised, placed in CORPORA:
            yield from _toponyms(SHARED / f"corpora/{name}.jsonl", resolved, recognised, placed)


def _projects(
    name: str, gold: list[dict[str, Any]], paths: list[Path], goals: dict[str, str]
) -> Iterator[Row]:
    yield from _rows(name, score_projects(gold, rows_of(projects_of(paths))), goals)


def _narratives(path: Path) -> Iterator[Row]:
    gold = [g for line in _lines(path) if (g := json.loads(line))["group"]]
    for join in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            for id, golds in documents(gold, join=join).items():
                Path(folder, f"{id}.txt").write_text("\n\n".join(g["text"] for g in golds) + "\n", "utf-8")
            predicted = rows_of(projects_of([Path(folder)]))
        goals = {"found": "≥ found − 0.05"} if join else NARRATIVE_GOALS
        report = score_narratives(gold, predicted, join=join)
        yield from _rows("208 narratives" + (", ten joined" if join else ""), report, goals)


def _rows(name: str, report: Report, goals: dict[str, str]) -> Iterator[Row]:
    for key, value in report.scores.items():
        if value is not None and (not goals or key in goals):
            yield Row(f"{name}: {key.replace('_', ' ')}", round(value, 3), "", goals.get(key, ""))


def _lines(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as lines:  # not splitlines: a text may hold other line ends
        return [line for line in lines if line.strip()]


def _toponyms(path: Path, resolved: str, recognised: str, placed: str) -> Iterator[Row]:
    lines = _lines(path)
    gold = {str(row["id"]): row["toponyms"] for row in map(json.loads, lines)}
    name = path.stem.upper()
    for spans in (True, False):
        found = {str(row["id"]): row["toponyms"] for row in geoparse_records(lines, spans)}
        scores = score_toponyms(gold, found)
        if spans:
            yield Row(f"{name}, given spans: within 161 km", round(scores.placed.acc161, 3), "", resolved)
            candidates = scores.with_candidate.acc161
            yield Row(f"{name}, the same of mentions with a candidate", round(candidates, 3), "", "≥ 0.90")
        else:
            if recognised:  # GeoWebNews marks much besides places with coordinates
                yield Row(f"{name}: F1 of recognition, overlap", round(scores.overlap.f1, 3), "", recognised)
            yield Row(f"{name}, end to end: within 161 km", round(scores.placed.acc161, 3), "", placed)
