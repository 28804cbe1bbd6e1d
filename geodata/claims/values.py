"""Money and quantities in a text, in base units, each with the words and the rule that read it.

Sums are in whole currency units of ISO 4217 ("nearly $2 billion" is 2e9 USD); lengths in km, power in MW, gas in
bcm a year. Words around a sum tell its kind: pledge, commitment, disbursement or cost estimate. Names of
currencies and units live in ``vocabulary/currencies.toml`` and ``units.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from geodata.claims.beginnings import Finder
from geodata.claims.units import CODES, Currencies, alternatives, load_currencies, load_units
from geodata.claims.words import words_of

SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "million": 1e6,
    "millions": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6, "mm": 1e6, "crore": 1e7, "crores": 1e7, "cr": 1e7,
    "billion": 1e9, "billions": 1e9, "bn": 1e9, "bln": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "trn": 1e12,
}  # fmt: skip
NUMBER_WORDS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
    "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0,
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "half a": 0.5,
}  # fmt: skip
LEAST = frozenset({"over", "exceeding", "least", "than", "above", "minimum"})
MOST = frozenset({"to", "maximum", "under", "below"})

AWAY = re.compile(
    r"\s(?:to\sthe\s)?(?:(?:due\s)?(?:north|south|east|west)\w*(?:[\s-](?:east|west)\w*)?\s(?:of|from)|away|off"
    r"|inland|upstream|downstream|outside)\b"
)
"""What follows a distance that is no length of a thing: "80 kilometres north of Lima"."""
NUMBER = (
    r"(?:\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\s\d{3})+(?![\d])|\d+(?:\.\d+)?)"
)
SCALE = (
    r"(?:lakh\scrore|hundred\sthousand|thousand|hundred|millions?|billions?|trillion|crores?|lakhs?|lac|mln|mn|mm"
    r"|bln|bn|trn|tn|cr|[MmBbk])"
)
WORD_NUMBER = rf"(?:{alternatives(sorted(NUMBER_WORDS, key=len, reverse=True))})"
JOIN = r"\s?(?:-|–|—|to|and|or)\s?"


@dataclass(frozen=True, slots=True)
class ValueMention:
    """A sum or a quantity: half-open character span, amount in ``unit``, what kind of figure it is."""

    start: int
    end: int
    amount: float
    unit: str
    kind: str
    """pledge, commitment, disbursement, cost_estimate, measure; ``""`` where the words do not say."""
    low: float | None
    high: float | None
    rule: str
    confidence: float = 0.9


def find_values(doc: Doc) -> tuple[ValueMention, ...]:
    """Return every sum of money and every measure of a text, in order."""
    return find_values_in(words_of(doc).text)


def find_values_in(text: str) -> tuple[ValueMention, ...]:
    """Return the values of a plain text; they need no parse."""
    hits: tuple[list[re.Match[str]], list[re.Match[str]]] = ([], [])
    for number, match in _finder().find(text):
        hits[number].append(match)
    money = _money(text, hits[0])
    taken = bytearray(len(text) + 1)
    for value in money:
        taken[value.start : value.end] = b"\x01" * (value.end - value.start)
    measures = [m for m in _measures(text, hits[1]) if not any(taken[m.start : m.end])]
    return tuple(sorted(money + measures, key=lambda value: value.start))


@cache
def _finder() -> Finder:
    """Find sums (0) and measures (1)."""
    return Finder((_money_pattern(), load_units().pattern))


def _money_pattern() -> re.Pattern[str]:
    currencies = load_currencies()
    symbols = alternatives(sorted(currencies.symbols, key=len, reverse=True))
    names = alternatives(sorted(currencies.words, key=len, reverse=True))
    codes = alternatives(currencies.codes)
    mark = rf"(?:(?:{codes})\s?\$?|{symbols})"
    return re.compile(
        r"(?<![A-Za-z])"
        rf"(?:(?P<pre>(?<![A-Za-z]){mark}|\bRs\.?|\bF?CFA|\b(?i:renminbi|rmb|yuan))\s?(?:of\s)?|(?<![\w.,]))"
        rf"(?:(?P<n1>{NUMBER})|\b(?P<w1>(?i:{WORD_NUMBER}))(?=[\s-]))"
        rf"(?:[\s-]?(?P<s1>{SCALE})(?![a-zA-Z]))?"
        rf"(?:{JOIN}(?:{mark})?\s?(?P<n2>{NUMBER})(?![\d,.]*[\d%])(?:[\s-]?(?P<s2>{SCALE})(?![a-zA-Z]))?)?"
        rf"(?:[\s-]?(?P<post>(?:in\s|of\s)?(?:(?i:{names})(?![a-zA-Z])|(?:{mark})(?![A-Za-z\d]|\s?\d))"
        rf"(?:\s(?:{codes}|(?i:yuan|rmb))(?![A-Za-z]))?))?"
        r"(?:\s(?P<s3>million|billion)(?![a-z]))?"
    )


def _money(text: str, hits: Iterable[re.Match[str]]) -> list[ValueMention]:
    found = []
    currencies = load_currencies()
    for match in hits:
        unit = _currency(match, text, currencies)
        if not unit:
            continue
        amounts = _amounts(match)
        if amounts is None:
            continue
        low, high = amounts
        least, most = _limits(text, match.start())
        name = "money-range" if low != high else "money"
        found.append(
            ValueMention(
                match.start(), match.end(), low, unit, _kind(text, match.start(), match.end()),
                low if low != high or least else None, high if low != high or most else None, name, 0.9,
            )
        )  # fmt: skip
    return found


def _currency(match: re.Match[str], text: str, currencies: Currencies) -> str:
    """Return the ISO code; what stands after the number says it better than a bare ``$`` before it."""
    pre, post = match["pre"] or "", match["post"] or ""
    if not (pre or post):
        return ""
    after = currencies.code(re.sub(r"^(?:in|of)\s", "", post), text) if post else ""
    if post and not after:
        first, _, last = post.rpartition(" ")
        after = currencies.code(last, text) or currencies.code(first, text)
    scaled = bool(match["s1"] or match["s2"])
    if post.lower() in currencies.careful and not (scaled or pre):
        after = ""
    before = currencies.code(pre, text) if pre else ""
    if before and after:
        return after if pre.strip() == "$" or before == after else before
    if match["w1"] and not (after and (scaled or match["w1"].lower() not in ("a", "an"))):
        return ""
    return before or after


def _amounts(match: re.Match[str]) -> tuple[float, float] | None:
    first = NUMBER_WORDS[match["w1"].lower()] if match["w1"] else _number(match["n1"])
    scale1, scale2 = _scale(match["s1"] or match["s3"]), _scale(match["s2"] or match["s3"])
    if not match["n2"]:
        return first * scale1, first * scale1
    second = _number(match["n2"]) * (scale2 if match["s2"] else scale1)
    first *= scale1 if match["s1"] else scale2
    return (first, second) if first < second else None


def _number(text: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", text):  # 1.200.000 as continental Europe writes it
        text = text.replace(".", "")
    return float(re.sub(r"[,\s]", "", text))


def _scale(text: str | None) -> float:
    product = 1.0
    for word in (text or "").lower().split():
        product *= SCALES[word]
    return product


def _limits(text: str, start: int) -> tuple[bool, bool]:
    """Tell whether the words before a number make it a lower ("more than") or an upper limit ("up to")."""
    words = re.findall(r"[a-z]+", text[max(0, start - 14) : start].lower())
    last = words[-1] if words else ""
    before = words[-2] if len(words) > 1 else ""
    least = last in LEAST and not (last == "than" and before in ("less", "fewer"))
    most = (
        (last == "to" and before == "up")
        or last in ("under", "below")
        or (last == "than" and before == "less")
    )
    return least, most


KIND_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for kind, words in (
        ("disbursement", r"disburs\w+|paid|transferred|handed\sover|released|received|repaid|repayments?|drawn"),
        ("pledge", r"pledg\w+|promis\w+|offer\w*|(?:aims?|plans?|intends?|ready)\sto\s\w+|proposed|vow\w+"
                   r"|would\s(?:provide|invest|give|lend|finance|fund)|will\s(?:provide|invest|give|lend)"),
        ("cost_estimate", r"cost(?:s|ed|ing)?|worth|valued|estimat\w+|price[ds]?|budget\w*|total(?:l?ing|s)?"
                          r"|investments?\sof|expected\sto\sreach"),
        ("commitment", r"agree\w*|sign\w*|loans?|credits?|grant\w*|contracts?|deals?|commit\w*|approv\w*|financ\w*"
                       r"|fund\w*|provid\w*|donat\w*|invest\w*|aid|lent|lend\w*|gave|gift\w*|allocat\w*|sale|bought"),
    )
)  # fmt: skip
KIND_REACH = 60
"""Characters on each side of a sum that may say its kind; a sentence's end stops the look."""


def _kind(text: str, start: int, end: int) -> str:
    """Name the kind by the nearest telling word; words before a sum count for more than words after it."""
    before = re.split(r"[.;]\s", text[max(0, start - KIND_REACH) : start])[-1]
    after = re.split(r"[.;]\s", text[end : end + KIND_REACH // 2])[0]
    best, best_distance = "", float("inf")
    for kind, pattern in KIND_WORDS:
        hits = [len(before) - m.end() for m in pattern.finditer(before)]
        hits += [8 + m.start() for m in pattern.finditer(after)]
        if hits and min(hits) < best_distance:
            best, best_distance = kind, min(hits)
    return best


def _measures(text: str, hits: Iterable[re.Match[str]]) -> list[ValueMention]:
    units = load_units()
    found: list[ValueMention] = []
    for match in hits:
        unit = units.find(match["unit"], text[match.end() : match.end() + 40])
        if unit is None:
            continue
        scale = SCALES.get((match["scale"] or "").lower(), 1.0)
        if match["scale"] in ("m", "b", "k", "cr"):
            continue
        low = _number(match["n1"]) * scale * unit.factor
        high = _number(match["n2"]) * scale * unit.factor if match["n2"] else low
        if high < low:
            continue
        span = high if high != low else None
        end = match.end() + unit.tail
        if unit.to == "km" and AWAY.match(text, end):
            continue
        found.append(
            ValueMention(
                match.start(), end, low, unit.to, "measure", low if span else None, span, "measure", 0.9
            )
        )
    return found


__all__ = ["CODES", "ValueMention", "find_values", "find_values_in"]
