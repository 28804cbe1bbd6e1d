"""Companies that only the words around them give away: "built by Varda", "the mining group Tolmin", "Norvik, which …".

News names a firm once and without "Ltd": the language model, which knows names by their looks, misses many.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from geodata.claims.role_rules import words as word_set
from geodata.claims.words import words_of

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
        token = doc[i]
        sure = _by(token) or _called(token, nouns)
        if sure or _does(token):
            yield _name(token), sure


def _by(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.dep_ == "agent" and token.head.head.lemma_.lower() in BY


def _does(token: Token) -> bool:
    """Tell "Norvik, which operates two fields" and "Norvik lays a pipe"."""
    if token.dep_ == "nsubj" and token.head.lemma_.lower() in DOES:
        return any(c.dep_ == "dobj" for c in token.head.children)
    return any(
        c.dep_ == "relcl" and c.lemma_.lower() in DOES and c.tag_ in ("VBZ", "VBP") for c in token.children
    )


def _called(token: Token, nouns: frozenset[str]) -> bool:
    """Tell "the mining group Tolmin" and "Norvik, a Danish company"."""
    if any(c.dep_ == "appos" and c.lower_ in nouns for c in token.children):
        return True
    before = [c for c in token.children if c.dep_ in ("compound", "nmod") and c.i < token.i]
    named = token.dep_ == "appos" and token.head.lower_ in nouns and token.head.i < token.i
    return named or any(c.pos_ == "NOUN" and c.lower_ in nouns for c in before)


def _name(token: Token) -> Span:
    """Return the run of capitalised words that ends in a token."""
    start = token.i
    while start > token.sent.start and token.i - start < MOST_WORDS - 1:
        before = token.doc[start - 1]
        if before.pos_ != "PROPN" or not before.text[:1].isupper():
            break
        start -= 1
    return token.doc[start : token.i + 1]
