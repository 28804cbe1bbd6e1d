"""Measuring: one module a subject, each with ``run(small) -> list[Row]``; ``python -m bench`` runs them all.

Figures in the docs come from here and from nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure."""

    name: str
    value: float
    unit: str
    goal: str = ""
    """As it is printed: ``≤ 20``, or ``0`` for just that; empty where there is none."""
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether the value is not what the goal asks for."""
        sign, _, bound = self.goal.rpartition(" ")
        if not bound:
            return False
        asked = float(bound)
        return not {"≤": self.value <= asked, "≥": self.value >= asked, "": self.value == asked}[sign]

    @property
    def aim(self) -> str:
        """The goal, with a word where it is missed."""
        return f"{self.goal}, missed" if self.missed else self.goal
