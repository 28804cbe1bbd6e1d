"""The digests that ship are our own prose, and name their originals."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from geodata.documents import read_file
from tests.documents.document_files import ROOT, SHARED

SEEDS = sorted((ROOT / "seeds").glob("*.md"))
GOLD = SHARED.parent / "gold" / "projects.json"
LONGEST_RUN = 7
"""Words in a row that a digest may share with an original: names of companies and treaties are as long."""
beside = pytest.mark.skipif(not SHARED.is_dir(), reason="the five originals are not beside this checkout")


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + length]) for at in range(len(found) - length + 1)}


def test_there_is_one_digest_an_original() -> None:
    assert [path.name[:3] for path in SEEDS] == ["000", "001", "002", "003", "004"]


def test_each_digest_names_its_original() -> None:
    for path in SEEDS:
        document = read_file(path)
        assert re.fullmatch(r"[0-9a-f]{64}", document.digest_of)
        assert document.title != document.id
        assert document.published


def test_digests_are_prose() -> None:
    for path in SEEDS:
        for paragraph in read_file(path).text.split("\n\n"):
            assert len(paragraph.split()) > 30
            assert paragraph.endswith(".")


@beside
def test_no_sentence_of_an_original_is_copied() -> None:
    copied = set().union(
        *(runs(path.read_text(encoding="utf-8"), LONGEST_RUN + 1) for path in SHARED.glob("*.txt"))
    )
    for path in SEEDS:
        assert not runs(read_file(path).text, LONGEST_RUN + 1) & copied, path.name


@beside
def test_digests_lead_to_the_originals() -> None:
    originals = {hashlib.sha256(path.read_bytes()).hexdigest() for path in SHARED.glob("*.txt")}
    assert {read_file(path).digest_of for path in SEEDS} == originals


@pytest.mark.skipif(
    not GOLD.is_file(), reason="the list of what the originals tell is not beside this checkout"
)
def test_each_digest_tells_what_its_original_tells() -> None:
    texts = {path.name[:3]: read_file(path).text for path in SEEDS}
    for project in json.loads(GOLD.read_text(encoding="utf-8"))["projects"]:
        told = "\n".join(texts[doc] for doc in project["docs"])
        for year in project["years"]:
            assert str(year) in told, project["id"]
        for place in project["places"]:
            assert place["name"].split()[0].replace("Jammu", "Jammu") in told, project["id"]
