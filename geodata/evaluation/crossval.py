"""Figures on texts that neither model has seen: ``python -m geodata.evaluation.crossval CORPUS.jsonl... [--write]``.

The weights that ship are fitted on every document of the development corpora, so that scores on these flatter them.
Here recognition and ranking are fitted on four fifths of the documents and judged on the last, five times over.
``--write`` puts the tables between the marks of ``docs/geoparsing.md``. Needs scikit-learn.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from geodata.evaluation.toponyms import NEAR_KM, Scores, distance_km, score_toponyms
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.geoparsing import toponym_json
from geodata.records import Toponym
from geodata.resolution import resolve
from geodata.resolution import train as ranking
from geodata.resolution.rank import Ranker
from geodata.toponyms import find_toponyms, spoken_of
from geodata.toponyms import train as recognition
from geodata.toponyms.decide import Weights

DOCS = Path(__file__).resolve().parents[2] / "docs" / "geoparsing.md"
Row = dict[str, Any]
Corpus = list[tuple[Row, Doc]]
Answers = dict[str, list[dict[str, Any]]]


def asked(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the gold mentions that count: all, or in a corpus that marks common nouns too those with a point."""
    return [t for t in row["toponyms"] if "kind" not in t or t["lat"] is not None]


def held_out(corpora: Mapping[str, Corpus], gaz: Gazetteer) -> tuple[Answers, Answers]:
    """Return the answers to every document by models that did not see it: on given spans, and end to end."""
    marked = [pair for pairs in corpora.values() for pair in pairs if "toponyms" in pair[0]]
    names = [e for row, doc in marked for e in recognition.examples(row, doc, gaz)]
    places = [
        ranking.example(row, doc, ranking.toponyms_of(row, doc, gaz), gaz)
        for pairs in corpora.values()
        for row, doc in pairs
    ]
    given: Answers = {}
    free: Answers = {}
    for part in range(recognition.PARTS):
        seen = [e for e in names if recognition.part_of(e.document) != part]
        models = {n: Weights(recognition.fit(seen, n), at) for n, at in recognition.THRESHOLDS.items()}
        ranker = ranking.calibrated([e for e in places if recognition.part_of(e.document) != part])
        for row, doc in marked:
            if recognition.part_of(row["id"]) == part:
                given[row["id"]], free[row["id"]] = answer(row, doc, gaz, models, ranker)
    return given, free


def answer(
    row: Mapping[str, Any], doc: Doc, gaz: Gazetteer, models: Mapping[str, Weights], ranker: Ranker
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what these models say of a document: on the gold's spans, and by themselves."""
    found = find_toponyms(doc, gaz, models=models)
    spans = [Toponym(row["id"], t["start"], t["end"], doc.text[t["start"] : t["end"]]) for t in asked(row)]
    given = resolve(spans, doc, gaz, spans_given=True, context=found, ranker=ranker)
    free = resolve(found, doc, gaz, ranker=ranker)
    return (
        [toponym_json(t) for t in given],
        [toponym_json(t) for t, f in zip(free, found, strict=True) if spoken_of(f)],
    )


def tables(corpora: Mapping[str, Corpus], given: Answers, free: Answers) -> Iterator[str]:
    """Yield the lines of the figures and of the reliability table, as Markdown."""
    yield (
        "| corpus | texts | names | given spans, Acc@161 | of those answered | median km | AUC"
        " | recognition F1 (exact) | end to end, Acc@161 |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    points: list[tuple[float, bool]] = []
    for name, pairs in corpora.items():
        rows = [row for row, _ in pairs if "toponyms" in row]
        if not rows:
            continue
        gold = {row["id"]: asked(row) for row in rows}
        a, b = score_toponyms(gold, given), score_toponyms(gold, free)
        yield _line(name, len(rows), a, b)
        points += _points(gold, given)
    yield ""
    yield "| confidence | mentions | share within 161 km |"
    yield "|---|---|---|"
    edges = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 1.01)
    for low, high in pairwise(edges):
        inside = [right for confidence, right in points if low <= confidence < high]
        if inside:
            yield f"| {low:.2f}–{min(high, 1.0):.2f} | {len(inside):,} | {sum(inside) / len(inside):.2f} |"


def _line(name: str, texts: int, a: Scores, b: Scores) -> str:
    return (
        f"| {name} | {texts} | {a.placed.n:,} | {a.placed.acc161:.3f} | {a.with_candidate.acc161:.3f}"
        f" ({a.with_candidate.n / max(a.placed.n, 1):.0%}) | {a.placed.median_km or 0:.1f} | {a.placed.auc:.3f}"
        f" | {b.overlap.f1:.3f} ({b.exact.f1:.3f}) | {b.placed.acc161:.3f} |"
    )


def _points(gold: Mapping[str, Sequence[Mapping[str, Any]]], given: Answers) -> list[tuple[float, bool]]:
    """Return confidence and rightness of every mention; what was abstained from counts by its best candidate: wrong."""
    out = []
    for id, mentions in gold.items():
        for mention, told in zip(mentions, given[id], strict=True):
            if mention["lat"] is not None:
                right = told["lat"] is not None and distance_km(mention, told) <= NEAR_KM
                out.append((float(told["confidence"]), right))
    return out


def main(arguments: list[str]) -> int:
    """Cross-validate and print; with ``--write`` also into the docs."""
    paths = [Path(a) for a in arguments if not a.startswith("--")]
    if not paths:
        print(__doc__)
        return 2
    from geodata.language import open_model

    nlp, gaz = open_model(), open_gazetteer()
    corpora: dict[str, Corpus] = {}
    for path in paths:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        corpora[path.stem] = list(zip(rows, nlp.pipe((r["text"] for r in rows), batch_size=32), strict=True))
    text = "\n".join(tables(corpora, *held_out(corpora, gaz)))
    print(text)
    if "--write" in arguments:
        page = DOCS.read_text(encoding="utf-8")
        marks = re.compile(r"(<!-- crossval -->\n).*?(<!-- end -->)", re.S)
        DOCS.write_text(marks.sub(lambda m: m[1] + text + "\n" + m[2], page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
