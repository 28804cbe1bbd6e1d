"""GeoPackage: its geometry blobs, its own tables, and what makes QGIS see a table as a layer (OGC 12-128r18)."""

from __future__ import annotations

import sqlite3
import struct
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

APPLICATION_ID = 0x47504B47  # "GPKG"
USER_VERSION = 10300  # 1.3.0
SRS = 4326

_LITTLE_ENDIAN, _ENVELOPE_XY, _EMPTY = 0x01, 0x02, 0x10
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)

TABLES = f"""
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', {SRS}, 'EPSG', {SRS}, '{_WGS84}', 'longitude and latitude in degrees on WGS 84');
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""


def register_layer(connection: sqlite3.Connection, table: str, kind: str, description: str) -> None:
    """Make a table with a ``geom`` column a layer of geometry type ``kind``."""
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
        " VALUES (?, 'features', ?, ?, ?)",
        (table, table, description, SRS),
    )
    connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", (table, kind, SRS))


def register_table(connection: sqlite3.Connection, table: str, description: str) -> None:
    """Make a table without geometry visible as an attribute table."""
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description)"
        " VALUES (?, 'attributes', ?, ?)",
        (table, table, description),
    )


def touch(connection: sqlite3.Connection, table: str, bounds: tuple[float, ...] | None) -> None:
    """Note that a layer changed, and how far it now reaches (west, south, east, north)."""
    connection.execute(
        "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now'),"
        " min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
        (*(bounds or (None,) * 4), table),
    )


def to_blob(geometry: BaseGeometry | None) -> bytes | None:
    """Return a geometry as GeoPackage keeps it; ``None`` stays ``None``."""
    if geometry is None:
        return None
    if geometry.is_empty:
        header = struct.pack("<2sBBi", b"GP", 0, _LITTLE_ENDIAN | _EMPTY, SRS)
    elif geometry.geom_type == "Point":
        header = struct.pack("<2sBBi", b"GP", 0, _LITTLE_ENDIAN, SRS)
    else:
        west, south, east, north = geometry.bounds
        header = struct.pack(
            "<2sBBi4d", b"GP", 0, _LITTLE_ENDIAN | _ENVELOPE_XY, SRS, west, east, south, north
        )
    return header + bytes(shapely.to_wkb(geometry, byte_order=1, output_dimension=2))


_ENVELOPE_BYTES = (0, 32, 48, 48, 64)


def wkb_of(blob: bytes | None) -> bytes | None:
    """Return the plain WKB inside a GeoPackage blob."""
    if blob is None:
        return None
    return blob[8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 0x07] :]


def from_blob(blob: bytes | None) -> BaseGeometry | None:
    """Return the geometry of a GeoPackage blob."""
    return None if blob is None else shapely.from_wkb(wkb_of(blob))


def shape_of(geometry: BaseGeometry | None) -> str:
    """Return ``point``, ``line`` or ``area``, by the highest dimension in it; ``""`` where there is nothing."""
    if geometry is None or geometry.is_empty:
        return ""
    return ("point", "line", "area")[int(shapely.get_dimensions(geometry))]


def extent(geometries: NDArray[Any]) -> tuple[float, ...] | None:
    """Return how far geometries reach together: west, south, east, north; ``None`` for none."""
    bounds = shapely.total_bounds(geometries) if len(geometries) else np.array([np.nan])
    return None if np.isnan(bounds).any() else tuple(float(value) for value in bounds)
