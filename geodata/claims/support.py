"""Whether a telling has enough to stand on: precision before recall."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geodata.claims.mentions import made
from geodata.claims.parties import GIVING
from geodata.claims.telling import Telling
from geodata.records import COMPOSED, COUNTRY, Event

NAMED_ACTOR = 0.3
"""Confidence from which an actor speaks for an event."""
LIFE = frozenset({"started", "completed", "cancelled", "signed", "expected"})
"""Roles of dates that tell of a thing's life."""
SURE = 0.6
"""Confidence from which a date or status speaks for a thing."""
LARGE = frozenset({"energy", "transport", "industry"})
"""Groups of works of some size: with a name of its own, one stands without further words."""


@dataclass(frozen=True, slots=True)
class Support:
    """What an event has to show."""

    placed: bool
    fine: bool
    """A place finer than a country."""
    route: bool
    actors: int
    dated: bool
    valued: bool
    named: bool
    paid: bool
    """Someone gives, pays or builds."""
    signed: bool
    """Someone is said to have signed."""
    living: bool
    """A date or status of its life: signed, started, shelved, completed."""


def supported(event: Event, telling: Telling) -> bool:
    """Tell whether an event says of what kind it is and where, or between whom."""
    support = _support(event)
    if telling.narrative:
        return support.placed or support.actors > 0
    if all(m.generic for m in telling.mentions):
        return False
    weak = all(m.weak for m in telling.mentions)
    if not weak and support.placed and support.dated:
        return True
    if telling.kind in ("built", "support"):
        return _thing(telling, support, weak)
    if telling.kind == "happening":
        if weak:
            called = support.named and support.placed  # "the exercise Vostok 2018 in Russia"
            return support.dated and (support.fine or support.actors >= 2 or called)
        return support.fine or (support.actors >= 2 and support.dated)
    if weak:
        return (
            support.dated
            and support.actors >= 2
            and (support.named or support.fine or support.valued or support.signed)
        )
    return support.actors >= 2 and (support.dated or support.valued or support.named)


PASSING = 0.5
"""What is left of the confidence of a claim made in passing."""
LIFE_STORY = frozenset({"status", "value"})
"""What a mention in passing says nothing reliable of: it stands in a sentence about something else."""


def in_passing(event: Event, telling: Telling) -> Event | None:
    """Return what an unsupported telling says of which known thing it may mean, ``None`` where it says nothing of it.

    "It was necessary to counterweigh by lifting the arms embargo on Pakistan": no project by itself, yet evidence
    where another text, or another place of this one, tells of that embargo.
    """
    if all(m.generic for m in telling.mentions):
        return None
    support = _support(event)
    if not (support.named or support.fine or support.route or support.actors >= 2):
        return None
    claims = tuple(
        replace(claim, confidence=round(PASSING * claim.confidence, 4))
        for claim in event.claims
        if claim.property not in LIFE_STORY
        and claim.role != "mentioned"
        and claim.extractor != COMPOSED
        and (claim.property != "actor" or claim.confidence >= NAMED_ACTOR)
    )
    return replace(event, claims=claims, passing=True)


def _support(event: Event) -> Support:
    claims = event.claims
    places = [c for c in claims if c.property == "place" and c.role not in ("mentioned", "rejected_venue")]
    return Support(
        bool(places),
        any(c.precision != COUNTRY for c in places),
        any(c.role == "endpoint" for c in places),
        len({c.value for c in claims if c.property == "actor" and c.confidence >= NAMED_ACTOR}),
        any(c.property == "date" and c.role != "status_as_of" for c in claims),
        any(c.property == "value" for c in claims),
        bool(event.named),
        any(c.property == "actor" and c.role in GIVING and c.confidence >= SURE for c in claims),
        any(c.property == "actor" and c.role == "signatory" and c.confidence >= SURE for c in claims),
        any(
            (c.property == "date" and c.role in LIFE and c.confidence >= SURE)
            or (c.property == "status" and c.confidence >= SURE)
            for c in claims
        ),
    )


def _thing(telling: Telling, support: Support, weak: bool) -> bool:
    """Tell whether a thing is made, paid for, begun or stopped here, and somewhere."""
    called = any(
        m.name and not m.generic for m in telling.mentions
    )  # "the Zangezur corridor", a place's name
    name = (support.named or (called and support.fine)) and telling.group in LARGE
    deed = any(made(m) for m in telling.mentions) or support.valued or support.living or support.route or name
    told = support.actors > 0 or (name and support.dated and support.living)
    where = support.fine or (support.placed and told)
    if weak:
        return deed and where and (support.dated or support.valued or support.paid)
    return deed and where and (support.dated or support.valued or support.paid or support.fine or name)
