"""The ranker: a linear score of named features a candidate, in passes, each seeing what the one before thought.

The first pass knows no context; the second sees the readings that the first thinks likely, the third those of the
second (GeoNorm's two passes, made softer). Weights are data, ``weights.json``, made by
``python -m geodata.resolution.train``.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from geodata.errors import GazetteerError
from geodata.resolution.cues import Cues
from geodata.resolution.features import (
    NAMES,
    NONE,
    context_features,
    linked_features,
    none_features,
    static_features,
)
from geodata.resolution.table import Floats, Table, softmax

PASSES = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights of each pass, in the order of ``NAMES``; calibration of the last pass; the abstention threshold."""

    weights: tuple[Floats, ...]
    none: tuple[Floats, ...]
    """Weights of each pass for "no reading is right", in the order of ``NONE``."""
    calibration: tuple[tuple[float, float], ...]
    """Raw probability → share that was right, rising."""
    threshold: float
    """Below this confidence Dateline abstains."""

    def confidence(self, raw: float) -> float:
        """Return how often a reading with this raw probability is right."""
        table = self.calibration
        if not table:
            return raw
        i = bisect_right([x for x, _ in table], raw)
        if i == 0:
            return table[0][1]
        if i == len(table):
            return table[-1][1]
        (x0, y0), (x1, y1) = table[i - 1], table[i]
        return y0 + (y1 - y0) * (raw - x0) / max(x1 - x0, 1e-9)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Probabilities and features of the last pass, rows as in the table."""

    odds: Floats
    features: Floats
    weights: Floats


def rank(table: Table, cues: Cues, ranker: Ranker) -> Ranking:
    """Weigh all candidates of a document."""
    base = static_features(table, cues)
    matrix = base
    weights = ranker.weights[0]
    none = none_features(table)
    odds = softmax(table, base @ weights, none @ ranker.none[0])
    for weights, against in zip(ranker.weights[1:], ranker.none[1:], strict=True):
        matrix = with_context(table, base, odds)
        odds = softmax(table, matrix @ weights, none @ against)
    return Ranking(odds, matrix, weights)


def with_context(table: Table, base: Floats, odds: Floats) -> Floats:
    """Return the features with the columns of links and context filled, given what is thought likely so far."""
    matrix = base.copy()
    if len(table):
        linked_features(table, odds, matrix)
        context_features(table, odds, matrix)
    return matrix


def reason(ranking: Ranking, row: int, rival: int | None) -> str:
    """Name what spoke most for a candidate, against its best rival where there is one."""
    told = ranking.features[row] * ranking.weights
    if rival is not None:
        told = told - ranking.features[rival] * ranking.weights
    best = [i for i in np.argsort(-told, kind="stable")[:3] if told[i] > 0.1]
    return ", ".join(NAMES[i] for i in best)


def _row(weights: Mapping[str, float], names: tuple[str, ...]) -> Floats:
    return np.array([float(weights.get(name, 0.0)) for name in names])


@cache
def load_ranker() -> Ranker:
    """Read the weights. Raises GazetteerError where the file is missing or damaged."""
    try:
        table = json.loads(
            files("geodata").joinpath("resolution", "weights.json").read_text(encoding="utf-8")
        )
        weights = tuple(_row(table["weights"][name], NAMES) for name in PASSES)
        none = tuple(_row(table["no reading is right"][name], NONE) for name in PASSES)
        calibration = tuple((float(x), float(y)) for x, y in table["calibration"])
        return Ranker(weights, none, calibration, float(table["threshold"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GazetteerError(f"resolution/weights.json: {error}; reinstall Dateline") from error
