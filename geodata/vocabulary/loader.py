"""Reads the vocabulary files and says by file and table what is wrong with one."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from geodata.errors import VocabularyError
from geodata.records import PlaceRole, ProjectType
from geodata.vocabulary.model import SHAPES, Group, Role, Status, Vocabulary

FOLDER = Path(__file__).parent
EXTRA_NAME = "vocabulary.toml"
"""A user's own types and groups, looked for beside the store."""
KINDS = ("built", "deal", "happening", "support")
ID = re.compile(r"[a-z][a-z0-9_]*")
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
TYPE_KEYS = {
    "label",
    "group",
    "kind",
    "place",
    "triggers",
    "patterns",
    "not",
    "alike",
    "dash",
    "crosswalk",
    "short",
}


def load_vocabulary(extra: Path | None = None) -> Vocabulary:
    """Return the shipped vocabulary, with the types and groups of a user's own file over and beside it.

    The user's file is ``extra``, else ``user_file()`` if there is one. Its table takes the place of a shipped one of
    the same id. Raises VocabularyError with the file, the table and what to do where a table does not say what it
    must; ``extra`` that is missing is an error too.
    """
    if extra is None:
        own = user_file()
        extra = own if own.is_file() else None
    return _load(None if extra is None else extra.resolve(), _stamp(extra))


def user_file() -> Path:
    """Return where a user's own types are kept: ``$DATELINE_VOCABULARY``, else beside the store."""
    named = os.environ.get("DATELINE_VOCABULARY")
    if named:
        return Path(named)
    store = os.environ.get("DATELINE_STORE")
    if store:
        return Path(store).with_name(EXTRA_NAME)
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return home / "dateline" / EXTRA_NAME


def _stamp(extra: Path | None) -> float:
    """Return the time that a file was changed, so that an edited one is read again."""
    if extra is None:
        return 0.0
    try:
        return extra.stat().st_mtime
    except OSError as error:
        raise VocabularyError(f"{extra.name}: {error.strerror or error}") from error


@cache
def _load(extra: Path | None, stamp: float) -> Vocabulary:
    shipped = FOLDER / "types.toml"
    tables = [(shipped, _read(shipped))]
    if extra is not None:
        tables.append((extra, _read(extra)))
    groups: dict[str, Group] = {}
    for file, data in tables:
        groups |= _tables(file, data, "groups", _group)
    types: dict[str, ProjectType] = {}
    for file, data in reversed(tables):  # a user's come first, so that of two triggers as long theirs wins
        types |= {key: made for key, made in _tables(file, data, "types", _type).items() if key not in types}
    for file, data in tables:
        _check_references(file, data.get("types", {}), types, groups)
    roles_file = FOLDER / "roles.toml"
    roles = _read(roles_file)
    return Vocabulary(
        types=MappingProxyType(types),
        groups=MappingProxyType(_other_last(groups)),
        statuses=MappingProxyType(_statuses(FOLDER / "statuses.toml")),
        place_roles=MappingProxyType(_tables(roles_file, roles, "place", _role)),
        actor_roles=MappingProxyType(_tables(roles_file, roles, "actor", _role)),
        date_roles=MappingProxyType(_tables(roles_file, roles, "date", _role)),
        value_kinds=MappingProxyType(_tables(roles_file, roles, "value", _role)),
    )


def _other_last(groups: dict[str, Group]) -> dict[str, Group]:
    """Put the group "other" after those that a user adds."""
    return {key: groups[key] for key in sorted(groups, key=lambda key: key == "other")}


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(f"{path.name}: {error}") from error


def _tables[T](
    file: Path, data: Mapping[str, Any], section: str, make: Callable[[str, Mapping[str, Any]], T]
) -> dict[str, T]:
    """Make a record of every table of a section; an error names the file and the table."""
    made: dict[str, T] = {}
    tables = data.get(section, {})
    if not isinstance(tables, dict):
        raise VocabularyError(f"{file.name}, [{section}]: must hold tables, such as [{section}.name]")
    for key, table in tables.items():
        where = f"{file.name}, [{section}.{key}]"
        if not ID.fullmatch(key):
            raise VocabularyError(f"{where}: an id is made of lower-case letters, digits and _")
        if not isinstance(table, dict):
            raise VocabularyError(f"{where}: must be a table")
        try:
            made[key] = make(key, table)
        except (ValueError, TypeError) as error:
            raise VocabularyError(f"{where}: {error}") from error
    return made


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"needs a {key}, a text")
    return value


def _texts(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ValueError(f"{key} must be a list of texts")
    return tuple(value)


def _patterns(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    patterns = _texts(table, key)
    for pattern in patterns:
        try:
            compiled = re.compile(pattern, re.IGNORECASE)
        except re.error as error:
            raise ValueError(f"{key}: {pattern!r} is no regular expression ({error})") from error
        if compiled.match(""):
            raise ValueError(f"{key}: {pattern!r} fits the empty text, so it would fit everywhere")
    return patterns


def _choice(table: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> Any:
    value = table.get(key, allowed[0])
    if value not in allowed:
        raise ValueError(f"{key} must be one of {', '.join(allowed)}; it is {value!r}")
    return value


def _group(key: str, table: Mapping[str, Any]) -> Group:
    colour, dark = _text(table, "colour"), table.get("colour_dark") or table.get("colour")
    for value in (colour, dark):
        if not isinstance(value, str) or not COLOUR.fullmatch(value):
            raise ValueError(f"a colour is written #RRGGBB; it is {value!r}")
    shape = _choice(table, "shape", tuple(sorted(SHAPES)))
    return Group(key, _text(table, "label"), colour, str(dark), shape)


def _type(key: str, table: Mapping[str, Any]) -> ProjectType:
    unknown = sorted(set(table) - TYPE_KEYS)
    if unknown:
        raise ValueError(f"does not know {', '.join(unknown)}; it may have {', '.join(sorted(TYPE_KEYS))}")
    triggers, patterns = _texts(table, "triggers"), _patterns(table, "patterns")
    if not triggers and not patterns:
        raise ValueError('needs triggers, the words that name it, such as triggers = ["desalination plant"]')
    dash = table.get("dash", [])
    if not isinstance(dash, list) or not all(isinstance(n, int) and n > 0 for n in dash):
        raise ValueError("dash must be a list of whole numbers over 0")
    crosswalk = table.get("crosswalk", {})
    if not isinstance(crosswalk, dict) or not all(isinstance(v, str) for v in crosswalk.values()):
        raise ValueError('crosswalk must be a table of texts, such as { oecd = "14020" }')
    return ProjectType(
        id=key,
        label=_text(table, "label"),
        group=_text(table, "group"),
        triggers=triggers,
        crosswalk=MappingProxyType(dict(crosswalk)),
        patterns=patterns,
        excludes=_patterns(table, "not"),
        kind=_choice(table, "kind", KINDS),
        place_role=_choice(table, "place", get_args(PlaceRole)),
        alike=_texts(table, "alike"),
        dash=tuple(dash),
        short=_text(table, "short") if "short" in table else "",
    )


def _check_references(
    file: Path, tables: Mapping[str, Any], types: Mapping[str, ProjectType], groups: Mapping[str, Group]
) -> None:
    for key in tables:
        made, where = types[key], f"{file.name}, [types.{key}]"
        if made.group not in groups:
            raise VocabularyError(f"{where}: no group {made.group!r}; there are {', '.join(groups)}")
        for other in made.alike:
            if other not in types:
                raise VocabularyError(f"{where}: alike names {other!r}, which is no type")


def _statuses(file: Path) -> dict[str, Status]:
    try:
        return {
            table["id"]: Status(
                table["id"],
                table["label"],
                int(table["stage"]),
                table["fill"],
                MappingProxyType({"gem": table.get("gem", ""), "iati": table.get("iati", "")}),
            )
            for table in _read(file)["status"]
        }
    except (KeyError, TypeError, ValueError) as error:
        raise VocabularyError(
            f"{file.name}, [[status]]: needs id, label, stage and fill ({error})"
        ) from error


def _role(key: str, table: Mapping[str, Any]) -> Role:
    return Role(key, _text(table, "label"), str(table.get("iati", "")))
