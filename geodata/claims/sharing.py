"""Which facts of a sentence belong to which telling, where one sentence tells of several things.

A fact goes to the things nearest to it in the sentence's tree. What opens the sentence or hangs on its main verb
("In 2015, the two countries signed … as well as …") also serves every thing that has none of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from geodata.claims.context import ReadText, Spanned, distance
from geodata.claims.telling import Telling
from geodata.claims.values import ValueMention

TIE = 0.6
"""Facts as near to two things as this belong to both."""
UNNAMED = 7.0
"""How far, in edges, a sentence's facts are from a thing that it means without naming it."""
REACH = 14.0
"""Edges beyond which a fact of the same sentence serves no thing that has none of its own."""


class Sentences:
    """Who is told of in each sentence, and where."""

    def __init__(self, reading: ReadText, tellings: Sequence[Telling]) -> None:
        self.reading = reading
        self.rows: dict[int, list[Telling]] = {}
        for telling in tellings:
            for sentence in telling.sentences:
                self.rows.setdefault(sentence, []).append(telling)
        self.tokens: dict[tuple[int, int], list[Token]] = {}
        for telling in tellings:
            for mention in telling.mentions:
                self.tokens.setdefault((id(telling), mention.sentence), []).append(mention.token)

    def triggers(self, telling: Telling, sentence: int) -> list[Token]:
        """Return the words that name a telling in a sentence."""
        return self.tokens.get((id(telling), sentence), [])

    def alone(self, telling: Telling, sentence: int) -> bool:
        """Tell whether a sentence is about one thing only."""
        return len(self.rows.get(sentence, ())) <= 1 or telling not in self.rows[sentence]

    def far(self, telling: Telling, sentence: int, root: Token) -> float:
        """Return how far a word is from the nearest word that names a telling."""
        return min((distance(root, t) for t in self.triggers(telling, sentence)), default=UNNAMED)

    def take[T: Spanned](
        self, telling: Telling, sentence: int, facts: Sequence[T], *, inherit: bool
    ) -> tuple[T, ...]:
        """Return those facts of a sentence that belong to a telling.

        ``inherit``: a telling left without any takes those that open the sentence or hang on a verb above it.
        """
        if self.alone(telling, sentence):
            return tuple(facts)
        others = self.rows[sentence]
        own, common = [], []
        ahead = {t.i: other for other in others for t in self.triggers(other, sentence)}
        for fact in facts:
            root = self.reading.root_of(fact.start, fact.end)
            if root is None:
                continue
            money = isinstance(fact, ValueMention) and fact.kind != "measure"
            named = _named_after(root.doc, fact.end, ahead) if money else None
            if named is not None:
                if named is telling:
                    own.append(fact)
                continue
            mine = self.far(telling, sentence, root)
            far = [self.far(other, sentence, root) for other in others]
            best = min(far)
            tied = [other for other, apart in zip(others, far, strict=True) if apart <= best + TIE]
            if mine <= best + TIE and self._words(telling, sentence, root) <= min(
                self._words(other, sentence, root) for other in tied
            ):
                own.append(fact)
            elif inherit and mine <= REACH and self._serves_all(telling, sentence, root):
                common.append(fact)
        return tuple(own) or tuple(common)

    def _words(self, telling: Telling, sentence: int, root: Token) -> float:
        """Return how many words lie between a fact and a telling; what comes before its thing counts more."""
        return min(
            (
                root.i - t.i if root.i >= t.i else 1.5 * (t.i - root.i)
                for t in self.triggers(telling, sentence)
            ),
            default=UNNAMED,
        )

    def _serves_all(self, telling: Telling, sentence: int, root: Token) -> bool:
        tokens = self.triggers(telling, sentence)
        if not tokens:
            return False
        first = min(
            (t.i for other in self.rows[sentence] for t in self.triggers(other, sentence)), default=-1
        )
        if root.i < first:
            return True
        verb = _verb(root)
        return verb is not None and any(verb.i in {a.i for a in t.ancestors} for t in tokens)


AHEAD = 12
"""Words after a sum in which the thing may stand that it is for: "a $153 million sale of … helicopters"."""


def _named_after(doc: Doc, end: int, ahead: Mapping[int, Telling]) -> Telling | None:
    """Return the telling whose thing a sum stands before, with no verb, comma or other noun phrase between."""
    span = doc.char_span(end - 1, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    for token in doc[span.end : span.end + AHEAD]:
        if token.i in ahead:
            return ahead[token.i]
        stops = token.pos_ == "ADP" and token.lower_ not in ("of", "for")
        if stops or token.pos_ in ("VERB", "AUX", "SCONJ", "CCONJ") or token.text in ",;:.()":
            return None
    return None


def _verb(token: Token) -> Token | None:
    for ancestor in token.ancestors:
        if ancestor.pos_ in ("VERB", "AUX"):
            return ancestor
    return None
