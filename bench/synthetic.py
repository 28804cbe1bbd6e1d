"""Made-up stores of any size round the world, the same every time: for trying and measuring, never for facts.

    python -m bench.synthetic OUT.gpkg --projects 1000 --claims 20000

Every text is there, and every claim's words stand at its offsets. A million claims take well under a minute.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geodata.records import ADMIN1, COUNTRY, ESTIMATED, EXACT, NEAR, UNCLEAR, Place
from geodata.store import columns, open_store, rows
from geodata.store.connection import transaction
from geodata.store.gpkg import extent, shape_of, to_blob
from geodata.store.writing import note_extents, save_place
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
_LEADS = ("In {year}, ", "In {year} ", "Since {year}, as officials confirmed, ", "By {year}, ")


@dataclass(slots=True)
class _World:
    """What stories are made of."""

    places: list[Place]
    actors: list[tuple[str, str, str]]
    types: list[tuple[str, str, str]]


@dataclass(slots=True)
class _Plan:
    """One project before it is told."""

    type: str
    label: str
    happens: bool
    status: str
    words: str
    kind: str
    where: list[Place]
    actors: list[int]
    years: list[int]
    amount: int
    tellings: list[tuple[int, int]] = field(default_factory=list)


def make_store(path: Path, *, projects: int, claims: int, seed: int = 1) -> None:
    """Write a store of so many projects and claims to ``path``, in place of what was there.

    Every project has at least six claims, so that ``claims`` below that is raised.
    """
    for old in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        old.unlink(missing_ok=True)
    world = _world(seed)
    plans = _plans(world, projects, max(claims, 6 * projects), np.random.default_rng(seed))
    with open_store(path) as store, store.connection() as connection, transaction(connection):
        _Writer(connection, world).write(plans)


def _world(seed: int) -> _World:
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
    return _World(cities + around, [*states, *companies[:400]], types)


def _skewed(rng: np.random.Generator, size: int, count: int, power: float = 0.8) -> np.ndarray[Any, Any]:
    """Return ``count`` indexes below ``size``, the first ones far more often."""
    weights = 1 / np.arange(1, size + 1) ** power
    picked: np.ndarray[Any, Any] = rng.choice(size, count, p=weights / weights.sum())
    return picked


def _plans(world: _World, projects: int, claims: int, rng: np.random.Generator) -> list[_Plan]:
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
            _Plan(
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


def _nearby(world: _World, place: Place, number: int) -> Place:
    """Return a place to lead a line to: one of the same country where there are several, else the next one."""
    same = [p for p in world.places if p.country == place.country and p is not place]
    return same[number % len(same)]


def _weights(values: Sequence[float] | np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    array = np.asarray(values, float)
    weights: np.ndarray[Any, Any] = array / array.sum()
    return weights


class _Writer:
    """Tells the plans in texts, and puts texts, claims and projects into the tables in bulk."""

    def __init__(self, connection: sqlite3.Connection, world: _World) -> None:
        self.connection = connection
        self.world = world
        self.claims: list[tuple[Any, ...]] = []
        self.sentences: list[tuple[int, int, int, int]] = []
        self.indexed: list[tuple[int, str]] = []
        self.events: list[tuple[Any, ...]] = []
        self.of_plan: list[list[int]] = []
        self.flushed = 0

    def write(self, plans: list[_Plan]) -> None:
        """Write everything within the caller's transaction."""
        self.of_plan = [[] for _ in plans]
        by_text: dict[int, list[tuple[int, int]]] = {}
        for number, plan in enumerate(plans):
            for text, count in plan.tellings:
                by_text.setdefault(text, []).append((number, count))
        for key, text in enumerate(sorted(by_text), start=1):
            self._text(key, f"report-{text:05d}", by_text[text], plans)
            if len(self.claims) > 50_000:
                self._flush_indexed()
        for place in self.world.places:
            save_place(self.connection, place)
        self.connection.executemany(f"INSERT INTO events VALUES ({', '.join('?' * 7)})", self.events)
        self.connection.executemany(rows.insert("claims", ["fid", *rows.CLAIM]), self.claims)
        self._flush_indexed()
        self._projects(plans)
        columns.keep_all(self.connection)
        self.connection.execute("UPDATE meta SET value = 1 WHERE key IN ('revision', 'content', 'merged')")
        self.connection.execute("UPDATE meta SET value = '/0/' WHERE key = 'merged_from'")

    def _flush_indexed(self) -> None:
        insert = 'INSERT INTO sentences (fid, document, start, "end") VALUES (?, ?, ?, ?)'
        self.connection.executemany(insert, self.sentences)
        self.connection.executemany("INSERT INTO sentences_fts (rowid, text) VALUES (?, ?)", self.indexed)
        self.flushed += len(self.sentences)
        self.sentences, self.indexed = [], []

    def _text(self, key: int, name: str, tellings: list[tuple[int, int]], plans: list[_Plan]) -> None:
        parts: list[str] = []
        length = 0
        for number, count in tellings:
            if parts:
                parts.append("\n\n")
                length += 2
            start, event = length, len(self.events) + 1
            turn = 0
            while count > 0:
                sentence, found = _sentence(plans[number], self.world, key + turn, turn)
                found = found[:count]
                count -= len(found)
                if turn:
                    parts.append(" ")
                    length += 1
                self._keep(key, event, number, sentence, length, found)
                parts.append(sentence)
                length += len(sentence)
                turn += 1
            self.events.append((event, f"{name}-e{event}", key, plans[number].type, "", start, length))
        self._document(key, name, "".join(parts))

    def _keep(
        self, key: int, event: int, number: int, sentence: str, at: int, found: list[tuple[Any, ...]]
    ) -> None:
        sentence_key = self.flushed + len(self.sentences) + 1
        self.sentences.append((sentence_key, key, at, at + len(sentence)))
        self.indexed.append((sentence_key, sentence))
        for start, end, made in found:
            fid = len(self.claims) + 1
            exact = sentence[start:end]
            self.of_plan[number].append(fid)
            self.claims.append(
                (
                    fid,
                    f"c{fid}",
                    event,
                    key,
                    sentence_key,
                    made["property"],
                    made["value"],
                    at + start,
                    at + end,
                    exact,
                    sentence[max(0, start - 32) : start],
                    sentence[end : end + 32],
                    None,
                    made.get("role", ""),
                    "asserted",
                    made.get("confidence", 0.8),
                    "synthetic",
                    "1",
                    "normal",
                    made.get("edtf", ""),
                    made.get("amount"),
                    made.get("unit", ""),
                    None,
                    None,
                    made.get("place", ""),
                    made.get("lat"),
                    made.get("lon"),
                    made.get("country", ""),
                    made.get("precision", UNCLEAR),
                    None,
                    made.get("kind", ""),
                    "",
                )
            )

    def _document(self, key: int, name: str, text: str) -> None:
        digest = hashlib.sha256(text.encode()).hexdigest()
        values = {
            "fid": key,
            "id": name,
            "title": f"Report {key} (made up)",
            "author": "Bench",
            "publisher": "Dateline",
            "published": str(1990 + key % 36),
            "url": "",
            "language": "en",
            "media_type": "text/plain",
            "file": f"{name}.txt",
            "sha256": digest,
            "text_sha256": digest,
            "digest_of": "",
            "text": text,
            "pages": "[]",
            "offsets": "[]",
            "warnings": "[]",
            "read_at": "2026-01-01T00:00:00+00:00",
        }
        self.connection.execute(rows.insert("documents", list(values)), list(values.values()))

    def _projects(self, plans: list[_Plan]) -> None:
        geometries = []
        for number, plan in enumerate(plans):
            fid = number + 1
            geometry, precision = _geometry(plan)
            if geometry is not None:
                geometries.append(geometry)
            links, lists = _links(fid, self.of_plan[number], self.claims)
            disagree = len(plan.years) > 1 and number % 3 == 0
            self.connection.execute(
                rows.insert("projects", rows.PROJECT),
                self._project_row(fid, plan, geometry, precision, disagree, lists),
            )
            self.connection.executemany("INSERT INTO project_claims VALUES (?, ?, ?, ?, NULL, NULL)", links)
            title = _title(plan)
            names = dict.fromkeys(c[6] for name in ("places", "actors") for c in lists[name])
            self.connection.execute(
                "INSERT INTO projects_fts (rowid, text) VALUES (?, ?)", (fid, "\n".join([title, *names]))
            )
            if disagree:
                dated = [f"{c[1]}" for c in lists["dates"][:2]]
                said = " or ".join(c[6] for c in lists["dates"][:2])
                self.connection.execute(
                    "INSERT INTO conflicts (project, property, claims, summary) VALUES (?, 'date', ?, ?)",
                    (fid, json.dumps(dated), f"year: {said}"),
                )
        note_extents(self.connection, extent(np.array(geometries, dtype=object)))

    def _project_row(
        self,
        fid: int,
        plan: _Plan,
        geometry: Any,
        precision: int,
        disagree: bool,
        lists: dict[str, list[tuple[Any, ...]]],
    ) -> tuple[Any, ...]:
        documents = sorted({f"report-{text:05d}" for text, _ in plan.tellings})
        listed = {name: "; ".join(dict.fromkeys(c[6] for c in lists[name])) for name in ("actors", "places")}
        years = sorted({int(c[6]) for c in lists["dates"]})
        countries = sorted({c[27] for c in lists["places"] if c[27]})
        return (
            fid,
            to_blob(geometry),
            f"p{fid:07d}",
            _title(plan),
            plan.type,
            plan.status,
            str(plan.years[-1]),
            min(years, default=None),
            max(years, default=None),
            json.dumps(years),
            "[]",
            listed["actors"],
            listed["places"],
            json.dumps(countries),
            json.dumps(documents),
            precision,
            0.5 + (fid * 37 % 50) / 100,
            disagree,
            shape_of(geometry),
            "[]",
        )


def _title(plan: _Plan) -> str:
    if plan.kind == "line":
        return f"{plan.where[0].name}–{plan.where[1].name} {plan.label}"
    if plan.kind == "nowhere":
        return f"{plan.label[:1].upper()}{plan.label[1:]} of {plan.years[0]}"
    return f"{plan.where[0].name} {plan.label}"


def _geometry(plan: _Plan) -> tuple[Any, int]:
    place = plan.where[0]
    if plan.kind == "point":
        return shapely.Point(place.lon, place.lat), (EXACT, EXACT, NEAR)[plan.amount % 3]
    if plan.kind == "line":
        ends = [(p.lon, p.lat) for p in plan.where]
        return shapely.LineString(ends), ESTIMATED
    if plan.kind == "area":
        return shapely.Point(place.lon, place.lat).buffer(0.8, quad_segs=2), ADMIN1
    return None, COUNTRY if plan.kind == "country" else UNCLEAR


def _links(
    fid: int, keys: list[int], claims: list[tuple[Any, ...]]
) -> tuple[list[tuple[int, str, int, int]], dict[str, list[tuple[Any, ...]]]]:
    """Return rows for ``project_claims``, and the claims that stand for the project by list."""
    links = [(fid, "claims", position, key) for position, key in enumerate(keys)]
    seen: dict[tuple[str, str, str], tuple[Any, ...]] = {}
    for key in keys:
        claim = claims[key - 1]
        seen.setdefault((claim[5], claim[6], claim[13]), claim)
    lists: dict[str, list[tuple[Any, ...]]] = {"places": [], "actors": [], "dates": [], "values": []}
    for (prop, _, _), claim in seen.items():
        if f"{prop}s" in lists:
            lists[f"{prop}s"].append(claim)
    for name, listed in lists.items():
        links += [(fid, name, position, claim[0]) for position, claim in enumerate(listed)]
    return links, lists


def _sentence(
    plan: _Plan, world: _World, salt: int, turn: int
) -> tuple[str, list[tuple[int, int, dict[str, Any]]]]:
    """Return one sentence about a project, and the claims in it: start, end, fields."""
    found: list[tuple[int, int, dict[str, Any]]] = []
    parts: list[str] = []
    length = 0

    def say(words: str, **claim: Any) -> None:
        nonlocal length
        parts.append(words)
        if claim:
            found.append((length, length + len(words), {"value": words, **claim}))
        length += len(words)

    year = plan.years[turn % len(plan.years)]
    before, after = _LEADS[(salt + turn) % len(_LEADS)].split("{year}")
    role = "held" if plan.happens else ("announced", "signed", "started", "completed")[turn % 4]
    first, second = (plan.actors[(turn + i) % len(plan.actors)] for i in (0, 1))
    say(before)
    say(str(year), property="date", role=role, edtf=str(year))
    say(after)
    _say_actor(say, world.actors[first], "host" if plan.happens else "funding")
    say(" ")
    say(plan.words, property="status", value=plan.status)
    say(" the ")
    say(plan.label, property="type", value=plan.type)
    _say_place(say, plan)
    if second != first:
        say(" with ")
        _say_actor(say, world.actors[second], "participant" if plan.happens else "contractor")
    if not plan.happens:
        say(", worth ")
        amount = plan.amount + (turn // 3) * (salt % 2)
        words = f"US$ {amount} million"
        say(words, property="value", role="commitment", amount=amount * 1e6, unit="USD")
    say(".")
    return "".join(parts), found


def _say_actor(say: Any, actor: tuple[str, str, str], role: str) -> None:
    name, country, kind = actor
    say(name, property="actor", role=role, country=country, kind=kind)


def _say_place(say: Any, plan: _Plan) -> None:
    if plan.kind == "nowhere":
        return
    role = "venue" if plan.happens else "site"
    precision = _geometry(plan)[1]
    if plan.kind == "line":
        for word, place in zip((" from ", " to "), plan.where, strict=True):
            say(word)
            say(place.name, **_place(place, "endpoint", EXACT))
        return
    say(" in " if plan.kind in ("area", "country") else " at ")
    say(plan.where[0].name, **_place(plan.where[0], role, precision))


def _place(place: Place, role: str, precision: int) -> dict[str, Any]:
    return {
        "property": "place",
        "role": role,
        "place": place.id,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "precision": precision,
    }


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
