"""Paragraphs that keep to one project: telling them from surveys, and reading them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geodata.claims.context import ReadText
from geodata.claims.mentions import TriggerMention, Vocabulary, made
from geodata.claims.sameness import alike, conflicts, other_thing, own_places
from geodata.claims.story import group_odds, group_of, story_features
from geodata.claims.telling import Telling, clause_of, kind_of, points_back, related_to, stands, start_telling
from geodata.records import ProjectType

STORY = 0.6
"""How much the learned odds of a paragraph's group weigh in what it is about."""
AHEAD = 2
"""Sentences before the one that first names its thing, which may be about it."""
NARRATIVE_SHARE = 0.34
"""A narrative may spend at most this share of its sentences on things of other types."""
NARRATIVE_COVER = 0.6
"""The share of a narrative's sentences that hold a date, a sum, a status, its thing, or words for it."""
PERSON = 0.5
"""Confidence from which a name is a person's."""
NARRATIVE_AGAIN = 0.3
"""The share of them that name its thing or refer to it."""


def main_mention(
    reading: ReadText, sentences: list[int], local: list[TriggerMention], vocabulary: Vocabulary
) -> TriggerMention | None:
    """Return the mention that a narrative paragraph is about, ``None`` for a survey."""
    told = [m for m in local if _tells_stories(vocabulary, m) and not (m.weak and m.generic)]
    heads = [m for m in told if m.sentence in sentences[:2]]
    if not heads and len({m.type for m in told}) == 1:
        heads = told  # "wanted to dig … in the valley. … The mine, worth 2.4 billion dollars, …"
    if any(stands(m) and made(m) and kind_of(vocabulary, m) == "built" for m in heads):
        heads = [m for m in heads if stands(m)]
    if not heads:
        return None
    counts: dict[str, int] = {}
    for mention in local:
        counts[mention.type] = counts.get(mention.type, 0) + 1
    odds = group_odds(story_features([reading.sentences[s] for s in sentences], local))
    weights = {m: _weight(m, sentences, counts, vocabulary) + STORY * odds[group_of(m)] for m in local}
    best = max(heads, key=lambda m: (weights[m], -m.start))
    if best.weak and _opens(reading, sentences, best):
        # "The loan will be used to fund the construction of …", in a later sentence
        later = [m for m in local if stands(m) and _tells_stories(vocabulary, m)]
        first = max(later, key=lambda m: (weights[m], -m.start), default=best)
        if all(related_to(m, first, vocabulary) for m in later):
            best = max([best, first], key=lambda m: (weights[m], -m.start))
    if not _opens(reading, sentences, best):
        return None
    related = {m.sentence for m in local if related_to(m, best, vocabulary)}
    others = {m.sentence for m in local if stands(m) and not related_to(m, best, vocabulary)} - related
    busy = {m.sentence for m in local if stands(m) and _of_states(reading, m)}
    if len(others) > max(1, NARRATIVE_SHARE * len(sentences)) or len(busy) > max(1, len(sentences) // 3):
        return None
    return best if _stays(reading, sentences, related) else None


def _opens(reading: ReadText, sentences: list[int], main: TriggerMention) -> bool:
    """Tell whether a paragraph opens as a project is told: a thing made or given, and when or how much."""
    begin = sentences[:2]
    dated = any(reading.dates[s] or reading.values[s] or reading.statuses[s] for s in begin)
    if not stands(main):
        return any(reading.values[s] for s in begin) or (dated and made(main))
    return dated or made(main)


def _stays(reading: ReadText, sentences: list[int], related: set[int]) -> bool:
    """Tell whether most of a paragraph is about what it opens with."""
    about = sum(
        s in related
        or bool(reading.values[s] or reading.statuses[s] or reading.dates[s])
        or points_back("built", reading.sentences[s].text)
        for s in sentences
    )
    again = sum(s in related or points_back("built", reading.sentences[s].text) for s in sentences)
    return about >= NARRATIVE_COVER * len(sentences) and again >= NARRATIVE_AGAIN * len(sentences)


def _of_states(reading: ReadText, mention: TriggerMention) -> bool:
    """Tell a thing of its own among states, dated or with persons: a visit, an agreement, an attack."""
    if mention.group not in ("defence", "diplomacy", "conflict"):
        return False
    persons = any(a.kind == "person" and a.confidence >= PERSON for a in reading.actors[mention.sentence])
    return bool(reading.dates[mention.sentence]) or (persons and mention.verb)


def _tells_stories(vocabulary: Vocabulary, mention: TriggerMention) -> bool:
    """Tell whether a type is one that whole paragraphs keep to: what is built, given or financed."""
    kind = vocabulary.types[mention.type].kind
    return kind in ("built", "support") or (kind == "deal" and mention.group not in ("defence", "diplomacy"))


def _weight(
    mention: TriggerMention, sentences: list[int], counts: Mapping[str, int], vocabulary: Vocabulary
) -> float:
    """Weigh how much a mention looks like what its paragraph is about."""
    type: ProjectType = vocabulary.types[mention.type]
    weight = 0.4 * (mention.words.count(" ")) + 0.35 * min(counts[mention.type], 4)
    weight += 1.2 if mention.sentence == sentences[0] else 0.0
    weight += 1.2 if made(mention) else 0.0
    if mention.weak:
        weight -= 0.8 if type.kind == "built" and made(mention) else 2.0
    weight -= 0.8 if mention.generic else 0.0
    weight += {"built": 0.8, "support": 0.4}.get(type.kind, 0.0)
    return weight


def read_narrative(
    reading: ReadText,
    sentences: list[int],
    by_sentence: Mapping[int, list[TriggerMention]],
    main: TriggerMention,
    vocabulary: Vocabulary,
) -> list[Telling]:
    """Read a paragraph as being about one thing, and about others only where they have a place of their own."""
    telling = start_telling(main, vocabulary)
    telling.narrative = True
    found = [telling, *_listed_beside(by_sentence.get(main.sentence, ()), main, sentences, vocabulary)]
    focus = telling
    for s in (s for s in sentences if s >= main.sentence - AHEAD):
        here: list[Telling] = []
        for mention in by_sentence.get(s, ()):
            owner = _owner(reading, mention, main, found, here, by_sentence[s], vocabulary)
            if owner is None:
                continue
            if not any(owner is t for t in found):
                found.append(owner)
            if owner.first is not mention:
                owner.add(mention)
            here.append(owner)
        if not here or any(t is telling for t in here):
            (focus if not here else telling).about(s)
        focus = telling if not here or telling in here else here[-1]
    return found


def _owner(
    reading: ReadText,
    mention: TriggerMention,
    main: TriggerMention,
    found: list[Telling],
    here: Sequence[Telling],
    beside: Sequence[TriggerMention],
    vocabulary: Vocabulary,
) -> Telling | None:
    """Return the telling that a mention in a narrative belongs to, a new one for another thing, else ``None``.

    ``found`` are the tellings so far, that of the main thing first; ``here`` those that the sentence spoke of, and
    ``beside`` its mentions.
    """
    telling, elsewhere = found[0], mention.sentence != main.sentence
    if mention is main:
        return telling
    if related_to(mention, main, vocabulary):
        if elsewhere and (stands(mention) or mention.name) and _another(reading, mention, telling):
            return _rejoin(reading, mention, found[1:]) or start_telling(mention, vocabulary)
        spoken_of = [t for t in here if t is not telling and related_to(mention, t.first, vocabulary)]
        return spoken_of[0] if spoken_of and elsewhere and mention.weak else telling
    if any(mention is t.first for t in found):
        return None
    if _aside(reading, mention, beside, main, vocabulary) or (
        (stands(mention) or mention.sentence < main.sentence)
        and _secondary(reading, mention, main, vocabulary)
    ):
        deal = (
            kind_of(vocabulary, mention) == "deal" and mention.weak
        )  # "signed" and "a memorandum" are one paper
        said = next((t for t in here if deal and t.type == mention.type), None)
        return said or start_telling(mention, vocabulary)
    return None


def _listed_beside(
    mentions: Sequence[TriggerMention], main: TriggerMention, sentences: list[int], vocabulary: Vocabulary
) -> list[Telling]:
    """Start a telling for each other kind of thing in one list with the main one: "a hospital, a road and a dam"."""
    found: dict[str, Telling] = {}
    chain = {main.token.i, *(t.i for t in main.token.conjuncts)}
    for mention in mentions:
        built = vocabulary.types[mention.type].kind in ("built", "support")
        if (
            mention.token.i in chain
            and built
            and not mention.generic
            and not related_to(mention, main, vocabulary)
            and mention.type not in found
            and len(found) < LISTED
        ):
            telling = start_telling(mention, vocabulary)
            telling.narrative = True
            for s in sentences:
                telling.about(s)
            found[mention.type] = telling
    return list(found.values())


LISTED = 2
"""Things of other kinds that a list in a narrative may add."""


def _aside(
    reading: ReadText,
    mention: TriggerMention,
    beside: Sequence[TriggerMention],
    main: TriggerMention,
    vocabulary: Vocabulary,
) -> bool:
    """Tell something that took place on a date of its own, in a sentence that names nothing of the main thing.

    "On 3 May 2018 Ruritania opened its consulate in Batumi. Its ambassador offered to rebuild the steel plant."
    """
    if (
        vocabulary.types[mention.type].kind not in ("happening", "deal")
        or not reading.dates[mention.sentence]
    ):
        return False
    related = [m for m in beside if related_to(m, main, vocabulary)]
    if _violent(reading, mention, main) or (related and _in_its_own_clause(reading, mention, related)):
        return True
    if not (_took_place(reading, mention) if mention.type in ("visit", "summit") else stands(mention)):
        return not related and _between_states(reading, mention, main)
    return _named_deal(mention, vocabulary) or not related


def _in_its_own_clause(reading: ReadText, mention: TriggerMention, related: Sequence[TriggerMention]) -> bool:
    """Tell a deal that a clause behind the main thing dates: "… was opened, and in 2024 they signed …"."""
    last = max(m.end for m in related)
    dated = any(last < date.start < mention.start for date in reading.dates[mention.sentence])
    clauses = {clause_of(m) for m in related}
    return stands(mention) and mention.start > last and dated and clause_of(mention) not in clauses


def _between_states(reading: ReadText, mention: TriggerMention, main: TriggerMention) -> bool:
    """Tell a paper of two states, of which the main thing's sentence names one at most, and no sum."""
    if mention.token.lemma_ == "agree" or reading.values[mention.sentence]:
        return False
    states = {a.name for a in reading.actors[mention.sentence] if a.kind == "state"}
    before = {a.name for a in reading.actors[main.sentence] if a.kind == "state"}
    text = reading.sentences[mention.sentence].text
    return len(states) >= 2 and bool(states - before) and not points_back("built", text)


def _violent(reading: ReadText, mention: TriggerMention, main: TriggerMention) -> bool:
    """Tell an attack at a spot of its own: "the pipe carried gas until saboteurs in Sinai blew it up in 2012"."""
    told = stands(mention) or (mention.verb and not mention.generic)
    return mention.group == "conflict" and told and bool(own_places(reading, mention, [main]))


def _named_deal(mention: TriggerMention, vocabulary: Vocabulary) -> bool:
    """Tell a treaty by its own name: "the Prespa Agreement of June 2018 gave the country a pipeline"."""
    return vocabulary.types[mention.type].kind == "deal" and bool(mention.name) and not mention.weak


def _subject(mention: TriggerMention) -> bool:
    token = mention.token
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "ROOT"


def _took_place(reading: ReadText, mention: TriggerMention) -> bool:
    """Tell a meeting that a sentence is about: its subject, at a spot of its own ("Talks in Oslo broke down")."""
    if mention.generic or not own_places(reading, mention):
        return False
    return _subject(mention) or (mention.verb and _by_a_person(reading, mention))


def _by_a_person(reading: ReadText, mention: TriggerMention) -> bool:
    """Tell a journey that a sentence begins with: "Mario Draghi travelled to Algiers on 11 April 2022"."""
    if mention.token.dep_ != "ROOT":
        return False
    return any(
        a.kind == "person" and a.end <= mention.start and a.confidence >= PERSON
        for a in reading.actors[mention.sentence]
    )


def _another(reading: ReadText, mention: TriggerMention, telling: Telling) -> bool:
    """Tell whether a mention in a narrative means another thing of the kind, by its words or its place."""
    if mention.another or conflicts(reading, mention, telling) or other_thing(reading, mention, telling):
        return True
    if mention.type == telling.type:
        return False
    places = own_places(reading, mention)
    before = [p for m in telling.mentions for p in own_places(reading, m)]
    return bool(places) and not any(alike(a, b) for a in places for b in before)


def _rejoin(reading: ReadText, mention: TriggerMention, others: list[Telling]) -> Telling | None:
    return next(
        (t for t in reversed(others) if t.type == mention.type and not conflicts(reading, mention, t)), None
    )


def _secondary(
    reading: ReadText, mention: TriggerMention, main: TriggerMention, vocabulary: Vocabulary
) -> bool:
    """Tell whether another thing in a narrative is a project of its own: made, and at a place of its own."""
    type = vocabulary.types[mention.type]
    if mention.sentence == main.sentence:
        # "addressing the opening of the consulate in Batumi, the ambassador offered to revive the steel mill"
        apart = mention.group != main.group and mention.start < main.start and made(mention)
        if type.kind == "built" and made(mention) and mention.start > main.end:
            # "China built a port for …, and the Addis Ababa–Djibouti railway … was inaugurated in 2016"
            words = set(mention.name.split()) - set(main.name.split())
            return len(words) > 1 or (bool(words) and clause_of(mention) != clause_of(main))
        return apart and bool(own_places(reading, mention, [main]))
    if type.kind != "built":
        return False
    owned = mention.group != main.group and any(
        c.dep_ == "poss" and c.pos_ == "PROPN" for c in mention.token.children
    )
    if (_subject(mention) or owned) and reading.dates[mention.sentence] and not mention.weak:
        return True  # "Next door, the refinery began to produce diesel in January 2024"
    if not made(mention):
        return False
    if mention.name and main.name and not set(mention.name.split()) & set(main.name.split()):
        return True
    mains = {p.surface for p in own_places(reading, main)}
    own = own_places(reading, mention)
    return bool(own) and not any(p.surface in mains for p in own)


# --- surveys ----------------------------------------------------------------------------------------------------
