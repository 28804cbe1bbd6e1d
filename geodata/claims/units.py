"""Names of currencies and units, loaded from the vocabulary's TOML files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from geodata.errors import VocabularyError

CODES = "currencies.toml"
_RATE = {
    "y": re.compile(
        r"(?:\sof(?:\s\w+){1,2})?\s?(?:/\s?(?:y|yr|year|a)\b|(?:per|a|each|every)\s(?:year|annum)"
        r"|annually|annual|p\.?a\.?\b|yearly)"
    ),
    "d": re.compile(r"(?:\sof(?:\s\w+){1,2})?\s?(?:/\s?(?:d|day)\b|(?:per|a|each|every)\sday|daily)"),
}


@dataclass(frozen=True, slots=True)
class SharedWord:
    """A word that several currencies share, with the code to take when the text names none of their countries."""

    prior: str
    countries: Mapping[str, tuple[str, ...]]
    """Code -> how the names or adjectives of its countries begin."""


@dataclass(frozen=True, slots=True)
class Currencies:
    """All ways to write a currency."""

    codes: tuple[str, ...]
    symbols: Mapping[str, str]
    names: Mapping[str, str]
    shared: Mapping[str, SharedWord]
    careful: frozenset[str]

    @property
    def words(self) -> tuple[str, ...]:
        """Every name in words."""
        return (*self.names, *self.shared)

    def code(self, written: str, text: str) -> str:
        """Return the ISO 4217 code of what is written, ``""`` if it is no currency.

        A shared word ("rupees") goes to the currency whose country the text names most often.
        """
        written = written.strip()
        if written in self.symbols:
            return self.symbols[written]
        bare = written.rstrip("$ ")
        if bare in self.codes:
            return bare
        folded = re.sub(r"\s+", " ", written.lower().replace("-", " "))
        if folded in ("rs", "rs."):
            folded = "rupees"
        if folded in self.names:
            return self.names[folded]
        shared = self.shared.get(folded)
        if shared is None:
            return ""
        if shared.prior in ("USD", "GBP"):
            return shared.prior
        votes = {
            code: sum(text.count(start) for start in starts) for code, starts in shared.countries.items()
        }
        best = max(votes, key=lambda code: (votes[code], code == shared.prior), default=shared.prior)
        return best if votes.get(best) else shared.prior


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written: what to keep, by which factor, and how many characters of a rate follow it."""

    to: str
    factor: float
    tail: int = 0


@dataclass(frozen=True, slots=True)
class Units:
    """All ways to write a measure."""

    plain: Mapping[str, Unit]
    rates: Mapping[str, tuple[tuple[str, Unit], ...]]
    exact: Mapping[str, Unit]
    pattern: re.Pattern[str]

    def find(self, written: str, after: str) -> Unit | None:
        """Return the unit of the words, read together with a rate that may follow ("per year")."""
        name = re.sub(r"\s+", " ", written.lower().replace("-", " ")).strip()
        for rate, unit in self.rates.get(name, ()):
            match = _RATE[rate].match(after)
            if match:
                return Unit(unit.to, unit.factor, match.end())
        return self.exact.get(written) or self.plain.get(name)


def _starts(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _load(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(files("geodata").joinpath("vocabulary", name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(f"{name}: {error}; reinstall Dateline or mend the file") from error


def alternatives(names: Iterable[str], space: str = r"\s") -> str:
    """Return a pattern of any of some names, tried in their order; ``space`` stands for their blanks.

    Names are grouped by their first letter: most places in a text are passed by after one look, not after hundreds.
    """
    rows: dict[str, list[str]] = {}
    for name in names:
        rows.setdefault(name[0], []).append(re.escape(name[1:]).replace(r"\ ", space))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in rows.items())


@cache
def load_currencies() -> Currencies:
    """Read ``vocabulary/currencies.toml``. Raises VocabularyError where it cannot be read."""
    table = _load(CODES)
    shared = {
        word: SharedWord(entry["prior"], {code: _starts(v) for code, v in entry.items() if code.isupper()})
        for entry in table["shared"].values()
        for word in (entry["words"] if isinstance(entry["words"], list) else entry["words"].split())
    }
    return Currencies(
        tuple(table["codes"].split()),
        table["symbols"],
        table["names"],
        shared,
        frozenset(table["careful"].split()),
    )


@cache
def load_units() -> Units:
    """Read ``vocabulary/units.toml``. Raises VocabularyError where it cannot be read."""
    plain: dict[str, Unit] = {}
    exact: dict[str, Unit] = {}
    rates: dict[str, list[tuple[str, Unit]]] = {}
    for entry in _load("units.toml")["unit"]:
        unit = Unit(entry["to"], float(entry["factor"]))
        for name in entry["names"]:
            if entry.get("rate"):
                rates.setdefault(name, []).append((entry["rate"], unit))
            elif entry.get("exact"):
                exact[name] = unit
            else:
                plain[name.replace("-", " ")] = unit
    names = sorted({*plain, *rates}, key=len, reverse=True)
    words = alternatives(names, r"[\s-]")
    marks = "|".join(re.escape(name) for name in exact)
    number = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    pattern = re.compile(
        rf"(?<![\w.,$€£#/-])(?P<n1>{number})(?:\s?(?:-|–|to|and|or)\s?(?P<n2>{number}))?"
        rf"[\s-]?(?:(?P<scale>(?i:thousand|million|billion))[\s-])??(?P<unit>(?i:{words})|{marks})(?![A-Za-z\d])"
    )
    return Units(plain, {name: tuple(found) for name, found in rates.items()}, exact, pattern)
