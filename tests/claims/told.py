"""The whole path from a text to its events, with the real model, gazetteer and vocabulary."""

from __future__ import annotations

import hashlib
from functools import cache

from geodata.claims.events import find_events
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.language import open_model, parse
from geodata.records import Claim, Document, Event
from geodata.relations import find_relations
from geodata.resolution import resolve
from geodata.toponyms import find_toponyms
from geodata.vocabulary import Vocabulary, load_vocabulary


def document(text: str, published: str = "") -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document("t", text, digest, digest, published=published)


@cache
def gaz() -> Gazetteer:
    return open_gazetteer()


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary()


def events_of(text: str, published: str = "", *, words: Vocabulary | None = None) -> tuple[Event, ...]:
    """Return the events of a text that stand by themselves."""
    return tuple(event for event in told_of(text, published, words=words) if not event.passing)


def told_of(text: str, published: str = "", *, words: Vocabulary | None = None) -> tuple[Event, ...]:
    """Return what ``find_events`` makes of a text, mentions in passing among it."""
    doc = parse(open_model(), text)
    toponyms = resolve(find_toponyms(doc, gaz(), document="t"), doc, gaz())
    relations = find_relations(doc, toponyms, gaz())
    return find_events(doc, document(text, published), toponyms, relations, words or vocabulary(), gaz())


def claims(event: Event, property: str, role: str = "") -> list[Claim]:
    """Return an event's claims of a property, of one role if it is given."""
    return [c for c in event.claims if c.property == property and role in ("", c.role)]


def values(event: Event, property: str, role: str = "") -> set[str]:
    """Return the values of those claims."""
    return {c.value for c in claims(event, property, role)}


def surfaces(event: Event, property: str, role: str = "") -> set[str]:
    """Return the words of the text that make those claims."""
    return {c.selector.exact for c in claims(event, property, role)}


def types(events: tuple[Event, ...]) -> list[str]:
    return [event.type for event in events]


def only(events: tuple[Event, ...], type: str) -> Event:
    """Return the one event of a type; fail where there is none or more."""
    found = [event for event in events if event.type == type]
    assert len(found) == 1, types(events)
    return found[0]
