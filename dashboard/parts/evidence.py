"""Evidence for the browser: the sentences behind a project, cut where its claims stand."""

from __future__ import annotations

from typing import Any

from geodata.evidence import Passage, passages, pieces
from geodata.wording import footnote

__all__ = ["passage_data", "passages", "pieces"]


def passage_data(passage: Passage) -> dict[str, Any]:
    """Return a passage for the browser: its words in pieces, marked or not, and where it stands."""
    document = passage.document
    return {
        "parts": pieces(document.text, passage.start, passage.end, passage.claims),
        "document": document.id,
        "title": document.title or document.id,
        "published": document.published,
        "page": document.page_at(passage.start),
        "start": passage.start,
        "end": passage.end,
        "footnote": footnote(document, passage.start, passage.end),
        "claims": [c.id for c in passage.claims],
    }
