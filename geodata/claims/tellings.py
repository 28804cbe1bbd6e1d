"""Which words of a text tell of the same project: mentions that belong together, and the sentences about them.

A paragraph is read in one of two ways, by what stands in it. A *narrative* keeps to one project: its first sentences
name it, and the rest ("the road", "construction began", "it") is about it. A *survey* goes from one thing to the
next: there a sentence belongs to what it names itself, or to the last thing where it says so ("this project").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from geodata.claims.context import ReadText, distance
from geodata.claims.story import group_odds, group_of, story_features
from geodata.claims.triggers import TriggerMention, Vocabulary, made
from geodata.records import ProjectType, Toponym

_THING = r"(?:the|this|that|these|those|said|its|their|such)\s(?:\w+\s){0,2}?"
ANAPHORS: Mapping[str, re.Pattern[str]] = {
    "built": re.compile(
        rf"(?i)\b{_THING}(?:projects?|initiative|scheme|facilit(?:y|ies)|plant|works?|construction|agreement|deal|loan"
        r"|programme|program|contract|building|cent(?:re|er)|complex|offer|phase|undertaking|venture|mou|memorandum"
        r"|consortium|funding|grant|funds?|line|route|corridor|system|donation|equipment)\b"
        r"|\b(?:built|build|building|financ\w+|complet\w+|opened|inaugurat\w+|own\w*|operat\w+|support\w*|oppos\w+|for|on|about)\s(?:it|them)\b"
        r"|\b(?:construction|works?|building|rehabilitation|implementation)\s(?:\w+\s){0,4}(?:began|begun|started|commenced"
        r"|was|is|has|had|were|will|should|on|of)\b|^\W*(?:it|its|they|both)\b"
    ),
    "happening": re.compile(
        rf"(?i)\b{_THING}(?:meetings?|summit|visits?|talks|exercises?|drills?|event|conference|forum|trip|tour|attack"
        r"|incident|decision|sanctions|individuals|session|dialogue|war|ceremony)\b|^\W*(?:it|they)\b"
    ),
    "deal": re.compile(
        rf"(?i)\b{_THING}(?:agreements?|deal|accords?|treaty|pact|memorandum|mou|contract|declaration|loan|offer|sale"
        r"|purchase|project|document)\b|^\W*(?:it|under\sit)\b"
    ),
}
ANAPHORS = {**ANAPHORS, "support": ANAPHORS["built"]}
"""Words by which a sentence without a trigger says that it goes on about the thing before it."""
STORY = 0.6
"""How much the learned odds of a paragraph's group weigh in what it is about."""
NARRATIVE_SHARE = 0.34
"""A narrative may spend at most this share of its sentences on things of other types."""
NARRATIVE_COVER = 0.6
"""The share of a narrative's sentences that hold a date, a sum, a status, its thing, or words for it."""
NARRATIVE_AGAIN = 0.3
"""The share of them that name its thing or refer to it."""


@dataclass(slots=True)
class Telling:
    """What one stretch of a text tells of one project, while it is put together."""

    type: str
    group: str
    kind: str
    mentions: list[TriggerMention] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    narrative: bool = False

    def add(self, mention: TriggerMention) -> None:
        """Take a mention and its sentence in."""
        self.mentions.append(mention)
        self.about(mention.sentence)

    def about(self, sentence: int) -> None:
        """Take a sentence in that is about it."""
        if sentence not in self.sentences:
            self.sentences.append(sentence)

    @property
    def first(self) -> TriggerMention:
        """The mention that it begins with."""
        return self.mentions[0]


def find_tellings(
    reading: ReadText, mentions: Sequence[TriggerMention], vocabulary: Vocabulary
) -> tuple[Telling, ...]:
    """Group the triggers of a text into tellings, in order of their first words."""
    by_sentence: dict[int, list[TriggerMention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    found: list[Telling] = []
    focus: Telling | None = None
    for sentences in _paragraphs(reading):
        local = [m for s in sentences for m in by_sentence.get(s, ())]
        main = _main(reading, sentences, local, vocabulary)
        if main is not None:
            new = _narrative(reading, sentences, by_sentence, main, vocabulary)
        else:
            new = _survey(reading, sentences, by_sentence, vocabulary, focus)
        found += new
        focus = new[-1] if new else focus
    return tuple(sorted(found, key=lambda t: t.first.start))


def _paragraphs(reading: ReadText) -> Iterable[list[int]]:
    current: list[int] = []
    for i, paragraph in enumerate(reading.paragraphs):
        if current and paragraph != reading.paragraphs[current[-1]]:
            yield current
            current = []
        current.append(i)
    if current:
        yield current


def own_places(
    reading: ReadText, mention: TriggerMention, rivals: Sequence[TriggerMention] = (), *, whole: bool = False
) -> tuple[Toponym, ...]:
    """Return the places that stand near a mention, and nearer than to its rivals; countries only if ``whole``."""
    found = []
    for toponym in reading.toponyms[mention.sentence]:
        if toponym.kind in ("metonym", "demonym", "embedded") or toponym.place is None:
            continue
        if toponym.place.feature_code.startswith("PCL") and not whole:
            continue
        root = reading.root_of(toponym.start, toponym.end)
        if root is None:
            continue
        far = distance(root, mention.token)
        if far <= NEAR_PLACE and all(
            r.sentence != mention.sentence or distance(root, r.token) > far for r in rivals
        ):
            found.append(toponym)
    return tuple(found)


NEAR_PLACE = 6.0
"""Edges of the tree between a thing and a place that is its own."""


def conflicts(reading: ReadText, mention: TriggerMention, telling: Telling) -> bool:
    """Tell whether a mention's own places or years cannot be those of a telling."""
    if _other_name(mention, telling) or _other_route(reading, mention, telling):
        return True
    whole = telling.kind == "happening"
    rivals = [m for m in telling.mentions if m.sentence == mention.sentence]
    places = own_places(reading, mention, rivals, whole=whole)
    others = [p for m in telling.mentions for p in own_places(reading, m, [mention], whole=whole)]
    if places and others and not any(_alike(a, b) for a in places for b in others):
        return True
    if telling.kind == "happening":
        years = _years(reading, mention)
        before = {y for m in telling.mentions for y in _years(reading, m)}
        return bool(years and before and not years & before)
    return False


def _other_name(mention: TriggerMention, telling: Telling) -> bool:
    """Tell whether a mention bears a name or a model number that no mention of a telling bears."""
    before = [m for m in telling.mentions if m.name or m.codes]
    if mention.codes and any(m.codes for m in before):
        return not any(mention.codes & m.codes for m in before)
    if mention.name and any(m.name for m in before):
        mine = set(mention.name.split())
        return not any(mine & set(m.name.split()) for m in before)
    return False


def _other_route(reading: ReadText, mention: TriggerMention, telling: Telling) -> bool:
    """Tell whether a line of a mention and the lines of a telling share no end: two pipelines."""
    mine = _ends(reading, mention)
    others = [_ends(reading, m) for m in telling.mentions]
    told = set[str]().union(*others)
    return bool(mine and told) and not mine & told


def _ends(reading: ReadText, mention: TriggerMention) -> set[str]:
    """Return the names of the places on routes told within a few words of a mention."""
    return {
        reading.all_toponyms[i].surface
        for route in reading.relations[mention.sentence]
        if route.kind in ("route", "between")
        and max(route.start - mention.end, mention.start - route.end, 0) <= ROUTE_REACH
        for i in route.parts
        if i < len(reading.all_toponyms)
    }


ROUTE_REACH = 60
"""Characters between a line and the words for its route."""


def _shares_name(mention: TriggerMention, telling: Telling) -> bool:
    mine = set(mention.name.split()) | mention.codes
    return any(mine & (set(m.name.split()) | m.codes) for m in telling.mentions)


def _years(reading: ReadText, mention: TriggerMention) -> set[int]:
    return {year for date in reading.dates[mention.sentence] for year in date.years}


def _alike(a: Toponym, b: Toponym) -> bool:
    """Tell whether two places may be one spot: the same, or one inside the other."""
    if a.place is None or b.place is None:
        return False
    if a.place.id == b.place.id or a.surface == b.surface:
        return True
    if a.place.country != b.place.country:
        return False
    names = {a.place.admin1, a.place.admin2, a.place.name}, {b.place.admin1, b.place.admin2, b.place.name}
    return (
        a.place.name in names[1] or b.place.name in names[0] or a.place.feature_class != b.place.feature_class
    )


# --- narratives -------------------------------------------------------------------------------------------------


def _main(
    reading: ReadText, sentences: list[int], local: list[TriggerMention], vocabulary: Vocabulary
) -> TriggerMention | None:
    """Return the mention that a narrative paragraph is about, ``None`` for a survey."""
    told = [m for m in local if _tells_stories(vocabulary, m) and not (m.weak and m.generic)]
    heads = [m for m in told if m.sentence in sentences[:2]]
    if not heads and len({m.type for m in told}) == 1:
        heads = told  # "wanted to dig … in the valley. … The mine, worth 2.4 billion dollars, …"
    if any(_stands(m) and made(m) and _kind(vocabulary, m) == "built" for m in heads):
        heads = [m for m in heads if _stands(m)]
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
        later = [m for m in local if _stands(m) and _tells_stories(vocabulary, m)]
        first = max(later, key=lambda m: (weights[m], -m.start), default=best)
        if all(_related(m, first, vocabulary) for m in later):
            best = max([best, first], key=lambda m: (weights[m], -m.start))
    if not _opens(reading, sentences, best):
        return None
    related = {m.sentence for m in local if _related(m, best, vocabulary)}
    others = {m.sentence for m in local if _stands(m) and not _related(m, best, vocabulary)} - related
    busy = {m.sentence for m in local if _stands(m) and _of_states(reading, m)}
    if len(others) > max(1, NARRATIVE_SHARE * len(sentences)) or len(busy) > max(1, len(sentences) // 3):
        return None
    return best if _stays(reading, sentences, related) else None


def _opens(reading: ReadText, sentences: list[int], main: TriggerMention) -> bool:
    """Tell whether a paragraph opens as a project is told: a thing made or given, and when or how much."""
    begin = sentences[:2]
    dated = any(reading.dates[s] or reading.values[s] or reading.statuses[s] for s in begin)
    if not _stands(main):
        return any(reading.values[s] for s in begin) or (dated and made(main))
    return dated or made(main)


def _stays(reading: ReadText, sentences: list[int], related: set[int]) -> bool:
    """Tell whether most of a paragraph is about what it opens with."""
    about = sum(
        s in related
        or bool(reading.values[s] or reading.statuses[s] or reading.dates[s])
        or ANAPHORS["built"].search(reading.sentences[s].text) is not None
        for s in sentences
    )
    again = sum(
        s in related or ANAPHORS["built"].search(reading.sentences[s].text) is not None for s in sentences
    )
    return about >= NARRATIVE_COVER * len(sentences) and again >= NARRATIVE_AGAIN * len(sentences)


def _of_states(reading: ReadText, mention: TriggerMention) -> bool:
    """Tell a thing of its own among states, dated or with persons: a visit, an agreement, an attack."""
    if mention.group not in ("defence", "diplomacy", "conflict"):
        return False
    persons = any(a.kind == "person" and a.confidence >= 0.5 for a in reading.actors[mention.sentence])
    return bool(reading.dates[mention.sentence]) or (persons and mention.verb)


def _tells_stories(vocabulary: Vocabulary, mention: TriggerMention) -> bool:
    """Tell whether a type is one that whole paragraphs keep to: what is built, given or financed."""
    kind = vocabulary.types[mention.type].kind
    return kind in ("built", "support") or (kind == "deal" and mention.group not in ("defence", "diplomacy"))


def _kind(vocabulary: Vocabulary, mention: TriggerMention) -> str:
    return vocabulary.types[mention.type].kind


def _stands(mention: TriggerMention) -> bool:
    return not (mention.weak or mention.generic)


def _related(mention: TriggerMention, main: TriggerMention, vocabulary: Vocabulary) -> bool:
    if mention.weak and mention.token.lemma_ == main.token.lemma_:
        return True  # "a similar plant"
    return mention.type == main.type or mention.type in vocabulary.types[main.type].alike


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


def _narrative(
    reading: ReadText,
    sentences: list[int],
    by_sentence: Mapping[int, list[TriggerMention]],
    main: TriggerMention,
    vocabulary: Vocabulary,
) -> list[Telling]:
    """Read a paragraph as being about one thing, and about others only where they have a place of their own."""
    telling = _start(main, vocabulary)
    telling.narrative = True
    found = [telling]
    focus = telling
    for s in sentences:
        here: list[Telling] = []
        for mention in by_sentence.get(s, ()):
            if mention is main:
                here.append(telling)
                continue
            if _related(mention, main, vocabulary):
                if _stands(mention) and s != main.sentence and _another(reading, mention, telling):
                    other = _rejoin(reading, mention, found[1:]) or _start(mention, vocabulary)
                    if other not in found:
                        found.append(other)
                    other.add(mention) if other.first is not mention else None
                    here.append(other)
                else:
                    telling.add(mention)
                    here.append(telling)
            elif _stands(mention) and _secondary(reading, mention, main, vocabulary):
                other = _start(mention, vocabulary)
                found.append(other)
                here.append(other)
        if not here or any(t is telling for t in here):
            (focus if not here else telling).about(s)
        focus = telling if not here or telling in here else here[-1]
    return found


def _another(reading: ReadText, mention: TriggerMention, telling: Telling) -> bool:
    """Tell whether a mention in a narrative means another thing of the kind, by its words or its place."""
    if mention.another or conflicts(reading, mention, telling):
        return True
    if mention.type == telling.type:
        return False
    places = own_places(reading, mention)
    before = [p for m in telling.mentions for p in own_places(reading, m)]
    return bool(places) and not any(_alike(a, b) for a in places for b in before)


def _rejoin(reading: ReadText, mention: TriggerMention, others: list[Telling]) -> Telling | None:
    return next(
        (t for t in reversed(others) if t.type == mention.type and not conflicts(reading, mention, t)), None
    )


def _secondary(
    reading: ReadText, mention: TriggerMention, main: TriggerMention, vocabulary: Vocabulary
) -> bool:
    """Tell whether another thing in a narrative is a project of its own: made, and at a place of its own."""
    type = vocabulary.types[mention.type]
    if type.kind != "built" or mention.sentence == main.sentence or not made(mention):
        return False
    if mention.name and main.name and not set(mention.name.split()) & set(main.name.split()):
        return True
    mains = {p.surface for p in own_places(reading, main)}
    own = own_places(reading, mention)
    return bool(own) and not any(p.surface in mains for p in own)


# --- surveys ----------------------------------------------------------------------------------------------------


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
    deals = all(m.weak and _kind(vocabulary, m) == "deal" for m in local)
    return deals and _goes_on(reading, s, focus)


def _goes_on(reading: ReadText, sentence: int, focus: Telling) -> bool:
    near = sentence - max(focus.sentences) <= 2
    return near and ANAPHORS[focus.kind].search(reading.sentences[sentence].text) is not None


def _sentence(
    reading: ReadText, mentions: Sequence[TriggerMention], open: list[Telling], vocabulary: Vocabulary
) -> list[Telling]:
    """Give each mention of a sentence its telling: an open one, a new one, or that of a stronger mention beside it."""
    here: list[Telling] = []
    order = sorted(mentions, key=lambda m: (m.definite != "demonstrative", m.weak, m.generic, m.start))
    for mention in order:
        if not _stands(mention) and any(_absorbs(telling, mention, vocabulary) for telling in here):
            continue
        telling = _same(reading, mention, here, vocabulary, within=True)
        telling = telling or _same(reading, mention, open, vocabulary, within=False)
        if telling is None:
            if mention.generic:
                continue
            telling = _start(mention, vocabulary)
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
        if within and _clause(mention) != _clause(telling.mentions[-1]):
            continue
        if mention.codes and mention.type != telling.type:
            continue  # the helicopters of a defence agreement are a deal of their own
        if not within and (mention.name or mention.codes) and not _shares_name(mention, telling):
            continue
        if within or mention.definite in ("definite", "demonstrative", "possessive"):
            return telling
    return None


def _clause(mention: TriggerMention) -> int:
    """Return the index of the verb whose clause a mention stands in, subordinate clauses being their own."""
    token = mention.token
    while token.head.i != token.i and not (
        token.pos_ in ("VERB", "AUX") and token.dep_ in ("advcl", "conj", "ccomp", "ROOT", "parataxis")
    ):
        token = token.head
    return token.i


def _start(mention: TriggerMention, vocabulary: Vocabulary) -> Telling:
    telling = Telling(mention.type, mention.group, vocabulary.types[mention.type].kind)
    telling.add(mention)
    return telling
