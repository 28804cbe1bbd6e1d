"""Everything that changes a store, each function inside one transaction of the caller."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from geodata.records import Claim, Document, Place, Project, Reading
from geodata.store import rows
from geodata.store.gpkg import extent, touch

_TOPONYM = rows.names('document start "end" surface kind place lat lon precision confidence reason inside')
_RELATION = rows.names('document start "end" kind parts shape precision')


def bump(connection: sqlite3.Connection, *keys: str) -> None:
    """Count up in ``meta``."""
    connection.executemany("UPDATE meta SET value = value + 1 WHERE key = ?", [(key,) for key in keys])


def save_reading(connection: sqlite3.Connection, reading: Reading, *, source: str, extractor: str) -> None:
    """Put all that came of one document in place of what an earlier reading left."""
    document = _save_document(connection, reading.document, source=source, extractor=extractor)
    starts, sentences = _save_sentences(connection, document, reading)
    _save_toponyms(connection, document, reading)
    connection.executemany(
        rows.insert("relations", _RELATION),
        [rows.relation_row(document, relation) for relation in reading.relations],
    )
    for event in reading.events:
        inserted = connection.execute(
            rows.insert("events", rows.EVENT),
            rows.event_row(document, event),
        )
        claims = [
            rows.claim_row(claim, inserted.lastrowid or 0, document, _sentence(claim, starts, sentences))
            for claim in event.claims
        ]
        connection.executemany(rows.insert("claims", rows.CLAIM), claims)
    bump(connection, "content", "revision")


def _save_document(connection: sqlite3.Connection, document: Document, *, source: str, extractor: str) -> int:
    """Insert or replace the facts and the text; drop what hangs on it. Return its key."""
    found = connection.execute("SELECT fid, text FROM documents WHERE id = ?", (document.id,)).fetchone()
    state = {
        "source": rows.text(source),
        "extractor": extractor,
        "read_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "missing": 0,
    }
    columns = [*rows.DOCUMENT, *state]
    values = [*rows.document_row(document), *state.values()]
    if found is None:
        done = connection.execute(rows.insert("documents", columns), values)
        return done.lastrowid or 0
    fid = int(found[0])
    _forget_sentences(connection, fid, found[1])
    for table in ("sentences", "toponyms", "relations", "events"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (fid,))
    assignments = ", ".join(f"{column} = ?" for column in columns)
    connection.execute(f"UPDATE documents SET {assignments} WHERE fid = ?", (*values, fid))
    return fid


def _forget_sentences(connection: sqlite3.Connection, document: int, text: str) -> None:
    """Take a document's sentences out of the full-text index, which keeps no text of its own."""
    found = connection.execute('SELECT fid, start, "end" FROM sentences WHERE document = ?', (document,))
    connection.executemany(
        "INSERT INTO sentences_fts (sentences_fts, rowid, text) VALUES ('delete', ?, ?)",
        [(fid, text[start:end]) for fid, start, end in found],
    )


def _save_sentences(
    connection: sqlite3.Connection, document: int, reading: Reading
) -> tuple[list[int], list[tuple[int, int]]]:
    """Insert sentences and index their words; return starts, and (end, key) of each, in order."""
    text = rows.text(reading.document.text)
    starts, kept, indexed = [], [], []
    for sentence in sorted(reading.sentences, key=lambda s: (s.start, s.end)):
        done = connection.execute(
            rows.insert("sentences", ["document", "start", '"end"', "page"]),
            rows.sentence_row(document, sentence),
        )
        key = done.lastrowid or 0
        starts.append(sentence.start)
        kept.append((sentence.end, key))
        indexed.append((key, text[sentence.start : sentence.end]))
    connection.executemany("INSERT INTO sentences_fts (rowid, text) VALUES (?, ?)", indexed)
    return starts, kept


def _sentence(claim: Claim, starts: Sequence[int], sentences: Sequence[tuple[int, int]]) -> int | None:
    """Return the key of the sentence that a claim's words begin in."""
    index = bisect_right(starts, claim.selector.start) - 1
    if index < 0 or claim.selector.start >= sentences[index][0]:
        return None
    return sentences[index][1]


def _save_toponyms(connection: sqlite3.Connection, document: int, reading: Reading) -> None:
    """Insert mentions with every candidate; places are shared between documents."""
    known: dict[str, int] = {}

    def key(place: Place) -> int:
        if place.id not in known:
            known[place.id] = save_place(connection, place)
        return known[place.id]

    for toponym in reading.toponyms:
        place = None if toponym.place is None else key(toponym.place)
        done = connection.execute(
            rows.insert("toponyms", _TOPONYM), rows.toponym_row(document, toponym, place)
        )
        candidates = [
            (done.lastrowid, key(candidate.place), candidate.score, rows.text(candidate.reason))
            for candidate in toponym.candidates
        ]
        connection.executemany(rows.insert("candidates", ["toponym", "place", "score", "reason"]), candidates)


_UPSERT_PLACE = (
    f"{rows.insert('places', [*rows.PLACE, 'geom'])} ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{column} = excluded.{column}" for column in [*rows.PLACE, "geom"])
    + " RETURNING fid"
)


def save_place(connection: sqlite3.Connection, place: Place) -> int:
    """Keep a place, the newest word about it winning; return its key."""
    (fid,) = connection.execute(_UPSERT_PLACE, rows.place_row(place)).fetchone()
    return int(fid)


def settle(connection: sqlite3.Connection, removed: Iterable[str]) -> None:
    """Say of each document whether it counts: not where a person removed it, where it is a digest of an
    original that is here too, or where the same text stands under another name.
    """
    gone = set(removed)
    found = connection.execute(
        "SELECT id, sha256, text_sha256, digest_of FROM documents ORDER BY missing, id"
    ).fetchall()
    standing: dict[str, tuple[str, str]] = {id_: ("removed", "") for id_, *_ in found if id_ in gone}
    originals: dict[str, str] = {}
    texts: dict[str, str] = {}
    for id_, sha256, _, _ in found:
        if id_ not in standing and sha256:
            originals.setdefault(sha256, id_)
    for id_, _, _, digest_of in found:
        if id_ not in standing and digest_of and originals.get(digest_of, id_) != id_:
            standing[id_] = ("digest", originals[digest_of])
    for id_, _, text_sha256, _ in found:
        if id_ in standing or not text_sha256:
            continue
        first = texts.setdefault(text_sha256, id_)
        if first != id_:
            standing[id_] = ("duplicate", first)
    connection.execute("UPDATE documents SET standing = '', stands_for = '' WHERE standing != ''")
    connection.executemany(
        "UPDATE documents SET standing = ?, stands_for = ? WHERE id = ?",
        [(*state, id_) for id_, state in standing.items()],
    )


def save_projects(
    connection: sqlite3.Connection,
    projects: Iterable[Project],
    claims: Mapping[str, tuple[int, Claim]],
) -> None:
    """Put merged projects in place of the earlier ones; ``claims`` are those of the events, by id."""
    connection.execute("DELETE FROM project_claims")
    connection.execute("DELETE FROM conflicts")
    connection.execute("DELETE FROM projects")
    connection.execute("INSERT INTO projects_fts (projects_fts) VALUES ('delete-all')")
    geometries = []
    for fid, project in enumerate(sorted(projects, key=lambda p: p.id), start=1):
        connection.execute(rows.insert("projects", rows.PROJECT), rows.project_row(fid, project))
        connection.executemany(
            "INSERT INTO project_claims VALUES (?, ?, ?, ?, ?, ?)", _links(fid, project, claims)
        )
        connection.executemany(
            rows.insert("conflicts", ["project", "property", "claims", "summary"]),
            [rows.conflict_row(fid, conflict) for conflict in project.conflicts],
        )
        connection.execute("INSERT INTO projects_fts (rowid, text) VALUES (?, ?)", (fid, _words(project)))
        if project.geometry is not None:
            geometries.append(project.geometry)
    note_extents(connection, extent(np.array(geometries, dtype=object)))
    _drop_unused_places(connection)


def note_extents(connection: sqlite3.Connection, bounds: tuple[float, ...] | None) -> None:
    """Tell other programs how far the layers reach."""
    for layer in ("projects", "projects_point", "projects_line", "projects_area"):
        touch(connection, layer, bounds)
    row = connection.execute("SELECT min(lon), min(lat), max(lon), max(lat) FROM places").fetchone()
    touch(connection, "places", None if row[0] is None else row)


def _links(fid: int, project: Project, claims: Mapping[str, tuple[int, Claim]]) -> list[tuple[Any, ...]]:
    links = []
    for name in ("claims", "places", "actors", "dates", "values"):
        listed: tuple[Claim, ...] = getattr(project, name)
        for position, claim in enumerate(listed):
            key, raw = claims.get(claim.id, (None, None))
            rank = claim.rank if raw is None or claim.rank != raw.rank else None
            links.append((fid, name, position, key, rank, rows.claim_changes(raw, claim)))
    return links


def _words(project: Project) -> str:
    """Return what a project can be found by beside the sentences of its claims."""
    names = dict.fromkeys(claim.value for claim in (*project.places, *project.actors) if claim.value)
    return rows.text("\n".join([project.title, *project.aliases, *names]))


def _drop_unused_places(connection: sqlite3.Connection) -> None:
    """Forget places that no mention means any more."""
    connection.execute(
        "DELETE FROM places WHERE fid NOT IN (SELECT place FROM candidates)"
        " AND fid NOT IN (SELECT place FROM toponyms WHERE place IS NOT NULL)"
    )
