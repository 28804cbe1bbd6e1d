"""Clean-up: whole sentences, nothing that is not the text, and the way back to the original."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.documents import clean, read_file
from geodata.documents.cleaning import Cleaned
from geodata.documents.extract import Extract
from tests.documents.document_files import SHARED


def cleaned(text: str, *, markdown: bool = False, paragraphs: bool = False) -> Cleaned:
    return clean(Extract(text, "text/plain", markdown=markdown, paragraphs=paragraphs))


def paragraphs(text: str) -> list[str]:
    return cleaned(text).text.split("\n\n")


def test_broken_lines_are_joined() -> None:
    text = "The port of Lamu was opened by the\npresident of Kenya in May 2021, after ten years\nof work."
    assert paragraphs(text) == [text.replace("\n", " ")]


DOUBLE_SPACED = """The port of Lamu was opened by the president of Kenya in May 2021, after ten

years of planning and four years of work at the site on the northern coast of the

country. It has three berths, and two more are planned. The first ships came from

the Gulf, and the government hopes that traders in Ethiopia will use the port once

the road through Isiolo to Moyale is finished.

"""


def test_blank_lines_inside_sentences_are_no_paragraphs() -> None:
    assert paragraphs(DOUBLE_SPACED) == [DOUBLE_SPACED.strip().replace("\n\n", " ")]


def test_heading_is_not_run_into_the_next_sentence() -> None:
    text = DOUBLE_SPACED + " \n\nRoads and Rails \n" + DOUBLE_SPACED
    assert paragraphs(text)[1] == "Roads and Rails"


def test_running_head_and_page_number_in_the_middle_of_a_sentence() -> None:
    part = DOUBLE_SPACED.strip().split("\n\n")
    page = "\n\n".join(part[:4])
    text = "\n\n".join([page, "\n", "Coastal Studies ", "34 ", part[4]] * 2)
    text = text.replace("once\n\n", "once\n\n")
    result = cleaned(text).text
    assert "Coastal Studies" not in result
    assert "34" not in result
    assert "will use the port once the road through Isiolo" in result


def test_page_heads_of_a_paged_text() -> None:
    told = ("One ship came from the Gulf.", "It was full.", "Nobody met it.", "The crew slept.", "It left.")
    pages = [
        f"Review of Ports {number}\n{text}\nSo ends part {text[:3]}" for number, text in enumerate(told, 1)
    ]
    result = clean(Extract("\f".join(pages), "application/pdf", paged=True))
    assert "Review of Ports" not in result.text
    assert [page.number for page in result.pages] == [1, 2, 3, 4, 5]
    assert result.text[result.pages[3].start :].startswith("The crew slept")


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("a period of trans-\nformation", "a period of transformation"),
        ("the geo-\neconomic order", "the geo-economic order"),
        ("the Non-\nProliferation Treaty", "the Non-Proliferation Treaty"),
        ("a short-\nterm loan, a short-term debt", "a short-term loan, a short-term debt"),
        ("the cooperation, or co-\noperation", "the cooperation, or cooperation"),
        ("between 2010-\n2015", "between 2010-2015"),
    ],
)
def test_hyphens_at_line_ends(broken: str, whole: str) -> None:
    assert cleaned(broken + " was meant.").text == whole + " was meant."


def test_footnote_marks_that_stick_to_words_go_and_figures_stay() -> None:
    text = (
        "The port was opened in 2021.1 It belongs to Kenya,2 which paid for it. The government3 denied this. "
        "The G20 met, Covid19 spread, and a Mi-35 of 3.5 tons cost Rs.500 on page p.12 of the list.\n"
        "It was built on 12 km2 of sand."
    )
    result = cleaned(text).text
    assert "2021. It belongs to Kenya, which" in result.replace("2021.1", "2021.")
    assert "The government denied" in result
    for kept in ("G20", "Covid19", "Mi-35", "3.5 tons", "Rs.500", "p.12", "km2"):
        assert kept in result


def test_footnote_marks_on_lines_of_their_own() -> None:
    text = DOUBLE_SPACED.replace("the Gulf, and", "the Gulf,\n1\n\n and")
    assert "came from the Gulf, and the government" in cleaned(text).text


def test_wikipedia_marks_and_superscripts_go() -> None:
    text = "The dam[1] was built in 1969.[2][3] It is 90 m² wide and holds much water.⁴ [citation needed]"
    assert cleaned(text).text == "The dam was built in 1969. It is 90 m² wide and holds much water."


def test_links_go_and_the_sentence_stays() -> None:
    text = "The report (https://example.org/a_b.pdf) names the port, see www.example.org/x. It is old."
    assert cleaned(text).text == "The report names the port, see. It is old."


def test_comment_form_and_cookie_note_go() -> None:
    text = (
        "The port was opened in 2021.\n\nThis site uses cookies to give you a better service.\n\nLeave a Reply\n\n"
        "Your email address will not be published. Required fields are marked *"
    )
    assert paragraphs(text) == ["The port was opened in 2021."]


def test_a_word_of_the_web_at_the_end_of_a_broken_line_stays() -> None:
    text = "The soldiers who had left for the war in the spring came\nhome. Then they saw\nmore. It was late."
    assert "came home." in cleaned(text).text
    assert "they saw more." in cleaned(text).text


def test_mojibake_is_mended() -> None:
    text = "Pakistanâ€™s port at Gwadar â€“ a gift, the mayor of ZÃ¼rich said â€“ was opened."
    assert cleaned(text).text == "Pakistan’s port at Gwadar – a gift, the mayor of Zürich said – was opened."


def test_sound_accents_are_left_alone() -> None:
    text = "São Paulo, Łódź, Nǎpō, Đà Nẵng and Ñuñoa signed it; «Ã» is a letter."
    assert cleaned(text).text == text


def test_dashes_of_windows_are_no_control_characters() -> None:
    assert cleaned("His things\x97a camera\x97were sold; \x93all\x94, he said.").text == (
        "His things—a camera—were sold; “all”, he said."
    )


def test_days_and_initials_are_no_footnotes_and_no_list() -> None:
    text = "J. Smith came on April1, 2009, and on Oct.1 of that year."
    assert cleaned(text).text == text


def test_ligatures_soft_hyphens_and_odd_spaces() -> None:
    assert cleaned("The ﬁrst oﬀer for the con\u00adtract\u00a0was\u200b refused.").text == (
        "The first offer for the contract was refused."
    )


def test_list_of_sources_is_no_text_and_what_follows_is() -> None:
    sources = "\n\n".join(
        f"Smith, J. ({year}), “Ports of the coast”, Journal of Ports, vol. 3, pp. 1–{year - 1990}."
        for year in range(2000, 2008)
    )
    text = f"The port was opened in 2021.\n\nReferences\n\n{sources}\n\nAnnex\n\nThe annex tells more."
    assert paragraphs(text) == ["The port was opened in 2021.", "Annex", "The annex tells more."]


def test_heading_named_notes_over_prose_keeps_its_prose() -> None:
    text = "The port was opened in 2021.\n\nNotes\n\nThe harbour master told us that no ship had come for a year."
    assert "no ship had come" in cleaned(text).text


def test_word_on_the_author_goes_and_names_the_author() -> None:
    text = (
        "Ships and sand\n\nThe port was opened in 2021.\n\nIt is empty.\n\nMary Writer\n\n"
        "Mary Writer is a freelance journalist from Nairobi."
    )
    result = cleaned(text)
    assert result.text.endswith("It is empty.")
    assert (result.facts.title, result.facts.author) == ("Ships and sand", "Mary Writer")


def test_list_items_are_sentences_of_their_own_without_their_marks() -> None:
    text = "Its goals are:\ni. The port shall be dredged.\nii. The road shall be paved.\n• The rails shall be laid."
    assert paragraphs(text) == [
        "Its goals are:",
        "The port shall be dredged.",
        "The road shall be paved.",
        "The rails shall be laid.",
    ]


def test_markdown_paragraph_torn_in_mid_sentence_is_mended() -> None:
    text = (
        "The port of Lamu, which had been promised for a generation, was opened by the\n\npresident in 2021."
    )
    assert cleaned(text, markdown=True).text == text.replace("\n\n", " ")


def goes_back(original: str, result: Cleaned) -> bool:
    """Whether every kept stretch stands in the original, and every whole word of it at its mapped offset."""
    ends = 0
    for segment in result.offsets.segments:
        there = original[segment.original : segment.original + segment.length]
        if segment.clean < ends or result.text[segment.clean : segment.clean + segment.length] != there:
            return False
        ends = segment.clean + segment.length
        for word in re.finditer(r"\w+", there):
            at = segment.clean + word.start()
            if not original.startswith(word[0], result.offsets.original(at)):
                return False
    return True


HARD = st.text(
    st.sampled_from(
        list(
            "abc ABC 12.,:;-()[]*_#`|>&\n\n\n\f\t\r\u00ad\u00a0ﬁâ€™Ã\x00\x85\u2028•\uf0b7’”\u200bé中\U0001f600"
        )
    )
    | st.characters(),
    max_size=400,
)


@given(HARD, st.booleans(), st.booleans())
@settings(max_examples=300)
def test_any_text_is_cleaned_and_leads_back(text: str, markdown: bool, whole: bool) -> None:
    result = clean(Extract(text, "text/plain", markdown=markdown, paragraphs=whole, paged=True))
    assert goes_back(text, result)
    assert result.text == result.text.strip()
    assert all(page.start < page.end for page in result.pages)
    assert sum(page.end - page.start for page in result.pages) == len(result.text)


WORDS = [
    "the", "port", "of", "Lamu", "was", "opened", "by", "president", "Kenyatta", "in", "2021", "with", "money", "from",
    "China", "and", "trade", "minister", "signed", "it", "after", "ten", "years", "pipeline", "road",
]  # fmt: skip
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=4, max_size=25).map(
    lambda words: words[0].capitalize() + " " + " ".join(words[1:]) + "."
)
TEXT = st.lists(st.lists(SENTENCE, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=6).map(
    "\n\n".join
)


@given(TEXT)
@settings(max_examples=200)
def test_clean_text_is_left_as_it_is(text: str) -> None:
    assert cleaned(text).text == text
    assert cleaned(text, markdown=True).text == text


@given(TEXT, st.integers(50, 90), st.booleans())
@settings(max_examples=200)
def test_every_word_of_a_broken_text_is_found_again(text: str, width: int, doubled: bool) -> None:
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) > width:
                lines.append(line)
                line = ""
            line += (" " if line else "") + word
        lines += [line, " "]
    original = ("\n\n" if doubled else "\n").join(lines)
    result = cleaned(original)
    assert result.text.split() == text.split()
    assert goes_back(original, result)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the five originals are not beside this checkout")
class TestOriginals:
    def test_sentences_are_whole(self) -> None:
        for path in sorted(SHARED.glob("*.txt")):
            for paragraph in read_file(path).text.split("\n\n"):
                words = paragraph.split()
                # A paragraph is a heading, or begins with a capital and ends as a sentence does.
                assert re.match(r"[“‘(]?…?[A-Z0-9]", paragraph), paragraph[:80]
                unended = not re.search(r"[.!?:][”’)]*\.?$", paragraph)
                last = path.name.startswith("001") and paragraph.endswith("relationship with Russia")
                assert len(words) < 15 or not unended or last, paragraph[-80:]

    def test_no_furniture_is_left(self) -> None:
        text = "\n".join(read_file(path).text for path in sorted(SHARED.glob("*.txt")))
        for furniture in (
            "http",
            "Leave a Reply",
            "email address",
            "asset_publisher",
            "The writer is a research",
            "\uf02a",
        ):
            assert furniture not in text
        assert not re.search(r"[a-z][.,:”]\d", text)
        assert "\nStrategic Studies\n" not in text

    def test_sentences_that_were_cut_by_pages_and_notes_are_joined(self) -> None:
        text = read_file(next(SHARED.glob("001*"))).text
        assert "Putin publicly supported Pakistan’s full membership" in text
        assert "agenda in South and Central Asia is emerging" in text
        assert "Organisation (SCO). In August 2013, the Russian Colonel-General, Vladimir Chirkin" in text
        assert "flagship project of Pak-Russia economic cooperation" in text

    def test_offsets_lead_back_to_the_file(self) -> None:
        for path in sorted(SHARED.glob("*.txt")):
            document = read_file(path)
            original = path.read_text(encoding="utf-8")
            assert goes_back(original, Cleaned(document.text, document.offsets))
