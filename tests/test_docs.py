"""README, docs and changelog name only what there is, and every command and option stands in them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from bench.__main__ import names as benches
from geodata import attribution
from geodata.cli import make_parser
from geodata.export import FORMATS
from geodata.filters import parse_query
from geodata.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
ROOMS = ("", "geodata", "geodata/*", "geodata/basemap/build", "dashboard", "docs", "seeds", "tests/data/*")
"""Where a file that is named without its folder may lie."""
THEIRS = re.compile(
    r"^(?:~|/|\$|\.|atlas\.|dateline/|vocabulary\.toml|allCountries|scenes|brief|papers|node_modules|x-)"
)
"""Names of files on the reader's machine."""
ENDINGS = "py|toml|md|csv|json|js|dgz|txt"
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@cache
def code_of(page: Path) -> tuple[str, ...]:
    """What a page sets as code: spans, and the lines of blocks."""
    text = page.read_text("utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))
    indented = re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()] + indented
    return tuple(line.replace("\\|", "|") for line in (*lines, *spans))


def subcommands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands of a parser by name."""
    held = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return {name: command for action in held for name, command in action.choices.items()}


def options(parser: argparse.ArgumentParser) -> set[str]:
    """The long options of a command, and of those below it."""
    own = {o for action in parser._actions for o in action.option_strings if o.startswith("--")}
    return own.union(*(options(below) for below in subcommands(parser).values()))


def commands() -> Iterator[tuple[str, ...]]:
    """Every command with what stands below it."""
    for name, parser in subcommands(make_parser()).items():
        yield (name,)
        yield from ((name, below) for below in subcommands(parser))


@each_page
def test_a_command_of_dateline_that_is_named_is_there_with_its_options(page: Path) -> None:
    known = subcommands(make_parser())
    for line in code_of(page):
        for name, rest in re.findall(r"\bdateline ([a-z]+)([^;#]*)", line):
            assert name in known, line
            assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= options(known[name]), line
            below = subcommands(known[name])
            if below:
                assert set(rest.split()[0].split("|")) <= set(below), line
            if name == "export" and (told := re.match(r" ([a-z]+)", rest)):
                assert told[1] in {"list", *FORMATS}, line


@each_page
def test_an_option_that_is_named_alone_is_one_of_some_command(page: Path) -> None:
    for span in code_of(page):
        if re.fullmatch(r"--[a-z-]+(?: .*)?", span):
            assert span.split()[0] in options(make_parser()), span


@pytest.mark.parametrize("command", tuple(commands()), ids=" ".join)
def test_every_command_is_told_of_with_its_options(command: tuple[str, ...]) -> None:
    parser = make_parser()
    for name in command:
        parser = subcommands(parser)[name]
    lines = [line for page in PAGES for line in page.read_text("utf-8").splitlines()]
    told = [line for line in lines if re.search(rf"dateline {command[0]}\b", line) and command[-1] in line]
    assert told
    for option in options(parser) - {"--help", "--store"}:  # told once, of all commands
        assert any(option in line for line in told), option
    assert any("--store" in line for line in lines)


@each_page
def test_a_target_of_make_and_a_module_of_python_are_there(page: Path) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for line in code_of(page):
        assert set(re.findall(r"\bmake ([a-z-]+)", line)) <= set(targets), line
        for module, rest in re.findall(r"python -m (\S+)(.*)", line):
            assert find_spec(module), line
            name = rest.split()[0] if module == "bench" and rest.split() else "NAME"
            assert name in (*benches(), "NAME"), line


@each_page
def test_a_file_or_folder_that_is_named_is_there(page: Path) -> None:
    for span in code_of(page):
        looks_so = re.fullmatch(
            rf"[\w*./-]+(?:/|\.(?:{ENDINGS}))|(?:geodata|dashboard|docs|tests)/[\w*/.-]+", span
        )
        if looks_so and not THEIRS.match(span):
            assert any(any(ROOT.glob(f"{room}/{span}".strip("/"))) for room in ROOMS), span


@each_page
def test_a_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


@each_page
def test_a_filter_that_is_named_is_understood_and_so_are_its_type_status_and_role(page: Path) -> None:
    words = load_vocabulary()
    for span in code_of(page):
        for query in re.findall(
            r"(?<![\w./?])((?:type|group|status|role|actor|year|confidence)=[\w@.&=-]+)", span
        ):
            asked = parse_query(query)
            assert set(asked.types) <= set(words.types), span
            assert set(asked.groups) <= set(words.groups), span
            assert set(asked.statuses) <= {"none", *words.statuses}, span
            roles = {*asked.roles, *(role for actor in asked.actors for role in [actor.role] if role)}
            assert roles <= set(words.actor_roles), span


def test_the_map_is_told_of_with_every_status_and_group() -> None:
    words = load_vocabulary()
    told = (ROOT / "docs/map.md").read_text("utf-8")
    marks = {row[0]: row[1] for row in re.findall(r"^\| ([^|]+) \| (.+) \|$", told, re.MULTILINE)}
    fills = {"filled": "full", "half filled": "half", "hollow": "hollow", "hollow with a bar": "barred"}
    for status in words.statuses.values():
        told_as = {fills.get(look) for what, look in marks.items() if status.label in re.split(", |; ", what)}
        assert status.fill in told_as, status.id
    for group in words.groups.values():
        assert f"{group.id} {group.shape}" in marks["type group"], group.id


def test_formats_of_the_docs_are_those_that_are_written() -> None:
    table = (ROOT / "docs/briefing.md").read_text("utf-8").split("## Exports of a brief")[1]
    told = set(re.findall(r"`([a-z]+)`", " ".join(re.findall(r"^\|.*", table, re.MULTILINE))))
    assert told == set(FORMATS)


def test_the_licences_name_every_holder_of_data() -> None:
    told = (ROOT / "docs/licences.md").read_text("utf-8")
    for holder in attribution.HOLDERS:
        for name in holder.name.split(" and "):
            assert name in told
