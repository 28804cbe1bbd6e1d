"""Looking for many patterns at the words that they can begin with finds what looking everywhere does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.claims.beginnings import Finder, beginnings
from geodata.claims.status import cues
from geodata.vocabulary import load_vocabulary

TEXTS = sorted((Path(__file__).parents[1] / "data" / "texts").glob("10*.md"))
SHIPPED = [
    *(cue.pattern for cue in cues()),
    *(
        re.compile(rf"(?<![\w-]){pattern}", re.IGNORECASE)
        for known in load_vocabulary().types.values()
        for pattern in known.patterns
    ),
]


def starting(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){pattern}", re.IGNORECASE)


@pytest.mark.parametrize(
    ("pattern", "heads"),
    [
        ("(?:port|harbou?r)s?", {"port", "ports", "harbo"}),
        (r"to\sopen", {"to op"}),
        ("(?:re-?)?open", {"re-op", "reope", "open"}),
        ("[cs]ite", {"cite", "site"}),
        (r"\d+ km", {"0", "9"}),
        ("(?:[$€]|US)[1-3]", {"$", "us1"}),
        (r"an?(?=\smile)", {"a mil", "an mi"}),
        (r"(?:\w+\s)?road", set()),
    ],
)
def test_the_beginnings_of_a_pattern_are_read_off_it(pattern: str, heads: set[str]) -> None:
    assert beginnings(starting(pattern)) >= heads
    assert bool(beginnings(starting(pattern))) == bool(heads)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_shipped_patterns_are_found_where_a_search_finds_them(path: Path) -> None:
    text = path.read_text("utf-8")
    expected = [(n, m.span()) for n, pattern in enumerate(SHIPPED) for m in pattern.finditer(text)]
    assert [(n, m.span()) for n, m in Finder(SHIPPED).find(text)] == expected


@given(
    st.lists(
        st.sampled_from(
            [
                "Port",
                "ports",
                "re-open",
                "reopen",
                "to open",
                "-port",
                "a",
                "É",
                "\n",
                "5 km",
                "-5 km",
                "($9",
                "The line",
                "A",
            ]
        )
    )
)
def test_any_text_is_searched_as_finditer_does(words: list[str]) -> None:
    text = " ".join(words)
    patterns = [
        starting(p)
        for p in (
            "(?:port|harbou?r)s?",
            "(?:re-?)?open",
            r"to\sopen",
            r"\d+ km",
            "é",
            r"\$\d",
            ".9",
            r"[A-Z]\w+\s(?:lines?|pipe)",
        )
    ]
    expected = [(n, m.span()) for n, pattern in enumerate(patterns) for m in pattern.finditer(text)]
    assert [(n, m.span()) for n, m in Finder(patterns).find(text)] == expected
