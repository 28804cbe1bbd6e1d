"""Dates in a text, as EDTF, each with the rule that read it.

Rules (``date_rules.py``) are tried from the most to the least specific; their matches never overlap. A month,
a day or "the same year" takes its year from the dated words before it; "last week" counts only from the day
the document was published. What cannot be placed is not returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from geodata.claims.beginnings import Finder
from geodata.claims.date_rules import RULES, DateRule
from geodata.claims.dates_relative import CONTEXT_RULES, Context, resolve_relative
from geodata.claims.edtf import EARLIEST_YEAR, LATEST_YEAR, bounds, is_valid, years
from geodata.claims.words import words_of


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: half-open character span, EDTF, first and last possible day (ISO, ``""`` if open)."""

    start: int
    end: int
    edtf: str
    earliest: str
    latest: str
    rule: str
    anchor: str = ""
    """Where a year came from that the words do not say: ``sentence``, ``before`` or ``published``."""
    role_hint: str = ""
    """A role that the words themselves give: ``expected`` for "by December 2017"."""
    confidence: float = 0.9

    @property
    def years(self) -> tuple[int, ...]:
        """The years it names; both ends of a span."""
        return years(self.edtf)


_NOT_BEFORE = re.compile(
    r"(?:[#$€£¥§/@_.+*=~]|\d[,.]|[A-Za-z]-|[A-Z]{1,3}\d*-)$"
    r"|(?i:\b(?:resolutions?|nos?\.?|number|articles?|sections?|para(?:graph)?|page|pp?\.|id|id:|isbn|flight|room"
    r"|usd|rmb|cny|eur|rs\.?|pkr|inr|rub|us\$|nearly|over|some|only|exceeding|at\sleast|more\sthan|less\sthan"
    r"|up\sto|almost|iso|en|highway|route|road)\s?)$"
)
_NOT_AFTER = re.compile(
    r"^(?:[,.]\d|[%‰°$€£¥]|\s?(?:%|percent|per\scent|million|billion|thousand|hundred|trillion|crore|lakh|dozen"
    r"|dollars?|euros?|yuan|rubles?|roubles?|rupees?|pounds?|yen"
    r"|km|kilomet|m\b|met(?:er|re)|mi\b|miles?|feet|ft|mw|megawatt|kw|kilowatt|gw|kv|mm|cm|ha\b|hectare|acres?"
    r"|tons?\b|tonnes?|kg|kilograms?|lit(?:er|re)s?|barrels?|bpd|cubic|square|sq\b|hp\b|hz|mhz|hours?|days?|people"
    r"|workers|employees|soldiers|troops|students|families|houses?|homes|units|seats|seater|beds?|vehicles|copies"
    r"|jobs|acres|villages|hrs?|am\b|pm\b)|-(?:km|kilomet|met|mile|bed|seat|ton|mw|megawatt|strong|capacity|kv))",
    re.IGNORECASE,
)
_DATE_CUE = re.compile(
    r"(?i:\b(?:in|of|since|by|from|until|till|during|for|late|early|mid|to|and|the|then|year|through|into|on|at)[\s-])$"
)
_COUNT_ENTITIES = frozenset({"CARDINAL", "QUANTITY", "MONEY", "PERCENT", "ORDINAL"})
_NAME_ENTITIES = frozenset(
    {"EVENT", "LAW", "WORK_OF_ART", "ORG", "PRODUCT", "FAC", "PERSON", "GPE", "NORP", "LOC"}
)


BARE = frozenset({"year", "about", "by", "before", "after"})
"""Rules that end in a bare year, which may be a number after all ("about 2000 workers")."""


def find_dates(doc: Doc, *, published: str = "") -> tuple[DateMention, ...]:
    """Return every date of a text that can be placed in time, in order.

    ``published`` is the EDTF date of the document; words such as "last week" count from it, and are left out
    where it is not known.
    """
    hits = list(_finder().find(words_of(doc).text))
    explicit = _explicit(doc, hits)
    return tuple(sorted(_with_context(doc, hits, explicit, published), key=lambda m: (m.start, m.end)))


Hits = list[tuple[int, re.Match[str]]]
"""Matches, each with the number of its rule: the rules that stand by themselves, then those that need another date."""


@cache
def _finder() -> Finder:
    return Finder([*(rule.pattern for rule in RULES), *(rule.pattern for rule in CONTEXT_RULES)])


def _explicit(doc: Doc, hits: Hits) -> list[DateMention]:
    text = words_of(doc).text
    taken = bytearray(len(text) + 1)
    found: list[DateMention] = []
    for number, match in hits:
        if number >= len(RULES):
            break
        rule = RULES[number]
        start, end = match.span()
        if any(taken[start:end]):
            continue
        edtf = _build(rule, match)
        if not edtf or (rule.name in BARE and not _is_year(doc, text, end - 4, end)):
            continue
        if rule.name in ("years", "years-short") and _NOT_BEFORE.search(text[max(0, start - 14) : start]):
            continue
        low, high = bounds(edtf)
        name, confidence = rule.name, rule.confidence
        if name == "year":
            name, confidence = _kind_of_year(doc, text, start, end, confidence)
        found.append(DateMention(start, end, edtf, low, high, name, "", rule.role_hint, confidence))
        taken[start:end] = b"\x01" * (end - start)
    return found


def _build(rule: DateRule, match: re.Match[str]) -> str:
    try:
        edtf = rule.build(match)
    except ValueError:  # 31 June, or a month range that runs backwards
        return ""
    plausible = all(EARLIEST_YEAR <= year <= LATEST_YEAR for year in years(edtf))
    return edtf if plausible and is_valid(edtf) else ""


def _is_year(doc: Doc, text: str, start: int, end: int) -> bool:
    """Tell a year from a number: "in 2015" from "ID#12532", "2000 workers", "resolution 1373", "Su-2015"."""
    before, after = text[max(0, start - 14) : start], text[end : end + 16]
    if before[-1:].isalnum() or _NOT_BEFORE.search(before) or _NOT_AFTER.match(after):
        return False
    token = _token_at(doc, start)
    if token is None:
        return True
    if token.ent_type_ == "DATE" or (_DATE_CUE.search(before) is not None and not _counts(token)):
        return True
    if token.ent_type_ in _COUNT_ENTITIES:
        return not _counts(token) and (before.endswith("(") or after[:1] in ").,;:")
    return not _counts(token)


def _counts(token: Token) -> bool:
    """Tell whether a number counts the plural noun after it ("2000 workers")."""
    if token.ent_type_ == "DATE":
        return False
    head = token.head
    plural = head.i > token.i and head.tag_ in ("NNS", "NNPS") and head.i - token.i <= 3
    return token.dep_ == "nummod" and plural and not _opens(token)


def _opens(token: Token) -> bool:
    """Tell "In 2017 special forces held the drill", where the parser leaves "held" without anyone who held it."""
    prep = token.head.head
    verb = prep.head
    return (
        prep.dep_ == "prep"
        and prep.i == token.i - 1
        and prep.is_sent_start is True
        and verb.pos_ == "VERB"
        and not any(child.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for child in verb.children)
    )


def _kind_of_year(doc: Doc, text: str, start: int, end: int, confidence: float) -> tuple[str, float]:
    token = _token_at(doc, start)
    if token is not None and token.ent_type_ in _NAME_ENTITIES:
        return "year-in-name", 0.7
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return "year-in-brackets", 0.8
    return "year", confidence


def _token_at(doc: Doc, start: int) -> Token | None:
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    return span[0] if span is not None and len(span) else None


def _with_context(doc: Doc, hits: Hits, explicit: list[DateMention], published: str) -> Iterator[DateMention]:
    """Yield the explicit dates and, placed by those before them, the relative ones."""
    taken = bytearray(len(words_of(doc).text) + 1)
    for mention in explicit:
        taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    loose: list[tuple[int, int, str, re.Match[str]]] = []
    for number, match in hits:
        start, end = match.span()
        if number >= len(RULES) and not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            loose.append((start, end, CONTEXT_RULES[number - len(RULES)].name, match))
    context = Context(doc, published)
    order: list[tuple[int, DateMention | tuple[int, int, str, re.Match[str]]]] = [
        *((m.start, m) for m in explicit),
        *((item[0], item) for item in loose),
    ]
    for _, item in sorted(order, key=lambda pair: pair[0]):
        if isinstance(item, DateMention):
            context.saw(item.start, item.edtf)
            yield item
            continue
        start, end, name, match = item
        placed = resolve_relative(name, match, context)
        if placed is not None and is_valid(placed.edtf):
            low, high = bounds(placed.edtf)
            context.saw(start, placed.edtf, relative=True)
            yield DateMention(start, end, placed.edtf, low, high, name, placed.anchor, "", placed.confidence)
