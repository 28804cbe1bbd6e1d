"""The block of ``key: value`` lines between two ``---`` that opens a text: a small, safe part of YAML."""

from __future__ import annotations

import re

from geodata.documents.dating import to_edtf
from geodata.documents.extract import Facts

BLOCK = re.compile(r"\ufeff?---[ \t]*\n(?P<lines>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
LINE = re.compile(r"(?P<key>[A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(?P<value>.*)|[ \t]*)$")
ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.*)$")
MAX_LINES = 100
"""No front matter is longer; a text that opens with a rule line and never closes it is not one."""

NAMES = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "by", "creator"),
    "publisher": ("publisher", "site", "journal", "source", "sitename"),
    "published": ("date", "published", "issued"),
    "url": ("url", "link", "permalink"),
    "language": ("language", "lang"),
    "digest_of": ("source_sha256",),
}
SHA256 = re.compile(r"[0-9a-f]{64}")


def split(text: str) -> tuple[Facts, int]:
    """Return the facts of a text's front matter and where the text itself begins (0 where there is none)."""
    block = BLOCK.match(text)
    if block is None or block["lines"].count("\n") > MAX_LINES:
        return Facts(), 0
    values = _values(block["lines"])
    if not values:
        return Facts(), 0
    found = {fact: next((values[key] for key in keys if values.get(key)), "") for fact, keys in NAMES.items()}
    found["published"] = to_edtf(found["published"])
    digest = found["digest_of"].lower()
    found["digest_of"] = digest if SHA256.fullmatch(digest) else ""
    found["language"] = found["language"].lower()[:8]
    return Facts(**found), block.end()


def _values(lines: str) -> dict[str, str]:
    values: dict[str, str] = {}
    items: dict[str, list[str]] = {}
    key = ""
    for line in lines.split("\n"):
        if match := LINE.match(line):
            key = match["key"].lower()
            values[key] = _plain(match["value"] or "")
        elif key and not values.get(key) and (item := ITEM.match(line)):
            items.setdefault(key, []).append(_plain(item["value"]))
    values.update({name: ", ".join(found) for name, found in items.items()})
    return values


def _plain(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        quote = value[0]
        inner = value[1:-1]
        return inner.replace('\\"', '"').replace("\\\\", "\\") if quote == '"' else inner.replace("''", "'")
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_plain(part) for part in value[1:-1].split(",") if part.strip())
    return re.sub(r"\s+#.*$", "", value)
