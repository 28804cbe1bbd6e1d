"""Where the names of organisations begin and end: runs of capitalised words that hold a telling word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from geodata.claims.actor_names import ActorWords

WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w’'.&/-]*|\d{1,3}(?:st|nd|rd|th)|&)"
LINK = r"(?:of|and|for|the|de|du|des|la|et|da|do)"
NAME = re.compile(rf"{WORD}(?:\s+(?:{LINK}\s+){{0,2}}{WORD}){{0,11}}")
TAIL = re.compile(
    r",?\s*(?:\(?(?:Pvt|Private)\)?\.?\s*)?(?:Co\b\.?,?\s*)?(?:Ltd|Limited|Inc|LLC|PLC|Corp)\b\.?"
)
_TRADE_WORDS = """
Agricultural Agriculture Architectural Bridge Bridges Chemical Chemicals Civil Commerce Commercial
Communication Communications Construction Cooperation Credit Culture Defence Design Development
Drainage Drilling Economic Education Electric Electricity Electronics Energy Engineering Equipment
Exploration Export Fertilizer Finance Fisheries Fishing Food Foreign Forestry Gas Geological Geology
Health Heat Housing Hydroelectric Hydropower Import Industrial Industry Information Insurance
International Investment Iron Irrigation Labour Light Machinery Marine Metallurgical Metals Minerals
Mining Natural Nonferrous Oil Petroleum Planning Post Power Railway Railways Reconstruction Research
Road Roads Rolling Science Security Sewage Sewerage Shipping Steel Storage Survey Technical
Technology Textile Textiles Tourism Trade Transport Transportation Water Works
"""
TRADES = frozenset(_TRADE_WORDS.split())
"""Words of which two may stand with "and" inside one name."""
WEAK = frozenset(
    {
        "Oil",
        "Gas",
        "Mining",
        "Construction",
        "Engineering",
        "Energy",
        "Investment",
        "Steel",
        "Electric",
        "Petroleum",
    }
    | {"Technology", "International", "Resources", "Services"}
)
"""Telling words that also stand inside a name ("Oil and Gas Company")."""


def organisation_spans(text: str, words: ActorWords, places: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the half-open spans of names that hold a telling word ("… Corporation", "Bank of …").

    ``places`` are the offsets at which a place name starts: "and" before one parts two names.
    """
    for match in NAME.finditer(text):
        yield from _parts(text, match.start(), match.end(), words, places)


def _parts(text: str, start: int, end: int, words: ActorWords, places: set[int]) -> Iterator[tuple[int, int]]:
    """Cut a run of capitalised words into names that hold a telling word.

    "and" joins two names where the first is whole by itself ("Exim Bank and Sinohydro Corporation") or where a
    country follows; it stays inside a name otherwise ("China Road and Bridge Corporation").
    """
    if not any(_tells(token, words) for token in text[start:end].split()):
        return
    tokens = [(m.start(), m.end(), m[0]) for m in re.finditer(r"\S+", text[start:end])]
    begin = 0
    for i, (at, _, token) in enumerate(tokens):
        last = i == len(tokens) - 1
        whole = any(_tells(t[2], words) for t in tokens[begin:i])
        split = (
            token == "and" and 0 < i < len(tokens) - 1 and _parts_names(text, start, tokens, i, words, places)
        )
        sentence_end = (
            token.endswith(".") and not last and len(token) > 4 and not _tells(token.rstrip("."), words)
        )
        if split or sentence_end:
            if whole:
                yield from _trim(tokens[begin : i + (0 if split else 1)], start, words)
            begin = i + 1
        del at
    if any(_tells(t[2], words) for t in tokens[begin:]):
        yield from _trim(tokens[begin:], start, words)


def _parts_names(
    text: str, start: int, tokens: list[tuple[int, int, str]], i: int, words: ActorWords, places: set[int]
) -> bool:
    """Tell whether the "and" at ``i`` stands between two names."""
    left, right = tokens[i - 1][2], tokens[i + 1][2]
    at = start + tokens[i + 1][0]
    if right == "the":
        return True
    if at in places or words.pattern.match(text, at):
        return True
    if left in TRADES and right in TRADES:
        return False
    if _tells(left, words):
        return not (
            left in WEAK and i + 2 < len(tokens) and (right in WEAK or _tells(tokens[i + 2][2], words))
        )
    return left not in TRADES and right not in TRADES and i >= 2 and len(tokens) - i > 2


def _tells(token: str, words: ActorWords) -> bool:
    return _bare(token) in words.suffixes


@lru_cache(maxsize=8192)
def _bare(token: str) -> str:
    return re.sub(r"['’]s?$", "", token).strip(".,")


def _trim(tokens: list[tuple[int, int, str]], start: int, words: ActorWords) -> Iterator[tuple[int, int]]:
    """Drop what stands after the last telling word, unless "of" leads there ("Bank of Ghana")."""
    last = max((i for i, t in enumerate(tokens) if _tells(t[2], words)), default=-1)
    if last < 0:
        return
    bare = re.sub(r"\W", "", tokens[last][2])
    if bare in WEAK and last + 1 < len(tokens) and tokens[last + 1][2] not in ("of", "for", "and"):
        return  # "Maputo International Airport"
    stop = last
    while stop + 1 < len(tokens) and tokens[stop + 1][2] in ("of", "for"):
        nxt = stop + 2
        while nxt + 1 < len(tokens) and tokens[nxt + 1][2] not in ("and", "of", "for", "the"):
            nxt += 1
        stop = min(nxt, len(tokens) - 1)
    while tokens[0][2] in ("and", "of", "for", "the", "&"):
        tokens, stop = tokens[1:], stop - 1
    if stop >= 0:
        text_end = (
            tokens[stop][1] - len(tokens[stop][2]) + len(re.sub(r"(?:['’]s?|[.,])$", "", tokens[stop][2]))
        )
        yield start + tokens[0][0], start + text_end
