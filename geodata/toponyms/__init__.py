"""Names of places in a parsed text: found, bounded and labelled, not yet resolved.

Model and gazetteer propose, a small linear model decides, rules tell what a name stands for.
Leaves the room: ``find_toponyms``, ``spoken_of``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from geodata.records import Toponym
from geodata.toponyms.decide import MODELS, Weights, load_weights
from geodata.toponyms.evidence import Gazetteer, Match, Page, features, known_class, open_page
from geodata.toponyms.kinds import kind_of
from geodata.toponyms.proposals import propose
from geodata.toponyms.spans import Proposal, entity_proposals, text_words

__all__ = ["find_toponyms", "spoken_of"]

LEAST_EMBEDDED = 0.15
"""Below it a known name inside a longer one is a chance likeness ("Gas", "Pact")."""


def find_toponyms(
    doc: Doc, gaz: Gazetteer, *, document: str = "", models: Mapping[str, Weights] | None = None
) -> tuple[Toponym, ...]:
    """Return every name of a place in a text, in order, without overlaps.

    ``kind`` tells what it stands for: ``literal`` the place itself, ``metonym`` its government ("Moscow rejected"),
    ``demonym`` its people ("Russian"), ``embedded`` part of a longer name, which stands in ``inside``. ``confidence``
    is the probability that the text speaks of the place; embedded names are kept however low it is.
    """
    models = models or load_weights()
    page, proposals = read_page(doc, gaz)
    out: list[Toponym] = []
    for proposal in proposals:
        surface = page.text[proposal.start : proposal.end]
        matches = gaz.lookup(surface) if proposal.known else ()
        known = known_class(matches)
        told = features(page, proposal, known)
        kind, inside = kind_of(page, proposal, known, is_seat=is_seat(matches))
        model = models[MODELS[kind]]
        odds = model.probability(told)
        if not _kept(kind, odds, model, proposal):
            continue
        out.append(
            Toponym(
                document, proposal.start, proposal.end, surface, kind,
                confidence=round(odds, 3), reason=model.reason(told), inside=inside,
            )
        )  # fmt: skip
    return tuple(out)


def _kept(kind: str, odds: float, model: Weights, proposal: Proposal) -> bool:
    """Keep what is likely a place; a known name inside a longer one is kept anyway, labelled, for it tells of where."""
    if kind == "embedded" and proposal.known:
        return odds >= LEAST_EMBEDDED
    return odds >= model.threshold


def spoken_of(toponym: Toponym) -> bool:
    """Tell whether a text speaks of the place that a found (not yet resolved) name names.

    A place inside a longer name counts where the recognition is sure of it; a people is no place.
    """
    if toponym.kind == "embedded":
        return toponym.confidence >= load_weights()["embedded"].threshold
    return toponym.kind != "demonym"


def is_seat(matches: Sequence[Match]) -> bool:
    """Tell whether a name is also a capital's, so that it can stand for a government."""
    return any(m.place.feature_code == "PPLC" for m in matches[:6])


def read_page(doc: Doc, gaz: Gazetteer) -> tuple[Page, list[Proposal]]:
    """Return a text ready to be asked, and the stretches of it that may name places."""
    found = text_words(doc.text)
    entities = list(entity_proposals(doc))
    page = open_page(doc, found, entities)
    return page, propose(doc.text, found, entities, gaz)
