"""Which project a telling means that says too little to be judged alone: told in passing, or without place and name.

Only projects that stand are looked at, and none of them changes by what joins it; so the result is the same in
whatever order texts come, and what no project fits waits among the events until a later text tells of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import reduce

from geodata.projects.blocks import CROWDED, keys
from geodata.projects.likeness import likeness, telling_words
from geodata.projects.profiles import Profile

Kinship = Callable[[str, str], float]
LIKELY = 0.93
"""Weight from which a telling means a project, if no other is as likely."""


def settled(
    groups: Sequence[Sequence[int]], profiles: Sequence[Profile], passing: Sequence[Profile], alike: Kinship
) -> tuple[list[list[int]], list[list[int]]]:
    """Let faint groups join the project that they mean; return the groups, and what is told in passing of each.

    ``groups`` and the first list returned are indexes of ``profiles``, the second ones of ``passing``.
    """
    whole = [reduce(Profile.joined, (profiles[i] for i in group)) for group in groups]
    faint = [n for n, profile in enumerate(whole) if _is_faint(profile)]
    firm = [n for n, profile in enumerate(whole) if not _is_faint(profile)]
    home = {faint[i]: firm[n] for i, n in _meant([whole[n] for n in faint], [whole[n] for n in firm], alike)}
    joined = {n: list(group) for n, group in enumerate(groups) if n not in home}
    for n, goal in home.items():
        joined[goal] = sorted([*joined[goal], *groups[n]])
    beside: dict[int, list[int]] = defaultdict(list)
    stands = list(joined)
    for i, n in _meant(passing, [whole[n] for n in stands], alike):
        beside[stands[n]].append(i)
    return [joined[n] for n in stands], [beside[n] for n in stands]


def _is_faint(profile: Profile) -> bool:
    """Tell what took place without a place, name, day or person of its own."""
    return profile.kind == "happening" and not (
        profile.spots or profile.names or profile.days or profile.persons
    )


def _meant(
    tellings: Sequence[Profile], projects: Sequence[Profile], alike: Kinship
) -> Iterator[tuple[int, int]]:
    """Yield the number of each telling that plainly means one project, with the number of that project."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for n, project in enumerate(projects if tellings else ()):
        for key in _keys(project):
            blocks[key].append(n)
    for i, telling in enumerate(tellings):
        shared = (blocks.get(key, ()) for key in _keys(telling))
        near = {n for found in shared if len(found) <= CROWDED for n in found}
        fits = [(_fit(telling, projects[n], alike), n) for n in near]
        best = max((fit for fit, _ in fits), default=0.0)
        chosen = [n for fit, n in fits if fit == best]
        if best and len(chosen) == 1:
            yield i, chosen[0]


def _keys(profile: Profile) -> set[str]:
    """Return the blocks of a profile, and those by which the undated deal and the placeless exercise find theirs."""
    found = keys(profile)
    if profile.kind == "deal":
        words = telling_words(profile)
        found |= {f"called {country} {word}" for country in profile.countries for word in words}
    elif profile.kind == "happening":
        found |= {f"with {state} {year}" for state in profile.states for year in profile.years}
    return found


def _fit(telling: Profile, project: Profile, alike: Kinship) -> float:
    """Return how likely a telling means a project, 0 where it may well mean another thing."""
    found = likeness(telling, project, alike)
    if found.veto:
        return 0.0
    same = not telling.types.isdisjoint(project.types)
    if not same and found.told.keys().isdisjoint({"place", "route"}):
        return 0.0  # "the North–South corridor" is no pipeline of that name
    if same and _is_faint(telling) and _one_of_the_year(telling, project):
        return sum(found.told.values())
    return found.weight if found.weight >= LIKELY else 0.0


def _one_of_the_year(telling: Profile, project: Profile) -> bool:
    """Tell what took place between the same two states in the same year."""
    return len(telling.states & project.states) > 1 and not telling.years.isdisjoint(project.years)
