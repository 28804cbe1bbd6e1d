"""What the small store of these tests tells: a route two texts differ on, a refused venue, a plan, hostile words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import shapely

from geodata.records import Claim, Conflict, Project, Selector

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
HOSTILE = '=HYPERLINK("http://example.invalid","x") <img src=x onerror="window.__ran=1"> ${window.__ran=1} </script>'
ROUTE = "In 2015 Volta Gas signed a deal worth 2 billion dollars to lay a pipeline from Lomé to Accra."
BACK = "The same pipeline, others say, will run from Accra to Lomé."
DRILL = "The army drill, refused by Tamale, was held at Kumasi in 2016."
PLAN = f"A bridge is planned at {HOSTILE} for 2020."
TEXT = " ".join((ROUTE, BACK, DRILL, PLAN))


def _claim(property: str, value: str, words: str, *, after: str = "", **more: object) -> Claim:
    start = TEXT.index(words, TEXT.index(after))
    selector = Selector(start, start + len(words), words)
    id = f"{property}-{more.get('role', '')}-{start}"
    return Claim(id, "told-e", property, value, "told", selector, confidence=0.8, **more)  # type: ignore[arg-type]


def _place(name: str, lat: float, lon: float, role: str, precision: int = 1, after: str = "") -> Claim:
    return _claim(
        "place", name, name, after=after, lat=lat, lon=lon, role=role, precision=precision, country="GH"
    )


def projects() -> tuple[Project, ...]:
    lome, accra = _place("Lomé", 6.13, 1.22, "endpoint"), _place("Accra", 5.56, -0.2, "endpoint")
    from_accra, to_lome = (
        replace(_place(c.value, 0, 0, "endpoint", after=BACK), lat=c.lat, lon=c.lon) for c in (accra, lome)
    )
    ways = tuple(claim.id for claim in (lome, accra, from_accra, to_lome))
    there, again = _claim("type", "gas_pipeline", "pipeline"), _claim("type", "gas_pipeline", "same pipeline")
    deal = _claim("value", "2 billion dollars", "2 billion dollars", amount=2e9, unit="USD", role="pledge")
    signed = _claim("date", "2015", "2015", edtf="2015", role="signed")
    gas = _claim("actor", "Volta Gas", "Volta Gas", role="contractor", kind="company")
    held, refused = _place("Kumasi", 6.69, -1.62, "venue"), _place("Tamale", 9.4, -0.84, "rejected_venue")
    drilled = _claim("date", "2016", "2016", edtf="2016", role="held")
    bridge = _claim("place", HOSTILE, HOSTILE, lat=7.0, lon=0.3, role="site", precision=2, country="GH")
    told = (there, again, lome, accra, from_accra, to_lome, deal, signed, gas)
    return (
        Project(
            "a-pipeline", "Lomé–Accra gas pipeline", "gas_pipeline", told,
            status="signed", status_as_of="2019", years=(2015,), places=(lome, accra), actors=(gas,), dates=(signed,),
            values=(deal,),
            conflicts=(Conflict("direction", ways, "direction: Lomé to Accra or Accra to Lomé"),),
            geometry=shapely.LineString([(1.22, 6.13), (-0.2, 5.56)]), precision=5, confidence=0.8,
        ),
        Project(
            "b-drill", "Drill, Kumasi", "joint_exercise", (held, refused, drilled), status="held", years=(2016,),
            places=(held, refused), dates=(drilled,), geometry=shapely.Point(-1.62, 6.69), precision=1, confidence=0.8,
        ),
        Project("c-bridge", HOSTILE, "bridge", (bridge,), status="planned", years=(2020,), places=(bridge,),
                geometry=shapely.Point(0.3, 7.0), precision=2, confidence=0.6),
        Project("d-nowhere", "Talks", "summit", (_claim("type", "summit", "others say"),), confidence=0.5),
    )  # fmt: skip
