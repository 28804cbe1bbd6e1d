"""A text as the Texts page shows it: paragraphs cut into sentences and names, the places it names, what it tells.

Offsets are those of the records (characters of the cleaned text); the words are cut here, because a browser counts
characters in another way. Nothing in here is markup: the browser makes text nodes of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geodata.records import Candidate, Claim, Document, Place, Project, Sentence, Toponym
from geodata.wording import PRECISION, date_words

SURE = 0.6
"""Least confidence at which a place is shown without a doubt; below it the line under the name is dashed."""
MOST_CANDIDATES = 4
MOST_NAME = 120
"""Characters: a claim on more words than this is a sentence, not a name."""

_PARAGRAPH = re.compile(r"[^\n](?:.|\n(?!\s*\n))*")

Piece = str | list[Any]
"""Words, or ``[kind, start, end, index, pieces]``; kinds are place, actor and date."""


@dataclass(frozen=True, slots=True)
class Span:
    """A name in the text; ``index`` says which place or actor it is."""

    start: int
    end: int
    kind: str
    index: int = -1
    look: str = ""
    """How a place is drawn: literal, people, refused or unsure."""


@dataclass(frozen=True, slots=True)
class Told:
    """All that is shown of one document."""

    document: Document
    sentences: Sequence[Sentence]
    toponyms: Sequence[Toponym]
    projects: Sequence[Project]


def page_of(told: Told, labels: Mapping[str, Any]) -> dict[str, Any]:
    """Return a text for the browser: paragraphs, places, actors and projects; ``labels`` are those of the atlas."""
    refused = refused_spans(told)
    places, spans = _places(told, refused)
    actors, named = _actors(told, spans)
    projects, by_sentence = _projects(told, labels)
    cut = sorted([*spans, *named, *_dates(told, [*spans, *named])], key=lambda s: (s.start, -s.end))
    return {
        "places": places,
        "actors": actors,
        "projects": projects,
        "paragraphs": [
            {
                "start": start,
                "end": end,
                "page": _page_begins(told.document, start, end),
                "sentences": _sentences(told, start, end, cut, by_sentence),
            }
            for start, end in paragraphs(told.document.text)
        ],
    }


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph begins and ends: what blank lines part, without blanks around it."""
    for match in _PARAGRAPH.finditer(text):
        words = match.group()
        start = match.start() + len(words) - len(words.lstrip())
        end = match.start() + len(words.rstrip())
        if end > start:
            yield start, end


def refused_spans(told: Told) -> set[tuple[int, int]]:
    """Return where the text names places that were refused."""
    return {
        (claim.selector.start, claim.selector.end)
        for claim in _claims(told)
        if claim.property == "place" and claim.role == "rejected_venue"
    }


def _claims(told: Told) -> Iterator[Claim]:
    for project in told.projects:
        for claim in project.claims:
            if claim.document == told.document.id:
                yield claim


# --- places ----------------------------------------------------------------------------------------------------------


def look_of(toponym: Toponym, refused: set[tuple[int, int]]) -> str:
    """Return how a mention is drawn."""
    if any(start < toponym.end and end > toponym.start for start, end in refused):
        return "refused"
    if toponym.kind in ("demonym", "metonym"):
        return "people"
    return "unsure" if toponym.lat is None or toponym.confidence < SURE else "literal"


def _places(told: Told, refused: set[tuple[int, int]]) -> tuple[list[dict[str, Any]], list[Span]]:
    """Return the places that a text names, most often named first, and every mention of one."""
    mentions: list[tuple[Toponym, str]] = []
    at = 0
    for toponym in sorted(told.toponyms, key=lambda t: (t.start, -t.end)):
        if toponym.kind != "embedded" and toponym.start >= at:
            at = toponym.end
            mentions.append((toponym, look_of(toponym, refused)))
    sure = {(t.place.id, t.surface.casefold()) for t, look in mentions if t.place and look != "unsure"}
    groups: dict[str, list[tuple[Toponym, str]]] = {}
    for toponym, look in mentions:
        groups.setdefault(_group(toponym, look, sure), []).append((toponym, look))
    order = sorted(groups, key=lambda k: (-len(groups[k]), groups[k][0][0].start))
    spans = [
        Span(toponym.start, toponym.end, "place", index, look)
        for index, key in enumerate(order)
        for toponym, look in groups[key]
    ]
    return [_place(key, groups[key]) for key in order], sorted(spans, key=lambda s: s.start)


def _group(toponym: Toponym, look: str, sure: set[tuple[str, str]]) -> str:
    """Return what a mention is counted under: its place, or its words where the place is in doubt."""
    words = toponym.surface.casefold()
    placed = toponym.place is not None and toponym.lat is not None
    if toponym.place and placed and (look != "unsure" or (toponym.place.id, words) in sure):
        return toponym.place.id
    return f"?{words}"


def _place(key: str, mentions: Sequence[tuple[Toponym, str]]) -> dict[str, Any]:
    best = max(mentions, key=lambda m: (m[1] != "people", m[0].confidence))[0]
    looks = [look for _, look in mentions]
    placed = best.lat is not None
    return {
        "id": key,
        "name": best.place.name if best.place and not key.startswith("?") else best.surface,
        "where": _where(best.place) if placed else "",
        "lat": best.lat,
        "lon": best.lon,
        "precision": best.precision,
        "certainty": PRECISION.get(best.precision, ""),
        "count": len(mentions),
        "pinned": sum(look != "people" for look in looks),
        "refused": "refused" in looks,
        "unsure": all(look == "unsure" for look in looks),
        "confidence": round(best.confidence, 2),
        "reason": best.reason,
        "candidates": [_candidate(c) for c in best.candidates[:MOST_CANDIDATES]],
    }


def _where(place: Place | None) -> str:
    """Return the area and country (code) that a place lies in."""
    if place is None:
        return ""
    return f"{place.admin1}|{place.country}" if place.admin1 != place.name else f"|{place.country}"


def _candidate(candidate: Candidate) -> list[Any]:
    place = candidate.place
    return [place.name, place.feature_code, _where(place), round(candidate.score, 2), candidate.reason]


# --- actors and dates ------------------------------------------------------------------------------------------------


def _actors(told: Told, places: Sequence[Span]) -> tuple[list[str], list[Span]]:
    """Return the actors, and where their names stand; where a place stands for an actor, the place is shown."""
    spans: dict[tuple[int, int], str] = {}
    for claim in _claims(told):
        if claim.property == "actor" and claim.value:
            spans.setdefault((claim.selector.start, claim.selector.end), claim.value)
    kept = _free(spans, places)
    names = sorted({spans[span] for span in kept})
    at = {name: i for i, name in enumerate(names)}
    return names, [Span(*span, "actor", at[spans[span]]) for span in kept]


def _dates(told: Told, taken: Sequence[Span]) -> list[Span]:
    spans = {(c.selector.start, c.selector.end): "" for c in _claims(told) if c.property == "date"}
    taken = sorted(taken, key=lambda s: s.start)
    return [Span(*span, "date") for span in _free(spans, taken, alone=True)]


def _free(
    spans: Iterable[tuple[int, int]], taken: Sequence[Span], *, alone: bool = False
) -> list[tuple[int, int]]:
    """Return the spans that do not cross each other nor what is taken, longer ones first; in order.

    A span may hold taken ones, unless it is to stand ``alone``; it is left out where a taken one holds it.
    """
    kept: list[tuple[int, int]] = []
    starts = [s.start for s in taken]
    for start, end in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if end <= start or end - start > MOST_NAME:
            continue
        low = bisect_left(starts, start)
        low -= low > 0 and taken[low - 1].end > start
        met = [s for s in taken[low : bisect_left(starts, end)] if s.end > start]
        whole = all(start <= s.start and s.end <= end and (s.start, s.end) != (start, end) for s in met)
        if (met and (alone or not whole)) or any(a < end and b > start for a, b in kept):
            continue
        kept.append((start, end))
    return sorted(kept)


# --- projects --------------------------------------------------------------------------------------------------------


def _projects(told: Told, labels: Mapping[str, Any]) -> tuple[list[dict[str, Any]], dict[int, list[int]]]:
    """Return the projects in order of where they begin, and which of them each sentence (by number) tells of."""
    starts = [s.start for s in told.sentences]
    held: dict[str, set[int]] = {}
    for project in told.projects:
        for claim in project.claims:
            at = bisect_right(starts, claim.selector.start) - 1
            if claim.document == told.document.id and at >= 0:
                held.setdefault(project.id, set()).add(at)
    shown = sorted(
        (p for p in told.projects if p.id in held), key=lambda p: (min(held[p.id]), max(held[p.id]), p.id)
    )
    by_sentence: dict[int, list[int]] = {}
    for index, project in enumerate(shown):
        for at in sorted(held[project.id]):
            by_sentence.setdefault(at, []).append(index)
    return [_project(p, labels) for p in shown], by_sentence


def _project(project: Project, labels: Mapping[str, Any]) -> dict[str, Any]:
    years = project.years
    return {
        "id": project.id,
        "title": project.title,
        "type": project.type,
        "label": labels["types"].get(project.type, project.type.replace("_", " ")),
        "status": project.status,
        "years": [min(years), max(years)] if years else [],
        "disagree": bool(project.conflicts),
    }


# --- cutting ---------------------------------------------------------------------------------------------------------


def _sentences(
    told: Told, start: int, end: int, spans: Sequence[Span], by_sentence: Mapping[int, list[int]]
) -> list[list[Any]]:
    """Return a paragraph's sentences: start, end, projects, pieces; what stands between two has no projects."""
    starts = [s.start for s in told.sentences]
    at, number = start, max(0, bisect_right(starts, start) - 1)
    cut: list[list[Any]] = []
    while at < end:
        while number < len(starts) and told.sentences[number].end <= at:
            number += 1
        inside = number < len(starts) and told.sentences[number].start <= at
        upto = told.sentences[number].end if inside else starts[number] if number < len(starts) else end
        upto = min(upto, end)
        projects = by_sentence.get(number, []) if inside else []
        cut.append([at, upto, projects, pieces(told.document.text, at, upto, spans)])
        at = upto
    return cut


def pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> list[Piece]:
    """Cut ``text[start:end]`` at the spans in it, outer ones holding inner ones; ``spans`` by start, longer first."""
    cut: list[Piece] = []
    at, i = start, bisect_left(spans, start, key=lambda s: s.start)
    while i < len(spans) and spans[i].start < end:
        span = spans[i]
        upto = min(span.end, end)
        if span.start > at:
            cut.append(text[at : span.start])
        inner = [s for s in spans[i + 1 : i + 12] if s.end <= upto and s.start < upto]
        kind = span.look or span.kind
        cut.append([kind, span.start, upto, span.index, pieces(text, span.start, upto, inner)])
        at = upto
        while i < len(spans) and spans[i].start < at:
            i += 1
    if at < end:
        cut.append(text[at:end])
    return cut


def _page_begins(document: Document, start: int, end: int) -> int | None:
    """Return the number of the page that begins in a paragraph, ``None`` where none does."""
    if not document.pages:
        return None
    at = bisect_left(document.pages, start - 2, key=lambda p: p.start)
    return document.pages[at].number if at < len(document.pages) and document.pages[at].start < end else None


def facts_of(document: Document, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the bibliographic facts of a document for the browser; ``row`` is its row of the document table."""
    return {
        "id": document.id,
        "title": document.title or document.id,
        "author": document.author,
        "publisher": document.publisher,
        "published": document.published,
        "date": date_words(document.published) if document.published else "",
        "url": document.url,
        "file": document.file,
        "media": document.media_type,
        "sha256": document.sha256,
        "pages": len(document.pages),
        "characters": len(document.text),
        "read": date_words(str(row.get("read_at") or "")[:10]),
        "missing": bool(row.get("missing")),
        "standing": str(row.get("standing") or ""),
        "standsFor": str(row.get("stands_for") or ""),
        "warnings": list(document.warnings),
    }
