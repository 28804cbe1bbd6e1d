"""How fast a text becomes places: the whole of geoparsing against the bare language pipeline, in one run."""

from __future__ import annotations

import time
from pathlib import Path

from bench import Row
from geodata.gazetteer import open_gazetteer
from geodata.geoparsing import AT_ONCE, geoparse_doc
from geodata.language import open_model

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "seeds"
GOAL = 0.8
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
    ]


def _texts(words: int) -> list[str]:
    """Return documents of the shipped texts and of our own test texts, over again until there are enough words."""
    paths = sorted([*TEXTS.glob("*.md"), *(ROOT / "tests" / "data" / "texts").glob("*.md")])
    texts = [path.read_text(encoding="utf-8") for path in paths]
    out: list[str] = []
    while texts and sum(len(text.split()) for text in out) < words:
        out += texts
    return out
