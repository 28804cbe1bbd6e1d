"""The map of the page: Folium over a constant base, drawn by our own scripts, without a request to any other host.

streamlit-folium mounts its frame anew whenever the base map's script changes; so the base holds nothing that a
filter, a selection or a new text could change. The store reaches the frame as a column file (`dashboard.columns`),
named in the feature group, which streamlit-folium hands over without a remount. Masks, selection and flights go
from the page straight to ``frame.contentWindow.dateline`` (static/map/map.js says what it understands).

Scripts, styles, outlines and columns are served by Streamlit itself as files of declared components.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import folium
import streamlit.components.v1 as components
from branca.element import MacroElement
from folium.template import Template
from streamlit_folium import st_folium

from dashboard.columns import cache_folder
from geodata import basemap, boundaries

STATIC = Path(__file__).parent / "static"
SCRIPTS = ("data", "theme", "symbols", "basemap", "labels", "marks", "interact", "map")
BOUNDARY_VIEWS = tuple((view.id, view.name) for view in boundaries.views())
"""Id and name of each view of borders, the default first."""


def _leaflet() -> Path:
    from xstatic.pkg import leaflet

    return Path(leaflet.BASE_DIR)


# Declaring a component is how Streamlit serves a folder; none of these is ever shown by itself.
for _name, _folder in (
    ("assets", STATIC),
    ("leaflet", _leaflet()),
    ("basemap", basemap.DATA),
    ("columns", cache_folder()),
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
        min_zoom=2,
        max_zoom=12,
        keyboard=True,
        bounceAtZoomLimits=False,
        min_lat=-84,
        max_lat=84,
        min_lon=-720,
        max_lon=720,
        max_bounds=True,
        **options,
    )
    map_.default_js = [
        ("leaflet", "../dashboard.mapview.leaflet/leaflet.js"),
        *((name, f"../dashboard.mapview.assets/map/{name}.js") for name in SCRIPTS),
    ]
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
