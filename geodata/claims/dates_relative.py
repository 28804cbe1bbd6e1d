"""Dates that lean on another: "in August", "Earlier the same year", "two years later", "last week"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Doc

from geodata.claims.edtf import bounds, is_valid, years
from geodata.claims.words import words_of

MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SENTENCES_BACK = 3
"""How many sentences back a year may come from; further away it is a guess."""
NEXT = 1
"""The same for a bare month in a text whose day is known, which is most often a month of late: "in June"."""

_NUMBER_WORDS = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_NUMBERS = {word: n for n, word in enumerate(_NUMBER_WORDS.split("|"))} | {"a": 1, "an": 1}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)(?![a-z])"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th))?(?![\d%])"
_COUNT = rf"(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS)})"


MONTH_KNOWN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-\d\d)?")


@dataclass(frozen=True, slots=True)
class ContextRule:
    """A named way to write a date that needs another one."""

    name: str
    pattern: re.Pattern[str]
    example: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A relative date that found its year."""

    edtf: str
    anchor: str
    confidence: float


class Context:
    """The dated words read so far, and the day of publication."""

    def __init__(self, doc: Doc, published: str) -> None:
        self._ends = [sentence.end_char for sentence in doc.sents]
        self._text = words_of(doc).text
        self._seen: list[tuple[int, str]] = []
        self.published = published if published and is_valid(published) else ""

    def saw(self, start: int, edtf: str, *, relative: bool = False) -> None:
        """Remember a date for what comes after it; open spans anchor nothing."""
        if years(edtf) and ".." not in edtf:
            self._seen.append((start, edtf))

    def month_of(self, year: int) -> str:
        """Return the last date of a year whose month is known ("The same year, one month earlier"), else ``""``."""
        return next(
            (e for _, e in reversed(self._seen[-4:]) if years(e) == (year,) and MONTH_KNOWN.fullmatch(e)), ""
        )

    def before(self, start: int, reach: int = SENTENCES_BACK) -> tuple[str, str] | None:
        """Return the nearest date before a place in the text, and how near; ``None`` past its reach."""
        if not self._seen:
            return None
        where, edtf = self._seen[-1]
        gap = bisect_right(self._ends, start) - bisect_right(self._ends, where)
        apart = gap > 1 or bool(self.published)
        if gap > reach or (apart and "\n\n" in self._text[where:start]):
            return None
        return edtf, "sentence" if gap == 0 else "before"


def _rule(name: str, pattern: str, example: str) -> ContextRule:
    return ContextRule(name, re.compile(pattern), example)


CONTEXT_RULES: tuple[ContextRule, ...] = (
    _rule(
        "same-year",
        r"\b(?i:(?:(?:earlier|later)\s)?(?:(?:in|during)\s)?(?:the\s(?:very\s)?same|that(?:\svery)?)\syear"
        r"|(?:earlier|later)\s(?:in\s)?(?:the|that)\syear)\b",
        "Earlier the same year, Moscow attempted to act",
    ),
    _rule(
        "next-year",
        r"\b(?i:(?:in\s|during\s)?the\s(?:following|next|subsequent|succeeding)\syear|the\syear\safter)\b",
        "while during the following year, under the heading",
    ),
    _rule(
        "previous-year",
        r"\b(?i:(?:in\s|during\s)?the\s(?:previous|preceding|prior)\syear|the\syear\sbefore|a\syear\searlier)\b",
        "up from the previous year",
    ),
    _rule(
        "years-after",
        rf"\b(?i:{_COUNT}\s(?P<unit>years?|months?)\s(?P<way>later|earlier|afterwards))\b(?!\sthan\b)",
        "removed Bhutto from power and got him executed two years later",
    ),
    _rule(
        "day-of-month",
        rf"\b(?P<d>{_DAY})\s(?:of\s)?(?P<m>{_MONTH})(?!\s?\d)",
        "and on 27 April the works started",
    ),
    _rule(
        "month-day",
        rf"\b(?P<m>{_MONTH})\s(?:the\s)?(?P<d>{_DAY})(?!\s?\d|,\s\d{{4}}|\s(?:percent|million|billion))",
        "Construction works started on April 28",
    ),
    _rule(
        "month",
        rf"\b(?:(?i:in|since|by|during|until|from|of|late|early|mid|end\sof|beginning\sof|for|last|this)[\s-])"
        rf"(?P<m>{_MONTH})(?!\s\d|\s[A-Z][a-z]+\s?(?:Street|Revolution|War|Massacre))",
        "In August the ministry opened the port",
    ),
    _rule(
        "relative-day",
        r"\b(?i:yesterday|today|tomorrow|last\s(?:week|month|year)|next\s(?:week|month|year)|this\s(?:week|month|year))\b",
        "Last week the ministers met",
    ),
    _rule(
        "ago",
        rf"\b(?i:{_COUNT}\s(?P<unit>days?|weeks?|months?|years?)\sago)\b",
        "signed two years ago",
    ),
)


def resolve_relative(name: str, match: re.Match[str], context: Context) -> Placed | None:
    """Place one relative date, or return ``None`` where nothing near gives its year."""
    return _PLACERS[name](match, context)


def _from_year(shift: int) -> Callable[[re.Match[str], Context], Placed | None]:
    def place(match: re.Match[str], context: Context) -> Placed | None:
        anchor = context.before(match.start())
        if anchor is None:
            return None
        return Placed(str(years(anchor[0])[-1] + shift), anchor[1], 0.75)

    return place


def _years_after(match: re.Match[str], context: Context) -> Placed | None:
    anchor = context.before(match.start())
    if anchor is None:
        return None
    count = int(match["n"]) if match["n"].isdigit() else _NUMBERS[match["n"].lower()]
    sign = -1 if match["way"].lower() == "earlier" else 1
    edtf = anchor[0].split("/")[-1]
    if match["unit"].lower().startswith("year"):
        return Placed(str(years(anchor[0])[-1] + sign * count), anchor[1], 0.65)
    whole = MONTH_KNOWN.fullmatch(edtf) or MONTH_KNOWN.fullmatch(context.month_of(years(anchor[0])[-1]))
    if whole is None:
        return None
    months = int(whole[1]) * 12 + int(whole[2]) - 1 + sign * count
    return Placed(f"{months // 12:04d}-{months % 12 + 1:02d}", anchor[1], 0.6)


def _in_month(match: re.Match[str], context: Context) -> Placed | None:
    month = MONTH_NAMES.index(match["m"][:3].lower()) + 1
    day = match.groupdict().get("d")
    tail = f"-{month:02d}" + (f"-{int(re.sub(r'[^0-9]', '', day)):02d}" if day else "")
    anchor = context.before(match.start(), NEXT if context.published else SENTENCES_BACK)
    if anchor is not None:
        return Placed(f"{years(anchor[0])[-1]}{tail}", anchor[1], 0.75 if anchor[1] == "sentence" else 0.65)
    if not context.published:
        return None
    low, high = bounds(context.published)
    year = int((high or low)[:4])
    if f"{year}{tail}" > (high or low) and not re.search(r"(?i)\b(?:by|next|until|this)\s", match[0]):
        year -= 1  # "in August" in a text of March is last August
    return Placed(f"{year}{tail}", "published", 0.5)


def _from_published(match: re.Match[str], context: Context) -> Placed | None:
    if not context.published:
        return None
    low, high = bounds(context.published)
    day = date.fromisoformat(low or high)
    exact = low == high
    which, _, unit = match[0].lower().partition(" ")
    if not unit:
        shift = {"yesterday": -1, "today": 0, "tomorrow": 1}[which]
        return Placed((day + timedelta(days=shift)).isoformat(), "published", 0.6) if exact else None
    step = {"last": -1, "this": 0, "next": 1}[which]
    if unit == "year":
        return Placed(str(day.year + step), "published", 0.6)
    if low[:7] != high[:7]:
        return None
    if unit == "month":
        months = day.year * 12 + day.month - 1 + step
        return Placed(f"{months // 12:04d}-{months % 12 + 1:02d}", "published", 0.6)
    if not exact:
        return None
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=step)
    return Placed(f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}", "published", 0.6)


def _ago(match: re.Match[str], context: Context) -> Placed | None:
    if not context.published:
        return None
    low, high = bounds(context.published)
    day = date.fromisoformat(low or high)
    count = int(match["n"]) if match["n"].isdigit() else _NUMBERS[match["n"].lower()]
    unit = match["unit"].lower().rstrip("s")
    if unit == "year":
        return Placed(str(day.year - count), "published", 0.55)
    if unit == "month" and low[:7] == high[:7]:
        months = day.year * 12 + day.month - 1 - count
        return Placed(f"{months // 12:04d}-{months % 12 + 1:02d}", "published", 0.55)
    if low == high and unit in ("day", "week"):
        return Placed(
            (day - timedelta(days=count * (7 if unit == "week" else 1))).isoformat(), "published", 0.55
        )
    return None


_PLACERS: dict[str, Callable[[re.Match[str], Context], Placed | None]] = {
    "same-year": _from_year(0),
    "next-year": _from_year(1),
    "previous-year": _from_year(-1),
    "years-after": _years_after,
    "day-of-month": _in_month,
    "month-day": _in_month,
    "month": _in_month,
    "relative-day": _from_published,
    "ago": _ago,
}
