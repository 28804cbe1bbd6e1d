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
    """As it is printed: ``≤ 20``; empty where there is none."""
    note: str = ""
