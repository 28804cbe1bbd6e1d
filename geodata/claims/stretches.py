"""Where a paragraph turns from one thing to the next: stretches of sentences that are read by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Span

from geodata.claims.context import NEIGHBOURS, ReadText, Spanned
from geodata.claims.mentions import TriggerMention, Vocabulary, made
from geodata.claims.sameness import conflicts, fine, other_thing, own_places
from geodata.claims.telling import Telling, points_back, related_to, stands, start_telling

SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def stretches(
    reading: ReadText, by_sentence: Mapping[int, Sequence[TriggerMention]], vocabulary: Vocabulary
) -> Iterator[list[int]]:
    """Yield the sentences of each paragraph, parted where it turns to another thing or another country."""
    current: list[int] = []
    for s, paragraph in enumerate(reading.paragraphs):
        new = bool(current) and paragraph != reading.paragraphs[current[-1]]
        if new or (current and _turns(reading, s, current[-NEIGHBOURS:], by_sentence, vocabulary)):
            yield current
            current = []
        current.append(s)
    if current:
        yield current


def _turns(
    reading: ReadText,
    s: int,
    before: Sequence[int],
    by_sentence: Mapping[int, Sequence[TriggerMention]],
    vocabulary: Vocabulary,
) -> bool:
    """Tell whether a sentence leaves what the sentences before it told of."""
    told = [m for b in before for m in by_sentence.get(b, ()) if not m.generic]
    here = [m for m in by_sentence.get(s, ()) if not m.generic]
    if any(_again(reading, m, told, vocabulary) for m in here):
        return False
    if any(_of_its_own(reading, m, before, told, vocabulary) for m in here):
        return True
    return _elsewhere(reading, s, before)


def _again(
    reading: ReadText, mention: TriggerMention, told: Sequence[TriggerMention], vocabulary: Vocabulary
) -> bool:
    """Tell a mention of what was told of before: of its type, and neither another one nor elsewhere."""
    return not mention.another and any(
        related_to(mention, m, vocabulary) and not _differs(reading, mention, start_telling(m, vocabulary))
        for m in told
    )


def _differs(reading: ReadText, mention: TriggerMention, telling: Telling) -> bool:
    return conflicts(reading, mention, telling) or other_thing(reading, mention, telling)


def _of_its_own(
    reading: ReadText,
    mention: TriggerMention,
    before: Sequence[int],
    told: Sequence[TriggerMention],
    vocabulary: Vocabulary,
) -> bool:
    """Tell a thing that bears a name or lies at a place, which none of those before it does."""
    if vocabulary.types[mention.type].kind != "built" or mention.weak or _only_beside(mention):
        return False
    if _set_apart(reading, mention, before, told, vocabulary):
        return True
    if not (made(mention) or _dated(reading, mention.sentence)):
        return False
    places = {p.surface for p in own_places(reading, mention)}
    if not any(stands(m) for m in told):
        # "The new quay at Tema … went into service in 2019. … Keta, where a port has been promised since 2016"
        earlier = {t.surface for b in before if _dated(reading, b) for t in reading.toponyms[b] if fine(t)}
        return (
            not told
            and mention.definite == "indefinite"
            and bool(places and earlier)
            and not places & earlier
        )
    earlier = {p.surface for m in told for p in own_places(reading, m)}
    names = {word for m in told for word in m.name.split()}
    own = set(mention.name.split())
    return bool((places and not places & earlier) or (own and not own & names))


def _set_apart(
    reading: ReadText,
    mention: TriggerMention,
    before: Sequence[int],
    told: Sequence[TriggerMention],
    vocabulary: Vocabulary,
) -> bool:
    """Tell a thing of another kind in a sentence that sets out from a spot of its own.

    "At Manhize, near Chivhu, a firm lit the first furnace of a steelworks"; "The scheme at Batoka Gorge is stuck".
    """
    sentence = reading.sentences[mention.sentence]
    first, last = mention.start - sentence.start_char, mention.end - sentence.start_char
    rest = f"{sentence.text[:first]}…{sentence.text[last:]}"
    if any(related_to(mention, m, vocabulary) for m in told) or points_back("built", rest):
        return False
    begin = sentence.root.idx
    spots = {t.surface for t in reading.toponyms[mention.sentence] if fine(t) and t.end <= begin}
    known = {t.surface for b in before for t in reading.toponyms[b]}
    return bool(spots) and not spots & known


def _only_beside(mention: TriggerMention) -> bool:
    """Tell a thing that another is only put on, in or into: "the lights were installed on four roads"."""
    return mention.token.dep_ == "pobj" and mention.token.head.lower_ not in ("of", "for")


def _dated(reading: ReadText, s: int) -> bool:
    return bool(reading.dates[s] or reading.values[s] or reading.statuses[s])


def _elsewhere(reading: ReadText, s: int, before: Sequence[int]) -> bool:
    """Tell a sentence whose subject is a place or state not spoken of before, and that points back at nothing."""
    sentence = reading.sentences[s]
    if points_back("built", sentence.text):
        return False
    subject = _subject(sentence)
    if not subject:
        return False
    known = {t.surface for b in before for t in reading.toponyms[b]}
    names = {a.name for b in before for a in reading.actors[b]}
    own = {a.name for a in reading.actors[s] if a.kind == "state" and _holds(a, subject)}
    places = {
        t.surface for t in reading.toponyms[s] if t.kind in ("literal", "metonym") and _holds(t, subject)
    }
    return bool(places) and not places & known and not own & names


def _holds(span: Spanned, characters: range) -> bool:
    return span.start < characters.stop and characters.start < span.end


def _subject(sentence: Span) -> range:
    """Return the characters of the last word of the subject of a sentence."""
    root = sentence.root
    for child in root.children:
        if child.dep_ in SUBJECTS and child.i < root.i:
            return range(child.idx, child.idx + len(child.text))
    return range(0)


__all__ = ["stretches"]
