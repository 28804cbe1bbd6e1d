"""How values read: dates as precisely as the source has them, sums with their unit, precision in words, footnotes.

Pages, slides and tables all use these, so that "US$ 2.0 bn" is written one way everywhere.
"""

from __future__ import annotations

import re

from geodata.records import Claim, Document

THIN = "\u2009"
"""Thin space: between groups of digits, and between a number and its unit."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PARTS = {
    21: "spring",
    22: "summer",
    23: "autumn",
    24: "winter",
    33: "first quarter of",
    34: "second quarter of",
    35: "third quarter of",
    36: "fourth quarter of",
    40: "first half of",
    41: "second half of",
}
SYMBOLS = {"USD": "US$", "EUR": "€", "GBP": "£", "AUD": "A$", "CAD": "C$", "NZD": "NZ$", "HKD": "HK$"}
SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
PRECISION = {
    1: "exact place",
    2: "within 25 km",
    3: "somewhere in the district",
    4: "somewhere in the province",
    5: "indicative",
    6: "country only",
    8: "seat of government assumed",
    9: "place unclear",
}

LONGEST_SOURCE = 48
"""Characters of a source's name in a sentence."""
FILLS = (("full", "done"), ("half", "under way"), ("hollow", "planned"), ("barred", "refused or stopped"))
"""What the filling of a symbol says of a project, in the order of a legend."""

_POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}))?(?:-(\d{2}))?([~?%]?)")


def date_words(edtf: str) -> str:
    """Return an EDTF date in words: ``2015-10`` is "Oct 2015", ``2018~`` "about 2018"; what is not EDTF stays."""
    first, slash, last = edtf.partition("/")
    if not slash:
        return _point_words(edtf)
    if first in ("..", ""):
        return f"until {_point_words(last)}"
    if last in ("..", ""):
        return f"since {_point_words(first)}"
    return f"{_point_words(first)}–{_point_words(last)}"


def _point_words(point: str) -> str:
    match = _POINT.fullmatch(point)
    if not match:
        return point
    year, month, day, mark = match.groups()
    words = year
    if year.endswith("XX"):
        words = f"{year[:2]}00s"
    elif year.endswith("X"):
        words = f"{year[:3]}0s"
    elif month and int(month) in PARTS:
        words = f"{PARTS[int(month)]} {year}"
    elif month and 1 <= int(month) <= 12:
        words = f"{MONTHS[int(month) - 1]} {year}"
        if day:
            words = f"{int(day)} {words}"
    return f"{'about ' if mark else ''}{words}"


def number_words(number: float) -> str:
    """Return a number with thin spaces between groups of three digits, at most two decimals."""
    whole, _, part = f"{abs(number):.2f}".partition(".")
    grouped = re.sub(r"(?<=\d)(?=(\d{3})+$)", THIN, whole)
    part = part.rstrip("0")
    return f"{'−' if number < 0 else ''}{grouped}{'.' + part if part else ''}"


def amount_words(amount: float, unit: str) -> str:
    """Return a sum ("US$ 2.0 bn") or a measure ("1 100 km")."""
    if not re.fullmatch(r"[A-Z]{3}", unit):
        return f"{number_words(amount)}{THIN}{unit}".strip()
    symbol = SYMBOLS.get(unit, unit)
    for scale, name in SCALES:
        if abs(amount) >= scale * 0.9995:
            short = amount / scale
            return (
                f"{symbol}{THIN}{short:.1f}{THIN}{name}"
                if short < 100
                else f"{symbol}{THIN}{short:.0f}{THIN}{name}"
            )
    return f"{symbol}{THIN}{number_words(amount)}"


def value_words(claim: Claim) -> str:
    """Return a value claim in words; a range as such, and the source's own words where no amount was read."""
    if claim.low is not None and claim.high is not None and claim.low != claim.high:
        return f"{amount_words(claim.low, claim.unit)} to {amount_words(claim.high, claim.unit)}"
    if claim.amount is None:
        return claim.value
    return amount_words(claim.amount, claim.unit)


def years_words(years: tuple[int, ...]) -> str:
    """Return the years of a project as one span, ``""`` for none."""
    if not years:
        return ""
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}–{last}"


def source_words(document: Document) -> str:
    """Return who says something, short: "Dawn, 2018"; publisher, else author, else title, and the year."""
    name = document.publisher or document.author or document.title or document.id
    if len(name) > LONGEST_SOURCE:
        cut = name[:LONGEST_SOURCE].rpartition(" ")[0] or name[:LONGEST_SOURCE]
        name = re.sub(r"(\s+\S{1,3}|[\s,.:;–-])+$", "", cut) + " …"
    return f"{name}, {document.published[:4]}" if document.published else name


def footnote(document: Document, start: int, end: int) -> str:
    """Return where words stand, as a footnote: author, title, publisher, date, page, characters, address."""
    title = document.title or document.file or document.id
    page = document.page_at(start)
    parts = [
        document.author,
        f"“{title}”",
        document.publisher,
        date_words(document.published) if document.published else "",
        f"p. {page}" if page is not None else "",
        f"characters {start}–{end}",
        document.url,
    ]
    return ", ".join(part for part in parts if part) + "."
