"""From tellings to projects: the most alike first, never across a veto, the same whatever the order they come in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from geodata.projects.blocks import pairs
from geodata.projects.likeness import Likeness, likeness, veto
from geodata.projects.profiles import Profile

LOOSE = 0.5
"""A telling without a place, name or figure of its own goes to the likeliest other of its text from this weight on."""


def clusters(
    profiles: Sequence[Profile], starts: Sequence[int], alike: Callable[[str, str], float]
) -> list[list[int]]:
    """Return the indexes of the profiles that are one project, each list in order, lists by their first.

    ``profiles`` must be in a fixed order (by document and position), then the result is fixed too; ``starts`` are
    their positions in the text.
    """
    firm, loose = [], []
    for i, j in pairs(profiles):
        found = likeness(profiles[i], profiles[j], alike)
        if found.same:
            firm.append((-found.weight, i, j))
        elif _may_follow(profiles[i], profiles[j], found):
            loose.append((-found.weight, abs(starts[i] - starts[j]), i, j))
    forest = _Forest(profiles)
    for _, i, j in sorted(firm):
        forest.join(i, j)
    for _, _, i, j in sorted(loose):
        forest.follow(i, j)
    return forest.groups()


def _may_follow(a: Profile, b: Profile, found: Likeness) -> bool:
    """Tell whether one of two tellings of a text has nothing of its own, so that it can only mean the other."""
    if found.veto or not a.documents & b.documents or found.weight < LOOSE:
        return False
    if a.types != b.types or a.kind == "happening":
        return False  # a text may tell of many visits, and of an embargo beside an agreement
    if a.kind == "deal" and not (a.years & b.years and a.states & b.states):
        return False  # "the treaty" of that year with that state
    return (_is_loose(a) and _adds_nothing(a, b)) or (_is_loose(b) and _adds_nothing(b, a))


def _is_loose(profile: Profile) -> bool:
    return not profile.spots and not profile.names and not profile.ends


def _adds_nothing(loose: Profile, other: Profile) -> bool:
    """Tell whether a telling has no sum or measure that the other lacks, and no year.

    "A factory was built in 2009" is another, and so is a corridor of several countries, one of them new.
    """
    if loose.kind == "built" and len(loose.countries) > 1 and loose.countries - other.countries:
        return False
    dated = loose.years - other.years if loose.kind == "deal" else loose.years
    return not dated and loose.sums <= other.sums and loose.measures <= other.measures


class _Forest:
    """Disjoint sets, each with the profile of all its members."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self.parent = list(range(len(profiles)))
        self.profile = list(profiles)
        self.followed: set[int] = set()

    def root(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        """Make two sets one, unless what they hold by now forbids it."""
        a, b = sorted((self.root(i), self.root(j)))
        if a == b or veto(self.profile[a], self.profile[b]):
            return
        self.parent[b] = a
        self.profile[a] = self.profile[a].joined(self.profile[b])

    def follow(self, i: int, j: int) -> None:
        """Let a set without place or name join another, once."""
        a, b = self.root(i), self.root(j)
        if a == b:
            return
        loose = a if _is_loose(self.profile[a]) else b
        if not _is_loose(self.profile[loose]) or loose in self.followed:
            return
        self.join(a, b)
        self.followed.add(self.root(a))
        if not _is_loose(self.profile[self.root(a)]):
            self.followed.discard(self.root(a))

    def groups(self) -> list[list[int]]:
        members: dict[int, list[int]] = {}
        for i in range(len(self.parent)):
            members.setdefault(self.root(i), []).append(i)
        return [members[root] for root in sorted(members)]
