"""The page's state and its address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.state import DEFAULT_BORDERS, PageState, View, query_of, read, write
from geodata.errors import FilterError
from geodata.filters import Filter, clean

words = st.text(max_size=20).map(clean)
views = st.builds(
    View,
    st.integers(0, 4800).map(lambda n: n / 200),
    st.integers(-900_000, 900_000).map(lambda n: n / 10_000),
    st.integers(-1_800_000, 1_800_000).map(lambda n: n / 10_000),
)


@given(
    st.builds(
        PageState,
        filter=st.builds(Filter, text=words, places=st.tuples(words)),
        view=st.none() | views,
        selected=words,
        borders=words.map(lambda w: w or DEFAULT_BORDERS),
        unlocated=st.booleans(),
        sort=words,
    )
)
def test_a_state_comes_back_from_its_address(state: PageState) -> None:
    query = write(state)
    again = read(query)
    assert again.filter == state.filter
    assert (again.selected, again.borders, again.sort) == (state.selected, state.borders, state.sort)
    assert again.unlocated == state.unlocated
    assert write(again) == query
    if state.view is not None:
        assert again.view is not None
        assert again.view.zoom == pytest.approx(state.view.zoom, abs=0.0051)
        assert again.view.lat == pytest.approx(state.view.lat, abs=0.0001)


def test_the_address_is_short_and_readable() -> None:
    state = PageState(Filter(types=("dam",), first=2015, last=2018), View(5, 30.1, 70.25), "dam-1", "IN")
    assert write(state) == "type=dam&year=2015-2018&borders=IN&at=5/30.1/70.25&sel=dam-1"


@pytest.mark.parametrize("at", ["5", "a/b/c", "5/95/0", "5/nan/0", "99/0/0", "5/0/0/0"])
def test_a_view_that_is_nowhere_is_refused(at: str) -> None:
    with pytest.raises(FilterError):
        read(f"at={at}")


def test_parameters_with_several_values_become_one_query() -> None:
    assert query_of({"type": ["dam", "road"], "q": ["a b"]}) == "type=dam&type=road&q=a+b"
