"""One HTML file that works from a disk with the network off: map, scenes, evidence, nothing fetched.

All words travel as JSON in a script element of a type that browsers do not run, and reach the page as text nodes and
canvas text only. The content policy forbids every request.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

import geopandas
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geodata import basemap, boundaries
from geodata.disagreement import disagreements
from geodata.export.content import Content
from geodata.export.maps import fit
from geodata.export.maps.look import Look
from geodata.export.maps.marks import SHAPES, parts_of, polygons_of, symbol_of
from geodata.export.quotes import SlideQuote
from geodata.export.slides import Slide, facts
from geodata.export.texts import corpus_lines, plain
from geodata.records import COUNTRY, UNCLEAR, Project
from geodata.vocabulary import Vocabulary, load_vocabulary
from geodata.wording import FILLS, PRECISION, date_words, years_words

QUOTES_A_PROJECT = 3
DECIMALS = 2
"""Of degrees, for the ground: a kilometre, a pixel at zoom 7."""
FINE_DEGREES = 70.0
"""An extent that is narrower gets the finer ground."""


def write(content: Content, path: Path) -> None:
    """Write the page."""
    page = _asset("page.html")
    data = {"PAGE": _page_data(content), "GROUND": _ground(content)}
    page = page.replace("/*STYLE*/", _fonts() + _asset("page.css"))
    page = page.replace("/*SCRIPT*/", _asset("page.js"))
    for name, value in data.items():
        page = page.replace(f"{name}_DATA", _packed(value))
    path.write_text(page.replace("PAGE_TITLE", _escaped(content.title)), encoding="utf-8")


def _asset(name: str) -> str:
    return files("geodata.export").joinpath("assets", name).read_text(encoding="utf-8")


def _packed(value: Any) -> str:
    """Return JSON, packed and in letters that mean nothing to HTML."""
    raw = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
    return base64.b64encode(gzip.compress(raw, 9, mtime=0)).decode()


def _escaped(words: str) -> str:
    table = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    return "".join(table.get(char, char) for char in plain(words))


def _fonts() -> str:
    rules = []
    for family, file, weight, style in (
        ("Inter", "Inter-Regular.woff2", 400, "normal"),
        ("Inter", "Inter-SemiBold.woff2", 600, "normal"),
        ("Source Serif", "SourceSerif4-SemiBold.woff2", 600, "normal"),
        ("Source Serif", "SourceSerif4-Italic.woff2", 400, "italic"),
    ):
        source = files("geodata.export").joinpath("assets", "fonts", file)
        letters = base64.b64encode(source.read_bytes()).decode()
        rules.append(
            f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};'
            f'src:url(data:font/woff2;base64,{letters}) format("woff2")}}\n'
        )
    return "".join(rules)


def _page_data(content: Content) -> dict[str, Any]:
    vocabulary = load_vocabulary()
    rows = {project.id: row for row, project in enumerate(content.projects)}
    groups = [
        {"label": g.label, "light": g.colour, "dark": g.colour_dark, "shape": SHAPES.get(g.shape, [])}
        for g in vocabulary.groups.values()
    ]
    return {
        "title": content.title,
        "about": list(content.about().items()),
        "texts": corpus_lines(content),
        "date": date_words(content.made_at[:10]),
        "count": len(content.documents),
        "groups": groups,
        "projects": [_project(project, content, vocabulary) for project in content.projects],
        "fills": FILLS,
        "scenes": [_scene(slide, rows) for slide in content.slides],
    }


def _project(project: Project, content: Content, vocabulary: Vocabulary) -> dict[str, Any]:
    status = vocabulary.statuses.get(project.status)
    routed = bool(parts_of(project.geometry, ("LineString",)))
    points = [
        [round(p.lon, 4), round(p.lat, 4), p.precision, p.role == "rejected_venue"]
        for p in project.places
        if p.lat is not None and p.lon is not None and p.role != "mentioned"
        and p.precision != UNCLEAR and not (routed and p.role in ("endpoint", "waypoint"))
    ]  # fmt: skip
    better = [p for p in points if p[2] != COUNTRY]
    return {
        "title": project.title,
        "type": vocabulary.label(project.type),
        "group": list(vocabulary.groups).index(vocabulary.group_of(project.type).id),
        "fill": symbol_of(project, vocabulary, Look()).fill,
        "status": status.label if status else "",
        "years": years_words(project.years),
        "precision": PRECISION.get(project.precision, ""),
        "disagree": [
            {"about": told.about, "sides": [[s.value, list(s.sources), s.quote] for s in told.sides]}
            for told in disagreements(project, content.documents, vocabulary)
        ],
        "facts": facts(project, vocabulary),
        "points": better or ([] if routed else points),
        "lines": [_coordinates(line, 4) for line in parts_of(project.geometry, ("LineString",))],
        "areas": [_coordinates(a.exterior, 3) for a in polygons_of(project.geometry)],
        "quotes": [_quote(quote) for quote in content.evidence(project, QUOTES_A_PROJECT)],
    }


def _quote(quote: SlideQuote) -> dict[str, Any]:
    return {"parts": quote.parts, "footnote": quote.footnote}


def _scene(slide: Slide, rows: dict[str, int]) -> dict[str, Any]:
    return {
        "headline": slide.headline,
        "kicker": slide.kicker,
        "facts": slide.facts,
        "quotes": [_quote(quote) for quote in slide.quotes],
        "disagree": slide.disagree,
        "asOf": slide.as_of,
        "caption": slide.caption,
        "filter": slide.filter,
        "extent": slide.extent or fit(slide.projects, slide.selected),
        "selected": rows.get(slide.selected, -1),
        "projects": [rows[project.id] for project in slide.projects],
        "strip": boundaries.view(slide.borders).strip,
        "borders": slide.borders,
    }


def _ground(content: Content) -> dict[str, Any]:
    """Return the ground that the scenes need: the world coarsely, and finely what small extents show."""
    extents = [slide.extent or fit(slide.projects, slide.selected) for slide in content.slides]
    narrow = [e for e in extents if e[2] - e[0] < FINE_DEGREES]
    window = shapely.union_all([shapely.box(*e).buffer(4) for e in narrow]) if narrow else shapely.Polygon()
    views = dict.fromkeys(slide.borders for slide in content.slides) or {boundaries.DE_FACTO: None}
    return {
        "attribution": basemap.ATTRIBUTION,
        "levels": [_level(0, None), *([_level(1, window)] if narrow else [])],
        "views": {view: _view(view, 1 if narrow else 0, window if narrow else None) for view in views},
        "seas": [[r.name, *_point(r.geometry), r.first, r.last] for r in basemap.seas().itertuples()],
        "towns": [
            [r.name, *_point(r.geometry), r.zoom, bool(r.capital)]
            for r in basemap.towns().itertuples()
            if r.zoom < 8
        ],
    }


def _level(level: int, window: BaseGeometry | None) -> dict[str, Any]:
    lakes = _rings(basemap.lakes(), window)
    return {"land": _rings(basemap.land(level), window), "lakes": lakes}


def _view(view: str, level: int, window: BaseGeometry | None) -> dict[str, Any]:
    coarse = basemap.borders(view, 0)
    lines: dict[str, Any] = {kind: _lines(table) for kind, table in coarse.groupby("kind")}
    if window is not None:
        fine = basemap.borders(view, level)
        lines["fine"] = {kind: _lines(table, window) for kind, table in fine.groupby("kind")}
    areas = basemap.disputed(view, level)
    return {
        "lines": lines,
        "disputed": [
            {"label": r.label, "at": [r.lon, r.lat], "zoom": r.zoom, "rings": _rings_of(r.geometry)}
            for r in areas.itertuples()
        ],
        "states": [[r.name, *_point(r.geometry), r.size] for r in basemap.country_labels(view).itertuples()],
    }  # fmt: skip


def _point(shape: Point) -> list[float]:
    return [round(shape.x, 3), round(shape.y, 3)]


def _cut(shapes: Iterable[BaseGeometry], window: BaseGeometry | None) -> Iterable[BaseGeometry]:
    for shape in shapes:
        if window is None:
            yield shape
        elif shape.intersects(window):
            yield shapely.intersection(
                shapely.make_valid(shape) if shape.geom_type.endswith("Polygon") else shape, window
            )


def _rings(table: geopandas.GeoDataFrame, window: BaseGeometry | None) -> list[list[float]]:
    return [ring for shape in _cut(table.geometry, window) for ring in _rings_of(shape)]


def _rings_of(shape: BaseGeometry) -> list[list[float]]:
    return [_flat(ring) for p in polygons_of(shape) for ring in (p.exterior, *p.interiors)]


def _lines(table: geopandas.GeoDataFrame, window: BaseGeometry | None = None) -> list[list[float]]:
    return [
        _flat(line) for shape in _cut(table.geometry, window) for line in parts_of(shape, ("LineString",))
    ]


def _flat(shape: BaseGeometry) -> list[float]:
    """Return longitudes and latitudes in turn, without points that fall together."""
    flat: list[float] = []
    for x, y in shapely.get_coordinates(shape).tolist():
        at = round(x, DECIMALS), round(y, DECIMALS)
        if not flat or (flat[-2], flat[-1]) != at:
            flat += at
    return flat


def _coordinates(shape: BaseGeometry, decimals: int) -> list[list[float]]:
    return [[round(x, decimals), round(y, decimals)] for x, y in shapely.get_coordinates(shape).tolist()]
