"""Things that a text names by nothing but their name: "Gibe III has been in operation since December 2016".

What such a thing is, the gazetteer knows (a dam, a naval base), or the unit tells that it is measured in, or the
things do that the text speaks of around it. It must be said to be built, run, stopped or held.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Span, Token

from geodata.claims.actors import Gazetteer
from geodata.claims.context import ReadText, distance
from geodata.claims.mentions import TriggerMention, Vocabulary
from geodata.claims.telling import stands
from geodata.claims.word_lists import word_list
from geodata.claims.words import Words, words_of
from geodata.claims.works import works

NO_WORKS = frozenset({"Operation", "President", "Prime", "Minister", "General", "King", "Queen", "Mr", "Mrs"})
"""First words of names that are no works."""
RUNNING = word_list("running")
HOLDING = word_list("holding")
COUNTED = word_list("counted")
OWNED = frozenset({"run", "operate", "own", "build", "finance", "fund"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj"})
PLANS = word_list("plans")
NUMERAL = re.compile(r"[IVX]+|\d{1,2}")
NEAR = 5.0
"""Edges between a name and the words that tell its status."""
LIFE = frozenset({"under_construction", "delayed", "stalled", "operating", "completed", "cancelled"})
SHARE = 0.5
"""Share of the built things of a text that are of the type which its nameless things take."""
SURE = 0.8
"""Confidence from which an actor is one, and no thing."""


def with_known_names(
    reading: ReadText, found: Sequence[TriggerMention], vocabulary: Vocabulary, gaz: Gazetteer | None
) -> tuple[TriggerMention, ...]:
    """Add to the triggers of a text the names that stand for things by themselves."""
    rows: dict[int, list[TriggerMention]] = {}
    for mention in found:
        rows.setdefault(mention.sentence, []).append(mention)
    counts = _counts(rows, vocabulary)
    added: list[TriggerMention] = []
    for s, sentence in enumerate(reading.sentences):
        for span in proper_runs(sentence):
            if any(m.start < span.end_char and span.start_char < m.end + 1 for m in rows.get(s, ())):
                continue
            type = _series(span) or _type(reading, s, span, rows, counts, vocabulary, gaz)
            if type in vocabulary.types:
                added.append(_mention(reading, vocabulary, s, span, type))
    return tuple(sorted([*found, *added], key=lambda m: m.start))


def proper_runs(sentence: Span) -> Iterator[Span]:
    """Yield the runs of proper nouns of a sentence, with the numerals in them."""
    doc, end = sentence.doc, sentence.end
    words = words_of(doc)
    i = sentence.start
    while i < end:
        j = i
        while j < end and (
            words.pos[j] == "PROPN"
            or _strange(doc, words, j)
            or (j > i and (NUMERAL.fullmatch(words.texts[j]) or words.texts[j] in "-–"))
        ):
            j += 1
        while j > i and doc[j - 1].is_punct:
            j -= 1
        if j > i and words.texts[i][0].isupper():
            yield doc[i:j]
        i = max(j, i + 1)


def _strange(doc: Doc, words: Words, i: int) -> bool:
    """Tell a capitalised word that the model has never seen ("Zohr") or that a numeral follows ("Gibe III")."""
    text = words.texts[i]
    if not text[:1].isupper() or not text.isalpha() or len(text) < 3:
        return False
    after = words.texts[min(i + 1, len(words.texts) - 1)]
    numbered = re.fullmatch(r"[IVX]{1,4}", after) is not None
    return numbered or (words.pos[i] == "NOUN" and doc.vocab[words.lower[i]].is_oov)


def _series(span: Span) -> str:
    """Return the type of a name that comes again and again: "Cobra Gold", "Mosi II"."""
    words = [t.text for t in span]
    while words and NUMERAL.fullmatch(words[-1]):
        words.pop()
    known = works().series.get(words[-1], ()) if words else ()
    name = " " + " ".join(words)
    return next((type for ending, type in known if name.endswith(f" {ending}")), "")


def _type(
    reading: ReadText,
    s: int,
    span: Span,
    rows: Mapping[int, Sequence[TriggerMention]],
    counts: Counter[str],
    vocabulary: Vocabulary,
    gaz: Gazetteer | None,
) -> str:
    if span[0].text in NO_WORKS:
        return ""
    head = span.root
    while head.dep_ in ("conj", "appos") and head.head.pos_ == "PROPN":
        head = head.head
    if head.dep_ == "pobj" and head.head.head.lemma_.lower() in PLANS:
        head = head.head.head  # "the plans for Kajbar were given up"
    if head.dep_ not in ARGUMENTS or _acts(head) or any(stands(m) for m in rows.get(s, ())):
        return ""
    told = [m for m in reading.statuses[s] if _tells(reading, m.start, m.end, head)]
    if any(m.status == "held" for m in told):
        type = _held(reading, s, head, rows)
        if type:
            return "" if _somebody(reading, s, span) else type
    if _somebody(reading, s, span):
        return ""
    if not (any(m.status in LIFE for m in told) or _runs(reading, s, span, head)):
        return _by_deed(reading, s, head) if head.dep_ in SUBJECTS and reading.dates[s] else ""
    return (
        _feature(span, gaz)
        or _measured(reading, s, counts)
        or _around(reading, s, rows, counts, vocabulary)
        or (_by_deed(reading, s, head) if head.dep_ in SUBJECTS else "")
    )


def _runs(reading: ReadText, s: int, span: Span, head: Token) -> bool:
    """Tell a works by its number or its owner: "Nam Theun 2 has sold power", "Idku, run by Shell, never stopped"."""
    if head.dep_ not in SUBJECTS:
        return False
    owned = any(c.dep_ == "acl" and c.lemma_.lower() in OWNED for c in head.children)
    numbered = len(span) > 1 and NUMERAL.fullmatch(span[-1].text) and span[0].text not in COUNTED
    return owned or (bool(numbered) and bool(reading.dates[s]))


def _acts(head: Token) -> bool:
    """Tell who does something to a thing from the thing: "Sall inaugurated it" from "Kribi handled 500 ships"."""
    verb = head.head
    return (
        head.dep_ == "nsubj"
        and any(c.dep_ == "dobj" for c in verb.children)
        and verb.lemma_.lower() not in RUNNING
    )


def _tells(reading: ReadText, start: int, end: int, head: Token) -> bool:
    root = reading.root_of(start, end)
    return root is not None and distance(root, head) <= NEAR


def _somebody(reading: ReadText, s: int, span: Span) -> bool:
    """Tell a name of an actor, a country, a capital or a people."""
    if any(
        a.start < span.end_char and span.start_char < a.end and (a.confidence >= SURE or a.kind == "state")
        for a in reading.actors[s]
    ):
        return True
    return any(
        t.start < span.end_char
        and span.start_char < t.end
        and (
            t.kind == "demonym"
            or (t.place is not None and t.place.feature_code.startswith(("PCL", "ADM1", "PPLC")))
        )
        for t in reading.toponyms[s]
    )


def _held(reading: ReadText, s: int, head: Token, rows: Mapping[int, Sequence[TriggerMention]]) -> str:
    """Return the type of what was held, by the words beside it, or by what was held before in the paragraph."""
    if head.dep_ == "dobj" and head.head.lemma_.lower() not in HOLDING:
        return ""
    lemmas = {t.lemma_.lower() for t in reading.sentences[s]}
    for type, words in works().happening.items():
        before = any(
            m.type == type for i in (s - 2, s - 1) for m in rows.get(i, ()) if _beside(reading, i, s)
        )
        if lemmas & words or before:
            return type
    return ""


def _beside(reading: ReadText, a: int, b: int) -> bool:
    return 0 <= a < len(reading.paragraphs) and reading.paragraphs[a] == reading.paragraphs[b]


def _by_deed(reading: ReadText, s: int, head: Token) -> str:
    """Return the type that is found, drilled or shipped from: "Zohr, found by Eni in 2015, … 40 percent of the gas"."""
    if head.dep_ == "nsubj":  # what is done to it or by it, not by others beside it
        lemmas = {t.lemma_.lower() for t in (head.head, *head.children) if t.pos_ == "VERB"}
    else:
        lemmas = {t.lemma_.lower() for t in reading.sentences[s]}
    around = {t.lemma_.lower() for i in reading.around(s) for t in reading.sentences[i]}
    for type, (deeds, topics) in works().deeds.items():
        if lemmas & deeds and around & topics:
            return type
    return ""


def _feature(span: Span, gaz: Gazetteer | None) -> str:
    """Return the type of works that the gazetteer knows by a name, if no town bears it."""
    if gaz is None:
        return ""
    first = " ".join(t.text for t in span if not NUMERAL.fullmatch(t.text))
    for name in dict.fromkeys((span.text, first)):
        for match in gaz.lookup(name)[:1]:
            if match.kind != "spelling":
                return works().features.get(match.place.feature_code, "")
    return ""


def _measured(reading: ReadText, s: int, known: Counter[str]) -> str:
    """Return the type that goes with the unit of a measure in the sentence, or in the next one ("It has 1,870 MW")."""
    after = (
        [s + 1] if s + 1 < len(reading.sentences) and reading.sentences[s + 1].text.startswith("It") else []
    )
    for value in (v for i in (s, *after) for v in reading.values[i] if v.kind == "measure"):
        types = works().units.get(value.unit, ())
        if types:
            return max(types, key=lambda t: (known[t], -types.index(t)))
    return ""


def _around(
    reading: ReadText,
    s: int,
    rows: Mapping[int, Sequence[TriggerMention]],
    counts: Counter[str],
    vocabulary: Vocabulary,
) -> str:
    """Return the type of the thing named last in the paragraph, if it is built, else of most things in the text."""
    for i in range(s - 1, reading.around(s).start - 1, -1):
        built = [m for m in rows.get(i, ()) if not m.weak and vocabulary.types[m.type].kind == "built"]
        if built:
            return built[-1].type
    type, n = max(counts.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return type if n >= 2 and n >= SHARE * counts.total() else ""


def _counts(rows: Mapping[int, Sequence[TriggerMention]], vocabulary: Vocabulary) -> Counter[str]:
    return Counter(
        m.type
        for row in rows.values()
        for m in row
        if vocabulary.types[m.type].kind == "built" and not m.weak
    )


def _mention(reading: ReadText, vocabulary: Vocabulary, s: int, span: Span, type: str) -> TriggerMention:
    return TriggerMention(
        span.start_char,
        span.end_char,
        type,
        vocabulary.types[type].group,
        span.root,
        s,
        span.text.lower(),
        False,
        False,
        False,
        "definite",
        False,
        False,
        span.text.lower(),
    )


__all__ = ["proper_runs", "with_known_names"]
