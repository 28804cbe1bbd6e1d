"""Whose land is it, in whose eyes: views of borders over disputed areas.

Facts come from ``vocabulary/disputed.toml``: who administers an area, who claims it, and how each view draws it. The
basemap draws by them; ``geodata.territory`` says in which area a point lies.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from geodata.errors import DatelineError

DE_FACTO = "de_facto"
FILE = Path(__file__).parent / "vocabulary" / "disputed.toml"


class BoundaryError(DatelineError):
    """A view or area that does not exist, or a file of disputed areas that cannot be right."""


@dataclass(frozen=True, slots=True)
class View:
    """A way to draw borders."""

    id: str
    """``de_facto``, or the ISO code of the state whose view it is."""
    name: str
    """For a menu: "Borders: as India draws them"."""
    short: str
    strip: str
    """For the strip below every map and slide."""


@dataclass(frozen=True, slots=True)
class Area:
    """A disputed area."""

    id: str
    label: str
    """In neutral words."""
    state: str
    """The state it is counted with de facto, ISO 3166-1 alpha-2; empty for none."""
    administered_by: tuple[str, ...]
    claimed_by: tuple[str, ...]
    lat: float
    lon: float
    zoom: float
    """From which zoom its label shows."""
    stands: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """View → the state that it belongs to there, where that follows from no claim of the view's own."""
    open: frozenset[str] = frozenset()
    """Views, beside de facto, in which it still is drawn as disputed."""
    history: bool = False
    codes: tuple[str, ...] = ()
    """Country codes of gazetteers that mean just this area (TW, XK, FK, EH)."""
    ring: tuple[tuple[float, float], ...] = ()
    """Around a group of islands: longitude and latitude."""

    def state_in(self, view: str) -> str:
        """Return the state that the area belongs to in a view."""
        if view == DE_FACTO:
            return self.state
        return self.stands.get(view) or (view if view in self.claimed_by else self.state)

    def disputed_in(self, view: str) -> bool:
        """Return whether a view hatches it."""
        if self.history:
            return False
        if view == DE_FACTO:
            return True
        return view in self.open and self.state_in(view) != view


def load(path: Path = FILE) -> tuple[Mapping[str, View], Mapping[str, Area], Mapping[str, str]]:
    """Read views, areas and the names of states without an ISO code.

    Raises
    ------
    BoundaryError
        Naming the file and the entry at fault.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        views = {key: View(key, v["name"], v["short"], v["strip"]) for key, v in data["views"].items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise BoundaryError(f"{path.name}: cannot be read as views and areas ({error}).") from error
    areas: dict[str, Area] = {}
    for entry in data.get("area", ()):
        name = entry.get("id", "an area without id")
        try:
            area = _area(entry)
        except (KeyError, TypeError, ValueError) as error:
            raise BoundaryError(f"{path.name}: {name}: {error} is missing or of the wrong kind.") from error
        unknown = (set(area.stands) | area.open) - set(views)
        if unknown or area.id in areas:
            why = f"no view is called {', '.join(sorted(unknown))}" if unknown else "it is there twice"
            raise BoundaryError(f"{path.name}: {name}: {why}.")
        areas[area.id] = area
    return MappingProxyType(views), MappingProxyType(areas), MappingProxyType(data.get("states", {}))


def _area(entry: Mapping[str, object]) -> Area:
    def texts(key: str) -> tuple[str, ...]:
        found = entry.get(key, ())
        if not isinstance(found, list | tuple):
            raise ValueError(key)
        return tuple(str(item) for item in found)

    stands, ring = entry.get("views", {}), entry.get("ring", ())
    if not isinstance(stands, Mapping) or not isinstance(ring, list | tuple):
        raise ValueError("views or ring")
    return Area(
        id=str(entry["id"]),
        label=str(entry["label"]),
        state=str(entry["state"]),
        administered_by=texts("administered_by"),
        claimed_by=texts("claimed_by"),
        lat=float(str(entry["lat"])),
        lon=float(str(entry["lon"])),
        zoom=float(str(entry["zoom"])),
        stands=MappingProxyType({str(k): str(v) for k, v in stands.items()}),
        open=frozenset(texts("open")),
        codes=texts("codes"),
        history=bool(entry.get("history", False)),
        ring=tuple((float(lon), float(lat)) for lon, lat in ring),
    )


@lru_cache(maxsize=1)
def _loaded() -> tuple[Mapping[str, View], Mapping[str, Area], Mapping[str, str]]:
    return load()


def views() -> tuple[View, ...]:
    """Return all views, the default first."""
    return tuple(_loaded()[0].values())


def view(id: str = DE_FACTO) -> View:
    """Return one view.

    Raises
    ------
    BoundaryError
        Where there is none of that id.
    """
    known = _loaded()[0]
    if id not in known:
        raise BoundaryError(f"There is no view of borders {id!r}. Known are {', '.join(known)}.")
    return known[id]


def areas() -> tuple[Area, ...]:
    """Return all disputed areas, in the file's order."""
    return tuple(_loaded()[1].values())


def area(id: str) -> Area:
    """Return one disputed area.

    Raises
    ------
    BoundaryError
        Where there is none of that id.
    """
    known = _loaded()[1]
    if id not in known:
        raise BoundaryError(f"There is no disputed area {id!r}.")
    return known[id]


def state_names() -> Mapping[str, str]:
    """Return the names of states that only some views know, by their user-assigned codes."""
    return _loaded()[2]
