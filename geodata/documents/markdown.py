"""Markdown: the markup goes, the words stay where they were, and paragraphs are what the blank lines say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geodata.documents.tracked import Edit, Tracked

FENCE = re.compile(r"^[ \t]*(?:```|~~~).*$", re.M)
LINE_MARKS = re.compile(
    r"^[ \t]*(?:>[ \t]?)+"  # quoted
    r"|^[ \t]*(?:[-*_][ \t]*){3,}$"  # rule
    r"|^[ \t]{0,40}\|?[ \t]{0,40}:?-{3,}:?[ \t|:-]*$"  # below a table's head
    r"|^[ \t]*={3,}[ \t]*$",  # below a heading
    re.M,
)
HEADING = re.compile(
    r"^(?P<mark>#{1,6}[ \t]+)(?P<words>.{0,1000}?)(?P<tail>[ \t]{0,20}#{0,20}[ \t]{0,20})$", re.M
)
BULLET = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+", re.M)
IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\s]{0,1000}(?:[ \t]+\"[^\"\n]{0,300}\")?\)")
LINK = re.compile(
    r"(?<!!)(?P<open>\[)(?=[^\[\]\n]{1,500}\]\()(?P<words>[^\[\]\n]{1,500})"
    r"(?P<close>\]\([^)\s]{0,1000}(?:[ \t]+\"[^\"\n]{0,300}\")?\))"
)
NOTE_MARK = re.compile(r"\[\^[\w-]{1,30}\](?!:)")
NOTE = re.compile(r"^[ \t]*\[\^[\w-]{1,30}\]:[ \t]*", re.M)
STRONG = re.compile(
    r"(?<![\w*_])(?P<open>\*{1,3}|_{1,3})(?=[^\s*_])(?P<words>[^\n*]{1,200}?)(?<=[^\s*_])(?P<close>(?P=open))(?![\w*_])"
)
CODE = re.compile(r"`(?P<words>[^`\n]{1,300})`")
LINE_END = re.compile(r"(?<=\S)[ \t]{0,40}\\?\n(?=[ \t]*\S)")


def strip_markup(tracked: Tracked) -> Tracked:
    """Return the text without Markdown's marks, lines of a paragraph joined."""
    tracked = _blank_lines_around_blocks(tracked)
    tracked = tracked.edit(list(_comments(tracked.text)))
    for pattern in (FENCE, LINE_MARKS, IMAGE, NOTE_MARK, NOTE):
        tracked = tracked.edit([(match.start(), match.end(), "") for match in pattern.finditer(tracked.text)])
    for pattern, groups in (
        (HEADING, ("mark", "tail")),
        (LINK, ("open", "close")),
        (STRONG, ("open", "close")),
    ):
        edits: list[Edit] = []
        for match in pattern.finditer(tracked.text):
            edits += [(match.start(group), match.end(group), "") for group in groups if match[group]]
        tracked = tracked.edit(edits)
    edits = []
    for match in CODE.finditer(tracked.text):
        edits += [(match.start(), match.start() + 1, ""), (match.end() - 1, match.end(), "")]
    tracked = tracked.edit(edits)
    return tracked.edit([(match.start(), match.end(), " ") for match in LINE_END.finditer(tracked.text)])


def _comments(text: str) -> Iterator[Edit]:
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        at = end + 3
        yield start, at, ""


def _blank_lines_around_blocks(tracked: Tracked) -> Tracked:
    """Give headings and list items a paragraph of their own, also where no blank line parts them."""
    edits: list[Edit] = []
    for match in BULLET.finditer(tracked.text):
        put = "\n" if tracked.text[: match.start()].endswith("\n") else ""
        edits.append((match.start(), match.end(), put))
    tracked = tracked.edit(edits)
    return tracked.edit(
        [
            (at, at, "\n")
            for match in HEADING.finditer(tracked.text)
            for at in (match.start(), match.end())
            if at < len(tracked.text)
        ]
    )
