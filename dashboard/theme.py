"""The look of every page: one style sheet, the colours of the vocabulary, and nothing of Streamlit's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from geodata.vocabulary import Vocabulary, load_vocabulary

STATIC = Path(__file__).parent / "static"
FONTS = (
    ("Inter", "inter", "400-normal", 400, "normal"),
    ("Inter", "inter", "600-normal", 600, "normal"),
    ("Source Serif 4", "source-serif-4", "400-normal", 400, "normal"),
    ("Source Serif 4", "source-serif-4", "600-normal", 600, "normal"),
    ("Source Serif 4", "source-serif-4", "400-italic", 400, "italic"),
)
SUBSETS = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,"
    "U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,"
    "U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
    "cyrillic": "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
    "greek": "U+0370-0377,U+037A-037F,U+0384-038A,U+038C,U+038E-03A1,U+03A3-03FF",
}


def apply() -> None:
    """Put the style sheet on the page; the first thing that a run does."""
    st.html(f"<style>{_style_sheet(base_path())}</style>")


def base_path() -> str:
    """Return the path under which the app is served, without a slash at its end."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


@cache
def _style_sheet(base: str) -> str:
    sheet = (STATIC / "style.css").read_text(encoding="utf-8")
    return font_faces(f"{base}/app/static/fonts") + group_colours(load_vocabulary()) + sheet


def font_faces(folder: str) -> str:
    """Return the ``@font-face`` rules, with the files in a folder (an address)."""
    faces = []
    for family, stem, cut, weight, style in FONTS:
        for subset, letters in SUBSETS.items():
            if (STATIC / "fonts" / f"{stem}-{subset}-{cut}.woff2").exists():
                faces.append(
                    f"@font-face{{font-family:'{family}';font-weight:{weight};font-style:{style};font-display:swap;"
                    f"src:url('{folder}/{stem}-{subset}-{cut}.woff2') format('woff2');unicode-range:{letters}}}"
                )
    return "\n".join(faces) + "\n"


def group_colours(vocabulary: Vocabulary) -> str:
    """Return the colours of the type groups as CSS variables, light and dark."""
    light = "".join(f"--group-{g.id}:{g.colour};" for g in vocabulary.groups.values())
    dark = "".join(f"--group-{g.id}:{g.colour_dark};" for g in vocabulary.groups.values())
    on_screen = f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return f":root{{{light}}}\n{on_screen}\n@media print{{:root{{{light}}}}}\n"
