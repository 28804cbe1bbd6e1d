"""Events of a text: every telling of a project, with all that is claimed of it.

Triggers of the vocabulary are found, mentions of one thing are joined, facts go to the thing that they are about,
and what has too little to stand on is kept apart: a visit or an agreement in passing is no project, but evidence for
one that stands by other words.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from geodata.claims.actors import Gazetteer
from geodata.claims.assemble import assemble
from geodata.claims.context import read_context
from geodata.claims.known_names import with_known_names
from geodata.claims.mentions import Vocabulary
from geodata.claims.plain_words import with_plain_words
from geodata.claims.sharing import Sentences
from geodata.claims.support import in_passing, supported
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
    """Return the events that a text tells, in order of their first words, those in passing among them.

    ``doc`` is the parse of ``document.text``, so that every offset is a character of that text. ``toponyms`` are
    resolved; ``relations`` point into them.
    """
    reading = read_context(doc, document, toponyms, relations, vocabulary, gaz)
    mentions = with_plain_words(reading, find_triggers(reading, vocabulary), vocabulary)
    mentions = with_known_names(reading, mentions, vocabulary, gaz)
    tellings = find_tellings(reading, mentions, vocabulary)
    sentences = Sentences(reading, tellings)
    first = [assemble(reading, sentences, telling, vocabulary, gaz) for telling in tellings]
    stands = [supported(event, telling) for event, telling in zip(first, tellings, strict=True)]
    if all(stands):
        return tuple(first)
    kept = [telling for telling, stand in zip(tellings, stands, strict=True) if stand]
    beside = {
        s for telling, stand in zip(tellings, stands, strict=True) if not stand for s in telling.sentences
    }
    sentences = Sentences(reading, kept)  # what the others took of a sentence goes to those that stand
    found = (
        in_passing(event, telling)
        if not stand
        else event
        if beside.isdisjoint(telling.sentences)
        else assemble(reading, sentences, telling, vocabulary, gaz)
        for event, telling, stand in zip(first, tellings, stands, strict=True)
    )
    return tuple(event for event in found if event is not None)
