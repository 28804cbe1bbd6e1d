"""Plates: what is drawn, where, and that names do not collide."""

from __future__ import annotations

import io

import matplotlib.image
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geodata.export import Content
from geodata.export.maps import Look, draw_map
from geodata.export.maps.frame import frame
from geodata.export.maps.names import Room
from geodata.vocabulary import load_vocabulary

GULF = (-4.0, 4.0, 3.0, 11.0)


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(matplotlib.image.imread(io.BytesIO(png)))[..., :3]


def count(picture: np.ndarray, colour: str) -> int:
    wanted = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return int((np.abs(picture - wanted).max(axis=2) < 0.02).sum())


def test_a_plate_has_the_size_that_was_asked(content: Content) -> None:
    picture = pixels(draw_map(content.projects, size=(5, 4), dpi=100))
    assert picture.shape == (400, 500, 3)


def test_marks_have_the_colour_of_their_group_and_go_with_the_filter(content: Content) -> None:
    energy = load_vocabulary().groups["energy"].colour
    everything = pixels(draw_map(content.projects, extent=GULF, strip=False))
    without = pixels(draw_map(content.projects[1:], extent=GULF, strip=False))
    assert count(everything, energy) > 100
    assert count(without, energy) == 0


def test_a_selected_project_is_red_and_the_others_are_faint(content: Content) -> None:
    defence = load_vocabulary().groups["defence"].colour
    plain = pixels(draw_map(content.projects, extent=GULF, strip=False))
    chosen = pixels(draw_map(content.projects, extent=GULF, strip=False, selected="a-pipeline", dim=True))
    assert count(chosen, Look().selection) > count(plain, Look().selection)
    assert count(chosen, defence) < count(plain, defence)


def test_a_refused_venue_is_hollow(content: Content) -> None:
    """Tamale refused the drill that Kumasi held: around it there is more paper than ink."""
    shown = frame(GULF, 720.0, 450.0)
    picture = pixels(draw_map(content.projects, extent=GULF, size=(10, 6.25), dpi=72, strip=False))
    defence = np.array([0x33 / 255] * 3)

    def ink(lon: float, lat: float) -> float:
        x, y = shown.place(lon, lat) or (0, 0)
        patch = picture[int(450 - y) - 2 : int(450 - y) + 3, int(x) - 6 : int(x) + 1]
        return float((np.abs(patch - defence).max(axis=2) < 0.1).mean())

    assert ink(-1.62, 6.69) > ink(-0.84, 9.4)


def test_a_view_of_borders_changes_the_plate(content: Content) -> None:
    kashmir = (72.0, 32.0, 80.0, 37.5)
    assert draw_map((), extent=kashmir, borders="de_facto") != draw_map((), extent=kashmir, borders="IN")


@given(st.floats(-60, 60), st.floats(-170, 170), st.floats(2, 60))
def test_the_middle_of_an_extent_is_the_middle_of_the_paper(lat: float, lon: float, wide: float) -> None:
    west, east = max(lon - wide / 2, -179.9), min(lon + wide / 2, 179.9)
    shown = frame((west, max(lat - wide / 3, -80), east, min(lat + wide / 3, 80)), 600.0, 400.0)
    at = shown.place((west + east) / 2, (max(lat - wide / 3, -80) + min(lat + wide / 3, 80)) / 2)
    assert at is not None
    assert abs(at[0] - 300) < 2


box = st.tuples(st.floats(0, 500), st.floats(0, 300), st.floats(1, 90), st.floats(1, 20))


@given(st.lists(box, max_size=60))
def test_taken_room_is_never_given_twice(boxes: list[tuple[float, float, float, float]]) -> None:
    room = Room(600, 400)
    given_out: list[tuple[float, float, float, float]] = []
    for x, y, wide, tall in boxes:
        wanted = (x, y, x + wide, y + tall)
        if room.free(wanted):
            room.take(wanted)
            for other in given_out:
                apart = (
                    wanted[2] <= other[0]
                    or other[2] <= wanted[0]
                    or wanted[3] <= other[1]
                    or other[3] <= wanted[1]
                )
                assert apart
            given_out.append(wanted)
