"""How far a project is: cues with negation and modality."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from geodata.claims.modality import statuses_table
from geodata.claims.status import cues, find_statuses, status_of

Read = Callable[[str], Doc]


@pytest.mark.parametrize(
    ("text", "status", "modality"),
    [
        ("The project could not be initiated due to the American sanctions.", "stalled", "denied"),
        ("This was visible from the cancellation of Putin's visit to Pakistan.", "cancelled", "asserted"),
        ("Differences on the tariffs delayed the project.", "delayed", "asserted"),
        ("The plant was completed in 2011.", "completed", "asserted"),
        ("The road should be completed within 36 months.", "under_construction", "planned"),
        ("The construction has not been completed.", "under_construction", "denied"),
        ("The company signed a Memorandum of Understanding with them.", "mou_signed", "asserted"),
        ("The two neighbours eventually renounced the mediation effort.", "cancelled", "asserted"),
        ("The dam was finally inaugurated by the president.", "operating", "asserted"),
        ("Work on component 2 began in April 2011.", "under_construction", "asserted"),
        ("The exercise was held in Cherat.", "held", "asserted"),
        ("Talks will be held in Moscow.", "planned", "planned"),
        ("The port is operational.", "operating", "asserted"),
        ("The line has carried freight since 2017.", "operating", "asserted"),
        ("The terminal handles 12 million tonnes a year.", "operating", "asserted"),
        ("The president opened the stadium in February.", "operating", "asserted"),
        ("The bridge will open to traffic in 2026.", "under_construction", "asserted"),
        ("When completed, the dam will supply the capital.", "under_construction", "planned"),
        ("The road is set for completion in 2012.", "under_construction", "planned"),
        ("The dam was never built.", "stalled", "asserted"),
        ("Turkmenistan stopped work on its stretch in 2022.", "stalled", "asserted"),
        ("A feasibility study was finished in 2016.", "proposed", "asserted"),
        ("The project has been dead since.", "cancelled", "asserted"),
        ("Work has not started.", "stalled", "denied"),
        ("It should have been ready in 2022.", "delayed", "asserted"),
        ("The bank had disbursed 108 million dollars.", "signed", "asserted"),
        ("Hanoi dropped the plan in 2014.", "cancelled", "asserted"),
        ("The corridor remains on paper.", "proposed", "asserted"),
    ],
)
def test_words_tell_a_status(text: str, status: str, modality: str, read: Read) -> None:
    assert (status, modality) in [(m.status, m.modality) for m in find_statuses(read(text))]


def test_expected_works_are_not_begun(read: Read) -> None:
    told = find_statuses(read("The project was expected to be implemented in 2018."))
    assert not [m for m in told if m.modality == "asserted"]


def test_a_signed_memorandum_is_not_a_signed_contract(read: Read) -> None:
    told = [
        m.status for m in find_statuses(read("In October 2015, they signed a Memorandum of Understanding."))
    ]
    assert told == ["mou_signed"]


def test_what_is_done_beats_what_was_planned(read: Read) -> None:
    doc = read("The bridge was expected to be completed in 2007. It was completed in January 2008.")
    assert status_of(doc, [(0, len(doc.text))], (4, 10), type="bridge")[0].status == "completed"


def test_a_delay_beats_the_signature(read: Read) -> None:
    doc = read("The pipeline agreement was signed in 2015. Differences on the tariffs delayed the project.")
    assert status_of(doc, [(0, len(doc.text))], (4, 12), type="gas_pipeline")[0].status == "delayed"


def test_a_refinery_is_never_held(read: Read) -> None:
    doc = read("A meeting on the refinery was held.")
    assert status_of(doc, [(0, len(doc.text))], (17, 25), type="oil_refinery") == ()


def test_the_tense_of_a_visit_tells_whether_it_was_held(read: Read) -> None:
    doc = read("The minister visited Moscow in 2003.")
    start = doc.text.index("visited")
    assert status_of(doc, [(0, len(doc.text))], (start, start + 7), type="visit")[0].status == "held"


def test_every_status_has_its_crosswalk() -> None:
    for status in statuses_table()["status"]:
        assert {"id", "label", "stage", "gem", "iati"} <= set(status)
    known = {status["id"] for status in statuses_table()["status"]}
    assert all(cue.planned in known | {""} and cue.denied in known | {""} for cue in cues())


@pytest.mark.parametrize(
    ("text", "status", "modality"),
    [
        ("Nothing has been ratified.", "under_negotiation", "denied"),
        ("Dredging has begun, but the first ship is years away.", "under_construction", "asserted"),
        ("Two thirds of the money is spent and 40 percent of the tunnel is dug.", "under_construction", "asserted"),
        ("Building goes on at both ends of the line.", "under_construction", "asserted"),
        ("The company is widening the canal.", "under_construction", "asserted"),
        ("The terminal took its first ship in 2014.", "operating", "asserted"),
        ("Gas has flowed to the coast since May.", "operating", "asserted"),
        ("The harbour has been open to ships since 2018.", "operating", "asserted"),
        ("The smelter started up on 9 July 2023.", "operating", "asserted"),
        ("The corridor is dead.", "cancelled", "asserted"),
        ("The plan has not been cancelled.", "stalled", "denied"),
        ("The county turned the plan down in 2020.", "cancelled", "asserted"),
        ("The tunnel has never got beyond a sketch.", "proposed", "asserted"),
        ("Not one pile has been driven.", "stalled", "asserted"),
        ("The navy took delivery of two frigates.", "completed", "asserted"),
    ],
)  # fmt: skip
def test_news_tells_how_far_a_thing_is_in_many_words(
    text: str, status: str, modality: str, read: Read
) -> None:
    assert (status, modality) in {(m.status, m.modality) for m in find_statuses(read(text))}
