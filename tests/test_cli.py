"""The command line: every command on real files, its output, its error lines, its exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas
import pytest

from geodata.cli import main, make_parser
from geodata.cli.common import default_store, printable
from geodata.store import open_store

SHORT = Path(__file__).parent / "data" / "short"
ROOT = Path(__file__).resolve().parents[1]
HOSTILE = [
    '=HYPERLINK("http://example.invalid/","x")',
    "+1+1",
    "-2+3",
    "@SUM(1,1)",
    "\t=1+1",
    "<img src=x onerror=1>",
]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture(scope="module")
def read_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "atlas.gpkg"
    assert main(["ingest", str(SHORT), "--store", str(path)]) == 0
    return path


@pytest.fixture
def store(read_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(read_store, tmp_path / "atlas.gpkg"))


def test_help_names_every_command(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    text = capsys.readouterr().out
    for command in ("ingest", "serve", "geoparse", "projects", "export", "evaluate", "gazetteer", "doctor"):
        assert command in text


def test_the_readme_names_the_commands_that_there_are() -> None:
    told = set(re.findall(r"^\| `dateline (\w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))
    there = set(make_parser()._subparsers._group_actions[0].choices)  # type: ignore[union-attr,arg-type]
    assert told == there


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["fly"],
        ["ingest"],
        ["projects", "--format", "xml"],
        ["serve", "--port", "0"],
        ["evaluate", "x", "y"],
    ],
)
def test_wrong_usage_is_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2


@pytest.mark.parametrize(
    "words",
    [
        ["export", "papyrus", "x"],
        ["export", "csv"],
        ["export", "csv", "x.csv", "--filter", "year=soon"],
        ["export", "csv", "x.csv", "--filter", "type=gas_pipelin"],
        ["geoparse", "--spans"],
        ["geoparse", "--jsonl", "x", "y"],
    ],
)
def test_wrong_usage_found_later_is_2_and_said_in_one_line(run: Run, store: Path, words: list[str]) -> None:
    code, _, errors = run(*words, *([] if words[0] == "geoparse" else ["--store", store]))
    assert code == 2
    assert len(errors.splitlines()) == 1


def test_ingest_says_what_it_did_and_a_second_time_that_nothing_changed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "atlas.gpkg"
    code, said, errors = run("ingest", SHORT, "--store", path)
    assert (code, errors) == (0, "")
    assert "6 of 6 texts" in said
    assert "6 read" in said.splitlines()[-1]
    code, said, errors = run("ingest", SHORT, "--store", path)
    assert (code, errors) == (0, "")
    assert said.startswith("6 unchanged")


def test_bad_files_are_one_line_each_on_standard_error_and_exit_1(run: Run, tmp_path: Path) -> None:
    texts = Path(shutil.copytree(SHORT, tmp_path / "texts"))
    (texts / "empty.txt").touch()
    (texts / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    code, said, errors = run("ingest", texts, tmp_path / "gone.txt", "--store", tmp_path / "a.gpkg")
    assert code == 1
    assert "6 read, 3 failed" in said
    lines = errors.splitlines()
    assert len(lines) == 3
    for name in ("broken.pdf", "empty.txt", "gone.txt"):
        assert any(re.match(rf"\S*{name}: \S", line) for line in lines), lines


def test_a_vanished_text_is_told(run: Run, tmp_path: Path) -> None:
    texts = Path(shutil.copytree(SHORT, tmp_path / "texts"))
    run("ingest", texts, "--store", tmp_path / "a.gpkg")
    (texts / "dam.txt").unlink()
    code, said, errors = run("ingest", texts, "--store", tmp_path / "a.gpkg")
    assert code == 0
    assert "1 missing" in said
    assert errors.startswith("dam: ")


def test_projects_jsonl_keeps_the_contract(run: Run, store: Path) -> None:
    code, said, errors = run("projects", "--store", store)
    assert (code, errors) == (0, "")
    projects = [json.loads(line) for line in said.splitlines()]
    assert len(projects) >= 5
    with open_store(store, read_only=True) as opened:
        texts = {document.id: document.text for document in opened.documents()}
    for project in projects:
        assert {"id", "title", "aliases", "type", "status", "years", "dates", "actors", "places", "values",
                "claims"} <= project.keys()  # fmt: skip
        assert all(isinstance(year, int) for year in project["years"])
        assert all({"edtf", "role"} <= date.keys() for date in project["dates"])
        assert all({"name", "kind", "role"} <= actor.keys() for actor in project["actors"])
        assert all(
            {"name", "role", "lat", "lon", "country", "precision"} <= place.keys()
            for place in project["places"]
        )
        assert all({"amount", "unit", "kind"} <= value.keys() for value in project["values"])
        for claim in project["claims"]:
            assert texts[claim["doc"]][claim["start"] : claim["end"]] == claim["text"]


def test_projects_csv_and_geojson_have_a_row_each(run: Run, store: Path) -> None:
    count = len(run("projects", "--store", store)[1].splitlines())
    rows = list(csv.DictReader(io.StringIO(run("projects", "--format", "csv", "--store", store)[1])))
    features = json.loads(run("projects", "--format", "geojson", "--store", store)[1])["features"]
    assert len(rows) == len(features) == count
    assert {row["id"] for row in rows} == {feature["id"] for feature in features}


def test_without_a_store_it_says_what_to_do(run: Run, tmp_path: Path) -> None:
    for command in (["projects"], ["export", "csv", str(tmp_path / "x.csv")], ["evaluate", "projects", "x"]):
        code, said, errors = run(*command, "--store", tmp_path / "none.gpkg")
        assert (code, said) == (1, "")
        assert "dateline ingest" in errors
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", ["csv", "geojson", "gpkg"])
def test_exports_hold_what_the_filter_shows(run: Run, store: Path, tmp_path: Path, format: str) -> None:
    out = tmp_path / f"out.{format}"
    code, said, errors = run("export", format, out, "--filter", "type=railway&type=dam", "--store", store)
    assert (code, errors) == (0, "")
    assert "2 projects" in said
    if format == "csv":
        with out.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file) if not row["id"].startswith("#")]
        assert sorted(row["type"] for row in rows) == ["dam", "railway"]
        assert "# filter: type=dam&type=railway" in out.read_text("utf-8-sig")
    else:
        frame = geopandas.read_file(out, layer="projects") if format == "gpkg" else geopandas.read_file(out)
        assert sorted(frame["type"]) == ["dam", "railway"]
        assert frame.crs == "EPSG:4326"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".dateline")] == []


def test_an_export_that_cannot_be_written_keeps_the_old_file(run: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    code, _, errors = run("export", "csv", tmp_path / "file" / "out.csv", "--store", store)
    assert code == 1
    assert str(tmp_path / "file") in errors
    assert (tmp_path / "file").read_text() == "in the way"


def test_formats_are_listed(run: Run, store: Path) -> None:
    said = run("export", "list", "--store", store)[1]
    assert {"csv", "geojson", "gpkg"} <= {line.split()[0] for line in said.splitlines()}


def test_no_cell_of_a_spreadsheet_is_a_formula(run: Run, store: Path, tmp_path: Path) -> None:
    with open_store(store) as opened:
        for number, words in enumerate(HOSTILE):
            text = f"{words} and Kenya built a dam at Garissa {number} in 2015. {words}"
            (tmp_path / f"hostile{number}.txt").write_text(text)
            assert opened.path.exists()
    run("ingest", tmp_path, "--store", store)
    run("export", "csv", tmp_path / "out.csv", "--store", store)
    for said in (
        run("projects", "--format", "csv", "--store", store)[1],
        (tmp_path / "out.csv").read_text("utf-8-sig"),
    ):
        for row in csv.reader(io.StringIO(said)):
            for cell in row:
                plain = re.fullmatch(r"-?\d+(\.\d+)?", cell)
                assert plain or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell


def test_geoparse_prints_places_for_people(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Drills moved from Gilgit-Baltistan to Cherat.")
    code, said, _ = run("geoparse", tmp_path / "a.txt")
    assert code == 0
    assert [line.split("  ")[0].strip() or line for line in said.splitlines()]
    assert "Gilgit-Baltistan" in said
    assert "Cherat" in said


def test_geoparse_names_the_file_that_it_cannot_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Drills moved to Cherat.")
    code, said, errors = run("geoparse", tmp_path / "none.txt", tmp_path / "a.txt")
    assert code == 1
    assert "Cherat" in said
    assert errors.startswith(f"{tmp_path / 'none.txt'}: ")


def test_geoparse_jsonl_keeps_the_contract_and_steps_over_bad_lines(run: Run, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": "Ships left Mombasa for Karachi."}),
        "not json",
        json.dumps({"id": "b"}),
        "",
        json.dumps({"id": 3, "text": ""}),
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    code, said, errors = run("geoparse", "--jsonl", tmp_path / "in.jsonl")
    assert code == 1
    assert [line.split(": ")[1] for line in errors.splitlines()] == ["line 2", "line 3"]
    found = [json.loads(line) for line in said.splitlines()]
    assert [row["id"] for row in found] == ["a", 3]
    first = found[0]["toponyms"][0]
    assert {"start", "end", "text", "lat", "lon", "place", "name", "country", "feature", "precision",
            "confidence"} <= first.keys()  # fmt: skip
    assert (first["text"], first["country"], first["start"], first["end"]) == ("Mombasa", "KE", 11, 18)


def test_geoparse_resolves_exactly_the_spans_given(run: Run, tmp_path: Path) -> None:
    text = "Ships left Mombasa for Karachi and for Xqzzt."
    spans = [{"start": 39, "end": 44}, {"start": 11, "end": 18}]
    good = json.dumps({"id": "a", "text": text, "toponyms": spans})
    bad = json.dumps({"id": "b", "text": text, "toponyms": [{"start": 5, "end": 500}]})
    (tmp_path / "in.jsonl").write_text(f"{good}\n{bad}\n")
    code, said, errors = run("geoparse", "--jsonl", tmp_path / "in.jsonl", "--spans")
    assert code == 1
    assert "line 2" in errors
    (row,) = map(json.loads, said.splitlines())
    assert [(t["start"], t["end"], t["text"]) for t in row["toponyms"]] == [
        (39, 44, "Xqzzt"),
        (11, 18, "Mombasa"),
    ]
    assert row["toponyms"][1]["country"] == "KE"


def test_evaluate_prints_figures(run: Run, store: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    mention = {"start": 11, "end": 18, "text": "Mombasa", "lat": -4.05, "lon": 39.67}
    gold.write_text(json.dumps({"id": "a", "text": "Ships left Mombasa for sea.", "toponyms": [mention]}))
    code, said, _ = run("evaluate", "toponyms", gold)
    assert code == 0
    assert "overlap" in said
    code, said, _ = run("evaluate", "toponyms", gold, "--spans", "--json")
    assert json.loads(said)["placed"]["acc161"] == 1.0
    projects = tmp_path / "gold.json"
    place = {"name": "Luang Prabang", "role": "site", "lat": 19.89, "lon": 102.13}
    wanted = {"id": "dam", "title": "Dam", "types": ["dam"], "places": [place], "years": [2020], "actors": ["Laos"],
              "status": "delayed", "value": None, "docs": ["dam"], "core": True}  # fmt: skip
    projects.write_text(json.dumps({"projects": [wanted]}))
    code, said, _ = run("evaluate", "projects", projects, "--json", "--store", store)
    assert code == 0
    assert json.loads(said)["scores"]["found"] == 1.0


@pytest.mark.parametrize("what", ["toponyms", "projects"])
def test_evaluate_refuses_what_is_no_gold_file(run: Run, store: Path, tmp_path: Path, what: str) -> None:
    (tmp_path / "gold.json").write_text('{"other": 1}')
    for gold in (tmp_path / "gold.json", tmp_path / "none.json"):
        code, _, errors = run("evaluate", what, gold, "--store", store)
        assert code == 1
        assert errors.startswith(f"{gold}: ")


def test_gazetteer_lookup_finds_places_and_says_where_there_is_none(run: Run) -> None:
    code, said, _ = run("gazetteer", "lookup", "Port", "Harcourt")
    assert code == 0
    assert "NG" in said.splitlines()[0]
    code, said, errors = run("gazetteer", "lookup", "Xqzzt")
    assert (code, said) == (1, "")
    assert "no place" in errors


def test_doctor_says_that_all_is_sound(run: Run, store: Path, tmp_path: Path) -> None:
    code, said, _ = run("doctor", "--store", store)
    assert code == 0, said
    assert "sound, 6 texts" in said
    code, said, _ = run("doctor", "--store", tmp_path / "none.gpkg")
    assert code == 0
    assert "none there yet" in said


def test_doctor_says_what_is_not(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.gpkg").write_text("this is no store" * 100)
    code, said, _ = run("doctor", "--store", tmp_path / "x.gpkg")
    assert code == 1
    assert re.search(r"^FAULT\s+store .*not a Dateline store", said, re.MULTILINE)


def test_projects_finishes_what_a_run_that_was_cut_off_left(run: Run, store: Path) -> None:
    with open_store(store) as opened:
        opened.remove("dam")
        assert opened.needs_merge()
    projects = [json.loads(line) for line in run("projects", "--store", store)[1].splitlines()]
    assert not any(claim["doc"] == "dam" for project in projects for claim in project["claims"])


def test_the_store_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "mine.gpkg"))
    assert default_store() == tmp_path / "mine.gpkg"
    monkeypatch.delenv("DATELINE_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert default_store() == tmp_path / "dateline" / "workspace.gpkg"


def test_nothing_printed_commands_the_terminal() -> None:
    assert printable("a\x1b]0;title\x07b\nc‮d") == "a�]0;title�b c�d"


def test_python_m_geodata_and_a_reader_that_leaves(store: Path) -> None:
    command = f'"{sys.executable}" -m geodata projects --store "{store}" | head -c 10'
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stderr == ""
    assert done.stdout.startswith('{"id"')


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(store: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    command = [
        sys.executable,
        "-m",
        "geodata",
        "serve",
        "--store",
        str(store),
        "--port",
        str(port),
        "--read-only",
    ]
    process = subprocess.Popen(command, cwd=store.parent, stdout=subprocess.PIPE, text=True, env={**os.environ,
                               "PYTHONPATH": str(ROOT)})  # fmt: skip
    yield process
    process.kill()
    process.wait()


def test_serve_prints_its_address_and_answers_there(served: subprocess.Popen[str], port: int) -> None:
    assert served.stdout is not None
    assert f"http://localhost:{port}" in served.stdout.readline()
    until = time.monotonic() + 120
    while time.monotonic() < until:
        assert served.poll() is None, "the dashboard stopped"
        time.sleep(0.2)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as answer:
                assert answer.status == 200
                break
        except OSError:
            pass
    else:
        pytest.fail("no answer in two minutes")
    served.kill()
    assert served.stdout.read() == ""  # no banner of the server's beside ours


def test_serve_says_when_a_port_is_taken(run: Run, store: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = taken.getsockname()[1]
        code, _, errors = run("serve", "--host", "127.0.0.1", "--port", busy, "--store", store)
    assert code == 1
    assert f"127.0.0.1:{busy}" in errors
    assert "--port" in errors


def test_serve_read_only_needs_a_store(run: Run, tmp_path: Path) -> None:
    code, _, errors = run("serve", "--read-only", "--store", tmp_path / "none.gpkg")
    assert code == 1
    assert "dateline ingest" in errors


def test_serve_warns_when_others_can_come_in(
    run: Run, store: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.chdir(store.parent)

    def execve(program: str, words: list[str], environment: dict[str, str]) -> int:
        started.append(words)
        return 0

    monkeypatch.setattr(os, "execve", execve)
    code, said, errors = run("serve", "--host", "0.0.0.0", "--port", port, "--store", store)
    assert code == 0
    assert "no log-in" in errors
    assert f"http://0.0.0.0:{port}" in said
    assert "--server.address" in started[0]
    assert started[0][started[0].index("--logger.hideWelcomeMessage") + 1] == "true"
    _, _, errors = run("serve", "--port", port, "--store", store)
    assert errors == ""


def test_places_of_ones_own_are_added_and_found(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_GAZETTEER", str(tmp_path / "own.dgz"))
    (tmp_path / "mine.csv").write_text("name,lat,lon,country\nXqzzt Junction,10.5,20.5,TD\n")
    code, said, errors = run("gazetteer", "add", tmp_path / "mine.csv")
    assert (code, errors) == (0, "")
    assert "1 place added" in said
    assert "TD" in run("gazetteer", "lookup", "Xqzzt", "Junction")[1]
    (tmp_path / "wrong.csv").write_text("name,lat,lon\nGood,1,2\nBad,1000,2\n")
    code, _, errors = run("gazetteer", "add", tmp_path / "wrong.csv")
    assert code == 1
    assert "wrong.csv" in errors
    assert "3" in errors
    assert run("gazetteer", "lookup", "Xqzzt", "Junction")[0] == 0
