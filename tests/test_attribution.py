"""Everybody whose data ships is named, on maps, in files and on the About page."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from geodata import attribution, basemap
from geodata.export import Content

KNOWN = {
    "GeoNames": "GeoNames",
    "geoBoundaries": "geoBoundaries",
    "Natural Earth": "Natural Earth",
    "UN/LOCODE": "UN/LOCODE (UNECE)",
    "airports": "airportsdata",
    "USPS": "USPS",
    "CLDR": "Unicode CLDR and ISO 3166",
    "ISO 3166": "Unicode CLDR and ISO 3166",
}
"""Words that name a holder in the tables of sources, and what we call it."""


def told() -> list[str]:
    """What the builds of gazetteer and basemap say that they read, one source a line."""
    table = tomllib.loads(files("geodata.gazetteer").joinpath("data", "sources.toml").read_text("utf-8"))
    lines = [f"{s['package']}: {s['credit']}, {s['licence']}" for s in table["source"]]
    text = files("geodata.basemap").joinpath("build", "sources.md").read_text("utf-8")
    return lines + [line for line in text.splitlines() if re.match(r"\| (npm|PyPI) ", line)]


@pytest.mark.parametrize("line", told())
def test_every_source_of_a_build_has_a_holder(line: str) -> None:
    named = {holder.name for holder in attribution.HOLDERS}
    found = {name for word, name in KNOWN.items() if word in line}
    assert found
    assert found <= named


def test_every_holder_is_read_by_a_build() -> None:
    lines = "\n".join(told())
    used = {name for word, name in KNOWN.items() if word in lines}
    assert used == {holder.name for holder in attribution.HOLDERS}


def test_maps_name_those_whose_shapes_they_draw() -> None:
    drawn = "\n".join(line for line in told() if line.startswith("|"))
    for name in ("Natural Earth", "GeoNames", "geoBoundaries"):
        assert name in drawn
        assert name in basemap.ATTRIBUTION


def test_files_name_everybody_and_the_licence() -> None:
    words = Content((), {}).attribution
    for holder in attribution.HOLDERS:
        assert f"{holder.name} ({holder.licence})" in words
