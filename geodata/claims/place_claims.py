"""The place claims of a telling: each place with its role, one role a place, and the country that a thing is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from geodata.claims.actors import Gazetteer
from geodata.claims.context import ReadText
from geodata.claims.doubts import no_place, speaks_from, stands_for_state, strange, within_next
from geodata.claims.maker import Maker
from geodata.claims.mentions import Vocabulary
from geodata.claims.parties import Sides, party_actors, party_toponyms, without_givers
from geodata.claims.place_roles import PlaceDecision, place_role
from geodata.claims.sharing import Sentences
from geodata.claims.telling import Telling
from geodata.records import Claim, Place, Relation, Toponym

SURE_PLACE = 0.8
"""Confidence from which a place may lie in a country that its text does not name."""
BORROWED = re.compile(r"(?:near|in) .+, which ")
"""The reason of a name that no gazetteer knows: it stands where another place does, but is not that place."""


def place_claims(
    maker: Maker,
    sentences: Sentences,
    telling: Telling,
    vocabulary: Vocabulary,
    spans: Sequence[tuple[int, int]],
    code_names: Sequence[tuple[int, int]] = (),
) -> list[Claim]:
    """Return the places of a telling, one claim a place, in text order.

    ``spans`` are those of names that places stand in, ``code_names`` those of names that places have no part in.
    """
    reading = maker.reading
    type = vocabulary.types[telling.type]
    if telling.kind == "happening":
        code_names = [*code_names, *((m.start, m.end) for m in telling.mentions if m.bare_name)]
    best: dict[tuple[str, str], Claim] = {}
    for s in telling.sentences:
        routes = sentences.take(telling, s, reading.relations[s], inherit=False)
        triggers = sentences.triggers(telling, s)
        for toponym in sentences.take(telling, s, reading.toponyms[s], inherit=telling.kind != "deal"):
            if toponym.kind == "demonym" or _is_trigger(toponym, telling):
                continue
            if any(start <= toponym.start and toponym.end <= end for start, end in code_names):
                continue  # the exercise "Aurora 2017" is at no place called Aurora
            if no_place(reading, toponym, telling.kind, spans):
                continue
            toponym = within_next(reading, toponym)
            decision = place_role(
                reading,
                toponym,
                triggers,
                kind=telling.kind,
                default=type.place_role,
                routes=routes,
                names=spans,
            )
            if decision.role in DOUBTED and _in_doubt(reading, toponym, telling, triggers, decision):
                decision = PlaceDecision("mentioned", 0.2, "place-doubted")
            claim = _place(maker, toponym, decision, routes)
            key = (claim.place or claim.value, claim.role)
            if key not in best or best[key].confidence < claim.confidence:
                best[key] = claim
    return _one_role(_in_known_countries(reading, telling, list(best.values())))


DOUBTED = frozenset({"site", "venue", "beneficiary"})
"""Roles that a place does not get where the words speak against it."""


def _in_doubt(
    reading: ReadText,
    toponym: Toponym,
    telling: Telling,
    triggers: Sequence[Token],
    decision: PlaceDecision,
) -> bool:
    """Tell a place that is only spoken from, stands for its government, or is a namesake of the one meant."""
    if decision.rule == "place-host":
        return False
    if telling.kind != "built" and strange(reading, toponym):
        return True
    if telling.kind in ("deal", "happening") and stands_for_state(reading, toponym, triggers):
        return True
    return speaks_from(reading, toponym, telling.kind, triggers)


def _in_known_countries(reading: ReadText, telling: Telling, claims: list[Claim]) -> list[Claim]:
    """Let a place in a country that the text speaks of nowhere else be only mentioned, where it speaks of others."""
    known = reading.countries | {a.country for s in telling.sentences for a in reading.actors[s] if a.country}
    if not known or telling.kind not in ("built", "support"):
        return claims
    strange = [c for c in claims if c.country and c.country not in known and c.confidence < SURE_PLACE]
    return [
        replace(c, role="mentioned") if c in strange and c.role in ("site", "venue") else c for c in claims
    ]


def _is_trigger(toponym: Toponym, telling: Telling) -> bool:
    """Tell a name that is a word of the thing's own: "Centre" is no town in "the Convention Centre"."""
    return any(
        m.start <= toponym.start
        and toponym.end <= m.end
        and not (m.pattern or m.bare_name)
        and (not m.name or toponym.end == m.end)
        for m in telling.mentions
    )


def _place(maker: Maker, toponym: Toponym, decision: PlaceDecision, routes: Sequence[Relation]) -> Claim:
    place = toponym.place
    borrowed = place is not None and BORROWED.match(toponym.reason) is not None
    sure = (
        decision.confidence * (0.5 + 0.5 * toponym.confidence)
        if place is not None
        else 0.3 * decision.confidence
    )
    return maker.claim(
        "place",
        toponym.surface if place is None or borrowed else place.name,
        toponym.start,
        toponym.end,
        decision.rule,
        sure,
        role=decision.role,
        place="" if place is None or borrowed else place.id,
        lat=toponym.lat,
        lon=toponym.lon,
        country=place.country if place is not None else "",
        precision=toponym.precision,
    )


def _one_role(claims: list[Claim]) -> list[Claim]:
    """Keep one role a place: the surest that is more than a mention; a country only where nothing finer is known."""
    by_place: dict[str, Claim] = {}
    for claim in claims:
        key = claim.place or claim.value
        held = by_place.get(key)
        if held is None or _rank(claim) > _rank(held):
            by_place[key] = claim
    found = sorted(by_place.values(), key=lambda c: c.selector.start)
    finer = any(c.role in ("site", "venue", "endpoint") and c.precision != 6 for c in found)
    return [
        replace(c, role="beneficiary") if finer and c.precision == 6 and c.role == "site" else c
        for c in found
    ]


def _rank(claim: Claim) -> tuple[bool, float]:
    return (claim.role != "mentioned", claim.confidence + (0.5 if claim.role == "rejected_venue" else 0.0))


def for_whom(
    maker: Maker,
    sentences: Sentences,
    telling: Telling,
    places: list[Claim],
    actors: list[Claim],
    sides: Sides,
    gaz: Gazetteer | None,
) -> list[Claim]:
    """Add the country that a thing is for, where only actors or adjectives name it; drop the giver's."""
    added: list[Claim | None] = [
        maker.claim(
            "place",
            place.name,
            t.start,
            t.end,
            "place-for-party",
            0.5,
            role="beneficiary",
            place=place.id,
            lat=place.lat,
            lon=place.lon,
            country=place.country,
            precision=place.default_precision,
        )
        for t in party_toponyms(sentences, telling, places, sides)
        if (place := _party(maker.reading, t, gaz)) is not None
    ]
    giving, _ = sides
    if not any(
        p.role != "mentioned" and p.country not in giving for p in [*places, *(a for a in added if a)]
    ):
        added += [_home(maker, actor, gaz) for actor in party_actors(telling, actors, giving)]
    return without_givers(sentences, telling, [*places, *(a for a in added if a is not None)], sides)


def _party(reading: ReadText, toponym: Toponym, gaz: Gazetteer | None) -> Place | None:
    """Return the place of a party: of a capital that acts, its country ("Hanoi asked for it")."""
    place = toponym.place
    if place is not None and gaz is not None and stands_for_state(reading, toponym, ()):
        return gaz.country(place.country) or place
    return place


def _home(maker: Maker, actor: Claim, gaz: Gazetteer | None) -> Claim | None:
    """Return the country of a party as the place that a thing is for."""
    place = gaz.country(actor.country) if gaz is not None else None
    if place is None:
        return None
    return maker.claim(
        "place",
        place.name,
        actor.selector.start,
        actor.selector.end,
        "place-of-party",
        0.4,
        role="beneficiary",
        place=place.id,
        lat=place.lat,
        lon=place.lon,
        country=place.country,
        precision=place.default_precision,
    )


# --- actors -----------------------------------------------------------------------------------------------------
