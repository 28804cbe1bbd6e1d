"""From a telling to an event: every claim that its sentences make, each with the words that make it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from geodata.claims.actors import ActorMention, Gazetteer
from geodata.claims.clauses import clause_status, pronouns, stops_another
from geodata.claims.context import ReadText
from geodata.claims.date_claims import all_ahead, date_claims, date_of
from geodata.claims.maker import Maker
from geodata.claims.mentions import Vocabulary
from geodata.claims.named_places import more_places
from geodata.claims.pairs import pair_actors
from geodata.claims.parties import sides
from geodata.claims.place_claims import for_whom, place_claims
from geodata.claims.roles import actor_role
from geodata.claims.sharing import Sentences
from geodata.claims.status import StatusMention, clause_mention, status_of
from geodata.claims.telling import Telling
from geodata.claims.titles import Name, composed, names_of
from geodata.records import COMPOSED, Claim, Event

PLACE_NAMES = frozenset({"title-name", "title-termed"})
"""Kinds of names that places stand in; what is in quotation marks is a code name ("Vostok 2018")."""
STATUSES = 3
"""How many statuses a telling keeps, best first."""
TOLD = 5
"""Stage from which words for it say how far a thing is; below, its clause may say more."""
LIES = frozenset({"site", "venue", "endpoint", "beneficiary"})
"""Roles of places by which a thing lies in a country."""
DOUBTED_PLACE = "place-doubted"
"""Rule of a place that somebody only speaks from: "In Brasília the minister speaks of a road" tells the country."""
HOST = 0.3
LEAST_ACTOR = 0.22
"""Confidence below which an actor is not attached."""


def assemble(
    reading: ReadText,
    sentences: Sentences,
    telling: Telling,
    vocabulary: Vocabulary,
    gaz: Gazetteer | None = None,
) -> Event:
    """Return the event of a telling, with all its claims."""
    id = _event_id(reading, telling)
    maker = Maker(reading, id)
    names = names_of(reading, telling.mentions)
    actors = _actors(maker, sentences, telling, names)
    places = place_claims(
        maker,
        sentences,
        telling,
        vocabulary,
        [(n.start, n.end) for n in names if n.rule in PLACE_NAMES],
        [(n.start, n.end) for n in names if n.rule == "title-quoted"] if telling.kind == "happening" else (),
    )
    giving_receiving = sides(sentences, telling, actors)
    places = for_whom(maker, sentences, telling, places, actors, giving_receiving, gaz)
    places += more_places(
        maker, telling, places, *giving_receiving, vocabulary.types[telling.type].place_role, gaz
    )
    actors += _hosts(maker, telling, places, actors)
    dates = date_claims(maker, sentences, telling)
    held = [date for date in dates if date.role in ("held", "expected")]
    ahead = telling.kind == "happening" and all_ahead(reading, telling, held)
    claims = [
        *_type(maker, telling),
        *_titles(maker, telling, names, places, actors, vocabulary),
        *places,
        *actors,
        *dates,
        *_statuses(maker, sentences, telling, ahead=ahead),
        *_values(maker, sentences, telling),
    ]
    start = min(reading.sentences[s].start_char for s in telling.sentences)
    end = max(reading.sentences[s].end_char for s in telling.sentences)
    named = names[0].name if names else ""
    return Event(id, reading.document.id, telling.type, _unique(claims), named, start, end)


def _event_id(reading: ReadText, telling: Telling) -> str:
    key = f"{reading.document.id}\x1f{telling.type}\x1f{telling.first.start}"
    return "e" + hashlib.sha256(key.encode()).hexdigest()[:15]


def _unique(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple({claim.id: claim for claim in claims}.values())


def _type(maker: Maker, telling: Telling) -> list[Claim]:
    claims = []
    for mention in telling.mentions:
        if mention.type == telling.type and (not mention.generic or mention is telling.first):
            sure = (0.5 if mention.weak else 0.75) + 0.05 * mention.words.count(" ")
            claims.append(
                maker.claim(
                    "type", telling.type, mention.start, mention.end, f"trigger:{mention.words}", sure
                )
            )
    return claims[:4]


def _titles(
    maker: Maker,
    telling: Telling,
    names: Sequence[Name],
    places: Sequence[Claim],
    actors: Sequence[Claim],
    vocabulary: Vocabulary,
) -> list[Claim]:
    claims = [maker.claim("title", n.name, n.start, n.end, n.rule, 0.85) for n in names[:4]]
    by_role: dict[str, list[str]] = {}
    for place in sorted(places, key=lambda c: (c.precision == 6, c.selector.start)):
        row = by_role.setdefault(place.role, [])
        if place.value not in row:
            row.append(place.value)
    sites = [p for role in ("venue", "site", "waypoint", "beneficiary") for p in by_role.get(role, ())]
    parties = list(dict.fromkeys(a.value for a in actors))
    title = composed(
        vocabulary.types[telling.type].label, ends=by_role.get("endpoint", ()), places=sites, parties=parties
    )
    first = telling.first
    claims.append(maker.claim("title", title, first.start, first.end, COMPOSED, 0.5))
    return claims


# --- places -----------------------------------------------------------------------------------------------------


def _actors(maker: Maker, sentences: Sentences, telling: Telling, names: Sequence[Name]) -> list[Claim]:
    own = {name.name for name in names}
    reading = maker.reading
    nearby = tuple(a for s in telling.sentences for a in reading.actors[s])
    best: dict[str, Claim] = {}
    for s in telling.sentences:
        for actor in sentences.take(telling, s, reading.actors[s], inherit=True):
            decision = actor_role(
                actor,
                reading.doc,
                telling.span_in(s),
                group=telling.group,
                type=telling.type,
                actors=nearby,
            )
            if not decision.role or decision.confidence < LEAST_ACTOR:
                continue
            if _no_part(reading, actor, decision.rule, telling, names):
                continue
            claim = _actor(maker, actor, decision.role, decision.rule, decision.confidence)
            if actor.name not in best or best[actor.name].confidence < claim.confidence:
                best[actor.name] = claim
        if telling.kind in ("deal", "happening"):
            for actor in sentences.take(telling, s, pair_actors(reading, s, best), inherit=True):
                role = "signatory" if telling.kind == "deal" else "participant"
                best.setdefault(actor.name, _actor(maker, actor, role, "actor-pair", 0.6))
    return sorted((c for c in best.values() if c.value not in own), key=lambda c: c.selector.start)


ONE_WORD = 0.45
"""Confidence up to which a person or organisation is one word that the model alone takes for a name."""


def _no_part(
    reading: ReadText, actor: ActorMention, rule: str, telling: Telling, names: Sequence[Name]
) -> bool:
    """Tell who has no part in a thing: who writes of it, whom it is named after, a stray word beside it."""
    if actor.name in reading.observers:
        return True
    if actor.kind not in ("person", "organisation") or actor.rule == "alias":
        return False
    if any(n.start <= actor.start and actor.end <= n.end for n in names) and actor.kind == "person":
        return True  # nobody called Abdoulaye Wade builds the Abdoulaye Wade stadium
    if telling.kind == "happening" and actor.rule == "model-org":
        apart = [(m.start, m.end) for m in telling.mentions if m.bare_name]
        apart += [(n.start, n.end) for n in names if n.rule != "title-name"]
        if any(start < actor.end and actor.start < end for start, end in apart):
            return True  # "African Lion" is the exercise
    return rule == "actor-in-sentence" and actor.confidence <= ONE_WORD


def _hosts(maker: Maker, telling: Telling, places: Sequence[Claim], actors: Sequence[Claim]) -> list[Claim]:
    """Return the state in which a thing lies, where it is one and the text names it: nothing is built without it.

    Its words are the nearest that name the state. It speaks for no event by itself (``support.NAMED_ACTOR``).
    """
    lands = {p.country for p in places if p.country and p.role in LIES}
    lands = lands or {p.country for p in places if p.country and p.extractor == DOUBTED_PLACE}
    if len(lands) != 1 or any(a.country in lands and a.kind == "state" for a in actors):
        return []
    reading, first = maker.reading, telling.first.sentence
    named = [
        (abs(s - first), s, actor)
        for s, row in enumerate(reading.actors)
        for actor in row
        if actor.kind == "state" and actor.country in lands
    ]
    nearest = min(named, key=lambda row: row[:2], default=None)
    return [_actor(maker, nearest[2], "host", "actor-host", HOST)] if nearest else []


def _actor(maker: Maker, actor: ActorMention, role: str, rule: str, confidence: float) -> Claim:
    return maker.claim(
        "actor",
        actor.name,
        actor.start,
        actor.end,
        rule,
        confidence * (0.4 + 0.6 * actor.confidence),
        role=role,
        kind=actor.kind,
        country=actor.country,
        office=actor.office,
    )


# --- status, values ---------------------------------------------------------------------------------------------


def _statuses(maker: Maker, sentences: Sentences, telling: Telling, *, ahead: bool) -> list[Claim]:
    """Return the statuses told, best first; ``ahead``: it takes place after the text was written."""
    reading = maker.reading
    mentions = tuple(
        m for s in telling.sentences for m in sentences.take(telling, s, reading.statuses[s], inherit=True)
    )
    if telling.kind != "happening":
        mentions = tuple(m for m in mentions if not _of_another(reading, telling, m))
    mentions += _clauses(reading, telling, mentions)
    spans = [(reading.sentences[s].start_char, reading.sentences[s].end_char) for s in telling.sentences]
    first = telling.first
    found = status_of(reading.doc, spans, (first.start, first.end), type=telling.type, mentions=mentions)
    claims: list[Claim] = []
    for n, status in enumerate(found):
        if ahead and status.status in ("held", "proposed"):
            status = replace(status, status="planned", modality="planned")
        if status.status not in {c.value for c in claims}:
            claims.append(
                maker.claim(
                    "status",
                    status.status,
                    status.start,
                    status.end,
                    status.rule,
                    status.confidence * 0.85**n,
                    modality=status.modality,
                    edtf=date_of(reading, status),
                )
            )
    return claims[:STATUSES]


def _of_another(reading: ReadText, telling: Telling, mention: StatusMention) -> bool:
    root = reading.root_of(mention.start, mention.end)
    return root is not None and stops_another(root, (m.token for m in telling.mentions), mention.status)


def _clauses(
    reading: ReadText, telling: Telling, mentions: Sequence[StatusMention]
) -> tuple[StatusMention, ...]:
    """Read the clauses of a thing that is built, where no words tell that it is on the way, done or given up."""
    if telling.kind not in ("built", "support") or any(
        m.stage >= TOLD and m.modality in ("asserted", "denied") for m in mentions
    ):
        return ()
    found = []
    for s in telling.sentences:
        things = [m.token for m in telling.mentions if m.sentence == s]
        for thing in things or pronouns(reading.sentences[s]):
            told = clause_status(thing)
            if told is not None:
                found.append(clause_mention(*told))
    return tuple(found)


def _values(maker: Maker, sentences: Sentences, telling: Telling) -> list[Claim]:
    reading = maker.reading
    claims = []
    for s in telling.sentences:
        for value in sentences.take(telling, s, reading.values[s], inherit=False):
            claims.append(
                maker.claim(
                    "value",
                    reading.text[value.start : value.end],
                    value.start,
                    value.end,
                    value.rule,
                    value.confidence,
                    role=value.kind,
                    amount=value.amount,
                    unit=value.unit,
                    low=value.low,
                    high=value.high,
                )
            )
    return claims
