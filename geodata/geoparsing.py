"""From text to placed names, without a store: for the command line, for Python and for scorers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from spacy.tokens import Doc

from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.language import open_model, parse
from geodata.records import Toponym
from geodata.resolution import resolve
from geodata.toponyms import find_toponyms, spoken_of

__all__ = ["geoparse", "geoparse_doc", "geoparse_records", "geoparse_rows", "toponym_json"]

AT_ONCE = 32
"""Texts parsed in one go: twice as quick as one by one for short ones."""


def geoparse(text: str) -> list[Toponym]:
    """Return the names of places in a text, resolved, in order, of every kind.

    >>> [t.surface for t in geoparse("Drills moved from Gilgit-Baltistan to Cherat.")]
    ['Gilgit-Baltistan', 'Cherat']
    """
    return list(geoparse_doc(parse(open_model(), text), open_gazetteer()))


def geoparse_doc(doc: Doc, gaz: Gazetteer, *, document: str = "") -> tuple[Toponym, ...]:
    """Return the resolved toponyms of a parsed text, of every kind."""
    return resolve(find_toponyms(doc, gaz, document=document), doc, gaz)


def geoparse_rows(
    rows: Iterable[Mapping[str, Any]], *, spans_given: bool = False
) -> Iterator[tuple[Mapping[str, Any], tuple[Toponym, ...]]]:
    """Yield each row with its toponyms.

    Parameters
    ----------
    rows
        ``{"id", "text"}``; with ``spans_given`` also ``"toponyms": [{"start", "end"}]``.
    spans_given
        Resolve exactly the spans given, in their order; what Dateline finds beside them serves as context only.
        Without, the places that the text speaks of: literal ones, governments named by their place, and places
        inside longer names where the text is about them too ("Kohat police"); peoples ("Russian") are nowhere.
    """
    nlp, gaz = open_model(), open_gazetteer()
    pairs = ((row["text"], row) for row in rows)
    for doc, row in nlp.pipe(pairs, as_tuples=True, batch_size=AT_ONCE):
        yield row, place_names(doc, row, gaz, spans_given=spans_given)


def geoparse_records(lines: Iterable[str], spans: bool = False) -> Iterator[dict[str, Any]]:
    """Yield, for each JSON line, the object that ``dateline geoparse --jsonl`` prints.

    Raises ValueError where a line is no JSON.
    """
    rows = (json.loads(line) for line in lines if line.strip())
    for row, placed in geoparse_rows(rows, spans_given=spans):
        yield {"id": row["id"], "toponyms": [toponym_json(t) for t in placed]}


def place_names(
    doc: Doc, row: Mapping[str, Any], gaz: Gazetteer, *, spans_given: bool = False
) -> tuple[Toponym, ...]:
    """Return the toponyms of one parsed row, as ``geoparse_rows`` yields them."""
    name = str(row["id"])
    found = find_toponyms(doc, gaz, document=name)
    if not spans_given:
        return tuple(t for t, f in zip(resolve(found, doc, gaz), found, strict=True) if spoken_of(f))
    given = [
        Toponym(name, span["start"], span["end"], row["text"][span["start"] : span["end"]])
        for span in row.get("toponyms", ())
    ]
    return resolve(given, doc, gaz, spans_given=True, context=found)


def toponym_json(toponym: Toponym) -> dict[str, Any]:
    """Return a toponym as ``dateline geoparse --jsonl`` prints it."""
    place = toponym.place
    return {
        "start": toponym.start,
        "end": toponym.end,
        "text": toponym.surface,
        "kind": toponym.kind,
        "lat": toponym.lat,
        "lon": toponym.lon,
        "place": place.id if place is not None else None,
        "name": place.name if place is not None else None,
        "country": place.country if place is not None else None,
        "feature": f"{place.feature_class}.{place.feature_code}" if place is not None else None,
        "precision": toponym.precision,
        "confidence": round(toponym.confidence, 3),
        "candidates": len(toponym.candidates),
    }
