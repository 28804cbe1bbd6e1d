"""The shape of the vocabulary: groups, statuses, roles, and the whole of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from geodata.records import ProjectType

SHAPES = frozenset({"circle", "square", "triangle", "diamond", "star", "cross", "hexagon"})
"""Shapes of marks that the map can draw."""
FILLS = frozenset({"full", "half", "hollow", "barred"})
"""Ways to fill them."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of types: one colour for light and one for dark pages, and a shape that survives greyscale."""

    id: str
    label: str
    colour: str
    colour_dark: str
    shape: str


@dataclass(frozen=True, slots=True)
class Status:
    """How far a project can be, with its place along a project's life and its crosswalk (gem, iati)."""

    id: str
    label: str
    stage: int
    fill: str
    """How its symbol is filled on the map: full (done), half (under way), hollow (planned) or barred (not to be)."""
    crosswalk: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Role:
    """What a place, an actor, a date or a sum is to a project; ``iati`` is an organisation role's code."""

    id: str
    label: str
    iati: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Types, groups, statuses and roles by id, each in the order of its file, the order in which lists show them."""

    types: Mapping[str, ProjectType]
    groups: Mapping[str, Group]
    statuses: Mapping[str, Status]
    place_roles: Mapping[str, Role]
    actor_roles: Mapping[str, Role]
    date_roles: Mapping[str, Role]
    value_kinds: Mapping[str, Role]

    def group_of(self, type_id: str) -> Group:
        """Return the group of a type; of one that no file knows any more, the last group ("other")."""
        known = self.types.get(type_id)
        return self.groups[known.group] if known is not None else list(self.groups.values())[-1]

    def label(self, type_id: str) -> str:
        """Return what the page calls a type."""
        known = self.types.get(type_id)
        return known.label if known is not None else type_id.replace("_", " ")

    def is_general(self, type_id: str) -> bool:
        """Tell whether a type is only the way something is done (a loan, a gift): all its triggers are weak."""
        known = self.types.get(type_id)
        return known is not None and not known.patterns and all(t.startswith("~") for t in known.triggers)

    def alike(self, first: str, second: str) -> bool:
        """Tell whether sources may use two types for one thing; either table may say so."""
        if first == second:
            return True
        one, other = self.types.get(first), self.types.get(second)
        return (one is not None and second in one.alike) or (other is not None and first in other.alike)
