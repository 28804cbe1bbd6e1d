"""The country that a project is for, where the text names it only through those who act or in passing.

"China pledged a credit via the … Corporation to rehabilitate the Bangladeshi power grid": the grid is in Bangladesh,
not in the country of those who pay and build.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from geodata.claims.sharing import Sentences
from geodata.claims.sides import is_of_gift, lenders_by_money, sides_by_words
from geodata.claims.telling import Telling
from geodata.records import COUNTRY, Claim, Toponym

PAYING = frozenset({"funding", "extending", "supplier"})
GIVING = PAYING | {"contractor", "implementing"}
"""Roles of those whose country is not where a thing is: of a state, only paying counts, for it may build at home."""
HERE = frozenset({"site", "venue", "endpoint", "waypoint"})
OF_STATES = frozenset({"defence", "diplomacy"})
"""Groups of what states do with one another, where receiving something says nothing of where."""
MAX_PARTIES = 2
"""More countries than this named in passing say nothing about where."""


def givers(actors: Sequence[Claim]) -> set[str]:
    """Return the countries of those who pay, supply or build."""
    found: set[str] = set()
    for actor in actors:
        roles = GIVING if actor.kind == "company" else PAYING
        if actor.country and actor.role in roles and actor.kind in ("state", "company", "organisation"):
            found.add(actor.country)
    return found


Sides = tuple[frozenset[str], frozenset[str]]
"""Countries that give, and countries that receive."""


def sides(sentences: Sentences, telling: Telling, actors: Sequence[Claim]) -> Sides:
    """Return the countries that give and those that receive, no country being both.

    Words for giving and the banks that pay weigh more than words for receiving, these more than the role of a state.
    """
    words = sides_by_words(sentences, telling)
    told = (words.giving | words.lending) - words.receiving
    banks = {
        a.country for a in actors if a.country and a.role in PAYING and a.kind in ("company", "organisation")
    }
    receiving = words.receiving | (words.signing if told | banks else set())
    receiving -= told | banks
    return frozenset((givers(actors) | told) - receiving), frozenset(receiving)


def party_toponyms(
    sentences: Sentences, telling: Telling, places: Sequence[Claim], sides: Sides
) -> tuple[Toponym, ...]:
    """Return one toponym for each country that an event is for, where its places do not say so yet."""
    if telling.kind == "happening":
        return ()
    giving, receiving = sides
    giving |= {p.country for p in places if p.extractor == "place-giver"} - receiving
    known = {p.country for p in places if p.role == "beneficiary" and p.country}
    said = {p.country for p in places if p.role in HERE and p.country} | known
    if said - giving and (said & receiving or not receiving or telling.group in OF_STATES):
        return ()
    found = _spoken_of(sentences, telling.sentences)
    others = {c: t for c, t in found.items() if c in receiving - said}
    if not others:
        if said - giving:
            return ()
        others = {c: t for c, t in found.items() if c not in giving | known}
    if len(others) > 1:
        lenders = lenders_by_money(sentences, telling)
        others = {c: t for c, t in others.items() if c not in lenders} or others
    if not others and not known and len(found) > 1:
        others = found  # both pay: "jointly funded by the two governments"
    return tuple(others.values()) if len(others) <= MAX_PARTIES else ()


def _spoken_of(sentences: Sentences, numbers: Iterable[int]) -> dict[str, Toponym]:
    """Return the countries that sentences speak of, each with the name that says so best."""
    found: dict[str, Toponym] = {}
    for s in numbers:
        for toponym in sentences.reading.toponyms[s]:
            if _speaks(toponym) and toponym.place is not None:
                held = found.get(toponym.place.country)
                if held is None or (not _whole(held) and _whole(toponym)):
                    found[toponym.place.country] = toponym
    return found


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


def party_actors(telling: Telling, actors: Sequence[Claim], giving: Collection[str]) -> tuple[Claim, ...]:
    """Return one actor for each country that an event is for, where no place says so at all."""
    if telling.kind == "happening":
        return ()
    found: dict[str, Claim] = {}
    for actor in sorted(actors, key=lambda a: (a.kind != "state", a.selector.start)):
        if actor.country and actor.country not in giving:
            found.setdefault(actor.country, actor)
    return tuple(found.values()) if len(found) <= MAX_PARTIES else ()


def _whole(toponym: Toponym) -> bool:
    return toponym.place is not None and toponym.place.default_precision == COUNTRY


def without_givers(
    sentences: Sentences, telling: Telling, places: Sequence[Claim], sides: Sides
) -> list[Claim]:
    """Drop the giver's country as the one that a thing is for, where another is known."""
    if telling.kind == "happening":
        return list(places)
    giving, receiving = sides
    others = any(p.country and p.country not in giving and p.role != "mentioned" for p in places)
    kept = [p for p in places if not (others and p.role == "beneficiary" and p.country in giving)]
    if others and telling.kind in ("built", "support"):
        kept = [
            replace(p, role="mentioned")
            if p.country in giving and _comes_from(sentences, p, given=telling.kind == "support")
            else p
            for p in kept
        ]
    if not any(p.role == "beneficiary" and p.country in receiving for p in kept):
        return kept
    return [
        replace(p, role="mentioned")
        if p.role == "beneficiary" and p.confidence < PASSING and p.country not in receiving
        else p
        for p in kept
    ]


def _comes_from(sentences: Sentences, place: Claim, *, given: bool) -> bool:
    """Tell a place in a giver's country that is where a gift comes from, no end of a line, no place of training.

    "The team is sent by Sichuan", "a loan from Ruritania to Ecuador"; but "training held in Fuzhou".
    """
    root = sentences.reading.root_of(place.selector.start, place.selector.end)
    if place.role == "endpoint" and (given or place.precision == COUNTRY) and root is not None:
        return is_of_gift(root)
    return place.role in ("site", "venue") and place.extractor not in WITHIN


WITHIN = frozenset({"place-in", "place-at", "place-country-site", "place-in-name"})
"""Rules of places that the words put something in."""
PASSING = 0.3
"""Confidence below which a country is only mentioned where words say of another that it receives."""
