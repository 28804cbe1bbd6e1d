"""Quotes as they stand on slides: a sentence of a text, marked where claims stand on it, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.errors import StoreError
from geodata.evidence import Passage, pieces
from geodata.records import Document, Project, Quote
from geodata.store import Store
from geodata.wording import footnote

LONGEST_QUOTE = 420
"""Characters; a longer sentence is cut, and dots say so."""


@dataclass(frozen=True, slots=True)
class SlideQuote:
    """A sentence of a text: its words, marked where a claim stands on them, and where it stands."""

    parts: tuple[tuple[str, bool], ...]
    citation: str
    """Short: "003, p. 7"."""
    footnote: str

    @property
    def text(self) -> str:
        """The words without marks."""
        return "".join(words for words, _ in self.parts).strip()


def copied(passage: Passage, project: Project) -> Quote:
    """Copy a passage for a scene, with all that a slide says of it, so that the scene never loses it."""
    document, words = passage.document, passage_quote(passage)
    exact = document.text[passage.start : passage.end]
    page = document.page_at(passage.start)
    claim = passage.claims[0].id if passage.claims else ""
    where = (document.id, passage.start, passage.end, page, project.id)
    return Quote(claim, exact, *where, words.parts, words.citation, words.footnote)


def of_copy(quote: Quote) -> SlideQuote:
    """Return a quote as it was when it was chosen."""
    if quote.parts:
        return SlideQuote(quote.parts, quote.citation, quote.footnote)
    return SlideQuote(((quote.exact, True),), quote.document, f"{quote.document}.")


def quote_of(store: Store, quote: Quote, project: Project | None = None) -> SlideQuote:
    """Return a chosen quote with the sentence it stands in; as it was chosen where the text is gone.

    The words that ``project``'s claims stand on are marked; without a project, the quote itself.
    """
    try:
        document = store.document(quote.document)
    except StoreError:
        then = of_copy(quote)
        return SlideQuote(then.parts, then.citation, f"{then.footnote.rstrip('.')}, no longer in the store.")
    start, end = quote.start, quote.end
    if document.text[start:end] != quote.exact:  # read again since, and moved
        return SlideQuote(((quote.exact, True),), _citation(document, start), footnote(document, start, end))
    spans = [s for s in store.sentences(document.id) if s.start < end and start < s.end]
    first, last = min([start, *(s.start for s in spans)]), max([end, *(s.end for s in spans)])
    told = [c for c in project.claims if c.document == document.id] if project is not None else []
    parts = pieces(document.text, first, last, told)
    if not told:
        cut = ((document.text[first:start], False), (quote.exact, True), (document.text[end:last], False))
        parts = [part for part in cut if part[0]]
    return _short(SlideQuote(tuple(parts), _citation(document, first), footnote(document, first, last)))


def passage_quote(passage: Passage) -> SlideQuote:
    """Return a passage as it stands on a slide."""
    document = passage.document
    return _short(
        SlideQuote(
            tuple(pieces(document.text, passage.start, passage.end, passage.claims)),
            _citation(document, passage.start),
            footnote(document, passage.start, passage.end),
        )
    )


def _short(quote: SlideQuote) -> SlideQuote:
    """Cut a sentence that is too long for a slide; the dots say so."""
    if len(quote.text) <= LONGEST_QUOTE:
        return quote
    kept, left = [], LONGEST_QUOTE
    for words, marked in quote.parts:
        if len(words) > left:
            kept.append((words[:left].rsplit(" ", 1)[0] + " …", marked))
            break
        kept.append((words, marked))
        left -= len(words)
    return SlideQuote(tuple(kept), quote.citation, quote.footnote)


def _citation(document: Document, at: int) -> str:
    page = document.page_at(at)
    name = document.title or document.id
    return f"{name}, p. {page}" if page is not None else name
