"""The ways to write a date, from the most to the least specific, each with a sentence it was made for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from geodata.claims.edtf import bounds

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
QUARTERS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
PART_MONTHS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
PART_DAYS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
PART_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (6, 9)}


@dataclass(frozen=True, slots=True)
class DateRule:
    """A named way to write a date."""

    name: str
    pattern: re.Pattern[str]
    build: Callable[[re.Match[str]], str]
    """Gives EDTF, or ``""`` where the match is no date after all."""
    example: str
    confidence: float = 0.95
    role_hint: str = ""


MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![a-z])"
)
YEAR = r"(?:1[5-9]\d\d|20\d\d|21[0-4]\d)(?![\w])"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th))?(?![\d%])"
DASH = r"\s?[-–—]\s?"
TO = rf"(?:{DASH}|\s(?:to|through|until|till|and)\s)"
PART = (
    r"(?P<part>early(?:\s(?:in|part\sof))?|mid(?:dle)?(?:\sof)?[\s-]?|late|(?:the\s)?(?:very\s)?"
    r"(?:beginning|start|middle|end)\sof|(?:the\s)?(?:first|second)\shalf\sof)"
)


def _month(text: str) -> int:
    return MONTHS.index(text[:3].lower()) + 1


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _ymd(year: str, month: str, day: str) -> str:
    return f"{_number(year):04d}-{_month(month):02d}-{_number(day):02d}"


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"


def _part(text: str) -> str:
    text = text.lower()
    if "half" in text:
        return "h1" if "first" in text else "h2"
    if any(word in text for word in ("early", "begin", "start")):
        return "early"
    return "mid" if "mid" in text else "late"


def _part_of_year(match: re.Match[str]) -> str:
    year, part = match["y"], _part(match["part"])
    if part in ("h1", "h2"):
        return f"{year}-{40 if part == 'h1' else 41}"
    low, high = PART_MONTHS[part]
    return f"{year}-{low:02d}/{year}-{high:02d}"


def _part_of_month(match: re.Match[str]) -> str:
    year, month, part = match["y"], _month(match["m"]), _part(match["part"])
    if part in ("h1", "h2"):
        part = "early" if part == "h1" else "late"
    low, high = PART_DAYS[part]
    last = int(bounds(f"{year}-{month:02d}")[1][-2:])
    return f"{year}-{month:02d}-{low:02d}/{year}-{month:02d}-{min(high, last):02d}"


def _decade(match: re.Match[str]) -> str:
    start = int(match["y"])
    if not match["part"]:
        return f"{start // 10}X"
    part = _part(match["part"])
    low, high = {"h1": (0, 4), "h2": (5, 9)}.get(part) or PART_DECADE[part]
    return f"{start + low}/{start + high}"


def _short_range(match: re.Match[str]) -> str:
    first, tail = int(match["y"]), int(match["t"])
    last = first // 100 * 100 + tail
    return f"{first}/{last}" if first < last <= first + 30 else ""


def _numeric(match: re.Match[str]) -> str:
    day, month, year = int(match["a"]), int(match["b"]), match["y"]
    if month > 12 >= day:
        day, month = month, day
    elif day <= 12 and day != month and match["sep"] == "/":
        return year  # 3/4/2016 is 3 April in one country and 4 March in another
    return f"{year}-{month:02d}-{day:02d}"


def _years(match: re.Match[str]) -> str:
    return _span(match["y"], match["z"]) if match["y"] <= match["z"] else ""


def _day_range(match: re.Match[str]) -> str:
    first_month, last_month = match["m"], match.groupdict().get("n") or match["m"]
    first_year = match.groupdict().get("x") or match["y"]
    return _span(_ymd(first_year, first_month, match["d"]), _ymd(match["y"], last_month, match["e"]))


def _month_range(match: re.Match[str]) -> str:
    first_year = match["x"] or match["y"]
    return _span(f"{first_year}-{_month(match['m']):02d}", f"{match['y']}-{_month(match['n']):02d}")


def _rule(
    name: str,
    pattern: str,
    build: Callable[[re.Match[str]], str],
    example: str,
    confidence: float = 0.95,
    hint: str = "",
) -> DateRule:
    return DateRule(name, re.compile(pattern), build, example, confidence, hint)


RULES: tuple[DateRule, ...] = (
    _rule(
        "iso",
        r"(?<![\w/-])(?P<y>(?:1[5-9]|20)\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?![\w-])",
        lambda m: m[0],
        "Report of 2015-10-16.",
    ),
    _rule(
        "numeric",
        r"(?<![\w/.-])(?P<a>\d{1,2})(?P<sep>[-./])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?![\w/-])",
        _numeric,
        "EFSAS Commentary of 16-11-2018",
    ),
    _rule(
        "days-of-month",
        rf"\b(?P<d>{DAY})(?:{TO}|,\s|\s?&\s?)(?P<e>{DAY})\s(?:of\s)?(?P<m>{MONTH}),?\s(?P<y>{YEAR})",
        _day_range,
        "the Heart of Asia conference on 3 and 4 December 2016",
    ),
    _rule(
        "month-days",
        rf"\b(?P<m>{MONTH})\s(?P<d>{DAY})(?:{TO}|,\s|\s?&\s?)(?P<e>{DAY}),?\s(?P<y>{YEAR})",
        _day_range,
        "held on July 10-11, 2019",
    ),
    _rule(
        "day-to-day",
        rf"\b(?P<d>{DAY})\s(?P<m>{MONTH})(?:,?\s(?P<x>{YEAR}))?{TO}(?P<e>{DAY})\s(?P<n>{MONTH}),?\s(?P<y>{YEAR})",
        _day_range,
        "from 24 September to 10 October 2016",
    ),
    _rule(
        "date-to-date",
        rf"\b(?P<m>{MONTH})\s(?P<d>{DAY})(?:,?\s(?P<x>{YEAR}))?{TO}(?P<n>{MONTH})\s(?P<e>{DAY}),?\s(?P<y>{YEAR})",
        _day_range,
        "spanned from January 23, 2010 to November 16, 2011",
    ),
    _rule(
        "day-month-year",
        rf"\b(?P<d>{DAY})(?:\s(?:day\s)?of)?[\s-](?P<m>{MONTH})\s?[,-]?\s?(?:of\s)?(?P<y>{YEAR})",
        lambda m: _ymd(m["y"], m["m"], m["d"]),
        "visited Islamabad on 6th April, 2021",
    ),
    _rule(
        "month-day-year",
        rf"\b(?P<m>{MONTH})\s(?:the\s)?(?P<d>{DAY})(?:\s?,\s?|\s)(?:of\s|in\s)?(?P<y>{YEAR})",
        lambda m: _ymd(m["y"], m["m"], m["d"]),
        "on October 16, 2015",
    ),
    _rule(
        "months-of-year",
        rf"\b(?P<m>{MONTH})(?:,?\s(?P<x>{YEAR}))?{TO}(?P<n>{MONTH}),?\s(?:of\s)?(?P<y>{YEAR})",
        _month_range,
        "from January to March 2015",
    ),
    _rule(
        "part-of-month",
        rf"\b{PART}\s?(?P<m>{MONTH}),?\s(?:of\s)?(?P<y>{YEAR})",
        _part_of_month,
        "in late June 2011",
        0.9,
    ),
    _rule(
        "month-year",
        rf"\b(?P<m>{MONTH})(?:\s?,\s?|\s|-)(?:of\s|in\s)?(?P<y>{YEAR})",
        lambda m: f"{m['y']}-{_month(m['m']):02d}",
        "In September, 2008, a MOU was signed",
    ),
    _rule(
        "quarter",
        rf"\b(?P<q>first|second|third|fourth|last|1st|2nd|3rd|4th)\squarter\s(?:of\s)?(?P<y>{YEAR})",
        lambda m: f"{m['y']}-{32 + QUARTERS[m['q'].lower()]}",
        "in the first quarter of 2003",
    ),
    _rule(
        "quarter-code",
        rf"\bQ(?P<q>[1-4])\s(?:of\s)?(?P<y>{YEAR})",
        lambda m: f"{m['y']}-{32 + int(m['q'])}",
        "due in Q3 2019",
    ),
    _rule(
        "season",
        rf"\b(?P<s>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\s(?:of\s)?(?P<y>{YEAR})",
        lambda m: f"{m['y']}-{SEASONS[m['s'].lower()]}",
        "return visit to India in the fall of 1955",
    ),
    _rule(
        "fiscal-year",
        r"\b(?:FY|[Ff]iscal\s[Yy]ears?|[Ff]inancial\s[Yy]ears?)\s?(?P<y>(?:19|20)\d\d)\s?[-/–]\s?(?P<t>\d\d)(?!\d)",
        _short_range,
        "in FY 2013/14",
    ),
    _rule(
        "years",
        rf"\b(?:(?:[Ff]rom|[Bb]etween)\s)?(?P<y>{YEAR})(?:{DASH}|\s(?:to|through|until|till)\s|(?<=\d)/)(?P<z>{YEAR})",
        _years,
        "from 2013 to 2018",
        0.9,
    ),
    _rule(
        "years-between",
        rf"\b[Bb]etween\s(?P<y>{YEAR})\sand\s(?P<z>{YEAR})",
        _years,
        "between 2001 and 2003",
        0.9,
    ),
    _rule(
        "years-short",
        r"(?<![\w.,/#-])(?P<y>(?:19|20)\d\d)\s?[-/–]\s?(?P<t>\d\d)(?![\w%]|[-/.,]\d)",
        _short_range,
        "in 2015-16",
        0.85,
    ),
    _rule(
        "decade",
        rf"(?:\b{PART}\s?(?:the\s)?|\b)(?P<y>(?:1[5-9]|20)\d0)[’'`]?s(?!\w)",
        _decade,
        "The late 1990s experienced some setbacks",
        0.85,
    ),
    _rule(
        "part-of-year",
        rf"\b{PART}\s?(?:the\syear\s)?(?:of\s)?(?P<y>{YEAR})",
        _part_of_year,
        "In the beginning of 2019",
        0.9,
    ),
    _rule(
        "since",
        rf"\b(?:[Ss]ince|[Ff]rom|[Aa]s\sof)\s(?P<y>{YEAR})\s(?:on(?:wards?)?)\b|\b[Ss]ince\s(?P<z>{YEAR})",
        lambda m: f"{m['y'] or m['z']}/..",
        "contaminating the area since 2015",
        0.85,
    ),
    _rule(
        "before",
        rf"\b(?:[Bb]efore|[Pp]rior\sto)\s(?P<y>{YEAR})",
        lambda m: f"../{m['y']}",
        "before 2010",
        0.7,
    ),
    _rule("after", rf"\b[Aa]fter\s(?P<y>{YEAR})", lambda m: f"{m['y']}/..", "after 2014", 0.7),
    _rule(
        "about",
        rf"\b(?:[Aa]round|[Aa]bout|[Cc]irca|[Cc]a?\.|[Aa]pproximately)\s(?P<y>{YEAR})",
        lambda m: f"{m['y']}~",
        "around 2015",
        0.75,
    ),
    _rule(
        "by",
        rf"\b[Bb]y\s(?:the\syear\s)?(?P<y>{YEAR})",
        lambda m: m["y"],
        "to be completed by 2018",
        0.9,
        "expected",
    ),
    _rule("year", rf"\b(?P<y>{YEAR})", lambda m: m["y"], "The agreement was signed in 2015.", 0.9),
)
