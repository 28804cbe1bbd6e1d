"""Extended Date/Time Format (ISO 8601-2): checking a string and finding its first and last day.

Only what texts need: year, month, day, season, quarter, half, decade (``197X``), century (``20XX``),
``~`` (about), ``?`` (uncertain), ``%`` (both), and intervals with open ends (``2015/..``).
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

EARLIEST_YEAR, LATEST_YEAR = 1500, 2150
"""Years outside are read as numbers, not as dates: no text on projects or treaties names them as plans."""

_POINT = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<mark>[~?%])?"
)

_PARTS: dict[int, tuple[tuple[int, int, int], tuple[int, int, int]]] = {
    # code: (years to add, month, day) of the first and of the last day
    21: ((0, 3, 1), (0, 5, 31)),
    22: ((0, 6, 1), (0, 8, 31)),
    23: ((0, 9, 1), (0, 11, 30)),
    24: ((0, 1, 1), (1, 2, 28)),  # a winter of 2016 may be January 2016 or February 2017
    33: ((0, 1, 1), (0, 3, 31)),
    34: ((0, 4, 1), (0, 6, 30)),
    35: ((0, 7, 1), (0, 9, 30)),
    36: ((0, 10, 1), (0, 12, 31)),
    40: ((0, 1, 1), (0, 6, 30)),
    41: ((0, 7, 1), (0, 12, 31)),
}
"""ISO 8601-2 codes below the year: seasons (northern) 21-24, quarters 33-36, halves 40-41."""


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> tuple[str, str]:
    """Return the first and the last day that an EDTF string allows, as ISO dates; ``""`` for an open end.

    Raises ValueError for what is not EDTF (or not a part of it that Dateline writes).
    """
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        if first == ".." and last == "..":
            raise ValueError(f"no date in {edtf!r}")
        low = "" if first == ".." else _point(first)[0].isoformat()
        high = "" if last == ".." else _point(last)[1].isoformat()
        if low and high and low > high:
            raise ValueError(f"interval ends before it begins: {edtf!r}")
        return low, high
    low_day, high_day = _point(edtf)
    return low_day.isoformat(), high_day.isoformat()


def is_valid(edtf: str) -> bool:
    """Tell whether a string is EDTF as Dateline writes it."""
    try:
        bounds(edtf)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def years(edtf: str) -> tuple[int, ...]:
    """Return the years that a date names: both ends of a span, not every year between.

    A decade or century names none in particular, nor does an open end.
    """
    found: list[int] = []
    for part in edtf.split("/"):
        match = _POINT.fullmatch(part)
        if match and match["year"].isdigit() and int(match["year"]) not in found:
            found.append(int(match["year"]))
    return tuple(found)


def _point(text: str) -> tuple[date, date]:
    match = _POINT.fullmatch(text)
    if match is None:
        raise ValueError(f"not an EDTF date: {text!r}")
    year = match["year"]
    if "X" in year:
        if match["month"]:
            raise ValueError(f"a month of an unspecified year: {text!r}")
        return date(int(year.replace("X", "0")), 1, 1), date(int(year.replace("X", "9")), 12, 31)
    number = int(year)
    if not match["month"]:
        return date(number, 1, 1), date(number, 12, 31)
    month = int(match["month"])
    if match["day"]:
        day = date(number, month, int(match["day"]))
        return day, day
    if month in _PARTS:
        (add0, month0, day0), (add1, month1, day1) = _PARTS[month]
        return date(number + add0, month0, day0), date(number + add1, month1, day1)
    return date(number, month, 1), date(number, month, calendar.monthrange(number, month)[1])
