"""A date as people write it in a head or a file's metadata, to EDTF; cautious, for it only dates documents."""

from __future__ import annotations

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"

EDTF = re.compile(
    r"[1-2]\d{3}(?:-[0-1]\d(?:-[0-3]\d)?)?[~?%]?(?:/(?:\.\.|[1-2]\d{3}(?:-[0-1]\d(?:-[0-3]\d)?)?[~?%]?))?"
)
WRITTEN = (
    re.compile(
        rf"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\.?[\s-]+(?:of\s+)?(?P<month>{_MONTH})\.?,?[\s-]+{_YEAR}\b", re.I
    ),
    re.compile(rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{_YEAR}\b", re.I),
    re.compile(rf"\b{_YEAR}-(?P<number>[01]\d)-(?P<day>[0-3]\d)(?!\d)"),
    re.compile(rf"\b{_YEAR}/(?P<number>[01]?\d)/(?P<day>[0-3]?\d)\b"),
    re.compile(rf"\b(?P<month>{_MONTH})\.?,?\s+{_YEAR}\b", re.I),
)


def find_date(text: str) -> str:
    """Return the first date that a short text writes out, as EDTF; ``""`` for none."""
    found = [
        (match.start(), order, match) for order, form in enumerate(WRITTEN) if (match := form.search(text))
    ]
    return _edtf(min(found, key=lambda entry: entry[:2])[2]) if found else ""


def to_edtf(value: str) -> str:
    """Return a metadata value as EDTF: it may be EDTF already, ISO with a time, a PDF date, or written out."""
    value = value.strip().strip("\"'")
    if EDTF.fullmatch(value) and _sound(value):
        return value
    pdf = re.match(r"D:((?:19|20)\d\d)(\d\d)?(\d\d)?", value)
    if pdf:
        return _iso(int(pdf[1]), int(pdf[2] or 0), int(pdf[3] or 0))
    iso = re.match(r"((?:1[5-9]|20)\d\d)-(\d\d)-(\d\d)[T ]", value)
    if iso:
        return _iso(int(iso[1]), int(iso[2]), int(iso[3]))
    return find_date(value[:200])


def _edtf(match: re.Match[str]) -> str:
    parts = match.groupdict()
    month = MONTHS[parts["month"].lower()] if parts.get("month") else int(parts.get("number") or 0)
    return _iso(int(parts["year"]), month, int(parts.get("day") or 0))


def _iso(year: int, month: int, day: int) -> str:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return f"{year}"
    if not month:
        return f"{year}"
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"


def _sound(value: str) -> bool:
    return all(
        _iso(*(int(part) for part in ([*end.strip("~?%").split("-"), "0", "0"])[:3])) == end.strip("~?%")
        for end in value.split("/")
        if end != ".."
    )
