"""Accuracy: places of the public corpora, projects of the five texts, of our own texts and of coders' narratives.

Of held-out texts only totals leave this module, never what was missed.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench import Row
from geodata.evaluation.matching import Json, Report
from geodata.evaluation.narratives import documents, score_narratives
from geodata.evaluation.projects import score_projects
from geodata.evaluation.texts import projects_of, rows_of
from geodata.evaluation.toponyms import score_toponyms
from geodata.geoparsing import geoparse_records

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
OWN_TEXTS = ROOT / "tests/data/texts"
UNSEEN_GOALS = {"found": "≥ 0.65", "precision": "≥ 0.60"}
OWN: tuple[tuple[str, range, dict[str, str]], ...] = (
    ("our texts 101–105", range(101, 106), {}),
    ("our texts 111–118", range(111, 119), {}),
    ("our texts 121–124", range(121, 125), {}),
    ("our texts 131–133", range(131, 134), {}),
    ("our texts 201–205", range(201, 206), {}),
    ("our texts 211–216", range(211, 217), {}),
    ("our texts 234–236, held out", range(234, 237), UNSEEN_GOALS),
)
"""Name, numbers of the texts, goals; a set that no gold file speaks of is left out."""
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
JOINING_COSTS = 0.05
"""Of "found", at most, where ten narratives make one text."""
THRESHOLDS = (0.0, 0.4, 0.5, 0.6)
TABLES = {
    "texts": ("five originals", "their digests", "our texts"),
    "narratives": ("208 narratives", "1285 narratives"),
    "thresholds": ("confidence",),
}
"""Which sets of texts stand in which table of docs/extraction.md."""
CORPORA = (("lgl", "≥ 0.78", "≥ 0.82", "≥ 0.62"), ("gwn", "≥ 0.72", "", ""))


def run(small: bool) -> Iterator[Row]:
    """Score what is at hand; the corpora and the originals only where ``../shared`` is."""
    scored = {}
    own = [g for path in sorted(OWN_TEXTS.glob("gold-*.json")) for g in _gold(path)]
    for name, numbers, goals in OWN:
        texts = {str(number) for number in numbers}
        gold = [g for g in own if texts.intersection(g["docs"])]
        if not gold:
            continue
        read = rows_of(projects_of(p for p in sorted(OWN_TEXTS.glob("*.md")) if p.name[:3] in texts))
        scored[name] = (gold, read)
        yield from _rows(name, score_projects(gold, read), PROJECT_GOALS, goals)
    expected = SHARED / "gold/projects.json"
    if not expected.exists():
        return
    for name, folder in (("five originals", SHARED / "seeds"), ("their digests", ROOT / "seeds")):
        scored[name] = (_gold(expected), rows_of(projects_of([folder])))
        yield from _rows(name, score_projects(*scored[name]), PROJECT_GOALS, PROJECT_GOALS)
    yield from _thresholds(scored["five originals"], scored["our texts 101–105"])
    if not small:
        yield from _narratives(SHARED / "corpora/aiddata-dev.jsonl")
        for name, resolved, recognised, placed in CORPORA:
            yield from _toponyms(SHARED / f"corpora/{name}.jsonl", resolved, recognised, placed)


def tables(rows: Iterable[Row]) -> Iterator[tuple[str, str, str]]:
    """Return the tables of docs/extraction.md, as page, part and text: a line a set of texts, a column a field."""
    figures: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        name, _, field = row.name.rpartition(": ")
        figures[name][field] = f"{row.value:.2f}"
    for part, beginnings in TABLES.items():
        lines = {name: cells for name, cells in figures.items() if name.startswith(beginnings)}
        if lines:
            columns = list(next(iter(lines.values())))
            table = [[part, *columns], ["---"] * (len(columns) + 1)]
            table += [[name, *(cells.get(c, "") for c in columns)] for name, cells in lines.items()]
            yield "extraction.md", part, "\n".join(f"| {' | '.join(cells)} |" for cells in table)


def _gold(path: Path) -> list[Json]:
    projects: list[Json] = json.loads(path.read_text("utf-8"))["projects"]
    return projects


def _thresholds(*sets: tuple[list[Json], list[dict[str, Any]]]) -> Iterator[Row]:
    """Score several sets together, with the projects alone that are at least so sure."""
    for least in THRESHOLDS:
        reports = [score_projects(gold, [p for p in read if p["confidence"] >= least]) for gold, read in sets]
        for key in ("found", "precision"):
            asked = sum(report.asked[key] for report in reports)
            hits = sum((report.scores[key] or 0) * report.asked[key] for report in reports)
            yield Row(f"confidence from {least:g} on: {key}", round(hits / asked, 3), "", "", f"of {asked:g}")


def _narratives(path: Path) -> Iterator[Row]:
    every: list[Json] = [json.loads(line) for line in _lines(path)]
    built = [g for g in every if g["group"]]
    alone = _read_narratives(built)
    yield from _rows(f"{len(built)} narratives", alone, NARRATIVE_GOALS, NARRATIVE_GOALS)
    goals = {"found": f"≥ {(alone.scores['found'] or 0) - JOINING_COSTS:.3f}"}
    joined = _read_narratives(built, join=True)
    yield from _rows(f"{len(built)} narratives, ten joined", joined, NARRATIVE_GOALS, goals)
    yield from _rows(f"{len(every)} narratives, of all kinds", _read_narratives(every), NARRATIVE_GOALS, {})


def _read_narratives(gold: Sequence[Json], *, join: bool = False) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        for id, golds in documents(gold, join=join).items():
            Path(folder, f"{id}.txt").write_text("\n\n".join(g["text"] for g in golds) + "\n", "utf-8")
        return score_narratives(gold, rows_of(projects_of([Path(folder)])), join=join)


def _rows(name: str, report: Report, keys: Iterable[str], goals: dict[str, str]) -> Iterator[Row]:
    for key in keys:
        value, asked = report.scores.get(key), report.asked.get(key)
        if value is not None:
            note = "" if asked is None else f"of {asked:g}"
            yield Row(f"{name}: {key.replace('_', ' ')}", round(value, 3), "", goals.get(key, ""), note)


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
