"""Which words of a text tell of the same project: mentions that belong together, and the sentences about them.

A paragraph is read in one of two ways, by what stands in it. A *narrative* keeps to one project: its first sentences
name it, and the rest ("the road", "construction began", "it") is about it. A *survey* goes from one thing to the
next: there a sentence belongs to what it names itself, or to the last thing where it says so ("this project").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geodata.claims.context import ReadText
from geodata.claims.mentions import TriggerMention, Vocabulary
from geodata.claims.narratives import main_mention, read_narrative
from geodata.claims.sameness import conflicts, other_thing, shares_name
from geodata.claims.stretches import stretches
from geodata.claims.telling import BRIDGES, Telling, clause_of, kind_of, points_back, stands, start_telling


def find_tellings(
    reading: ReadText, mentions: Sequence[TriggerMention], vocabulary: Vocabulary
) -> tuple[Telling, ...]:
    """Group the triggers of a text into tellings, in order of their first words."""
    by_sentence: dict[int, list[TriggerMention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    found: list[Telling] = []
    focus: Telling | None = None
    for sentences in stretches(reading, by_sentence, vocabulary):
        local = [m for s in sentences for m in by_sentence.get(s, ())]
        main = main_mention(reading, sentences, local, vocabulary)
        if main is not None:
            new = read_narrative(reading, sentences, by_sentence, main, vocabulary)
        else:
            new = _survey(reading, sentences, by_sentence, vocabulary, focus)
        found += new
        focus = new[-1] if new else focus
    return tuple(sorted(found, key=lambda t: t.first.start))


def _survey(
    reading: ReadText,
    sentences: list[int],
    by_sentence: Mapping[int, list[TriggerMention]],
    vocabulary: Vocabulary,
    before: Telling | None,
) -> list[Telling]:
    """Read a paragraph as one that goes from one thing to the next."""
    found: list[Telling] = []
    focus = before
    for n, s in enumerate(sentences):
        local = by_sentence.get(s, ())
        if (
            focus is not None
            and (n == 0 or focus in found)
            and _only_about(reading, s, local, focus, vocabulary)
        ):
            focus.about(s)
            continue
        here = _sentence(reading, local, found, vocabulary)
        for telling in here:
            if telling not in found:
                found.append(telling)
        if here:
            focus = here[-1]
        elif focus is not None and (n == 0 or focus in found) and _goes_on(reading, s, focus):
            focus.about(s)
    return found


def _only_about(
    reading: ReadText, s: int, local: Sequence[TriggerMention], focus: Telling, vocabulary: Vocabulary
) -> bool:
    """Tell a deal that is only about the thing before: "… signed an agreement on it", "a deal for this corridor"."""
    if focus.kind not in ("built", "support") or not local:
        return False
    deals = all(m.weak and kind_of(vocabulary, m) == "deal" for m in local)
    return deals and _goes_on(reading, s, focus)


def _goes_on(reading: ReadText, sentence: int, focus: Telling) -> bool:
    last = max(focus.sentences)
    text, gap = reading.sentences[sentence].text, sentence - last
    if gap > 2 or reading.paragraphs[sentence] - reading.paragraphs[last] > 1:
        return False
    if reading.paragraphs[sentence] != reading.paragraphs[last] and _sets_out_elsewhere(
        reading, sentence, focus
    ):
        return False
    if gap <= 1 and (
        BRIDGES[focus.kind].search(text) or (focus.kind == "built" and _names_nothing(reading, sentence))
    ):
        return True
    return points_back(focus.kind, text)


def _sets_out_elsewhere(reading: ReadText, sentence: int, focus: Telling) -> bool:
    """Tell a new paragraph that begins with a place of its own: "In Ghana, the first phase of the expansion …"."""
    opening = {t.surface for t in reading.toponyms[sentence] if t.end <= reading.sentences[sentence].root.idx}
    known = {t.surface for s in focus.sentences for t in reading.toponyms[s]}
    return bool(opening) and not opening & known


def _names_nothing(reading: ReadText, sentence: int) -> bool:
    """Tell a sentence that tells facts and begins with no name or place: "The price was 1.5 billion dollars"."""
    span = reading.sentences[sentence]
    if not (reading.dates[sentence] or reading.values[sentence] or reading.statuses[sentence]):
        return False
    subject = next((c for c in span.root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    return (
        subject is not None
        and subject.pos_ == "NOUN"
        and not any(t.pos_ == "PROPN" for t in subject.subtree)
        and not any(t.kind == "literal" for t in reading.toponyms[sentence])
    )


def _sentence(
    reading: ReadText, mentions: Sequence[TriggerMention], open: list[Telling], vocabulary: Vocabulary
) -> list[Telling]:
    """Give each mention of a sentence its telling: an open one, a new one, or that of a stronger mention beside it."""
    here: list[Telling] = []
    order = sorted(mentions, key=lambda m: (m.definite != "demonstrative", m.weak, m.generic, m.start))
    for mention in order:
        if not stands(mention) and any(_absorbs(telling, mention, vocabulary) for telling in here):
            continue
        telling = (
            _goal_of(mention, here)
            or _user_of(mention, here)
            or _same(reading, mention, here, vocabulary, within=True)
        )
        telling = telling or _same(reading, mention, open, vocabulary, within=False)
        if telling is None:
            if mention.generic:
                continue
            telling = start_telling(mention, vocabulary)
        else:
            telling.add(mention)
        if telling not in here:
            here.append(telling)
    return sorted(here, key=lambda t: t.mentions[-1].start)


def _absorbs(telling: Telling, mention: TriggerMention, vocabulary: Vocabulary) -> bool:
    """Tell whether a weak mention only speaks of a thing named beside it: the loan for a road, talks on a visit."""
    if (
        mention.generic
        or mention.type == telling.type
        or mention.type in vocabulary.types[telling.type].alike
    ):
        return True
    return vocabulary.types[mention.type].kind != "happening" or telling.kind == "happening"


def _same(
    reading: ReadText,
    mention: TriggerMention,
    tellings: list[Telling],
    vocabulary: Vocabulary,
    *,
    within: bool,
) -> Telling | None:
    """Return the latest telling that a mention may speak of again."""
    for telling in reversed(tellings):
        if mention.type != telling.type and mention.type not in vocabulary.types[telling.type].alike:
            continue
        if mention.another or conflicts(reading, mention, telling):
            continue
        if not within and other_thing(reading, mention, telling):
            continue
        if within and clause_of(mention) != clause_of(telling.mentions[-1]):
            continue
        if mention.codes and mention.type != telling.type:
            continue  # the helicopters of a defence agreement are a deal of their own
        if not within and (mention.name or mention.codes) and not shares_name(mention, telling):
            continue
        if within or mention.definite in ("definite", "demonstrative", "possessive"):
            return telling
    return None


def _goal_of(mention: TriggerMention, tellings: Sequence[Telling]) -> Telling | None:
    """Return the visit that goes to what a mention names: "her visit to the … Forum", "is to visit the … Expo"."""
    token = mention.token
    above = token.head.head if token.dep_ == "pobj" and token.head.lower_ in ("to", "at") else token.head
    if token.dep_ not in ("pobj", "dobj"):
        return None
    return next(
        (t for t in tellings if t.type == "visit" and any(m.token.i == above.i for m in t.mentions)), None
    )


def _user_of(mention: TriggerMention, tellings: Sequence[Telling]) -> Telling | None:
    """Return the delivery that a mention only names the use of: "buy … engines for its JF-17 fighters"."""
    token = mention.token
    if token.dep_ != "pobj" or token.head.lower_ != "for":
        return None
    above = token.head.head.i
    return next(
        (t for t in tellings if t.type == mention.type and any(above == m.token.i for m in t.mentions)), None
    )
