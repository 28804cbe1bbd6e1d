"""Which place each name means: candidates from the gazetteer, weighed in context, with reasons that can be read.

``resolve`` is what leaves the room. Names → candidates (``names``, ``table``) → features → ranker; names without a
reading are placed by their surroundings (``anchors``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from geodata.records import COUNTRY, SEAT, UNCLEAR, Candidate, Place, Toponym
from geodata.relations import displace
from geodata.resolution.anchors import (
    CODE,
    HOME_SURE,
    Anchor,
    anchors_of,
    borrow,
    heads_of,
    home_of,
    supported,
)
from geodata.resolution.cues import Cues, read_cues
from geodata.resolution.names import LOOSE, MOST_CANDIDATES, Gazetteer, Name, Reading, gather
from geodata.resolution.nations import tell_nations_apart
from geodata.resolution.rank import Ranker, Ranking, load_ranker, rank, reason
from geodata.resolution.table import SAME_COS, Floats, Table, build_table, pick, place_class
from geodata.toponyms.words import words

__all__ = ["resolve"]

KEPT_CANDIDATES = 12
"""Candidates kept with a toponym, best first."""
TOLD_CANDIDATES = 2
"""Candidates whose reason is put in words."""
FIRM_NAME, FIRM_PLACE = 0.6, 0.5
"""Probability from which a name is a place, and this one, surely enough for others to lean on."""
BY_PART = 0.6
"""Confidence of a place that stands in a facility's name and that the text bears out."""
SURE_PLACE = 0.8
"""The same where it is less sure that the name is a place at all."""
SMALL_KINDS = frozenset({"town", "seat", "admin2", "spot", "land", "water"})
"""What may be a chance namesake of something that no gazetteer knows; a country or a sea is not."""
LEAST_TOWN = 0.02
"""Probability from which a town stands for the area of its name around it, or for the airport near it."""
WELL_MATCHED = ("exact", "folded")
"""How a town is named that stands for an area of exactly that name: Goa is no other name of Mormugao there."""
LEAST_AT_HOME, AS_LIKELY = 0.1, 0.5
"""Probability from which a reading in a country that the text names is taken for a small namesake in one it does not;
and that probability compared with the namesake's."""
BORROWS = 0.7
"""Probability of being a place from which an unknown name that is not of something built is put near its neighbours."""
SURELY = 0.85
"""Confidence from which a small place abroad stands alone."""
NAMED_SURELY = 0.75
"""The same where the text names its country."""
WELL_KNOWN = 100_000
"""Inhabitants from which a town abroad is named without its country."""
LIKELY = 0.5
"""From this confidence a reading stands although it is likelier that none is right."""


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
        Someone else chose the spans: each is taken for a place whatever recognition thinks of it.
    context
        Other mentions of the same text that help to tell where it is, but are not asked for.

    Below the ranker's threshold Dateline abstains: no point, all candidates kept.
    """
    ranker = ranker or load_ranker()
    if spans_given:
        toponyms = _labelled(toponyms, context)
    order = sorted(range(len(toponyms)), key=lambda i: (toponyms[i].start, toponyms[i].end))
    asked = [toponyms[i] for i in order]
    taken = [(t.start, t.end) for t in asked]
    extra = [c for c in context if not any(s < c.end and c.start < e for s, e in taken)]
    every = sorted([*asked, *extra], key=lambda t: (t.start, t.end))
    done = _resolved(every, doc, gaz, ranker)
    by_span = {(t.start, t.end): t for t in done}
    out = [by_span[toponym.start, toponym.end] for toponym in toponyms]
    return tuple(replace(t, document=given.document) for t, given in zip(out, toponyms, strict=True))


def _labelled(given: Sequence[Toponym], found: Sequence[Toponym]) -> list[Toponym]:
    """Give spans that someone else chose the kind that Dateline sees in them."""
    kinds = {(t.start, t.end): t for t in found}
    out = []
    for toponym in given:
        same = kinds.get((toponym.start, toponym.end))
        out.append(replace(toponym, kind=same.kind, inside=same.inside) if same else toponym)
    return out


def _resolved(toponyms: list[Toponym], doc: Doc, gaz: Gazetteer, ranker: Ranker) -> list[Toponym]:
    text = doc.text
    names = gather(toponyms, text, gaz)
    parts = _look_inside(names, gaz)
    table = build_table(names)
    cues = read_cues(names, toponyms, text)
    ranking = rank(table, cues, ranker)
    out = list(toponyms)
    unlikely: set[int] = set()
    for n, name in enumerate(names):
        if n not in table.rows:
            continue
        first, last = table.rows[n]
        chosen, sure = _choose(table, ranking, cues, n)
        if 1.0 - float(ranking.odds[first:last].sum()) > sure and place_class(chosen[0].place) in SMALL_KINDS:
            unlikely.update(name.mentions)
        for i in name.mentions:
            out[i] = _with_place(
                toponyms[i], chosen, ranker.confidence(sure), ranker.threshold, part=n in parts
            )
    out = _at_home(tell_nations_apart(out, text), ranker)
    return list(displace(_lean(toponyms, out, doc, text, gaz, names, parts, unlikely), text))


def _lean(
    given: Sequence[Toponym],
    placed: list[Toponym],
    doc: Doc,
    text: str,
    gaz: Gazetteer,
    names: Sequence[Name],
    parts: set[int],
    unlikely: set[int],
) -> list[Toponym]:
    """Place by its surroundings what has no reading, or none that is likely to be right."""
    inner = {i for n in parts for i in names[n].mentions}
    stray = _strays(names, placed, inner, "")
    sure = home_of(_firm(given, placed, inner | unlikely | stray), text, HOME_SURE)
    stray |= _strays(names, placed, inner, sure) if sure else set()
    firm = _firm(given, placed, inner | unlikely | stray)
    iso = home_of(firm, text)
    stray |= _misspelt(names, placed, iso) if iso else set()
    anchors = anchors_of(_firm(given, placed, inner | unlikely | stray))
    home = gaz.country(iso) if iso else None
    named = frozenset(t.place.country for t in firm if t.place is not None and t.kind != "embedded")
    out = []
    for i, toponym in enumerate(placed):
        if i in inner:
            toponym = _by_part(given[i], toponym, anchors, home, named)
        elif i in stray and toponym.place is not None:
            far = toponym.place
            told = f"its namesake {far.name} ({far.country}) lies in a country that the text has nothing to do with"
            toponym = replace(given[i], confidence=0.0, reason=told)
        open_ = toponym.place is None and (i in inner or not toponym.candidates)
        if _may_borrow(given[i]) and (
            open_ or (i in unlikely and i not in inner and toponym.confidence < LIKELY)
        ):
            borrowed = borrow(toponym, doc, text, anchors, home)
            toponym = borrowed if borrowed.place is not None or (open_ and not toponym.reason) else toponym
        out.append(toponym)
    return out


def _at_home(placed: list[Toponym], ranker: Ranker) -> list[Toponym]:
    """Take a likely reading in a country that the text names for a small namesake in one that it never speaks of.

    "Terrorists attacked the Indian army base at Uri": the town in Kashmir, not the canton. A country is spoken of by
    its name, its people or another name in it.
    """
    named = {t.place.country for t in placed if t.place is not None and place_class(t.place) == "country"}
    spoken: dict[str, set[str]] = defaultdict(set)
    for t in placed:
        if t.place is not None:
            spoken[t.place.country].add(t.surface)
    out = []
    for t in placed:
        far, near = t.place, next((c for c in t.candidates if c.place.country in named), None)
        strays = far is not None and far.country and spoken[far.country] == {t.surface}
        if far is None or near is None or not strays or far.population >= WELL_KNOWN:
            out.append(t)
            continue
        likely = near.score >= max(LEAST_AT_HOME, AS_LIKELY * t.candidates[0].score)
        if likely and place_class(far) in SMALL_KINDS | {"admin1"}:
            place = near.place
            told = (
                f"its country is named; {far.name} ({far.country}) lies in one that the text never speaks of"
            )
            t = replace(
                t, place=place, lat=place.lat, lon=place.lon, reason=told, precision=_precision(t, place),
                confidence=round(max(ranker.confidence(near.score), ranker.threshold), 3),
                candidates=(near, *(c for c in t.candidates if c is not near)),
            )  # fmt: skip
        out.append(t)
    return out


def _may_borrow(given: Toponym) -> bool:
    """Tell a name that is surely a place, though none knows it: given, built, or recognised beyond doubt."""
    if given.kind != "literal":
        return False
    last = given.surface.split()[-1].lower().strip(".")
    return (given.confidence or 1.0) >= BORROWS or last in words("facility") | words("street") | words(
        "natural"
    )


def _firm(given: Sequence[Toponym], placed: Sequence[Toponym], apart: set[int]) -> list[Toponym]:
    """Return the mentions that others may lean on."""
    return [t for i, t in enumerate(placed) if i not in apart and _is_firm(given[i], t)]


def _strays(names: Sequence[Name], placed: Sequence[Toponym], inner: set[int], home: str) -> set[int]:
    """Return the mentions put, none too surely, at a small place abroad where nothing else of the text is.

    That is a namesake ("Regent" of Sierra Leone in North Dakota). Where the text is about no country that is known
    (``home`` is empty), only names that several countries share are in doubt, and naming the country settles it.
    """
    named: set[str] = set()
    lies: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for i in name.mentions:
            place = placed[i].place
            if place is not None and place.country and i not in inner:
                if place_class(place) != "country":
                    lies[place.country].add(name.key)
                elif placed[i].kind != "embedded":
                    named.add(place.country)
    out: set[int] = set()
    for name in names:
        shared = len({m.place.country for m in name.matches if m.kind not in LOOSE}) > 1
        borne = sum(m.kind == "exact" for m in name.matches)
        sole = " " in name.key and borne == 1 and (not home or len(name.matches) == 1)
        if sole or not (home or (named and shared)):
            continue  # "Pemba Island" has no namesake
        for i in name.mentions:
            place = placed[i].place
            if (
                place is None
                or place.country in ("", home)
                or not _is_small(place)
                or not lies[place.country] <= {name.key}
            ):
                continue
            told = place.country in named
            if placed[i].confidence < (NAMED_SURELY if told and home else SURELY) and (home or not told):
                out.add(i)
    return out


def _misspelt(names: Sequence[Name], placed: Sequence[Toponym], home: str) -> set[int]:
    """Return the mentions that only a likeness of spelling puts abroad ("Belinga" of Gabon is not Bilinga)."""
    return {
        i
        for name in names
        if name.matches and all(m.kind in LOOSE for m in name.matches)
        for i in name.mentions
        if (place := placed[i].place) is not None and place.country not in ("", home) and _is_small(place)
    }


def _is_small(place: Place) -> bool:
    """Tell a place that a text would not name without saying where it is, were it abroad."""
    return place_class(place) in SMALL_KINDS and place.population < WELL_KNOWN


def _by_part(
    given: Toponym, placed: Toponym, anchors: Sequence[Anchor], home: Place | None, named: frozenset[str]
) -> Toponym:
    """Place a name by the place in it, of those that the text bears out; never by a namesake far away."""
    borne = [c.place for c in placed.candidates if supported(c.place, anchors, home, named)]
    towns = [place for place in borne if place.feature_class == "P"]
    for place in (*towns, *borne)[:1]:
        return replace(
            given, place=place, lat=place.lat, lon=place.lon, candidates=placed.candidates, confidence=BY_PART,
            precision=CODE[place_class(place)], reason=f"near {place.name}, which is in its name",
        )  # fmt: skip
    return replace(given, confidence=0.0)


def _is_firm(given: Toponym, placed: Toponym) -> bool:
    """Tell whether others may lean on a name: it is surely a place, and surely this one."""
    name = given.confidence or 1.0
    return placed.confidence >= (FIRM_PLACE if name >= FIRM_NAME else SURE_PLACE)


def _look_inside(names: Sequence[Name], gaz: Gazetteer) -> set[int]:
    """Give names without a firm reading those of the place in them; return which names these are."""
    parts: set[int] = set()
    for n, name in enumerate(names):
        if any(m.kind not in ("spelling", "stripped") for m in name.matches):
            continue
        for head in heads_of(name.surface):
            known = [m for m in gaz.lookup(head) if m.kind not in ("stripped", "spelling", "demonym")]
            if known:
                name.matches = tuple(Reading(m.place, "stripped") for m in known[:MOST_CANDIDATES])
                parts.add(n)
                break
    return parts


def _choose(table: Table, ranking: Ranking, cues: Cues, n: int) -> tuple[tuple[Candidate, ...], float]:
    """Return the candidates of a name, best first, told, and the probability of the best spot."""
    first, last = table.rows[n]
    best, sure = pick(table, ranking.odds, first, last)
    odds = ranking.odds
    if n not in cues.wanted and table.classes[best] in ("admin1", "admin2"):
        best = _town_for(table, odds, first, last, best)
    elif table.classes[best] == "spot" and table.kinds[best] == "stripped":
        best = _town_for(table, odds, first, last, best)  # "a road to Termez" does not end at its airport
    order = sorted(
        range(first, last), key=lambda row: (row != best, -round(float(odds[row]), 9), table.places[row].id)
    )
    out = []
    for number, row in enumerate(order[:KEPT_CANDIDATES]):
        rival = order[1 if number == 0 else 0] if last - first > 1 else None
        told = reason(ranking, row, rival) if number < TOLD_CANDIDATES else ""
        out.append(Candidate(table.places[row], round(float(odds[row]), 3), told))
    return tuple(out), sure


def _town_for(table: Table, odds: Floats, first: int, last: int, best: int) -> int:
    """Return the town where an area of the same name around it came out best: "in Kohat" is in the town."""
    towns = [
        row
        for row in range(first, last)
        if table.places[row].feature_class == "P"
        and table.kinds[row]
        in (WELL_MATCHED if table.kinds[best] == "exact" else (*WELL_MATCHED, "alternate"))
        and odds[row] >= LEAST_TOWN
        and float(table.point[row] @ table.point[best]) >= SAME_COS
    ]
    return max(towns, key=lambda row: (float(odds[row]), -row), default=best)


def _with_place(
    toponym: Toponym, candidates: tuple[Candidate, ...], confidence: float, threshold: float, *, part: bool
) -> Toponym:
    best = candidates[0]
    told = best.reason or ("the only reading" if len(candidates) == 1 else "")
    confidence = round(confidence, 3)
    if confidence < threshold:
        return replace(
            toponym, candidates=candidates, confidence=confidence, precision=UNCLEAR,
            reason=f"too uncertain: {best.place.name} or none" if len(candidates) == 1
            else f"too uncertain: {best.place.name} ({best.place.country}) or another",
        )  # fmt: skip
    return replace(
        toponym, place=best.place, lat=best.place.lat, lon=best.place.lon, candidates=candidates,
        confidence=confidence, precision=_precision(toponym, best.place), reason=told,
    )  # fmt: skip


def _precision(toponym: Toponym, place: Place) -> int:
    if toponym.kind == "metonym" and place.feature_code == "PPLC":
        return SEAT
    if toponym.kind == "demonym" and place_class(place) == "country":
        return COUNTRY
    return place.default_precision
