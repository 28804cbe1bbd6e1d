"""CSV: one row a project, UTF-8, for spreadsheets.

A cell that a spreadsheet would take for a formula begins with an apostrophe, as OWASP advises; numbers stay numbers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

import shapely

from geodata.export.content import Content
from geodata.records import Claim, Project

COLUMNS = (
    "id",
    "title",
    "aliases",
    "type",
    "status",
    "status_as_of",
    "years",
    "dates",
    "actors",
    "places",
    "countries",
    "lat",
    "lon",
    "precision",
    "values",
    "documents",
    "confidence",
    "sources_disagree",
    "quote",
    "geometry",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(value: Any) -> Any:
    """Return a cell that stays text in a spreadsheet."""
    if isinstance(value, str) and value.lstrip(" '\"\u00a0").startswith(_FORMULA):
        return f"'{value}"
    return value


def row(project: Project) -> dict[str, Any]:
    """Return a project as one row; lists are parted by ``"; "``."""
    point = None if project.geometry is None else shapely.point_on_surface(project.geometry)
    best = max(project.claims, key=lambda c: (c.rank == "preferred", c.confidence), default=None)
    return {
        "id": project.id,
        "title": project.title,
        "aliases": "; ".join(project.aliases),
        "type": project.type,
        "status": project.status,
        "status_as_of": project.status_as_of,
        "years": "; ".join(map(str, project.years)),
        "dates": _listed(project.dates),
        "actors": _listed(project.actors),
        "places": _listed(project.places),
        "countries": "; ".join(sorted({c.country for c in project.places if c.country})),
        "lat": None if point is None else round(point.y, 6),
        "lon": None if point is None else round(point.x, 6),
        "precision": project.precision,
        "values": "; ".join(_value(claim) for claim in project.values),
        "documents": "; ".join(sorted({claim.document for claim in project.claims})),
        "confidence": round(project.confidence, 3),
        "sources_disagree": "yes" if project.conflicts else "no",
        "quote": best.selector.exact if best is not None else "",
        "geometry": ""
        if project.geometry is None
        else shapely.to_wkt(project.geometry, rounding_precision=6),
    }


def _listed(claims: Iterable[Claim]) -> str:
    return "; ".join(
        dict.fromkeys(f"{c.edtf or c.value} ({c.role})" if c.role else c.edtf or c.value for c in claims)
    )


def _value(claim: Claim) -> str:
    amount = claim.value if claim.amount is None else f"{claim.amount:.15g} {claim.unit}"
    return f"{amount} ({claim.role})" if claim.role else amount


def print_to(projects: Iterable[Project], stream: TextIO) -> None:
    """Print rows under a head to a stream."""
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for project in projects:
        writer.writerow({key: safe(value) for key, value in row(project).items()})


def write(content: Content, path: Path) -> None:
    """Write rows, and below them what the file is about, each fact in a row of its own that begins with #."""
    # The mark at the beginning lets spreadsheets know that this is UTF-8.
    with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as stream:
        print_to(content.projects, stream)
        writer = csv.writer(stream, lineterminator="\n")
        for label, value in content.about().items():
            writer.writerow([f"# {label}: {value}"])
        for document in content.documents.values():
            writer.writerow([f"# source: {document.id} · {document.title} · sha256 {document.sha256}"])
