"""Later mentions that the vocabulary does not know: short names that the text gives, and what goes on elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

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
        onward = bool({"to", "towards", "into", "from"} & words)
        sentence = reading.sentence_at(token.idx)
        here = reading.paragraphs[sentence]
        before = found[bisect_left(starts, token.idx) - 1] if own and onward and found else None
        if before is not None and before.start < token.idx and reading.paragraphs[before.sentence] == here:
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
