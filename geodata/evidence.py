"""Evidence: the sentences behind a project, with the words that its claims stand on."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geodata.errors import StoreError
from geodata.records import Claim, Document
from geodata.store import Store

NEAR = 240
"""Characters shown on each side of a claim that no sentence holds."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a document and the claims that stand in it."""

    document: Document
    start: int
    end: int
    claims: tuple[Claim, ...]


def passages(store: Store, claims: Iterable[Claim]) -> tuple[Passage, ...]:
    """Return the sentences of claims: the one that says most first, then by document and position."""
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_document[claim.document].append(claim)
    found: list[Passage] = []
    for id in sorted(by_document):
        try:
            document = store.document(id)
        except StoreError:
            continue
        found += passages_in(document, [(s.start, s.end) for s in store.sentences(id)], by_document[id])
    found.sort(key=lambda p: (p.document.id, p.start))
    return best_first(found)


def best_first(found: Iterable[Passage]) -> tuple[Passage, ...]:
    """Put the passage that says most before the others, which stay in order."""
    rest = list(found)
    if rest:
        best = max(rest, key=lambda p: len({(c.property, c.role) for c in p.claims}))
        rest.remove(best)
        rest.insert(0, best)
    return tuple(rest)


def passages_in(
    document: Document, sentences: Sequence[tuple[int, int]], claims: Iterable[Claim]
) -> list[Passage]:
    """Return the sentences of one document's claims; ``sentences`` are all of its sentences, in order."""
    starts = [start for start, _ in sentences]
    held: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        start, end = claim.selector.start, claim.selector.end
        at = bisect_right(starts, start) - 1
        if at >= 0 and sentences[at][1] >= end:
            held[sentences[at]].append(claim)
        elif at >= 0 and sentences[at][1] > start:  # the claim runs over into the next sentence
            upto = next((e for _, e in sentences[at:] if e >= end), end)
            held[starts[at], upto].append(claim)
        else:
            held[max(0, start - NEAR), min(len(document.text), end + NEAR)].append(claim)
    return [Passage(document, start, end, tuple(group)) for (start, end), group in held.items()]


def pieces(text: str, start: int, end: int, claims: Iterable[Claim]) -> list[tuple[str, bool]]:
    """Cut ``text[start:end]`` where claims begin and end: pairs of words and whether a claim stands on them."""
    marked: list[list[int]] = []
    spans = sorted((max(start, c.selector.start), min(end, c.selector.end)) for c in claims)
    for low, high in spans:
        if low >= high:
            continue
        if marked and low <= marked[-1][1]:
            marked[-1][1] = max(marked[-1][1], high)
        else:
            marked.append([low, high])
    cut: list[tuple[str, bool]] = []
    at = start
    for low, high in marked:
        if low > at:
            cut.append((text[at:low], False))
        cut.append((text[low:high], True))
        at = high
    if at < end:
        cut.append((text[at:end], False))
    return cut
