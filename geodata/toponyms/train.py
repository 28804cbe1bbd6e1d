"""Make the weights of recognition: ``python -m geodata.toponyms.train CORPUS.jsonl... [--write]``.

Needs scikit-learn, and corpora of texts with their toponyms marked. Documents are dealt into five parts; the printed
figures are of the part that was not trained on. ``--write`` then fits on all and writes ``weights.json``.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from geodata.toponyms import is_seat, looked_up, read_page
from geodata.toponyms.decide import MODELS, Weights
from geodata.toponyms.evidence import Features, Gazetteer
from geodata.toponyms.evidence import features as features_of
from geodata.toponyms.kinds import kind_of

PARTS = 5
MIN_COUNT = 4
"""A feature of fewer documents is dropped: it would be learned by heart."""
STRENGTH = 0.3
"""Inverse regularisation."""
KEPT = 0.01
THRESHOLDS = {"literal": 0.45, "embedded": 0.5, "demonym": 0.3}
"""Probability from which a proposal counts as a place, chosen on the tuning figures of each model."""


@dataclass(frozen=True, slots=True)
class Example:
    """A proposal of a document: its features, its kind, and whether people marked it (None: not asked)."""

    document: str
    features: Features
    kind: str
    marked: bool | None


def examples(row: Mapping[str, Any], doc: Doc, gaz: Gazetteer) -> Iterator[Example]:
    """Label each proposal of a text: marked where it overlaps a gold mention."""
    page, proposals = read_page(doc, gaz)
    gold = sorted(
        (t["start"], t["end"], t.get("lat") is not None or "kind" not in t) for t in row["toponyms"]
    )
    for proposal, matches, known in looked_up(page, proposals, gaz):
        kind, _ = kind_of(page, proposal, known, is_seat=is_seat(matches))
        over = [asked for start, end, asked in gold if start < proposal.end and proposal.start < end]
        marked = any(over) if over else False
        yield Example(
            row["id"],
            features_of(page, proposal, known, matches),
            kind,
            None if over and not any(over) else marked,
        )


def part_of(id: str) -> int:
    """Return the part of a document; the same on every machine."""
    return hashlib.sha256(id.encode()).digest()[0] % PARTS


def fit(rows: list[Example], model_name: str) -> dict[str, float]:
    """Fit a logistic regression on the proposals of the kinds that a model judges."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows = [r for r in rows if r.marked is not None and MODELS[r.kind] == model_name]
    seen: dict[str, set[str]] = {}
    for row in rows:
        for name in row.features:
            seen.setdefault(name, set()).add(row.document)
    kept = [{n: v for n, v in r.features.items() if len(seen[n]) >= MIN_COUNT} for r in rows]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(kept)
    model = LogisticRegression(C=STRENGTH, max_iter=4000, fit_intercept=False)
    model.fit(matrix, [r.marked for r in rows])
    pairs = zip(vectorizer.feature_names_, model.coef_[0], strict=True)
    return {name: round(float(w), 3) for name, w in pairs if abs(float(w)) >= KEPT}


def figures(rows: list[Example], models: Mapping[str, Weights]) -> dict[str, tuple[int, int, int]]:
    """Return by kind: proposals taken, of these marked, marked in all."""
    out: dict[str, tuple[int, int, int]] = {}
    for row in rows:
        if row.marked is None:
            continue
        model = models[MODELS[row.kind]]
        taken = model.probability(row.features) >= model.threshold
        a, b, c = out.get(row.kind, (0, 0, 0))
        out[row.kind] = (a + taken, b + (taken and row.marked), c + row.marked)
    return out


def main(arguments: list[str]) -> int:
    """Train, print figures of held-out documents, write the weights if asked."""
    paths = [Path(a) for a in arguments if not a.startswith("--")]
    if not paths:
        print(__doc__)
        return 2
    from geodata.gazetteer import open_gazetteer
    from geodata.language import open_model

    rows = [json.loads(line) for p in paths for line in p.read_text("utf-8").split("\n") if line.strip()]
    docs = open_model().pipe((row["text"] for row in rows), batch_size=32)
    gaz = open_gazetteer()
    every = [e for row, doc in zip(rows, docs, strict=True) for e in examples(row, doc, gaz)]
    train(every, write="--write" in arguments)
    return 0


def train(every: list[Example], *, write: bool) -> dict[int, dict[str, Weights]]:
    """Cross-validate by document, print, and with ``write`` fit on all and write the file.

    Returns the models of each part: those that did not see its documents.
    """
    total: dict[str, list[int]] = {}
    models: dict[int, dict[str, Weights]] = {}
    for part in range(PARTS):
        seen = [e for e in every if part_of(e.document) != part]
        models[part] = {name: Weights(fit(seen, name), at) for name, at in THRESHOLDS.items()}
        told = figures([e for e in every if part_of(e.document) == part], models[part])
        for kind, counts in told.items():
            total[kind] = [a + b for a, b in zip(total.get(kind, [0, 0, 0]), counts, strict=True)]
    for kind, (taken, right, marked) in sorted(total.items()):
        print(
            f"{kind:9s} precision {right / max(taken, 1):.3f} recall {right / max(marked, 1):.3f} of {marked}"
        )
    if write:
        table = {
            "command": "python -m geodata.toponyms.train lgl.jsonl gwn.jsonl --write",
            "thresholds": THRESHOLDS,
            "weights": {name: dict(sorted(fit(every, name).items())) for name in THRESHOLDS},
        }
        target = Path(str(files("geodata").joinpath("toponyms", "weights.json")))
        target.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    return models


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
