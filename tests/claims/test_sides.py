"""Who gives and who receives, and so the country that a thing is for."""

import pytest

from tests.claims.told import claims, events_of


def receivers(text: str) -> set[str]:
    """Countries that the things of a text are for or in."""
    return {
        c.country
        for event in events_of(text)
        for c in claims(event, "place")
        if c.role != "mentioned" and c.country
    }


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("In 2009, China loaned Bolivia 60 million dollars to buy two drilling rigs.", "BO"),
        ("In 2009, China granted Costa Rica $83 million for the construction of a football stadium.", "CR"),
        ("In 2010, the Chinese embassy in Lebanon donated ten computers worth 50,000 dollars.", "LB"),
        ("In 2012, Cameroon accepted a Chinese grant of 800 million francs for the construction of wells.", "CM"),
        ("In 2006, China Exim Bank signed a 500 million dollar soft loan with Eritrea.", "ER"),
        ("In 2013, China launched Bolivia's first communications satellite at a cost of 300 million dollars.", "BO"),
        ("In 2007, China cancelled all Mozambican debt to China, worth 30 million dollars.", "MZ"),
        ("In 2001, China signed a deal to cancel expired Rwandan loans of 2.7 million dollars.", "RW"),
        (
            "In 2007, China gave ten computers to the Cameroon Radio Television Corporation for 9,000 dollars.",
            "CM",
        ),
    ],
)  # fmt: skip
def test_what_is_given_is_for_who_receives_it(text: str, iso: str) -> None:
    assert receivers(text) == {iso}


def test_two_states_that_sign_a_pact_receive_nothing() -> None:
    event = events_of("On 9 August 1971 India and the Soviet Union signed the Treaty of Peace in Delhi.")[0]
    assert not claims(event, "place", "beneficiary")


def test_the_corridors_of_others_are_not_for_who_signs_the_loan() -> None:
    text = (
        "In 2013 officials from China's Exim Bank and the Kyrgyz Republic's Ministry of Finance signed a 400 million "
        "dollar loan agreement to finance a road. Work on it was contracted to a Chinese firm and began in 2014. The "
        "aim of this international corridor is to reduce the costs of trade and to connect Russia, Iran and India."
    )
    assert "KG" in receivers(text)
    assert "CN" not in receivers(text)


def sites(text: str) -> set[str]:
    """Countries of the sites and ends of what a text tells."""
    return {
        c.country
        for event in events_of(text)
        for c in claims(event, "place")
        if c.role in ("site", "endpoint", "waypoint")
    }


def test_where_a_gift_comes_from_is_no_site() -> None:
    text = "In 2012 the Zhejiang province of China gave Micronesia biogas digesters worth 50,000 dollars."
    assert "CN" not in sites(text)
    text = "In 2011 a wind farm was built near Loja with a loan of 20 million dollars from China to Ecuador."
    assert "CN" not in sites(text)


def test_a_line_from_a_givers_town_still_begins_there() -> None:
    text = "In 2012 China lent North Korea 20 million dollars to build a road from Hunchun to Rason."
    assert "CN" in sites(text)


def test_of_two_banks_the_one_that_signs_with_the_giver_receives() -> None:
    text = (
        "In 2013 China EXIM Bank and the National Bank of Uzbekistan signed an agreement, with China providing 350 "
        "million dollars for construction of a railway tunnel."
    )
    assert receivers(text) == {"UZ"}


def test_who_lends_in_its_own_money_gives() -> None:
    text = (
        "In 2012 China and Mauritania signed an agreement to build a levee. The funding was 120,000,000 yuan."
    )
    assert receivers(text) == {"MR"}


def test_a_name_nobody_knows_is_not_put_where_the_giver_is() -> None:
    text = "In 2010 the Chinese ambassador gave the Zorblat Mwemba Hospital beds worth 20,000 dollars."
    assert "CN" not in sites(text)
