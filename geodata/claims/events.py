"""Events of a text: every telling of a project, with all that is claimed of it.

Triggers of the vocabulary are found, mentions of one thing are joined, facts go to the thing that they are about,
and what has too little to stand on is dropped: a visit or an agreement in passing is no event.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from geodata.claims.actors import Gazetteer
from geodata.claims.assemble import assemble
from geodata.claims.context import read_context
from geodata.claims.mentions import Vocabulary
from geodata.claims.sharing import Sentences
from geodata.claims.support import supported
from geodata.claims.tellings import find_tellings
from geodata.claims.triggers import find_triggers
from geodata.records import Document, Event, Relation, Toponym


def find_events(
    doc: Doc,
    document: Document,
    toponyms: Sequence[Toponym],
    relations: Sequence[Relation],
    vocabulary: Vocabulary,
    gaz: Gazetteer | None,
) -> tuple[Event, ...]:
    """Return the events that a text tells, in order.

    ``doc`` is the parse of ``document.text``, so that every offset is a character of that text. ``toponyms`` are
    resolved; ``relations`` point into them.
    """
    reading = read_context(doc, document, toponyms, relations, vocabulary, gaz)
    tellings = find_tellings(reading, find_triggers(reading, vocabulary), vocabulary)
    sentences = Sentences(reading, tellings)
    first = [assemble(reading, sentences, telling, vocabulary, gaz) for telling in tellings]
    kept = [telling for telling, event in zip(tellings, first, strict=True) if supported(event, telling)]
    if len(kept) == len(tellings):
        return tuple(first)
    sentences = Sentences(reading, kept)  # what the others took of a sentence goes to those that stand
    return tuple(assemble(reading, sentences, telling, vocabulary, gaz) for telling in kept)
