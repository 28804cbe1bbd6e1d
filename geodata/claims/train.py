"""Make the weights of the role models: ``python -m geodata.claims.train NARRATIVES.jsonl [--write] [--only=TASK]``.

Needs scikit-learn, and narratives with the fields that coders gave them (AidData's format: ``text``, ``year``,
``dates``, ``actors``). Texts are halved by a hash of their id: one half tunes, the figures printed are
of the other. ``--write`` then fits on all of them and writes ``models/*.json``.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from geodata.claims.actor_names import fold
from geodata.claims.actors import ActorMention, find_actors
from geodata.claims.context import read_context
from geodata.claims.dates import find_dates
from geodata.claims.features import Features, actor_features, date_features
from geodata.claims.story import story_features
from geodata.claims.triggers import find_triggers
from geodata.records import Document
from geodata.vocabulary.loader import load_vocabulary

Example = tuple[str, Features, str]
MIN_COUNT = 3
"""A feature seen in fewer texts is dropped: it would be learned by heart."""
KEPT = 0.02
"""Weights smaller than this are left out of the file."""


def date_examples(gold: dict[str, Any], doc: Doc) -> Iterator[Example]:
    """Label each date of a narrative: commitment, started, completed or other."""
    dates = find_dates(doc)
    coded = {"commitment": gold["year"], **(gold["dates"] or {})}
    if not any(coded.values()):
        return
    for mention in dates:
        features = date_features(mention, doc, dates)
        labels = [role for role in ("commitment", "started", "completed") if coded.get(role) in mention.years]
        label = _by_words(features, labels) if labels else "other"
        yield gold["id"], features, label


def _by_words(features: Features, labels: list[str]) -> str:
    """Choose among roles of the same year by the governing words."""
    words = " ".join(name for name in features if not name.startswith("sentence"))
    for role, cues in (
        ("completed", ("complet", "inaugurat", "finish", "open", "hand", "deliver", "operation")),
        ("started", ("begin", "start", "commence", "launch", "groundbreaking", "break")),
    ):
        if role in labels and any(cue in words for cue in cues):
            return role
    return labels[0]


def actor_examples(gold: dict[str, Any], doc: Doc) -> Iterator[Example]:
    """Label each organisation of a narrative: funding, implementing or none."""
    if not gold["actors"]:
        return
    actors = find_actors(doc, ())
    for mention in actors:
        if mention.kind in ("state", "person"):
            continue
        label = next(
            (a["role"] for a in gold["actors"] if any(_same(mention, n) for n in a["names"])), "none"
        )
        yield gold["id"], actor_features(mention, doc, actors), label


def _same(mention: ActorMention, name: str) -> bool:
    a, b = set(fold(mention.name).split()), set(fold(name).split())
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= 0.6


def story_examples(gold: dict[str, Any], doc: Doc) -> Iterator[Example]:
    """Label a narrative with the group of its sector: energy, transport, industry or other."""
    reading = read_context(doc, Document(gold["id"], doc.text, "", ""), (), (), load_vocabulary(), None)
    features = story_features(reading.sentences, find_triggers(reading, load_vocabulary()))
    yield gold["id"], features, gold["group"] or "other"


TASKS: dict[str, Callable[[dict[str, Any], Doc], Iterator[Example]]] = {
    "date_role": date_examples,
    "actor_role": actor_examples,
    "story_group": story_examples,
}
STRENGTH = {"date_role": 0.3, "actor_role": 0.3, "story_group": 0.03}
"""Inverse regularisation of each model, chosen on the tuning half."""


BALANCED = frozenset({"story_group"})
"""Tasks whose rare classes count as much as the common one."""


def tuning_half(id: str) -> bool:
    """Tell which half a text belongs to; the same on every machine."""
    return hashlib.sha256(id.encode()).digest()[0] % 2 == 0


def fit(examples: list[Example], strength: float, *, balanced: bool = False) -> dict[str, Any]:
    """Fit a logistic regression and return it as the JSON that ``load_model`` reads."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen: dict[str, set[str]] = {}
    for id, features, _ in examples:
        for name in features:
            seen.setdefault(name, set()).add(id)
    kept = [
        {name: value for name, value in features.items() if len(seen[name]) >= MIN_COUNT}
        for _, features, _ in examples
    ]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(kept)
    model = LogisticRegression(C=strength, max_iter=3000, class_weight="balanced" if balanced else None)
    model.fit(matrix, [label for _, _, label in examples])
    coefficients, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients, bias = [[-w for w in coefficients[0]], list(coefficients[0])], [-bias[0], bias[0]]
        coefficients = [[w / 2 for w in row] for row in coefficients]
        bias = [b / 2 for b in bias]
    weights = {
        name: [round(float(row[i]), 3) for row in coefficients]
        for i, name in enumerate(vectorizer.feature_names_)
        if max(abs(float(row[i])) for row in coefficients) >= KEPT
    }
    return {"classes": list(model.classes_), "bias": [round(float(b), 3) for b in bias], "weights": weights}


def report(examples: list[Example], table: dict[str, Any]) -> str:
    """Return accuracy, recall and precision of each class on examples that were not trained on."""
    from geodata.claims.linear import LinearModel

    weights = {name: tuple(row) for name, row in table["weights"].items()}
    model = LinearModel(tuple(table["classes"]), tuple(table["bias"]), weights)
    pairs = []
    for _, features, label in examples:
        odds = model.probabilities(features)
        pairs.append((label, max(odds, key=lambda name: odds[name])))
    lines = [f"accuracy {sum(a == b for a, b in pairs) / len(pairs):.3f} of {len(pairs)}"]
    for name in model.classes:
        right = sum(a == b == name for a, b in pairs)
        told, asked = sum(b == name for _, b in pairs), sum(a == name for a, _ in pairs)
        lines.append(
            f"  {name:12s} recall {right / max(asked, 1):.2f} precision {right / max(told, 1):.2f} of {asked}"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Train on narratives, print figures of the held-out half, and write the weights if asked."""
    paths = [a for a in arguments if not a.startswith("--")]
    only = [a.removeprefix("--only=") for a in arguments if a.startswith("--only=")]
    if len(paths) != 1:
        print(__doc__)
        return 2
    from geodata.language import open_model, parse

    golds = [
        json.loads(line) for line in Path(paths[0]).read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    nlp = open_model()
    docs = [parse(nlp, gold["text"]) for gold in golds]
    train(golds, docs, write="--write" in arguments, only=only)
    return 0


def train(golds: list[dict[str, Any]], docs: list[Doc], *, write: bool, only: Sequence[str] = ()) -> None:
    """Fit every model, print its held-out figures; with ``write``, fit on all and write the files."""
    for task, examples_of in TASKS.items():
        if only and task not in only:
            continue
        examples = [e for gold, doc in zip(golds, docs, strict=True) for e in examples_of(gold, doc)]
        tune = [e for e in examples if tuning_half(e[0])]
        held = [e for e in examples if not tuning_half(e[0])]
        print(task, report(held, fit(tune, STRENGTH[task], balanced=task in BALANCED)))
        if write:
            target = Path(str(files("geodata").joinpath("claims", "models", f"{task}.json")))
            target.parent.mkdir(exist_ok=True)
            text = json.dumps(
                fit(examples, STRENGTH[task], balanced=task in BALANCED),
                ensure_ascii=False,
                indent=0,
                sort_keys=True,
            )
            target.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
