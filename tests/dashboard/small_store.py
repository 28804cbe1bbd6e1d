"""Small stores made of a few words each, saved as an ingest saves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shapely.geometry import GeometryCollection, LineString, Point
from shapely.geometry.base import BaseGeometry

from geodata import versions
from geodata.records import Claim, Conflict, Document, Event, Project, Reading, Selector, Sentence
from geodata.store import open_store


@dataclass(frozen=True)
class At:
    """A place of a project."""

    lat: float
    lon: float
    name: str = "Somewhere"
    role: str = "site"
    precision: int = 1
    country: str = "PK"
    shape: BaseGeometry | None = None


@dataclass(frozen=True)
class Thing:
    """A project."""

    title: str
    places: tuple[At, ...]
    type: str = "gas_pipeline"
    status: str = "operating"
    year: int = 2015
    actor: str = "Gazprom"
    route: LineString | None = None
    disagree: bool = False
    confidence: float = 0.8


def save(path: Path, things: Sequence[Thing], *, document: str = "text") -> Path:
    """Save projects, all told by one text; ids are p0000, p0001 … in their order."""
    text = "A sentence that says it all.\n\n" * len(things)
    with open_store(path) as store:
        projects = [_project(n, thing, document) for n, thing in enumerate(things)]
        events = tuple(
            Event(f"e{n:04}", document, p.type, p.claims, start=30 * n, end=30 * n + 28)
            for n, p in enumerate(projects)
        )
        sentences = tuple(Sentence(document, 30 * n, 30 * n + 28) for n in range(len(things)))
        read = Document(id=document, text=text, sha256="0" * 64, text_sha256="1" * 64, title=document)
        store.save(Reading(read, sentences, (), (), events))
        # As merged by the merger of today, or an export, which brings a store up to date, would merge them anew.
        store.save_projects(projects, store.begin_merge(versions.merger()))
    return path


def _project(n: int, thing: Thing, document: str) -> Project:
    places = tuple(
        _claim(n, f"place{i}", "place", at.name, document, at=at) for i, at in enumerate(thing.places)
    )
    claims = (
        _claim(n, "title", "title", thing.title, document),
        _claim(n, "type", "type", thing.type, document),
        _claim(n, "actor", "actor", thing.actor, document),
        *places,
    )
    points = [Point(at.lon, at.lat) for at in thing.places if at.precision not in (6, 9)]
    shapes: list[BaseGeometry] = [*([thing.route] if thing.route else points)]
    conflicts = (Conflict("status", (claims[0].id, claims[1].id), "status: this or that"),)
    return Project(
        id=f"p{n:04}",
        title=thing.title,
        type=thing.type,
        claims=claims,
        events=(f"e{n:04}",),
        status=thing.status,
        years=(thing.year,) if thing.year else (),
        places=places,
        actors=(claims[2],),
        conflicts=conflicts if thing.disagree else (),
        geometry=shapes[0] if len(shapes) == 1 else GeometryCollection(shapes) if shapes else None,
        precision=min((at.precision for at in thing.places), default=9),
        confidence=thing.confidence,
    )


def _claim(n: int, key: str, what: str, value: str, document: str, at: At | None = None) -> Claim:
    return Claim(
        id=f"c{n:04}-{key}",
        event=f"e{n:04}",
        property=what,  # type: ignore[arg-type]
        value=value,
        document=document,
        selector=Selector(30 * n, 30 * n + 28, "A sentence that says it all."),
        role=at.role if at else "",
        confidence=0.8,
        lat=at.lat if at else None,
        lon=at.lon if at else None,
        country=at.country if at else "",
        precision=at.precision if at else 9,
        geometry=at.shape if at else None,
        place=f"test:{value}" if at else "",
    )
