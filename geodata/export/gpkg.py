"""GeoPackage: projects with geometry, their claims with words, the texts, and what the file is about."""

from __future__ import annotations

from pathlib import Path

import geopandas
import pandas as pd
import pyogrio

from geodata.export.content import Content
from geodata.export.csvfile import row


def write(content: Content, path: Path) -> None:
    """Write the layers ``projects``, ``claims``, ``documents`` and ``about``."""
    listed = [
        {key: value for key, value in row(project).items() if key not in ("geometry", "lat", "lon")}
        for project in content.projects
    ]
    columns = None if listed else ["id"]
    projects = geopandas.GeoDataFrame(
        pd.DataFrame(listed, columns=columns),
        geometry=[project.geometry for project in content.projects],
        crs="EPSG:4326",
    )
    pyogrio.write_dataframe(projects, path, layer="projects", driver="GPKG", geometry_type="Unknown")
    tables = {"claims": _claims(content), "documents": _documents(content), "about": _about(content)}
    for layer, table in tables.items():
        pyogrio.write_dataframe(table, path, layer=layer, driver="GPKG", append=True)


def _claims(content: Content) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "id": claim.id,
                "project": project.id,
                "property": claim.property,
                "value": claim.value,
                "role": claim.role,
                "modality": claim.modality,
                "rank": claim.rank,
                "confidence": claim.confidence,
                "document": claim.document,
                "page": claim.selector.page,
                "start": claim.selector.start,
                "end": claim.selector.end,
                "quote": claim.selector.exact,
            }
            for project in content.projects
            for claim in project.claims
        ]
        or {"id": []}
    ).astype({"id": str})


def _documents(content: Content) -> pd.DataFrame:
    facts = ["id", "title", "author", "publisher", "published", "url", "language", "file", "sha256"]
    table = [{name: getattr(document, name) for name in facts} for document in content.documents.values()]
    return pd.DataFrame(table or {"id": []}).astype({"id": str})


def _about(content: Content) -> pd.DataFrame:
    return pd.DataFrame(list(content.about().items()), columns=["fact", "value"])
