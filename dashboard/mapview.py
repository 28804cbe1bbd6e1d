"""The map of the page: Folium over a constant base, drawn by our own scripts, without a request to any other host.

streamlit-folium mounts its frame anew whenever the base map's script changes; so the base holds nothing that a
filter, a selection or a new text could change. The store reaches the frame as a column file (`dashboard.columns`),
named in the feature group, which streamlit-folium hands over without a remount. Masks, selection and flights go
from the page straight to ``frame.contentWindow.dateline`` (static/map/map.js says what it understands).

Scripts, styles, outlines and columns are served by Streamlit itself as files of declared components.
"""

from __future__ import annotations

import hashlib
import json
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import folium
import streamlit.components.v1 as components
from branca.element import MacroElement
from folium.template import Template
from streamlit_folium import st_folium

from dashboard.columns import cache_folder, write_whole
from geodata import basemap, boundaries

STATIC = Path(__file__).parent / "static"
SCRIPTS = (
    "data",
    "theme",
    "symbols",
    "basemap",
    "labels",
    "drawing",
    "marks",
    "interact",
    "plate",
    "furniture",
    "map",
)
"""In the order in which they need one another."""
OLD_SECONDS = 7 * 24 * 3600
"""Joined scripts of older versions stay for a week: a page that is open may still ask for its own."""
BOUNDARY_VIEWS = tuple((view.id, view.name) for view in boundaries.views())
"""Id and name of each view of borders, the default first."""


def _leaflet() -> Path:
    from xstatic.pkg import leaflet

    return Path(leaflet.BASE_DIR)


def script_folder() -> Path:
    """Return the folder of joined scripts, in the user's cache."""
    folder = cache_folder().parent / "scripts"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


@lru_cache(maxsize=1)
def joined_script() -> str:
    """Return the name of Leaflet and our scripts joined into one file, made anew when one of them changed.

    The frame loads scripts one after the other; nine of them cost it half a second on a busy machine.
    """
    sources = [_leaflet() / "leaflet.js", *(STATIC / "map" / f"{name}.js" for name in SCRIPTS)]
    # The line that names Leaflet's source map would make developer tools ask for a file that is not there.
    lines = [line for path in sources for line in path.read_text(encoding="utf-8").splitlines()]
    text = "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL")) + "\n"
    name = f"map-{hashlib.sha256(text.encode()).hexdigest()[:16]}.js"
    path = script_folder() / name
    if not path.exists():
        write_whole(path, text.encode())
        for old in script_folder().glob("map-*.js"):
            if old != path and time.time() - old.stat().st_mtime > OLD_SECONDS:
                old.unlink(missing_ok=True)
    return name


# Declaring a component is how Streamlit serves a folder; none of these is ever shown by itself.
for _name, _folder in (
    ("assets", STATIC),
    ("leaflet", _leaflet()),
    ("basemap", basemap.DATA),
    ("columns", cache_folder()),
    ("scripts", script_folder()),
):
    components.declare_component(_name, path=str(_folder))


class _Frame(MacroElement):
    """The call that starts our scripts on the Leaflet map."""

    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        "window.datelineStart({{ this._parent.get_name() }}, {{ this.config }});\n"
        "{% endmacro %}"
    )

    def __init__(self, config: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Dateline"
        self.config = config


class _Columns(folium.FeatureGroup):
    """An empty group that carries the address of the columns into the frame."""

    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        "var {{ this.get_name() }} = L.featureGroup({});\n"
        "window.dateline.load({{ this.url }});\n"
        "{% endmacro %}"
    )

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = as_script(url)


def as_script(value: Any) -> str:
    """Return a value as JSON that is safe inside a script element: no tag can end it, no line separator break it."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def boundary_facts() -> dict[str, Any]:
    """Return views and disputed areas as the map's scripts read them."""
    views = boundaries.views()
    return {
        "views": [{"id": v.id, "name": v.name, "strip": v.strip} for v in views],
        "areas": [
            {
                "id": a.id,
                "label": a.label,
                "lat": a.lat,
                "lon": a.lon,
                "zoom": a.zoom,
                "ring": a.ring or None,
                "states": {v.id: a.state_in(v.id) for v in views},
                "hatched": {v.id: a.disputed_in(v.id) for v in views},
            }
            for a in boundaries.areas()
        ],
    }


def base_map(**placed: Any) -> folium.Map:
    """Return the constant base: a Leaflet map without tiles, our assets, and the call that starts our scripts.

    Parameters
    ----------
    placed
        ``location`` and ``zoom_start`` of a map that does not begin with everything in view.
    """
    options = {"location": (30, 68), "zoom_start": 4, **placed}
    map_ = folium.Map(
        tiles=None,
        zoom_control=False,
        attributionControl=False,
        zoomSnap=0.25,
        zoomDelta=1,
        wheelPxPerZoomLevel=110,
        minZoom=2,
        maxZoom=12,
        keyboard=True,
        bounceAtZoomLimits=False,
        trackResize=False,  # map.js does, and Leaflet's own would forget the exact middle
        min_lat=-84,
        max_lat=84,
        min_lon=-720,
        max_lon=720,
        max_bounds=True,
        **options,
    )
    map_.default_js = [("map", f"../dashboard.mapview.scripts/{joined_script()}")]
    map_.default_css = [
        ("leaflet_css", "../dashboard.mapview.leaflet/leaflet.css"),
        ("map_css", "../dashboard.mapview.assets/map/map.css"),
    ]
    config = {
        "basemap": "../dashboard.mapview.basemap/",
        "boundaries": boundary_facts(),
        "attribution": basemap.ATTRIBUTION,
        "placed": bool(placed),
    }
    _Frame(as_script(config)).add_to(map_)
    return map_


def map_frame(url: str, *, height: int = 640, key: str = "map") -> None:
    """Draw the map.

    Parameters
    ----------
    url
        Of the column file, from `dashboard.columns.columns_url`.
    height
        Of the frame in pixels; the page's style sheet may set any other.
    key
        Of the component, where a page has several maps.
    """
    st_folium(
        base_map(),
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=_Columns(url),
    )
