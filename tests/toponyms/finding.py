"""The real model and gazetteer, opened once, behind three short verbs."""

from __future__ import annotations

from spacy.tokens import Doc

from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.language import open_model, parse
from geodata.records import Toponym
from geodata.toponyms import find_toponyms


def gazetteer() -> Gazetteer:
    return open_gazetteer()


def read(text: str) -> Doc:
    return parse(open_model(), text)


def find(text: str) -> dict[str, Toponym]:
    """Surface → toponym (the last of that surface)."""
    return {t.surface: t for t in find_toponyms(read(text), gazetteer())}
