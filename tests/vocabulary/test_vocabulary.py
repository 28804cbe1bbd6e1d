"""The vocabulary files, and what a user may add to them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geodata.errors import VocabularyError
from geodata.versions import merger
from geodata.vocabulary import load_vocabulary

DESALINATION = """
[types.desalination_plant]
label = "desalination plant"
group = "industry"
triggers = ["desalination plant", "desalination facility"]
crosswalk = { oecd = "14020" }
"""


def test_every_type_has_a_label_a_group_triggers_and_a_crosswalk() -> None:
    words = load_vocabulary()
    assert len(words.types) > 45
    for kind in words.types.values():
        assert kind.label == kind.label.strip()
        assert kind.group in words.groups
        assert kind.triggers or kind.patterns
        assert kind.crosswalk.get("iati") or kind.crosswalk.get("oecd"), kind.id


def test_the_types_of_the_field_are_all_there() -> None:
    expected = (
        "gas_pipeline oil_pipeline oil_refinery power_transmission power_plant nuclear_plant dam "
        "lng_supply lng_terminal oil_gas_field transport_corridor road railway port airport bridge "
        "steel_plant factory industrial_zone mine trade_agreement trade_event investment loan "
        "joint_exercise arms_transfer defence_agreement military_base sanctions summit visit treaty "
        "organisation diplomatic_mission legal_change conflict attack protest health science aid culture "
        "telecommunications water_supply agriculture education public_building housing finance "
        "humanitarian "
    )
    assert set(expected.split()) <= set(load_vocabulary().types)


def test_groups_differ_in_colour_and_in_shape() -> None:
    groups = load_vocabulary().groups.values()
    assert len({g.shape for g in groups}) == len(groups)
    assert len({g.colour for g in groups}) == len(groups)


def test_triggers_are_written_in_the_notation_that_the_file_explains() -> None:
    for kind in load_vocabulary().types.values():
        for trigger in kind.triggers:
            assert re.fullmatch(r"~?=?[\w'’*&.|/ -]+", trigger), (kind.id, trigger)
            assert trigger.startswith(("=", "~=")) or trigger == trigger.lower(), (kind.id, trigger)


def test_oecd_codes_have_five_digits() -> None:
    for kind in load_vocabulary().types.values():
        assert re.fullmatch(r"(?:\d{5})?", kind.crosswalk.get("oecd", "")), kind.id
        assert re.fullmatch(r"\d{5}|x-[a-z-]+|", kind.crosswalk.get("iati", "")), kind.id


def test_one_table_adds_a_type(tmp_path: Path) -> None:
    extra = tmp_path / "vocabulary.toml"
    extra.write_text(DESALINATION, encoding="utf-8")
    words = load_vocabulary(extra)
    assert words.label("desalination_plant") == "desalination plant"
    assert words.group_of("desalination_plant").shape == "triangle"
    assert "gas_pipeline" in words.types
    assert "desalination_plant" not in load_vocabulary().types


def test_a_table_of_the_user_takes_the_place_of_ours(tmp_path: Path) -> None:
    extra = tmp_path / "vocabulary.toml"
    extra.write_text(DESALINATION.replace("desalination_plant]", "road]"), encoding="utf-8")
    assert load_vocabulary(extra).types["road"].label == "desalination plant"


def test_a_group_can_be_added_and_comes_before_other(tmp_path: Path) -> None:
    extra = tmp_path / "vocabulary.toml"
    group = '[groups.water]\nlabel = "water"\ncolour = "#117733"\nshape = "hexagon"\n'
    extra.write_text(group + DESALINATION.replace('"industry"', '"water"'), encoding="utf-8")
    words = load_vocabulary(extra)
    assert list(words.groups)[-2:] == ["water", "other"]


def test_an_edited_file_is_read_again(tmp_path: Path) -> None:
    extra = tmp_path / "vocabulary.toml"
    extra.write_text(DESALINATION, encoding="utf-8")
    load_vocabulary(extra)
    extra.write_text(
        DESALINATION.replace('label = "desalination plant"', 'label = "sweet water"'), encoding="utf-8"
    )
    import os

    os.utime(extra, (1, 1))
    assert load_vocabulary(extra).label("desalination_plant") == "sweet water"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('group = "industry"', 'group = "sea"'), "no group 'sea'"),
        (('label = "desalination plant"', ""), "needs a label"),
        (('triggers = ["desalination plant", "desalination facility"]', ""), "needs triggers"),
        (("label =", "colour = 1\nlabel ="), "does not know colour"),
        (("crosswalk", "kind = 'thing'\ncrosswalk"), "kind must be one of"),
        (("crosswalk", "patterns = ['(']\ncrosswalk"), "is no regular expression"),
        (("crosswalk", "patterns = ['x*']\ncrosswalk"), "fits the empty text"),
        (("crosswalk", "alike = ['nothing']\ncrosswalk"), "'nothing', which is no type"),
        (("desalination_plant]", "Desalination-plant]"), "an id is made of"),
    ],
)
def test_a_wrong_table_is_named_with_its_file(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    extra = tmp_path / "mine.toml"
    extra.write_text(DESALINATION.replace(*change), encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        load_vocabulary(extra)
    assert str(caught.value).startswith("mine.toml, [types.")
    assert told in str(caught.value)


def test_broken_toml_and_a_missing_file_are_named(tmp_path: Path) -> None:
    broken = tmp_path / "mine.toml"
    broken.write_text("[types.x", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"mine\.toml"):
        load_vocabulary(broken)
    with pytest.raises(VocabularyError, match=r"gone\.toml"):
        load_vocabulary(tmp_path / "gone.toml")


def test_a_type_that_no_file_knows_any_more_is_still_shown() -> None:
    words = load_vocabulary()
    assert words.group_of("lighthouse").id == "other"
    assert words.label("light_house") == "light house"


def test_types_of_ones_own_stand_beside_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_VOCABULARY", raising=False)
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "atlas.gpkg"))
    assert "desalination_plant" not in load_vocabulary().types
    version = merger()
    (tmp_path / "vocabulary.toml").write_text(DESALINATION, encoding="utf-8")
    assert "desalination_plant" in load_vocabulary().types
    assert merger() != version
    monkeypatch.setenv("DATELINE_VOCABULARY", str(tmp_path / "none.toml"))
    assert "desalination_plant" not in load_vocabulary().types
