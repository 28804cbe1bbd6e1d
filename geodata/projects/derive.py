"""What stands for a project: from all its claims, the places, actors, dates, years, sums and the status to show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from geodata.claims.edtf import bounds
from geodata.claims.edtf import years as years_of
from geodata.projects.likeness import kilometres
from geodata.projects.profiles import WHERE, is_money
from geodata.projects.ranking import SURE, Sources, claim_key, ranked, specificity
from geodata.records import COUNTRY, ESTIMATED, UNCLEAR, Claim

PLACE_ORDER = ("endpoint", "waypoint", "site", "venue", "rejected_venue", "beneficiary", "mentioned")
MOST_MENTIONS = 2
MOST_PLACES, MOST_ACTORS, MOST_SUMS, MOST_MEASURES, MOST_YEARS = 12, 6, 5, 3, 3
"""How many stand for a project; the rest stay among its claims. A project that lists everything is no answer."""
YEAR_WORTH = {
    "signed": 1.0, "announced": 0.95, "held": 1.0, "started": 0.9, "completed": 0.85, "cancelled": 0.8, "expected": 0.5,
}  # fmt: skip
FOR = ("beneficiary", "mentioned")
FOR_PARTY = "place-for-party"
"""Rule of a country that its text makes receive, all that it says of giving weighed."""
PAYING = frozenset({"funding", "supplier", "extending"})
BUILDING = frozenset({"contractor", "implementing"})
"""Actor roles of those who bring something to a country rather than get it; a state may build at home."""
ROLE_WORTH = {
    "funding": 1.0, "implementing": 1.0, "contractor": 1.0, "extending": 0.9, "supplier": 0.9, "operator": 0.9,
    "owner": 0.85, "buyer": 0.85, "host": 0.85, "signatory": 0.85, "participant": 0.8, "mediator": 0.8, "target": 0.8,
    "opponent": 0.7, "accountable": 0.8,
}  # fmt: skip
STOPS = frozenset({"stalled", "cancelled"})
LAST_STAGE = 9
"""A cancellation weighs no more than operation: it may be of a part."""
SAME_SUM = 0.02
SIDE_ROLE = 0.8
"""A second role of one actor is shown where its claims are at least this sure, compared with the first role's."""


class Givers(NamedTuple):
    """Countries that give, and those that only build: a state may build at home."""

    paying: frozenset[str] = frozenset()
    building: frozenset[str] = frozenset()

    def without(self, countries: set[str]) -> Givers:
        """Leave some out."""
        return Givers(self.paying - countries, self.building - countries)


NOBODY = Givers()


def best_places(claims: Sequence[Claim], sources: Sources, givers: Givers = NOBODY) -> tuple[Claim, ...]:
    """Return one claim a place, in the role that most of what is said of it gives it.

    A country is left out where a place in it stands for the project, unless it is who the project is for; so is the
    country of those who give (``givers``) where another has it. What is only mentioned is left out, but for a country
    where none stands, and the surest places where no site does. A route between towns does not end in countries, and
    seas and world regions are no sites where a place in a country is known.
    """
    grouped: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        grouped[claim.place or claim.value].append(claim)
    chosen = []
    for key in sorted(grouped):
        chosen.append(min(_role_group(grouped[key]), key=lambda claim: claim_key(claim, sources)))
    told = [c for c in chosen if c.role != "mentioned"]
    if any(c.country and c.lat is not None for c in told):
        told = [c for c in told if not (c.role == "site" and not c.country and c.precision == ESTIMATED)]
    if sum(c.role == "endpoint" and c.precision != COUNTRY for c in told) > 1:
        told = [c for c in told if not (c.role == "endpoint" and c.precision == COUNTRY)]
    givers = givers.without({c.country for c in told if c.extractor == FOR_PARTY})
    told = _without(told, givers.paying | givers.building, givers)
    told = _without([*told, *_mentions(chosen, told, givers.paying)], givers.paying, givers)
    fine = {c.country for c in told if c.precision != COUNTRY and c.role in PLACE_ORDER[:4]}
    kept = [c for c in told if not (c.precision == COUNTRY and c.country in fine and c.role != "beneficiary")]
    weight = {id(c): sources.count(grouped[c.place or c.value]) for c in kept}
    kept.sort(
        key=lambda c: (PLACE_ORDER.index(c.role or "mentioned"), -weight[id(c)], c.document, c.selector.start)
    )
    return tuple(kept[:MOST_PLACES])


def _without(told: list[Claim], giving: frozenset[str], givers: Givers) -> list[Claim]:
    """Leave out countries that give, where one is told that neither gives nor builds."""
    if not any(c.country and c.country not in givers.paying | givers.building for c in told):
        return told
    return [c for c in told if not (c.precision == COUNTRY and c.country in giving and c.role in FOR)]


def _mentions(chosen: Sequence[Claim], told: Sequence[Claim], givers: frozenset[str]) -> list[Claim]:
    """Return mere mentions worth showing: a country where none stands, the surest places where no site does."""
    mentions = sorted(
        (c for c in chosen if c.role == "mentioned"), key=lambda c: (-c.confidence, c.document, c.id)
    )
    lands = {c.country for c in told} - givers
    sited = any(c.role in WHERE and c.lat is not None and c.country for c in told)
    kept = [] if sited else [c for c in mentions if c.precision not in (COUNTRY, UNCLEAR)][:MOST_MENTIONS]
    if not any(c.precision == COUNTRY and c.country in lands for c in told):
        kept += [c for c in mentions if c.precision == COUNTRY and c.country not in lands | givers][
            :MOST_MENTIONS
        ]
    return kept if told else kept or mentions[:MOST_MENTIONS]


def _role_group(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims of the role that weighs most; a refusal weighs more than the plan that it refuses."""
    worth: dict[str, float] = defaultdict(float)
    for claim in claims:
        factor = {"rejected_venue": 1.6, "mentioned": 0.3}.get(claim.role, 1.0)
        denied = claim.modality == "denied" and claim.role != "rejected_venue"
        worth[claim.role] += claim.confidence * factor * (0.5 if denied else 1.0)
    role = min(worth, key=lambda r: (-worth[r], PLACE_ORDER.index(r) if r in PLACE_ORDER else 99))
    return [claim for claim in claims if claim.role == role]


def givers_of(actors: Sequence[Claim]) -> Givers:
    """Return the countries of those who give, lend, build and supply, without those who also receive."""
    gets = {c.country for c in actors if c.role in ("buyer", "owner", "host")} | {""}
    gives = {c.country for c in actors if c.role in PAYING or (c.role in BUILDING and not _is_state(c))}
    builds = {c.country for c in actors if c.role in BUILDING}
    return Givers(frozenset(gives - gets), frozenset(builds - gives - gets))


def _is_state(actor: Claim) -> bool:
    """Tell a state by its own name; "a Chinese-led consortium" builds abroad."""
    return actor.kind == "state" and actor.selector.exact == actor.value


def best_actors(claims: Sequence[Claim], canonical: Mapping[str, str], sources: Sources) -> tuple[Claim, ...]:
    """Return one claim an actor (two where it plainly has two roles), the most relevant first, under its one name."""
    grouped: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if claim.modality != "denied":
            grouped[canonical.get(claim.value, claim.value)][claim.role].append(claim)
    scored = []
    for name, roles in grouped.items():
        weights = {role: _belief(group) * ROLE_WORTH.get(role, 0.6) for role, group in roles.items()}
        ordered = sorted(weights, key=lambda role: (-weights[role], role))
        total = weights[ordered[0]] + 0.15 * (sources.count(c for g in roles.values() for c in g) - 1)
        for n, role in enumerate(ordered[:2]):
            if n and (not role or weights[role] < SIDE_ROLE * weights[ordered[0]]):
                continue
            best = min(roles[role], key=lambda claim: claim_key(claim, sources))
            named = best if best.value == name else replace(best, value=name)
            scored.append((-total, name, n, named))
    scored.sort(key=lambda row: row[:3])
    return tuple(row[3] for row in scored[:MOST_ACTORS])


def _belief(claims: Iterable[Claim]) -> float:
    """Join the confidence of claims that say the same: each further one halves what doubt is left, at most."""
    doubt = 1.0
    for claim in sorted(claims, key=lambda c: -c.confidence)[:4]:
        doubt *= 1.0 - 0.9 * claim.confidence
    return 1.0 - doubt


def best_dates(claims: Sequence[Claim], sources: Sources) -> tuple[Claim, ...]:
    """Return one claim a role and date, leaving out a year where the same role has a day in it."""
    grouped: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.modality != "denied" and claim.edtf:
            grouped[claim.role, claim.edtf].append(claim)
    kept = []
    for (role, edtf), group in sorted(grouped.items()):
        finer = any(
            r == role and e != edtf and e.startswith(edtf.rstrip("~?%")) and "/" not in e for r, e in grouped
        )
        if not finer:
            kept.append(group)
    return tuple(group[0] for group in ranked(kept, sources))


def best_years(claims: Sequence[Claim]) -> tuple[int, ...]:
    """Return the years of what happened or is expected, at most three, in order: the surest ones."""
    worth: dict[int, float] = defaultdict(float)
    for claim in claims:
        if claim.role == "status_as_of" or claim.modality == "denied":
            continue
        weight = claim.confidence * YEAR_WORTH.get(claim.role, 0.5)
        for year in years_of(claim.edtf):
            worth[year] = max(worth[year], weight)
    ordered = sorted(worth, key=lambda year: (-worth[year], year))
    return tuple(sorted(ordered[:MOST_YEARS]))


def best_values(claims: Sequence[Claim], sources: Sources) -> tuple[Claim, ...]:
    """Return one claim a sum or measure, best first; sums within two per cent are one."""
    groups: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda c: claim_key(c, sources)):
        if claim.amount is None or claim.modality == "denied":
            continue
        for group in groups:
            first = group[0].amount or 0.0
            if group[0].unit == claim.unit and abs(first - claim.amount) <= SAME_SUM * max(
                first, claim.amount
            ):
                group.append(claim)
                break
        else:
            groups.append([claim])
    groups.sort(key=lambda g: (-sources.count(g), -_belief(g), g[0].document, g[0].selector.start))
    money = [group[0] for group in groups if is_money(group[0].unit)][:MOST_SUMS]
    return (*money, *[group[0] for group in groups if not is_money(group[0].unit)][:MOST_MEASURES])


def best_status(claims: Sequence[Claim], stages: Mapping[str, int], sources: Sources) -> Claim | None:
    """Return the status claim that stands: of the newest document that says one, what is surest and furthest on."""
    stated = [claim for claim in claims if claim.value in stages]
    if not stated:
        return None
    newest = max(sources.published(claim.document) for claim in stated)
    recent = [claim for claim in stated if sources.published(claim.document) == newest]
    recent = [claim for claim in recent if not _superseded(claim, recent)] or recent
    return min(recent, key=lambda claim: status_key(claim, stages))


def _superseded(claim: Claim, others: Sequence[Claim]) -> bool:
    """Tell a status that a dated later one undoes: finished, then halted; halted, then begun again."""
    day = _day(claim)
    return bool(day) and any(
        _day(other) > day and (other.value in STOPS) != (claim.value in STOPS) for other in others
    )


def _day(claim: Claim) -> str:
    """Return the last day of the date of what is asserted, ``""`` where it has none."""
    return bounds(claim.edtf)[1] if claim.edtf and claim.modality in ("asserted", "denied") else ""


def status_key(claim: Claim, stages: Mapping[str, int]) -> tuple[object, ...]:
    """Return the sort key of status claims of one time, the one that stands first; "never held" asserts its end."""
    sure = SURE["asserted" if claim.modality == "denied" else claim.modality]
    weight = 0.5 * sure / 4 + claim.confidence + 0.2 * min(stages[claim.value], LAST_STAGE)
    return (-round(weight, 6), claim.document, claim.selector.start, claim.id)


def nearest_km(a: Claim, b: Claim) -> float:
    """Return the distance of two places, in km; infinite where one has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return float("inf")
    return kilometres(a.lat, a.lon, b.lat, b.lon)


__all__ = [
    "best_actors", "best_dates", "best_places", "best_status", "best_values", "best_years", "nearest_km",
    "specificity", "status_key",
]  # fmt: skip
