"""Which of several claims stands: the rule, in words and in code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geodata.claims.edtf import bounds
from geodata.records import UNCLEAR, Claim, Document

RULE = (
    "Where sources differ, the most specific value stands first, then the one that most sources give"
    " (a text that was syndicated counts once), then the one of the newest document."
    " What a text denies is kept, ranked last."
)
"""Shown on the card; docs/extraction.md says the same."""

SURE = {"asserted": 4, "alleged": 3, "planned": 2, "conditional": 1, "denied": 0}


@dataclass(frozen=True, slots=True)
class Sources:
    """What ranking asks of the documents: which are one source, and how new each is."""

    documents: Mapping[str, Document]

    def source(self, document: str) -> str:
        """Return the same key for two files that hold the same text."""
        known = self.documents.get(document)
        return known.text_sha256 if known is not None and known.text_sha256 else document

    def published(self, document: str) -> str:
        """Return the day before which the document was published, ``""`` where it says none."""
        known = self.documents.get(document)
        if known is None or not known.published:
            return ""
        try:
            return bounds(known.published)[1]
        except ValueError:
            return ""

    def count(self, claims: Iterable[Claim]) -> int:
        """Return how many sources a set of claims has."""
        return len({self.source(claim.document) for claim in claims})


def ranked(groups: Iterable[Sequence[Claim]], sources: Sources) -> list[list[Claim]]:
    """Order groups of claims that say the same by the rule, and the claims of each group, best first."""
    ordered = [sorted(group, key=lambda claim: claim_key(claim, sources)) for group in groups]
    return sorted(ordered, key=lambda group: group_key(group, sources))


def group_key(group: Sequence[Claim], sources: Sources) -> tuple[object, ...]:
    """Return the sort key of a group that says the same: the rule."""
    stated = max(SURE[claim.modality] for claim in group) > 0
    return (
        not stated,
        -max(specificity(claim) for claim in group),
        -sources.count(group),
        _newest_first(max(sources.published(claim.document) for claim in group)),
        -max(claim.confidence for claim in group),
        min((claim.value, claim.document, claim.selector.start) for claim in group),
    )


def claim_key(claim: Claim, sources: Sources) -> tuple[object, ...]:
    """Return the sort key of a claim among those that say the same."""
    return (
        -specificity(claim),
        -SURE[claim.modality],
        -claim.confidence,
        _newest_first(sources.published(claim.document)),
        claim.document,
        claim.selector.start,
        claim.id,
    )


def _newest_first(day: str) -> tuple[int, ...]:
    return tuple(-ord(c) for c in day) if day else (0,)


def specificity(claim: Claim) -> int:
    """Return how much a claim's value says: a day more than a year, a spot more than a country."""
    if claim.property == "date":
        if "/" in claim.edtf:
            return 1 if ".." not in claim.edtf else 0
        return len(claim.edtf.rstrip("~?%")) * 2 - (claim.edtf[-1:] in "~?%")
    if claim.property == "place":
        return UNCLEAR - claim.precision
    if claim.property == "value":
        return (claim.low is None and claim.high is None) + bool(claim.role)
    return 0
