"""Made-up stores of any size round the world, the same every time: for trying and measuring, never for facts.

    python -m bench.synthetic OUT.gpkg --projects 1000 --claims 20000

Every text is there, and every claim's words stand at its offsets. A million claims take well under a minute.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench._telling import Plan, World, Writer
from geodata.records import Place
from geodata.store import open_store
from geodata.store.connection import transaction
from geodata.vocabulary import load_vocabulary

CLAIMS_A_TEXT = 200
_STATUSES = (
    # status, its words, how often
    ("proposed", "proposed", 8),
    ("under_negotiation", "is in talks over", 6),
    ("mou_signed", "signed a memorandum of understanding on", 9),
    ("signed", "signed a contract for", 18),
    ("under_construction", "has begun work on", 16),
    ("delayed", "postponed", 5),
    ("stalled", "put on hold", 4),
    ("operating", "is running", 10),
    ("completed", "completed", 17),
    ("cancelled", "cancelled", 4),
    ("planned", "plans", 3),
)
_HAPPENED = "held"
_STATES = (
    "China CN, Russia RU, India IN, Japan JP, Germany DE, France FR, Türkiye TR, Iran IR, Saudi Arabia SA,"
    " Egypt EG, Kenya KE, Ethiopia ET, Nigeria NG, South Africa ZA, Brazil BR, Argentina AR, Kazakhstan KZ,"
    " Uzbekistan UZ, Pakistan PK, Indonesia ID, Viet Nam VN, United States US, United Kingdom GB, Italy IT"
)
_FIRST, _SECOND, _LAST = (
    tuple(words.split(";"))
    for words in (
        "Northern;Southern;Eastern;Western;Central;United;National;Imperial;Blue;Golden;Coastal;Highland",
        "Power;Gas;Railway;Harbour;Steel;Cement;Water;Grid;Mining;Bridge;Telecom;Aviation;Energy;Land",
        "Company;Corporation;Group;Development Bank;Authority;Engineering;Holding;Agency;Consortium",
    )
)


def make_store(path: Path, *, projects: int, claims: int, seed: int = 1) -> None:
    """Write a store of so many projects and claims to ``path``, in place of what was there.

    Every project has at least six claims, so that ``claims`` below that is raised.
    """
    for old in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        old.unlink(missing_ok=True)
    world = _world(seed)
    plans = _plans(world, projects, max(claims, 6 * projects), np.random.default_rng(seed))
    with open_store(path) as store, store.connection() as connection, transaction(connection):
        Writer(connection, world).write(plans)


def _world(seed: int) -> World:
    with (Path(__file__).parent / "cities.csv").open(encoding="utf-8", newline="") as file:
        cities = [
            Place(
                f"synthetic:{i}",
                row["name"],
                float(row["lat"]),
                float(row["lon"]),
                "P",
                "PPL",
                row["country"],
                source="bench",
            )
            for i, row in enumerate(csv.DictReader(file))
        ]
    rng = np.random.default_rng([seed, 7])
    around = []
    for (
        place
    ) in cities:  # made-up sites near each, so that not everything falls on the same few hundred spots
        for number, (north, east) in enumerate(rng.normal(0, 0.9, (12, 2)), start=1):
            lat, lon = float(np.clip(place.lat + north, -60, 72)), float(place.lon + east)
            name = f"{place.name} Site {number}"
            spot = (round(lat, 4), round((lon + 180) % 360 - 180, 4))
            around.append(
                Place(f"{place.id}-{number}", name, *spot, "S", "SITE", place.country, source="bench")
            )
    states = [(entry[:-3].strip(), entry[-2:], "state") for entry in _STATES.split(",")]
    companies = [
        (
            f"{a} {b} {c}",
            str(rng.choice([s[1] for s in states])),
            "company" if c != "Agency" else "organisation",
        )
        for a in _FIRST
        for b in _SECOND
        for c in _LAST
    ]
    rng.shuffle(companies)
    types = [
        (t.id, t.label, "held" if t.group in ("diplomacy", "conflict") or "exercise" in t.id else "built")
        for t in load_vocabulary().types.values()
    ]
    return World(cities + around, [*states, *companies[:400]], types)


def _skewed(rng: np.random.Generator, size: int, count: int, power: float = 0.8) -> np.ndarray[Any, Any]:
    """Return ``count`` indexes below ``size``, the first ones far more often."""
    weights = 1 / np.arange(1, size + 1) ** power
    picked: np.ndarray[Any, Any] = rng.choice(size, count, p=weights / weights.sum())
    return picked


def _plans(world: World, projects: int, claims: int, rng: np.random.Generator) -> list[Plan]:
    types = _skewed(rng, len(world.types), projects, 0.6)
    statuses = rng.choice(len(_STATUSES), projects, p=_weights([s[2] for s in _STATUSES]))
    kinds = rng.choice(5, projects, p=_weights([68, 12, 9, 7, 4]))
    places = rng.integers(0, len(world.places), (projects, 2))
    actors = _skewed(rng, len(world.actors), projects * 4).reshape(projects, 4)
    years = np.clip(rng.normal(2013, 7, (projects, 3)), 1948, 2026).astype(int)
    amounts = np.exp(rng.normal(5, 1.4, projects)).astype(int) + 1
    sizes = 6 + rng.multinomial(claims - 6 * projects, _weights(rng.exponential(1, projects)))
    texts = max(1, claims // CLAIMS_A_TEXT)
    homes = rng.integers(0, texts, (projects, 3))
    made = []
    for i in range(projects):
        type_, label, happens = world.types[types[i]]
        status, words, _ = _STATUSES[statuses[i]] if happens == "built" else (_HAPPENED, "held", 0)
        kind = ("point", "line", "area", "country", "nowhere")[kinds[i]]
        where = [world.places[places[i, 0]]]
        if kind == "line":
            where.append(_nearby(world, where[0], int(places[i, 1])))
        told = 1 + int(sizes[i] > 8) + int(sizes[i] > 20)
        shares = np.diff(np.linspace(0, sizes[i], told + 1).astype(int))
        made.append(
            Plan(
                type_,
                label,
                happens != "built",
                status,
                words,
                kind,
                where,
                [int(a) for a in dict.fromkeys(actors[i].tolist())],
                sorted({int(y) for y in years[i]}) if sizes[i] > 12 else [int(years[i, 0])],
                int(amounts[i]),
                [(int(homes[i, t]), int(shares[t])) for t in range(told)],
            )
        )
    return made


def _nearby(world: World, place: Place, number: int) -> Place:
    """Return a place to lead a line to: one of the same country where there are several, else the next one."""
    same = [p for p in world.places if p.country == place.country and p is not place]
    return same[number % len(same)]


def _weights(values: Sequence[float] | np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    array = np.asarray(values, float)
    weights: np.ndarray[Any, Any] = array / array.sum()
    return weights


def main(arguments: Iterable[str] | None = None) -> None:
    """Write a store as the command line asks."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.synthetic", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--projects", type=int, default=1_000)
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(None if arguments is None else list(arguments))
    make_store(asked.out, projects=asked.projects, claims=asked.claims, seed=asked.seed)
    print(f"{asked.out}: {asked.projects} projects", file=sys.stderr)


if __name__ == "__main__":
    main()
