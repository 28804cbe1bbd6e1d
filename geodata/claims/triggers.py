"""The words that name a project: triggers of the vocabulary, found in a parsed text.

How a trigger is written in ``types.toml``: ``gas pipeline`` (lemmas, the last is the noun), ``gas * pipeline`` (up
to three words between), ``visit/v`` (a verb), ``pipeline & gas|lng`` (only near one of these words), ``~loan``
(weak: tells a project only where nothing stronger does), ``=EXPO`` (exactly so). The longest match wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from spacy.tokens import Doc, Span

from geodata.claims.beginnings import Finder
from geodata.claims.context import ReadText
from geodata.claims.later_mentions import continued, with_acronyms
from geodata.claims.mentions import Trigger, TriggerMention, Vocabulary
from geodata.claims.names_within import founded, inside_name, is_company, name_ends, offices
from geodata.claims.naming import (
    attacked,
    carried,
    carrier,
    codes,
    connected,
    determined,
    named_head,
    one_lot,
    only_where,
    own_name,
)
from geodata.claims.titles import dubbed
from geodata.claims.words import words_of

GAP = 3
"""Words that ``*`` may stand for."""
HYPHENS = frozenset({"-", "–", "/"})


def parse_trigger(text: str, type: str, order: int = 0) -> Trigger:
    """Take one trigger string apart."""
    phrase, _, near = text.partition("&")
    phrase = phrase.strip()
    weak = phrase.startswith("~")
    phrase = phrase.lstrip("~").strip()
    if phrase.startswith("="):
        return Trigger(type, tuple(phrase[1:].split()), False, weak, _alternatives(near), True, order)
    verb = phrase.endswith("/v")
    words = tuple(phrase.removesuffix("/v").lower().replace("-", " ").split())
    return Trigger(type, words, verb, weak, _alternatives(near), False, order)


def _alternatives(text: str) -> frozenset[str]:
    return frozenset(word.strip().lower() for word in text.split("|") if word.strip())


class Compiled:
    """The triggers of a vocabulary, ready to be looked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        rows: dict[str, list[Trigger]] = {}
        order = 0
        for type in vocabulary.types.values():
            for text in type.triggers:
                trigger = parse_trigger(text, type.id, order)
                order += 1
                if trigger.words:
                    last = trigger.words[-1]
                    rows.setdefault(last if trigger.exact else last.lower(), []).append(trigger)
        self.by_last = rows
        """All triggers by their last word."""
        self.patterns = tuple(
            Trigger(type.id, (pattern,), order=PATTERN_ORDER + number)
            for number, type in enumerate(vocabulary.types.values())
            for pattern in type.patterns
        )
        self.finder = Finder(_regex(trigger.words[0]) for trigger in self.patterns)
        excludes = [(pattern, type.id) for type in vocabulary.types.values() for pattern in type.excludes]
        self.excluding = Finder(_regex(pattern) for pattern, _ in excludes)
        self.excluded = [type for _, type in excludes]
        """The type of each pattern of ``excluding``."""

    @lru_cache(maxsize=65536)  # noqa: B019 - lives as long as the vocabulary
    def read(self, text: str, lemma: str) -> tuple[tuple[str, ...], Endings | None]:
        """Return the forms of a word, and the triggers whose last word has one of them."""
        lower = text.lower()
        singular = lower[:-3] + "y" if lower.endswith("ies") else lower[:-1] if lower.endswith("s") else lower
        forms = (lower, lemma, singular, text)
        found = {trigger.order: trigger for form in forms for trigger in self.by_last.get(form, ())}
        alone: list[Trigger] = []
        after: dict[str, list[Trigger]] = {}
        for trigger in sorted(found.values(), key=_longest_first):
            plain = len(trigger.words) > 1 and trigger.words[-2] != "*"
            (after.setdefault(trigger.words[-2], []) if plain else alone).append(trigger)
        return forms, Endings(alone, after) if found else None


class Endings(NamedTuple):
    """Triggers that end in one word, longest first."""

    alone: list[Trigger]
    """Those that may follow on any word."""
    after: dict[str, list[Trigger]]
    """Those that follow on a word, by that word."""


def _longest_first(trigger: Trigger) -> tuple[int, bool, int]:
    return (-len(trigger.words), not trigger.near, trigger.order)


_COMPILED: list[Compiled] = []


def compiled(vocabulary: Vocabulary) -> Compiled:
    """Return the triggers of a vocabulary; the last one's are kept."""
    if not _COMPILED or _COMPILED[0].vocabulary is not vocabulary:
        _COMPILED[:] = [Compiled(vocabulary)]
    return _COMPILED[0]


class Forms(NamedTuple):
    """The words of a text as triggers are compared with them."""

    texts: list[str]
    forms: list[tuple[str, ...]]
    """The ways each may stand in the vocabulary: as written, lemma, a plain singular, exactly."""
    endings: list[Endings | None]
    """The triggers that each may end."""
    kinds: list[str]
    """Parts of speech."""


def _forms_of(doc: Doc, triggers: Compiled) -> Forms:
    words = words_of(doc)
    read = [*map(triggers.read, words.texts, words.lemmas)]
    return Forms(words.texts, [forms for forms, _ in read], [ending for _, ending in read], words.pos)


def find_triggers(reading: ReadText, vocabulary: Vocabulary) -> tuple[TriggerMention, ...]:
    """Return every trigger of a text, in order, without overlaps."""
    triggers = compiled(vocabulary)
    names = name_ends(reading)
    marks = offices(reading.text)
    hits = [*_pattern_hits(reading, triggers)]
    excluding = _excluding(reading.text, triggers)
    words = _forms_of(reading.doc, triggers)
    for i, endings in enumerate(words.endings):
        ending = _candidates(words, i, endings) if endings is not None else []
        if not ending or reading.doc[i].is_punct or reading.doc[i].is_space:
            continue
        hit = _match(reading, words, i, ending)
        if hit is None and any(trigger.near for trigger in ending):
            hit = _match(reading, words, i, ending, before=True)
        if hit is not None:
            hits.append(hit)
    hits.sort(key=lambda hit: (hit[0] - hit[1], hit[0], hit[2].order))
    taken = bytearray(len(reading.doc) + 1)
    found = []
    for first, last, trigger in hits:
        if any(taken[first : last + 1]):
            continue
        mention = _mention(reading, vocabulary, first, last, trigger)
        if not trigger.exact and inside_name(reading.text, mention, names):
            if not founded(reading.doc, mention.end):
                continue
            mention = replace(mention, generic=False)  # the company is the thing: it is one
        if (
            marks[mention.start]
            or is_company(mention.token)
            or _excluded(mention, excluding.get(trigger.type, ()))
        ):
            continue
        taken[first : last + 1] = b"\x01" * (last + 1 - first)
        found.append(mention)
    found.sort(key=lambda m: m.start)
    found = with_acronyms(reading, found)
    return tuple(sorted([*found, *continued(reading, found)], key=lambda m: m.start))


def _pattern_hits(reading: ReadText, triggers: Compiled) -> Iterator[tuple[int, int, Trigger]]:
    for number, match in triggers.finder.find(reading.text):
        span = reading.doc.char_span(*match.span(), alignment_mode="expand")
        if span is not None and len(span):
            verb = span.root.pos_ in ("VERB", "AUX")
            yield span.start, span.end - 1, replace(triggers.patterns[number], verb=verb)


PATTERN_ORDER = 100_000
"""Patterns come after words where both are equally long."""


@cache
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){pattern}", re.IGNORECASE)


def _excluding(text: str, triggers: Compiled) -> dict[str, list[tuple[int, int]]]:
    """Return, by type, the stretches of a text in which its triggers mean something else ("port of call")."""
    stretches: dict[str, list[tuple[int, int]]] = {}
    for number, match in triggers.excluding.find(text):
        stretches.setdefault(triggers.excluded[number], []).append(match.span())
    return stretches


def _excluded(mention: TriggerMention, stretches: Sequence[tuple[int, int]]) -> bool:
    """Tell whether words around a trigger make it mean something else."""
    return any(
        start < mention.end < end + EXCLUDE_REACH and start - EXCLUDE_REACH < mention.start < end
        for start, end in stretches
    )


EXCLUDE_REACH = 80
"""Characters on each side of a trigger that may change what it means."""


def _candidates(words: Forms, last: int, ending: Endings) -> list[Trigger]:
    """Return the triggers that end in a word and go with the word before it, longest first."""
    if not ending.after:
        return ending.alone
    i = last - 1
    while i > 0 and words.texts[i] in HYPHENS:
        i -= 1
    before = {*words.forms[i]} if i >= 0 else set()
    found = [trigger for form in before & ending.after.keys() for trigger in ending.after[form]]
    return sorted([*found, *ending.alone], key=_longest_first) if found else ending.alone


def _match(
    reading: ReadText, words: Forms, last: int, triggers: Sequence[Trigger], *, before: bool = False
) -> tuple[int, int, Trigger] | None:
    """Return the longest trigger that ends in a word; ``before``: also by words of the sentence before it."""
    best: tuple[int, int, Trigger] | None = None
    verb = words.kinds[last] in ("VERB", "AUX")
    for trigger in triggers:
        if trigger.verb != verb and not trigger.exact:
            continue
        first = _matches(words, last, trigger)
        if first is None:
            continue
        if trigger.near and not _near(reading.doc[last].sent, words, trigger.near):
            if not before or not _near_before(reading, words, last, trigger.near):
                continue
            trigger = replace(trigger, weak=True)
        if best is None or last - first > best[1] - best[0]:
            best = (first, last, trigger)
            if "*" not in trigger.words:
                break
    return best


def _matches(words: Forms, last: int, trigger: Trigger) -> int | None:
    """Return the index of the first word of a match that ends in the word ``last``."""
    texts, i = words.texts, last
    if trigger.exact and texts[i] != trigger.words[-1]:
        return None
    gap = 0
    for word in reversed(trigger.words[:-1]):
        if word == "*":
            gap = GAP
            continue
        i -= 1
        while i >= 0 and (texts[i] in HYPHENS or (gap > 0 and not _is(words, i, word, trigger.exact))):
            if texts[i] not in HYPHENS:
                if words.kinds[i] in ("VERB", "PUNCT", "SPACE"):
                    return None
                gap -= 1
            i -= 1
        if i < 0 or not _is(words, i, word, trigger.exact):
            return None
        gap = 0
    return i


def _is(words: Forms, i: int, word: str, exact: bool) -> bool:
    return words.texts[i] == word if exact else word in words.forms[i]


def _near(sentence: Span, words: Forms, near: frozenset[str]) -> bool:
    return any(not near.isdisjoint(forms[:3]) for forms in words.forms[sentence.start : sentence.end])


def _near_before(reading: ReadText, words: Forms, i: int, near: frozenset[str]) -> bool:
    """Tell whether a word stands in the sentence before, of the same paragraph."""
    s = reading.sentence_at(reading.doc[i].idx)
    if s == 0 or reading.paragraphs[s - 1] != reading.paragraphs[s]:
        return False
    return _near(reading.sentences[s - 1], words, near)


def _mention(
    reading: ReadText, vocabulary: Vocabulary, first: int, last: int, trigger: Trigger
) -> TriggerMention:
    span = reading.doc[first : last + 1]
    token = span.root if trigger.order >= PATTERN_ORDER else span[-1]
    carried_by = carrier(token)
    head = carried_by or token
    plural = head.tag_ in ("NNS", "NNPS") and not token.ent_type_
    definite, another = determined(head, first)
    modifier = not trigger.verb and carried_by is None and token.dep_ in ("compound", "amod", "nmod", "poss")
    modifier = (
        modifier and token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN") and not named_head(token)
    )
    type = vocabulary.types[trigger.type]
    numbers = codes(reading.doc, head, first, last)
    single = bool(numbers) if type.kind == "deal" else type.kind != "happening" and one_lot(head)
    single = single or token.lower_ == "talks"
    name = "" if trigger.verb else own_name(reading.doc, first, last, trigger.order >= PATTERN_ORDER)
    # "Ruritania Steel Mills" is one mill, "drills dubbed 'Aurora 2017'" one drill
    called = (bool(name) and token.tag_ == "NNPS") or (plural and dubbed(reading, span.end_char))
    return TriggerMention(
        span.start_char,
        span.end_char,
        trigger.type,
        type.group,
        head,
        reading.sentence_at(span.start_char),
        " ".join(trigger.words),
        trigger.verb,
        trigger.weak or (type.group != "defence" and only_where(head)),
        modifier
        or connected(head)
        or (type.kind == "built" and (carried(head) or attacked(head)))
        or (not trigger.verb and plural and definite == "bare" and not (single or called)),
        definite,
        another,
        plural,
        name,
        numbers,
        trigger.order >= PATTERN_ORDER,
    )
