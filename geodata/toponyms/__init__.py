"""Names of places in a parsed text: found, bounded and labelled, not yet resolved.

Model and gazetteer propose, a small linear model decides, rules tell what a name stands for.
Leaves the room: ``find_toponyms``, ``spoken_of``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from geodata.records import Toponym
from geodata.toponyms.decide import MODELS, Weights, load_weights
from geodata.toponyms.evidence import (
    Gazetteer,
    Match,
    Page,
    features,
    is_sure,
    known_class,
    named_countries,
    open_page,
)
from geodata.toponyms.kinds import at_head, is_works, kind_of, on_line
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
    for proposal, matches, known in looked_up(page, proposals, gaz):
        surface = page.text[proposal.start : proposal.end]
        told = features(page, proposal, known, matches)
        kind, inside = kind_of(page, proposal, known, is_seat=is_seat(matches))
        model = models[MODELS[kind]]
        odds = model.probability(told)
        if kind == "literal" and on_line(page, proposal):
            odds = max(odds, ON_LINE)
        elif kind == "literal" and proposal.known and at_head(page.text, proposal.start, proposal.end):
            odds = max(odds, AT_HEAD)
        elif kind == "literal" and is_works(page, proposal):
            odds = max(odds, WORKS)
        if (
            not _kept(kind, odds, model, proposal)
            or _is_initials(page, proposal, matches)
            or _is_money(page, proposal)
        ):
            continue
        out.append(
            Toponym(
                document, proposal.start, proposal.end, surface, kind,
                confidence=round(odds, 3), reason=model.reason(told), inside=inside,
            )
        )  # fmt: skip
    return tuple(out)


def looked_up(
    page: Page, proposals: Sequence[Proposal], gaz: Gazetteer
) -> list[tuple[Proposal, Sequence[Match], str]]:
    """Return the proposals with what the gazetteer says of them; the page learns which countries are named."""
    out: list[tuple[Proposal, Sequence[Match], str]] = []
    for proposal in proposals:
        matches = gaz.lookup(page.text[proposal.start : proposal.end]) if proposal.known else ()
        known = known_class(matches) if matches or not proposal.known else "demonym"
        surface = page.text[proposal.start : proposal.end]
        if known == "country" and _is_peoples(surface, matches, gaz):
            known = "demonym"
        page.countries |= named_countries(matches, known)
        if known in SEATS and GOVERNS.match(page.text, proposal.end):
            page.placed[page.text[proposal.start : proposal.end].casefold()] += 1
        page.sure[proposal.start] = (proposal.end, is_sure(page, proposal, known))
        page.ends[proposal.end] = proposal.start
        out.append((proposal, matches, known))
    return out


SEATS = frozenset({"admin1", "city"})
GOVERNS = re.compile(r"(?:['’]s)?\s(?:government|authorities|parliament)\b")
"""After a name that is thereby one of a place, here and elsewhere in its text: "the Zanzibar government"."""


def _is_peoples(surface: str, matches: Sequence[Match], gaz: Gazetteer) -> bool:
    """Tell a country's short name that is its people's too, "Saudi warplanes"; not "the Philippines"."""
    return matches[0].place.name != surface and not surface.endswith("s") and bool(gaz.demonym(surface))


def _kept(kind: str, odds: float, model: Weights, proposal: Proposal) -> bool:
    """Keep what is likely a place; a known name inside a longer one is kept anyway, labelled, for it tells of where."""
    if kind == "embedded" and proposal.known:
        return odds >= LEAST_EMBEDDED
    return odds >= model.threshold


def _is_initials(page: Page, proposal: Proposal, matches: Sequence[Match]) -> bool:
    """Tell two bare letters that are no place unless they follow one: "ID" is Idaho only in "Boise, ID"."""
    surface = page.text[proposal.start : proposal.end]
    if len(surface) != 2 or not matches or matches[0].place.feature_code.startswith("PCL"):
        return False
    if matches[0].kind == "exact" and not surface.isupper():
        return False
    return page.text[max(0, proposal.start - 2) : proposal.start].strip() not in (",", "(", "-", "/")


WORKS = 0.6
"""The same of large works by a name of their own."""
AT_HEAD = 0.8
"""The same of a known name at the head of a report: "ROSEAU (Agency) —"."""
ON_LINE = 0.8
"""Probability that a known name in a chain before a word for a line is a place: "the Bobruysk–Zhlobin highway"."""


def _is_money(page: Page, proposal: Proposal) -> bool:
    """Tell a currency from its country: "US$ 5 million", "US 5 million"; "lent Bolivia 60 million" is to Bolivia."""
    surface = page.text[proposal.start : proposal.end].replace(".", "")
    short = len(surface) <= SHORT_NAME and surface.isupper()
    return (MONEY if short else SIGN).match(page.text, proposal.end) is not None


SHORT_NAME = 3
"""Letters of the longest name of a country that stands before its money: "NZ$", "US 5 million"."""
SIGN = re.compile(r"\$")
MONEY = re.compile(r"\s?\$|\s\d[\d,.]*\s(?:m|million|billion|bn|thousand)\b")
"""After the short name of a country that is only money."""


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
    text = doc.text  # put together anew each time it is asked for
    found = text_words(text)
    entities = list(entity_proposals(doc, text))
    page = open_page(doc, text, found, entities)
    return page, propose(text, found, entities, gaz)
