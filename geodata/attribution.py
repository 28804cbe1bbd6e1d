"""Whose data Dateline ships with, in one place: maps, exports and the About page name them from here."""

from __future__ import annotations

from typing import NamedTuple


class Holder(NamedTuple):
    """Whose data, under what licence, and what it is used for."""

    name: str
    licence: str
    used_for: str


HOLDERS = (
    Holder("GeoNames", "CC BY 4.0", "places, other names, populations, towns and capitals on the map"),
    Holder(
        "geoBoundaries", "CC BY 4.0", "small admin areas; districts of Ladakh and the Indian claim on the map"
    ),
    Holder("Natural Earth", "public domain", "land, states, admin-1 borders, rivers and lakes"),
    Holder("UN/LOCODE (UNECE)", "open", "seaports and trade places"),
    Holder("airportsdata", "MIT", "airports"),
    Holder("USPS", "public domain", "small post towns of the United States"),
    Holder(
        "Unicode CLDR and ISO 3166", "Unicode licence; open", "names and codes of countries and their areas"
    ),
)
"""As `gazetteer/data/sources.toml` and `basemap/build/sources.md` say; a test keeps the three alike."""

ON_MAPS = "Natural Earth · GeoNames · geoBoundaries"
"""What stands on a map itself: those whose shapes and names it draws."""

IN_FILES = "Data: " + ", ".join(f"{holder.name} ({holder.licence})" for holder in HOLDERS) + "."
"""What every exported file says."""
