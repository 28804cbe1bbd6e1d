"""Whether a mention can be of the same thing as a telling: its names, numbers, places, routes and years."""

from __future__ import annotations

from collections.abc import Sequence

from geodata.claims.context import ReadText, distance
from geodata.claims.mentions import TriggerMention
from geodata.claims.telling import Telling
from geodata.records import Toponym


def own_places(
    reading: ReadText, mention: TriggerMention, rivals: Sequence[TriggerMention] = (), *, whole: bool = False
) -> tuple[Toponym, ...]:
    """Return the places that stand near a mention, and nearer than to its rivals; countries only if ``whole``."""
    found = []
    for toponym in reading.toponyms[mention.sentence]:
        if toponym.kind in ("metonym", "demonym", "embedded") or toponym.place is None:
            continue
        if toponym.place.feature_code.startswith("PCL") and not whole:
            continue
        root = reading.root_of(toponym.start, toponym.end)
        if root is None:
            continue
        far = distance(root, mention.token)
        if far <= NEAR_PLACE and all(
            r.sentence != mention.sentence or distance(root, r.token) > far for r in rivals
        ):
            found.append(toponym)
    return tuple(found)


NEAR_PLACE = 6.0
"""Edges of the tree between a thing and a place that is its own."""


def conflicts(reading: ReadText, mention: TriggerMention, telling: Telling) -> bool:
    """Tell whether a mention's own places or years cannot be those of a telling."""
    if _other_name(mention, telling) or _other_route(reading, mention, telling):
        return True
    whole = telling.kind == "happening"
    rivals = [m for m in telling.mentions if m.sentence == mention.sentence]
    places = own_places(reading, mention, rivals, whole=whole)
    others = [p for m in telling.mentions for p in own_places(reading, m, [mention], whole=whole)]
    if places and others and not any(alike(a, b) for a in places for b in others):
        return True
    if telling.kind == "happening":
        years = _years(reading, mention)
        before = {y for m in telling.mentions for y in _years(reading, m)}
        return bool(years and before and not years & before)
    return False


def other_thing(reading: ReadText, mention: TriggerMention, telling: Telling) -> bool:
    """Tell whether a later mention of a kind of thing brings in another one: by a name, a country or a spot of its own.

    "The line from Subic to Clark … The Metro Manila Subway", "Israel's Karish field … Lebanon's Block 9", "the Lomé
    container terminal … a port at Ndayane".
    """
    if telling.kind != "built":
        return False
    told = {word for m in telling.mentions for word in m.name.split()}
    spots = {
        word for m in telling.mentions for p in own_places(reading, m) for word in p.surface.lower().split()
    }
    spots |= {word for m in telling.mentions for word in _spot_words(m)}
    known = told | spots
    placed = bool(told) or (bool(spots) and telling.first.definite != "indefinite")
    own = set(mention.name.split()) - _country_words(reading, mention)
    if own and placed and not own & known and _tells(reading, mention.sentence):
        return True
    if mention.definite == "indefinite" and known:
        words = _spot_words(mention)
        if words and not words & known:
            return True
    mine = _own_country(reading, mention)
    theirs = {c for m in telling.mentions for c in (_own_country(reading, m),) if c}
    return bool(mine and theirs) and mine not in theirs


def _country_words(reading: ReadText, mention: TriggerMention) -> set[str]:
    """Return the words of a sentence that are names of countries."""
    here = reading.toponyms[mention.sentence]
    return {word for t in here if _whole(t) or t.kind == "demonym" for word in t.surface.lower().split()}


def _tells(reading: ReadText, s: int) -> bool:
    return bool(reading.dates[s] or reading.values[s] or reading.statuses[s])


def _spot_words(mention: TriggerMention) -> set[str]:
    """Return the words of the names after "at", "in" or "near" that hang on a thing."""
    return {
        word.lower_
        for prep in mention.token.children
        if prep.dep_ == "prep" and prep.lower_ in SPOT
        for name in prep.children
        if name.dep_ == "pobj" and name.pos_ == "PROPN"
        for word in (*(c for c in name.lefts if c.dep_ == "compound"), name)
    }


SPOT = frozenset({"at", "in", "near", "on", "off", "outside"})


def _own_country(reading: ReadText, mention: TriggerMention) -> str:
    """Return the country that owns a thing or that it is in: "Israel's … field", "a dam in Laos"."""
    for toponym in reading.toponyms[mention.sentence]:
        if toponym.kind not in ("literal", "metonym") or not _whole(toponym) or toponym.place is None:
            continue
        root = reading.root_of(toponym.start, toponym.end)
        if root is None:
            continue
        owns = root.dep_ == "poss" and root.head.i == mention.token.i
        holds = root.dep_ == "pobj" and root.head.lower_ == "in" and root.head.head.i == mention.token.i
        if owns or holds:
            return toponym.place.country
    return ""


def _other_name(mention: TriggerMention, telling: Telling) -> bool:
    """Tell whether a mention bears a name or a model number that no mention of a telling bears."""
    before = [m for m in telling.mentions if m.name or m.codes]
    if mention.codes and any(m.codes for m in before):
        return not any(mention.codes & m.codes for m in before)
    if mention.name and any(m.name for m in before):
        mine = set(mention.name.split())
        return not any(mine & set(m.name.split()) for m in before)
    return False


def _other_route(reading: ReadText, mention: TriggerMention, telling: Telling) -> bool:
    """Tell whether a line of a mention and the lines of a telling share no end: two pipelines."""
    mine = _ends(reading, mention)
    told = [end for m in telling.mentions for end in _ends(reading, m)]
    named = {m.sentence for m in telling.mentions}
    told += [
        end
        for s in telling.sentences
        if s not in named
        for end in _ends_in(reading, s, range(len(reading.text)))
    ]
    if not mine or not told:
        return False
    if _spanned(mine, told) or _spanned(told, mine):
        return False  # "from Kashgar to Andijan" may be "the China–Kyrgyzstan–Uzbekistan railway"
    return not {e.surface for e in mine} & {e.surface for e in told}


def _ends(reading: ReadText, mention: TriggerMention) -> list[Toponym]:
    """Return the places on routes told within a few words of a mention."""
    return _ends_in(
        reading, mention.sentence, range(mention.start - ROUTE_REACH, mention.end + ROUTE_REACH + 1)
    )


def _ends_in(reading: ReadText, s: int, reach: range) -> list[Toponym]:
    """Return the places on those routes of a sentence that touch a stretch of its characters."""
    return [
        reading.all_toponyms[i]
        for route in reading.relations[s]
        if route.kind in ("route", "between") and route.start < reach.stop and reach.start <= route.end
        for i in route.parts
        if i < len(reading.all_toponyms)
    ]


def _spanned(ends: Sequence[Toponym], countries: Sequence[Toponym]) -> bool:
    """Tell whether a line between places of several countries is one that is told by those countries."""
    if not all(_whole(c) for c in countries) or any(_whole(e) for e in ends):
        return False
    states = {e.place.country for e in ends if e.place is not None}
    return len(states) > 1 and states <= {c.place.country for c in countries if c.place is not None}


def _whole(toponym: Toponym) -> bool:
    """Tell a country from a place in one."""
    return toponym.place is not None and toponym.place.feature_code.startswith("PCL")


ROUTE_REACH = 60
"""Characters between a line and the words for its route."""


def shares_name(mention: TriggerMention, telling: Telling) -> bool:
    """Tell whether a mention bears a name or number that a mention of the telling bears."""
    mine = set(mention.name.split()) | mention.codes
    return any(mine & (set(m.name.split()) | m.codes) for m in telling.mentions)


def _years(reading: ReadText, mention: TriggerMention) -> set[int]:
    return {year for date in reading.dates[mention.sentence] for year in date.years}


def fine(toponym: Toponym) -> bool:
    """Tell a place that is finer than a country, and spoken of as a place."""
    return (
        toponym.kind == "literal"
        and toponym.place is not None
        and not toponym.place.feature_code.startswith("PCL")
    )


def alike(a: Toponym, b: Toponym) -> bool:
    """Tell whether two places may be one spot: the same, or one inside the other."""
    if a.place is None or b.place is None:
        return False
    if a.place.id == b.place.id or a.surface == b.surface:
        return True
    if a.place.country != b.place.country:
        return False
    names = {a.place.admin1, a.place.admin2, a.place.name}, {b.place.admin1, b.place.admin2, b.place.name}
    return (
        a.place.name in names[1] or b.place.name in names[0] or a.place.feature_class != b.place.feature_class
    )


# --- narratives -------------------------------------------------------------------------------------------------
