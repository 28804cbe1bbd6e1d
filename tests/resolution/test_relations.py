"""Routes and spots from the words between names."""

from __future__ import annotations

import pytest

from geodata.records import ESTIMATED, NEAR
from tests.resolution.placing import relations


def told(text: str) -> list[tuple[str, list[str]]]:
    toponyms, found = relations(text)
    return [(r.kind, [toponyms[i].surface for i in r.parts]) for r in found]


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("The gas pipeline from Karachi to Lahore was delayed.", "route", ["Karachi", "Lahore"]),
        ("A line from Karachi to Lahore via Multan is planned.", "route", ["Karachi", "Multan", "Lahore"]),
        ("The Osh-Batken-Isfana road in Kyrgyzstan was rebuilt.", "route", ["Osh", "Batken", "Isfana"]),
        ("The Karachi to Lahore gas pipeline is late.", "route", ["Karachi", "Lahore"]),
        ("A road between Kohat and Bannu was cut.", "between", ["Kohat", "Bannu"]),
        ("A gas pipeline between Iran and Pakistan is planned.", "between", ["Iran", "Pakistan"]),
        ("The line connects Lahore with Multan.", "route", ["Lahore", "Multan"]),
        ("A corridor stretching from Gwadar, Pakistan to Kashgar.", "route", ["Gwadar", "Kashgar"]),
    ],
)
def test_a_line_joins_its_names_in_order(text: str, kind: str, names: list[str]) -> None:
    assert (kind, names) in told(text)


def test_a_line_is_indicative_and_runs_through_the_points_of_its_names() -> None:
    toponyms, found = relations("The gas pipeline from Karachi to Lahore was delayed.")
    [line] = [r for r in found if r.kind == "route"]
    assert line.precision == ESTIMATED
    assert list(line.geometry.coords) == [(toponyms[i].lon, toponyms[i].lat) for i in line.parts]


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Iran and Oman went on.",
        "Relations between Moscow and Islamabad improved.",
        "The Bangladesh-China Friendship Bridge was opened.",
        "He moved the drill from Monday to Friday.",
    ],
)
def test_parties_and_days_make_no_line(text: str) -> None:
    assert told(text) == []


def test_near_and_so_far_from() -> None:
    toponyms, found = relations("An attack 20 km north of Kohat, and another near Peshawar.")
    assert [(r.kind, toponyms[r.parts[0]].surface, r.precision) for r in found] == [
        ("offset", "Kohat", NEAR),
        ("near", "Peshawar", NEAR),
    ]
    assert found[0].geometry.centroid.y > 33.6


def test_a_quarter_owned_by_a_town_lies_there() -> None:
    toponyms, _ = relations("Five were shot in Quetta's Kharotabad area.")
    by_name = {t.surface: t for t in toponyms}
    quarter, town = by_name["Kharotabad"], by_name["Quetta"]
    assert quarter.lat is not None
    assert town.lat is not None
    assert abs(quarter.lat - town.lat) < 0.3
