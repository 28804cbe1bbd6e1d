"""The store keeps what was read: one GeoPackage that QGIS and geopandas open, and a journal of what people typed.

In come `Reading`s, one transaction each, and merged `Project`s; out go records, columns and GeoDataFrames.
"""

from geodata.store.columns import NO_YEAR, ClaimColumns, Coded, Many, PlaceColumns, ProjectColumns
from geodata.store.schema import OlderStore
from geodata.store.store import MergeInput, Store, open_store
from geodata.store.texts import Source

__all__ = [
    "NO_YEAR",
    "ClaimColumns",
    "Coded",
    "Many",
    "MergeInput",
    "OlderStore",
    "PlaceColumns",
    "ProjectColumns",
    "Source",
    "Store",
    "open_store",
]
