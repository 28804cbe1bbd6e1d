"""Make the weights of the ranker: ``python -m geodata.resolution.train CORPUS.jsonl... [--write]``.

Needs scikit-learn's SciPy, and corpora with marked, placed toponyms; narratives with a ``places`` field (a name and
a point) serve too, by the mentions of those names. A conditional logit: the readings of a name compete, and those
near the marked point win. Documents are dealt into five parts; what is printed is of the part not trained on.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

from geodata.records import Toponym
from geodata.resolution.cues import Cues, read_cues
from geodata.resolution.features import CONTEXT, LINKED, NAMES, NONE, WIDE, none_features, static_features
from geodata.resolution.names import Gazetteer, fold, gather
from geodata.resolution.rank import PASSES, Ranker, with_context
from geodata.resolution.table import EARTH_KM, Floats, Table, build_table, pick, softmax
from geodata.toponyms.evidence import Gazetteer as Names
from geodata.toponyms.train import PARTS, part_of

RIGHT_KM, SLACK_KM = 161.0, 30.0
"""A reading is right within 161 km; of those, the nearest and what lies 30 km further."""
THRESHOLD = 0.35
"""Confidence below which Dateline abstains: there a reading is wrong twice out of three times."""
STRENGTH = 2.0
"""Weight of the penalty on large weights."""


SENSE = {
    "inside what follows": (2.5, None),
    "not inside what follows": (None, -1.0),
    "holds what stands before": (2.0, None),
    "does not hold what stands before": (None, -0.5),
    "same name told apart": (2.0, None),
    "the before a wide one": (1.0, None),
    "the before a narrow one": (None, -1.0),
}
"""Bounds of weights that every reader knows and the corpora hardly test: "Paris, Texas" is in Texas."""


@dataclass(slots=True)
class Example:
    """A document ready to be trained on: its candidates and, per name, the share of mentions each row is right for."""

    document: str
    table: Table
    cues: Cues
    base: Floats
    right: Floats
    """Row → mentions of its name for which it is right."""
    asked: Floats
    """Row → mentions of its name that have any right row."""
    marked: Floats
    """Row → mentions of its name that have a marked point."""
    none: Floats
    """Features of "no reading is right", one row a name with readings."""
    matrix: Floats


def example(row: Mapping[str, Any], doc: Doc, toponyms: Sequence[Toponym], gaz: Gazetteer) -> Example:
    """Lay out a document; ``toponyms`` are its mentions, marked ones with ``lat`` and ``lon``."""
    names = gather(toponyms, doc.text, gaz)
    table = build_table(names)
    cues = read_cues(names, toponyms, doc.text)
    base = static_features(table, cues)
    right, asked, marked = (np.zeros(len(table)) for _ in range(3))
    for n, name in enumerate(names):
        if n not in table.rows:
            continue
        rows = slice(*table.rows[n])
        for i in name.mentions:
            lat, lon = toponyms[i].lat, toponyms[i].lon
            if lat is None or lon is None:
                continue
            distance = _distance(table.point[rows], lat, lon)
            if distance.min() > RIGHT_KM and not set(WIDE).isdisjoint(table.classes[rows]):
                continue  # where in an ocean its point lies is a matter of taste
            marked[rows] += 1
            if distance.min() <= RIGHT_KM:
                right[rows] += distance <= min(RIGHT_KM, float(distance.min()) + SLACK_KM)
                asked[rows] += 1
    return Example(row["id"], table, cues, base, right, asked, marked, none_features(table), base)


def _distance(points: Floats, lat: float, lon: float) -> Floats:
    a, b = np.radians(lat), np.radians(lon)
    there = np.array([np.cos(a) * np.cos(b), np.cos(a) * np.sin(b), np.sin(a)])
    distances: Floats = np.arccos(np.clip(points @ there, -1, 1)) * EARTH_KM
    return distances


def fit(examples: Sequence[Example], context: bool) -> tuple[Floats, Floats]:
    """Fit the weights of one pass on the matrices that the examples hold: of readings, and of none being right."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    used = [e for e in examples if len(e.table) and e.marked.any()]
    matrix = np.concatenate([e.matrix for e in used])
    none = np.concatenate([e.none for e in used])
    hit = np.concatenate([e.right for e in used]) > 0
    offsets = np.cumsum([0, *(len(e.table) for e in used)])
    starts = np.concatenate([e.table.starts + o for e, o in zip(used, offsets, strict=False)])
    lengths = np.diff(np.append(starts, len(matrix)))
    marked = np.maximum.reduceat(np.concatenate([e.marked for e in used]), starts)
    answered = np.maximum.reduceat(hit, starts)
    active = np.array([context or name not in (*LINKED, *CONTEXT) for name in NAMES])
    weight = np.sqrt(marked)
    size = len(NAMES)

    def loss(values: Floats) -> tuple[float, Floats]:
        scores, against = matrix @ (values[:size] * active), none @ values[size:]
        top = np.maximum(np.maximum.reduceat(scores, starts), against)
        powers, nothing = np.exp(scores - np.repeat(top, lengths)), np.exp(against - top)
        total = np.add.reduceat(powers, starts) + nothing
        good = np.where(answered, np.add.reduceat(powers * hit, starts), nothing)
        good = np.maximum(good, 1e-12)
        value = -float((weight * np.log(good / total)).sum())
        for_right = np.repeat(np.where(answered, weight / good, 0.0), lengths) * powers * hit
        pull = for_right - np.repeat(weight / total, lengths) * powers
        push = np.where(answered, 0.0, weight) - weight / total * nothing
        gradient = np.concatenate([-(matrix.T @ pull) * active, -(none.T @ push)]) + 2 * STRENGTH * values
        return value + STRENGTH * float(values @ values), gradient

    bounds = [SENSE.get(name, (None, None)) for name in NAMES]
    bounds += [(None, None)] * len(NONE)
    start = np.zeros(size + len(NONE))
    result = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 120})
    return np.round(result.x[:size] * active, 3), np.round(result.x[size:], 3)


def fit_passes(examples: Sequence[Example], others: Sequence[Example] = ()) -> Ranker:
    """Fit all passes one after the other; ``others`` are carried along to be judged, not trained on."""
    weights, none = [], []
    for one in (*examples, *others):
        one.matrix = one.base
    for number, _ in enumerate(PASSES):
        values, against = fit(examples, context=number > 0)
        weights.append(values)
        none.append(against)
        if number + 1 < len(PASSES):
            for one in (*examples, *others):
                odds = softmax(one.table, one.matrix @ values, one.none @ against)
                one.matrix = with_context(one.table, one.base, odds)
    return Ranker(tuple(weights), tuple(none), (), 0.0)


def accuracy(examples: Sequence[Example], ranker: Ranker) -> tuple[float, float, float]:
    """Return mentions put right, mentions that had a right reading, and mentions that had any reading."""
    right = asked = marked = 0.0
    for one in examples:
        odds = softmax(one.table, one.matrix @ ranker.weights[-1], one.none @ ranker.none[-1])
        for first, last in one.table.rows.values():
            best, _ = pick(one.table, odds, first, last)
            right += float(one.right[best])
            asked += float(one.asked[first])
            marked += float(one.marked[first])
    return right, asked, marked


def reliability(
    examples: Sequence[Example], ranker: Ranker, bins: int = 10
) -> list[tuple[float, float, int]]:
    """Return by raw probability: its mean, the share that was right, and the mentions."""
    points: list[tuple[float, float, float]] = []
    for one in examples:
        odds = softmax(one.table, one.matrix @ ranker.weights[-1], one.none @ ranker.none[-1])
        for first, last in one.table.rows.values():
            best, mass = pick(one.table, odds, first, last)
            if one.marked[first]:
                points.append((mass, float(one.right[best]), float(one.marked[first])))
    points.sort()
    out = []
    for part in np.array_split(np.array(points), bins):
        mentions = float(part[:, 2].sum())
        out.append(
            (
                float((part[:, 0] * part[:, 2]).sum() / mentions),
                float(part[:, 1].sum() / mentions),
                int(mentions),
            )
        )
    return out


def toponyms_of(row: Mapping[str, Any], doc: Doc, gaz: Names) -> list[Toponym]:
    """Return the mentions of a text to train on: the marked ones, or in a narrative those of its coded places."""
    from geodata.toponyms import find_toponyms

    if "toponyms" in row:
        marked = sorted(row["toponyms"], key=lambda t: (t["start"], t["end"]))
        kinds = {(t.start, t.end): t.kind for t in find_toponyms(doc, gaz)}
        return [
            Toponym(
                row["id"],
                t["start"],
                t["end"],
                row["text"][t["start"] : t["end"]],
                kinds.get((t["start"], t["end"]), "literal"),
                None,
                t["lat"],
                t["lon"],
            )
            for t in marked
            if "kind" not in t or t["lat"] is not None
        ]
    points = {fold(p["name"]): p for p in row.get("places", ())}
    out = []
    for toponym in find_toponyms(doc, gaz, document=row["id"]):
        place = points.get(fold(toponym.surface))
        lat, lon = (place["lat"], place["lon"]) if place else (None, None)
        out.append(
            Toponym(row["id"], toponym.start, toponym.end, toponym.surface, toponym.kind, None, lat, lon)
        )
    return out


def calibrated(examples: list[Example]) -> Ranker:
    """Return a ranker fitted on examples, its confidence calibrated by the parts left out in turn."""
    points: list[tuple[float, float, int]] = []
    for part in range(PARTS):
        held = [e for e in examples if part_of(e.document) == part]
        ranker = fit_passes([e for e in examples if part_of(e.document) != part], held)
        if held:
            points += reliability(held, ranker, 20)
    return replace(fit_passes(examples), calibration=tuple(_rising(points)), threshold=THRESHOLD)


def train(examples: list[Example], *, write: bool) -> None:
    """Cross-validate by document, print, and with ``write`` fit on all and write the file."""
    total = np.zeros(3)
    for part in range(PARTS):
        held = [e for e in examples if part_of(e.document) == part]
        total += accuracy(held, fit_passes([e for e in examples if part_of(e.document) != part], held))
    print(
        f"held out: {total[0] / total[1]:.3f} of {total[1]:.0f} mentions with a right reading are put right,"
        f" {total[0] / total[2]:.3f} of {total[2]:.0f} with any"
    )
    if write:
        write_weights(calibrated(examples))


def write_weights(ranker: Ranker) -> None:
    """Write ``weights.json``."""
    table = {
        "command": "python -m geodata.resolution.train lgl.jsonl gwn.jsonl aiddata-dev.jsonl --write",
        "threshold": ranker.threshold,
        "calibration": ranker.calibration,
        "weights": {
            name: {n: float(w) for n, w in zip(NAMES, row, strict=True) if w}
            for name, row in zip(PASSES, ranker.weights, strict=True)
        },
        "no reading is right": {
            name: dict(zip(NONE, map(float, row), strict=True))
            for name, row in zip(PASSES, ranker.none, strict=True)
        },
    }
    target = Path(str(files("geodata").joinpath("resolution", "weights.json")))
    target.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _rising(points: list[tuple[float, float, int]], bins: int = 10) -> list[tuple[float, float]]:
    """Return a rising table of raw probability → share right (pool adjacent violators)."""
    points = sorted(points)
    blocks: list[list[float]] = []
    for raw, share, count in points:
        blocks.append([raw * count, share * count, count])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    return [(round(a / c, 3), round(b / c, 3)) for a, b, c in blocks]


def main(arguments: list[str]) -> int:
    """Train on corpora, print figures of held-out documents, write the weights if asked."""
    paths = [Path(a) for a in arguments if not a.startswith("--")]
    if not paths:
        print(__doc__)
        return 2
    from geodata.gazetteer import open_gazetteer
    from geodata.language import open_model

    rows = [json.loads(line) for p in paths for line in p.read_text("utf-8").split("\n") if line.strip()]
    docs = open_model().pipe((row["text"] for row in rows), batch_size=32)
    gaz = open_gazetteer()
    train(
        [example(row, doc, toponyms_of(row, doc, gaz), gaz) for row, doc in zip(rows, docs, strict=True)],
        write="--write" in arguments,
    )
    return 0


__all__ = ["Example", "Ranker", "calibrated", "example", "fit_passes", "toponyms_of", "train"]

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
