"""Which place each name means: candidates from the gazetteer, weighed in context, with reasons that can be read.

``resolve`` is what leaves the room. Names → candidates (``names``, ``table``) → features → ranker; names without a
reading are placed by their surroundings (``anchors``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from spacy.tokens import Doc

from geodata.records import COUNTRY, NEAR, SEAT, UNCLEAR, Candidate, Place, Toponym
from geodata.relations import displace
from geodata.resolution.anchors import CODE, anchors_of, borrow, head_of, supported
from geodata.resolution.cues import read_cues
from geodata.resolution.names import Gazetteer, Match, Name, gather
from geodata.resolution.rank import Ranker, Ranking, load_ranker, rank, reason
from geodata.resolution.table import Table, build_table, place_class

__all__ = ["resolve"]

KEPT_CANDIDATES = 12
"""Candidates kept with a toponym, best first."""


@dataclass(frozen=True, slots=True)
class Part:
    """A reading of the place inside a name ("Muktarpur" of "Muktarpur Bridge")."""

    place: Place
    kind: str = "stripped"


def resolve(
    toponyms: Sequence[Toponym],
    doc: Doc,
    gaz: Gazetteer,
    *,
    spans_given: bool = False,
    context: Sequence[Toponym] = (),
    ranker: Ranker | None = None,
) -> tuple[Toponym, ...]:
    """Return the toponyms with place, point, precision, confidence, candidates and reason, in the order given.

    Parameters
    ----------
    toponyms
        Mentions of a document; offsets refer to ``doc.text``.
    spans_given
        Someone else chose the spans: each is taken for a place, and none is dropped.
    context
        Other mentions of the same text that help to tell where it is, but are not asked for.

    Below the ranker's threshold Dateline abstains: no point, all candidates kept.
    """
    ranker = ranker or load_ranker()
    order = sorted(range(len(toponyms)), key=lambda i: (toponyms[i].start, toponyms[i].end))
    asked = [toponyms[i] for i in order]
    taken = [(t.start, t.end) for t in asked]
    extra = [c for c in context if not any(s < c.end and c.start < e for s, e in taken)]
    every = sorted([*asked, *extra], key=lambda t: (t.start, t.end))
    done = _resolved(every, doc, gaz, ranker, spans_given)
    by_span = {(t.start, t.end): t for t in done}
    out = [by_span[toponym.start, toponym.end] for toponym in toponyms]
    return tuple(replace(t, document=given.document) for t, given in zip(out, toponyms, strict=True))


def _resolved(
    toponyms: list[Toponym], doc: Doc, gaz: Gazetteer, ranker: Ranker, spans_given: bool
) -> list[Toponym]:
    names = gather(toponyms, doc.text, gaz)
    parts = _look_inside(names, gaz)
    table = build_table(names)
    ranking = rank(table, read_cues(names, toponyms, doc.text), ranker)
    out = list(toponyms)
    for n, name in enumerate(names):
        if n not in table.rows:
            continue
        chosen = _choose(table, ranking, n, ranker)
        for i in name.mentions:
            out[i] = _with_place(toponyms[i], chosen, ranker, part=n in parts)
    anchors = anchors_of([t for i, t in enumerate(out) if not any(i in names[n].mentions for n in parts)])
    homes = _homes(out)
    for n in sorted(parts):
        for i in names[n].mentions:
            place = out[i].place
            if place is not None and not supported(place, anchors) and anchors:
                out[i] = toponyms[i]
    del spans_given
    out = [
        borrow(t, doc, anchors, homes) if t.place is None and not t.candidates and t.kind != "demonym" else t
        for t in out
    ]
    return list(displace(out, doc.text))


def _look_inside(names: Sequence[Name], gaz: Gazetteer) -> set[int]:
    """Give names without a reading those of the place in them; return which names these are."""
    parts: set[int] = set()
    for n, name in enumerate(names):
        if name.matches and any(m.kind not in ("spelling",) for m in name.matches):
            continue
        head = head_of(name.surface)
        inner: tuple[Match, ...] = tuple(gaz.lookup(head)) if head else ()
        known = [m for m in inner if m.kind not in ("stripped", "spelling", "demonym")]
        if known:
            name.matches = tuple(Part(m.place) for m in known)
            parts.add(n)
    return parts


def _choose(table: Table, ranking: Ranking, n: int, ranker: Ranker) -> tuple[Candidate, ...]:
    """Return the candidates of a name, best first, with confidence and reason."""
    first, last = table.rows[n]
    odds = ranking.odds[first:last]
    order = sorted(range(last - first), key=lambda i: (-round(float(odds[i]), 9), table.places[first + i].id))
    out = []
    for place_in_order, i in enumerate(order[:KEPT_CANDIDATES]):
        rival = order[1] if place_in_order == 0 and len(order) > 1 else (order[0] if place_in_order else None)
        told = (
            reason(ranking, first + i, None if rival is None else first + rival) if place_in_order < 3 else ""
        )
        out.append(Candidate(table.places[first + i], round(ranker.confidence(float(odds[i])), 3), told))
    return tuple(out)


def _with_place(
    toponym: Toponym, candidates: tuple[Candidate, ...], ranker: Ranker, *, part: bool
) -> Toponym:
    best = candidates[0]
    told = best.reason or ("the only reading" if len(candidates) == 1 else "")
    confidence = round(best.score * (0.8 if part else 1.0), 3)
    if confidence < ranker.threshold:
        return replace(
            toponym, candidates=candidates, confidence=confidence, precision=UNCLEAR,
            reason=f"too uncertain between {best.place.name} and others",
        )  # fmt: skip
    return replace(
        toponym, place=best.place, lat=best.place.lat, lon=best.place.lon, candidates=candidates,
        confidence=confidence, precision=_precision(toponym, best.place, part), reason=told,
    )  # fmt: skip


def _precision(toponym: Toponym, place: Place, part: bool) -> int:
    if part:
        return CODE[place_class(place)] or NEAR
    if toponym.kind == "metonym" and place.feature_code == "PPLC":
        return SEAT
    if toponym.kind == "demonym" and place_class(place) == "country":
        return COUNTRY
    return place.default_precision


def _homes(toponyms: Sequence[Toponym]) -> list[Place]:
    """Return the places that a document is about: those that most of its small places lie near, best first."""
    places = [
        t.place for t in toponyms if t.place is not None and place_class(t.place) not in ("country", "region")
    ]
    if not places:
        return []
    points = np.radians(np.array([(p.lat, p.lon) for p in places]))
    vectors = np.stack(
        [
            np.cos(points[:, 0]) * np.cos(points[:, 1]),
            np.cos(points[:, 0]) * np.sin(points[:, 1]),
            np.sin(points[:, 0]),
        ],
        1,
    )
    near = (vectors @ vectors.T > np.cos(150.0 / 6371.0)).sum(axis=1)
    votes: dict[str, tuple[int, int, Place]] = {}
    counts: dict[str, int] = defaultdict(int)
    for place in places:
        counts[place.id] += 1
    for place, count in zip(places, near, strict=True):
        votes[place.id] = (-int(count), -counts[place.id], place)
    ranked = sorted(votes.values(), key=lambda v: (v[0], v[1], v[2].id))
    return [v[2] for v in ranked if -v[0] * 2 >= len(places)]
