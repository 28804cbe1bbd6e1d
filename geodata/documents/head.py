"""What the first lines of a text tell of it: its title, who wrote it, when it came out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geodata.documents.dating import find_date
from geodata.documents.extract import Facts
from geodata.documents.paragraphs import is_heading

BY_LINE = re.compile(
    r"(?:(?:written )?by|authors?:)\s+(?P<name>(?:[A-Z][\w'’.-]+,?(?: and)?\s?){2,12})", re.I
)
HEAD = 6
"""Paragraphs that may be title, by-line and date."""
LONGEST = 400
"""Characters: what is longer is no title, by-line or date."""
TITLE_WORDS = 30
DATE_LINE_WORDS = 14


def read_head(paragraphs: Sequence[str]) -> Facts:
    """Return title, author and date as far as the first paragraphs state them in lines of their own."""
    title = author = published = ""
    for index, text in enumerate(paragraphs[:HEAD]):
        words = len(text.split()) if len(text) <= LONGEST else LONGEST
        if by := BY_LINE.match(text) if words <= DATE_LINE_WORDS else None:
            author = author or by["name"].strip(" ,.")
        if not published and words <= DATE_LINE_WORDS and text[-1] not in ".!?;,":
            published = find_date(text) if index else ""
        if index == 0 and words <= TITLE_WORDS and (is_heading(text) or text[-1] not in ".,;:"):
            title = text[:300]
    return Facts(title=title, author=author, published=published)
