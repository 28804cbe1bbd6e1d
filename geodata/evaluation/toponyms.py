"""Scores of recognition and resolution, after Gritta, Pilehvar and Collier, "A Pragmatic Guide to Geoparsing
Evaluation" (2019): precision, recall and F1 by exact and by overlapping spans; Accuracy@161 km, mean and median
error and AUC of the log error; and what a developer needs next: which names go wrong, by kind, and how.

Gold and predictions are one object a document: ``{"id", "text", "toponyms": [{"start", "end", "lat", "lon"}]}``.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Mention = Mapping[str, Any]
Mentions = Mapping[str, Sequence[Mention]]

MAX_KM = 20039.0
"""Half the Earth's circumference: the error of what was not found or not placed."""
NEAR_KM = 161.0
"""A hundred miles: within it a place counts as right."""
EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Recognition:
    """Found against marked."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Errors of resolution over the gold mentions that have coordinates."""

    n: int
    acc161: float
    mean_km: float
    median_km: float | None
    auc: float


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures of one run; ``with_candidate`` counts only mentions that were given a place."""

    gold: int
    predicted: int
    exact: Recognition
    overlap: Recognition
    placed: Placed
    with_candidate: Placed
    confusions: tuple[str, ...]
    """Error table: what went wrong, how often, with names."""


def distance_km(a: Mention, b: Mention) -> float:
    """Return the great-circle distance between two mentions, in km."""
    lat1, lon1, lat2, lon2 = map(math.radians, (a["lat"], a["lon"], b["lat"], b["lon"]))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def same_span(a: Mention, b: Mention) -> bool:
    """Tell whether two mentions are the same characters."""
    return bool(a["start"] == b["start"] and a["end"] == b["end"])


def overlapping(a: Mention, b: Mention) -> bool:
    """Tell whether two mentions share a character."""
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def pair(
    gold: Sequence[Mention], predicted: Sequence[Mention], same: Callable[[Mention, Mention], bool]
) -> list[tuple[Mention, Mention]]:
    """Pair gold with predicted mentions, each once, in reading order."""
    pairs: list[tuple[Mention, Mention]] = []
    free = sorted(predicted, key=lambda t: t["start"])
    for mention in sorted(gold, key=lambda t: t["start"]):
        hit = next((p for p in free if same(mention, p)), None)
        if hit is not None:
            free.remove(hit)
            pairs.append((mention, hit))
    return pairs


def score_toponyms(gold: Mentions, predicted: Mentions) -> Scores:
    """Return every figure for predictions against gold."""
    n_gold = sum(map(len, gold.values()))
    n_predicted = sum(len(predicted.get(id, ())) for id in gold)
    found = {}
    for name, same in (("exact", same_span), ("overlap", overlapping)):
        hits = sum(len(pair(mentions, predicted.get(id, ()), same)) for id, mentions in gold.items())
        precision, recall = hits / max(n_predicted, 1), hits / max(n_gold, 1)
        found[name] = Recognition(precision, recall, 2 * precision * recall / max(precision + recall, 1e-9))
    errors, offered = [], []
    for mention, hit in _placed_pairs(gold, predicted):
        error = distance_km(mention, hit) if hit is not None and hit.get("lat") is not None else MAX_KM
        errors.append(error)
        if hit is not None and hit.get("lat") is not None:
            offered.append(error)
    return Scores(
        n_gold, n_predicted, found["exact"], found["overlap"], _placed(errors), _placed(offered),
        confusions(gold, predicted),
    )  # fmt: skip


def _placed_pairs(gold: Mentions, predicted: Mentions) -> Iterable[tuple[Mention, Mention | None]]:
    for id, mentions in gold.items():
        pairs = {id_(a): b for a, b in pair(mentions, predicted.get(id, ()), overlapping)}
        for mention in mentions:
            if mention.get("lat") is not None:
                yield mention, pairs.get(id_(mention))


def id_(mention: Mention) -> tuple[int, int, str]:
    """Return what tells a mention from the others of its document."""
    return mention["start"], mention["end"], str(mention.get("text", ""))


def _placed(errors: list[float]) -> Placed:
    errors = sorted(errors)
    n = max(len(errors), 1)
    return Placed(
        len(errors),
        sum(e <= NEAR_KM for e in errors) / n,
        sum(errors) / n,
        errors[len(errors) // 2] if errors else None,
        sum(math.log1p(e) for e in errors) / math.log1p(MAX_KM) / n,
    )


def confusions(gold: Mentions, predicted: Mentions, most: int = 12) -> tuple[str, ...]:
    """Return the error table: kinds of error with their count and the names that suffer most."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for id, mentions in gold.items():
        guesses = predicted.get(id, ())
        pairs = pair(mentions, guesses, overlapping)
        hit_gold, hit_guess = {id_(a) for a, _ in pairs}, {id_(b) for _, b in pairs}
        for mention in mentions:
            if id_(mention) not in hit_gold:
                kinds["missed"][str(mention.get("text", ""))] += 1
        for guess in guesses:
            if id_(guess) not in hit_guess:
                kinds["not a place in the gold"][str(guess.get("text", ""))] += 1
        for mention, guess in pairs:
            if mention.get("lat") is not None:
                kind, name = _confusion(mention, guess)
                if kind:
                    kinds[kind][name] += 1
    lines = []
    for kind, names in sorted(kinds.items(), key=lambda item: (-sum(item[1].values()), item[0])):
        told = ", ".join(f"{name} ×{count}" for name, count in names.most_common(most))
        lines.append(f"{sum(names.values()):5d}  {kind}: {told}")
    return tuple(lines)


def _confusion(mention: Mention, guess: Mention) -> tuple[str, str]:
    name = str(mention.get("text", ""))
    if guess.get("lat") is None:
        return "found, not placed", name
    error = distance_km(mention, guess)
    if error <= NEAR_KM:
        return "", name
    feature = str(guess.get("feature") or "no feature")
    band = "161–500 km off" if error <= 500 else "over 500 km off"
    return f"{band}, put at {feature}", f"{name} → {guess.get('name') or '?'} ({guess.get('country') or '—'})"


def report(scores: Scores) -> str:
    """Return the figures as plain text."""
    lines = [f"gold {scores.gold}, predicted {scores.predicted}", "", "            precision  recall      F1"]
    for name, row in (("exact", scores.exact), ("overlap", scores.overlap)):
        lines.append(f"{name:10s}  {row.precision:9.3f}  {row.recall:6.3f}  {row.f1:6.3f}")
    lines += ["", "                     n   acc@161  mean km  median km    AUC"]
    for name, placed in (("all mentions", scores.placed), ("with a candidate", scores.with_candidate)):
        median = "–" if placed.median_km is None else f"{placed.median_km:.1f}"
        lines.append(
            f"{name:17s} {placed.n:5d}  {placed.acc161:7.3f}  {placed.mean_km:7.0f}  {median:>9s}  {placed.auc:5.3f}"
        )
    return "\n".join([*lines, "", "what goes wrong:", *scores.confusions])
