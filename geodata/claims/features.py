"""Named features of a mention: what governs it, what stands around it. The role models weigh them.

A feature's name can be read ("governed:fund|agent", "before:completed"), so that a decision can be explained.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

from spacy.tokens import Doc, Span

from geodata.claims.actor_names import fold
from geodata.claims.actors import ActorMention
from geodata.claims.dates import DateMention
from geodata.claims.modality import modality_of_token
from geodata.claims.words import words_of

CLIMB = 6
"""How far up the tree the governing verb is looked for."""
WINDOW = 6
"""How many words on each side count as near."""

Features = dict[str, float]


def date_features(mention: DateMention, doc: Doc, dates: tuple[DateMention, ...]) -> Features:
    """Return the features of a date; ``dates`` are all of the document's."""
    features = _context(doc, mention.start, mention.end)
    features[f"rule:{mention.rule}"] = 1.0
    features[f"hint:{mention.role_hint or 'none'}"] = 1.0
    years = [date.years[0] for date in dates if date.years]
    if mention.years:
        year = mention.years[0]
        features["first-date"] = float(bool(dates) and dates[0].start == mention.start)
        features["last-date"] = float(bool(dates) and dates[-1].start == mention.start)
        features["earliest-year"] = float(year == min(years))
        features["latest-year"] = float(year == max(years))
        features["only-year"] = float(len(set(years)) == 1)
        features["year-repeats"] = float(years.count(year) > 1)
    return {name: value for name, value in features.items() if value}


def actor_features(mention: ActorMention, doc: Doc, actors: tuple[ActorMention, ...]) -> Features:
    """Return the features of an actor mention; ``actors`` are all of the document's."""
    features = _context(doc, mention.start, mention.end)
    features[f"kind:{mention.kind}"] = 1.0
    features[f"rule:{mention.rule}"] = 1.0
    features[f"foreign:{mention.country or 'unknown'}"] = 0.0
    for word in fold(mention.name).split():
        features[f"name:{word}"] = 1.0
    same = [a for a in actors if a.name == mention.name]
    features["mentioned-again"] = float(len(same) > 1)
    others = {a.name for a in actors if a.kind in ("company", "organisation")}
    features["only-organisation"] = float(len(others) == 1)
    return {name: value for name, value in features.items() if value}


def _context(doc: Doc, start: int, end: int) -> Features:
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return {}
    features: Features = {}
    _governors(span, features)
    _neighbours(span, features)
    sentence = span.sent
    index = sum(start < sentence.start for start in _first_sentences(doc))
    features[f"sentence:{index}"] = 1.0
    for i, name in _said_in(doc, sentence.start, sentence.end):
        if not span.start <= i < span.end:
            features[name] = 1.0
    return features


@lru_cache(maxsize=2)
def _first_sentences(doc: Doc) -> tuple[int, ...]:
    """Return where the first sentences of a text start; what comes after them is all the same."""
    return tuple(s.start for s in islice(doc.sents, 4))


@lru_cache(maxsize=64)
def _said_in(doc: Doc, start: int, end: int) -> tuple[tuple[int, str], ...]:
    """Return the verbs and nouns of a sentence as features; every mention in it asks for them."""
    words = words_of(doc)
    return tuple(
        (i, f"sentence-has:{words.lemmas[i]}") for i in range(start, end) if words.pos[i] in ("VERB", "NOUN")
    )


def _governors(span: Span, features: Features) -> None:
    words, i = words_of(span.doc), span.root.i
    path = words.deps[i]
    for _ in range(CLIMB):
        head = words.heads[i]
        if head == i:
            break
        kind, lemma = words.pos[head], words.lemmas[head]
        if kind == "ADP":
            path = words.lower[head]
        elif kind in ("NOUN", "PROPN"):
            features.setdefault(f"noun:{lemma}|{path}", 1.0)
            path = words.deps[head]
        elif kind in ("VERB", "AUX"):
            features[f"governed:{lemma}|{path}"] = 1.0
            features[f"verb:{lemma}"] = 1.0
            features[f"verb-modality:{modality_of_token(span.doc[head])}"] = 1.0
            for child in words.children[head]:
                dep = words.deps[child]
                if dep == "nsubjpass":
                    features["passive"] = 1.0
                if dep in ("nsubj", "nsubjpass", "dobj") and not span.start <= child < span.end:
                    features[f"verb-{dep}:{words.lemmas[child]}"] = 1.0
            break
        i = head


def _neighbours(span: Span, features: Features) -> None:
    words, sentence = words_of(span.doc), span.sent
    for i in range(max(sentence.start, span.start - WINDOW), span.start):
        if words.texts[i].isalpha():
            features[f"before:{words.lemmas[i]}"] = 1.0
    for i in range(span.end, min(sentence.end, span.end + WINDOW)):
        if words.texts[i].isalpha():
            features[f"after:{words.lemmas[i]}"] = 1.0
    if span.start > sentence.start:
        features[f"just-before:{words.lower[span.start - 1]}"] = 1.0
    if span.end < sentence.end:
        features[f"just-after:{words.lower[span.end]}"] = 1.0
