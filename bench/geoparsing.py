"""How fast a text becomes places, and then projects: each step against the one before it, in one run."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench import Row
from geodata.claims.events import find_events
from geodata.documents import read_file
from geodata.gazetteer import open_gazetteer
from geodata.geoparsing import AT_ONCE, geoparse_doc
from geodata.language import open_model
from geodata.projects import merge
from geodata.records import Document
from geodata.relations import find_relations
from geodata.resolution import resolve
from geodata.toponyms import find_toponyms
from geodata.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"
NARRATIVES = SHARED / "corpora" / "aiddata-dev.jsonl"
GOAL, CLAIMS_GOAL = 0.8, 0.3
WORDS, SMALL_WORDS = 120_000, 15_000
"""Words that are read, so that a run is not over before the clock has settled."""
ROUNDS = 3


def run(small: bool) -> list[Row]:
    """Read the shipped texts, split into paragraphs, both ways in turn; the best round of each counts."""
    nlp, gaz = open_model(), open_gazetteer()
    texts = _texts(SMALL_WORDS if small else WORDS)
    words = sum(len(text.split()) for text in texts)
    bare, whole = [], []
    for _ in range(1 if small else ROUNDS):
        begun = time.process_time()
        for _doc in nlp.pipe(texts, batch_size=AT_ONCE):
            pass
        bare.append(time.process_time() - begun)
        begun = time.process_time()
        for doc in nlp.pipe(texts, batch_size=AT_ONCE):
            geoparse_doc(doc, gaz)
        whole.append(time.process_time() - begun)
    return [
        Row("bare pipeline", round(words / min(bare)), "words/s of one core"),
        Row("geoparsing", round(words / min(whole)), "words/s of one core"),
        Row("geoparsing against the bare pipeline", round(min(bare) / min(whole), 3), "", f"≥ {GOAL}"),
        *_claims(small),
    ]


def _claims(small: bool) -> list[Row]:
    """Read texts as ingest does, and set claims and merging against geoparsing: processor time, the best round."""
    nlp, gaz, vocabulary = open_model(), open_gazetteer(), load_vocabulary()
    rows = []
    for name, texts in _sources(small):
        documents = [Document(f"t{n}", text, f"{n}", f"{n}") for n, text in enumerate(texts)]
        shares = []
        for _ in range(1 if small else ROUNDS):
            begun = time.process_time()
            parsed = list(nlp.pipe(texts, batch_size=AT_ONCE))
            placed = [resolve(find_toponyms(doc, gaz), doc, gaz) for doc in parsed]
            related = [find_relations(doc, found, gaz) for doc, found in zip(parsed, placed, strict=True)]
            geoparsed = time.process_time()
            told = [
                event
                for document, doc, found, relations in zip(documents, parsed, placed, related, strict=True)
                for event in find_events(doc, document, found, relations, vocabulary, gaz)
            ]
            merge(told, {document.id: document for document in documents}, vocabulary)
            shares.append((time.process_time() - geoparsed) / (geoparsed - begun))
        rows.append(
            Row(f"claims and merging, {name}", round(min(shares), 3), "of geoparsing", f"≤ {CLAIMS_GOAL}")
        )
    return rows


def _sources(small: bool) -> Iterator[tuple[str, list[str]]]:
    """Yield what is read: the shipped texts, and the originals and project narratives where they are at hand."""
    yield "the shipped texts", _texts(SMALL_WORDS)
    if originals := sorted((SHARED / "seeds").glob("*.txt")):
        yield "five originals", [read_file(path).text for path in originals]
    if NARRATIVES.is_file():
        with NARRATIVES.open(encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in islice(lines, 40 if small else 400)]
        yield f"{len(texts)} narratives", texts


def _texts(words: int) -> list[str]:
    """Return documents of the shipped texts and of our own test texts, over again until there are enough words."""
    paths = sorted([*TEXTS.glob("*.md"), *(ROOT / "tests" / "data" / "texts").glob("*.md")])
    texts = [path.read_text(encoding="utf-8") for path in paths]
    out: list[str] = []
    while texts and sum(len(text.split()) for text in out) < words:
        out += texts
    return out
