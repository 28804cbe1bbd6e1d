"""What a project is called: its own name where the text gives one, else its kind and place in a few words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Span, Token

from geodata.claims.context import ReadText
from geodata.claims.later_mentions import ACRONYM
from geodata.claims.mentions import TriggerMention
from geodata.claims.naming import CODE

CUES = r"(?:titled|entitled|dubbed(?:\sas)?|called|named|code-?named|known\sas|termed(?:\sas)?|heading|nicknamed|as)"
_QUOTED = re.compile(rf"\b{CUES}\s(?:the\s)?[\"'“”‘’](?P<name>[^\"“”‘’\n]{{3,60}}?)[\"'“”‘’.,]")
_TERMED = re.compile(rf"\b{CUES[:-4]})\s(?:the\s)?(?P<name>[A-Z][\w-]+(?:\s[A-Z0-9][\w-]*){{1,4}})")
_QUOTED_BEFORE = re.compile(r"[\"“‘'](?P<name>[A-Z][^\"“”‘’'\n]{2,40})[\"”’'],?\s(?:[\w-]+\s){0,3}$")
_EDITION = re.compile(r"\s(?P<name>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?\s(?:19|20)\d\d)\b")
"""A name with its year right after the noun: "the exercise Vostok 2018"."""
_REACH = 70
SMALL = frozenset({"of", "and", "the", "on", "for", "de", "du"})
DATED = re.compile(
    r"^(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\s)?\d{4}\s"
)
"""A year before a name is no part of it: "October 2016 BRICS Summit"."""


class Name(NamedTuple):
    """A project's own name: half-open character span and the name as it should show."""

    start: int
    end: int
    name: str
    rule: str


def names_of(reading: ReadText, mentions: Sequence[TriggerMention]) -> tuple[Name, ...]:
    """Return the own names that a text gives a project, in order, each once."""
    found: dict[str, Name] = {}
    for mention in mentions:
        for name in (*_capitalised(reading, mention), *_quoted(reading, mention), *_models(reading, mention)):
            found.setdefault(name.name.lower(), name)
    return tuple(found.values())


def _capitalised(reading: ReadText, mention: TriggerMention) -> Iterator[Name]:
    """Find a name in capitals around the trigger: "the China-Pakistan Economic Corridor (CPEC)"."""
    span = reading.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or mention.verb or any(t.tag_ in ("VBD", "VBZ") and t.text.islower() for t in span):
        return  # "revoked Article 370" is told, not named
    if mention.words.isupper() and mention.words == span.text:
        yield Name(span.start_char, span.end_char, span.text, "title-acronym")
        return
    if not _is_name(span[-1]):
        yield from _before(reading, mention, span)
        return
    sentence = span.sent
    first = span.start
    while first > sentence.start and _joins(reading.doc[first - 1], sentence):
        first -= 1
    while first < span.start and _no_first_word(reading.doc[first]):
        first += 1
    last = span.end
    while last < sentence.end and _follows(reading, last, sentence.end):
        last += 1
    while last > span.end and (reading.doc[last - 1].lower_ in SMALL or reading.doc[last - 1].is_punct):
        last -= 1
    whole = reading.doc[first:last]
    common = {*mention.words.split(), span[-1].lower_, *SMALL}
    edition = re.fullmatch(r"(?:19|20)\d\d", whole[-1].text) and span[0].text[:1].isupper() and len(span) > 1
    if not edition and not {t.lower_ for t in whole if t.text[0].isupper()} - common:
        return
    start = whole.start_char
    dated = DATED.match(whole.text)
    if dated:
        start += dated.end()
    yield Name(start, whole.end_char, _tidy(reading.text[start : whole.end_char]), "title-name")
    acronym = ACRONYM.match(reading.text, whole.end_char)
    if acronym:
        yield Name(*acronym.span("name"), acronym["name"], "title-acronym")


def _no_first_word(token: Token) -> bool:
    return token.lower_ in SMALL or token.is_punct or token.tag_ == "POS"


def _before(reading: ReadText, mention: TriggerMention, span: Span) -> Iterator[Name]:
    """Find the name before a common noun: "the Cebren dam", "the Las Bambas copper mine"."""
    first = span.start
    names = set(mention.name.split())
    while first > span.sent.start and names and reading.doc[first - 1].pos_ in ("PROPN", "PUNCT"):
        first -= 1
    if (
        first > span.sent.start + 1
        and names
        and reading.doc[first - 1].lower_ == "of"
        and _is_name(reading.doc[first - 2])
        and not reading.doc[first - 2].is_upper
    ):
        first -= 2  # "the Heart of Asia conference"
    while first < span.start and not reading.doc[first].text[0].isupper():
        first += 1
    if first < span.start:
        whole = reading.doc[first : span.end]
        yield Name(whole.start_char, whole.end_char, _tidy(whole.text), "title-before")


def _is_name(token: Token) -> bool:
    return token.text[:1].isupper() and not token.is_sent_start


def _joins(token: Token, sentence: object) -> bool:
    if token.is_punct:
        return token.text in ("-", "–") and token.i > 0
    if token.tag_ == "POS":
        return token.nbor(1).text[:1].isupper() and token.nbor(-1).ent_type_ != "PERSON"
    return (
        bool(token.text[:1].isupper() or token.text[:1].isdigit())
        and token.pos_ != "ADP"
        and not token.is_sent_start
    )


def _follows(reading: ReadText, i: int, end: int) -> bool:
    token = reading.doc[i]
    if token.text[:1].isupper() or re.fullmatch(r"[IVX]+|\d{1,4}|II+", token.text):
        return True
    return (
        token.lower_ in SMALL
        and i + 1 < end
        and reading.doc[i + 1].text[:1].isupper()
        and token.lower_ != "to"
    )


def dubbed(reading: ReadText, end: int) -> bool:
    """Tell whether words that end at ``end`` are given a name in quotation marks after them."""
    stop = reading.sentences[reading.sentence_at(end - 1)].end_char
    return _QUOTED.search(reading.text, end, min(end + _REACH, stop)) is not None


def _quoted(reading: ReadText, mention: TriggerMention) -> Iterator[Name]:
    """Find a name in quotation marks beside the trigger: "exercise … titled 'Druzhba'"."""
    text = reading.text
    edition = _EDITION.match(text, mention.end)
    if edition and not mention.verb and not DATED.match(edition["name"]):
        yield Name(*edition.span("name"), edition["name"], "title-quoted")
    sentence = reading.sentences[mention.sentence]
    after = text[mention.end : min(mention.end + _REACH, sentence.end_char)]
    quoted = _QUOTED.search(after)
    match = quoted or _TERMED.search(after)
    if match:
        start = mention.end + match.start("name")
        rule = "title-quoted" if quoted else "title-termed"
        yield Name(start, start + len(match["name"]), _tidy(match["name"]), rule)
    begin = max(sentence.start_char, mention.start - _REACH)
    before = text[begin : mention.start]
    for match in (*_QUOTED.finditer(before), *_QUOTED_BEFORE.finditer(before)):
        start = begin + match.start("name")
        yield Name(start, start + len(match["name"]), _tidy(match["name"]), "title-quoted")
        break


def _models(reading: ReadText, mention: TriggerMention) -> Iterator[Name]:
    """Find the model numbers of what is bought: "Mi-35 attack helicopters", "the S-400 deal"."""
    if mention.group != "defence" or not mention.codes:
        return
    begin = max(reading.sentences[mention.sentence].start_char, mention.start - _REACH)
    for match in CODE.finditer(reading.text, begin, mention.end + 24):
        if match[0].replace("-", "").upper() in mention.codes:
            yield Name(*match.span(), match[0], "title-model")


def _tidy(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" ,.;:'’‘\"“”")


def composed(label: str, *, ends: Sequence[str], places: Sequence[str], parties: Sequence[str]) -> str:
    """Make a short title of what is known: "Oil refinery, Kohat", "Gas pipeline Karachi–Lahore"."""
    head = label[:1].upper() + label[1:]
    if len(ends) > 1:
        return f"{head} {ends[0]}–{ends[-1]}"
    if places:
        return f"{head}, {places[0]}"
    if parties:
        return f"{head}: {', '.join(parties[:3])}"
    return head


__all__ = ["Name", "composed", "names_of"]
