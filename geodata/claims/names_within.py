"""Names that triggers must not be taken out of: organisations, persons, offices, towns such as Port Moresby."""

from __future__ import annotations

import re
from array import array

from spacy.tokens import Doc, Token

from geodata.claims.context import ReadText
from geodata.claims.mentions import TriggerMention
from geodata.claims.word_lists import word_list

NAMED_KINDS = frozenset({"company", "organisation", "armed_group", "person", "unit"})


def name_ends(reading: ReadText) -> array[int]:
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


def offices(text: str) -> bytearray:
    """Mark what an office is for: no roads are built by "the Minister of Transport, Roads and Public Works"."""
    marks = bytearray(len(text) + 1)
    for match in _OFFICE.finditer(text):
        marks[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    return marks


COMPANY_OF = frozenset({"around", "by", "among", "with", "from"})
"""Words before a company rather than before a thing: "a consortium around APM Terminals"."""


def is_company(token: Token) -> bool:
    """Tell a company called after its works by what it does: "a consortium around APM Terminals", "MSC and …"."""
    if token.tag_ != "NNPS" or token.ent_type_ != "ORG":
        return False
    head = token
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    if head.i != token.i and head.ent_type_ == "ORG":
        return True
    return head.dep_ == "pobj" and head.head.lower_ in COMPANY_OF


FOUNDING = word_list("founding")


def founded(doc: Doc, end: int) -> bool:
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


def inside_name(text: str, mention: TriggerMention, ends: array[int]) -> bool:
    """Tell a trigger that is part of a name, unless the name ends in it ("Muktarpur Bridge", "Port of Gwadar")."""
    return ends[mention.start] > mention.end and not text.startswith(" of ", mention.end)
