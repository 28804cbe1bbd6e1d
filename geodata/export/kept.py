"""What a scene showed, kept whole: its projects as they stood, who told them, and their sentences.

`of_now` takes the state of today's store, `pack` makes it a short text for the journal, `unpack` reads that back.
Only what a slide, a map or a table draws is kept: of a project's claims those that stand and those that disagree, of
a text its bibliographic facts. So a scene that is kept as it was needs nothing of the store any more.
"""

from __future__ import annotations

import base64
import contextlib
import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import lru_cache
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.errors import StoreError
from geodata.evidence import best_first, passages_in
from geodata.export.quotes import copied
from geodata.records import Claim, Conflict, Document, OffsetMap, Page, Project, Quote, Selector
from geodata.store import Store

MOST_PROJECTS = 2_000
"""A scene of more is not kept: a room cannot read it either, and every scene would cost megabytes."""
MOST_QUOTED = 40
"""Up to so many projects keep three sentences each, more of them one."""
LONGEST_WORDS = 240
"""Characters of a claim's own words."""
DECIMALS = 4
"""Of degrees: ten metres."""
_LISTS = ("places", "actors", "dates", "values")


@dataclass(frozen=True, slots=True)
class Kept:
    """The state of a scene."""

    projects: tuple[Project, ...]
    documents: Mapping[str, Document] = field(default_factory=dict)
    """Bibliographic facts by id; their ``text`` is empty."""
    evidence: Mapping[str, tuple[Quote, ...]] = field(default_factory=dict)
    """The best sentences of each project, with all the words that a slide says of them."""
    name: str = ""
    """Tells it from every other state; set once it is read back."""


def of_now(store: Store, projects: Sequence[Project]) -> Kept | None:
    """Return the state of projects today; ``None`` where there are too many to keep."""
    if len(projects) > MOST_PROJECTS:
        return None
    each = 3 if len(projects) <= MOST_QUOTED else 1
    told = {claim.document for project in projects for claim in project.claims}
    known = {document.id: document for document in _texts(store, told)}
    spans = {id_: [(s.start, s.end) for s in store.sentences(id_)] for id_ in known}
    evidence = {project.id: _evidence(project, known, spans, each) for project in projects}
    bare = {
        id_: replace(known[id_], text="", offsets=OffsetMap(), warnings=())
        for id_ in sorted(told & known.keys())
    }
    return Kept(tuple(_lean(project) for project in projects), bare, evidence)


def _texts(store: Store, ids: set[str]) -> Iterator[Document]:
    """Yield texts by their ids: a few one by one, many by going through all of them."""
    if len(ids) > MOST_QUOTED:
        yield from (document for document in store.documents(hidden=True) if document.id in ids)
        return
    for id_ in sorted(ids):
        with contextlib.suppress(StoreError):
            yield store.document(id_)


def _evidence(
    project: Project, documents: Mapping[str, Document], spans: Mapping[str, list[tuple[int, int]]], most: int
) -> tuple[Quote, ...]:
    """Return a project's best sentences; the one that says most comes first."""
    by_document: dict[str, list[Claim]] = {}
    for claim in project.claims:
        if claim.document in documents:
            by_document.setdefault(claim.document, []).append(claim)
    found = [
        passage
        for id_ in sorted(by_document)
        for passage in sorted(
            passages_in(documents[id_], spans[id_], by_document[id_]), key=lambda passage: passage.start
        )
    ]
    return tuple(copied(passage, project) for passage in best_first(found)[:most])


def _lean(project: Project) -> Project:
    """Return a project with the claims that stand, those that disagree, and one of each text."""
    standing = [claim for name in _LISTS for claim in getattr(project, name)]
    disputed = {id_ for conflict in project.conflicts for id_ in conflict.claims}
    kept = {c.id: c for c in [*standing, *(c for c in project.claims if c.id in disputed)]}
    for claim in project.claims:
        if claim.document not in {c.document for c in kept.values()}:
            kept[claim.id] = claim
    lean = {id_: _short(claim, around=id_ in disputed) for id_, claim in kept.items()}

    def those(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return tuple(lean[claim.id] for claim in claims)

    return replace(
        project,
        claims=tuple(lean.values()),
        events=(),
        places=those(project.places),
        actors=those(project.actors),
        dates=those(project.dates),
        values=those(project.values),
    )


def _short(claim: Claim, *, around: bool) -> Claim:
    """Return a claim without what no slide shows; of one that others contradict, with the words around its own."""
    words = claim.selector
    near = (words.prefix, words.suffix) if around else ("", "")
    where = Selector(words.start, words.end, words.exact[:LONGEST_WORDS], *near, words.page)
    return replace(claim, event="", selector=where)


# --- as text ---------------------------------------------------------------------------------------------------


def pack(kept: Kept) -> str:
    """Return a state as text: gzipped JSON in letters; the same state always gives the same text."""
    data = {
        "projects": [_project_fields(project) for project in kept.projects],
        "documents": [_fields(document) for document in kept.documents.values()],
        "evidence": {id_: [_fields(quote) for quote in quotes] for id_, quotes in kept.evidence.items()},
    }
    raw = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return base64.b85encode(gzip.compress(raw.encode("utf-8", "backslashreplace"), 9, mtime=0)).decode()


@lru_cache(maxsize=32)
def unpack(packed: str) -> Kept:
    """Return a state from its text.

    Raises
    ------
    StoreError
        Where it is damaged.
    """
    try:
        data = json.loads(gzip.decompress(base64.b85decode(packed)))
        documents = [_document(found) for found in data["documents"]]
        return Kept(
            tuple(_project(found) for found in data["projects"]),
            {document.id: document for document in documents},
            {id_: tuple(_quote(q) for q in quotes) for id_, quotes in data["evidence"].items()},
        )
    except (ValueError, OSError, KeyError, TypeError, EOFError) as error:
        raise StoreError(
            f"What a scene kept of its projects cannot be read ({error}). Refresh it."
        ) from error


@lru_cache(maxsize=64)
def as_of(packed: str, day: str) -> Kept:
    """Return a state with ids of its own, ``id@day-state``: a file may also hold the same projects as they are now."""
    kept, name = unpack(packed), f"{day}-{hashlib.sha256(packed.encode()).hexdigest()[:16]}"
    mark = f"@{name[:-10]}"
    projects = tuple(replace(project, id=project.id + mark) for project in kept.projects)
    evidence = {id_ + mark: quotes for id_, quotes in kept.evidence.items()}
    return Kept(projects, kept.documents, evidence, name)


def _fields(record: Any, without: Iterable[str] = ()) -> dict[str, Any]:
    """Return a record's fields that differ from their defaults."""
    found = {}
    for f in fields(record):
        value = getattr(record, f.name)
        if f.name in without or (f.default is not MISSING and value == f.default):
            continue
        found[f.name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, BaseGeometry):
        return shapely.to_wkt(value, rounding_precision=DECIMALS, trim=True)
    if hasattr(value, "__dataclass_fields__"):
        return _fields(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return round(value, 6) if isinstance(value, float) else value


def _project_fields(project: Project) -> dict[str, Any]:
    found = _fields(project, without=_LISTS)
    numbers = {claim.id: n for n, claim in enumerate(project.claims)}
    found.update({name: [numbers[c.id] for c in getattr(project, name)] for name in _LISTS})
    return found


def _made[T](kind: type[T], found: Mapping[str, Any], **own: Any) -> T:
    """Return a record of fields that are known; lists become tuples."""
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    plain = {k: tuple(v) if isinstance(v, list) else v for k, v in found.items() if k in known}
    return kind(**{**plain, **own})


def _project(found: Mapping[str, Any]) -> Project:
    claims = tuple(_claim(claim) for claim in found["claims"])
    lists = {name: tuple(claims[n] for n in found[name]) for name in _LISTS}
    conflicts = tuple(
        Conflict(c["property"], tuple(c["claims"]), c.get("summary", "")) for c in found.get("conflicts", ())
    )
    return _made(Project, found, claims=claims, conflicts=conflicts, geometry=_shape(found), **lists)


def _claim(found: Mapping[str, Any]) -> Claim:
    return _made(Claim, found, selector=_made(Selector, found["selector"]), geometry=_shape(found))


def _shape(found: Mapping[str, Any]) -> BaseGeometry | None:
    words = found.get("geometry")
    return shapely.from_wkt(words) if words else None


def _document(found: Mapping[str, Any]) -> Document:
    return _made(Document, found, pages=tuple(_made(Page, page) for page in found.get("pages", ())))


def _quote(found: Mapping[str, Any]) -> Quote:
    parts = tuple((str(words), bool(marked)) for words, marked in found.get("parts", ()))
    return _made(Quote, found, parts=parts)
