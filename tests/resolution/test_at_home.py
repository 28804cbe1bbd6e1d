"""A small namesake abroad gives way to the place in a country that the text is about."""

from __future__ import annotations

from geodata.records import Candidate, Place, Toponym
from geodata.resolution import _at_home
from geodata.resolution.rank import load_ranker
from tests.resolution.placing import placed

CANTON = Place("far", "Uri", 46.8, 8.6, "A", "ADM1", "CH", population=34_000)
TOWN = Place("near", "Uri", 34.1, 74.0, "P", "PPL", "IN", population=9_000)
INDIA = Place("in", "India", 22.0, 79.0, "A", "PCLI", "IN")


def _uri(*candidates: Candidate) -> Toponym:
    return Toponym("t", 20, 23, "Uri", place=CANTON, lat=46.8, lon=8.6, confidence=0.6, candidates=candidates)


def _read(far: float, near: float) -> str:
    state = Toponym("t", 0, 5, "India", place=INDIA, lat=22.0, lon=79.0, confidence=0.99)
    _, uri = _at_home([state, _uri(Candidate(CANTON, far), Candidate(TOWN, near))], load_ranker())
    return uri.place.country if uri.place is not None else ""


def test_a_likely_reading_in_a_named_country_is_taken_for_one_abroad() -> None:
    assert _read(0.44, 0.3) == "IN"


def test_an_unlikely_one_is_not() -> None:
    assert _read(0.8, 0.1) == "CH"


def test_a_road_ends_in_the_town_and_not_at_its_airport() -> None:
    found = placed(
        "Uzbekistan and Afghanistan agreed on a railway from Termez through Kabul to Peshawar in Pakistan."
    )
    assert (place := found["Termez"].place) is not None
    assert place.feature_code != "AIRP"


def test_a_state_is_not_one_of_its_towns_by_another_name() -> None:
    found = placed("India hosted the summit in Goa in October 2016. India's prime minister opened it.")
    assert (place := found["Goa"].place) is not None
    assert place.name == "Goa"
