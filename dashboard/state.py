"""The state of the map page and its one spelling as a URL query: ``read`` and ``write``.

The browser writes the address at once (static/page/query.js, the twin of this module) and tells the server its query;
the server reads the same query, and writes links.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from geodata.errors import FilterError
from geodata.filters import Filter, clean, encode, parse_query, to_pairs

DEFAULT_BORDERS = "de_facto"


@dataclass(frozen=True, slots=True)
class View:
    """Where the map looks."""

    zoom: float
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class PageState:
    """Everything that a pasted link brings back."""

    filter: Filter = field(default_factory=Filter)
    view: View | None = None
    """``None``: the whole map."""
    selected: str = ""
    borders: str = DEFAULT_BORDERS
    unlocated: bool = False
    """Whether lists and timeline hold what cannot be put on the map."""
    sort: str = ""
    """Column of the table, with ``-`` before it for downward."""


def read(query: str) -> PageState:
    """Read a query.

    Raises
    ------
    FilterError
        Where it holds what no page can show, in words that name it.
    """
    filter = parse_query(query)
    last = {k: clean(v) for k, v in parse_qsl(query.removeprefix("?"), keep_blank_values=True)}
    return PageState(
        filter=filter,
        view=_view(last.get("at", "")),
        selected=last.get("sel", ""),
        borders=last.get("borders", "") or DEFAULT_BORDERS,
        unlocated=last.get("unlocated") == "1",
        sort=last.get("sort", ""),
    )


def _view(text: str) -> View | None:
    if not text:
        return None
    try:
        zoom, lat, lon = (float(part) for part in text.split("/"))
    except ValueError as error:
        raise FilterError(f"at={text[:40]}: write zoom/latitude/longitude, as in at=5/30.1/70.2.") from error
    if not (math.isfinite(zoom + lat + lon) and 0 <= zoom <= 24 and -90 <= lat <= 90 and -540 <= lon <= 540):
        raise FilterError(f"at={text[:40]}: the map has no such place.")
    return View(zoom, lat, lon)


def write(state: PageState) -> str:
    """Return the one query of a state; ``read`` gives the state back."""
    pairs = to_pairs(state.filter)
    if state.unlocated:
        pairs.append(("unlocated", "1"))
    if state.borders != DEFAULT_BORDERS:
        pairs.append(("borders", state.borders))
    if state.view is not None:
        view = state.view
        pairs.append(
            ("at", "/".join(_short(x, n) for x, n in ((view.zoom, 2), (view.lat, 4), (view.lon, 4))))
        )
    if state.selected:
        pairs.append(("sel", state.selected))
    if state.sort:
        pairs.append(("sort", state.sort))
    return encode(pairs)


def _short(number: float, digits: int) -> str:
    return f"{number:.{digits}f}".rstrip("0").rstrip(".").replace("-0", "-0") or "0"


def query_of(params: Mapping[str, Iterable[str]] | Iterable[tuple[str, str]]) -> str:
    """Return the query of Streamlit's parameters (a name may have several values)."""
    if isinstance(params, Mapping):
        params = [(k, v) for k, values in params.items() for v in values]
    return encode(params)
