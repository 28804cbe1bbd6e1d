"""The words that name a project: triggers of the vocabulary, found in a parsed text.

How a trigger is written in ``types.toml``: ``gas pipeline`` (lemmas, the last is the noun), ``gas * pipeline`` (up
to three words between), ``visit/v`` (a verb), ``pipeline & gas|lng`` (only near one of these words), ``~loan``
(weak: tells a project only where nothing stronger does), ``=EXPO`` (exactly so). The longest match wins.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, Protocol

from spacy.tokens import Doc, Token

from geodata.claims.context import ReadText
from geodata.claims.word_lists import word_list
from geodata.records import ProjectType

GAP = 3
"""Words that ``*`` may stand for."""
Definite = Literal["indefinite", "definite", "demonstrative", "possessive", "bare"]
NOUN_PARTS = frozenset(
    {"det", "amod", "compound", "nummod", "poss", "nmod", "advmod", "punct", "case", "quantmod"}
)
CARRIERS = word_list("carriers")
ANOTHER = word_list("another")


class Vocabulary(Protocol):
    """The part of the vocabulary that events need."""

    @property
    def types(self) -> Mapping[str, ProjectType]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger string of the vocabulary, taken apart."""

    type: str
    words: tuple[str, ...]
    verb: bool = False
    weak: bool = False
    near: frozenset[str] = frozenset()
    exact: bool = False
    order: int = 0


@dataclass(frozen=True, slots=True)
class TriggerMention:
    """Words of a text that name a project: half-open character span, type, how they name it."""

    start: int
    end: int
    type: str
    group: str
    token: Token
    sentence: int
    words: str
    """The trigger as the vocabulary writes it."""
    verb: bool
    weak: bool
    """Makes no project where a stronger trigger tells the same thing."""
    generic: bool
    """A kind of thing, not one thing: "roads", "port city"."""
    definite: Definite
    another: bool
    """"a second exercise", "another road": not the one before."""
    plural: bool
    name: str = ""
    """Capitalised words before it that are its own: "Tashkent" in "the Tashkent Declaration"."""
    codes: frozenset[str] = frozenset()
    """Model numbers beside it: "Mi-35", "S-400"."""
    pattern: bool = False
    """Found by a pattern, whose words may hold places and persons."""


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


_COMPILED: dict[int, tuple[object, dict[str, tuple[Trigger, ...]]]] = {}


def compile_triggers(vocabulary: Vocabulary) -> Mapping[str, tuple[Trigger, ...]]:
    """Return all triggers by their last word, longest first; kept for as long as the vocabulary lives."""
    kept = _COMPILED.get(id(vocabulary))
    if kept is not None and kept[0] is vocabulary:
        return kept[1]
    rows: dict[str, list[Trigger]] = {}
    order = 0
    for type in vocabulary.types.values():
        for text in type.triggers:
            trigger = parse_trigger(text, type.id, order)
            order += 1
            if trigger.words:
                last = trigger.words[-1]
                rows.setdefault(last if trigger.exact else last.lower(), []).append(trigger)
    table = {
        word: tuple(sorted(found, key=lambda t: (-len(t.words), not t.near, t.order)))
        for word, found in sorted(rows.items())
    }
    _COMPILED.clear()
    _COMPILED[id(vocabulary)] = (vocabulary, table)
    return table


def forms(token: Token) -> tuple[str, ...]:
    """Return the ways a word may stand in the vocabulary: as written, lemma, a plain singular, exactly."""
    lower = token.lower_
    singular = lower[:-3] + "y" if lower.endswith("ies") else lower[:-1] if lower.endswith("s") else lower
    return (lower, token.lemma_.lower(), singular, token.text)


def find_triggers(reading: ReadText, vocabulary: Vocabulary) -> tuple[TriggerMention, ...]:
    """Return every trigger of a text, in order, without overlaps."""
    table = compile_triggers(vocabulary)
    names = _name_ends(reading)
    offices = _offices(reading.text)
    hits = [*_pattern_hits(reading, vocabulary)]
    for token in reading.doc:
        if not (token.is_punct or token.is_space):
            hit = _match(token, table)
            if hit is not None:
                hits.append(hit)
    hits.sort(key=lambda hit: (hit[0] - hit[1], hit[0], hit[2].order))
    taken = bytearray(len(reading.doc) + 1)
    found = []
    for first, last, trigger in hits:
        if any(taken[first : last + 1]):
            continue
        mention = _mention(reading, vocabulary, first, last, trigger)
        if (
            offices[mention.start]
            or (_inside_name(reading.text, mention, names) and not _founded(reading.doc, mention.end))
            or _excluded(reading.text, mention, vocabulary.types[trigger.type])
        ):
            continue
        taken[first : last + 1] = b"\x01" * (last + 1 - first)
        found.append(mention)
    found.sort(key=lambda m: m.start)
    found = _with_acronyms(reading, found)
    return tuple(sorted([*found, *_continued(reading, found)], key=lambda m: m.start))


ACRONYM = re.compile(r"\s?\((?:the\s|or\s|later\s)?[\"“‘]?(?P<name>[A-Z][A-Z0-9]{1,9}(?:-\d{1,5})?)[\"”’]?\)")


def _with_acronyms(reading: ReadText, found: list[TriggerMention]) -> list[TriggerMention]:
    """Add each later use of a short name that the text gives a thing: "the … Economic Corridor (CPEC) … CPEC"."""
    short: dict[str, TriggerMention] = {}
    named = []
    for mention in found:
        match = ACRONYM.match(reading.text, mention.end)
        if match and mention.name:
            short.setdefault(match["name"], mention)
            mention = replace(mention, name=f"{mention.name} {match['name'].lower()}")
        named.append(mention)
    if not short:
        return found
    covered = {i for m in named for i in range(m.start, m.end)}
    pattern = re.compile(rf"(?<![\w(-])(?:{'|'.join(map(re.escape, sorted(short)))})(?![\w-])")
    for match in pattern.finditer(reading.text):
        token = reading.token_at(match.start())
        first = short[match[0]]
        if token is not None and match.start() not in covered and match.start() > first.start:
            named.append(
                replace(
                    first,
                    start=match.start(),
                    end=match.end(),
                    token=token,
                    sentence=reading.sentence_at(match.start()),
                    words=match[0],
                    verb=False,
                    weak=False,
                    generic=False,
                    definite="definite",
                    another=False,
                    plural=False,
                    name=match[0].lower(),
                    pattern=False,
                )
            )
    return sorted(named, key=lambda m: m.start)


CONTINUED = word_list("continued")


def _continued(reading: ReadText, found: Sequence[TriggerMention]) -> Iterator[TriggerMention]:
    """Find what goes on from a thing to another place: "Its continuation to Kisumu was cancelled"."""
    starts = [m.start for m in found]
    for token in reading.doc:
        if token.lemma_.lower() not in CONTINUED or token.pos_ != "NOUN":
            continue
        words = {c.lower_ for c in token.children if c.dep_ in ("prep", "det")}
        own = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in token.children) or {"a", "from"} <= words
        onward = bool({"to", "towards", "into", "from"} & words)
        sentence = reading.sentence_at(token.idx)
        here = reading.paragraphs[sentence]
        before = found[bisect_left(starts, token.idx) - 1] if own and onward and found else None
        if before is not None and before.start < token.idx and reading.paragraphs[before.sentence] == here:
            yield replace(
                before,
                start=token.idx,
                end=token.idx + len(token.text),
                token=token,
                sentence=sentence,
                words=token.lemma_.lower(),
                weak=False,
                generic=False,
                definite="indefinite",
                another=True,
                name="",
            )


def _pattern_hits(reading: ReadText, vocabulary: Vocabulary) -> Iterator[tuple[int, int, Trigger]]:
    text = reading.text
    for order, type in enumerate(vocabulary.types.values()):
        for pattern in type.patterns:
            for match in _regex(pattern).finditer(text):
                span = reading.doc.char_span(*match.span(), alignment_mode="expand")
                if span is not None and len(span):
                    verb = span.root.pos_ in ("VERB", "AUX")
                    yield (
                        span.start,
                        span.end - 1,
                        Trigger(type.id, (pattern,), verb, order=PATTERN_ORDER + order),
                    )


PATTERN_ORDER = 100_000
"""Patterns come after words where both are equally long."""


@cache
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){pattern}", re.IGNORECASE)


def _excluded(text: str, mention: TriggerMention, type: ProjectType) -> bool:
    """Tell whether words around a trigger make it mean something else ("port of call")."""
    begin, end = max(0, mention.start - EXCLUDE_REACH), mention.end + EXCLUDE_REACH
    return any(
        match.start() < mention.end and mention.start < match.end()
        for pattern in type.excludes
        for match in _regex(pattern).finditer(text, begin, end)
    )


EXCLUDE_REACH = 80
"""Characters on each side of a trigger that may change what it means."""


def _match(token: Token, table: Mapping[str, tuple[Trigger, ...]]) -> tuple[int, int, Trigger] | None:
    seen: set[int] = set()
    candidates: list[Trigger] = []
    for form in forms(token):
        for trigger in table.get(form, ()):
            if trigger.order not in seen:
                seen.add(trigger.order)
                candidates.append(trigger)
    if not candidates:
        return None
    best: tuple[int, int, Trigger] | None = None
    for trigger in sorted(candidates, key=lambda t: (-len(t.words), not t.near, t.order)):
        first = _matches(token, trigger)
        if first is None or (trigger.near and not _near(token, trigger.near)):
            continue
        if best is None or token.i - first > best[1] - best[0]:
            best = (first, token.i, trigger)
            if "*" not in trigger.words:
                break
    return best


def _matches(token: Token, trigger: Trigger) -> int | None:
    """Return the index of the first token of a match that ends in ``token``."""
    if trigger.exact and token.text != trigger.words[-1]:
        return None
    if trigger.verb != (token.pos_ in ("VERB", "AUX")) and not trigger.exact:
        return None
    doc, i = token.doc, token.i
    gap = 0
    for word in reversed(trigger.words[:-1]):
        if word == "*":
            gap = GAP
            continue
        i -= 1
        while i >= 0 and (
            doc[i].text in ("-", "–", "/") or (gap > 0 and not _is(doc[i], word, trigger.exact))
        ):
            if doc[i].text not in ("-", "–", "/"):
                if doc[i].pos_ in ("VERB", "PUNCT", "SPACE"):
                    return None
                gap -= 1
            i -= 1
        if i < 0 or not _is(doc[i], word, trigger.exact):
            return None
        gap = 0
    return i


def _is(token: Token, word: str, exact: bool) -> bool:
    return token.text == word if exact else word in forms(token)


def _near(token: Token, words: frozenset[str]) -> bool:
    return any(word in words for other in token.sent for word in forms(other)[:3])


def _mention(
    reading: ReadText, vocabulary: Vocabulary, first: int, last: int, trigger: Trigger
) -> TriggerMention:
    span = reading.doc[first : last + 1]
    token = span.root if trigger.order >= PATTERN_ORDER else span[-1]
    carrier = _carrier(token)
    head = carrier or token
    plural = head.tag_ in ("NNS", "NNPS") and not token.ent_type_
    definite, another = _determined(head, first)
    modifier = not trigger.verb and carrier is None and token.dep_ in ("compound", "amod", "nmod", "poss")
    modifier = (
        modifier
        and token.head.i > token.i
        and token.head.pos_ in ("NOUN", "PROPN")
        and not _named_head(token)
    )
    type = vocabulary.types[trigger.type]
    codes = _codes(reading.doc, head, first, last)
    single = bool(codes) if type.kind == "deal" else type.kind != "happening" and _one_lot(head)
    single = single or token.lower_ == "talks"
    return TriggerMention(
        span.start_char,
        span.end_char,
        trigger.type,
        type.group,
        head,
        reading.sentence_at(span.start_char),
        " ".join(trigger.words),
        trigger.verb,
        trigger.weak or _only_where(head),
        modifier or _connected(head) or (not trigger.verb and plural and definite == "bare" and not single),
        definite,
        another,
        plural,
        "" if trigger.verb else _own_name(reading.doc, first, last, trigger.order >= PATTERN_ORDER),
        codes,
        trigger.order >= PATTERN_ORDER,
    )


def _says_what_it_is(head: Token) -> bool:
    """Tell "It is a transnational corridor" from a new corridor: it says what the thing before is."""
    if head.dep_ != "attr" or head.head.lemma_ != "be":
        return False
    return any(c.dep_ == "nsubj" and c.lower_ in ("it", "this", "that", "which") for c in head.head.children)


MADE = word_list("made")
GIVEN = word_list("given")
GOVERNORS = 4
"""How far above a thing the word that makes it may stand."""


def made(mention: TriggerMention) -> bool:
    """Tell whether a word such as "construction" or "build" governs the thing that a mention names."""
    return _governed(mention.token, MADE)


def _governed(token: Token, words: frozenset[str]) -> bool:
    if token.lemma_.lower() in words:
        return True
    for _ in range(GOVERNORS):
        if token.head.i == token.i:
            return False
        token = token.head
        if token.lemma_.lower() in words:
            return True
    return False


CONNECTING = word_list("connecting")
WHERE = word_list("where")


def _connected(head: Token) -> bool:
    """Tell what a line only connects: "to connect LNG terminals in two provinces", "from the highway to the port"."""
    if head.dep_ == "pobj" and head.head.lower_ in ("from", "to"):
        other = "to" if head.head.lower_ == "from" else "from"
        return any(c.dep_ == "prep" and c.lower_ == other for c in head.head.head.children)
    return head.dep_ == "dobj" and head.head.lemma_.lower() in CONNECTING


def _only_where(head: Token) -> bool:
    """Tell a thing that only says where another is: "will pass through Gwadar port"."""
    return head.dep_ == "pobj" and head.head.lower_ in WHERE


CODE = re.compile(r"[A-Z][A-Za-z]{0,4}-?\d{1,4}[A-Z]{0,3}")


def _own_name(doc: Doc, first: int, last: int, pattern: bool) -> str:
    """Return the capitalised words that stand before a trigger and make it a name, in lower case."""
    if not doc[last].text[:1].isupper():
        return _proper_before(doc, first)
    words = [t.lower_ for t in doc[first:last] if pattern and t.is_alpha and t.text[0].isupper()]
    i = first - 1
    while i >= 0 and (doc[i].text[:1].isupper() or doc[i].text in ("-", "–")) and not doc[i].is_sent_start:
        if doc[i].is_alpha:
            words.append(doc[i].lower_)
        i -= 1
    return " ".join(reversed(words))


def _proper_before(doc: Doc, first: int) -> str:
    """Return the name that stands before a common noun: "Cebren" in "the Cebren dam"; no adjective of a country."""
    words: list[str] = []
    i = first - 1
    while (
        i >= 0
        and (doc[i].pos_ == "PROPN" or (doc[i].text in ("-", "–") and words))
        and not doc[i].is_sent_start
    ):
        if doc[i].is_alpha and doc[i].ent_type_ not in ("NORP", "ORG", "DATE"):
            words.append(doc[i].lower_)
        i -= 1
    return " ".join(reversed(words))


def _codes(doc: Doc, head: Token, first: int, last: int) -> frozenset[str]:
    begin = max(min(first, head.left_edge.i), first - 8)
    text = doc[begin : min(max(last, head.i) + 3, len(doc))].text
    return frozenset(match[0].replace("-", "").upper() for match in CODE.finditer(text))


def _carrier(token: Token) -> Token | None:
    """Return the noun that a trigger stands before where that still names the thing: "airport upgrade"."""
    current = token
    for _ in range(3):
        if current.dep_ not in ("compound", "amod", "nmod") or current.head.i <= current.i:
            break
        current = current.head
        if current.lemma_.lower() not in CARRIERS:
            return None
    return current if current.i != token.i else None


def _named_head(token: Token) -> bool:
    """Tell a name that goes on after the trigger ("Bridge No. 2") from a modifier."""
    return token.head.pos_ == "PROPN" and token.pos_ == "PROPN" and token.head.text[:1].isdigit()


def _one_lot(head: Token) -> bool:
    """Tell plurals that are counted, placed or given ("50 boreholes", "schools in Kigali") from kinds of things."""
    above = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else None
    if above is not None and any(child.dep_ == "nummod" for child in above.children):
        return True  # "600 sets of solar water heaters"
    if head.dep_ in ("dobj", "nsubjpass") and head.head.lemma_.lower() in GIVEN:
        return True
    if any(child.dep_ == "nummod" for child in head.children):
        return True
    return any(
        child.dep_ == "prep" and child.lower_ in ("in", "at", "for", "between", "to")
        for child in head.children
    )


def _determined(head: Token, first: int) -> tuple[Definite, bool]:
    definite: Definite = "bare"
    another = False
    for child in head.subtree:
        if child.i >= head.i or (child.head.i != head.i and child.dep_ not in NOUN_PARTS):
            continue
        lower = child.lower_
        if child.head.i == head.i or child.i >= first - 4:
            if lower in ANOTHER:
                another = True
            if child.head.i != head.i:
                continue
            if lower in ("a", "an"):
                definite = "indefinite"
            elif lower == "the":
                definite = "definite"
            elif lower in ("this", "that", "these", "those", "such"):
                definite = "demonstrative"
            elif child.dep_ == "poss" and child.pos_ == "PRON":
                definite = "possessive"
    return ("demonstrative" if definite == "indefinite" and _says_what_it_is(head) else definite), another


NAMED_KINDS = frozenset({"company", "organisation", "armed_group", "person", "unit"})


def _name_ends(reading: ReadText) -> array[int]:
    """Return, for each character, the end of the name of an actor or place that it is part of; 0 outside."""
    ends = array("l", bytes(8 * (len(reading.text) + 1)))
    spans = [(a.start, a.end) for row in reading.actors for a in row if a.kind in NAMED_KINDS]
    spans += [(t.start, t.end) for t in reading.all_toponyms]
    parts = {i for row in reading.relations for relation in row for i in relation.parts}
    on_route = [reading.all_toponyms[i] for i in sorted(parts) if i < len(reading.all_toponyms)]
    spans += [
        (t.start, t.end + 1) for t in on_route
    ]  # "from the Karakorum Highway to Gwadar" builds no highway
    for start, end in spans:
        for i in range(max(start, 0), min(end, len(ends))):
            ends[i] = max(ends[i], end)
    return ends


_OFFICE = re.compile(
    r"(?:Minist(?:er|ry|ries)|Department|Secretary|Bureau|Agency|Authority|Office|Commission|Director|Committee)s?"
    r"(?:\sGeneral)?\s(?:of|for)\s(?:the\s)?(?:[A-Z][\w-]+(?:,\s(?:and\s)?|\sand\s|\s&\s|\s)?){1,8}"
)


def _offices(text: str) -> bytearray:
    """Mark what an office is for: no roads are built by "the Minister of Transport, Roads and Public Works"."""
    marks = bytearray(len(text) + 1)
    for match in _OFFICE.finditer(text):
        marks[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    return marks


FOUNDING = word_list("founding")


def _founded(doc: Doc, end: int) -> bool:
    """Tell a company that is itself the thing made: "the establishment of the … Steel Mills Corporation"."""
    span = doc.char_span(end - 1, end, alignment_mode="expand")
    token = span[0] if span is not None and len(span) else None
    while token is not None and token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i:
        token = token.head
    if token is None:
        return False
    if token.dep_ == "pobj" and token.head.lower_ == "of":
        return token.head.head.lemma_.lower() in FOUNDING
    return token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_.lower() in FOUNDING


def _inside_name(text: str, mention: TriggerMention, ends: array[int]) -> bool:
    """Tell a trigger that is part of a name, unless the name ends in it ("Muktarpur Bridge", "Port of Gwadar")."""
    return ends[mention.start] > mention.end and not text.startswith(" of ", mention.end)
