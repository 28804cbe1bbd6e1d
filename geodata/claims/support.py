"""Whether a telling has enough to stand on: precision before recall."""

from __future__ import annotations

from geodata.claims.tellings import Telling
from geodata.claims.triggers import made
from geodata.records import COUNTRY, Event

NAMED_ACTOR = 0.3
"""Confidence from which an actor speaks for an event."""


def _told(telling: Telling, event: Event, valued: bool) -> bool:
    """Tell whether a sum or measure, or for large works an own name, speaks for a thing not "made" here."""
    return valued or (bool(event.named) and telling.group in ("energy", "transport", "industry"))


def supported(event: Event, telling: Telling) -> bool:
    """Tell whether an event says of what kind it is and where, or between whom."""
    places = [
        c for c in event.claims if c.property == "place" and c.role not in ("mentioned", "rejected_venue")
    ]
    fine = any(c.precision != COUNTRY for c in places)
    actors = {c.value for c in event.claims if c.property == "actor" and c.confidence >= NAMED_ACTOR}
    dated = any(c.property == "date" and c.role != "status_as_of" for c in event.claims)
    valued = any(c.property == "value" for c in event.claims)
    told = valued or bool(event.named)
    if telling.narrative:
        return bool(places or actors)
    if all(m.generic for m in telling.mentions):
        return False
    weak = all(m.weak for m in telling.mentions)
    if telling.kind in ("built", "support"):
        if (
            not any(made(m) for m in telling.mentions)
            and not _told(telling, event, valued)
            and not any(c.role == "endpoint" for c in places)
        ):
            return False
        if not (fine or (bool(places) and bool(actors))):
            return False
        return dated or told or fine
    if telling.kind == "happening":
        if weak:
            return dated and (fine or len(actors) >= 2)
        return (bool(places) or len(actors) >= 2) and (dated or fine)
    if weak and not telling.narrative:
        return dated and len(actors) >= 2 and bool(event.named)
    return (len(actors) >= 2 and (dated or told)) or (bool(places) and dated)
