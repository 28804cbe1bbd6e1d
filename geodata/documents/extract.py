"""What a reader hands to the clean-up."""

from __future__ import annotations

from dataclasses import dataclass, field

PAGE_BREAK = "\f"
FOOTNOTE_RULE = " " * 48
"""The line that stands for the rule above footnotes; Word's own text export writes it so too."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Bibliographic facts, as far as the file states them; ``""`` for none. ``published`` is EDTF."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    digest_of: str = ""

    def or_else(self, other: Facts) -> Facts:
        """Fill what is empty here from another source of facts."""
        names = ("title", "author", "publisher", "published", "url", "language", "digest_of")
        return Facts(**{name: getattr(self, name) or getattr(other, name) for name in names})


@dataclass(frozen=True, slots=True)
class Extract:
    """The text as a format gives it, before the clean-up.

    ``body`` is where the text itself begins (after front matter). ``paragraphs`` says that the format itself tells
    paragraphs apart, so that no line needs to be joined with the next. Pages are parted by form feeds.
    """

    text: str
    media_type: str
    facts: Facts = Facts()
    weak: Facts = Facts()
    """Facts that the text's own head overrules: a PDF's metadata often names the template."""
    body: int = 0
    paragraphs: bool = False
    markdown: bool = False
    paged: bool = False
    warnings: tuple[str, ...] = field(default=())
