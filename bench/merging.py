"""How long it takes to merge the claims of many texts into projects, and whether memory stays linear."""

from __future__ import annotations

import random
import time
import tracemalloc
from typing import Any

from bench import Row
from geodata.projects import merge
from geodata.records import EXACT, Claim, Document, Event, Selector
from geodata.vocabulary import load_vocabulary

CLAIMS = 100_000
TYPES = (
    "gas_pipeline",
    "road",
    "dam",
    "port",
    "hospital",
    "joint_exercise",
    "summit",
    "arms_transfer",
    "power_plant",
)
A_TEXT = 25
"""Events of a text."""
PASSING = 4
"""Of so many events, one is told in passing."""


def run(small: bool) -> list[Row]:
    """Merge 100,000 claims (10,000 where ``small``) and, for memory, as many again by half."""
    size = CLAIMS // 10 if small else CLAIMS
    half_peak = _peak(size // 4)
    full_peak = _peak(size // 2)
    events, documents = told(size)
    begun = time.perf_counter()
    projects = merge(events, documents, load_vocabulary())
    seconds = time.perf_counter() - begun
    return [
        Row(
            f"merge {size:,} claims",
            round(seconds, 2),
            "s",
            "≤ 60" if not small else "",
            f"{len(projects):,} projects",
        ),
        Row("memory, twice the claims", round(full_peak / half_peak, 2), "times", "≤ 2.3"),
    ]


def _peak(claims: int) -> int:
    events, documents = told(claims)
    tracemalloc.start()
    merge(events, documents, load_vocabulary())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def told(claims: int, seed: int = 1) -> tuple[list[Event], dict[str, Document]]:
    """Return made-up events of that many claims: each project is told of in about three texts."""
    rng = random.Random(seed)
    events: list[Event] = []
    made = 0
    projects = max(claims // 27, 1)
    facts = [_Fact(rng, n) for n in range(projects)]
    while made < claims:
        document = f"t{len(events) // A_TEXT:05d}"
        event = rng.choice(facts).tell(rng, document, len(events))
        made += len(event.claims)
        events.append(event)
    documents = {e.document: Document(e.document, "", e.document, e.document) for e in events}
    return events, documents


class _Fact:
    """One made-up project: what texts may tell of it."""

    def __init__(self, rng: random.Random, number: int) -> None:
        self.type = TYPES[number % len(TYPES)]
        self.country = rng.choice("KE TZ PK IN CN RU ET UZ KZ PE CL BR NG GH EG TR".split())  # noqa: SIM905
        self.lat, self.lon = rng.uniform(-40, 60), rng.uniform(-120, 140)
        self.year = rng.randrange(1990, 2026)
        self.name = f"{rng.choice(_SOUNDS)}{rng.choice(_SOUNDS)} {number}" if number % 3 == 0 else ""
        self.actors = [
            f"{rng.choice(_SOUNDS)}{rng.choice(_SOUNDS)} Company {rng.randrange(400)}" for _ in range(2)
        ]
        self.place = f"bench:{rng.randrange(4000)}"

    def tell(self, rng: random.Random, document: str, number: int) -> Event:
        event = f"{document}:{number}"
        told: list[dict[str, Any]] = [
            {"property": "type", "value": self.type},
            {
                "property": "place", "value": self.place, "place": self.place, "lat": self.lat, "lon": self.lon,
                "country": self.country, "role": "site", "precision": EXACT,
            },
            *({"property": "actor", "value": a, "kind": "company", "role": "contractor"} for a in self.actors),
            {"property": "actor", "value": "China", "kind": "state", "role": "funding"},
            {"property": "date", "value": str(self.year), "edtf": str(self.year), "role": "signed"},
            {"property": "date", "value": str(self.year + 3), "edtf": str(self.year + 3), "role": "completed"},
            {"property": "status", "value": rng.choice(("signed", "completed", "under_construction"))},
            {"property": "value", "value": "sum", "amount": float(rng.randrange(1, 99)) * 1e6, "unit": "USD"},
        ]  # fmt: skip
        claims = tuple(
            Claim(
                id=f"{event}:{n}", event=event, document=document, confidence=0.8,
                selector=Selector(n, n + 1, "x"), **fields,
            )
            for n, fields in enumerate(told)
        )  # fmt: skip
        return Event(
            event,
            document,
            self.type,
            claims,
            self.name,
            number % A_TEXT * 100,
            number % A_TEXT * 100 + 50,
            passing=number % PASSING == 0,
        )


_SOUNDS = ("Ka", "Mo", "Tir", "Lusa", "Ban", "Dor", "Hari", "Ose", "Pul", "Ver", "Zam", "Quel")
