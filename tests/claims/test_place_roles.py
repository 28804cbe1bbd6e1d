"""What a place is to an event."""

from __future__ import annotations

from tests.claims.told import claims, events_of, only, surfaces, values


def test_refused_venue_is_not_a_venue() -> None:
    found = events_of(
        "For their joint military exercise with Pakistan in 2016, Russia denied the initially proposed location of "
        "Gilgit-Baltistan, and the drills were held in Cherat instead."
    )
    exercise = only(found, "joint_exercise")
    assert surfaces(exercise, "place", "rejected_venue") == {"Gilgit-Baltistan"}
    assert surfaces(exercise, "place", "venue") == {"Cherat"}


def test_a_route_has_ends_and_a_waypoint() -> None:
    found = events_of("Russia plans to build a gas pipeline from Turkmenistan to India via Herat.")
    pipeline = only(found, "gas_pipeline")
    assert values(pipeline, "place", "endpoint") == {"Turkmenistan", "India"}
    assert surfaces(pipeline, "place", "waypoint") == {"Herat"}


def test_the_place_in_a_treatys_name_is_where_it_was_signed() -> None:
    found = events_of(
        "In 1966, the Soviet Union mediated between Lal Bahadur Shastri and Ayub Khan in signing the Tashkent "
        "Declaration."
    )
    treaty = only(found, "treaty")
    assert surfaces(treaty, "place", "venue") == {"Tashkent"}
    assert treaty.named == "Tashkent Declaration"


def test_the_host_capital_is_the_venue() -> None:
    found = events_of("On 25 April 2019, Moscow hosted a trilateral meeting together with the US and China.")
    assert surfaces(only(found, "summit"), "place", "venue") == {"Moscow"}


def test_the_country_around_a_town_is_only_mentioned() -> None:
    found = events_of("The Heart of Asia summit was held in Amritsar, India, on 3 and 4 December 2016.")
    summit = only(found, "summit")
    assert surfaces(summit, "place", "venue") == {"Amritsar"}
    assert surfaces(summit, "place", "beneficiary") == set()


def test_a_grid_is_in_the_country_of_those_who_receive() -> None:
    found = events_of(
        "In 2000, China pledged US$74 million in credit to rehabilitate substations of the Bangladeshi power grid. "
        "Construction work started in October 2005."
    )
    grid = only(found, "power_transmission")
    assert [c.country for c in claims(grid, "place") if c.role != "mentioned"] == ["BD"]


def test_a_buyer_is_the_beneficiary_of_arms_and_the_seller_is_not() -> None:
    found = events_of("In 2018, India purchased S-400 missile systems from Russia for $5 billion.")
    deal = only(found, "arms_transfer")
    assert values(deal, "place", "beneficiary") == {"India"}
    assert values(deal, "actor", "supplier") == {"Russia"}


def test_where_a_company_or_a_government_sits_is_no_site() -> None:
    found = events_of(
        "In 2021 a builder from Istanbul agreed with the government in Kampala on a railway station at Malaba, Uganda."
    )
    station = only(found, "railway")
    assert surfaces(station, "place", "site") == {"Malaba"}


def test_a_place_in_the_name_of_who_acts_is_no_site() -> None:
    found = events_of(
        "Anhui Foreign Economic Construction Group built a stadium in Beira, Mozambique in 2011."
    )
    assert surfaces(only(found, "public_building"), "place", "site") == {"Beira"}
