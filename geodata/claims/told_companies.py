"""Companies that only the words around them give away: "built by Varda", "the mining group Tolmin", "Norvik, which …".

News names a firm once and without "Ltd": the language model, which knows names by their looks, misses many.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from geodata.claims.role_rules import words as word_set
from geodata.claims.words import Words, words_of

BY = word_set(
    "build construct operate own run manage finance fund lead develop supply design sell make lay dig drill equip"
    " deliver win lease install erect buy"
)
"""Verbs whose agent ("built by …") acts as a company or other organisation."""
DOES = word_set(
    "build construct operate own finance fund lay supply drill invest sign win lease sell buy deliver extract"
)
"""Verbs whose subject, if it bears a bare name, is most likely one."""
MOST_WORDS = 4


def told_companies(doc: Doc, nouns: frozenset[str]) -> Iterator[tuple[Span, bool]]:
    """Yield the names that stand where companies stand, and whether no town could stand there.

    ``nouns`` are words such as "firm" and "carrier".
    """
    words = words_of(doc)
    for i, tag in enumerate(words.tags):
        if tag not in ("NNP", "JJ") or words.deps[i] == "compound" or not words.texts[i][:1].isupper():
            continue
        sure = _by(words, i) or _called(words, i, nouns)
        if sure or _does(words, i):
            yield _name(doc[i]), sure


def _by(words: Words, i: int) -> bool:
    head = words.heads[i]
    return words.deps[i] == "pobj" and words.deps[head] == "agent" and words.lemmas[words.heads[head]] in BY


def _does(words: Words, i: int) -> bool:
    """Tell "Norvik, which operates two fields" and "Norvik lays a pipe"."""
    head = words.heads[i]
    if words.deps[i] == "nsubj" and words.lemmas[head] in DOES:
        return any(words.deps[c] == "dobj" for c in words.children[head])
    return any(
        words.deps[c] == "relcl" and words.lemmas[c] in DOES and words.tags[c] in ("VBZ", "VBP")
        for c in words.children[i]
    )


def _called(words: Words, i: int, nouns: frozenset[str]) -> bool:
    """Tell "the mining group Tolmin" and "Norvik, a Danish company"."""
    nearby = [c for c in words.children[i] if words.lower[c] in nouns]
    if any(words.deps[c] == "appos" for c in nearby):
        return True
    head = words.heads[i]
    if words.deps[i] == "appos" and words.lower[head] in nouns and head < i:
        return True
    return any(words.deps[c] in ("compound", "nmod") and c < i and words.pos[c] == "NOUN" for c in nearby)


def _name(token: Token) -> Span:
    """Return the run of capitalised words that ends in a token."""
    start = token.i
    while start > token.sent.start and token.i - start < MOST_WORDS - 1:
        before = token.doc[start - 1]
        if before.pos_ != "PROPN" or not before.text[:1].isupper():
            break
        start -= 1
    return token.doc[start : token.i + 1]
