"""Looking up names: one read-only gazetteer over the shipped file and a user's additions."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geodata.errors import GazetteerError
from geodata.gazetteer.folding import Core, cores, fold, initials, plain, spelling
from geodata.gazetteer.pack import KINDS, Pack
from geodata.records import Place

SHIPPED = Path(__file__).parent / "gazetteer.dgz"
USER_FILE = "gazetteer-additions.dgz"
MatchKind = Literal[
    "exact", "folded", "alternate", "stripped", "abbreviation", "demonym", "historical", "spelling"
]
_ORDER = {kind: i for i, kind in enumerate(KINDS)}
REMEMBERED = 20_000
"""Names whose answers are kept: a text repeats its own."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place that a name may mean, and how the name matched.

    ``kind``: ``exact`` letter for letter, accents and hyphens aside, which English texts leave out; ``folded`` but for
    case or other marks, or with a generic word that fits what the place is ("Sindh province"); ``alternate`` another
    name of it; ``abbreviation``; ``demonym``; ``historical`` an old name; ``stripped`` with a generic word set aside
    that does not fit, or that the name lacks; ``spelling`` a name written alike.
    """

    place: Place
    kind: MatchKind
    name: str
    """The name that matched: the place's own, or what was asked for where another name of it matched."""


_Found = dict[str, tuple[int, float, Match]]
"""By place id: rank of the kind of match, weight turned round, match."""


class Gazetteer:
    """Names → places. Later files go before earlier ones where they say the same place id."""

    def __init__(self, packs: tuple[Pack, ...]) -> None:
        self._packs = packs
        self.longest_words = max(int(pack.meta["longest_words"]) for pack in packs)
        self.lookup = lru_cache(maxsize=REMEMBERED)(self._lookup)
        self._seats: dict[str, str] = {}
        self._outlines: dict[str, BaseGeometry] | None = None
        self._countries: tuple[STRtree, list[str]] | None = None
        for pack in packs:
            self._seats.update(pack.meta.get("seats", {}))

    def __len__(self) -> int:
        return sum(pack.size for pack in self._packs)

    @property
    def sources(self) -> tuple[str, ...]:
        """What the files were made from: name, version and licence, a line each."""
        return tuple(line for pack in self._packs for line in pack.meta.get("sources", ()))

    def _lookup(self, name: str) -> tuple[Match, ...]:
        """Return the places a name may mean: best kinds first, then the most important; never raises."""
        folded = fold(name)
        if not folded:
            return ()
        found: _Found = {}
        self._gather(found, "=" + initials(name), name)
        self._gather(found, folded, name)
        for form in _singulars(folded):
            self._gather(found, "@" + form, name)
        self._gather(found, "~" + folded, name)
        state = any(_is_state(match.place) and _called(match.place, folded) for *_, match in found.values())
        for core in cores(folded):
            self._gather(found, core.name, name, core, others=not state)
            if not self._is_people(core.name):
                self._gather(found, "~" + core.name, name)
        if not found or min(entry[0] for entry in found.values()) >= _ORDER["stripped"]:
            key = spelling(name)
            if key:
                self._gather(found, "?" + key, name)
        ranked = sorted(found.items(), key=lambda item: (*item[1][:2], item[0]))
        return tuple(entry[2] for _, entry in ranked)

    def _gather(
        self, found: _Found, key: str, name: str, core: Core | None = None, *, others: bool = True
    ) -> None:
        """Add the places of a key; the best kind of match counts, and the last file that has the place.

        Without ``others`` no state is added: one is called just that, "Republic of Congo", and means no second one.
        """
        for pack in reversed(self._packs):
            for rank, row in pack.find(key):
                place = self._current(pack, row)
                kind = _kind(KINDS[rank], place, name, core)
                if kind is None or (not others and _is_state(place)):
                    continue
                if place.id not in found or _ORDER[kind] < found[place.id][0]:
                    matched = place.name if kind in ("exact", "folded") else name
                    found[place.id] = (_ORDER[kind], -pack.weight(row), Match(place, kind, matched))

    def _current(self, pack: Pack, row: int) -> Place:
        """Return a row's place as the last file that has it says."""
        place = pack.place(row)
        for later in reversed(self._packs):
            if later is pack:
                break
            other = later.row(place.id)
            if other is not None:
                return later.place(other)
        return place

    def has(self, name: str) -> bool:
        """Tell whether a name is known, spelling variants aside. Quick."""
        folded = fold(name)
        if not folded:
            return False
        keys = [folded, "=" + initials(name), *("@" + form for form in _singulars(folded)), "~" + folded]
        if any(pack.has(key) for key in keys for pack in self._packs):
            return True
        looser = (
            mark + core.name
            for core in cores(folded)
            for mark in (("",) if self._is_people(core.name) else ("", "~"))
        )
        return any(pack.has(key) for key in looser for pack in self._packs)

    def _is_people(self, folded: str) -> bool:
        """Tell a word for a people, which is no name with a word set aside: no place is meant by "Chinese Embassy"."""
        return any(pack.has("@" + folded) for pack in self._packs)

    def demonym(self, word: str) -> tuple[Place, ...]:
        """Return the places whose people or things a word names ("Punjabi"), the most important first."""
        found: dict[str, Place] = {}
        for pack in reversed(self._packs):
            for form in _singulars(fold(word)):
                for _, row in pack.find("@" + form):
                    place = pack.place(row)
                    found.setdefault(place.id, place)
        return tuple(found.values())

    def place(self, place_id: str) -> Place | None:
        """Return the place of an id, ``None`` if it is not known."""
        for pack in reversed(self._packs):
            row = pack.row(place_id)
            if row is not None:
                return pack.place(row)
        return None

    def country(self, iso2: str) -> Place | None:
        """Return a country by its ISO 3166-1 alpha-2 code."""
        for pack in self._packs:
            place_id = pack.meta.get("countries", {}).get(iso2.upper())
            if place_id:
                return self.place(place_id)
        return None

    def capital(self, iso2: str) -> Place | None:
        """Return the seat of a country's government."""
        place_id = self._seats.get(iso2.upper())
        return self.place(place_id) if place_id else None

    def outline(self, place_id: str) -> BaseGeometry | None:
        """Return the simplified outline of a country or admin-1 area, ``None`` where there is none."""
        return self._all_outlines().get(place_id)

    def _all_outlines(self) -> dict[str, BaseGeometry]:
        if self._outlines is None:
            self._outlines = {
                pack.place(row).id: shapely.from_wkb(wkb)
                for pack in self._packs
                for row, wkb in pack.outlines().items()
            }
        return self._outlines

    def country_at(self, lat: float, lon: float) -> str:
        """Return the ISO code of the country at a point, ``""`` at sea."""
        if self._countries is None:
            codes, shapes = [], []
            for place_id, shape in self._all_outlines().items():
                place = self.place(place_id)
                if place and place.feature_code.startswith(("PCL", "TERR")) and place.country:
                    codes.append(place.country)
                    shapes.append(shape)
            self._countries = STRtree(shapes), codes
        tree, codes = self._countries
        hits = tree.query(shapely.Point(lon, lat), predicate="intersects")
        return codes[min(hits)] if len(hits) else ""

    def towns_near(self, lat: float, lon: float, km: float) -> tuple[Place, ...]:
        """Return the populated places within a distance, nearest first."""
        found = []
        for pack in self._packs:
            lats, lons = pack.coordinates()
            north = km / 111.2
            east = north / max(0.01, np.cos(np.radians(lat)))
            apart = np.abs((lons - lon + 180) % 360 - 180)
            for row in np.flatnonzero((np.abs(lats - lat) <= north) & (apart <= east)):
                distance = kilometres(lat, lon, float(lats[row]), float(lons[row]))
                place = pack.place(int(row))
                if distance <= km and place.feature_class == "P":
                    found.append((distance, place.id, place))
        return tuple(place for _, _, place in sorted(found, key=lambda entry: entry[:2]))


def _kind(stored: str, place: Place, name: str, core: Core | None) -> MatchKind | None:
    """Return how a name matched a place, ``None`` where it does not hold on a second look."""
    if core is not None:
        if stored in ("abbreviation", "demonym", "spelling", "stripped"):
            return None
        if not _agrees(place, core):
            return "stripped"
        return "folded" if stored == "exact" else stored  # type: ignore[return-value]
    if stored == "exact":
        same = name == place.name or plain(name) == plain(place.name) or fold(place.name) != fold(name)
        return "exact" if same else "folded"
    return stored  # type: ignore[return-value]


def _agrees(place: Place, core: Core) -> bool:
    """Tell whether a place is what the generic word beside its name says."""
    code = f"{place.feature_class}/{place.feature_code}"
    return any(code.startswith(kind) for kind in core.kinds)


def _is_state(place: Place) -> bool:
    """Tell a state of today."""
    return place.feature_code.startswith("PCL") and place.feature_code != "PCLH"


def _called(place: Place, folded: str) -> bool:
    """Tell whether a folded name is the place's first one: a second name may be part of another's, China's in full."""
    return fold(place.name).replace(" the ", " ") == folded.replace(" the ", " ")


def _singulars(folded: str) -> tuple[str, ...]:
    """Return a demonym and what it may be the plural of ("Pakistanis")."""
    return (folded, folded[:-1]) if folded.endswith("s") and len(folded) > 4 else (folded,)


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the distance on the sphere in km."""
    a, b, c, d = np.radians((lat1, lon1, lat2, lon2))
    h = np.sin((c - a) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((d - b) / 2) ** 2
    return float(2 * 6371.0 * np.arcsin(min(1.0, np.sqrt(h))))


def user_file() -> Path:
    """Return where a user's additions are kept: ``$DATELINE_GAZETTEER`` or the user's data folder."""
    named = os.environ.get("DATELINE_GAZETTEER")
    if named:
        return Path(named)
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return home / "dateline" / USER_FILE


@lru_cache(maxsize=4)
def _open(paths: tuple[tuple[Path, int], ...]) -> Gazetteer:
    return Gazetteer(tuple(Pack(path) for path, _ in paths))


def open_gazetteer(extra: Path | None = None) -> Gazetteer:
    """Return the shipped gazetteer with a user's additions merged in; the same object until a file changes.

    Parameters
    ----------
    extra
        The file of additions; by default the one that ``dateline gazetteer add`` keeps.

    Raises
    ------
    GazetteerError
        If the shipped file is missing, or a file is damaged.
    """
    if not SHIPPED.is_file():
        raise GazetteerError(f"{SHIPPED.name}: the gazetteer is missing; run `dateline gazetteer build`")
    additions = extra if extra is not None else user_file()
    paths = [SHIPPED, additions] if additions.is_file() else [SHIPPED]
    return _open(tuple((path, path.stat().st_mtime_ns) for path in paths))
