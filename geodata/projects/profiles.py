"""What merging looks at: an event, or several that are one project so far, reduced to what tells projects apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from geodata.claims.actor_names import fold
from geodata.claims.edtf import years as years_of
from geodata.projects.names import NameKey, name_key, names_given, plain
from geodata.records import ADMIN1, COUNTRY, UNCLEAR, Claim, Event

BESIDE = frozenset({"funding", "host"})
"""Roles of actors that say little of which built or given thing is meant: many share a bank or a country."""
WHERE = frozenset({"site", "venue", "endpoint", "waypoint"})
"""Place roles that say where a thing is."""
ROUTE = frozenset({"endpoint", "waypoint"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that stands for an event, more closely than a country."""

    id: str
    lat: float
    lon: float
    wide: bool
    """An admin-1 area or a region rather than a spot."""
    role: str
    land: str = ""
    """Its country; empty for a sea or a region of the world."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that the likeness of two tellings is judged by."""

    events: tuple[str, ...]
    documents: frozenset[str]
    types: frozenset[str]
    kind: str
    names: frozenset[NameKey]
    spots: frozenset[Spot]
    countries: frozenset[str]
    years: frozenset[int]
    days: frozenset[str]
    months: frozenset[int]
    """Of what took place or was signed, counted from the year 0."""
    actors: frozenset[str]
    """Folded names of companies, organisations and armed groups, but for those that only give money: a bank
    pays for many things."""
    persons: frozenset[str]
    states: frozenset[str]
    sums: frozenset[tuple[str, float]]
    measures: frozenset[tuple[str, float]]
    lands: frozenset[str]
    """Places, states without a code among them, where it took place."""
    ends: bool
    """Whether it has an end of a route, be it a country."""
    words: frozenset[str]
    """The words that the texts call it by: "attack helicopter", "arms embargo"."""

    def joined(self, other: Profile) -> Profile:
        """Return the profile of both together."""
        return Profile(
            events=tuple(sorted(self.events + other.events)),
            documents=self.documents | other.documents,
            types=self.types | other.types,
            kind=self.kind,
            names=self.names | other.names,
            spots=self.spots | other.spots,
            countries=self.countries | other.countries,
            years=self.years | other.years,
            days=self.days | other.days,
            months=self.months | other.months,
            actors=self.actors | other.actors,
            persons=self.persons | other.persons,
            states=self.states | other.states,
            sums=self.sums | other.sums,
            measures=self.measures | other.measures,
            lands=self.lands | other.lands,
            ends=self.ends or other.ends,
            words=self.words | other.words,
        )


def profile_of(
    event: Event, kinds: Mapping[str, str], canonical: Mapping[str, str], common: frozenset[str] = frozenset()
) -> Profile:
    """Reduce an event; ``kinds`` is the kind of each type, ``canonical`` the one name of each actor.

    A name made of ``common`` words alone ("Confucius Institute", "International Airport") names nothing.
    """
    spots: set[Spot] = set()
    years: set[int] = set()
    months: set[int] = set()
    amounts: dict[bool, set[tuple[str, float]]] = {True: set(), False: set()}
    words: dict[str, set[str]] = defaultdict(set)
    kind = kinds.get(event.type, "built")
    for claim in event.claims:
        if claim.property == "place" and claim.role not in ("mentioned", "rejected_venue"):
            words["where" if claim.role in WHERE else "for"].add(claim.country)
            words["role"].add(claim.role)
            if claim.role in WHERE:
                words["land"].add(claim.country or claim.place or claim.value)
            spot = spot_of(claim)
            if spot is not None and (claim.role in WHERE or kind in ("built", "support")):
                spots.add(spot)  # a capital that a deal is for stands for its state
        elif claim.property == "date" and claim.role != "status_as_of" and claim.modality != "denied":
            years.update(years_of(claim.edtf))
            if claim.role in ("held", "signed"):
                months.update(months_of(claim.edtf))
                if len(claim.edtf) == 10:
                    words["day"].add(claim.edtf)
        elif claim.property == "actor" and (claim.role not in BESIDE or kind in ("deal", "happening")):
            name = fold(canonical.get(claim.value, claim.value))
            words[claim.kind if claim.kind in ("state", "person") else "actor"].add(name)
        elif claim.property == "value" and claim.amount:
            amounts[is_money(claim.unit)].add((claim.unit, float(f"{claim.amount:.3g}")))
        elif claim.property == "type":
            words["word"].add(plain(claim.selector.exact).removesuffix("s"))
    given = [name for name in [*names_given(event), *_capitalised(event)] if is_own(name, common)]
    if (words["where"] | words["for"]) - {""}:
        # beside a country, "Central Asia" or "the Arabian Sea" says nothing more of where
        spots = {spot for spot in spots if spot.land or not spot.wide}
        words["land"] = {land for land in words["land"] if land.isupper()} or words["land"]
    countries = words["where"] - {""}
    if not countries or "endpoint" in words["role"]:
        countries |= words["for"] - {""}
    return Profile(
        events=(event.id,),
        documents=frozenset({event.document}),
        types=frozenset({event.type}),
        kind=kind,
        names=frozenset(own_key(name, common) for name in given),
        spots=frozenset(spots),
        countries=frozenset(countries),
        years=frozenset(years),
        days=frozenset(words["day"]),
        months=frozenset(months),
        actors=frozenset(words["actor"]),
        persons=frozenset(words["person"]),
        states=frozenset(words["state"]),
        sums=frozenset(amounts[True]),
        measures=frozenset(amounts[False]),
        lands=frozenset(words["land"]),
        ends="endpoint" in words["role"],
        words=frozenset(words["word"]),
    )


def _capitalised(event: Event) -> list[str]:
    """Return the words that name the thing where they hold a capital: "North-South gas pipeline"."""
    said = (claim.selector.exact for claim in event.claims if claim.property == "type")
    return [words for words in said if re.search(r"(?<![\w.])[A-Z]", words)]


def own_key(name: str, common: frozenset[str]) -> NameKey:
    """Return a name's key, without the words that say what it is, if two or more of its own are left."""
    key = name_key(name)
    own = tuple(word for word in key.words if word not in common)
    return replace(key, words=own) if len(own) > 1 else key


def is_own(name: str, common: frozenset[str]) -> bool:
    """Tell whether a name has a word that is not common, or is written in capitals (PEACE cable)."""
    words = name_key(name).words
    return bool(words) and (not common.issuperset(words) or re.search(r"\b[A-Z]{3,}", name) is not None)


def is_money(unit: str) -> bool:
    """Tell a currency's code from a measure's sign."""
    return len(unit) == 3 and unit.isupper()


def months_of(edtf: str) -> set[int]:
    """Return the months that a date names, counted from the year 0; none for a year, a season or a quarter."""
    named = (re.match(r"(\d{4})-(0[1-9]|1[0-2])(?!\d)", part) for part in edtf.split("/"))
    return {int(m[1]) * 12 + int(m[2]) for m in named if m}


def spot_of(claim: Claim) -> Spot | None:
    """Return the spot of a place claim, ``None`` for a country, a mere mention, or what has no coordinates."""
    if claim.lat is None or claim.lon is None or claim.precision in (COUNTRY, UNCLEAR):
        return None
    wide = claim.precision >= ADMIN1 and claim.precision != 8
    return Spot(claim.place, round(claim.lat, 4), round(claim.lon, 4), wide, claim.role, claim.country)
