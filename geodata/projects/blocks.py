"""Which tellings are worth comparing: those that share a place, a name, an actor, a sum, a text.

Comparing each with each would take 10^10 steps for 100,000; a telling is only ever compared with its neighbours
in a few blocks, and a block that many share is walked with a window, so that time and memory stay linear.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from geodata.projects.profiles import Profile

WINDOW = 24
"""In a crowded block each telling is compared with so many that follow it in order of year and document."""
MOST_LANDS = 6
"""Countries of a route that are looked at two by two."""
CROWDED = 40


def pairs(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Yield each pair of indexes that shares a block, once, lower index first; the order is that of the blocks."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for i, profile in enumerate(profiles):
        for key in keys(profile):
            blocks[key].append(i)
    done: list[set[int]] = [set() for _ in profiles]
    for key in sorted(blocks):
        members = blocks[key]
        if len(members) < 2:
            continue
        for i, j in _walk(members, profiles):
            low, high = (i, j) if i < j else (j, i)
            if high not in done[low]:
                done[low].add(high)
                yield low, high


def _walk(members: list[int], profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    if len(members) <= CROWDED:
        for n, i in enumerate(members):
            for j in members[n + 1 :]:
                yield i, j
        return
    ordered = sorted(members, key=lambda i: (min(profiles[i].years, default=0), profiles[i].events))
    for n, i in enumerate(ordered):
        for j in ordered[n + 1 : n + 1 + WINDOW]:
            yield i, j


def keys(profile: Profile) -> set[str]:
    """Return the blocks that a telling belongs to."""
    found: set[str] = set()
    for spot in profile.spots:
        if spot.id:
            found.add(f"place {spot.id}")
        for shift in (0.0, 0.5):
            for aside in (0.0, 0.5):
                found.add(
                    f"cell {math.floor(spot.lat + shift)} {math.floor(spot.lon + aside)} {shift} {aside}"
                )
    for name in profile.names:
        found.add(_name_block(name.words))
        found.add(f"word {max(name.words, key=lambda w: (len(w), w))}")
        if len(name.words) == 1:
            found.add(f"initials {name.words[0]}")
        if name.initials:
            found.add(f"initials {name.initials}")
    if profile.kind == "built":
        found.update(_name_block(tuple(actor.split())) for actor in profile.actors if " " in actor)
    kinds = sorted(profile.types)
    for document in profile.documents:
        found.add(f"text {document} {profile.kind}")
    for country in profile.countries:
        found.update(f"actor {country} {actor}" for actor in profile.actors)
        found.update(f"sum {country} {unit} {amount:.1g}" for unit, amount in profile.sums)
        if not profile.spots or profile.kind in ("happening", "deal"):
            years = profile.years or {0}
            found.update(f"year {country} {kind} {year}" for year in years for kind in kinds)
    if profile.ends:
        found.update(f"ends {a} {b}" for a, b in combinations(sorted(profile.countries)[:MOST_LANDS], 2))
    for person in profile.persons:
        found.update(f"person {person} {year}" for year in profile.years or {0})
    return found


def _name_block(words: tuple[str, ...]) -> str:
    """Return the block of a name, the same for "Steel Mill" and "Steel Mills"."""
    return f"name {' '.join(sorted(word.rstrip('s') for word in words))}"
