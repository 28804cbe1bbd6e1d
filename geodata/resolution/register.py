"""In whose words a text is written: "sheriff" and "freshman" speak of the United States, "councillor" of Britain.

Local papers name no country; their offices, courts, money and spelling do. The words are data, ``register.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files
from itertools import pairwise

from geodata.errors import VocabularyError

WORD = re.compile(r"[\w'’.-]*\w|\S\$|[£₦]")


@cache
def _register() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return words of a phrase → countries. Raises VocabularyError."""
    try:
        text = files("geodata").joinpath("resolution", "register.toml").read_text(encoding="utf-8")
        table: dict[str, str] = tomllib.loads(text)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(f"resolution/register.toml: {error}; reinstall Dateline") from error
    countries: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for iso, line in table.items():
        for phrase in line.split("|"):
            countries[tuple(phrase.split()[:2])].append(iso)
    return {phrase: tuple(isos) for phrase, isos in countries.items()}


def countries_by_words(text: str) -> dict[str, float]:
    """Return country → how many different words of the text speak of it; a word of several is shared out.

    Phrases are told by their first two words.
    """
    register = _register()
    found = WORD.findall(text)
    heads = {phrase[0] for phrase in register}
    told = {pair[:n] for pair in pairwise((*found, "")) if pair[0] in heads for n in (1, 2)}
    counts: dict[str, float] = defaultdict(float)
    for phrase in sorted(told & register.keys()):
        for iso in register[phrase]:
            counts[iso] += 1.0 / len(register[phrase])
    return dict(counts)
