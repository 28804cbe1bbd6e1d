"""What speaks for and against a proposal being a place: named features, so that a decision can be explained.

The names read as they are weighed: ``model=GPE:same``, ``before=locative``, ``known=town|model=PERSON:same``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from spacy.tokens import Doc

from geodata.records import Place
from geodata.toponyms.spans import Proposal, Word
from geodata.toponyms.words import words

Features = dict[str, float]
SMALL = frozenset({"admin1", "admin2", "city", "town", "village", "feature"})
"""Classes of known names that lie in a country."""
CITY, TOWN = 100_000, 10_000
"""Inhabitants from which a name is taken for a city's, a town's."""


class Match(Protocol):
    """One reading of a name, as the gazetteer gives it."""

    @property
    def place(self) -> Place: ...  # noqa: D102

    @property
    def kind(self) -> str: ...  # noqa: D102


class Gazetteer(Protocol):
    """The part of the gazetteer that recognition needs."""

    @property
    def longest_words(self) -> int: ...  # noqa: D102

    def has(self, name: str) -> bool: ...  # noqa: D102

    def lookup(self, name: str) -> Sequence[Match]: ...  # noqa: D102

    def demonym(self, word: str) -> Sequence[Place]: ...  # noqa: D102

    def __hash__(self) -> int: ...


@dataclass(slots=True)
class Page:
    """A text with what is asked of it again and again."""

    doc: Doc
    text: str
    found: list[Word]
    starts: list[int]
    """Character starts of the words."""
    tokens: list[int]
    """Character starts of the parser's tokens."""
    entities: list[tuple[int, int, str]]
    entity_starts: list[int]
    placed: Counter[str] = field(default_factory=Counter)
    """Name → how often the model takes it for a place."""
    persons: set[str] = field(default_factory=set)
    """Words of persons' names of two words or more."""
    lower: set[str] = field(default_factory=set)
    """Words that the text also writes small."""
    sure: dict[int, tuple[int, bool]] = field(default_factory=dict)
    """Start of a proposal → its end, and whether it is surely a place by itself."""
    ends: dict[int, int] = field(default_factory=dict)
    """End of a proposal → its start."""
    countries: set[str] = field(default_factory=set)
    """ISO codes of the countries that the text names, by their own name or their people's."""

    def entity_at(self, start: int, end: int) -> tuple[int, int, str] | None:
        """Return the first entity that overlaps a stretch."""
        i = max(bisect_right(self.entity_starts, start) - 1, 0)
        for entity in self.entities[i : i + 3]:
            if entity[0] < end and start < entity[1]:
                return entity
        return None

    def token_at(self, offset: int) -> int:
        """Return the index of the parser's token at an offset."""
        return max(bisect_right(self.tokens, offset) - 1, 0)

    def word_from(self, offset: int) -> int:
        """Return the index of the first word that starts at or after an offset."""
        return bisect_left(self.starts, offset)


def open_page(doc: Doc, text: str, found: list[Word], entities: list[tuple[int, int, str]]) -> Page:
    """Gather what the features need of a whole text."""
    page = Page(
        doc, text, found, [w.start for w in found], [t.idx for t in doc], entities, [e[0] for e in entities]
    )
    for start, end, label in entities:
        name = text[start:end]
        if label in ("GPE", "LOC"):
            page.placed[name.casefold()] += 1
        elif label == "PERSON" and " " in name:
            page.persons.update(name.casefold().split())
    page.lower.update(text[w.start : w.end] for w in found if not w.capital)
    return page


@cache
def generic_words() -> frozenset[str]:
    """Return the words that say what a thing is, not which: "police", "centre", "valley"."""
    names = (
        "facility",
        "institution",
        "street",
        "natural",
        "admin",
        "settlement",
        "local_body",
        "government",
        "titles",
        "compass",
        "inner",
    )
    return frozenset(word for name in names for word in words(name))


def known_class(matches: Sequence[Match]) -> str:
    """Return what the weightiest place of a name is, in one word."""
    best, rank = "none", -1
    for match in matches[:12]:
        place = match.place
        if match.kind in ("spelling", "stripped"):
            kind, score = "loose", 0
        elif match.kind == "demonym":
            kind, score = "demonym", 9
        elif place.feature_code.startswith("PCL"):
            kind, score = "country", 10
        elif place.feature_code in ("ADMF", "GOVL"):
            kind, score = "office", 9
        elif match.kind == "abbreviation":
            kind, score = "short", 8
        elif place.feature_code.startswith("ADM1"):
            kind, score = "admin1", 7
        elif place.population >= CITY:
            kind, score = "city", 6
        elif place.population >= TOWN:
            kind, score = "town", 4
        elif place.feature_class == "A":
            kind, score = "admin2", 5
        elif place.feature_class == "P":
            kind, score = "village", 2
        else:
            kind, score = "feature", 3
        if score > rank:
            best, rank = kind, score
    return best


def named_countries(matches: Sequence[Match], known: str) -> set[str]:
    """Return the countries that a name names, if it is a country's or a people's."""
    if known not in ("country", "demonym"):
        return set()
    return {
        m.place.country for m in matches[:2] if m.kind == "demonym" or m.place.feature_code.startswith("PCL")
    }


def features(page: Page, proposal: Proposal, known: str, matches: Sequence[Match] = ()) -> Features:
    """Return the features of a proposal; ``known`` is its ``known_class``."""
    text, start, end = page.text, proposal.start, proposal.end
    surface = text[start:end]
    out: Features = {"bias": 1.0, f"source={proposal.source}": 1.0, f"known={known}": 1.0}
    model = _model(page, start, end)
    out[f"model={model}"] = 1.0
    out[f"known={known}|model={model}"] = 1.0
    if known in SMALL and any(m.place.country in page.countries for m in matches[:6]):
        out["its country is named"] = 1.0
        out[f"its country is named|model={model.split(':')[0]}"] = 1.0
        if (
            surface[:1].isupper()
            and len({m.place.country for m in matches if m.kind not in ("spelling", "stripped")}) == 1
        ):
            out["only its country has it"] = 1.0
            out[f"only its country has it|model={model.split(':')[0]}"] = 1.0
            out[f"only its country has it|known={known}"] = 1.0
    before = _before(page, start)
    after = _after(page, end)
    joined = _joined(page, start, end)
    if joined:
        out[f"joined={joined}"] = 1.0
        out[f"joined={joined}|model={model.split(':')[0]}"] = 1.0
    for cue in before:
        if cue == "locative":
            out[f"before=locative|known={known}"] = 1.0
        out[f"before={cue}"] = 1.0
        out[f"before={cue}|model={model.split(':')[0]}"] = 1.0
    for cue in after:
        out[f"after={cue}"] = 1.0
    if all(word in generic_words() for word in surface.lower().split()):
        out["generic words"] = 1.0
        out[f"generic words|model={model.split(':')[0]}"] = 1.0
    size = surface.count(" ") + surface.count("-") + 1
    out[f"words={min(size, 3)}"] = 1.0
    if surface.isupper():
        out["capitals=short" if len(surface) <= 3 else "capitals"] = 1.0
    token = page.doc[page.token_at(end - 1)]
    out[f"pos={token.pos_}"] = 1.0
    folded = surface.casefold()
    others = page.placed[folded] - (1 if model in ("GPE:same", "LOC:same") else 0)
    if others > 0:
        out["elsewhere=place"] = 1.0
        out[f"elsewhere=place|model={model.split(':')[0]}"] = 1.0
    if size == 1 and folded in page.persons and not _only_country(known, model, matches):
        out["elsewhere=person"] = 1.0
    if folded in page.lower:
        out["elsewhere=small"] = 1.0
    if proposal.head is not None:
        out[f"last={text[start:end].split()[-1].lower()}"] = 1.0
    return out


def _only_country(known: str, model: str, matches: Sequence[Match]) -> bool:
    """Tell a name that nothing but one country bears: no person is called Tajikistan, whatever the model says."""
    return (
        known == "country"
        and model in ("GPE:same", "LOC:same", "NORP:same")
        and len({m.place.country for m in matches}) == 1
    )


JOIN = re.compile(r",?\s+(?:and|or|to|with)\s+|,\s+|\s?[-–—/]\s?")
"""Between two names of one list or line."""


def _joined(page: Page, start: int, end: int) -> str:
    """Tell whether the name before or after, joined by "and", "to", a comma or a dash, is surely a place."""
    text = page.text
    gap = JOIN.match(text, end)
    if gap and page.sure.get(gap.end(), (0, False))[1]:
        return "place after"
    for back in (1, 2, 3, 4, 5, 6):
        before = page.ends.get(start - back)
        if before is not None:
            sure = page.sure[before][1] and JOIN.fullmatch(text, start - back, start) is not None
            return "place before" if sure else ""
    return ""


def is_sure(page: Page, proposal: Proposal, known: str) -> bool:
    """Tell a name that needs no company to be a place: the model says so, or every reader would."""
    entity = page.entity_at(proposal.start, proposal.end)
    same = entity is not None and (entity[0], entity[1]) == (proposal.start, proposal.end)
    if same and entity is not None and entity[2] in ("GPE", "LOC"):
        return True
    return known in ("country", "admin1") and (entity is None or same)


def _model(page: Page, start: int, end: int) -> str:
    entity = page.entity_at(start, end)
    if entity is None or (entity[2] in TIMES and not _is_calendar(page.text[start:end])):
        return "none"
    if (entity[0], entity[1]) == (start, end):
        return f"{entity[2]}:same"
    if entity[0] <= start and end <= entity[1]:
        return f"{entity[2]}:{'first' if entity[0] == start else 'inside'}"
    return f"{entity[2]}:cross"


TIMES = frozenset({"DATE", "TIME"})


def _is_calendar(name: str) -> bool:
    return any(word in words("calendar") for word in name.casefold().split())


def _before(page: Page, start: int) -> list[str]:
    text = page.text
    i = page.word_from(start) - 1
    token = page.doc[page.token_at(start)]
    cues = ["start"] if token.is_sent_start else []
    if i < 0:
        return cues or ["start"]
    word = page.found[i]
    gap = text[word.end : start]
    told = text[word.start : word.end].lower()
    if gap.strip() in (",", "(", "/", "-", "–", "—"):
        cues.append({",": "comma", "(": "bracket"}.get(gap.strip(), "dash"))
        return cues
    if gap.strip(" .'’s\n"):
        return [*cues, "other"]
    if told in words("locative"):
        cues.append("locative")
        if told == "in":
            cues.append("in")
    elif told in words("titles"):
        cues.append("title")
    elif told in ("the", "of", "and", "a", "an", "for", "with", "by"):
        cues.append(told)
    elif told in words("compass"):
        cues.append("compass")
    elif word.capital:
        cues.append("possessive" if gap.startswith(("'", "’")) else "capital")
    else:
        cues.append("small")
    return cues


def _after(page: Page, end: int) -> list[str]:
    text = page.text
    i = page.word_from(end)
    if text[end : end + 2] in ("'s", "’s"):
        return ["possessive"]
    if i >= len(page.found):
        return ["end"]
    word = page.found[i]
    gap = text[end : word.start].strip()
    told = text[word.start : word.end].lower()
    if gap == ",":
        return ["comma-capital" if word.capital else "comma"]
    if gap in ("(", "-", "–", "—", "/", "--"):
        return ["bracket" if gap == "(" else "dash"]
    if gap:
        return ["stop"]
    if word.capital:
        cues = ["capital"]
        for name in ("local_body", "team", "admin", "street", "natural"):
            if told in words(name):
                cues.append(name)
        following = page.found[i + 1] if i + 1 < len(page.found) else None
        if following is not None and following.capital and following.gap:
            second = text[following.start : following.end].lower()
            for name in ("local_body", "team"):
                if second in words(name):
                    cues.append(f"second-{name}")
        return cues
    if told in ("and", "or"):
        return ["and"]
    if told in words("acting") or told.removesuffix("s") in words("acting") or told in ("was", "is", "has"):
        return ["verb"]
    if told in ("man", "woman", "police", "resident", "residents", "area", "city", "native", "officials"):
        return ["resident"]
    return ["small"]
