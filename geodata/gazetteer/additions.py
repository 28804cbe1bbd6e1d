"""A user's own places: CSV, GeoPackage or GeoNames' dump, checked row by row, kept beside the shipped file.

Nothing is changed until every row is sound: the new file takes the place of the old one in one step.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from filelock import FileLock

from geodata.errors import GazetteerError
from geodata.gazetteer.draft import LONGEST, keys, usable
from geodata.gazetteer.folding import fold
from geodata.gazetteer.lookup import user_file
from geodata.gazetteer.pack import Pack
from geodata.gazetteer.packer import Draft, Packer
from geodata.records import Place

COLUMNS = {
    "id": ("id",),
    "name": ("name", "title", "label", "place"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "names": ("names", "alternatenames", "alternate_names", "aliases", "alt_names"),
    "demonyms": ("demonyms",),
    "country": ("country", "countrycode", "country_code", "iso2"),
    "admin1": ("admin1", "state", "province"),
    "admin2": ("admin2", "district", "county"),
    "feature_class": ("feature_class", "class", "fclass"),
    "feature_code": ("feature_code", "code", "fcode"),
    "population": ("population", "pop"),
}
"""The columns that are read, each under the headings it may have. ``name``, ``lat`` and ``lon`` must be there."""
NEEDED = ("name", "lat", "lon")
CLASSES = "AHLPRSTUV"
GEONAMES_COLUMNS = 19
"""Of GeoNames' ``allCountries.txt``: id, name, ascii, alternates, lat, lon, class, code, country, …, population, …"""
LONGEST_FIELD = 10_000
"""Characters; a longer cell is no name."""


def add_file(path: Path, extra: Path | None = None) -> int:
    """Add the places of a file to a user's gazetteer; returns how many.

    Parameters
    ----------
    path
        ``.csv`` or ``.tsv`` with a heading row, ``.gpkg``, or GeoNames' dump as ``.txt`` or ``.zip``.
    extra
        The file that keeps additions; by default the user's own.

    Raises
    ------
    GazetteerError
        For a wrong column or coordinate, with the line's number; the gazetteer stays as it was.
    """
    readers = {".csv": _csv, ".tsv": _csv, ".gpkg": _geopackage, ".txt": _dump, ".zip": _dump}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(readers))
        raise GazetteerError(f"{path.name}: {path.suffix or 'no ending'} is not read here; use {known}")
    if not path.is_file():
        raise GazetteerError(f"{path}: no such file")
    target = extra if extra is not None else user_file()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(str(target) + ".lock"):
            return _merge(path, target, reader(path))
    except (OSError, UnicodeDecodeError, csv.Error, zipfile.BadZipFile) as error:
        raise GazetteerError(f"{path.name}: cannot be read or kept ({error})") from error


def _merge(path: Path, target: Path, drafts: Iterator[Draft]) -> int:
    """Write the old additions and the new ones, which win where the id is the same, as one file."""
    packer = Packer()
    before: dict[str, Any] = {"sources": [], "longest_words": 1}
    if target.is_file():
        earlier = Pack(target)
        before = earlier.meta
        packer.extend(earlier)
    count, words = 0, int(before["longest_words"])
    for draft in drafts:
        packer.add(draft)
        count += 1
        words = max(words, *(key.count(" ") + 1 for key, _ in draft.names))
    if not count:
        raise GazetteerError(f"{path.name}: holds no place")
    others = [line for line in before["sources"] if not line.startswith(f"{path.name}: ")]
    line = f"{path.name}: {count:,} places added by the user"
    packer.write(target, {"sources": [*others, line], "longest_words": min(LONGEST, words)}, compress=False)
    return count


def _refuse(path: Path, line: int, why: str) -> GazetteerError:
    return GazetteerError(f"{path.name}, line {line}: {why}; nothing was added")


def _csv(path: Path) -> Iterator[Draft]:
    """Yield the rows of a table with a heading row."""
    csv.field_size_limit(LONGEST_FIELD * 10)
    with path.open(encoding="utf-8-sig", newline="") as file:
        delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(file)
        rows = csv.reader(file, delimiter=delimiter)
        columns = _headings(path, next(rows, []))
        for row in rows:
            if any(cell.strip() for cell in row):
                values = {field: row[i].strip() if i < len(row) else "" for field, i in columns.items()}
                yield _draft(path, rows.line_num, values)


def _delimiter(file: io.TextIOBase | Any) -> str:
    """Return the mark that parts the first line most: spreadsheets of many countries write semicolons."""
    first = file.readline()
    file.seek(0)
    return max(",;\t", key=first.count)


def _headings(path: Path, row: list[str]) -> dict[str, int]:
    """Return where each known column stands."""
    found: dict[str, int] = {}
    for i, heading in enumerate(row):
        for field, names in COLUMNS.items():
            if heading.strip().casefold() in names:
                found.setdefault(field, i)
    missing = [field for field in NEEDED if field not in found]
    if missing:
        has = ", ".join(h.strip() for h in row if h.strip()) or "nothing"
        raise _refuse(path, 1, f"no column {' and '.join(missing)} (there is {has})")
    return found


def _draft(path: Path, line: int, values: dict[str, str]) -> Draft:
    """Return one row as a draft, or refuse it."""
    name = values["name"]
    if not fold(name):
        raise _refuse(path, line, "the name is empty or too long")
    lat = _number(path, line, "lat", values["lat"], 90)
    lon = _number(path, line, "lon", values["lon"], 180)
    feature_class = values.get("feature_class") or "P"
    if feature_class not in CLASSES:
        raise _refuse(path, line, f"feature class {feature_class!r} is none of {', '.join(CLASSES)}")
    country = values.get("country", "").upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise _refuse(path, line, f"country {country!r} is not a code of two letters (ISO 3166-1)")
    population = values.get("population") or "0"
    if not population.isascii() or not population.isdecimal():
        raise _refuse(path, line, f"population {population!r} is not a whole number")
    slug = fold(f"{name} {country}").replace(" ", "-")
    place = Place(
        id=_identity(values.get("id", ""), f"{slug}-{lat:.3f}-{lon:.3f}"),
        name=name,
        lat=lat,
        lon=lon,
        feature_class=feature_class,
        feature_code=values.get("feature_code") or ("PPL" if feature_class == "P" else ""),
        country=country,
        admin1=values.get("admin1", ""),
        admin2=values.get("admin2", ""),
        population=int(population),
        source=path.name,
    )
    names = [
        (n.strip(), "alternate") for n in values.get("names", "").replace(";", "|").split("|") if n.strip()
    ]
    names += [(n.strip(), "demonym") for n in values.get("demonyms", "").split("|") if n.strip()]
    return _named(place, names)


def _identity(given: str, made: str) -> str:
    """Return a place id with its space: a bare number is GeoNames', anything else the user's own."""
    if given.isascii() and given.isdecimal() and int(given) < 2**32:
        return f"geonames:{int(given)}"
    space, mark, key = given.partition(":")
    if mark and space and key and (space != "geonames" or (key.isascii() and key.isdecimal())):
        return given
    return f"user:{given or made}"


def _number(path: Path, line: int, field: str, text: str, limit: int) -> float:
    try:
        value = float(text)
    except ValueError:
        raise _refuse(path, line, f"{field} {text!r} is not a number") from None
    if not -limit <= value <= limit:
        raise _refuse(path, line, f"{field} {text} is out of range (-{limit} to {limit})")
    return value


def _named(place: Place, names: list[tuple[str, str]]) -> Draft:
    """Return a place with the keys of all its names."""
    found = [pair for name, kind in [(place.name, "exact"), *names] for pair in keys(name, kind, place)]
    return Draft(place, found, weight=float(place.population))


def _geopackage(path: Path) -> Iterator[Draft]:
    """Yield the features of a GeoPackage's first layer; what is not a point stands at its middle."""
    import geopandas  # slow to import, and only this reader needs it

    try:
        frame = geopandas.read_file(path)
    except Exception as error:
        raise GazetteerError(f"{path.name}: not a GeoPackage that can be read ({error})") from error
    if frame.crs is not None and frame.crs.to_epsg() != 4326:
        frame = frame.to_crs(4326)
    columns = _headings(path, [*map(str, frame.columns), "lat", "lon"])
    headings = [*frame.columns]
    for line, (_, row) in enumerate(frame.iterrows(), 1):
        if row.geometry is None or row.geometry.is_empty:
            raise _refuse(path, line, "the feature has no geometry")
        point = row.geometry.representative_point()
        values = {
            field: _text(row[headings[i]])
            for field, i in columns.items()
            if i < len(headings) and headings[i] != frame.geometry.name
        }
        yield _draft(path, line, {**values, "lat": str(point.y), "lon": str(point.x)})


def _text(value: object) -> str:
    """Return a cell as text; an empty one is ``""``, a whole number has no point."""
    if value is None or value != value:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _dump(path: Path) -> Iterator[Draft]:
    """Yield the rows of GeoNames' dump (``allCountries.txt`` or the ``.zip`` that holds it)."""
    if path.suffix.lower() == ".txt":
        with path.open(encoding="utf-8", newline="\n") as lines:
            yield from _dump_rows(path, lines)
        return
    with zipfile.ZipFile(path) as archive:
        names = [n for n in archive.namelist() if n.endswith(".txt") and "readme" not in n.lower()]
        if len(names) != 1:
            raise GazetteerError(f"{path.name}: holds {len(names)} text files, one is expected")
        with archive.open(names[0]) as data, io.TextIOWrapper(data, "utf-8", newline="\n") as lines:
            yield from _dump_rows(path, lines)


def _dump_rows(path: Path, lines: Any) -> Iterator[Draft]:
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) != GEONAMES_COLUMNS:
            raise _refuse(path, number, f"{len(cells)} columns, GeoNames' dump has {GEONAMES_COLUMNS}")
        if not cells[0].isdecimal():
            raise _refuse(path, number, f"geonameid {cells[0]!r} is not a number")
        if not fold(cells[1]):
            continue
        place = Place(
            id=f"geonames:{cells[0]}",
            name=cells[1],
            lat=_number(path, number, "latitude", cells[4], 90),
            lon=_number(path, number, "longitude", cells[5], 180),
            feature_class=cells[6] or "L",
            feature_code=cells[7],
            country=cells[8],
            population=int(cells[14]) if cells[14].isdecimal() else 0,
            source="GeoNames",
        )
        yield _named(place, [(n, "alternate") for n in cells[3].split(",") if usable(n)])
