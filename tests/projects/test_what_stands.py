"""Which claim stands for a project, and what it is called and drawn like."""

from __future__ import annotations

from geodata.projects import RULE, merge, project_json
from geodata.projects.derive import best_status
from geodata.projects.ranking import Sources
from geodata.records import Claim, Document, Project, Selector
from geodata.vocabulary import load_vocabulary
from tests.projects.telling import Telling, document

WORDS = load_vocabulary()


def one(*tellings: Telling, documents: dict[str, Document] | None = None) -> Project:
    (project,) = merge([t.event() for t in tellings], documents or {}, WORDS)
    return project


def test_refused_venue_is_not_where_it_was_held() -> None:
    project = one(
        Telling("a", "joint_exercise")
        .at("Cherat", role="venue")
        .at("Gilgit", role="rejected_venue", modality="denied")
        .on("2016", "held")
    )
    roles = {place.value: place.role for place in project.places}
    assert roles == {"Cherat": "venue", "Gilgit": "rejected_venue"}
    assert project.geometry is not None
    assert project.geometry.bounds == (71.89, 33.82, 71.89, 33.82)


def test_a_place_that_one_text_refuses_stays_refused() -> None:
    project = one(
        Telling("a", "joint_exercise").at("Cherat", "Gilgit", role="venue").on("2016-09-24", "held"),
        Telling("b", "joint_exercise")
        .at("Cherat", role="venue")
        .at("Gilgit", role="rejected_venue", modality="denied")
        .on("2016-09-24", "held"),
    )
    assert {p.value: p.role for p in project.places}["Gilgit"] == "rejected_venue"
    assert [c.summary for c in project.conflicts] == ["venue Gilgit: held there (a) or refused (b)"]


def test_a_route_is_an_indicative_line_in_the_order_of_its_telling() -> None:
    project = one(
        Telling("a", "railway").at("Mombasa", role="endpoint").at("Nairobi", role="endpoint").on("2014")
    )
    assert project.geometry is not None
    assert project.geometry.geom_type == "LineString"
    assert list(project.geometry.coords) == [(39.66, -4.05), (36.82, -1.29)]
    assert project.precision == 5
    assert project.title == "Mombasa–Nairobi railway"


def test_the_most_specific_date_stands_first() -> None:
    project = one(
        Telling("a", "port").at("Lamu").on("2012", "started"),
        Telling("b", "port").at("Lamu").on("2012-03-02", "started"),
    )
    assert [d.edtf for d in project.dates if d.role == "started"] == ["2012-03-02"]
    assert project.years == (2012,)


def test_the_sum_that_most_sources_give_stands_first_and_copies_count_once() -> None:
    tellings = [
        Telling("a", "port").at("Lamu").on("2012").costs(5e9),
        Telling("b", "port").at("Lamu").on("2012").costs(5e9),
        Telling("c", "port").at("Lamu").on("2012").costs(3e9),
        Telling("d", "port").at("Lamu").on("2012").costs(3e9),
    ]
    copies = {
        "a": document("a"),
        "b": document("b"),
        "c": document("c", text="the same"),
        "d": document("d", text="the same"),
    }
    project = one(*tellings, documents=copies)
    (conflict,) = [c for c in project.conflicts if c.property.startswith("sum")]
    assert conflict.summary == "sum (cost estimate): USD 5 billion (a, b) or USD 3 billion (c, d)"
    assert "syndicated" in RULE


def test_of_two_values_with_as_many_sources_the_newest_document_s_stands_first() -> None:
    dated = {"a": document("a", published="2015-01-01"), "b": document("b", published="2019")}
    project = one(
        Telling("a", "port").at("Lamu").on("2012").costs(5e9),
        Telling("b", "port").at("Lamu").on("2012").costs(3e9),
        documents=dated,
    )
    (conflict,) = [c for c in project.conflicts if c.property.startswith("sum")]
    assert conflict.summary.startswith("sum (cost estimate): USD 3 billion (b)")
    preferred = [c.value for c in project.claims if c.rank == "preferred" and c.property == "value"]
    assert preferred == ["USD 3e+09"]


def test_a_later_stage_in_a_newer_text_is_progress_and_no_conflict() -> None:
    dated = {"a": document("a", published="2012"), "b": document("b", published="2019")}
    project = one(
        Telling("a", "port").at("Lamu").on("2012").status("signed"),
        Telling("b", "port").at("Lamu").on("2012").status("operating"),
        documents=dated,
    )
    assert project.status == "operating"
    assert project.status_as_of == "2019"
    assert not [c for c in project.conflicts if c.property == "status"]


def test_texts_of_one_day_that_differ_on_the_status_disagree() -> None:
    project = one(
        Telling("a", "port").at("Lamu").on("2012").status("signed"),
        Telling("b", "port").at("Lamu").on("2012").status("cancelled"),
    )
    assert [c.property for c in project.conflicts] == ["status"]


def test_what_is_denied_is_kept_and_deprecated() -> None:
    project = one(Telling("a", "port").at("Lamu").on("2012").on("2014", "completed", modality="denied"))
    assert project.years == (2012,)
    assert [c.rank for c in project.claims if c.edtf == "2014"] == ["deprecated"]


def test_a_project_lists_few_years_and_actors() -> None:
    telling = Telling("a", "port").at("Lamu")
    for n in range(12):
        telling.on(str(2001 + n), "announced").by(f"Company {'ABCDEFGHIJKL'[n]}")
    project = one(telling)
    assert len(project.years) <= 3
    assert len(project.actors) <= 6
    assert len([c for c in project.claims if c.property == "actor"]) == 12


def test_titles_say_what_and_where_in_sentence_case() -> None:
    assert one(Telling("a", "oil_refinery").at("Kohat")).title == "Oil refinery, Kohat"
    assert one(Telling("a", "joint_exercise").at("Cherat", role="venue")).title == "Joint exercise, Cherat"
    named = one(Telling("a", "power_transmission", named="CASA-1000").at("Pakistan", role="endpoint"))
    assert named.title.startswith("CASA-1000 power transmission")
    deal = Telling("a", "arms_transfer").by("Russia", "state", "supplier").by("Pakistan", "state", "buyer")
    assert one(deal).title == "Arms transfer, Russia and Pakistan"


def test_the_country_of_the_giver_is_not_where_it_is() -> None:
    telling = Telling("a", "road").at("Kenya", "Pakistan", role="beneficiary").on("2010")
    telling.add("actor", "Pakistan", kind="state", role="funding", country="PK")
    assert [place.value for place in one(telling).places] == ["Kenya"]


def test_a_name_that_says_what_it_is_gets_no_noun() -> None:
    named = one(Telling("a", "treaty", named="Lahore Declaration").at("Lahore", role="venue").on("1999"))
    assert named.title == "Lahore Declaration"


def test_what_has_no_year_is_less_sure() -> None:
    dated, undated = one(Telling("a", "port").at("Lamu").on("2012")), one(Telling("a", "port").at("Lamu"))
    assert undated.confidence < dated.confidence - 0.15


def test_what_has_no_place_is_kept_without_geometry() -> None:
    project = one(Telling("a", "summit").on("2018", "held"))
    assert project.geometry is None
    assert project.precision == 9


def test_the_json_holds_what_the_command_line_promises() -> None:
    row = project_json(
        one(Telling("a", "port").at("Lamu").on("2012").by("Maersk").costs(1e9).status("signed"))
    )
    assert set(row) >= {
        "id", "title", "aliases", "type", "status", "years", "dates", "actors", "places", "values", "claims",
        "conflicts", "confidence",
    }  # fmt: skip
    assert row["places"][0] == {
        "name": "Lamu", "role": "site", "lat": -2.27, "lon": 40.9, "country": "KE", "precision": 1,
    }  # fmt: skip
    assert set(row["claims"][0]) >= {"doc", "property", "value", "start", "end", "text"}


def test_talks_that_were_never_held_are_cancelled() -> None:
    telling = Telling("a", "summit").at("Moscow", role="venue").on("2002", "held")
    telling.add("status", "cancelled", modality="denied", confidence=0.75).add(
        "status", "held", confidence=0.47
    )
    (project,) = merge([telling.event()], {"a": document("a")}, WORDS)
    assert project.status == "cancelled"


def test_a_state_that_builds_at_home_keeps_its_thing() -> None:
    telling = Telling("a", "railway").at("Kenya", role="beneficiary").at("India", role="mentioned").on("2013")
    telling.add("actor", "Kenya", kind="state", role="contractor", country="KE")
    assert [place.value for place in one(telling).places] == ["Kenya"]


def test_what_was_halted_after_it_was_finished_is_halted() -> None:
    def told(day: str, value: str) -> Claim:
        selector = Selector(0, 1, "x", "", "", None)
        return Claim(
            "c" + day, "e", "status", value, "d", selector, extractor="status-test", confidence=0.85, edtf=day
        )

    finished, halted, begun = (
        told("2021-09", "completed"),
        told("2022-02", "stalled"),
        told("2023", "completed"),
    )
    stages, sources = {"completed": 8, "stalled": 6}, Sources({})
    first = best_status([finished, halted], stages, sources)
    then = best_status([finished, halted, begun], stages, sources)
    assert first is not None
    assert then is not None
    assert (first.value, then.value) == ("stalled", "completed")
