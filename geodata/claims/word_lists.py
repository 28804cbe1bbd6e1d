"""The word lists of ``vocabulary/discourse.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from geodata.errors import VocabularyError


@cache
def word_list(name: str) -> frozenset[str]:
    """Return one list by its name. Raises VocabularyError where the file cannot be read or lacks it."""
    try:
        text = files("geodata").joinpath("vocabulary", "discourse.toml").read_text(encoding="utf-8")
        return frozenset(tomllib.loads(text)[name].split())
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise VocabularyError(f"discourse.toml: {error}; reinstall Dateline or mend the file") from error
