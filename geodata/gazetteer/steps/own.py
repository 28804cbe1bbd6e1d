"""Our own tables: regions, seas, rivers, terrain, islands, routes, states of the past, quarters, facilities, names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from geodata.errors import GazetteerError
from geodata.gazetteer.draft import Gathering
from geodata.gazetteer.folding import fold
from geodata.gazetteer.sources import DATA, own_rows, split
from geodata.gazetteer.steps.geonames import Areas
from geodata.gazetteer.steps.trade import Ground
from geodata.records import Place

TABLES = (
    "regions.csv", "seas.csv", "lakes_rivers.csv", "terrain.csv", "islands.csv", "routes.csv", "history.csv",
    "facilities.csv", "quarters.csv",
)  # fmt: skip
WEIGHTS = {"1": 5e8, "2": 5e7, "3": 5e6, "4": 5e5, "5": 5e4}
"""Importance as a population that sorts alike."""
DISPUTED = DATA.parents[1] / "vocabulary" / "disputed.toml"
SOURCE = "Dateline"
LARGE_TOWN = 50_000
_QUALIFIER = re.compile(r" \([^)]*\)$")
_INITIALS = re.compile(r"^(?=(?:.*[A-Z]){2})(?!.*[a-z]{2})[A-Za-z][A-Za-z0-9.&-]{1,7}$")


def add_own(gathering: Gathering) -> None:
    """Add the places of our own tables; an admin area that GeoNames has too gets our names and point instead."""
    for table in TABLES:
        for row in own_rows(table):
            feature_class, _, code = row["feature"].partition("/")
            names = list(_names(row))
            known = _known_area(gathering, row, code) if feature_class == "A" else None
            if known is not None:
                gathering.change(known.id, lat=float(row["lat"]), lon=float(row["lon"]))
                gathering.name(known.id, [(_plain(row["name"]), "exact"), *names])
                continue
            place = Place(
                id=f"dateline:{fold(row['name']).replace(' ', '-')}",
                name=_plain(row["name"]),
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                feature_class=feature_class,
                feature_code=code,
                country=row["country"],
                source=SOURCE,
            )
            if place.id in gathering.drafts:
                raise GazetteerError(f"{table}: {row['name']} is there twice; add a word in brackets")
            gathering.add(place, names, weight=WEIGHTS[row["importance"]])


def _plain(name: str) -> str:
    """Return a name without the bracket that keeps it apart from its namesakes."""
    return _QUALIFIER.sub("", name)


def _names(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in split(row["aliases"]):
        yield _plain(name), "abbreviation" if _INITIALS.match(name) else "alternate"
    for name in split(row["demonyms"]):
        yield name, "demonym"


def _known_area(gathering: Gathering, row: dict[str, str], code: str) -> Place | None:
    """Return the admin area that a row means, if it is there already."""
    if code not in ("ADM1", "ADM2"):
        return None
    names = [_plain(row["name"]), *split(row["aliases"])]
    for among in (gathering.named, gathering.cored):
        for name in names:
            for place in among(name, row["country"], "A"):
                if place.feature_code == code and not place.id.startswith("dateline:"):
                    return place
    return None


def _name_namesakes(gathering: Gathering, place_id: str, names: list[tuple[str, str]]) -> None:
    """Give a city's demonym to the larger towns of its name: Londoners live in Ontario too."""
    city = gathering.drafts[place_id].place
    for other in gathering.named(city.name, classes="P") if city.feature_class == "P" else ():
        if other.id != place_id and other.population >= LARGE_TOWN:
            gathering.name(other.id, names)


def speak_english(gathering: Gathering, areas: Areas) -> list[str]:
    """Call admin-1 areas by their English names, in their own record and in those of what lies in them."""
    lost, renamed = [], {}
    for row in own_rows("english.csv"):
        place_id = find(gathering, areas, row["place"])
        if not place_id:
            lost.append(f"english.csv: {row['place']}")
            continue
        renamed[place_id] = row["name"]
    for place_id, name in renamed.items():
        gathering.name(place_id, [(name, "exact")])
    old = {(p.country, p.name): renamed[i] for i in renamed if (p := gathering.drafts[i].place)}
    for draft in gathering.drafts.values():
        place = draft.place
        admin1 = old.get((place.country, place.admin1), place.admin1)
        name = renamed.get(place.id, place.name)
        if (admin1, name) != (place.admin1, place.name):
            gathering.change(place.id, admin1=admin1, name=name)
    return lost


def add_admin1(gathering: Gathering, ground: Ground) -> None:
    """Say which admin-1 area our quarters and facilities lie in."""
    for draft in gathering.drafts.values():
        place = draft.place
        if place.source == SOURCE and place.feature_class in "PS" and place.country:
            gathering.change(place.id, admin1=ground.admin1(place.country, place.lat, place.lon))


def add_claims(gathering: Gathering, areas: Areas) -> list[str]:
    """Say who administers and who claims disputed places, as the house's list of them has it."""
    known = {area["id"]: area for area in tomllib.loads(DISPUTED.read_text("utf-8"))["area"]}
    lost = []
    for row in own_rows("disputed.csv"):
        place_id, area = find(gathering, areas, row["place"]), known.get(row["area"])
        if not place_id or area is None:
            lost.append(f"disputed.csv: {row['place']}, {row['area']}")
            continue
        claims = {
            "administered_by": ", ".join(area["administered_by"]),
            "claimed_by": tuple(area["claimed_by"]),
        }
        gathering.change(place_id, **claims)
    return lost


def find(gathering: Gathering, areas: Areas, reference: str) -> str:
    """Return the place id that a reference of our tables means, ``""`` if there is none.

    ``dateline:kashmir`` is a place id, ``PK`` a country, ``US.KY`` an admin area by its GeoNames code,
    ``Mumbai, IN`` the largest town of that name.
    """
    if reference in gathering.drafts:
        return reference
    if reference in areas.by_code:
        return areas.by_code[reference] if areas.by_code[reference] in gathering.drafts else ""
    name, _, country = reference.rpartition(", ")
    if name:
        places = gathering.named(name, country, "P")
    else:
        found = (d.place for d in gathering.drafts.values())
        places = [p for p in found if p.country == reference and p.feature_code.startswith("PCL")]
        places = [p for p in places if p.feature_code != "PCLH"]
    return places[0].id if places else ""


def add_names(gathering: Gathering, areas: Areas) -> list[str]:
    """Give places their old and other names, demonyms, short forms and points; returns references not found."""
    lost = []
    for table, column, kind in (
        ("renamed.csv", "names", ""),
        ("demonyms.csv", "demonyms", "demonym"),
        ("abbreviations.csv", "forms", "abbreviation"),
    ):
        for row in own_rows(table):
            place_id = find(gathering, areas, row["place"])
            if not place_id:
                lost.append(f"{table}: {row['place']}")
                continue
            names = [(_plain(name), kind or row["kind"]) for name in split(row[column])]
            gathering.name(place_id, names)
            if kind == "demonym":
                _name_namesakes(gathering, place_id, names)
    for row in own_rows("points.csv"):
        place_id = find(gathering, areas, row["place"])
        if place_id:
            gathering.change(place_id, lat=float(row["lat"]), lon=float(row["lon"]))
        else:
            lost.append(f"points.csv: {row['place']}")
    return lost
