"""What tells the type of a thing that no trigger of the vocabulary names: the tables of ``vocabulary/works.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from geodata.errors import VocabularyError


@dataclass(frozen=True, slots=True)
class Works:
    """The tables of ``works.toml``."""

    features: dict[str, str]
    units: dict[str, tuple[str, ...]]
    happening: dict[str, frozenset[str]]
    series: dict[str, tuple[tuple[str, str], ...]]
    """Last word of a name that comes again and again -> such names, each with its type, in the file's order."""
    deeds: dict[str, tuple[frozenset[str], frozenset[str]]]
    """By type: verbs of a sentence, and what its paragraph must speak of."""
    plain: dict[str, frozenset[str]]
    """Plain word -> the types that it may mean; none where it may mean all that is built."""


@cache
def works() -> Works:
    """Read ``vocabulary/works.toml``. Raises VocabularyError where it cannot be read."""
    try:
        text = files("geodata").joinpath("vocabulary", "works.toml").read_text(encoding="utf-8")
        table: dict[str, Any] = tomllib.loads(text)
        return Works(
            table["features"],
            {unit: tuple(types) for unit, types in table["units"].items()},
            {type: frozenset(words.split()) for type, words in table["happening"].items()},
            _by_last_word((name, type) for type, names in table["series"].items() for name in names),
            {
                type: (frozenset(row["verbs"].split()), frozenset(row["of"].split()))
                for type, row in table["deeds"].items()
            },
            {
                word: frozenset(row.get("types", ()))
                for row in table["plain"]
                for word in row["words"].split()
            },
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise VocabularyError(f"works.toml: {error}; reinstall Dateline or mend the file") from error


def _by_last_word(names: Iterable[tuple[str, str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    rows: dict[str, list[tuple[str, str]]] = {}
    for name, type in names:
        rows.setdefault(name.split()[-1], []).append((name, type))
    return {word: tuple(row) for word, row in rows.items()}
