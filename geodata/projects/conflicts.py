"""Where the sources of one project differ, property by property, with the words to say so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from geodata.claims.edtf import years as years_of
from geodata.projects.derive import nearest_km, status_key
from geodata.projects.ranking import Sources, ranked
from geodata.records import COUNTRY, Claim, Conflict

ONCE = {
    "happening": ("held",), "deal": ("signed",), "built": ("started", "completed", "expected"),
    "support": ("started", "completed"),
}  # fmt: skip
"""Dates that a thing of each kind has one of."""
PARTNERS = frozenset({"contractor", "implementing", "supplier", "operator", "owner", "funding", "buyer"})
SUM_DIFFERS = 0.05
VENUE_KM = 60.0
HASH_TAIL = re.compile(r"_[0-9a-f]{12,}$")

Grouping = dict[str, dict[str, list[Claim]]]
"""Source -> what it says (in words) -> the claims that say it."""


def find_conflicts(
    claims: Sequence[Claim],
    kind: str,
    stages: Mapping[str, int],
    canonical: Mapping[str, str],
    sources: Sources,
) -> tuple[Conflict, ...]:
    """Return where sources differ; a source that gives both of two values does not differ from another.

    ``canonical`` leads every spelling of an actor to its one name, ``stages`` orders statuses along a life.
    """
    by: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.modality != "denied" or claim.role == "rejected_venue":
            by[claim.property].append(claim)
    found = [
        *_directions(by["place"], sources),
        *(_venues(by["place"], sources) if kind == "happening" else ()),
        *_refusals(by["place"], sources),
        *_dates(by["date"], kind, sources),
        *_values(by["value"], sources),
        *_statuses(by["status"], stages, sources),
        *_partners(by["actor"], canonical, sources),
        *_spellings(by["actor"], canonical, sources),
    ]
    return tuple(found)


def _by_source(claims: Sequence[Claim], say: Callable[[Claim], str], sources: Sources) -> Grouping:
    told: Grouping = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        told[sources.source(claim.document)][say(claim)].append(claim)
    return told


def _differ(told: Grouping, same: Callable[[str, str], bool]) -> bool:
    """Tell whether two sources have nothing in common in what they say."""
    keys = sorted(told)
    return any(
        not any(same(x, y) for x in told[a] for y in told[b])
        for n, a in enumerate(keys)
        for b in keys[n + 1 :]
    )


def _conflict(
    name: str, told: Grouping, sources: Sources, show: Callable[[str], str] = str, *, pairs: bool = False
) -> Conflict:
    """Write a conflict, the value that stands first; ``pairs`` keeps the claims of a value in the order told."""
    said: dict[str, list[Claim]] = defaultdict(list)
    for values in told.values():
        for value, group in values.items():
            said[value] += group
    back = {id(claim): value for value, group in said.items() for claim in group}
    order = ranked(said.values(), sources)
    parts = [f"{show(back[id(group[0])])} ({_cite(group)})" for group in order]
    if pairs:
        order = [said[back[id(group[0])]] for group in order]
    ids = tuple(claim.id for group in order for claim in group)
    return Conflict(name, ids, f"{name}: {' or '.join(parts)}")


def _cite(claims: Sequence[Claim]) -> str:
    return ", ".join(sorted({HASH_TAIL.sub("", claim.document) for claim in claims}))


def _directions(places: Sequence[Claim], sources: Sources) -> Iterator[Conflict]:
    """A to B in one source, B to A in another."""
    tellings: dict[str, list[Claim]] = defaultdict(list)
    for claim in places:
        if claim.role == "endpoint":
            tellings[claim.event].append(claim)
    told: Grouping = defaultdict(lambda: defaultdict(list))
    ways: set[tuple[str, str]] = set()
    for _, ends in sorted(tellings.items()):
        first, last = ends[0], ends[-1]
        if (first.place or first.value) != (last.place or last.value):
            told[sources.source(first.document)][f"{first.value} to {last.value}"] += [first, last]
            ways.add((first.value, last.value))
    turned = {f"{a} to {b}" for a, b in ways if (b, a) in ways}
    told = {s: {v: g for v, g in values.items() if v in turned} for s, values in told.items()}
    told = {s: values for s, values in told.items() if values}
    if len(told) > 1 and _differ(told, lambda x, y: x == y):
        yield _conflict("direction", told, sources, pairs=True)


def _venues(places: Sequence[Claim], sources: Sources) -> Iterator[Conflict]:
    venues = [c for c in places if c.role == "venue" and c.precision != COUNTRY and c.lat is not None]
    told = _by_source(venues, lambda c: c.value, sources)
    point = {c.value: c for c in reversed(venues)}
    if len(told) > 1 and _differ(told, lambda x, y: nearest_km(point[x], point[y]) <= VENUE_KM):
        yield _conflict("venue", told, sources)


def _refusals(places: Sequence[Claim], sources: Sources) -> Iterator[Conflict]:
    """One source says that a place was refused, another that it was there."""
    spots: dict[str, list[Claim]] = defaultdict(list)
    for claim in places:
        if claim.role in ("rejected_venue", "venue", "site"):
            spots[claim.place or claim.value].append(claim)
    for _, claims in sorted(spots.items()):
        told = _by_source(
            claims, lambda c: "refused" if c.role == "rejected_venue" else "held there", sources
        )
        if len(told) > 1 and _differ(told, lambda x, y: x == y):
            yield _conflict(f"venue {claims[0].value}", told, sources)


def _dates(dates: Sequence[Claim], kind: str, sources: Sources) -> Iterator[Conflict]:
    for role in ONCE.get(kind, ()):
        claims = [c for c in dates if c.role == role and c.edtf and years_of(c.edtf)]
        told = _by_source(claims, lambda c: c.edtf, sources)
        if len(told) > 1 and _differ(told, lambda x, y: bool(set(years_of(x)) & set(years_of(y)))):
            yield _conflict(f"date {role}", told, sources)


def _values(values: Sequence[Claim], sources: Sources) -> Iterator[Conflict]:
    slots: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in values:
        if claim.amount:
            slots[claim.unit, claim.role if claim.role != "measure" else ""].append(claim)
    for (unit, role), claims in sorted(slots.items()):
        told = _by_source(claims, lambda c: f"{c.amount:.6g}", sources)
        if len(told) > 1 and _differ(told, _same_sum):
            name = "sum" if len(unit) == 3 and unit.isupper() else unit
            label = f"{name} ({role.replace('_', ' ')})" if role else name
            yield _conflict(label, told, sources, lambda text, unit=unit: amount_text(float(text), unit))  # type: ignore[misc]


def _same_sum(a: str, b: str) -> bool:
    x, y = float(a), float(b)
    return abs(x - y) <= SUM_DIFFERS * max(abs(x), abs(y))


def amount_text(amount: float, unit: str) -> str:
    """Write a sum or measure for people: "USD 2 billion", "1 100 km"."""
    if len(unit) == 3 and unit.isupper():
        for size, word in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
            if amount >= size:
                return f"{unit} {amount / size:.4g}{word}"
        return f"{unit} {amount:,.0f}".replace(",", " ")
    whole = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.4g}"
    return f"{whole.replace(',', ' ')} {unit}"


def _statuses(claims: Sequence[Claim], stages: Mapping[str, int], sources: Sources) -> Iterator[Conflict]:
    """Statuses differ where no passage of time explains it: a newer text may well tell of a later stage."""
    best: dict[str, Claim] = {}
    for claim in sorted((c for c in claims if c.value in stages), key=lambda c: status_key(c, stages)):
        best.setdefault(sources.source(claim.document), claim)
    tops = [best[source] for source in sorted(best)]
    if any(_at_odds(a, b, stages, sources) for n, a in enumerate(tops) for b in tops[n + 1 :]):
        told: Grouping = {sources.source(c.document): {c.value: [c]} for c in tops}
        yield _conflict("status", told, sources, lambda value: value.replace("_", " "))


def _at_odds(a: Claim, b: Claim, stages: Mapping[str, int], sources: Sources) -> bool:
    if a.value == b.value:
        return False
    old, new = sorted((a, b), key=lambda c: sources.published(c.document))
    when_old, when_new = sources.published(old.document), sources.published(new.document)
    if not when_old or not when_new or when_old == when_new:
        return True
    return stages[new.value] < stages[old.value]


def _partners(actors: Sequence[Claim], canonical: Mapping[str, str], sources: Sources) -> Iterator[Conflict]:
    """Companies: each of two sources names one that the other does not."""
    companies = [c for c in actors if c.kind == "company" and (c.role in PARTNERS or not c.role)]
    told = _by_source(companies, lambda c: canonical.get(c.value, c.value), sources)
    keys = sorted(told)
    apart = [
        (a, b)
        for n, a in enumerate(keys)
        for b in keys[n + 1 :]
        if set(told[a]) - set(told[b]) and set(told[b]) - set(told[a])
    ]
    if apart:
        lone = {s: {", ".join(sorted(v)): [c for g in v.values() for c in g]} for s, v in told.items()}
        yield _conflict("partner", lone, sources)


def _spellings(actors: Sequence[Claim], canonical: Mapping[str, str], sources: Sources) -> Iterator[Conflict]:
    """One actor, spelt in two ways by two sources."""
    variants: dict[str, list[Claim]] = defaultdict(list)
    for claim in actors:
        variants[canonical.get(claim.value, claim.value)].append(claim)
    for _, claims in sorted(variants.items()):
        told = _by_source(claims, lambda c: c.value, sources)
        if len(told) > 1 and _differ(told, lambda x, y: x == y):
            yield _conflict("spelling", told, sources)
