"""Records to rows and back; nothing else knows the order of the columns."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, cast

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.records import (
    Candidate,
    Claim,
    Conflict,
    Document,
    Event,
    OffsetMap,
    Page,
    Place,
    Project,
    Relation,
    Segment,
    Selector,
    Sentence,
    Toponym,
)
from geodata.store.gpkg import shape_of, to_blob


def names(text: str) -> tuple[str, ...]:
    """Return the words of a text: a list of columns that stays readable."""
    return tuple(text.split())


EDITABLE = ("title", "author", "publisher", "published", "url", "language")
"""What a person may correct of a document."""

DOCUMENT = names(
    "id title author publisher published url language media_type file sha256 text_sha256 digest_of "
    "text pages offsets warnings"
)
EVENT = names('id document type named start "end" passing')
CLAIM = names(
    'id event document sentence property value start "end" exact prefix suffix page role modality '
    "confidence extractor version rank edtf amount unit low high place lat lon country precision "
    "shape kind office"
)
PLACE = names(
    "id name lat lon feature_class feature_code country admin1 admin2 population bbox "
    "administered_by claimed_by source"
)


def text(value: str) -> str:
    """Return a string that the database can keep: a lone surrogate (from a file name) becomes U+FFFD."""
    if value.isascii():
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        return "".join("�" if "\ud800" <= c <= "\udfff" else c for c in value)
    return value


def insert(table: str, columns: Sequence[str]) -> str:
    """Return the statement that inserts into the named columns."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def document_row(document: Document) -> tuple[Any, ...]:
    """Return a document in the order of `DOCUMENT`."""
    plain = (getattr(document, name) for name in DOCUMENT[:13])
    return (
        *(text(value) for value in plain),
        json.dumps([[p.number, p.start, p.end] for p in document.pages]),
        json.dumps([[s.clean, s.original, s.length] for s in document.offsets.segments]),
        json.dumps(document.warnings),
    )


def document_from(row: Sequence[Any]) -> Document:
    """Return the document of a row in the order of `DOCUMENT`."""
    values = dict(zip(DOCUMENT, row, strict=True))
    values["pages"] = tuple(Page(*page) for page in json.loads(values["pages"]))
    values["offsets"] = OffsetMap(tuple(Segment(*part) for part in json.loads(values["offsets"])))
    values["warnings"] = tuple(json.loads(values["warnings"]))
    return Document(**values)


def edited(document: Document, fields_set: Mapping[str, Any]) -> Document:
    """Return a document with what a person corrected."""
    kept: dict[str, Any] = {name: text(str(fields_set[name])) for name in EDITABLE if name in fields_set}
    return replace(document, **kept) if kept else document


def sentence_row(document: int, sentence: Sentence) -> tuple[Any, ...]:
    """Return a sentence for ``sentences (document, start, "end", page)``."""
    return (document, sentence.start, sentence.end, sentence.page)


def place_row(place: Place) -> tuple[Any, ...]:
    """Return a place in the order of `PLACE`, its geometry last."""
    return (
        text(place.id),
        text(place.name),
        place.lat,
        place.lon,
        place.feature_class,
        place.feature_code,
        place.country,
        text(place.admin1),
        text(place.admin2),
        place.population,
        None if place.bbox is None else json.dumps(place.bbox),
        place.administered_by,
        json.dumps(place.claimed_by),
        place.source,
        to_blob(shapely.Point(place.lon, place.lat)),
    )


def place_from(row: Sequence[Any]) -> Place:
    """Return the place of a row in the order of `PLACE`."""
    values = dict(zip(PLACE, row, strict=True))
    values["bbox"] = None if values["bbox"] is None else tuple(json.loads(values["bbox"]))
    values["claimed_by"] = tuple(json.loads(values["claimed_by"]))
    return Place(**values)


def toponym_row(document: int, toponym: Toponym, place: int | None) -> tuple[Any, ...]:
    """Return a toponym in the order of the table's columns after ``fid``."""
    return (
        document,
        toponym.start,
        toponym.end,
        text(toponym.surface),
        toponym.kind,
        place,
        toponym.lat,
        toponym.lon,
        toponym.precision,
        toponym.confidence,
        text(toponym.reason),
        text(toponym.inside),
    )


def toponym_from(
    row: Sequence[Any], document: str, places: Mapping[int, Place], candidates: Iterable[Candidate]
) -> Toponym:
    """Return the toponym of a row in the order of the table's columns after ``document``."""
    start, end, surface, kind, place, lat, lon, precision, confidence, why, inside = row
    return Toponym(
        document,
        start,
        end,
        surface,
        kind,
        None if place is None else places[place],
        lat,
        lon,
        precision,
        confidence,
        tuple(candidates),
        why,
        inside,
    )


def relation_row(document: int, relation: Relation) -> tuple[Any, ...]:
    """Return a relation in the order of the table's columns after ``fid``."""
    return (
        document,
        relation.start,
        relation.end,
        relation.kind,
        json.dumps(relation.parts),
        wkb(relation.geometry),
        relation.precision,
    )


def relation_from(row: Sequence[Any], document: str) -> Relation:
    """Return the relation of a row in the order of the table's columns after ``document``."""
    start, end, kind, parts, shape, precision = row
    return Relation(
        document, start, end, kind, tuple(json.loads(parts)), cast(BaseGeometry, geometry(shape)), precision
    )


def event_row(document: int, event: Event) -> tuple[Any, ...]:
    """Return an event in the order of `EVENT`."""
    return (
        text(event.id), document, event.type, text(event.named), event.start, event.end, event.passing
    )  # fmt: skip


def claim_row(claim: Claim, event: int, document: int, sentence: int | None) -> tuple[Any, ...]:
    """Return a claim in the order of `CLAIM`."""
    where = claim.selector
    return (
        text(claim.id),
        event,
        document,
        sentence,
        claim.property,
        text(claim.value),
        where.start,
        where.end,
        text(where.exact),
        text(where.prefix),
        text(where.suffix),
        where.page,
        claim.role,
        claim.modality,
        claim.confidence,
        claim.extractor,
        claim.version,
        claim.rank,
        claim.edtf,
        claim.amount,
        claim.unit,
        claim.low,
        claim.high,
        text(claim.place),
        claim.lat,
        claim.lon,
        claim.country,
        claim.precision,
        wkb(claim.geometry),
        claim.kind,
        text(claim.office),
    )


def claim_from(row: Sequence[Any], event: str, document: str) -> Claim:
    """Return the claim of a row in the order of `CLAIM`, given the ids of its event and document."""
    (id_, _, _, _, property_, value, start, end, exact, prefix, suffix, page, role, modality, confidence) = (
        row[:15]
    )
    (extractor, version, rank, edtf, amount, unit, low, high, place, lat, lon, country, precision) = row[
        15:28
    ]
    shape, kind, office = row[28:]
    return Claim(
        id_,
        event,
        property_,
        value,
        document,
        Selector(start, end, exact, prefix, suffix, page),
        role,
        modality,
        confidence,
        extractor,
        version,
        rank,
        edtf,
        amount,
        unit,
        low,
        high,
        place,
        lat,
        lon,
        country,
        precision,
        geometry(shape),
        kind,
        office,
    )


def wkb(shape: BaseGeometry | None) -> bytes | None:
    """Return plain WKB."""
    return None if shape is None else bytes(shapely.to_wkb(shape, byte_order=1))


def geometry(blob: bytes | None) -> BaseGeometry | None:
    """Return the geometry of plain WKB."""
    return None if blob is None else shapely.from_wkb(blob)


def claim_changes(raw: Claim | None, claim: Claim) -> str | None:
    """Return as JSON what the merge changed in a claim beside its rank; ``None`` where nothing."""
    if raw is claim:
        return None
    changed: dict[str, Any] = {}
    for field in fields(Claim):
        value = getattr(claim, field.name)
        if raw is not None and (field.name == "rank" or value == getattr(raw, field.name)):
            continue
        if isinstance(value, Selector):
            value = [getattr(value, part.name) for part in fields(Selector)]
        elif isinstance(value, BaseGeometry):
            value = shapely.to_wkb(value, hex=True)
        changed[field.name] = value
    return json.dumps(changed, ensure_ascii=True) if changed else None


def changed_claim(raw: Claim | None, rank: str | None, changes: str | None) -> Claim:
    """Return a claim as the merge left it."""
    values: dict[str, Any] = json.loads(changes) if changes else {}
    if "selector" in values:
        values["selector"] = Selector(*values["selector"])
    if values.get("geometry") is not None:
        values["geometry"] = shapely.from_wkb(values["geometry"])
    if raw is None:
        return Claim(**values)
    if rank is not None and rank != raw.rank:
        values["rank"] = rank
    return replace(raw, **values) if values else raw


PROJECT = names(
    "fid geom id title type status status_as_of first_year last_year years aliases actors places "
    "countries documents precision confidence sources_disagree shape events"
)


def project_row(fid: int, project: Project) -> tuple[Any, ...]:
    """Return a project in the order of `PROJECT`; lists are spelt out for whoever opens the table elsewhere."""
    return (
        fid,
        to_blob(project.geometry),
        text(project.id),
        text(project.title),
        project.type,
        project.status,
        project.status_as_of,
        min(project.years, default=None),
        max(project.years, default=None),
        json.dumps(project.years),
        json.dumps([text(alias) for alias in project.aliases], ensure_ascii=False),
        text(_listed(project.actors)),
        text(_listed(project.places)),
        json.dumps(sorted({claim.country for claim in project.places if claim.country})),
        json.dumps(sorted({text(claim.document) for claim in project.claims}), ensure_ascii=False),
        project.precision,
        project.confidence,
        bool(project.conflicts),
        shape_of(project.geometry),
        json.dumps(project.events),
    )


def _listed(claims: Iterable[Claim]) -> str:
    return "; ".join(dict.fromkeys(claim.value for claim in claims))


def conflict_row(project: int, conflict: Conflict) -> tuple[Any, ...]:
    """Return a conflict for ``conflicts (project, property, claims, summary)``."""
    return (project, conflict.property, json.dumps(conflict.claims), text(conflict.summary))


def conflict_from(row: Sequence[Any]) -> Conflict:
    """Return the conflict of ``property, claims, summary``."""
    return Conflict(row[0], tuple(json.loads(row[1])), row[2])


def ids(connection: sqlite3.Connection, table: str) -> dict[int, str]:
    """Return ``fid`` → ``id`` of a whole table."""
    return dict(connection.execute(f"SELECT fid, id FROM {table}"))
