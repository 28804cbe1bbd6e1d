"""Gathering places for a gazetteer file: which keys a name gets, and how places are found again while building."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from geodata.gazetteer.folding import cores, fold, initials, spelling
from geodata.gazetteer.packer import Draft
from geodata.records import Place

_LATIN = re.compile(r"^[A-ZÀ-ÖØ-ÞĀ-ſƀ-ɏḀ-ỿʻʼ‘’'´`0-9][\w\s.,'’‘ʻʼ`´()/&-]*$")
_FOREIGN = re.compile(r"[^\u0000-\u024f\u1e00-\u1eff\u02b0-\u036f\u2010-\u201f\u0250-\u02af]")


LONGEST = 10
"""Words of a name that a text is scanned for; longer official names are found when asked for."""


SHORTEST_CORE = 4
"""Letters below which a name without its generic word or article says nothing ("US Gulf")."""
ARABIC = frozenset(
    ["AE", "BH", "DJ", "DZ", "EG", "EH", "ER", "IL", "IQ", "JO", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA",
     "SD", "SO", "SY", "TD", "TN", "YE"]
)  # fmt: skip
ARTICLES = frozenset(
    ["al", "el", "ad", "ed", "ar", "er", "as", "es", "ash", "esh", "at", "et", "az", "ez", "an", "en", "ath", "adh"]
)  # fmt: skip
"""Of Arabic names, as they sound before the letters that take the l in."""


def usable(name: str) -> bool:
    """Tell whether another name of a place is one that a text in Latin letters may hold.

    GeoNames' lists also hold machine romanisations in lower case ("krachy"), airport codes and postal codes.
    """
    if len(name) < 3 or _FOREIGN.search(name) or not _LATIN.match(name):
        return False
    return (
        not (name.isupper() and len(name) <= 4) and any(c.isalpha() for c in name) and not name[0].isdigit()
    )


def keys(name: str, kind: str, place: Place) -> Iterator[tuple[str, str]]:
    """Yield the keys under which a name of a place is found, each with the kind of match it gives."""
    folded = fold(name)
    if not folded:
        return
    if kind == "abbreviation":
        yield "=" + initials(name), kind
        return
    if kind == "demonym":
        yield "@" + folded, kind
        return
    yield folded, kind
    if bare := _without_article(folded, place.country):
        yield bare, "alternate"
    if place.feature_class != "P" or kind == "exact":
        for core in cores(folded):
            if not core.kinds or len(core.name) < SHORTEST_CORE:
                continue
            if any(f"{place.feature_class}/{place.feature_code}".startswith(k) for k in core.kinds):
                yield "~" + core.name, "stripped"
    if kind == "exact" and (key := spelling(name)):
        yield "?" + key, "spelling"


def _without_article(folded: str, country: str) -> str:
    """Return an Arabic name without its article ("ar raqqah" → "raqqah"), ``""`` where there is none."""
    article, _, rest = folded.partition(" ")
    known = country in ARABIC and article in ARTICLES
    return rest if known and len(rest) >= SHORTEST_CORE else ""


class Gathering:
    """Drafts by place id, with look-ups by name that the building needs."""

    def __init__(self) -> None:
        self.drafts: dict[str, Draft] = {}
        self._named: dict[str, list[str]] = {}
        self._cored: dict[str, list[str]] = {}

    def add(
        self, place: Place, names: Iterable[tuple[str, str]] = (), *, weight: float | None = None
    ) -> None:
        """Add a place under its own name and others, given as ``(name, kind)``."""
        draft = Draft(place, weight=place.population if weight is None else weight)
        self.drafts[place.id] = draft
        self.name(place.id, [(place.name, "exact"), *names])

    def name(self, place_id: str, names: Iterable[tuple[str, str]]) -> None:
        """Give a place further names."""
        draft = self.drafts[place_id]
        for name, kind in names:
            draft.names.extend(keys(name, kind, draft.place))
            if kind in ("exact", "alternate"):
                self._named.setdefault(fold(name), []).append(place_id)
                for core in cores(fold(name)) if draft.place.feature_class == "A" else ():
                    self._cored.setdefault(core.name, []).append(place_id)

    def change(self, place_id: str, **fields: object) -> None:
        """Change fields of a place."""
        draft = self.drafts[place_id]
        draft.place = replace(draft.place, **fields)  # type: ignore[arg-type]

    def named(self, name: str, country: str = "", classes: str = "") -> list[Place]:
        """Return the places of a name, the most important first."""
        return self._among(self._named, name, country, classes)

    def cored(self, name: str, country: str = "", classes: str = "") -> list[Place]:
        """Return the admin areas of a name once generic words are set aside ("Tatarstan, Respublika")."""
        return self._among(self._cored, name, country, classes)

    def _among(self, known: dict[str, list[str]], name: str, country: str, classes: str) -> list[Place]:
        ids = dict.fromkeys(known.get(fold(name), ()))
        places = [self.drafts[i].place for i in ids if i in self.drafts]
        fit = [
            p
            for p in places
            if (not country or p.country == country) and (not classes or p.feature_class in classes)
        ]
        return sorted(fit, key=lambda p: (-self.drafts[p.id].weight, p.id))

    @property
    def longest_words(self) -> int:
        """Most words in a plain name."""
        return max(key.count(" ") + 1 for key in self._named)
