"""From text to placed names, in one call or for a file of texts: recognise, then resolve."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import tee
from typing import Any

from spacy.tokens import Doc

from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.language import open_model, parse
from geodata.records import Toponym
from geodata.resolution import resolve
from geodata.toponyms import find_toponyms

__all__ = ["geoparse", "geoparse_doc", "geoparse_records"]

LEAST_EMBEDDED = 0.5
"""Probability from which a place inside a longer name is printed: the text then speaks of the place too."""
BATCH = 32
"""Texts parsed at once."""


def geoparse(text: str) -> list[Toponym]:
    """Return the names of places in a text, resolved, in order.

    >>> [t.surface for t in geoparse("Drills moved from Gilgit-Baltistan to Cherat.")]
    ['Gilgit-Baltistan', 'Cherat']
    """
    return list(geoparse_doc(parse(open_model(), text), open_gazetteer()))


def geoparse_doc(doc: Doc, gaz: Gazetteer, *, document: str = "") -> tuple[Toponym, ...]:
    """Return the resolved toponyms of a parsed text, of every kind."""
    return resolve(find_toponyms(doc, gaz, document=document), doc, gaz)


def geoparse_records(lines: Iterable[str], spans: bool = False) -> Iterator[dict[str, Any]]:
    """Yield an object for each JSON line: its id and the toponyms of its text.

    With ``spans`` exactly the spans that the line gives come back, in its order, ``lat``/``lon`` null where Dateline
    abstains. Without, it is what Dateline finds: places, governments named by their place, and places inside longer
    names where the text speaks of them; peoples ("Russian") are left out, for they are nowhere.
    Raises ValueError, naming the line, where one is not such an object.
    """
    gaz, nlp = open_gazetteer(), open_model()
    rows, again = tee(_row(line, number) for number, line in enumerate(lines, 1) if line.strip())
    for row, doc in zip(rows, nlp.pipe((r["text"] for r in again), batch_size=BATCH), strict=True):
        given = _given(row, doc) if spans else ()
        found = find_toponyms(doc, gaz, document=str(row["id"]))
        if spans:
            placed = resolve(given, doc, gaz, spans_given=True, context=found)
        else:
            every = resolve(found, doc, gaz)
            placed = tuple(t for t, f in zip(every, found, strict=True) if _printed(f))
        yield {"id": row["id"], "toponyms": [as_record(t) for t in placed]}


def _row(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ValueError(f"line {number}: not JSON ({error})") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
        raise ValueError(f'line {number}: no object with "id" and "text"')
    return row


def _given(row: dict[str, Any], doc: Doc) -> tuple[Toponym, ...]:
    out = []
    for span in row.get("toponyms", ()):
        start, end = int(span["start"]), int(span["end"])
        out.append(Toponym(str(row["id"]), start, end, doc.text[start:end]))
    return tuple(out)


def _printed(found: Toponym) -> bool:
    if found.kind == "embedded":
        return found.confidence >= LEAST_EMBEDDED
    return found.kind != "demonym"


def as_record(toponym: Toponym) -> dict[str, Any]:
    """Return a toponym as the object that ``dateline geoparse --jsonl`` prints."""
    place = toponym.place
    return {
        "start": toponym.start,
        "end": toponym.end,
        "text": toponym.surface,
        "lat": toponym.lat,
        "lon": toponym.lon,
        "place": place.id if place else None,
        "name": place.name if place else None,
        "country": place.country if place else None,
        "feature": place.feature_code if place else None,
        "precision": toponym.precision,
        "confidence": toponym.confidence,
        "kind": toponym.kind,
        "candidates": len(toponym.candidates),
    }
