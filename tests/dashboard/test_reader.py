"""A text for the Texts page: what is cut, what is marked, what is counted."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.reader import Piece, Span, Told, page_of, paragraphs, pieces
from geodata.records import Claim, Document, Place, Project, Selector, Sentence, Toponym

LABELS: dict[str, Any] = {"types": {"gas_pipeline": "gas pipeline"}}
KOHAT = Place("geonames:1", "Kohat", 33.6, 71.4, country="PK", admin1="Khyber Pakhtunkhwa")
RUSSIA = Place("geonames:2", "Russia", 60.0, 100.0, "A", "PCLI", country="RU")


def words(piece: Piece) -> str:
    return piece if isinstance(piece, str) else "".join(words(p) for p in piece[4])


def kinds(cut: list[Piece]) -> list[tuple[str, str]]:
    return [(p[0], words(p)) for p in cut if not isinstance(p, str)]


def toponym(
    text: str, name: str, place: Place | None, kind: Any = "literal", confidence: float = 0.9
) -> Toponym:
    start = text.index(name)
    lat, lon = (place.lat, place.lon) if place else (None, None)
    return Toponym("t", start, start + len(name), name, kind, place, lat, lon, 1, confidence)


def claim(text: str, exact: str, property: Any, role: str = "", value: str = "") -> Claim:
    start = text.index(exact)
    where = Selector(start, start + len(exact), exact)
    return Claim(f"{property}{start}", "e", property, value or exact, "t", where, role)


def told(text: str, toponyms: list[Toponym], claims: list[Claim]) -> dict[str, Any]:
    document = Document("t", text, "", "")
    project = Project("p", "A line", "gas_pipeline", tuple(claims), years=(2015,))
    shown = Told(document, [Sentence("t", 0, len(text))], toponyms, [project] if claims else [])
    return page_of(shown, LABELS)


def marked(page: dict[str, Any]) -> list[tuple[str, str]]:
    return [k for p in page["paragraphs"] for s in p["sentences"] for k in kinds(s[3])]


def test_each_kind_of_mention_has_its_own_look() -> None:
    text = "Russian engineers left Uri for Kohat, near Tirah."
    page = told(
        text,
        [
            toponym(text, "Russian", RUSSIA, "demonym"),
            toponym(text, "Uri", KOHAT),
            toponym(text, "Kohat", KOHAT),
            toponym(text, "Tirah", None),
        ],
        [claim(text, "Uri", "place", "rejected_venue")],
    )
    assert marked(page) == [
        ("people", "Russian"),
        ("refused", "Uri"),
        ("literal", "Kohat"),
        ("unsure", "Tirah"),
    ]


def test_a_place_inside_the_name_of_a_company_is_part_of_the_company() -> None:
    text = "Kohat Oil Company drills at Kohat."
    inner = Toponym("t", 0, 5, "Kohat", "embedded", KOHAT, KOHAT.lat, KOHAT.lon, 1, 0.9)
    outer = Toponym("t", 28, 33, "Kohat", "literal", KOHAT, KOHAT.lat, KOHAT.lon, 1, 0.9)
    page = told(text, [inner, outer], [claim(text, "Kohat Oil Company", "actor", "operator")])
    assert marked(page) == [("actor", "Kohat Oil Company"), ("literal", "Kohat")]
    assert page["places"][0]["count"] == 1


def test_an_actor_that_is_a_place_is_shown_as_the_place() -> None:
    text = "Russia signed in May 2015."
    page = told(
        text,
        [toponym(text, "Russia", RUSSIA)],
        [claim(text, "Russia", "actor"), claim(text, "May 2015", "date")],
    )
    assert marked(page) == [("literal", "Russia"), ("date", "May 2015")]


def test_doubtful_mentions_are_counted_apart_from_the_sure_ones() -> None:
    text = "Kohat, and Soviet Union."
    doubtful = toponym(text, "Soviet Union", KOHAT, confidence=0.48)
    page = told(text, [toponym(text, "Kohat", KOHAT), doubtful], [])
    assert [(p["name"], p["count"], p["unsure"]) for p in page["places"]] == [
        ("Kohat", 1, False),
        ("Soviet Union", 1, True),
    ]


def test_a_sentence_knows_its_projects() -> None:
    text = "Nothing here. A gas line to Kohat."
    document = Document("t", text, "", "")
    project = Project("p", "A line", "gas_pipeline", (claim(text, "gas line", "type"),))
    page = page_of(Told(document, [Sentence("t", 0, 13), Sentence("t", 14, 34)], [], [project]), LABELS)
    assert [s[2] for s in page["paragraphs"][0]["sentences"]] == [[], [], [0]]
    assert page["projects"][0]["label"] == "gas pipeline"


def test_letters_beyond_the_first_plane_keep_their_offsets() -> None:
    text = "🌍🌍 Kohat"
    assert marked(told(text, [toponym(text, "Kohat", KOHAT)], [])) == [("literal", "Kohat")]


def test_paragraphs_leave_out_the_blanks_between() -> None:
    text = "\n\nOne\nline. \n \n  Two.\n"
    assert [text[a:b] for a, b in paragraphs(text)] == ["One\nline.", "Two."]


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=12),
)
def test_no_word_is_lost_or_doubled(text: str, spots: list[tuple[int, int]]) -> None:
    spans = sorted(
        (Span(a, min(a + n, len(text)), "place") for a, n in spots if a < len(text)),
        key=lambda s: (s.start, -s.end),
    )
    assert "".join(words(p) for p in pieces(text, 0, len(text), spans)) == text
