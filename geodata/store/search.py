"""Free text over evidence: SQLite's FTS5, asked in words only, never in its own query language."""

from __future__ import annotations

import re
import sqlite3

_PHRASE = re.compile(r'"([^"]*)"|(\S+)')


def fts_query(text: str) -> str:
    """Return a full-text query for what a person typed: all the words, the last one also as a beginning.

    Words in quotes stay together. Operators, column names and other syntax of the index are taken as words.
    """
    terms = [quoted or bare for quoted, bare in _PHRASE.findall(text)]
    kept = [term.replace('"', " ").replace("\0", " ") for term in terms]
    kept = [term for term in kept if any(c.isalnum() for c in term)]
    if not kept:
        return ""
    query = " AND ".join(f'"{term}"' for term in kept)
    return query if text.rstrip().endswith('"') or text.endswith(" ") else query + " *"


def sentence_keys(connection: sqlite3.Connection, text: str) -> list[int]:
    """Return the keys of the sentences that hold all the words."""
    return _matches(connection, "sentences_fts", text)


def project_keys(connection: sqlite3.Connection, text: str) -> list[int]:
    """Return the keys of projects whose title, alias, place or actor names hold all the words."""
    return _matches(connection, "projects_fts", text)


def _matches(connection: sqlite3.Connection, table: str, text: str) -> list[int]:
    query = fts_query(text)
    if not query:
        return []
    found = connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (query,))
    return [row[0] for row in found]
