"""How made-up projects are told: sentences with claims at their offsets, written into a store's tables in bulk."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from geodata.records import ADMIN1, COUNTRY, ESTIMATED, EXACT, NEAR, UNCLEAR, Place
from geodata.store import columns, rows
from geodata.store.gpkg import extent, shape_of, to_blob
from geodata.store.writing import note_extents, save_place

_LEADS = ("In {year}, ", "In {year} ", "Since {year}, as officials confirmed, ", "By {year}, ")


@dataclass(slots=True)
class World:
    """What stories are made of."""

    places: list[Place]
    actors: list[tuple[str, str, str]]
    types: list[tuple[str, str, str]]


@dataclass(slots=True)
class Plan:
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


class Writer:
    """Tells the plans in texts, and puts texts, claims and projects into the tables in bulk."""

    def __init__(self, connection: sqlite3.Connection, world: World) -> None:
        self.connection = connection
        self.world = world
        self.claims: list[tuple[Any, ...]] = []
        self.sentences: list[tuple[int, int, int, int]] = []
        self.indexed: list[tuple[int, str]] = []
        self.events: list[tuple[Any, ...]] = []
        self.of_plan: list[list[int]] = []
        self.flushed = 0

    def write(self, plans: list[Plan]) -> None:
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
        self.connection.executemany(rows.insert("events", ["fid", *rows.EVENT]), self.events)
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

    def _text(self, key: int, name: str, tellings: list[tuple[int, int]], plans: list[Plan]) -> None:
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
            self.events.append((event, f"{name}-e{event}", key, plans[number].type, "", start, length, False))
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

    def _projects(self, plans: list[Plan]) -> None:
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
        plan: Plan,
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


def _title(plan: Plan) -> str:
    if plan.kind == "line":
        return f"{plan.where[0].name}–{plan.where[1].name} {plan.label}"
    if plan.kind == "nowhere":
        return f"{plan.label[:1].upper()}{plan.label[1:]} of {plan.years[0]}"
    return f"{plan.where[0].name} {plan.label}"


def _geometry(plan: Plan) -> tuple[Any, int]:
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
    plan: Plan, world: World, salt: int, turn: int
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


def _say_place(say: Any, plan: Plan) -> None:
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
