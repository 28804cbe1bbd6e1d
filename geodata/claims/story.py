"""What a paragraph that tells one project is about: named features of all its words, weighed by a learned model.

A narrative names many things ("a loan", "an access road", "a school") beside the one that it is about. Coders said of
1,285 narratives which sector each belongs to; the model learned from these which words speak for which group.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from spacy.tokens import Span

from geodata.claims.features import Features
from geodata.claims.linear import load_model
from geodata.claims.mentions import TriggerMention, made
from geodata.claims.words import words_of

MODEL = "story_group"
WORDS = frozenset({"NOUN", "VERB", "ADJ"})
FLOOR = 0.02
"""Least probability of a group: a model may be wrong, so it never rules a group out."""
GROUPS = frozenset({"energy", "transport", "industry"})
"""Groups that the model tells apart; all else is "other"."""


def story_features(sentences: Iterable[Span], mentions: Sequence[TriggerMention]) -> Features:
    """Return the features of a paragraph: its words, and the types that it names, the first and the made apart."""
    features: Features = {}
    for n, sentence in enumerate(sentences):
        words = words_of(sentence.doc)
        for i in range(sentence.start, sentence.end):
            if words.pos[i] in WORDS and words.texts[i].isalpha() and not sentence.doc[i].ent_type_:
                features[f"word:{words.lemmas[i]}"] = 1.0
                if n == 0:
                    features[f"opens:{words.lemmas[i]}"] = 1.0
    for n, mention in enumerate(mentions):
        features[f"type:{mention.type}"] = 1.0
        if n == 0:
            features[f"first:{mention.type}"] = 1.0
        if made(mention):
            features[f"made:{mention.type}"] = 1.0
    return features


def group_odds(features: Features) -> dict[str, float]:
    """Return, for each group, the log of its probability."""
    odds = load_model(MODEL).probabilities(features)
    return {group: math.log(max(p, FLOOR)) for group, p in odds.items()}


def group_of(mention: TriggerMention) -> str:
    """Return the model's class that a mention's group falls into."""
    return mention.group if mention.group in GROUPS else "other"
