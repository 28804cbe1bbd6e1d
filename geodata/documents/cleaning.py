"""Placeholder."""

from __future__ import annotations

from dataclasses import dataclass, field

from geodata.documents.extract import Extract, Facts
from geodata.documents.markdown import strip_markup
from geodata.documents.tracked import Tracked
from geodata.records import OffsetMap, Page


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text, where it came from, and what its own head told."""

    text: str
    offsets: OffsetMap
    pages: tuple[Page, ...] = ()
    facts: Facts = field(default_factory=Facts)
    warnings: tuple[str, ...] = ()


def clean(extract: Extract) -> Cleaned:
    """Return the clean text of an extract."""
    tracked = Tracked.of(extract.text).pieces([(extract.body, len(extract.text))])
    if extract.markdown:
        tracked = strip_markup(tracked)
    return Cleaned(tracked.text, tracked.offsets())
