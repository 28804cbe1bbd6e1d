"""The country that a project is for, where the text names it only through those who act or in passing.

"China pledged a credit via the … Corporation to rehabilitate the Bangladeshi power grid": the grid is in Bangladesh,
not in the country of those who pay and build.
"""

from __future__ import annotations

from collections.abc import Sequence

from geodata.claims.sharing import Sentences
from geodata.claims.telling import Telling
from geodata.claims.word_lists import word_list
from geodata.records import COUNTRY, Claim, Toponym

PAYING = frozenset({"funding", "extending", "supplier"})
GIVING = PAYING | {"contractor", "implementing"}
"""Roles of those whose country is not where a thing is: of a state, only paying counts, for it may build at home."""
HERE = frozenset({"site", "venue", "endpoint", "waypoint"})
MAX_PARTIES = 2
"""More countries than this named in passing say nothing about where."""


GIFTS = word_list("gifts")
GIVING_VERBS = word_list("giving")


def givers(actors: Sequence[Claim]) -> set[str]:
    """Return the countries of those who pay, supply or build."""
    found: set[str] = set()
    for actor in actors:
        roles = GIVING if actor.kind == "company" else PAYING
        if actor.country and actor.role in roles and actor.kind in ("state", "company", "organisation"):
            found.add(actor.country)
    return found


def giving_words(sentences: Sentences, telling: Telling) -> set[str]:
    """Return the countries that words make givers: "China's donation", "the Chinese ambassador", "China granted"."""
    found: set[str] = set()
    for s in telling.sentences:
        for toponym in sentences.reading.toponyms[s]:
            root = sentences.reading.root_of(toponym.start, toponym.end)
            if root is None or toponym.place is None or not toponym.place.country:
                continue
            head = root.head
            owns = root.dep_ in ("poss", "compound", "amod", "nmod") and head.lemma_.lower() in GIFTS
            if owns or (root.dep_ == "nsubj" and head.lemma_.lower() in GIVING_VERBS):
                found.add(toponym.place.country)
    return found


def party_toponyms(
    sentences: Sentences, telling: Telling, places: Sequence[Claim], actors: Sequence[Claim]
) -> tuple[Toponym, ...]:
    """Return one toponym for each country that an event is for, where its places do not say so yet."""
    if telling.kind == "happening":
        return ()
    giving = givers(actors) | giving_words(sentences, telling)
    giving |= {p.country for p in places if p.extractor == "place-giver"}
    if {p.country for p in places if p.role in HERE and p.country} - giving:
        return ()
    known = {p.country for p in places if p.role == "beneficiary" and p.country}
    if known - giving:
        return ()
    found: dict[str, Toponym] = {}
    for s in telling.sentences:
        for toponym in sentences.reading.toponyms[s]:
            if _speaks(toponym) and toponym.place is not None:
                held = found.get(toponym.place.country)
                if held is None or (not _whole(held) and _whole(toponym)):
                    found[toponym.place.country] = toponym
    others = {country: t for country, t in found.items() if country not in giving | known}
    if not others and not known and len(found) > 1:
        others = found  # both pay: "jointly funded by the two governments"
    return tuple(others.values()) if len(others) <= MAX_PARTIES else ()


def _speaks(toponym: Toponym) -> bool:
    """Tell whether a toponym says of which country a text speaks: a country or its people, or a place surely read."""
    place = toponym.place
    if place is None or not place.country:
        return False
    return (
        toponym.kind == "demonym"
        or _whole(toponym)
        or (toponym.kind == "literal" and toponym.confidence > 0.6)
    )


def party_actors(telling: Telling, actors: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return one actor for each country that an event is for, where no place says so at all."""
    if telling.kind == "happening":
        return ()
    giving = givers(actors)
    found: dict[str, Claim] = {}
    for actor in sorted(actors, key=lambda a: (a.kind != "state", a.selector.start)):
        if actor.country and actor.country not in giving:
            found.setdefault(actor.country, actor)
    return tuple(found.values()) if len(found) <= MAX_PARTIES else ()


def _whole(toponym: Toponym) -> bool:
    return toponym.place is not None and toponym.place.default_precision == COUNTRY


def without_givers(
    sentences: Sentences, telling: Telling, places: Sequence[Claim], actors: Sequence[Claim]
) -> list[Claim]:
    """Drop the giver's country as the one that a thing is for, where another is known."""
    if telling.kind == "happening":
        return list(places)
    giving = givers(actors) | giving_words(sentences, telling)
    others = any(p.country and p.country not in giving and p.role != "mentioned" for p in places)
    return [p for p in places if not (others and p.role == "beneficiary" and p.country in giving)]
