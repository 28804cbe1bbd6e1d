"""Whether a project that gets built or given is done or under way, weighed over all that its text says."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from geodata.claims.features import Features
from geodata.claims.linear import load_model
from geodata.claims.status import StatusMention

SURE = 0.6
"""A probability from which the model's word is taken."""


def status_features(
    doc: Doc, mentions: Iterable[StatusMention], spans: Iterable[tuple[int, int]] = ()
) -> Features:
    """Return the features of what a text, or some sentences of it, says of a project's status."""
    areas = list(spans) or [(0, len(doc.text))]
    inside = [m for m in mentions if any(a <= m.start < b for a, b in areas)]
    features: Features = {}
    for mention in inside:
        features[f"cue:{mention.rule}"] = 1.0
        features[f"says:{mention.status}|{mention.modality}"] = 1.0
    if inside:
        features[f"last:{inside[-1].status}|{inside[-1].modality}"] = 1.0
        features[f"first:{inside[0].status}|{inside[0].modality}"] = 1.0
        best = max(inside, key=lambda m: (m.modality == "asserted", m.stage, m.start))
        features[f"furthest:{best.status}|{best.modality}"] = 1.0
    for token in doc:
        if token.pos_ in ("VERB", "NOUN", "ADJ") and any(a <= token.idx < b for a, b in areas):
            features[f"word:{token.lemma_.lower()}"] = 1.0
            if token.pos_ == "VERB":
                features[f"verb:{token.tag_}"] = features.get(f"verb:{token.tag_}", 0.0) + 0.1
    return features


def done_or_underway(
    doc: Doc, mentions: Iterable[StatusMention], spans: Iterable[tuple[int, int]] = ()
) -> tuple[str, float, str]:
    """Return ``done`` or ``underway``, its probability and the reason."""
    model = load_model("status")
    features = status_features(doc, mentions, spans)
    odds = model.probabilities(features)
    chosen = max(odds, key=lambda name: odds[name])
    return chosen, odds[chosen], model.reason(features, chosen)
