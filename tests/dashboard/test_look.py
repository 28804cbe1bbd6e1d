"""The look: settings, style sheet, colours that everybody can read and tell apart."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from dashboard.theme import STATIC, font_faces, group_colours
from geodata.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[2]
SHEET = (STATIC / "style.css").read_text(encoding="utf-8")
Colour = tuple[float, float, float]


def variables(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))


LIGHT = variables(SHEET[: SHEET.index("prefers-color-scheme: dark")])
DARK = LIGHT | variables(SHEET[SHEET.index("prefers-color-scheme: dark") :].split("\n}\n")[0])


def linear(colour: str) -> Colour:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["ink", "second", "selection"])
@pytest.mark.parametrize("ground", ["paper", "wash", "field"])
def test_words_have_contrast_enough(colours: dict[str, str], text: str, ground: str) -> None:
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_marked_words_and_edges_have_contrast_enough(colours: dict[str, str]) -> None:
    assert contrast(colours["mark-ink"], colours["mark"]) >= 7
    assert contrast(colours["edge"], colours["paper"]) >= 3


def test_the_colours_are_those_of_the_plate() -> None:
    assert (LIGHT["paper"], LIGHT["ink"], LIGHT["selection"]) == ("#faf9f6", "#1c2126", "#c8102e")
    assert (DARK["paper"], DARK["ink"], DARK["selection"]) == ("#14181b", "#e8eaeb", "#ff6b6b")


BLINDNESS = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira and Fernandes 2009, complete; on linear colours."""


@pytest.mark.parametrize("kind", BLINDNESS)
def test_groups_differ_in_colour_or_shape_for_every_eye(kind: str) -> None:
    groups = list(load_vocabulary().groups.values())
    seen = {}
    for group in groups:
        red, green, blue = linear(group.colour)
        seen[group.id] = [a * red + b * green + c * blue for a, b, c in BLINDNESS[kind]]
    for i, one in enumerate(groups):
        for other in groups[i + 1 :]:
            apart = sum((a - b) ** 2 for a, b in zip(seen[one.id], seen[other.id], strict=True)) ** 0.5
            assert one.shape != other.shape or apart > 0.15


def test_the_sheet_holds_nothing_that_the_page_would_drop() -> None:
    assert "<" not in SHEET
    assert "http" not in SHEET.replace("http://www.w3.org/2000/svg", "")


def test_every_font_that_the_sheet_names_is_there_with_its_licence() -> None:
    faces = font_faces("fonts")
    names = re.findall(r"url\('fonts/([^']+)'\)", faces)
    assert len(names) >= 15
    assert all((STATIC / "fonts" / name).is_file() for name in names)
    assert {p.name for p in (STATIC / "fonts").glob("*OFL.txt")} == {"Inter-OFL.txt", "SourceSerif4-OFL.txt"}


def test_each_group_has_its_colour_light_dark_and_on_paper() -> None:
    css = group_colours(load_vocabulary())
    assert css.count("--group-energy:") == 3
    assert "#DDDDDD" in css.split("@media")[1]


def test_settings_are_the_same_wherever_it_is_served_from() -> None:
    here, packaged = ROOT / ".streamlit" / "config.toml", ROOT / "dashboard" / ".streamlit" / "config.toml"
    assert here.read_bytes() == packaged.read_bytes()
    settings = tomllib.loads(here.read_text())
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["address"] == "127.0.0.1"
