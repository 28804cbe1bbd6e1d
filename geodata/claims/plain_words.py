"""Works told by a plain word, whose kind the text has told before: "the far larger Mong Ton project".

A survey of dams or ports names its kind once and then goes on in plain words, each with a name or a spot of its own:
"an expansion at Tema", "another greenfield site at Banana", "the 140 kilometres from Khaf to Herat". What is dated,
priced or said to be built or stopped is of the kind told last in its paragraph, else of the kind that the text tells
most of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from geodata.claims.context import ReadText
from geodata.claims.mentions import TriggerMention, Vocabulary
from geodata.claims.naming import determined
from geodata.claims.sameness import own_places
from geodata.claims.works import works

SPOTS = frozenset({"at", "in", "near", "on", "from", "between", "outside", "off"})
"""Prepositions that put a thing at a spot of its own."""
MEASURES = frozenset({"kilometre", "kilometer", "mile"})
"""Plain words that no thing is called by: "the 140 kilometres from Khaf" need no line told before."""
SURE = 0.85
"""Confidence from which an actor is one, and no place."""
MOST = 0.6
"""Share of the things built from which a text is of one kind."""
SEVERAL = 4
"""Things of different names or spots from which a text is a survey."""
LEAST = 2
"""Things of one kind from which a text is about that kind."""


def with_plain_words(
    reading: ReadText, found: Sequence[TriggerMention], vocabulary: Vocabulary
) -> tuple[TriggerMention, ...]:
    """Add to the triggers of a text the plain words that stand for things of a kind told before."""
    built = [m for m in found if vocabulary.types[m.type].kind == "built" and not m.weak]
    counts = Counter(m.type for m in built)
    if not counts or max(counts.values()) < LEAST or _things(reading, built) < SEVERAL:
        return tuple(found)
    taken: dict[int, list[TriggerMention]] = {}
    for mention in found:
        taken.setdefault(mention.sentence, []).append(mention)
    added = []
    for s, sentence in enumerate(reading.sentences):
        if not (reading.dates[s] or reading.values[s] or reading.statuses[s]):
            continue
        for token in sentence:
            types = works().plain.get(token.lemma_.lower())
            if token.pos_ != "NOUN" or types is None or not _of_its_own(reading, s, token):
                continue
            if any(m.token.i in _phrase(token) or token.i in _phrase(m.token) for m in taken.get(s, ())):
                continue
            type = _kind(reading, s, types, built, counts)
            if type:
                added.append(_mention(reading, vocabulary, s, token, type))
    return tuple(sorted([*found, *added], key=lambda m: m.start))


def _things(reading: ReadText, built: Sequence[TriggerMention]) -> int:
    """Return how many things of different names or spots a text surely tells of."""
    return len({m.name or places[0].surface for m in built if m.name or (places := own_places(reading, m))})


def _phrase(token: Token) -> range:
    return range(token.left_edge.i, token.i + 1)


def _name_of(token: Token) -> list[Token]:
    return [
        c
        for c in token.lefts
        if c.dep_ in ("compound", "nmod") and c.pos_ == "PROPN" and c.ent_type_ != "NORP"
    ]


def _spots_of(token: Token) -> Iterable[Token]:
    return (
        name
        for prep in token.rights
        if prep.dep_ == "prep" and prep.lower_ in SPOTS
        for name in prep.children
        if name.dep_ == "pobj" and name.pos_ == "PROPN" and name.ent_type_ not in ("DATE", "NORP", "MONEY")
    )


def _of_its_own(reading: ReadText, s: int, token: Token) -> bool:
    """Tell a plain word with a name or a spot of its own: "the line, from Kashgar to Andijan" is the one before."""
    back = token.lemma_.lower() not in MEASURES and determined(token, token.i)[0] in (
        "definite",
        "demonstrative",
    )
    if back and not _name_of(token) and any(prep.lower_ in ("from", "between") for prep in token.rights):
        return False
    return bool(_name_of(token)) or any(not _somebody(reading, s, name) for name in _spots_of(token))


def _somebody(reading: ReadText, s: int, name: Token) -> bool:
    """Tell a name that is surely an actor's or a whole country's."""
    if any(a.start <= name.idx < a.end and a.confidence >= SURE for a in reading.actors[s]):
        return True
    return any(
        t.start <= name.idx < t.end and t.place is not None and t.place.feature_code.startswith("PCL")
        for t in reading.toponyms[s]
    )


def _kind(
    reading: ReadText,
    s: int,
    types: frozenset[str],
    built: Sequence[TriggerMention],
    counts: Counter[str],
) -> str:
    """Return the kind of most of what the text tells, else that told last in the paragraph, else told most."""
    for type, n in counts.most_common(1):
        if n >= MOST * counts.total() and (not types or type in types):
            return type
    before = [m for m in built if m.sentence in reading.around(s) and m.sentence < s]
    for mention in reversed(before):
        if not types or mention.type in types:
            return mention.type
    fitting = {t: n for t, n in counts.items() if not types or t in types}
    if not fitting:
        return ""
    best = max(fitting, key=lambda t: (fitting[t], t))
    return best if fitting[best] >= max(LEAST, counts.total() / 3) else ""


def _mention(reading: ReadText, vocabulary: Vocabulary, s: int, token: Token, type: str) -> TriggerMention:
    definite, another = determined(token, token.i)
    return TriggerMention(
        token.idx,
        token.idx + len(token.text),
        type,
        vocabulary.types[type].group,
        token,
        s,
        token.lemma_.lower(),
        False,
        False,
        False,
        definite,
        another,
        token.tag_ in ("NNS", "NNPS"),
        " ".join(t.lower_ for t in _name_of(token)),
    )


__all__ = ["with_plain_words"]
