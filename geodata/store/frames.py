"""Tables at the edge: what a store gives to people who work with DataFrames.

Pandas and geopandas are imported when the first table is asked for: they take more than a second, and most commands
need none.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import shapely

from geodata.store import rows
from geodata.store.gpkg import wkb_of

if TYPE_CHECKING:
    import geopandas
    import pandas as pd

_DOCUMENT = (
    "SELECT d.id, d.title, d.author, d.publisher, d.published, d.url, d.language, d.file, d.media_type, d.source,"
    " d.sha256, d.digest_of, d.read_at, d.missing, d.standing, d.stands_for, length(d.text) AS characters,"
    " json_array_length(d.pages) AS pages,"
    " (SELECT count(*) FROM toponyms t WHERE t.document = d.fid) AS toponyms,"
    " (SELECT count(*) FROM claims c JOIN project_claims l ON l.claim = c.fid AND l.list = 'claims'"
    "  WHERE c.document = d.fid) AS claims,"
    " (SELECT count(DISTINCT l.project) FROM claims c JOIN project_claims l ON l.claim = c.fid"
    "  WHERE c.document = d.fid) AS projects FROM documents d ORDER BY d.id"
)
_PROJECT = (
    "SELECT id, title, type, status, status_as_of, first_year, last_year, years, aliases, actors, places,"
    " countries, documents, precision, confidence, sources_disagree, geom FROM projects ORDER BY fid"
)


def document_frame(connection: sqlite3.Connection, edits: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """Return one row a document, with what people corrected."""
    frame = _frame(connection, _DOCUMENT)
    frame["missing"] = frame["missing"].astype(bool)
    position = {id_: row for row, id_ in enumerate(frame["id"])}
    for id_, fields in edits.items():
        for name in rows.EDITABLE:
            if name in fields and id_ in position:
                frame.loc[position[id_], name] = str(fields[name])
    return frame


def project_frame(connection: sqlite3.Connection) -> geopandas.GeoDataFrame:
    """Return one row a project; lists (years, aliases, countries, documents) are tuples."""
    frame = _frame(connection, _PROJECT)
    for name in ("years", "aliases", "countries", "documents"):
        frame[name] = [tuple(json.loads(value)) for value in frame[name]]
    for name in ("first_year", "last_year"):
        frame[name] = frame[name].astype("Int64")
    frame["sources_disagree"] = frame["sources_disagree"].astype(bool)
    return _with_geometry(frame)


def place_frame(connection: sqlite3.Connection) -> geopandas.GeoDataFrame:
    """Return one row a place that a mention may mean."""
    frame = _frame(connection, f"SELECT {', '.join(rows.PLACE)}, geom FROM places ORDER BY id")
    frame["claimed_by"] = [tuple(json.loads(value)) for value in frame["claimed_by"]]
    return _with_geometry(frame.drop(columns="bbox"))


def _frame(connection: sqlite3.Connection, query: str) -> pd.DataFrame:
    import pandas as pd

    cursor = connection.execute(query)
    return pd.DataFrame(cursor.fetchall(), columns=[column[0] for column in cursor.description])


def _with_geometry(frame: pd.DataFrame) -> geopandas.GeoDataFrame:
    import geopandas

    geometry = shapely.from_wkb([wkb_of(blob) for blob in frame["geom"]])
    return geopandas.GeoDataFrame(frame.drop(columns="geom"), geometry=geometry, crs="EPSG:4326")
