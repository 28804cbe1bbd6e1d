"""Airports, seaports, small trade places, American post towns and small admin areas: what towns' lists lack."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.gazetteer.draft import Gathering
from geodata.gazetteer.folding import fold
from geodata.gazetteer.lookup import kilometres
from geodata.gazetteer.sources import Source
from geodata.records import Place

SAME_KM = 50.0
"""Two places of one name and country nearer than this are taken for one."""
AIRPORT_WEIGHT, PORT_WEIGHT, SMALL_WEIGHT, AREA_WEIGHT = 2000.0, 1500.0, 100.0, 50.0
COAST_DEGREES = 0.25
"""How far outside its country's outline a place may stand: piers, islets, a coarse coast."""
SHORTEST = 3
"""Letters of what an airport may be called by that is not its city."""
_POSITION = re.compile(r"^(\d\d)(\d\d)([NS]) (\d{3})(\d\d)([EW])$")
_MILITARY = re.compile(r"\b(Air Force Base|Air Base|AFB|Naval Air Station|Army Airfield|Airbase)\b")
_FIELD = re.compile(
    r"\b(International|Regional|Municipal|National|Domestic|County|Intl)?\s*(Airport|Airfield|Aerodrome)$"
)


class Ground:
    """Which country a point lies in, by full outlines; and whether a name is there already."""

    def __init__(self, shapes: dict[str, BaseGeometry], gathering: Gathering) -> None:
        self.codes = sorted(shapes)
        self.tree = shapely.STRtree([shapes[code] for code in self.codes])
        self.by_code = {code: shapes[code].buffer(COAST_DEGREES) for code in self.codes}
        for shape in self.by_code.values():
            shapely.prepare(shape)
        self.areas: tuple[shapely.STRtree, list[Place]] | None = None
        self.points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
        for draft in gathering.drafts.values():
            for key, kind in draft.names:
                if kind in ("exact", "alternate"):
                    self.points[draft.place.country, key].append((draft.place.lat, draft.place.lon))

    def country(self, lat: float, lon: float) -> str:
        """Return the ISO code of the country at a point, ``""`` for none."""
        hits = self.tree.query(shapely.Point(lon, lat), predicate="intersects")
        return self.codes[min(hits)] if len(hits) else ""

    def remember_areas(self, shapes: dict[str, BaseGeometry], gathering: Gathering) -> None:
        """Keep the outlines of admin-1 areas, to tell later which one a point lies in."""
        ids = sorted(shapes)
        self.areas = shapely.STRtree([shapes[i] for i in ids]), [gathering.drafts[i].place for i in ids]

    def admin1(self, country: str, lat: float, lon: float) -> str:
        """Return the name of the admin-1 area at a point, ``""`` for none that is known."""
        if self.areas is None:
            return ""
        tree, places = self.areas
        hits = tree.query(shapely.Point(lon, lat), predicate="intersects")
        return next((places[i].name for i in sorted(hits) if places[i].country == country), "")

    def holds(self, country: str, lat: float, lon: float) -> bool:
        """Tell whether a point is in a country or just off its coast."""
        shape = self.by_code.get(country)
        return shape is not None and bool(shapely.contains_xy(shape, lon, lat))

    def known(self, name: str, country: str, lat: float, lon: float) -> bool:
        """Tell whether a place of that name stands near, and remember it from now on."""
        points = self.points[country, fold(name)]
        if any(kilometres(lat, lon, *point) < SAME_KM for point in points):
            return True
        points.append((lat, lon))
        return False


def add_airports(gathering: Gathering, source: Source) -> None:
    """Add airports that have an IATA code or are military; airstrips would only be noise."""
    for row in source.rows("airports"):
        if not (row["iata"] or _MILITARY.search(row["name"])) or not row["name"]:
            continue
        place = Place(
            id=f"airport:{row['icao']}",
            name=row["name"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            feature_class="S",
            feature_code="AIRB" if _MILITARY.search(row["name"]) else "AIRP",
            country=row["country"],
            admin1=row["subd"],
            source="airportsdata",
        )
        gathering.add(place, [(n, "alternate") for n in sorted(_airport_names(row))], weight=AIRPORT_WEIGHT)


def _airport_names(row: dict[str, str]) -> set[str]:
    """Return what an airport is called in texts: with its city, without the city, without "International"."""
    name, city = row["name"], row["city"]
    found = {f"{city} Airport", f"{city} International Airport"} if city and row["iata"] else set()
    before, airport, after = name.partition(" Airport ")
    if airport and len(after) > SHORTEST and fold(before) == fold(city):
        found |= {after, f"{after} Airport"}
    bare = _FIELD.sub("", name).strip(" -–/")
    if bare and bare != name and fold(bare) != fold(city):
        found.add(f"{bare} Airport")
        short = bare.removeprefix(city).strip(" -–/")
        if short != bare and len(short) > SHORTEST:
            found |= {short, f"{short} Airport"}
    return found - {name}


def position(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude of UN/LOCODE's ``4230N 00131E``, ``None`` where it cannot be right."""
    match = _POSITION.match(text)
    if not match:
        return None
    lat = (int(match[1]) + int(match[2]) / 60) * (1 if match[3] == "N" else -1)
    lon = (int(match[4]) + int(match[5]) / 60) * (1 if match[6] == "E" else -1)
    return (lat, lon) if int(match[2]) < 60 > int(match[5]) and abs(lat) <= 90 and abs(lon) <= 180 else None


def add_trade_places(gathering: Gathering, source: Source, ground: Ground) -> None:
    """Add seaports, and trade places that no list of towns has; coordinates outside their country are refused."""
    for row in source.rows("places"):
        spot = position(row["coordinates"])
        if spot is None or not row["code"] or not ground.holds(row["country"], *spot):
            continue
        lat, lon = spot
        name = re.sub(r"\s*\(.*?\)|/.*$", "", row["name"]).strip()
        port = row["functions"].startswith("1")
        known = ground.known(name, row["country"], lat, lon)
        if known and not port:
            continue
        place = Place(
            id=f"unlocode:{row['country']}{row['code']}",
            name=f"Port of {name}" if known else name,
            lat=lat,
            lon=lon,
            feature_class="S" if known else "P",
            feature_code="PRT" if known else "PPL",
            country=row["country"],
            admin1=ground.admin1(row["country"], lat, lon),
            source="UN/LOCODE",
        )
        names = [(f"Port of {name}", "alternate"), (f"{name} Port", "alternate")] if port else []
        gathering.add(place, names, weight=PORT_WEIGHT if port else SMALL_WEIGHT)


def add_post_towns(gathering: Gathering, source: Source, states: dict[str, str], ground: Ground) -> None:
    """Add American post towns that no list of towns has, one a name and state."""
    spots: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in source.records("places"):
        if row["state"] in states and row["lat"] and row["country"] == "US":
            for name in (row["city"], *(row["acceptable_cities"] or ())):
                spots[row["state"], name, row["county"]].append((float(row["lat"]), float(row["long"])))
    for (state, name, county), points in sorted(spots.items()):
        lat, lon = (sum(values) / len(points) for values in zip(*points, strict=True))
        place_id = f"usps:{state.lower()}-{fold(name).replace(' ', '-')}"
        if place_id in gathering.drafts or ground.known(name, "US", lat, lon):
            continue
        place = Place(
            id=place_id,
            name=name,
            lat=lat,
            lon=lon,
            feature_class="P",
            feature_code="PPL",
            country="US",
            admin1=states[state],
            admin2=county,
            source="USPS",
        )
        gathering.add(place, weight=SMALL_WEIGHT)


def small_areas(source: Source, ground: Ground) -> list[Place]:
    """Return geoBoundaries' areas as places; their country is the one they lie in, not the one the table says."""
    found = []
    for row in source.rows("areas"):
        name = row["name"].strip()
        lat, lon = float(row["lat"]), float(row["lon"])
        country = ground.country(lat, lon)
        if not country or len(name) < 3 or not name[0].isalpha():
            continue
        place = Place(
            id=f"geoboundaries:{row['shape_id']}",
            name=name.title() if name.isupper() else name,
            lat=lat,
            lon=lon,
            feature_class="A",
            feature_code="ADM3",
            country=country,
            source="geoBoundaries",
        )
        found.append(place)
    return found


def add_small_areas(gathering: Gathering, places: Iterable[Place], ground: Ground) -> None:
    """Add the areas whose name is not there yet."""
    for place in places:
        if place.id in gathering.drafts or ground.known(place.name, place.country, place.lat, place.lon):
            continue
        admin1 = ground.admin1(place.country, place.lat, place.lon)
        gathering.add(replace(place, admin1=admin1), weight=AREA_WEIGHT)
