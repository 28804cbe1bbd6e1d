"""``dateline evaluate``: score against a gold file, as the published tables do."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from geodata.cli.common import EXIT_FAILED, add_command, complain, open_finished, store_path
from geodata.errors import DatelineError


def add(commands: Any) -> None:
    """Add the command."""
    parser = add_command(commands, "evaluate", run, "score against a gold file")
    parser.add_argument("what", choices=("toponyms", "projects"))
    parser.add_argument(
        "gold",
        type=Path,
        metavar="GOLD",
        help="toponyms: GOLD.jsonl with texts; projects: GOLD.json, or narratives",
    )
    parser.add_argument("--spans", action="store_true", help="toponyms: resolve the gold's own spans")
    parser.add_argument("--join", action="store_true", help="narratives: ten of a country were one text")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")


def run(asked: argparse.Namespace) -> int:
    """Score, and print figures and what goes wrong."""
    try:
        return _toponyms(asked) if asked.what == "toponyms" else _projects(asked)
    except OSError as error:
        complain(f"{asked.gold}: {error.strerror}")
    except (ValueError, KeyError, TypeError) as error:
        complain(f"{asked.gold}: this is no such gold file ({error})")
    return EXIT_FAILED


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _toponyms(asked: argparse.Namespace) -> int:
    from dataclasses import asdict

    from geodata.evaluation.toponyms import report, score_toponyms
    from geodata.geoparsing import geoparse_records

    gold = {str(row["id"]): row["toponyms"] for row in _rows(asked.gold)}
    with asked.gold.open(encoding="utf-8") as lines:
        predicted = {str(row["id"]): row["toponyms"] for row in geoparse_records(lines, asked.spans)}
    scores = score_toponyms(gold, predicted)
    print(json.dumps(asdict(scores), ensure_ascii=False, indent=1) if asked.json else report(scores))
    return 0


def _projects(asked: argparse.Namespace) -> int:
    from geodata.evaluation.narratives import score_narratives
    from geodata.evaluation.projects import score_projects
    from geodata.projects import project_json

    path = store_path(asked)
    with open_finished(path) as store:
        predicted = [project_json(project) for project in store.project_records()]
    if not predicted:
        raise DatelineError(f"{path}: no projects there yet. Read the texts first: dateline ingest FOLDER.")
    if asked.gold.suffix == ".jsonl":
        scores = score_narratives(_rows(asked.gold), predicted, join=asked.join)
    else:
        scores = score_projects(json.loads(asked.gold.read_text("utf-8"))["projects"], predicted)
    print(json.dumps(scores.as_json(), ensure_ascii=False, indent=1) if asked.json else scores.text())
    return 0
