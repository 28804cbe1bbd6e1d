"""Texts in, evidence-linked places and projects out."""

from geodata.store import Store, open_store

__all__ = ["Store", "open_store"]
