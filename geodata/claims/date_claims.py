"""The dates of a telling: each with its role, by what governs it or by the status told beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geodata.claims.context import ReadText, Spanned, distance
from geodata.claims.dates import DateMention
from geodata.claims.edtf import bounds
from geodata.claims.maker import Maker
from geodata.claims.roles import Decision, date_roles
from geodata.claims.sharing import Sentences
from geodata.claims.status import StatusMention
from geodata.claims.telling import Telling
from geodata.records import Claim

TOLD_ROLES: Mapping[str, str] = {
    "operating": "completed", "completed": "completed", "under_construction": "started", "cancelled": "cancelled",
    "stalled": "cancelled", "signed": "signed", "mou_signed": "signed", "under_negotiation": "announced",
    "proposed": "announced", "held": "held",
}  # fmt: skip
"""What the date of a status is to a thing: "has produced since 2017" completes it, "put on ice in 2021" stops it."""
OF_STATUS = "date-of-status"
BESIDE = 3.5
"""Edges of the tree within which a date and words for a status belong together."""


def date_claims(maker: Maker, sentences: Sentences, telling: Telling) -> list[Claim]:
    """Return the claims of all dates of a telling that bear a role."""
    reading = maker.reading
    nearby = tuple(d for s in telling.sentences for d in reading.dates[s])
    claims = []
    for s in telling.sentences:
        for date in sentences.take(telling, s, reading.dates[s], inherit=True):
            for decision in _decisions(reading, telling, s, date, nearby):
                role = "expected" if decision.role == "held" and _ahead(reading, date.edtf) else decision.role
                sure = decision.confidence * (0.5 + 0.5 * date.confidence)
                claims.append(_claim(maker, date, role, decision.rule, sure))
    if any(claim.role != "status_as_of" and claim.extractor != OF_STATUS for claim in claims):
        return claims
    return [*claims, *_only_date(maker, sentences, telling)]


def _claim(maker: Maker, date: DateMention, role: str, rule: str, sure: float) -> Claim:
    modality = "planned" if role == "expected" else "asserted"
    return maker.claim(
        "date", date.edtf, date.start, date.end, rule, sure, role=role, edtf=date.edtf, modality=modality
    )


def _decisions(
    reading: ReadText, telling: Telling, s: int, date: DateMention, nearby: tuple[DateMention, ...]
) -> Iterator[Decision]:
    """Yield the roles of a date; where words give none, the role that the status beside it gives."""
    told = [
        d
        for d in date_roles(
            date, reading.doc, telling.span_in(s), group=telling.group, type=telling.type, dates=nearby
        )
        if d.role
    ]
    yield from told
    if all(d.role == "status_as_of" for d in told):
        yield from _by_status(reading, s, date)


def _by_status(reading: ReadText, s: int, date: DateMention) -> Iterator[Decision]:
    if not date.years:
        return
    mention = _nearest(
        reading, (date.start, date.end), [m for m in reading.statuses[s] if m.status in TOLD_ROLES]
    )
    if mention is None:
        return
    role = "expected" if mention.modality in ("planned", "conditional") else TOLD_ROLES[mention.status]
    yield Decision(role, 0.4, OF_STATUS, f'beside "{reading.text[mention.start : mention.end]}"')


def _nearest[T: Spanned](reading: ReadText, words: tuple[int, int], facts: Sequence[T]) -> T | None:
    """Return the fact that hangs together with some words of the same sentence."""
    root = reading.root_of(*words)
    roots = [(fact, reading.root_of(fact.start, fact.end)) for fact in facts]
    near = [
        (distance(root, other), fact.start, fact)
        for fact, other in roots
        if root is not None and other is not None
    ]
    gap, _, fact = min(near, default=(BESIDE + 1, 0, None), key=lambda row: row[:2])
    return fact if gap <= BESIDE else None


def date_of(reading: ReadText, status: StatusMention) -> str:
    """Return the date (EDTF) that words for a status stand beside, ``""`` where there is none."""
    s = reading.sentence_at(status.start)
    date = _nearest(
        reading, (status.start, status.end), [d for d in reading.dates[s] if d.years and ".." not in d.edtf]
    )
    return date.edtf if date is not None else ""


def _only_date(maker: Maker, sentences: Sentences, telling: Telling) -> list[Claim]:
    """Take the one date beside a thing as the day that something is told of it, where none has a role of its own."""
    reading, s = maker.reading, telling.first.sentence
    near = sentences.take(telling, s, reading.dates[s], inherit=True) or reading.dates[s]
    if len({date.edtf for date in near}) != 1 or not near[0].years:
        return []
    date = near[0]
    role = "held" if telling.kind == "happening" else "announced"
    return [
        maker.claim("date", date.edtf, date.start, date.end, "date-beside", 0.35, role=role, edtf=date.edtf)
    ]


def all_ahead(reading: ReadText, telling: Telling, dates: Sequence[Claim]) -> bool:
    """Tell what is yet to come: by the date that ends its name ("the World Expo 2025"), else by all of its dates."""
    ends = {mention.end for mention in telling.mentions}
    named = [date for date in dates if date.selector.start - 1 in ends]
    return bool(dates) and all(_ahead(reading, date.edtf) for date in named or dates)


def _ahead(reading: ReadText, edtf: str) -> bool:
    """Tell a date after the day on which the text was published: nothing was held then, whatever the tense."""
    published = reading.document.published
    try:
        return bool(published) and bounds(edtf)[0] > bounds(published)[1]
    except ValueError:
        return False
