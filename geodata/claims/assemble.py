"""From a telling to an event: every claim that its sentences make, each with the words that make it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from geodata.claims.actors import ActorMention, Gazetteer
from geodata.claims.context import ReadText
from geodata.claims.pairs import pair_actors
from geodata.claims.parties import givers, giving_words, party_actors, party_toponyms, without_givers
from geodata.claims.place_roles import PlaceDecision, place_role
from geodata.claims.roles import actor_role, date_roles
from geodata.claims.sharing import Sentences
from geodata.claims.status import status_of
from geodata.claims.tellings import Telling
from geodata.claims.titles import Name, composed, names_of
from geodata.claims.triggers import Vocabulary
from geodata.records import Claim, ClaimProperty, Event, Relation, Toponym

VERSION = "1"
"""Of the rules that make claims; raised where they change what is claimed."""
STATUSES = 3
"""How many statuses a telling keeps, best first."""
PLACE_NAMES = frozenset({"title-name", "title-termed"})
"""Kinds of names that places stand in; what is in quotation marks is a code name ("Vostok 2018")."""
SURE_PLACE = 0.8
"""Confidence from which a place may lie in a country that its text does not name."""
BORROWED = re.compile(r"(?:near|in) .+, which ")
"""The reason of a name that no gazetteer knows: it stands where another place does, but is not that place."""
LEAST_ACTOR = 0.22
"""Confidence below which an actor is not attached."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the claims of one event."""

    reading: ReadText
    event: str

    def claim(
        self,
        property: ClaimProperty,
        value: str,
        start: int,
        end: int,
        rule: str,
        confidence: float,
        **more: object,
    ) -> Claim:
        """Return a claim with its selector and a stable id."""
        role = str(more.get("role", ""))
        document = self.reading.document.id
        key = "\x1f".join((self.event, property, value, role, str(start), str(end)))
        claim = Claim(
            hashlib.sha256(key.encode()).hexdigest()[:16],
            self.event,
            property,
            value,
            document,
            self.reading.select(start, end),
            confidence=round(min(max(confidence, 0.01), 0.99), 3),
            extractor=rule,
            version=VERSION,
        )
        return replace(claim, **more)  # type: ignore[arg-type]


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
    places = _places(
        maker, sentences, telling, vocabulary, [(n.start, n.end) for n in names if n.rule in PLACE_NAMES]
    )
    places = _for_whom(maker, sentences, telling, places, actors, gaz)
    claims = [
        *_type(maker, telling),
        *_titles(maker, telling, names, places, actors, vocabulary),
        *places,
        *actors,
        *_dates(maker, sentences, telling),
        *_statuses(maker, sentences, telling),
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
    claims.append(maker.claim("title", title, first.start, first.end, "title-composed", 0.5))
    return claims


# --- places -----------------------------------------------------------------------------------------------------


def _places(
    maker: Maker,
    sentences: Sentences,
    telling: Telling,
    vocabulary: Vocabulary,
    spans: Sequence[tuple[int, int]],
) -> list[Claim]:
    reading = maker.reading
    type = vocabulary.types[telling.type]
    best: dict[tuple[str, str], Claim] = {}
    for s in telling.sentences:
        routes = sentences.take(telling, s, reading.relations[s], inherit=False)
        triggers = sentences.triggers(telling, s)
        for toponym in sentences.take(telling, s, reading.toponyms[s], inherit=telling.kind != "deal"):
            if toponym.kind == "demonym" or _is_trigger(toponym, telling):
                continue
            decision = place_role(
                reading,
                toponym,
                triggers,
                kind=telling.kind,
                default=type.place_role,
                routes=routes,
                names=spans,
            )
            claim = _place(maker, toponym, decision, routes)
            key = (claim.place or claim.value, claim.role)
            if key not in best or best[key].confidence < claim.confidence:
                best[key] = claim
    return _one_role(_in_known_countries(reading, telling, list(best.values())))


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
        and not m.pattern
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


STRONG_ROLES = ("rejected_venue", "endpoint", "waypoint", "venue", "site", "beneficiary", "mentioned")


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


def _for_whom(
    maker: Maker,
    sentences: Sentences,
    telling: Telling,
    places: list[Claim],
    actors: list[Claim],
    gaz: Gazetteer | None,
) -> list[Claim]:
    """Add the country that a thing is for, where only actors or adjectives name it; drop the giver's."""
    added: list[Claim | None] = [
        maker.claim(
            "place",
            t.place.name,
            t.start,
            t.end,
            "place-for-party",
            0.5,
            role="beneficiary",
            place=t.place.id,
            lat=t.place.lat,
            lon=t.place.lon,
            country=t.place.country,
            precision=t.place.default_precision,
        )
        for t in party_toponyms(sentences, telling, places, actors)
        if t.place is not None
    ]
    giving = givers(actors) | giving_words(sentences, telling)
    if not any(
        p.role != "mentioned" and p.country not in giving for p in [*places, *(a for a in added if a)]
    ):
        added += [_home(maker, actor, gaz) for actor in party_actors(telling, actors)]
    return without_givers(sentences, telling, [*places, *(a for a in added if a is not None)], actors)


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
                _trigger(telling, s),
                group=telling.group,
                type=telling.type,
                actors=nearby,
            )
            if not decision.role or decision.confidence < LEAST_ACTOR:
                continue
            claim = _actor(maker, actor, decision.role, decision.rule, decision.confidence)
            if actor.name not in best or best[actor.name].confidence < claim.confidence:
                best[actor.name] = claim
        if telling.kind in ("deal", "happening"):
            for actor in sentences.take(telling, s, pair_actors(reading, s, best), inherit=True):
                role = "signatory" if telling.kind == "deal" else "participant"
                best.setdefault(actor.name, _actor(maker, actor, role, "actor-pair", 0.6))
    return sorted((c for c in best.values() if c.value not in own), key=lambda c: c.selector.start)


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


def _trigger(telling: Telling, sentence: int) -> tuple[int, int]:
    """Return the span of the mention in a sentence, or of the first mention where the sentence names none."""
    for mention in telling.mentions:
        if mention.sentence == sentence:
            return mention.start, mention.end
    return telling.first.start, telling.first.end


# --- dates, status, values --------------------------------------------------------------------------------------


def _dates(maker: Maker, sentences: Sentences, telling: Telling) -> list[Claim]:
    reading = maker.reading
    nearby = tuple(d for s in telling.sentences for d in reading.dates[s])
    claims = []
    for s in telling.sentences:
        for date in sentences.take(telling, s, reading.dates[s], inherit=True):
            for decision in date_roles(
                date, reading.doc, _trigger(telling, s), group=telling.group, type=telling.type, dates=nearby
            ):
                if decision.role:
                    claims.append(
                        maker.claim(
                            "date",
                            date.edtf,
                            date.start,
                            date.end,
                            decision.rule,
                            decision.confidence * (0.5 + 0.5 * date.confidence),
                            role=decision.role,
                            edtf=date.edtf,
                            modality="planned" if decision.role == "expected" else "asserted",
                        )
                    )
    if any(claim.role != "status_as_of" for claim in claims):
        return claims
    return [*claims, *_only_date(maker, sentences, telling)]


def _only_date(maker: Maker, sentences: Sentences, telling: Telling) -> list[Claim]:
    """Take the one date beside a thing as the day that something is told of it, where none has a role of its own."""
    reading, s = maker.reading, telling.first.sentence
    near = sentences.take(telling, s, reading.dates[s], inherit=True)
    if len({date.edtf for date in near}) != 1 or not near[0].years:
        return []
    date = near[0]
    return [
        maker.claim(
            "date", date.edtf, date.start, date.end, "date-beside", 0.35, role="announced", edtf=date.edtf
        )
    ]


def _statuses(maker: Maker, sentences: Sentences, telling: Telling) -> list[Claim]:
    reading = maker.reading
    mentions = tuple(
        m for s in telling.sentences for m in sentences.take(telling, s, reading.statuses[s], inherit=True)
    )
    spans = [(reading.sentences[s].start_char, reading.sentences[s].end_char) for s in telling.sentences]
    first = telling.first
    found = status_of(reading.doc, spans, (first.start, first.end), type=telling.type, mentions=mentions)
    claims: list[Claim] = []
    for n, status in enumerate(found):
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
                )
            )
    return claims[:STATUSES]


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
