"""The file that a gazetteer is kept in."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.gazetteer.lookup import SHIPPED
from geodata.gazetteer.pack import KINDS, Pack
from geodata.gazetteer.packer import Draft, write_pack
from geodata.records import Place

names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
places = st.builds(
    Place,
    id=st.integers(1, 2**32 - 1).map(lambda n: f"geonames:{n}") | names.map(lambda n: f"user:{n}"),
    name=names,
    lat=st.integers(-9_000_000, 9_000_000).map(lambda n: n / 100_000),
    lon=st.integers(-18_000_000, 18_000_000).map(lambda n: n / 100_000),
    feature_class=st.sampled_from("APHTLSR"),
    feature_code=st.sampled_from(["PPL", "ADM1", ""]),
    country=st.sampled_from(["PK", "US", ""]),
    admin1=names,
    population=st.integers(0, 2**32 - 1),
    claimed_by=st.sampled_from([(), ("IN", "PK")]),
)


@settings(max_examples=40)
@given(st.lists(places, max_size=8, unique_by=lambda p: p.id), st.booleans())
def test_what_is_packed_comes_out_again(
    tmp_path_factory: pytest.TempPathFactory, wanted: list[Place], compress: bool
) -> None:
    path = tmp_path_factory.mktemp("pack") / "p.dgz"
    drafts = [Draft(p, [(p.name, "exact"), (f"{p.id}!", "alternate")]) for p in wanted]
    assert write_pack(path, drafts, {"longest_words": 1}, compress=compress) == len(wanted)
    pack = Pack(path)
    for place in wanted:
        row = pack.row(place.id)
        assert row is not None
        assert pack.place(row) == place
        assert (0, row) in pack.find(place.name)
        assert pack.find(f"{place.id}!") == [(KINDS.index("alternate"), row)]


def test_the_same_places_make_the_same_file_whatever_their_order(tmp_path: Path) -> None:
    drafts = [Draft(Place(f"user:{i}", f"N{i}", i, i), [(f"n{i}", "exact")], weight=i % 3) for i in range(9)]
    write_pack(tmp_path / "a.dgz", drafts, {"longest_words": 1}, compress=True)
    write_pack(tmp_path / "b.dgz", drafts[::-1], {"longest_words": 1}, compress=True)
    a, b = Pack(tmp_path / "a.dgz"), Pack(tmp_path / "b.dgz")
    assert [a.place(i) for i in range(9)] == [b.place(i) for i in range(9)]


def test_the_shipped_file_is_small_enough_to_ship() -> None:
    assert SHIPPED.stat().st_size < 25e6
