"""Later mentions that the vocabulary does not know: short names that the text gives, and what goes on elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from geodata.claims.context import ReadText
from geodata.claims.mentions import TriggerMention
from geodata.claims.word_lists import word_list
from geodata.claims.words import words_of

ACRONYM = re.compile(r"\s?\((?:the\s|or\s|later\s)?[\"“‘]?(?P<name>[A-Z][A-Z0-9]{1,9}(?:-\d{1,5})?)[\"”’]?\)")


def with_acronyms(reading: ReadText, found: list[TriggerMention]) -> list[TriggerMention]:
    """Add each later use of a short name that the text gives a thing: "the … Economic Corridor (CPEC) … CPEC"."""
    short: dict[str, TriggerMention] = {}
    named = []
    for mention in found:
        match = ACRONYM.match(reading.text, mention.end)
        if match and mention.name:
            short.setdefault(match["name"], mention)
            mention = replace(mention, name=f"{mention.name} {match['name'].lower()}")
        named.append(mention)
    if not short:
        return found
    covered = {i for m in named for i in range(m.start, m.end)}
    pattern = re.compile(rf"(?<![\w(-])(?:{'|'.join(map(re.escape, sorted(short)))})(?![\w-])")
    for match in pattern.finditer(reading.text):
        token = reading.token_at(match.start())
        first = short[match[0]]
        if token is not None and match.start() not in covered and match.start() > first.start:
            named.append(
                replace(
                    first,
                    start=match.start(),
                    end=match.end(),
                    token=token,
                    sentence=reading.sentence_at(match.start()),
                    words=match[0],
                    verb=False,
                    weak=False,
                    generic=False,
                    definite="definite",
                    another=False,
                    plural=False,
                    name=match[0].lower(),
                    pattern=False,
                )
            )
    return sorted(named, key=lambda m: m.start)


CONTINUED = word_list("continued")
ONWARD = frozenset({"continuation", "extension", "prolongation"})
LINES = frozenset({"transport", "energy"})
"""Groups of things that go on from one place to another."""
REACH = 6
"""Mentions before it among which the thing is looked for that goes on."""


def continued(reading: ReadText, found: Sequence[TriggerMention]) -> Iterator[TriggerMention]:
    """Find what goes on from a thing to another place: "Its continuation to Kisumu was cancelled"."""
    starts = [m.start for m in found]
    all_words = words_of(reading.doc)
    for i, lemma in enumerate(all_words.lemmas):
        if lemma not in CONTINUED or all_words.pos[i] != "NOUN":
            continue
        token = reading.doc[i]
        words = {c.lower_ for c in token.children if c.dep_ in ("prep", "det")}
        own = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in token.children) or {"a", "from"} <= words
        own = own or (lemma in ONWARD and _to_a_place(token, words))
        onward = bool({"to", "towards", "into", "from"} & words)
        sentence = reading.sentence_at(token.idx)
        here = reading.paragraphs[sentence]
        before = _before(found, bisect_left(starts, token.idx)) if own and onward else None
        if before is not None and reading.paragraphs[before.sentence] == here:
            yield replace(
                before,
                start=token.idx,
                end=token.idx + len(token.text),
                token=token,
                sentence=sentence,
                words=lemma,
                weak=False,
                generic=False,
                definite="indefinite",
                another=True,
                name="",
            )


def _to_a_place(token: Token, words: set[str]) -> bool:
    """Tell "the extension to Marrakech" from "the extension of the road to Marrakech"."""
    if "of" in words or not {"a", "an", "the"} & words:
        return False
    return any(
        prep.lower_ == "to" and any(c.dep_ == "pobj" and c.pos_ == "PROPN" for c in prep.children)
        for prep in token.children
    )


def _before(found: Sequence[TriggerMention], n: int) -> TriggerMention | None:
    """Return the last thing before a mention that may go on elsewhere: no loan, no agreement."""
    near = found[max(0, n - REACH) : n]
    return next((m for m in reversed(near) if m.group in LINES and not m.generic), None)
