"""From files to a store: only what changed, nothing lost, a bad file costs only itself."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

import geodata
from geodata import versions
from geodata.documents import read_file
from geodata.ingesting import IngestReport, Progress, finish, ingest
from geodata.language import open_model, parse
from geodata.pipeline import read_document, sentences
from geodata.records import Document
from geodata.store import Store, open_store

SHORT = Path(__file__).parent / "data" / "short"
ROOT = Path(__file__).resolve().parents[1]
ORIGINALS = ROOT.parent / "shared" / "seeds"
Read = Callable[..., IngestReport]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHORT, tmp_path / "texts"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "atlas.gpkg") as opened:
        yield opened


@pytest.fixture
def read(store: Store, folder: Path) -> Read:
    def run(*paths: Path, **more: object) -> IngestReport:
        return ingest(paths or [folder], store, read=read_file, **more)  # type: ignore[arg-type]

    return run


def ids(store: Store) -> list[str]:
    return [document.id for document in store.documents()]


def test_a_folder_becomes_projects_with_words_at_their_offsets(read: Read, store: Store) -> None:
    report = read()
    assert report.read == ids(store) == ["corridor", "dam", "exercise", "pipeline", "port", "summit"]
    assert report.failed == []
    assert report.projects == len(store.project_records()) >= 5
    texts = {document.id: document.text for document in store.documents()}
    for project in store.project_records():
        assert project.claims
        for claim in project.claims:
            where = claim.selector
            assert texts[claim.document][where.start : where.end] == where.exact


def test_a_second_run_reads_only_what_changed(read: Read, store: Store, folder: Path) -> None:
    read()
    revision = store.revision
    again = read()
    assert (again.read, len(again.unchanged)) == ([], 6)
    assert store.revision == revision
    (folder / "dam.txt").write_text("Laos finished the dam near Luang Prabang in 2024.")
    changed = read()
    assert changed.read == ["dam"]
    assert "2024" in store.document("dam").text
    assert len(read(force=True).read) == 6


def test_another_version_of_the_readers_reads_again(
    read: Read, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    read()
    monkeypatch.setattr(versions, "extractor", lambda: "other")
    assert len(read().read) == 6
    monkeypatch.setattr(versions, "merger", lambda: "other")
    assert store.needs_merge(versions.merger())
    assert read().read == []
    assert not store.needs_merge(versions.merger())


def test_what_one_text_tells_in_passing_shows_once_another_tells_of_it(
    read: Read, store: Store, folder: Path
) -> None:
    passing = "It was a necessity for Kenya to win friends by lifting the arms embargo on Ethiopia."
    (folder / "aside.txt").write_text(passing)
    read(folder / "aside.txt")
    assert store.project_records() == ()
    assert (store.count("claims"), list(store.document_table()["claims"])) == (0, [0])
    assert [event.passing for event in store.events("aside")] == [True]
    (folder / "told.txt").write_text("In 2014 Kenya lifted its arms embargo on Ethiopia.")
    read(folder / "told.txt")
    (project,) = store.project_records()
    assert {claim.document for claim in project.claims} == {"aside", "told"}
    assert store.search("friends") == (project.id,)
    assert store.count("claims") == len(project.claims)
    store.remove("told")
    finish(store)
    assert store.project_records() == ()
    assert [event.passing for event in store.events("aside")] == [True]


def test_a_vanished_text_is_kept_and_marked_until_it_is_removed(
    read: Read, store: Store, folder: Path
) -> None:
    read()
    projects = len(store.project_records())
    (folder / "dam.txt").unlink()
    assert read().missing == ["dam"]
    assert read().missing == []  # said once
    assert "dam" in ids(store)
    assert len(store.project_records()) == projects
    store.remove("dam")
    finish(store)
    assert "dam" not in ids(store)
    assert len(store.project_records()) < projects


def test_a_moved_text_keeps_its_id_and_is_not_read_again(read: Read, store: Store, folder: Path) -> None:
    read()
    (folder / "sub").mkdir()
    (folder / "dam.txt").rename(folder / "sub" / "barrage.txt")
    report = read()
    assert (report.read, report.missing) == ([], [])
    assert "dam" in ids(store)
    assert "barrage" not in ids(store)


def test_two_files_of_one_name_are_two_texts(read: Read, store: Store, folder: Path) -> None:
    (folder / "b").mkdir()
    (folder / "b" / "dam.txt").write_text("Ethiopia opened a dam at Gilgel Gibe in 2016.")
    read()
    assert {"dam", "dam-2"} <= set(ids(store))
    assert len(read().unchanged) == 7


def test_a_removed_text_stays_removed_until_it_is_asked_for(read: Read, store: Store, folder: Path) -> None:
    read()
    store.remove("dam")
    assert read().removed == ["dam"]
    assert read(force=True).removed == ["dam"]
    assert "dam" not in ids(store)
    read(folder / "dam.txt")
    assert "dam" in ids(store)
    assert any("dam" in p.type for p in store.project_records())


def test_an_original_takes_its_digests_place(read: Read, store: Store, folder: Path, tmp_path: Path) -> None:
    original = tmp_path / "original.txt"
    original.write_text("Ghana opened a railway from Tema to Mpakadan in 2024. It is 97 km long.")
    sha256 = read_file(original).sha256
    digest = folder / "digest.md"
    digest.write_text(
        f"---\ntitle: Digest\nsource_sha256: {sha256}\n---\n\nGhana's railway to Mpakadan opened in 2024.\n"
    )
    read()
    assert "digest" in ids(store)
    read(original)
    assert "digest" not in ids(store)
    assert "original" in ids(store)


def test_what_a_person_corrected_survives_reading_again(read: Read, store: Store) -> None:
    read()
    store.edit_document("dam", {"title": "The barrage", "published": "2021-03"})
    read(force=True)
    assert store.document("dam").title == "The barrage"
    assert store.document("dam").published == "2021-03"


def test_projects_keep_their_ids_when_texts_come_and_go(read: Read, store: Store, folder: Path) -> None:
    read()
    before = {project.id for project in store.project_records()}
    (folder / "more.txt").write_text("Portugal built a bridge at Coimbra in 2004.")
    read()
    assert before <= {project.id for project in store.project_records()}


@pytest.mark.parametrize("parts", [("a", "b"), ("b", "a")])
def test_the_order_of_reading_does_not_matter(tmp_path: Path, parts: tuple[str, str]) -> None:
    files = sorted(SHORT.iterdir())
    halves = {"a": files[:3], "b": files[3:]}
    with open_store(tmp_path / "one.gpkg") as whole, open_store(tmp_path / "two.gpkg") as split:
        ingest(files, whole, read=read_file)
        for part in parts:
            ingest(halves[part], split, read=read_file)
        assert whole.project_records() == split.project_records()


def test_bad_files_are_named_and_the_others_read(store: Store, folder: Path) -> None:
    (folder / "empty.txt").touch()
    (folder / "image.pdf").write_bytes(b"%PDF-1.4\nbroken")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    told: list[Progress] = []
    report = ingest([folder, folder / "gone.txt"], store, progress=told.append)
    assert {Path(failure.file).name for failure in report.failed} == {
        "empty.txt",
        "image.pdf",
        "binary.txt",
        "gone.txt",
    }
    assert all(failure.reason for failure in report.failed)
    assert len(report.read) == 6
    assert [p.done for p in told if p.step == "reading"] == list(range(1, 11))
    assert told[-1].step == "merging"


def test_a_text_that_can_no_longer_be_read_keeps_its_earlier_reading(
    read: Read, store: Store, folder: Path
) -> None:
    read()
    (folder / "dam.txt").write_bytes(b"")
    report = read()
    assert [Path(f.file).name for f in report.failed] == ["dam.txt"]
    assert "Luang Prabang" in store.document("dam").text


def test_an_upload_is_known_by_its_name(read: Read, store: Store, tmp_path: Path) -> None:
    for number, words in enumerate(
        ("Peru opened a port at Chancay in 2024.", "Peru's port at Chancay is busy.")
    ):
        place = tmp_path / f"upload{number}"
        place.mkdir()
        (place / "peru.txt").write_text(words)
        read(place / "peru.txt", uploaded=True)
        shutil.rmtree(place)
    assert ids(store) == ["peru"]
    assert "busy" in store.document("peru").text
    assert read(tmp_path).missing == []


def test_a_text_that_dateline_fails_on_costs_only_itself(
    read: Read, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    import geodata.pipeline as pipeline

    real = pipeline.read_parsed

    def fail(document: Document, *rest: object) -> object:
        if document.id == "dam":
            raise IndexError("made to fail")
        return real(document, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "read_parsed", fail)
    report = read()
    assert [Path(f.file).name for f in report.failed] == ["dam.txt"]
    assert "made to fail" in report.failed[0].reason
    assert len(report.read) == 5


def test_two_ingests_take_turns_and_the_second_says_that_it_waits(read: Read, store: Store) -> None:
    told: list[str] = []
    lock = FileLock(f"{os.path.realpath(store.path)}.lock", thread_local=False)  # released by the timer
    lock.acquire()
    waiting = threading.Timer(1.5, lock.release)
    waiting.start()
    report = read(progress=lambda progress: told.append(progress.step))
    assert told[0] == "waiting"
    assert len(report.read) == 6


def test_strange_file_names_are_only_names(read: Read, store: Store, folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    names = [
        b"n\xfe.txt",
        b"a\nb.txt",
        b"${x}.txt",
        b"<img src=x>.txt",
        b"a'; DROP TABLE claims; --.txt",
        b"con.txt",
    ]
    for number, name in enumerate(names):
        text = f"Kenya built a dam at Garissa in 20{number + 10}."
        (folder / os.fsdecode(name)).write_text(text)
    report = read()
    assert report.failed == []
    assert sorted(ids(store)) == sorted(
        ["n�", "a�b", "${x}", "<img src=x>", "a'; DROP TABLE claims; --", "con"]
    )
    again = read()
    assert (again.read, again.missing, len(again.unchanged)) == ([], [], 6)
    assert store.check() == ()


def test_sentences_cover_the_text_without_blanks_around_them() -> None:
    document = Document("x", "One thing.  Another\n\nthing. ", "", "")
    found = list(sentences(document, parse(open_model(), document.text)))
    assert all(document.text[s.start : s.end].strip() == document.text[s.start : s.end] for s in found)
    assert found[0].start == 0


def test_an_empty_text_reads_to_nothing() -> None:
    from geodata.gazetteer import open_gazetteer
    from geodata.vocabulary import load_vocabulary

    for text in ("", " ", "\n\n", "42"):
        reading = read_document(
            Document("x", text, "", ""), open_model(), open_gazetteer(), load_vocabulary()
        )
        assert reading.events == ()


def test_the_python_interface_is_what_the_readme_says(tmp_path: Path, folder: Path) -> None:
    found = geodata.geoparse("Drills moved from Gilgit-Baltistan to Cherat.")
    assert [t.surface for t in found] == ["Gilgit-Baltistan", "Cherat"]
    with geodata.open_store(tmp_path / "x.gpkg") as opened:
        geodata.ingest([folder], opened)
        frame = opened.projects()
    assert str(frame.crs) == "EPSG:4326"
    assert len(frame) >= 5


@pytest.mark.skipif(not ORIGINALS.exists(), reason="the five original texts are not here")
def test_the_originals_take_the_place_of_the_digests(store: Store) -> None:
    ingest([ROOT / "seeds"], store)
    assert len(store.documents()) == 5
    ingest([ORIGINALS], store)
    names = {document.file for document in store.documents()}
    assert names == {path.name for path in ORIGINALS.iterdir()}
    assert len(store.documents(hidden=True)) == 10
    assert os.path.exists(store.path)
