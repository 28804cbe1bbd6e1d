"""Words that several formats set: the texts a file rests on, characters that documents may not hold, file names."""

from __future__ import annotations

import re

from geodata.export.content import Content
from geodata.wording import date_words

LONGEST_STEM = 60
"""Bytes of a title in a file's name."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(words: str) -> str:
    """Return words without the characters that XML cannot hold."""
    return _CONTROL.sub("", words).replace("\r", " ")


def corpus_lines(content: Content) -> list[str]:
    """Return a line a text: what it is, and the hash that tells whether a file is the one that was read."""
    lines = []
    for document in content.documents.values():
        told = [document.author, document.title or document.id, document.publisher]
        told += [date_words(document.published) if document.published else ""]
        facts = ", ".join(part for part in told if part)
        lines.append(f"{document.id}: {facts}. SHA-256 {document.sha256}")
    return lines


def about_lines(content: Content) -> list[str]:
    """Return the facts that every file carries as lines to read."""
    made = content.made_at
    day = f"{date_words(made[:10])}, {made[11:16]} UTC" if made else ""
    facts = content.about() | {"made": day}
    return [f"{label[:1].upper()}{label[1:]}: {value}" for label, value in facts.items() if value]


def file_stem(title: str, instead: str) -> str:
    """Return a title as the name of a file that every system takes; ``instead`` where nothing of it is left."""
    stem = re.sub(r"[\W_]+", "-", title).strip("-").lower()
    while len(stem.encode()) > LONGEST_STEM:
        stem = stem[:-1]
    return stem.strip("-") or instead
