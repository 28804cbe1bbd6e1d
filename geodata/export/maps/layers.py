"""The basemap's tables, read once a process: a brief draws the same ground many times. Nobody changes them."""

from __future__ import annotations

from functools import lru_cache

import geopandas

from geodata import basemap


@lru_cache(maxsize=24)
def layer(name: str, view: str = "", level: int = 0) -> geopandas.GeoDataFrame:
    """Return a table of the basemap: land, borders, disputed, lakes, rivers, admin1, countries, states, seas, towns."""
    if name == "borders":
        return basemap.borders(view, level).explode(index_parts=False)
    if name == "land":
        return basemap.land(level)
    if name in ("disputed", "countries"):
        return getattr(basemap, name)(view, level)
    if name == "states":
        return basemap.country_labels(view).sort_values("size", ascending=False)
    return getattr(basemap, "admin1_lines" if name == "admin1" else name)()
