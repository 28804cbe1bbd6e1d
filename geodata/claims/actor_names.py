"""What is known of actors before a text is read: aliases, metonyms, the words that names are made of.

All of it is data, ``vocabulary/actors.toml``. A vocabulary that a user extends may bring more rows.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from geodata.errors import VocabularyError


@dataclass(frozen=True, slots=True)
class KnownActor:
    """One row of the alias file."""

    name: str
    kind: str
    country: str


@dataclass(frozen=True, slots=True)
class ActorWords:
    """The alias file, ready to be looked up."""

    aliases: Mapping[str, KnownActor]
    """Alias as written -> the actor."""
    folded: Mapping[str, KnownActor]
    """Alias as spellings share it -> the actor; short ones may mean others."""
    pattern: re.Pattern[str]
    """Finds any alias in a text, the longest first."""
    suffixes: Mapping[str, str]
    """Last word of a name -> kind."""
    metonyms: Mapping[str, str]
    """Building or seat -> ISO code of the state it stands for."""
    state_nouns: frozenset[str]
    company_nouns: frozenset[str]
    offices: frozenset[str]


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """Reduce a name to what spellings share: no case, accents, punctuation, legal forms or article."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    words = re.sub(
        r"[^a-z0-9]+", " ", plain.replace("&", " and ").replace("'s ", " ").replace("’s ", " ")
    ).split()
    while words and words[-1] in _LEGAL and len(words) > 1:
        words.pop()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


_LEGAL_FORMS = (
    "ltd limited inc incorporated llc plc co corp company corporation group gmbh ag sa spa ojsc jsc pjsc pty"
)
_LEGAL = frozenset(_LEGAL_FORMS.split())


SHORT_ALIAS = 6
"""Letters of an alias up to which another spelling of it may be another name."""


@cache
def load_actor_words() -> ActorWords:
    """Read ``vocabulary/actors.toml``. Raises VocabularyError where it cannot be read."""
    try:
        text = files("geodata").joinpath("vocabulary", "actors.toml").read_text(encoding="utf-8")
        table: dict[str, Any] = tomllib.loads(text)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(f"actors.toml: {error}; reinstall Dateline or mend the file") from error
    aliases: dict[str, KnownActor] = {}
    for name, kind, country, others in table["actors"]["rows"]:
        actor = KnownActor(name, kind, country)
        for alias in (name, *filter(None, others.split("|"))):
            aliases.setdefault(alias, actor)
    for row in table["former"]["names"]:
        name, *others = row.split("|")
        aliases.update({alias: KnownActor(name, "state", "") for alias in (name, *others)})
    metonyms = {name: iso for iso, names in table["metonyms"].items() for name in names.split("|")}
    suffixes = {word: kind for kind, words in table["suffixes"].items() for word in words.split()}
    nouns = table["state_nouns"]
    return ActorWords(
        aliases,
        {fold(alias): actor for alias, actor in aliases.items() if len(fold(alias)) > SHORT_ALIAS},
        alias_pattern([*aliases, *metonyms]),
        suffixes,
        metonyms,
        frozenset(nouns["words"].split()),
        frozenset(nouns["company"].split()),
        frozenset(table["offices"]["words"].split()),
    )


def alias_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Make one pattern of many names; typographic apostrophes and doubled blanks do not matter."""
    shelves: dict[str, list[str]] = {}  # by the first letters, so that few names are tried at each place
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        first = name[:2] if name[:2].isalnum() else ""
        rest = re.escape(name[len(first) :]).replace(r"\ ", r"\s+").replace("'", "['’]")
        shelves.setdefault(first, []).append(rest)
    parts = (f"{first}(?:{'|'.join(rests)})" for first, rests in sorted(shelves.items()))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w])(?!-\w)")
