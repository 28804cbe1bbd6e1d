"""Which lines, page parts and headings are furniture; the lists are in ``boilerplate.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LONGEST_LINE = 400


@cache
def _lists() -> dict[str, list[str]]:
    text = files("geodata.documents").joinpath("boilerplate.toml").read_text(encoding="utf-8")
    return {key: [str(entry) for entry in entries] for key, entries in tomllib.loads(text).items()}


@cache
def _lines() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in _lists()["lines"]), re.I)


@cache
def _parts() -> frozenset[str]:
    return frozenset(_lists()["parts"])


def keeps_hyphen(before: str, rest: str) -> bool:
    """Return whether words that begin so keep their hyphen at a line end ("long-/term", not "geo-/graphy")."""
    lists = _lists()
    return before.lower() in lists["prefixes"] and not rest.startswith(tuple(lists["solid"]))


def is_boilerplate(line: str) -> bool:
    """Return whether a whole line is web furniture: a comment form, a share bar, a cookie note …"""
    return len(line) <= _LONGEST_LINE and _lines().fullmatch(line.strip()) is not None


def is_furniture_name(names: str) -> bool:
    """Return whether the class, id or role of a page part says that it is not the text."""
    return any(word.lower() in _parts() for word in _WORDS.findall(names)) if names.strip() else False


def is_bibliography_heading(line: str) -> bool:
    """Return whether a line is the heading of a list of sources."""
    return re.sub(r"^[\dIVX.\s]+|[\s:.]+$", "", line).lower() in _lists()["bibliographies"]
