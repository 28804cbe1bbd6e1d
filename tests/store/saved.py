"""Small readings and projects for the tests of the store."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import shapely

from geodata.records import (
    Candidate,
    Claim,
    Document,
    Event,
    Page,
    Place,
    Project,
    Reading,
    Relation,
    Selector,
    Sentence,
    Toponym,
)

LAMU = Place("test:1", "Lamu", -2.27, 40.90, "P", "PPL", "KE", "Lamu", population=18_000)
ADDIS = Place("test:2", "Addis Ababa", 9.02, 38.75, "P", "PPLC", "ET", bbox=(38.6, 8.8, 38.9, 9.1))


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def reading(
    name: str = "rail",
    *,
    text: str = "Kenya will build a railway from Lamu to Addis Ababa. It costs US$ 3 billion.",
    file: str = "",
    digest_of: str = "",
) -> Reading:
    """One text about one railway, with every kind of record in it."""
    document = Document(
        name,
        text,
        sha(file or name + text),
        sha(text),
        f"{name}.txt",
        title=f"About {name}",
        pages=(Page(1, 0, len(text)),),
        digest_of=digest_of,
        warnings=("a warning",),
    )
    stop = text.find(". ") + 1 or len(text)
    spans = [(0, stop)] + ([(stop + 1, len(text))] if stop < len(text) else [])
    first = text.find("Lamu")
    toponyms: tuple[Toponym, ...] = ()
    relations: tuple[Relation, ...] = ()
    if first >= 0:
        toponyms = (
            Toponym(name, first, first + 4, "Lamu", "literal", LAMU, LAMU.lat, LAMU.lon, 1, 0.9,
                    (Candidate(LAMU, 0.9, "the only one"), Candidate(ADDIS, 0.1, "no")), "in Kenya"),
        )  # fmt: skip
        relations = (Relation(name, 0, stop, "near", (0,), shapely.Point(40.9, -2.27)),)
    claims = [
        claim(f"{name}-type", f"{name}-e", name, text, "railway", "type", "railway"),
        claim(f"{name}-place", f"{name}-e", name, text, "Lamu", "place", "Lamu", role="site", place=LAMU),
        claim(f"{name}-actor", f"{name}-e", name, text, "Kenya", "actor", "Kenya", role="implementing"),
    ]
    event = Event(f"{name}-e", name, "railway", tuple(c for c in claims if c is not None), start=0, end=stop)
    sentences = tuple(Sentence(name, a, b, 1) for a, b in spans)
    return Reading(document, sentences, toponyms, relations, (event,))


def claim(
    id: str, event: str, document: str, text: str, words: str, prop: str, value: str, *, role: str = "",
    place: Place | None = None,
) -> Claim | None:  # fmt: skip
    at = text.find(words)
    if at < 0:
        return None
    made = Claim(
        id, event, prop, value, document,  # type: ignore[arg-type]
        Selector(at, at + len(words), words, text[max(0, at - 8) : at], text[at + len(words) : at + len(words) + 8]),
        role, extractor="test",
    )  # fmt: skip
    if place is not None:
        made = replace(made, place=place.id, lat=place.lat, lon=place.lon, country=place.country, precision=1)
    return made


def project_of(readings: Sequence[Reading], id: str = "railway-1", **more: object) -> Project:
    """One project of everything that some readings tell."""
    claims = tuple(c for r in readings for e in r.events for c in e.claims)
    by = {
        name: tuple(c for c in claims if c.property == name) for name in ("place", "actor", "date", "value")
    }
    made = Project(
        id, "Railway, Lamu", "railway", claims, tuple(e.id for r in readings for e in r.events),
        years=(2018, 2020), places=by["place"][:1], actors=by["actor"][:1],
        geometry=shapely.Point(LAMU.lon, LAMU.lat), precision=1,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]
