"""Whether two tellings are of one project: named reasons for, named reasons against, and vetoes.

Every reason has a weight; from ``SAME`` on, two tellings are one project, unless a veto speaks. The rules in plain
words stand in docs/extraction.md; keep both alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from geodata.projects.names import name_key, numbered_apart, same_name
from geodata.projects.profiles import WHERE, Profile, Spot

SAME = 1.0
"""Weight from which two tellings are one project."""
ALIKE = 0.5
"""Kinship of types from which the place in common counts."""
UNIDENTIFIED = 0.9
"""The most that two tellings can be alike that share neither name nor place nor anything else of its own."""
SPOT_KM, WIDE_KM = 25.0, 150.0
"""Two spots closer than this are one place; an area and a spot may be so far apart (its label point is mid-area)."""
PLACE = {"built": 0.55, "support": 0.45}
"""What the place in common is worth; much is built in a town, and more is given to it."""
ON_THE_WAY = 0.2
"""What a place in common is worth to two routes, none of whose ends are the same."""
WIDE_SAME = 0.6
"""What an area in common is worth, compared with a spot."""
APART_KM = 400.0
"""An area and a place further from its label point than this are two places."""
DAYS_APART = 4
"""Meetings and visits whose days are further apart are two."""
ONCE = {"deal": 1, "support": 0}
"""A deal is told of in the year of signature or the next, a gift in its year; further apart they are two."""
FULL_NAME = 3
"""Words from which a name stands against places in different countries: one of them was misread."""
EARTH_KM = 6371.0
_PLAIN = (
    "agreement agreements contract contracts treaty supply supplies purchase purchasing system equipment military"
    " defence defense lifted signed loan credit grant investment investing concessional preferential finance"
    " financing export import transfer cooperation technical package joint protocol memorandum understanding"
)
PLAIN = frozenset(_PLAIN.split())
"""Words of deals that tell none from another."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two tellings are; ``veto`` names what forbids their being one."""

    weight: float
    told: Mapping[str, float]
    """Each reason with what it weighs."""
    veto: str = ""

    @property
    def same(self) -> bool:
        """Whether they are one project."""
        return not self.veto and self.weight >= SAME


def likeness(a: Profile, b: Profile, alike: Callable[[str, str], float]) -> Likeness:
    """Weigh two tellings; ``alike`` gives 1 for one type, less for types that mean the same thing, 0 for others."""
    kinship = max(alike(x, y) for x in a.types for y in b.types)
    if kinship == 0:
        return Likeness(0.0, {}, "types differ")
    forbidden = veto(a, b)
    if forbidden:
        return Likeness(0.0, {}, forbidden)
    reasons = [
        ("type", 0.4 * kinship),
        _name_reason(a, b),
        _place_reason(a, b),
        *_actor_reasons(a, b),
        _year_reason(a, b),
        *_amount_reasons(a, b),
        _word_reason(a, b),
    ]
    told = {name: weight for name, weight in reasons if weight}
    if any(" " in phrase for phrase in a.words & b.words):
        told["phrase"] = 0.05
    weight = sum(told.values())
    if kinship < ALIKE:
        told.pop("place", None)  # a loan and a bridge in one town are not yet one
        weight = sum(told.values())
    if not _identified(told, a.kind, bool(a.documents & b.documents)):
        weight = min(weight, UNIDENTIFIED)
    return Likeness(weight, told)


def _identified(told: Mapping[str, float], kind: str, one_text: bool) -> bool:
    """Tell whether two tellings have in common what tells a project from others of its type in its country."""
    shared = {name for name, weight in told.items() if weight > 0}
    if shared & {"name", "route"}:
        return True
    if "place" in shared and (kind != "happening" or shared & {"years", "day", "persons", "phrase"}):
        return True
    if "sum" in shared and shared & {"actors", "years"}:
        return True
    if kind in ("built", "support"):
        return False
    if one_text and kind == "happening":
        return "day" in shared  # a text that tells of two meetings of one person tells of two meetings
    if shared & {"day", "persons"}:
        return True
    return "words" in shared and bool(shared & {"years", "states"}) and (kind == "deal" or "phrase" in shared)


def veto(a: Profile, b: Profile) -> str:
    """Name what forbids two tellings to be one project, ``""`` if nothing does."""
    named = _named_alike(a, b) or _named_by_actor(a, b)
    if not named and any(numbered_apart(x, y) for x in a.names for y in b.names):
        return "numbers of one series differ"
    if a.kind == "happening" and a.years and b.years and not a.years & b.years:
        return "years differ"
    if a.kind == "happening" and a.days and b.days and _days_apart(a.days, b.days) > DAYS_APART:
        return "days differ"
    if a.kind == "happening" and a.months and b.months and _months_apart(a.months, b.months) > 1:
        return "months differ"
    once = ONCE.get(a.kind) if a.kind == "support" or not named else None
    if once is not None and a.years and b.years and _gap(a.years, b.years) > once:
        return "years differ"
    if named:
        return ""
    if a.kind == "happening" and _venues_differ(a, b):
        return "venues differ"
    if _countries_differ(a, b):
        return "countries differ"
    if a.names and b.names and not (a.spots and b.spots) and a.kind != "happening":
        return "names differ"
    return ""


def _venues_differ(a: Profile, b: Profile) -> bool:
    ours, theirs = ([s for s in p.spots if s.role in WHERE] for p in (a, b))
    if ours and theirs:
        return all(_apart(s, t) for s in ours for t in theirs)
    return bool(a.lands and b.lands) and not a.lands & b.lands


def _countries_differ(a: Profile, b: Profile) -> bool:
    return bool(a.countries and b.countries) and not a.countries & b.countries


def _named_alike(a: Profile, b: Profile) -> bool:
    return any(same_name(x, y) for x in a.names for y in b.names)


def _name_reason(a: Profile, b: Profile) -> tuple[str, float]:
    """The own name; for things built also where one text names as an actor what the other tells of."""
    if _named_alike(a, b):
        return (
            "name",
            0.6 if a.kind == "support" else 1.0,
        )  # the hospital's name, to which much may be given
    if _named_by_actor(a, b):
        return ("name", 0.8)
    if a.names and b.names:
        return ("name", -0.3)
    return ("name", 0.0)


def _named_by_actor(a: Profile, b: Profile) -> bool:
    """Tell whether one text names as an actor what the other tells of: "the revival of Pakistan Steel Mills"."""
    return a.kind == "built" and (_acts(a, b) or _acts(b, a))


def _acts(a: Profile, b: Profile) -> bool:
    return bool(a.names) and any(
        len(x.words) > 1 and same_name(x, name_key(y)) for x in a.names for y in b.actors
    )


def _place_reason(a: Profile, b: Profile) -> tuple[str, float]:
    """Spots that both have, over those of the one that has fewer; a whole route in common is as good as a name."""
    route = ("route", 0.6 if _crosses(a) and _crosses(b) and len(a.countries & b.countries) > 2 else 0.0)
    if not a.spots or not b.spots:
        return route if route[1] else ("country", 0.1 if a.countries & b.countries else 0.0)
    short, long = sorted((a.spots, b.spots), key=lambda spots: (len(spots), sorted(s.id for s in spots)))
    shared = sum(max((_sameness(s, t) for t in long), default=0.0) for s in short)
    if not shared:
        if route[1] or any(not _apart(s, t) for s in short for t in long):
            return route
        words = max((len(x.words) for x in a.names for y in b.names if same_name(x, y)), default=0)
        return ("place", -0.4 if words >= (FULL_NAME if _countries_differ(a, b) else 1) else -0.8)
    ends = sum(s.role == "endpoint" for s in short)
    if ends >= 2 and shared == len(short):
        return ("route", 1.0)
    weight = PLACE.get(a.kind, 0.7)
    if a.ends and b.ends and not _end_shared(a, b):
        weight = ON_THE_WAY
    return max(route, ("place", weight * shared / len(short)), key=lambda reason: reason[1])


def _end_shared(a: Profile, b: Profile) -> bool:
    """Tell whether two routes have an end in common, not just a place on the way."""
    ours, theirs = ([s for s in p.spots if s.role == "endpoint"] for p in (a, b))
    return any(same_spot(s, t) for s in ours for t in theirs)


def _crosses(profile: Profile) -> bool:
    """Tell whether a route is told by its countries alone: Iran–Pakistan–India."""
    return profile.ends and not any(spot.role == "endpoint" for spot in profile.spots)


def _actor_reasons(a: Profile, b: Profile) -> list[tuple[str, float]]:
    shared = len(a.actors & b.actors)
    reasons = [("actors", 0.4 + 0.1 * min(shared - 1, 2) if shared else 0.0)]
    if a.persons and b.persons:
        same, other = (0.5, -0.4) if a.kind == "happening" else (0.2, 0.0)
        reasons.append(("persons", same if a.persons & b.persons else other))
    if a.states and b.states:
        both = a.states & b.states
        pair = 0.1 if a.kind in ("built", "support") else 0.25
        reasons.append(("states", pair if len(both) >= 2 else 0.1 if both else -0.3))
    return reasons


def _year_reason(a: Profile, b: Profile) -> tuple[str, float]:
    if a.days & b.days:
        return ("day", 0.6)
    if not a.years or not b.years:
        return ("years", 0.0)
    gap = _gap(a.years, b.years)
    if gap == 0:
        return ("years", 0.3)
    return ("years", -0.1 * min(gap, 5))


def _amount_reasons(a: Profile, b: Profile) -> list[tuple[str, float]]:
    """Sums in common speak for, lengths and powers that differ against: a 2 km road is not a 36 km one."""
    reasons = [("sum", 0.6 if _shared(a.sums, b.sums) else 0.0)]
    units = {unit for unit, _ in a.measures} & {unit for unit, _ in b.measures}
    if units:
        reasons.append(("measure", 0.3 if _shared(a.measures, b.measures) else -0.3))
    return reasons


def _shared(a: frozenset[tuple[str, float]], b: frozenset[tuple[str, float]]) -> bool:
    return any(unit == other and abs(x - y) <= 0.02 * max(x, y) for unit, x in a for other, y in b)


def _word_reason(a: Profile, b: Profile) -> tuple[str, float]:
    """What texts call it: an arms embargo is no sale of helicopters, a tunnel in a town not its ring road."""
    if a.kind == "deal":
        ours, theirs = telling_words(a), telling_words(b)
        return ("words", 0.2 if ours & theirs else -0.2 if ours and theirs else 0.0)
    if not a.words or not b.words:
        return ("words", 0.0)
    if a.words & b.words:
        return ("words", 0.2 if a.kind == "happening" else 0.1)
    alike = a.kind == "happening" or not _every_word(a).isdisjoint(_every_word(b))
    return ("words", 0.0 if alike else -0.2)


def _every_word(profile: Profile) -> set[str]:
    return {word for phrase in profile.words for word in phrase.split()}


def telling_words(profile: Profile) -> set[str]:
    """Return the words that tell one deal from another: "embargo" of "lifted its embargo"."""
    return {word for phrase in profile.words for word in phrase.split() if len(word) > 4} - PLAIN


def _sameness(a: Spot, b: Spot) -> float:
    """Return 1 for one spot, half for one wide area: much may lie in it."""
    if not same_spot(a, b):
        return 0.0
    return WIDE_SAME if a.wide or b.wide else 1.0


def _apart(a: Spot, b: Spot) -> bool:
    """Tell whether two places cannot be one, nor one lie in the other."""
    if same_spot(a, b):
        return False
    return not (a.wide or b.wide) or kilometres(a.lat, a.lon, b.lat, b.lon) > APART_KM


def same_spot(a: Spot, b: Spot) -> bool:
    """Tell whether two spots are one place."""
    if a.id and a.id == b.id:
        return True
    if a.wide and b.wide:
        return False
    return kilometres(a.lat, a.lon, b.lat, b.lon) <= (WIDE_KM if a.wide or b.wide else SPOT_KM)


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the distance of two points on the sphere, in km."""
    la1, lo1, la2, lo2 = map(math.radians, (lat1, lon1, lat2, lon2))
    h = math.sin((la2 - la1) / 2) ** 2 + math.cos(la1) * math.cos(la2) * math.sin((lo2 - lo1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def _gap(a: frozenset[int], b: frozenset[int]) -> int:
    return min(abs(x - y) for x in a for y in b)


def _days_apart(a: frozenset[str], b: frozenset[str]) -> int:
    return min(abs((_day(x) - _day(y)).days) for x in a for y in b)


def _months_apart(a: frozenset[int], b: frozenset[int]) -> int:
    return min(abs(x - y) for x in a for y in b)


def _day(text: str) -> date:
    return date.fromisoformat(text)
