"""The real model and gazetteer, opened once, behind three short verbs."""

from __future__ import annotations

from spacy.tokens import Doc

from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.geoparsing import geoparse_doc
from geodata.language import open_model, parse
from geodata.records import Relation, Toponym
from geodata.relations import find_relations


def gazetteer() -> Gazetteer:
    return open_gazetteer()


def read(text: str) -> Doc:
    return parse(open_model(), text)


def placed(text: str) -> dict[str, Toponym]:
    """Surface → resolved toponym (the last of that surface)."""
    return {t.surface: t for t in geoparse_doc(read(text), gazetteer())}


def relations(text: str) -> tuple[tuple[Toponym, ...], tuple[Relation, ...]]:
    """Toponyms and relations of a text."""
    doc = read(text)
    toponyms = geoparse_doc(doc, gazetteer())
    return toponyms, find_relations(doc, toponyms)
