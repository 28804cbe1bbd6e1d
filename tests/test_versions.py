"""A reading's version follows everything that the reading depends on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geodata import versions

GEODATA = Path(versions.__file__).parent


def test_every_room_that_a_reading_imports_is_part_of_its_version() -> None:
    rooms = set(versions.READ_BY)
    needless = {"errors", "ingesting"}  # words of errors, and the order of files, change no reading
    for room in rooms:
        for path in [*GEODATA.glob(f"{room}.py"), *(GEODATA / room).rglob("*.py")]:
            imported = set(re.findall(r"^from geodata\.(\w+)", path.read_text("utf-8"), re.MULTILINE))
            assert imported <= rooms | needless, path


def test_a_gazetteer_of_ones_own_is_part_of_the_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = versions.extractor()
    monkeypatch.setenv("DATELINE_GAZETTEER", str(tmp_path / "own.dgz"))
    assert versions.extractor() == before
    (tmp_path / "own.dgz").write_bytes(b"places")
    assert versions.extractor() != before
    assert versions.merger() == versions.merger()
