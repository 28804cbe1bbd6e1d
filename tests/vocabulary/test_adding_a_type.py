"""A think tank adds a type with one table, and finds it in a text: no code, no parser, no restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.evaluation.texts import projects_of
from geodata.vocabulary import load_vocabulary

TABLE = """
[types.desalination_plant]
label = "desalination plant"
group = "industry"
triggers = ["desalination plant", "desalination facility"]
crosswalk = { oecd = "14020" }
"""
TEXT = """Veolia and the Sultanate of Oman signed a contract in March 2014 for a desalination plant at Sur.
The plant, built at a cost of 200 million dollars, was inaugurated in June 2017.
"""


@pytest.mark.slow
def test_a_type_of_one_table_is_found_in_a_text(tmp_path: Path) -> None:
    extra = tmp_path / "vocabulary.toml"
    extra.write_text(TABLE, encoding="utf-8")
    text = tmp_path / "oman.txt"
    text.write_text(TEXT, encoding="utf-8")
    (project,) = [
        p for p in projects_of([text], vocabulary=load_vocabulary(extra)) if p.type == "desalination_plant"
    ]
    assert {2014, 2017} <= set(project.years)
    assert project.title.startswith("Desalination plant")
    assert any(place.country == "OM" for place in project.places)
    assert any(claim.selector.exact.startswith("desalination plant") for claim in project.claims)
    assert not [p for p in projects_of([text]) if p.type == "desalination_plant"]
