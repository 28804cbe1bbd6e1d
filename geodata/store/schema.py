"""The tables of a store, and the steps that bring an older one up to date.

Every table has an integer key ``fid``, as GeoPackage asks; links between tables use it. What a document yields
(sentences … claims) hangs on the document and goes with it. ``projects``, ``project_claims`` and ``conflicts``
are derived from the events of all documents and rebuilt together. ``meta`` holds what must change in the very
transaction that changes the rest: the schema's version, the revision, and which state of the documents the
projects were merged from.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from geodata.errors import StoreError
from geodata.store import columns, kept
from geodata.store.connection import connect, transaction
from geodata.store.gpkg import APPLICATION_ID, TABLES, USER_VERSION, register_layer, register_table

VERSION = 3
"""Of the tables below. Raise it with every change, and add the step that makes it to `STEPS`."""

_DDL = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE documents (
  fid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT, author TEXT, publisher TEXT, published TEXT,
  url TEXT, language TEXT, media_type TEXT, file TEXT, source TEXT NOT NULL DEFAULT '', sha256 TEXT,
  text_sha256 TEXT, digest_of TEXT, text TEXT, pages TEXT, offsets TEXT, warnings TEXT,
  extractor TEXT NOT NULL DEFAULT '', read_at TEXT, missing INTEGER NOT NULL DEFAULT 0,
  standing TEXT NOT NULL DEFAULT '', stands_for TEXT NOT NULL DEFAULT '');
CREATE INDEX documents_source ON documents (source);
CREATE INDEX documents_sha256 ON documents (sha256);

CREATE TABLE sentences (
  fid INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents (fid) ON DELETE CASCADE,
  start INTEGER, "end" INTEGER, page INTEGER);
CREATE INDEX sentences_document ON sentences (document, start);
CREATE VIRTUAL TABLE sentences_fts USING fts5 (text, content='', tokenize='porter unicode61 remove_diacritics 2');

CREATE TABLE places (
  fid INTEGER PRIMARY KEY, geom POINT, id TEXT NOT NULL UNIQUE, name TEXT, lat DOUBLE, lon DOUBLE,
  feature_class TEXT, feature_code TEXT, country TEXT, admin1 TEXT, admin2 TEXT, population INTEGER, bbox TEXT,
  administered_by TEXT, claimed_by TEXT, source TEXT);

CREATE TABLE toponyms (
  fid INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents (fid) ON DELETE CASCADE,
  start INTEGER, "end" INTEGER, surface TEXT, kind TEXT, place INTEGER REFERENCES places (fid), lat DOUBLE,
  lon DOUBLE, "precision" INTEGER, confidence DOUBLE, reason TEXT, inside TEXT);
CREATE INDEX toponyms_document ON toponyms (document);
CREATE TABLE candidates (
  fid INTEGER PRIMARY KEY, toponym INTEGER NOT NULL REFERENCES toponyms (fid) ON DELETE CASCADE,
  place INTEGER NOT NULL REFERENCES places (fid), score DOUBLE, reason TEXT);
CREATE INDEX candidates_toponym ON candidates (toponym);
CREATE TABLE relations (
  fid INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents (fid) ON DELETE CASCADE,
  start INTEGER, "end" INTEGER, kind TEXT, parts TEXT, shape BLOB, "precision" INTEGER);
CREATE INDEX relations_document ON relations (document);

CREATE TABLE events (
  fid INTEGER PRIMARY KEY, id TEXT NOT NULL, document INTEGER NOT NULL REFERENCES documents (fid)
  ON DELETE CASCADE, type TEXT, named TEXT, start INTEGER, "end" INTEGER, passing INTEGER NOT NULL DEFAULT 0);
CREATE INDEX events_document ON events (document);
CREATE INDEX events_id ON events (id);
CREATE TABLE claims (
  fid INTEGER PRIMARY KEY, id TEXT NOT NULL, event INTEGER NOT NULL REFERENCES events (fid) ON DELETE CASCADE,
  document INTEGER NOT NULL REFERENCES documents (fid), sentence INTEGER, property TEXT, value TEXT,
  start INTEGER, "end" INTEGER, exact TEXT, prefix TEXT, suffix TEXT, page INTEGER, role TEXT, modality TEXT,
  confidence DOUBLE, extractor TEXT, version TEXT, rank TEXT, edtf TEXT, amount DOUBLE, unit TEXT, low DOUBLE,
  high DOUBLE, place TEXT, lat DOUBLE, lon DOUBLE, country TEXT, "precision" INTEGER, shape BLOB, kind TEXT,
  office TEXT);
CREATE INDEX claims_event ON claims (event);
CREATE INDEX claims_document ON claims (document, start);
CREATE INDEX claims_id ON claims (id);

CREATE TABLE projects (
  fid INTEGER PRIMARY KEY, geom GEOMETRY, id TEXT NOT NULL UNIQUE, title TEXT, type TEXT, status TEXT,
  status_as_of TEXT, first_year INTEGER, last_year INTEGER, years TEXT, aliases TEXT, actors TEXT, places TEXT,
  countries TEXT, documents TEXT, "precision" INTEGER, confidence DOUBLE, sources_disagree BOOLEAN, shape TEXT,
  events TEXT);
CREATE TABLE project_claims (
  project INTEGER NOT NULL REFERENCES projects (fid) ON DELETE CASCADE, list TEXT NOT NULL,
  position INTEGER NOT NULL, claim INTEGER REFERENCES claims (fid) ON DELETE CASCADE, rank TEXT, changes TEXT,
  PRIMARY KEY (project, list, position)) WITHOUT ROWID;
CREATE INDEX project_claims_claim ON project_claims (claim);
CREATE TABLE conflicts (
  fid INTEGER PRIMARY KEY, project INTEGER NOT NULL REFERENCES projects (fid) ON DELETE CASCADE,
  property TEXT, claims TEXT, summary TEXT);
CREATE INDEX conflicts_project ON conflicts (project);
CREATE VIRTUAL TABLE projects_fts USING fts5 (text, content='', tokenize='porter unicode61 remove_diacritics 2');

CREATE VIEW evidence AS
  SELECT c.fid AS fid, p.id AS project, p.title AS title, c.property AS property, c.value AS value,
    c.role AS role, c.modality AS modality, pc.rank AS rank, d.id AS document, c.page AS page, c.start AS start,
    c."end" AS "end", c.exact AS quote, c.confidence AS confidence
  FROM project_claims pc JOIN claims c ON c.fid = pc.claim JOIN projects p ON p.fid = pc.project
    JOIN documents d ON d.fid = c.document WHERE pc.list = 'claims';
"""

_BY_SHAPE = """
CREATE VIEW projects_{shape} AS SELECT fid AS OGC_FID, geom, id, title, type, status, status_as_of, first_year,
  last_year, years, aliases, actors, places, countries, documents, "precision", confidence, sources_disagree
  FROM projects WHERE shape = '{shape}';
"""

LAYERS = {
    "projects": ("GEOMETRY", "Projects and events; without geometry where the texts give no place"),
    "projects_point": ("GEOMETRY", "Projects at a point"),
    "projects_line": ("GEOMETRY", "Projects along a line; indicative, ends and stops only"),
    "projects_area": ("GEOMETRY", "Projects somewhere in an area"),
    "places": ("POINT", "Places that the texts may mean"),
}
ATTRIBUTES = {
    "documents": "Texts that were read",
    "sentences": "Where sentences begin and end",
    "toponyms": "Mentions of places",
    "candidates": "Places that a mention may mean, best first",
    "relations": "Routes and other relations between mentions",
    "events": "One document's telling of a project, or a mention of one in passing",
    "claims": "Values with the words that say them",
    "conflicts": "Where sources disagree",
    "evidence": "Claims by project, with their words",
}


def _keep_columns(connection: sqlite3.Connection) -> None:
    """Since version 2 the columns of all projects are kept, so that a large store opens at once."""
    connection.execute(kept.TABLE)
    columns.keep_all(connection)


def _tell_passing(connection: sqlite3.Connection) -> None:
    """Since version 3 what a text tells in passing is kept too; earlier readings held nothing of it."""
    connection.execute("ALTER TABLE events ADD COLUMN passing INTEGER NOT NULL DEFAULT 0")


STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {1: _keep_columns, 2: _tell_passing}
"""Version → the step that leads from it to the next one."""


class OlderStore(StoreError):
    """A store that has to be brought up to date, opened read-only."""


def create(connection: sqlite3.Connection) -> None:
    """Fill an empty database, within the caller's transaction."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {USER_VERSION}")
    views = "".join(_BY_SHAPE.format(shape=shape) for shape in ("point", "line", "area"))
    for statement in (f"{TABLES}{_DDL}{kept.TABLE};\n{views}").split(";\n"):
        if statement.strip():
            connection.execute(statement)
    for table, (kind, description) in LAYERS.items():
        register_layer(connection, table, kind, description)
    for table, description in ATTRIBUTES.items():
        register_table(connection, table, description)
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)",
        [("schema_version", VERSION), ("revision", 0), ("content", 0), ("merged", 0), ("merged_from", "")],
    )


def look(path: Path) -> None:
    """Refuse a file that is none of ours, or newer, before anything in it changes.

    Raises
    ------
    StoreError
        Then.
    """
    if path.is_file() and path.stat().st_size:
        with closing(connect(path, read_only=True)) as connection:
            _refuse_newer(_version(connection, path), path)


def _refuse_newer(version: int, path: Path) -> None:
    if version > VERSION:
        raise StoreError(
            f"{path}: made by a newer Dateline (its tables are version {version}, this one knows {VERSION})."
            " Update Dateline; nothing was changed."
        )


def prepare(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    """Make sure that a database holds the tables of `VERSION`: create, migrate, or refuse.

    Raises
    ------
    StoreError
        Where the file is none of ours, was made by a newer Dateline, or is older and cannot be changed.
    """
    version = _version(connection, path)
    if version == VERSION:
        return
    _refuse_newer(version, path)
    if read_only:
        raise OlderStore(
            f"{path}: made by an older Dateline. Open it once for writing to bring it up to date."
        )
    if version == 0:
        with transaction(connection):
            if _version(connection, path) == 0:  # nobody else was quicker
                create(connection)
        return
    _backup(connection, path, version)
    with transaction(connection):
        for step in range(_version(connection, path), VERSION):
            STEPS[step](connection)
            connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (step + 1,))


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of a store's tables, 0 for an empty file."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return 0
    if not {"meta", "gpkg_contents", "documents"} <= tables:
        raise StoreError(f"{path}: this is not a Dateline store; nothing was changed.")
    (version,) = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    return int(version)


def _backup(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Copy the store beside itself before its tables change; the copy has its name only once it is whole."""
    target = path.with_name(f"{path.stem}.v{version}.backup{path.suffix}")
    if target.exists():
        return
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    copy = sqlite3.connect(partial)
    try:
        connection.backup(copy)
    finally:
        copy.close()
    partial.replace(target)
