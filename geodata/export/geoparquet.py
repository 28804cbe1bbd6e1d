"""GeoParquet 1.1: one row a project, WGS 84; what the file is about stands in the schema's metadata."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import pandas as pd
import pyarrow.parquet

from geodata.export.content import Content
from geodata.export.csvfile import row


def write(content: Content, path: Path) -> None:
    """Write the projects with their geometry; those without a place keep an empty one."""
    rows = [
        {k: v for k, v in row(p).items() if k not in ("geometry", "lat", "lon")} for p in content.projects
    ]
    table = geopandas.GeoDataFrame(
        pd.DataFrame(rows, columns=None if rows else ["id"]),
        geometry=[project.geometry for project in content.projects],
        crs="EPSG:4326",
    )
    table.to_parquet(path, schema_version="1.1.0", write_covering_bbox=False, index=False)
    kept = pyarrow.parquet.read_table(path)
    about = json.dumps(content.about(), ensure_ascii=False).encode()
    kept = kept.replace_schema_metadata({**(kept.schema.metadata or {}), b"dateline": about})
    pyarrow.parquet.write_table(kept, path, compression="zstd")
