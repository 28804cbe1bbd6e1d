"""What a text says, read once: sentences, paragraphs, and every date, sum, status, actor and place by sentence.

The event rules ask for these by sentence, so that no rule reads the whole text again for each mention.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from spacy.tokens import Doc, Span, Token

from geodata.claims.actors import ActorMention, Gazetteer, find_actors
from geodata.claims.dates import DateMention, find_dates
from geodata.claims.observers import find_observers
from geodata.claims.status import StatusMention, find_statuses
from geodata.claims.values import ValueMention, find_values
from geodata.claims.words import Words, words_of
from geodata.records import COUNTRY, Document, Relation, Selector, Toponym

QUOTE_MARGIN = 32
"""Characters of prefix and suffix that a selector keeps."""
NEIGHBOURS = 15
"""Sentences on each side that may tell what a sentence speaks of."""
_PARAGRAPH = re.compile(r"\n\s*\n")


class Spanned(Protocol):
    """Anything with a half-open character span."""

    @property
    def start(self) -> int: ...  # noqa: D102

    @property
    def end(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class ReadText:
    """A parsed text with all that the readers found; the lists run in text order, one entry a sentence."""

    doc: Doc
    text: str
    """Of ``doc``, which spells it out anew each time it is asked."""
    document: Document
    sentences: tuple[Span, ...]
    paragraphs: tuple[int, ...]
    """The paragraph number of each sentence."""
    dates: tuple[tuple[DateMention, ...], ...]
    values: tuple[tuple[ValueMention, ...], ...]
    statuses: tuple[tuple[StatusMention, ...], ...]
    actors: tuple[tuple[ActorMention, ...], ...]
    toponyms: tuple[tuple[Toponym, ...], ...]
    relations: tuple[tuple[Relation, ...], ...]
    all_toponyms: tuple[Toponym, ...]
    starts: tuple[int, ...]
    """First character of each sentence."""
    countries: frozenset[str]
    """Those that the text speaks of as such or by their people (ISO 3166-1 alpha-2)."""
    main_states: tuple[ActorMention, ...]
    """The two states that it names most, as first mentioned; fewer if it names fewer."""
    observers: frozenset[str] = frozenset()
    """Names of actors that only write or speak of what is told."""

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that holds a character."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def around(self, sentence: int) -> range:
        """Return the sentences of a sentence's paragraph, no more than `NEIGHBOURS` before and after it."""
        paragraph = self.paragraphs[sentence]
        first = bisect_left(self.paragraphs, paragraph, max(sentence - NEIGHBOURS, 0), sentence + 1)
        last = bisect_right(
            self.paragraphs, paragraph, sentence, min(sentence + NEIGHBOURS + 1, len(self.paragraphs))
        )
        return range(first, last)

    def token_at(self, offset: int) -> Token | None:
        """Return the token that holds a character, ``None`` for blank space at the text's end."""
        span = self.doc.char_span(offset, offset + 1, alignment_mode="expand")
        return span[0] if span is not None and len(span) else None

    def root_of(self, start: int, end: int) -> Token | None:
        """Return the syntactic head of a stretch of text."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return span.root if span is not None and len(span) else None

    def select(self, start: int, end: int) -> Selector:
        """Return the selector of a stretch of text."""
        text = self.text
        return Selector(
            start,
            end,
            text[start:end],
            text[max(0, start - QUOTE_MARGIN) : start],
            text[end : end + QUOTE_MARGIN],
            self.document.page_at(start),
        )


def read_context(
    doc: Doc,
    document: Document,
    toponyms: Sequence[Toponym],
    relations: Sequence[Relation],
    vocabulary: Any,
    gaz: Gazetteer | None,
) -> ReadText:
    """Run every reader once over a parsed text."""
    text = words_of(doc).text
    sentences = tuple(s for s in doc.sents if not text[s.start_char : s.end_char].isspace())
    starts = tuple(sentence.start_char for sentence in sentences)

    def by_sentence[T: Spanned](mentions: Iterable[T]) -> tuple[tuple[T, ...], ...]:
        rows: list[list[T]] = [[] for _ in sentences]
        if rows:
            for mention in mentions:
                rows[max(bisect_right(starts, mention.start) - 1, 0)].append(mention)
        return tuple(tuple(row) for row in rows)

    values = find_values(doc)
    sums = _covered(text, values)
    actors = [a for a in find_actors(doc, toponyms, vocabulary, gaz) if not sums[a.start]]
    breaks = [match.start() for match in _PARAGRAPH.finditer(text)]
    return ReadText(
        doc,
        text,
        document,
        sentences,
        tuple(bisect_right(breaks, start) for start in starts),
        by_sentence(find_dates(doc, published=document.published)),
        by_sentence(values),
        by_sentence(find_statuses(doc)),
        by_sentence(actors),
        by_sentence(t for t in toponyms if not sums[t.start]),
        by_sentence(relations),
        tuple(toponyms),
        starts,
        frozenset(
            t.place.country
            for t in toponyms
            if t.place is not None and (t.kind == "demonym" or t.place.default_precision == COUNTRY)
        ),
        _main_states(actors),
        find_observers(doc, text, actors, document.author),
    )


def _main_states(actors: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    counts: dict[str, int] = {}
    first: dict[str, ActorMention] = {}
    for actor in actors:
        if actor.kind == "state":
            counts[actor.name] = counts.get(actor.name, 0) + 1
            first.setdefault(actor.name, actor)
    return tuple(first[name] for name in sorted(counts, key=lambda name: (-counts[name], name))[:2])


def _covered(text: str, values: Iterable[ValueMention]) -> bytearray:
    """Mark the characters of sums: the United States are no party to "200,000 US dollars"."""
    marks = bytearray(len(text) + 1)
    for value in values:
        marks[value.start : value.end] = b"\x01" * (value.end - value.start)
    return marks


TREE_LIMIT = 40
"""Governors to follow at most; trees are shallower, this only guards against a broken one."""
WORDS_PER_EDGE = 12.0
"""So many words apart count as one edge of the tree: the parser errs, so nearness in the text counts too."""
OTHER_CLAUSE = 2.5
"""Crossing from one clause into another costs as much as so many edges."""
CLAUSES = frozenset({"advcl", "ccomp", "conj", "relcl", "parataxis"})


def distance(a: Token, b: Token) -> float:
    """Tell how far apart two words of one sentence are: edges of the tree, clauses crossed, a little of the words."""
    words = words_of(a.doc)
    up: dict[int, float] = {}
    i, cost = a.i, 0.0
    for _ in range(TREE_LIMIT):
        up[i] = cost
        if words.heads[i] == i:
            break
        cost += _edge(words, i)
        i = words.heads[i]
    i, cost = b.i, 0.0
    apart = abs(a.i - b.i) / WORDS_PER_EDGE
    for _ in range(TREE_LIMIT):
        if i in up:
            return cost + up[i] + apart
        if words.heads[i] == i:
            break
        cost += _edge(words, i)
        i = words.heads[i]
    return cost + TREE_LIMIT + apart


def _edge(words: Words, i: int) -> float:
    clause = words.deps[i] in CLAUSES and words.pos[i] in ("VERB", "AUX")
    return 1.0 + (OTHER_CLAUSE if clause else 0.0)
