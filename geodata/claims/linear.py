"""A linear model over named features, kept as JSON: no library is needed to use it, and its reason can be read."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, reduce
from importlib.resources import files
from operator import add

from geodata.errors import VocabularyError


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights of each feature for each class."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return a probability for every class."""
        rows = [
            row if value == 1.0 else [weight * value for weight in row]
            for name, value in features.items()
            if (row := self.weights.get(name)) is not None
        ]
        columns = zip(*rows, strict=True) if rows else [()] * len(self.bias)
        scores = [reduce(add, column, bias) for bias, column in zip(self.bias, columns, strict=True)]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        total = sum(powers)
        return {name: power / total for name, power in zip(self.classes, powers, strict=True)}

    def reason(self, features: Mapping[str, float], chosen: str, count: int = 3) -> str:
        """Name the features that spoke most for a class."""
        i = self.classes.index(chosen)
        told = sorted(
            (
                (self.weights[name][i] * value, name)
                for name, value in features.items()
                if name in self.weights
            ),
            reverse=True,
        )
        return ", ".join(name for weight, name in told[:count] if weight > 0)


@cache
def load_model(name: str) -> LinearModel:
    """Read ``geodata/claims/models/NAME.json``. Raises VocabularyError where it cannot be read."""
    try:
        text = files("geodata").joinpath("claims", "models", f"{name}.json").read_text(encoding="utf-8")
        table = json.loads(text)
        weights = {feature: tuple(row) for feature, row in table["weights"].items()}
        return LinearModel(tuple(table["classes"]), tuple(table["bias"]), weights)
    except (OSError, ValueError, KeyError) as error:
        raise VocabularyError(f"models/{name}.json: {error}; reinstall Dateline") from error
