"""Status, years, actors and sums of a thing that news tells of in passing, each by its own rule."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc, Token

from geodata.claims.clauses import clause_status, stops_another
from geodata.claims.told_companies import told_companies
from tests.claims.told import claims, events_of, only, values

Read = Callable[[str], Doc]


def thing(doc: Doc, word: str) -> Token:
    return next(token for token in doc if token.text == word)


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The line carries ore to the coast.", "line", "operating"),
        ("The cable came ashore in March and links the island to Fiji.", "cable", "operating"),
        ("The harbour, which feeds three countries, is full.", "harbour", "operating"),
        ("Ships unload at the quay.", "quay", "operating"),
        ("The dam is the highest in Asia.", "dam", "operating"),
        ("The army builds a bridge.", "bridge", "under_construction"),
        ("The first stage of the canal was dug by hand.", "canal", "completed"),
        ("The railway was to bring grain to the port.", "railway", "proposed"),
        ("The bridge would cost a billion.", "bridge", "proposed"),
        ("A terminal, planned for the bay, worries fishermen.", "terminal", "proposed"),
    ],
)
def test_a_clause_tells_how_far_its_thing_is(text: str, word: str, status: str, read: Read) -> None:
    told = clause_status(thing(read(text), word))
    assert told is not None
    assert told[0] == status


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The line does not carry ore.", "line"),
        ("The port needs a railway.", "port"),
        ("Nobody built the bridge.", "bridge"),
    ],
)
def test_what_is_denied_or_lacking_tells_no_status(text: str, word: str, read: Read) -> None:
    assert clause_status(thing(read(text), word)) is None


def test_a_request_that_is_refused_stops_no_dam(read: Read) -> None:
    doc = read("The dam is half built; the request to move it was suspended.")
    dam, verb = thing(doc, "dam"), thing(doc, "suspended")
    assert stops_another(verb, [dam], "stalled")
    work = read("Work on the dam was suspended.")
    assert not stops_another(thing(work, "suspended"), [thing(work, "dam")], "stalled")


def test_the_price_in_the_next_sentence_is_of_the_thing_before() -> None:
    found = events_of(
        "In Kenya three works compete. In May 2021 President Uhuru Kenyatta opened a new terminal at the port of Lamu. "
        "The price was 480 million dollars. In Uganda the parliament met twice in 2022."
    )
    assert 480e6 in {c.amount for c in claims(only(found, "port"), "value")}


def test_who_only_inaugurates_it_is_an_actor_of_the_thing() -> None:
    found = events_of(
        "The hydropower dam at Bui in Ghana was built by Sinohydro for 620 million dollars. "
        "John Mahama inaugurated it on 19 December 2013."
    )
    assert "John Mahama" in values(only(found, "dam"), "actor")


def test_the_state_in_which_a_thing_lies_is_its_host_where_the_text_names_it() -> None:
    found = events_of(
        "Ghana wants more power.\n\nIn 2013 the hydropower dam at Bui was built by Sinohydro for 620 million dollars."
    )
    dam = only(found, "dam")
    assert "Ghana" in values(dam, "actor", "host")
    (host,) = claims(dam, "actor", "host")
    assert host.selector.exact == "Ghana"


def test_a_date_beside_a_status_has_its_role() -> None:
    found = events_of(
        "In April 2014 work on the railway from Mombasa to Nairobi began; it has carried freight since January 2018."
    )
    assert "2018-01" in {c.edtf.split("/")[0] for c in claims(only(found, "railway"), "date", "completed")}


def test_words_around_a_name_make_it_a_company(read: Read) -> None:
    nouns = frozenset({"group", "company"})
    for text, name in (
        ("The cable was built by Varda.", "Varda"),
        ("The mining group Tolmin wants the ore.", "Tolmin"),
        ("Norvik, which operates two fields, lost money.", "Norvik"),
    ):
        assert name in {span.text for span, _ in told_companies(read(text), nouns)}


def test_a_town_is_no_person() -> None:
    found = events_of("In 2022 Brazil opened a bridge over the Paraná at Presidente Franco in Paraguay.")
    assert all("Franco" not in c.value for e in found for c in claims(e, "actor"))
