"""Names that are no place of a thing, whatever the gazetteer knows by them, and places that only somebody speaks from.

A minister sees a mark, not the sentence: an exercise's code name, an acronym read as a town, the seat of who wrote,
or a namesake in a country that the text never speaks of must not become one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from geodata.claims.context import ReadText
from geodata.claims.word_lists import word_list
from geodata.records import COUNTRY, Toponym

SAYING = word_list("saying")
OBSERVERS = word_list("observers")
DEALING = word_list("dealing")
ACRONYM = re.compile(r"[A-Z]{3,6}")
"""An all-capital word this short is an acronym, unless the text writes it as a name too; headings are longer or end."""
NUMBERED = re.compile(r"[\"”’']?[\s-](?:(?:19|20)\d\d|[IVX]{1,4})\b")
"""What follows a code name: "Vostok 2018", "Friendship II"."""
WITHIN = frozenset({"in", "at", "near", "off", "on", "around"})
OTHERS_SURE = 0.6
"""Confidence of another place from which a text speaks of that place's country."""
KNOWN_TOWN = 200_000
"""Inhabitants from which a town stands in a country that its text does not name."""
KNOWN_CITY = 1_000_000
AND_IN = re.compile(r"\s?(?:,|in|\()\s?")
NAMED_AFTER = 0.5
"""Confidence of a place in a deal's or happening's name: "Peace" is no river in a treaty of peace."""
CLIMB = 6


def no_place(reading: ReadText, toponym: Toponym, kind: str, names: Sequence[tuple[int, int]]) -> bool:
    """Tell a name that is no place of a thing: an acronym, a code name, a word of its own name read far away."""
    if _whole(toponym):
        return False
    if _acronym(reading, toponym):
        return True
    if kind == "built":
        return False
    root = reading.root_of(toponym.start, toponym.end)
    inside = root is not None and root.dep_ == "pobj" and root.head.lower_ in WITHIN
    if kind == "happening" and not inside and NUMBERED.match(reading.text, toponym.end):
        return True
    own = any(start <= toponym.start and toponym.end <= end for start, end in names)
    if toponym.place is None:
        return own or toponym.kind == "embedded"
    return own and (toponym.confidence < NAMED_AFTER or strange(reading, toponym))


def _acronym(reading: ReadText, toponym: Toponym) -> bool:
    place = toponym.place
    if place is None or not ACRONYM.fullmatch(toponym.surface) or place.name.isupper():
        return False
    small = place.feature_class == "P" or place.feature_code.startswith(("ADM2", "ADM3"))
    heading = reading.text[toponym.end : toponym.end + 1] in (".", ":", "\n")
    return small and not heading and toponym.surface.title() not in reading.text


def strange(reading: ReadText, toponym: Toponym) -> bool:
    """Tell a small place in a country of which nothing else in the text speaks; a likely namesake of what is meant."""
    place = toponym.place
    if place is None or not place.country or place.feature_code.startswith(("PCL", "PPLC", "PPLA")):
        return False
    if place.population >= KNOWN_TOWN or place.country in reading.countries:
        return False
    return not any(
        t.place is not None
        and t.place.country == place.country
        and t.surface != toponym.surface
        and t.confidence >= OTHERS_SURE
        for t in reading.all_toponyms
    )


def within_next(reading: ReadText, toponym: Toponym) -> Toponym:
    """Put a namesake where the larger place after it lies: "Santa Ana in Cagayan" is not the one in California."""
    place = toponym.place
    if place is None or not place.country or _whole(toponym) or place.population >= KNOWN_CITY:
        return toponym
    match = AND_IN.match(reading.text, toponym.end)
    if match is None:
        return toponym
    for other in reading.toponyms[reading.sentence_at(toponym.start)]:
        area = other.place
        if other.start == match.end() and other.kind == "literal" and area is not None:
            larger = area.feature_class == "A" and other.confidence >= OTHERS_SURE
            if larger and area.country not in ("", place.country):
                told = f"in {area.name}, which follows"
                return replace(
                    toponym, place=area, lat=other.lat, lon=other.lon, precision=other.precision, reason=told
                )
    return toponym


def speaks_from(reading: ReadText, toponym: Toponym, kind: str, triggers: Sequence[Token]) -> bool:
    """Tell where somebody only speaks from, signs what is built elsewhere, or sits as who writes of it.

    "Writing for Carnegie in Moscow", "a student in Islamabad", "the two signed the agreement on the line in Athens".
    """
    root = reading.root_of(toponym.start, toponym.end)
    if root is None or _whole(toponym):
        return False
    while root.dep_ in ("appos", "conj") and root.head.i != root.i:
        root = root.head
    if root.dep_ != "pobj" or root.head.lower_ not in WITHIN | {"for", "from", "of"}:
        return False
    here = {t.i for t in triggers}
    token = root.head.head
    for _ in range(CLIMB):
        if token.i in here:
            return False
        if token.dep_ in ("appos", "attr") and token.lemma_.lower() in OBSERVERS:
            return True
        if token.pos_ in ("VERB", "AUX"):
            lemma = token.lemma_.lower()
            own = bool(here & {t.i for t in token.subtree}) and lemma not in SAYING
            return lemma in SAYING or (kind == "built" and lemma in DEALING and not own)
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def stands_for_state(reading: ReadText, toponym: Toponym, triggers: Sequence[Token]) -> bool:
    """Tell a capital that is its government: "strengthened Moscow's view", "on the basis of Beijing and Moscow's …"."""
    place = toponym.place
    if place is None or place.feature_code != "PPLC":
        return False
    root = reading.root_of(toponym.start, toponym.end)
    if root is None or (root.dep_ == "poss" and any(t.i == root.head.i for t in triggers)):
        return False
    return any(
        a.kind == "state" and a.rule == "metonym" and a.start <= toponym.start and toponym.end <= a.end
        for a in reading.actors[reading.sentence_at(toponym.start)]
    )


def _whole(toponym: Toponym) -> bool:
    return toponym.place is not None and toponym.place.default_precision == COUNTRY


__all__ = ["no_place", "speaks_from", "stands_for_state", "strange", "within_next"]
