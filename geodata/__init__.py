"""Texts in, evidence-linked places and projects out."""

from geodata.records import Toponym
from geodata.store import Store, open_store

__all__ = ["Store", "geoparse", "open_store"]


def geoparse(text: str) -> list[Toponym]:
    """Return the names of places in a text, resolved. Model and gazetteer are opened at the first call."""
    from geodata.geoparsing import geoparse as run

    return run(text)
