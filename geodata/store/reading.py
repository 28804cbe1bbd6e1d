"""Everything that only reads a store."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from geodata.records import (
    Candidate,
    Claim,
    Conflict,
    Document,
    Event,
    Place,
    Project,
    Relation,
    Sentence,
    Toponym,
)
from geodata.store import rows
from geodata.store.gpkg import from_blob

_CLAIM = ", ".join(f"c.{column}" for column in rows.CLAIM)
_LISTS = ("claims", "places", "actors", "dates", "values")


def documents(connection: sqlite3.Connection, where: str = "", *values: Any) -> list[Document]:
    """Return documents as they were read (edits not applied), by id."""
    columns = ", ".join(rows.DOCUMENT)
    found = connection.execute(f"SELECT {columns} FROM documents {where} ORDER BY id", values)
    return [rows.document_from(row) for row in found]


def sentences(connection: sqlite3.Connection, document: str) -> tuple[Sentence, ...]:
    """Return the sentences of a document in order."""
    found = connection.execute(
        'SELECT start, "end", page FROM sentences WHERE document = (SELECT fid FROM documents WHERE id = ?)'
        ' ORDER BY start, "end", fid',
        (document,),
    )
    return tuple(Sentence(document, *row) for row in found)


def toponyms(connection: sqlite3.Connection, document: str) -> tuple[Toponym, ...]:
    """Return the mentions of a document, with every candidate, as they were saved."""
    columns = ", ".join(f"p.{column}" for column in rows.PLACE)
    mentions = connection.execute(
        'SELECT fid, start, "end", surface, kind, place, lat, lon, precision, confidence, reason, inside'
        " FROM toponyms WHERE document = (SELECT fid FROM documents WHERE id = ?) ORDER BY fid",
        (document,),
    ).fetchall()
    weighed = connection.execute(
        f"SELECT t.fid, p.fid, c.score, c.reason, {columns} FROM toponyms t"
        " JOIN candidates c ON c.toponym = t.fid JOIN places p ON p.fid = c.place"
        " WHERE t.document = (SELECT fid FROM documents WHERE id = ?) ORDER BY c.fid",
        (document,),
    )
    places: dict[int, Place] = {}
    candidates: defaultdict[int, list[Candidate]] = defaultdict(list)
    for toponym, place, score, why, *row in weighed:
        if place not in places:
            places[place] = rows.place_from(row)
        candidates[toponym].append(Candidate(places[place], score, why))
    missing = {row[5] for row in mentions if row[5] is not None} - places.keys()
    for place in missing:
        found = connection.execute(f"SELECT {columns} FROM places p WHERE fid = ?", (place,)).fetchone()
        places[place] = rows.place_from(found)
    return tuple(rows.toponym_from(row, document, places, candidates.get(fid, ())) for fid, *row in mentions)


def relations(connection: sqlite3.Connection, document: str) -> tuple[Relation, ...]:
    """Return the relations of a document as they were saved."""
    found = connection.execute(
        'SELECT start, "end", kind, parts, shape, precision FROM relations'
        " WHERE document = (SELECT fid FROM documents WHERE id = ?) ORDER BY fid",
        (document,),
    )
    return tuple(rows.relation_from(row, document) for row in found)


def events(
    connection: sqlite3.Connection, where: str = "", *values: Any
) -> tuple[list[Event], dict[str, tuple[int, Claim]]]:
    """Return events with their claims, by document and position, and the claims by id with their keys.

    ``where`` picks documents (``d``).
    """
    found = connection.execute(
        'SELECT e.fid, e.id, d.id, e.type, e.named, e.start, e."end", e.passing FROM events e'
        f" JOIN documents d ON d.fid = e.document {where} ORDER BY d.id, e.fid",
        values,
    ).fetchall()
    shells = {row[0]: (row[1], row[2]) for row in found}
    held: defaultdict[int, list[Claim]] = defaultdict(list)
    by_id: dict[str, tuple[int, Claim]] = {}
    claims = connection.execute(
        f"SELECT c.fid, {_CLAIM} FROM claims c JOIN documents d ON d.fid = c.document {where} ORDER BY c.fid",
        values,
    )
    for fid, *row in claims:
        claim = rows.claim_from(row, *shells[row[1]])
        held[row[1]].append(claim)
        by_id.setdefault(claim.id, (fid, claim))
    made = [
        Event(id_, document, type_, tuple(held.get(fid, ())), named, start, end, bool(passing))
        for fid, id_, document, type_, named, start, end, passing in found
    ]
    return made, by_id


def linked_claims(
    connection: sqlite3.Connection, where: str = "", *values: Any
) -> Iterator[tuple[int, str, Claim]]:
    """Yield (project key, list, claim as the merge left it), in order."""
    documents_by = rows.ids(connection, "documents")
    made: dict[int, Claim] = {}
    for project, name, rank, changes, fid, event, *row in connection.execute(
        f"SELECT l.project, l.list, l.rank, l.changes, c.fid, e.id, {_CLAIM} FROM project_claims l"
        f" LEFT JOIN claims c ON c.fid = l.claim LEFT JOIN events e ON e.fid = c.event {where}"
        " ORDER BY l.project, l.list, l.position",
        values,
    ):
        if fid is None:
            yield project, name, rows.changed_claim(None, rank, changes)
            continue
        if fid not in made:
            made[fid] = rows.claim_from(row, event, documents_by[row[2]])
        yield project, name, rows.changed_claim(made[fid], rank, changes)


def projects(connection: sqlite3.Connection, where: str = "", *values: Any) -> list[Project]:
    """Return projects whole, by id; ``where`` picks projects (``p``)."""
    columns = ", ".join(f"p.{column}" for column in rows.PROJECT)
    found = connection.execute(f"SELECT {columns} FROM projects p {where} ORDER BY p.fid", values).fetchall()
    lists: defaultdict[int, defaultdict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    picked = f"WHERE l.project IN (SELECT p.fid FROM projects p {where})" if where else ""
    for project, name, claim in linked_claims(connection, picked, *values):
        lists[project][name].append(claim)
    disputes: defaultdict[int, list[Conflict]] = defaultdict(list)
    disputed = picked.replace("l.project", "project")
    for project, *row in connection.execute(
        f"SELECT project, property, claims, summary FROM conflicts {disputed} ORDER BY fid", values
    ):
        disputes[project].append(rows.conflict_from(row))
    return [_project(row, lists[row[0]], disputes.get(row[0], [])) for row in found]


def _project(row: Sequence[Any], lists: dict[str, list[Claim]], conflicts: list[Conflict]) -> Project:
    values = dict(zip(rows.PROJECT, row, strict=True))
    claims, places, actors, dates, sums = (tuple(lists.get(name, ())) for name in _LISTS)
    return Project(
        values["id"],
        values["title"],
        values["type"],
        claims,
        tuple(json.loads(values["events"])),
        tuple(json.loads(values["aliases"])),
        values["status"],
        values["status_as_of"],
        tuple(json.loads(values["years"])),
        places,
        actors,
        dates,
        sums,
        tuple(conflicts),
        from_blob(values["geom"]),
        values["precision"],
        values["confidence"],
    )


def known_ids(connection: sqlite3.Connection) -> dict[str, str]:
    """Return which project each event was part of so far: event id → project id."""
    found = connection.execute("SELECT id, events FROM projects ORDER BY fid")
    return {event: project for project, events in found for event in json.loads(events)}
