"""Events: what a text tells, put together; each test is a claim with the sentence its rule was made for."""

from __future__ import annotations

from geodata.claims.naming import carried
from geodata.language import open_model, parse
from tests.claims.told import claims, events_of, only, surfaces, types, values

ROAD = (
    "On March 4, 2009, the Export-Import Bank of China signed a loan agreement of 120 million USD with the government "
    "of Ghana for the construction of the Ofankor-Nsawam road. Sinohydro Corporation was the contractor. "
    "Construction started in May 2010 and the road was completed in June 2013."
)


def test_a_narrative_is_one_project_with_its_dates_sum_and_actors() -> None:
    (road,) = events_of(ROAD)
    assert road.type == "road"
    dates = {(c.role, c.edtf[:4]) for c in claims(road, "date")}
    assert {("started", "2010"), ("completed", "2013")} <= dates
    assert dates & {("signed", "2009"), ("announced", "2009")}
    assert [(c.amount, c.unit) for c in claims(road, "value")] == [(120e6, "USD")]
    assert values(road, "actor", "funding") >= {"China Exim Bank"}
    assert "Ghana" in {c.country and c.value for c in claims(road, "place")} | values(road, "actor")
    assert claims(road, "status")[0].value in ("completed", "operating")


def test_the_loan_for_a_road_is_a_road() -> None:
    assert types(events_of(ROAD)) == ["road"]


def test_the_thing_that_a_loan_is_for_may_stand_in_a_later_sentence() -> None:
    found = events_of(
        "On March 5, 2014 the bank signed an agreement with Zambia's Ministry of Finance for a loan of $41 million. "
        "The loan has a grace period of 7 years. It will fund the construction of a 120 km power transmission line."
    )
    assert types(found) == ["power_transmission"]


def test_a_thing_given_to_a_country_without_any_date_is_still_told() -> None:
    found = events_of("Under earlier agreements, China granted Tajikistan 25 tractors.")
    assert types(found) == ["agriculture"]
    assert values(found[0], "place", "beneficiary") == {"Tajikistan"}


def test_several_projects_of_one_report_stay_apart_by_paragraph() -> None:
    found = events_of(
        "In 2006, China agreed to build a hospital in Lusaka, Zambia. The hospital was opened in 2010.\n\n"
        "In 2011, China lent Zambia 60 million USD for a stadium in Ndola. Construction started in 2012."
    )
    assert types(found) == ["health", "public_building"]
    assert {c.edtf for c in claims(found[0], "date")} == {"2006", "2010"}
    assert {c.edtf for c in claims(found[1], "date")} == {"2011", "2012"}


def test_facts_of_the_next_sentence_belong_to_this_project() -> None:
    found = events_of(
        "In October 2014, Kenya and Uganda signed a memorandum of understanding to build a gas pipeline from Eldoret "
        "to Kampala. Headed by a Korean company, Samsung, this project was expected to be completed in 2018."
    )
    pipeline = only(found, "gas_pipeline")
    assert values(pipeline, "place", "endpoint") == {"Eldoret", "Kampala"}
    assert ("expected", "2018") in {(c.role, c.edtf) for c in claims(pipeline, "date")}
    assert claims(pipeline, "status")[0].value == "mou_signed"
    assert "Samsung" in values(pipeline, "actor")


def test_two_exercises_of_one_sentence_are_two_events_with_their_own_year_and_place() -> None:
    found = events_of(
        "In September 2016, the first joint military exercise of the two countries was held in Cherat, Pakistan, while "
        "during the following year they launched their second joint military training in Vladikavkaz, Russia."
    )
    first, second = found
    assert {c.edtf for c in claims(first, "date")} == {"2016-09"}
    assert {c.edtf for c in claims(second, "date")} == {"2017"}
    assert surfaces(first, "place", "venue") == {"Cherat"}
    assert "Vladikavkaz" in surfaces(second, "place", "venue")


def test_two_visits_in_one_sentence_go_to_two_places() -> None:
    found = events_of(
        "The friendship began with the visit of the Indian Prime Minister Jawaharlal Nehru to China in October 1954, "
        "and Zhou Enlai's return visit to India in November 1956."
    )
    assert [values(event, "place", "venue") for event in found] == [{"China"}, {"India"}]
    assert [{c.edtf for c in claims(event, "date")} for event in found] == [{"1954-10"}, {"1956-11"}]


def test_a_helicopter_sale_and_an_engine_sale_are_two_deals_of_one_agreement() -> None:
    found = events_of(
        "In 2015, Serbia and Russia signed a defence agreement that included a $153 million sale of Mi-35 attack "
        "helicopters to Serbia, as well as an agreement on purchasing RD-93 engines from Russia."
    )
    names = {event.named for event in found if event.type == "arms_transfer"}
    assert {"Mi-35", "RD-93"} <= names


def test_two_pipelines_with_other_ends_are_two() -> None:
    found = events_of(
        "A gas pipeline from Karachi to Lahore is the flagship of the cooperation. In October 2017, Russia offered to "
        "develop a gas pipeline from Iran to India via Gwadar."
    )
    ends = [values(event, "place", "endpoint") for event in found if event.type == "gas_pipeline"]
    assert ends == [{"Karachi", "Lahore"}, {"Iran", "India"}]


def test_a_weak_word_in_passing_is_no_event() -> None:
    assert events_of("The meeting of minds between India and Russia needs no agreement on paper.") == ()
    assert events_of("Roads, ports and pipelines are what the region talks about.") == ()


def test_what_an_office_is_for_is_no_project() -> None:
    assert events_of("The Minister of Roads and Bridges of Ghana spoke to the press in Accra in 2015.") == ()


def test_a_company_with_a_road_in_its_name_is_no_road() -> None:
    found = events_of("China Road and Bridge Corporation built a hospital in Kigali, Rwanda in 2008.")
    assert types(found) == ["health"]


def test_what_a_line_connects_is_not_built_with_it() -> None:
    found = events_of(
        "In 2015 Russia agreed to build a gas pipeline to connect LNG terminals in Sindh and Punjab."
    )
    assert types(found) == ["gas_pipeline"]


def test_the_two_countries_are_those_named_before() -> None:
    found = events_of(
        "Turkey and Azerbaijan have drawn closer. In 2010 the two countries signed a defence cooperation agreement "
        "in Baku."
    )
    agreement = only(found, "defence_agreement")
    assert values(agreement, "actor") >= {"Turkey", "Azerbaijan"}
    assert "the two countries" in surfaces(agreement, "actor")


def test_a_continuation_to_elsewhere_is_a_project_of_its_own() -> None:
    found = events_of(
        "The railway from Mombasa to Nairobi, opened in May 2017, cost 3.6 billion dollars. "
        "Its continuation to Kisumu was cancelled in 2019."
    )
    first, second = found
    assert claims(first, "status")[0].value in ("completed", "operating")
    assert claims(second, "status")[0].value == "cancelled"
    assert "Kisumu" in surfaces(second, "place")


def test_a_new_type_is_found_without_code() -> None:
    from dataclasses import replace
    from types import MappingProxyType

    from geodata.records import ProjectType
    from tests.claims.told import vocabulary

    plant = ProjectType("desalination_plant", "desalination plant", "other", ("desalination plant",))
    words = replace(
        vocabulary(), types=MappingProxyType({"desalination_plant": plant, **dict(vocabulary().types)})
    )
    found = events_of("In 2019 Spain built a desalination plant in Agadir, Morocco.", words=words)
    assert types(found) == ["desalination_plant"]


def test_a_place_in_a_code_name_is_not_where_the_exercise_was_held() -> None:
    found = events_of(
        "The two countries also appear active, with the “Ladoga 2017” large-scale military exercise, hosted by Russia "
        "and joined by China."
    )
    assert values(only(found, "joint_exercise"), "place", "venue") == {"Russia"}


def test_a_forum_that_one_visits_is_the_venue_of_the_visit() -> None:
    found = events_of(
        "Prime Minister Shinzo Abe is to visit the Baltic Economic Forum in Riga in September 2019."
    )
    assert types(found) == ["visit"]
    assert "Riga" in values(found[0], "place", "venue")


def test_what_a_dispute_is_over_is_no_venue() -> None:
    found = events_of(
        "In June 1955 the president of Chile travelled to Bolivia, which took his side over Patagonia."
    )
    assert "Patagonia" not in values(only(found, "visit"), "place", "venue")


def test_a_cargo_is_not_built() -> None:
    doc = parse(
        open_model(), "The line shall bring surplus hydropower out of Ethiopia. Norway sells its dam."
    )
    assert [(t.text, carried(t)) for t in doc if t.dep_ == "dobj"] == [("hydropower", True), ("dam", False)]


def test_a_country_that_a_line_bypasses_does_not_get_it() -> None:
    found = events_of(
        "In 2013 China signed an agreement on a railway linking eastern Ethiopia to the coast, bypassing Eritrea."
    )
    assert "Eritrea" not in values(only(found, "railway"), "place", "beneficiary")


def test_mills_with_a_name_are_one_mill() -> None:
    found = events_of("On 5 May 2016 the Polish ambassador offered to revive Ghana's Steel Mills.")
    assert only(found, "steel_plant").named == "Ghana's Steel Mills"


def test_a_state_that_comes_out_of_a_war_is_told() -> None:
    found = events_of(
        "Ethiopia fought a long war with the rebels, out of which Eritrea became an independent state in 1993."
    )
    assert "Eritrea" in values(only(found, "legal_change"), "place", "site")


def test_a_consulate_that_opens_is_no_part_of_the_story_of_a_plant() -> None:
    found = events_of(
        "On 3 May 2018 Poland opened its consulate in Mombasa. Its ambassador, who spoke there, offered to rebuild "
        "the steel plant at Nakuru. The plant was built in 1974 with a loan of 20 million dollars."
    )
    assert "diplomatic_mission" in types(found)
    assert "2018-05-03" not in {c.edtf for c in claims(only(found, "steel_plant"), "date", "completed")}


def test_a_survey_that_a_country_undertakes_is_told() -> None:
    found = events_of(
        "In 2006, Liberia undertook a comprehensive geological survey of its minerals with a grant of 2 million USD."
    )
    assert types(found) == ["mine"]


def test_a_block_of_so_many_megawatts_is_a_power_plant() -> None:
    found = events_of("Siemens has been building a 350-megawatt block at Tunis since 2017.")
    assert types(found) == ["power_plant"]


def test_ids_are_the_same_each_time() -> None:
    assert events_of(ROAD) == events_of(ROAD)


def test_a_named_works_that_someone_offered_to_revive_stands_with_its_country_and_day() -> None:
    text = "On February 19, 2018, it was proposed to revive Ghana’s Steel Mills."
    (event,) = events_of(text)
    assert event.type == "steel_plant"
    assert values(event, "date") == {"2018-02-19"}


def test_an_extension_to_a_place_is_a_project_though_a_loan_is_told_of_before_it() -> None:
    events = events_of(
        "The railway from Lobito to Luau in Angola was opened in 2015, and China lent 1.8 billion dollars. "
        "A continuation to Chingola in Zambia has been planned since 2023."
    )
    assert any("Chingola" in values(e, "place") for e in events if e.type == "railway")
    assert types(events).count("railway") == 2


def test_an_attack_on_the_thing_told_of_is_told_too() -> None:
    events = events_of(
        "The gas pipeline from Arish to Ashkelon carried Egyptian gas until saboteurs near Bir al-Abed in Sinai "
        "blew up a pumping house in 2012."
    )
    assert {"gas_pipeline", "attack"} <= set(types(events))


def test_a_corridor_with_a_name_and_a_place_stands() -> None:
    events = events_of("The missing piece is the Zangezur corridor through Meghri, which Baku demands.")
    assert types(events) == ["transport_corridor"]


def test_a_journey_told_beside_a_pipeline_is_a_visit() -> None:
    events = events_of(
        "The gas pipeline from Beni Saf in Algeria to Almería in Spain was enlarged in January 2022. "
        "Mario Draghi, then prime minister of Italy, travelled to Algiers on 11 April 2022."
    )
    assert types(events) == ["gas_pipeline", "visit"]
