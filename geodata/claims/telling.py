"""A telling: what one stretch of a text says of one project, while it is put together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from geodata.claims.mentions import TriggerMention, Vocabulary

_THING = r"(?:the|this|that|these|those|said|its|their|such)\s(?:\w+\s){0,2}?"
ANAPHORS: Mapping[str, re.Pattern[str]] = {
    "built": re.compile(
        rf"(?i)\b{_THING}(?:projects?|initiative|scheme|facilit(?:y|ies)|plant|works?|construction|agreement|deal|loan"
        r"|programme|program|contract|building|cent(?:re|er)|complex|offer|phase|undertaking|venture|mou|memorandum"
        r"|consortium|funding|grant|funds?|line|route|corridor|system|donation|equipment|price|costs?|bill|tender"
        r"|stage|section|capacity|stretch|leg|operator|builders?|contractors?|licen[cs]e|first\sstage|first\ssection)\b"
        r"|\b(?:built|build|building|financ\w+|complet\w+|opened|inaugurat\w+|own\w*|operat\w+|support\w*|oppos\w+|for|on|about)\s(?:it|them)\b"
        r"|\b(?:construction|works?|building|rehabilitation|implementation)\s(?:\w+\s){0,4}(?:began|begun|started|commenced"
        r"|was|is|has|had|were|will|should|on|of)\b|^\W*(?:it|its|they|both)\b"
    ),
    "happening": re.compile(
        rf"(?i)\b{_THING}(?:meetings?|summit|visits?|talks|exercises?|drills?|event|conference|forum|trip|tour|attack"
        r"|incident|decision|sanctions|individuals|session|dialogue|war|ceremony)\b|^\W*(?:it|they)\b"
    ),
    "deal": re.compile(
        rf"(?i)\b{_THING}(?:agreements?|deal|accords?|treaty|pact|memorandum|mou|contract|declaration|loan|offer|sale"
        r"|purchase|project|document)\b|^\W*(?:it|under\sit)\b"
    ),
}
ANAPHORS = {**ANAPHORS, "support": ANAPHORS["built"]}
"""Words by which a sentence without a trigger says that it goes on about the thing before it."""
_IT = r"[a-z]\s(?:it|them)\b(?!\s(?:is|was|will|would|has)\b)"
"""The pronoun as an object: "inaugurated it", "called it historic"."""
BRIDGES: Mapping[str, re.Pattern[str]] = {
    "built": re.compile(
        rf"(?i){_IT}|\b(?:the|its|whose|an?)\s(?:\w+\s)?(?:price|costs?|bill|money|builders?|contractors?|owners?|operators?"
        r"|shareholders?|lenders?|financiers?|investors?|stages?|sections?|half|addendum|ground-?breaking|capacity|tracks?"
        r"|turbines?|opening|inauguration|cranes?|reactors?|cables?|pipes?)\b"
        r"|\b(?:work|building|construction|digging|dredging|drilling)\s(?:goes|continues|proceeds|stopped|began|resumed)\b"
    ),
    "happening": re.compile(rf"(?i){_IT}|\b(?:the|its)\s(?:host|venue|mediators?|participants?|guests?)\b"),
    "deal": re.compile(
        rf"(?i){_IT}|\b(?:the|its)\s(?:price|text|signing|ratification|mediators?|signatories)\b"
    ),
}
BRIDGES = {**BRIDGES, "support": BRIDGES["built"]}
"""Weaker words of that sense, which count in a survey right after what a sentence tells of: "The price is …"."""


@lru_cache(maxsize=8192)
def points_back(kind: str, sentence: str) -> bool:
    """Tell whether a sentence goes on about a thing of a kind; several readers ask the same of one sentence."""
    return ANAPHORS[kind].search(sentence) is not None


@dataclass(slots=True)
class Telling:
    """What one stretch of a text tells of one project, while it is put together."""

    type: str
    group: str
    kind: str
    mentions: list[TriggerMention] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    narrative: bool = False

    def add(self, mention: TriggerMention) -> None:
        """Take a mention and its sentence in."""
        self.mentions.append(mention)
        self.about(mention.sentence)

    def about(self, sentence: int) -> None:
        """Take a sentence in that is about it."""
        if sentence not in self.sentences:
            self.sentences.append(sentence)

    def span_in(self, sentence: int) -> tuple[int, int]:
        """Return the span of the mention in a sentence, or of the first mention where the sentence names none."""
        here = next((m for m in self.mentions if m.sentence == sentence), self.mentions[0])
        return here.start, here.end

    @property
    def first(self) -> TriggerMention:
        """The mention that it begins with."""
        return self.mentions[0]


def kind_of(vocabulary: Vocabulary, mention: TriggerMention) -> str:
    """Return the kind of a mention's type: built, deal, happening or support."""
    return vocabulary.types[mention.type].kind


def stands(mention: TriggerMention) -> bool:
    """Tell whether a mention can make a telling by itself: neither weak nor a kind of things."""
    return not (mention.weak or mention.generic)


def related_to(mention: TriggerMention, main: TriggerMention, vocabulary: Vocabulary) -> bool:
    """Tell whether a mention may speak of what a paragraph is about."""
    if mention.weak and mention.token.lemma_ == main.token.lemma_:
        return True  # "a similar plant"
    return mention.type == main.type or mention.type in vocabulary.types[main.type].alike


def start_telling(mention: TriggerMention, vocabulary: Vocabulary) -> Telling:
    """Return a new telling that begins with a mention."""
    telling = Telling(mention.type, mention.group, vocabulary.types[mention.type].kind)
    telling.add(mention)
    return telling


def clause_of(mention: TriggerMention) -> int:
    """Return the index of the verb whose clause a mention stands in, subordinate clauses being their own."""
    token = mention.token
    while token.head.i != token.i and not (
        token.pos_ in ("VERB", "AUX") and token.dep_ in ("advcl", "conj", "ccomp", "ROOT", "parataxis")
    ):
        token = token.head
    return token.i
