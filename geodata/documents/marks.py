"""Within paragraphs: footnote marks stuck to words, links, doubled blanks."""

from __future__ import annotations

import re

from geodata.documents.dating import MONTHS
from geodata.documents.tracked import Edit, Tracked

LINK = re.compile(
    r" *(?P<open>[(\[<] *)?(?:available at:?\s*)?\b(?:https?://|www\.)[^\s<>\"”]{1,2000}?"
    r"(?P<stop>[.,;:!?'’)\]>]{0,20})(?=\s|$|[\"”])",
    re.I,
)
SUPERSCRIPT = re.compile(
    r"(?:(?<=[^\W\d_]{3})|(?<=[.,;:!?”\"’')\]]))[¹²³⁰⁴⁵⁶⁷⁸⁹](?:[¹²³⁰⁴⁵⁶⁷⁸⁹,]{0,12}[¹²³⁰⁴⁵⁶⁷⁸⁹])?(?!\w)"
)
BRACKETED = re.compile(
    r" ?\[(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|citation needed|note \d+|edit)\](?=[\s.,;:!?\"”’)\[]|$)", re.I
)
AFTER_STOP = re.compile(
    r"(?<![^\W\d_])(?P<word>[^\W\d_]{1,40})(?P<stop>[)\]’'”\"]*[.,;:!?]+[)\]’'”\"]*|[)\]”\"]+)(?P<mark>\d{1,3})"
    r"(?=\s+(?P<next>\S)|\s*$)"
)
STUCK = re.compile(r"(?<![\w-])(?P<word>[A-Za-z]{0,30}[a-z]{3})(?P<mark>\d{1,3})(?=[\s,.;:!?)\]]|$)")
BLANKS = re.compile(r" {2,}")
BEFORE_STOP = re.compile(r"(?<=[^\W_]) +(?=[,;](?:\s|$))")
BETWEEN = re.compile(r"(?<! ) *\n[ \n]*")
NUMBERED = {
    "no", "nos", "p", "pp", "art", "arts", "fig", "figs", "vol", "vols", "rs", "sec", "ch", "para", "ed", "res", "v",
    "vs", "approx", "ca", "c", "op", "eq", "tab", "table", "ver", "max", "min", "mt", "km",
}  # fmt: skip
MONTH = re.compile(r"\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.I)
GAP = 6
"""Footnotes count up: a digit on a word is taken for a mark if it follows the last one within so many."""


def mend_text(tracked: Tracked) -> Tracked:
    """Return a text without links, footnote marks and doubled blanks, its paragraphs parted by one blank line."""
    if "://" in tracked.text or "www." in tracked.text.lower():
        tracked = tracked.edit([_without_link(match) for match in LINK.finditer(tracked.text)])
    for pattern in (SUPERSCRIPT, BRACKETED):
        tracked = tracked.edit(
            [(match.start(), match.end(), "") for match in pattern.finditer(tracked.text) if not _unit(match)]
        )
    for pattern, put in ((BLANKS, " "), (BEFORE_STOP, ""), (BETWEEN, "\n\n")):
        tracked = tracked.edit(
            [(match.start(), match.end(), put) for match in pattern.finditer(tracked.text) if match[0] != put]
        )
    start = len(tracked.text) - len(tracked.text.lstrip())
    return tracked.pieces([(start, start + len(tracked.text.strip()))])


def drop_marks_in_order(tracked: Tracked) -> Tracked:
    """Take out the digits on words and behind full stops that count up through a text as footnotes do."""
    found = [match for match in AFTER_STOP.finditer(tracked.text) if _after_stop(match, tracked.text)]
    found += [match for match in STUCK.finditer(tracked.text) if match["word"].lower() not in MONTHS]
    edits: list[Edit] = []
    last = 0
    for match in sorted(found, key=lambda match: match.start("mark")):
        number = int(match["mark"])
        if last < number <= last + GAP or number == last:
            edits.append((match.start("mark"), match.end("mark"), ""))
            last = number
    # One digit alone proves nothing, unless it is the first footnote.
    return tracked.edit(edits) if len(edits) > 1 or (edits and last == 1) else tracked


def _after_stop(match: re.Match[str], text: str) -> bool:
    if match["word"].lower() in NUMBERED | MONTHS.keys() and match["stop"] == ".":
        return False
    if match["stop"] in (",", ":") and (MONTH.match(text, match.end()) or match["mark"] == "000"):
        return False
    following = match["next"] or "."
    return match["stop"].strip(",;:") == "" or not following.islower()


def _unit(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 3) : match.start()]
    return re.search(r"(?:^|[\W\d])(?:[kcm]?m|ft|mi|in)$", before) is not None


def _without_link(match: re.Match[str]) -> Edit:
    stop = match["stop"] or ""
    if match["open"]:
        closing = re.search(r"[)\]>]", stop)
        return match.start(), match.start("stop") + (closing.end() if closing else 0), ""
    return match.start(), match.start("stop"), ""
