"""Each way to write a date, with the sentence its rule was made for."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from geodata.claims.beginnings import Finder, beginnings
from geodata.claims.date_rules import RULES, DateRule
from geodata.claims.dates import find_dates
from geodata.claims.dates_relative import CONTEXT_RULES, ContextRule
from geodata.claims.edtf import bounds, is_valid, years

Read = Callable[[str], Doc]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_reads_the_sentence_it_was_made_for(rule: DateRule, read: Read) -> None:
    assert rule.name in [m.rule for m in find_dates(read(rule.example))]


@given(st.sampled_from([*RULES, *CONTEXT_RULES]), st.data())
def test_a_rule_is_found_by_how_it_begins(rule: DateRule | ContextRule, data: st.DataObject) -> None:
    match = data.draw(st.from_regex(rule.pattern, fullmatch=True, alphabet=st.characters(codec="ascii")))
    assert beginnings(rule.pattern)
    assert [m.span() for _, m in Finder([rule.pattern]).find(match)] == [
        m.span() for m in rule.pattern.finditer(match)
    ]


@pytest.mark.parametrize("rule", CONTEXT_RULES, ids=lambda rule: rule.name)
def test_every_leaning_rule_reads_the_sentence_it_was_made_for(rule: ContextRule, read: Read) -> None:
    doc = read("In June 2012 the ministers signed. " + rule.example + ".")
    assert rule.name in [m.rule for m in find_dates(doc, published="2014-03-05")]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("In the beginning of 2019, the company signed.", "2019-01/2019-04"),
        ("It was held on 3 and 4 December 2016.", "2016-12-03/2016-12-04"),
        ("They signed an MoU on October 16, 2015.", "2015-10-16"),
        ("They signed on the 16th October, 2015.", "2015-10-16"),
        ("Exports rose in 2015-16.", "2015/2016"),
        ("It was paid in FY 2013/14.", "2013/2014"),
        ("The works lasted from 2013 to 2018.", "2013/2018"),
        ("It has been in use since 2015.", "2015/.."),
        ("It will be finished by 2018.", "2018"),
        ("The late 1990s saw setbacks.", "1996/1999"),
        ("In the 1970s relations grew.", "197X"),
        ("It opened in the first quarter of 2003.", "2003-33"),
        ("Work began in mid-2009.", "2009-05/2009-08"),
        ("It reopened in spring 2016.", "2016-21"),
        ("A meeting was held in Beijing on 10-11 July 2019.", "2019-07-10/2019-07-11"),
        ("The 1999 Kargil War followed.", "1999"),
        ("It was built around 2015.", "2015~"),
    ],
)
def test_a_date_becomes_edtf(text: str, edtf: str, read: Read) -> None:
    assert [m.edtf for m in find_dates(read(text))] == [edtf]


@pytest.mark.parametrize(
    "text",
    [
        "See project ID#12532 and ID#2012.",
        "The 1100 km pipeline is long.",
        "They bought the Su-30 and the S-400 and the Mi-35.",
        "About 2000 workers were hired.",
        "UN resolution 1973 was adopted.",
        "It must be finished within 36 months.",
        "The price was USD 2000.",
        "It yields 1900 MW.",
    ],
)
def test_a_number_is_not_a_year(text: str, read: Read) -> None:
    assert find_dates(read(text)) == ()


def test_earlier_the_same_year_takes_the_year_before_it(read: Read) -> None:
    doc = read("In December 2002 they met in New Delhi. Earlier the same year, Moscow attempted to mediate.")
    assert find_dates(doc)[1].edtf == "2002"


def test_the_following_year_is_one_later(read: Read) -> None:
    doc = read(
        "In September 2016 the exercise was held, while during the following year it was held elsewhere."
    )
    assert [m.edtf for m in find_dates(doc)] == ["2016-09", "2017"]


def test_a_month_takes_its_year_from_the_sentence_before(read: Read) -> None:
    doc = read("The deal was signed in 2011. In August the works began.")
    assert [(m.edtf, m.anchor) for m in find_dates(doc)] == [("2011", ""), ("2011-08", "before")]


def test_last_week_counts_only_from_a_known_day(read: Read) -> None:
    doc = read("Last week the ministers met.")
    assert find_dates(doc) == ()
    assert find_dates(doc, published="2014") == ()
    assert find_dates(doc, published="2014-03-05")[0].edtf == "2014-02-24/2014-03-02"


def test_by_a_year_hints_at_what_is_expected(read: Read) -> None:
    assert find_dates(read("It is to be completed by 2018."))[0].role_hint == "expected"


def test_an_impossible_day_is_no_date(read: Read) -> None:
    assert all(
        is_valid(m.edtf) for m in find_dates(read("On 31 June 2015 and 45 May 2016 nothing happened."))
    )


@pytest.mark.parametrize(
    "edtf", ["2015-13", "2015-02-30", "201", "", "2018/2015", "../..", "197X-02", "2015-1"]
)
def test_what_is_not_edtf_is_refused(edtf: str) -> None:
    assert not is_valid(edtf)


@given(st.dates(date(1500, 1, 1), date(2149, 12, 31)))
def test_a_day_round_trips(day: date) -> None:
    assert bounds(day.isoformat()) == (day.isoformat(), day.isoformat())
    assert years(day.isoformat()) == (day.year,)


@given(st.integers(1500, 2149), st.integers(0, 30))
def test_a_span_of_years_has_its_ends(first: int, more: int) -> None:
    low, high = bounds(f"{first}/{first + more}")
    assert (low, high) == (f"{first}-01-01", f"{first + more}-12-31")


MONTHS = list(calendar.month_name)[1:]


@settings(max_examples=60)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["dmy", "mdy", "ord", "iso"]))
def test_any_day_in_any_order_is_read_back(read: Read, day: date, order: str) -> None:
    month = MONTHS[day.month - 1]
    written = {
        "dmy": f"{day.day} {month} {day.year}",
        "mdy": f"{month} {day.day}, {day.year}",
        "ord": f"{day.day}th of {month} {day.year}",
        "iso": day.isoformat(),
    }[order]
    text = f"The treaty was signed on {written} in the capital."
    mention = find_dates(read(text))[0]
    assert mention.edtf == day.isoformat()
    assert text[mention.start : mention.end] == written


@settings(max_examples=60)
@given(
    st.text(
        alphabet=st.sampled_from("0123456789 -/.,'’()ABmMay Junefrom to in since by the s\n"), max_size=80
    )
)
def test_no_text_breaks_the_reader_and_all_it_gives_is_edtf(read: Read, text: str) -> None:
    for mention in find_dates(read(text), published="2014-03-05"):
        assert (mention.earliest, mention.latest) == bounds(mention.edtf)
        assert 0 <= mention.start < mention.end <= len(text)


def test_a_bare_month_is_of_late_unless_the_sentence_before_tells_its_year(read: Read) -> None:
    text = "The mine opened in July 2023. Harare then banned exports. The furnace was lit in June."
    assert [d.edtf for d in find_dates(read(text), published="2024-08-14")] == ["2023-07", "2024-06"]
    text = "The mine opened in July 2023. Exports were banned in September."
    assert [d.edtf for d in find_dates(read(text), published="2024-08-14")] == ["2023-07", "2023-09"]
