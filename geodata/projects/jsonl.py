"""A project as one JSON object: the contract of ``dateline projects``."""

from __future__ import annotations

from typing import Any

from geodata.records import Claim, Project


def project_json(project: Project) -> dict[str, Any]:
    """Return a project as a JSON object of plain values; ``doc`` of a claim is its document's id."""
    return {
        "id": project.id,
        "title": project.title,
        "aliases": list(project.aliases),
        "type": project.type,
        "status": project.status,
        "status_as_of": project.status_as_of,
        "years": list(project.years),
        "dates": [{"edtf": c.edtf, "role": c.role, "modality": c.modality} for c in project.dates],
        "actors": [
            {"name": c.value, "kind": c.kind, "role": c.role, **({"office": c.office} if c.office else {})}
            for c in project.actors
        ],
        "places": [_place(c) for c in project.places],
        "values": [{"amount": c.amount, "unit": c.unit, "kind": c.role} for c in project.values],
        "precision": project.precision,
        "confidence": project.confidence,
        "conflicts": [
            {"property": c.property, "summary": c.summary, "claims": list(c.claims)}
            for c in project.conflicts
        ],
        "claims": [_claim(c) for c in project.claims],
    }


def _place(claim: Claim) -> dict[str, Any]:
    return {
        "name": claim.value,
        "role": claim.role,
        "lat": claim.lat,
        "lon": claim.lon,
        "country": claim.country,
        "precision": claim.precision,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "doc": claim.document,
        "property": claim.property,
        "value": claim.value,
        "role": claim.role,
        "modality": claim.modality,
        "rank": claim.rank,
        "confidence": claim.confidence,
        "rule": claim.extractor,
        "start": claim.selector.start,
        "end": claim.selector.end,
        "text": claim.selector.exact,
    }
