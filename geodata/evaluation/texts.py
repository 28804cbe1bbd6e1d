"""Texts to projects in memory, without a store: what scoring and trying out rules needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin

from geodata.documents import iter_paths, read_file
from geodata.gazetteer import open_gazetteer
from geodata.language import open_model, parse
from geodata.pipeline import read_parsed
from geodata.projects import merge, project_json
from geodata.records import Document, Event, Project
from geodata.vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents with their parses, in order."""

    documents: tuple[Document, ...]
    parses: tuple[Doc, ...]


def read_corpus(paths: Iterable[Path], cache: Path | None = None) -> Corpus:
    """Read files and folders and parse their texts; ``cache`` is a folder that keeps parses between runs.

    Raises UnreadableFile for the first file that cannot be read.
    """
    documents = tuple(read_file(path) for path in iter_paths(paths))
    return Corpus(documents, tuple(parsed(documents, cache)))


def parsed(documents: Sequence[Document], cache: Path | None = None) -> list[Doc]:
    """Return the parse of every document's text, from ``cache`` where all are there."""
    nlp = open_model()
    key = hashlib.sha256("".join(document.text_sha256 for document in documents).encode()).hexdigest()[:16]
    kept = cache / f"{key}.spacy" if cache is not None else None
    if kept is not None and kept.exists():
        return list(DocBin().from_disk(kept).get_docs(nlp.vocab))
    docs = [parse(nlp, document.text) for document in documents]
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        DocBin(docs=docs, store_user_data=False).to_disk(kept)
    return docs


def events_of(corpus: Corpus, vocabulary: Vocabulary | None = None) -> list[Event]:
    """Return the events of every document of a corpus."""
    words, gaz = vocabulary or load_vocabulary(), open_gazetteer()
    found: list[Event] = []
    for document, doc in zip(corpus.documents, corpus.parses, strict=True):
        found += read_parsed(document, doc, gaz, words).events
    return found


def projects_of(
    paths: Iterable[Path], *, cache: Path | None = None, vocabulary: Vocabulary | None = None
) -> tuple[Project, ...]:
    """Return the projects that files and folders tell of."""
    words = vocabulary or load_vocabulary()
    corpus = read_corpus(paths, cache)
    by_id: Mapping[str, Document] = {document.id: document for document in corpus.documents}
    return merge(events_of(corpus, words), by_id, words)


def rows_of(projects: Iterable[Project]) -> list[dict[str, Any]]:
    """Return projects as the objects that ``dateline projects`` prints."""
    return [project_json(project) for project in projects]
