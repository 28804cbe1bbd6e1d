"""Which proposals are places: a linear model over named features, whose weights are data (``weights.json``).

Made by ``python -m geodata.toponyms.train``. Names inside longer names ("Kohat Cement Company") and names of peoples
have weights of their own: what is asked there is whether the text speaks of the place at all.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from geodata.errors import GazetteerError
from geodata.toponyms.evidence import Features


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight a feature, and the probability from which a proposal is a place."""

    weights: Mapping[str, float]
    threshold: float

    def probability(self, features: Features) -> float:
        """Return how likely a proposal with these features is a place."""
        score = math.fsum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-max(min(score, 30.0), -30.0)))

    def reason(self, features: Features, count: int = 3) -> str:
        """Name the features that spoke most for a place."""
        told = sorted(
            ((self.weights.get(name, 0.0) * value, name) for name, value in features.items()), reverse=True
        )
        return ", ".join(name for weight, name in told[:count] if weight > 0)


MODELS = {"literal": "literal", "metonym": "literal", "embedded": "embedded", "demonym": "demonym"}
"""Kind of toponym → the weights that judge it."""


@cache
def load_weights() -> Mapping[str, Weights]:
    """Read the weights, one set a model. Raises GazetteerError where the file is missing or damaged."""
    try:
        table = json.loads(files("geodata").joinpath("toponyms", "weights.json").read_text(encoding="utf-8"))
        return {
            name: Weights(
                {str(k): float(v) for k, v in table["weights"][name].items()},
                float(table["thresholds"][name]),
            )
            for name in set(MODELS.values())
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GazetteerError(f"toponyms/weights.json: {error}; reinstall Dateline") from error
