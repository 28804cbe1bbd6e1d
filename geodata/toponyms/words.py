"""The word lists that recognition goes by: data, ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from geodata.errors import VocabularyError


@cache
def word_sets() -> dict[str, frozenset[str]]:
    """Return each list of ``words.toml`` as a set. Raises VocabularyError where it cannot be read."""
    try:
        text = files("geodata").joinpath("toponyms", "words.toml").read_text(encoding="utf-8")
        return {name: frozenset(line.split()) for name, line in tomllib.loads(text).items()}
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(f"toponyms/words.toml: {error}; reinstall Dateline") from error


def words(name: str) -> frozenset[str]:
    """Return one list."""
    return word_sets()[name]
