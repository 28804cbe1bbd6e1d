"""Where sources differ, in words: what each side says, who says it, and the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geodata.records import Claim, Conflict, Document, Project, Selector
from geodata.vocabulary import Vocabulary
from geodata.wording import date_words, source_words, value_words

MOST_NAMED = 2
"""Sources that a side names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values that cannot all be true."""

    value: str
    """In words: "completed", "Karachi to Lahore"."""
    sources: tuple[str, ...]
    """Who says so, in words: "Dawn, 2018"."""
    documents: tuple[str, ...]
    """Their ids, in the same order."""
    quote: str
    """The words of the first of them, with what stands around them."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What the sources of one project differ on, the side that stands first."""

    about: str
    """"status", "date signed", "sum (pledge)"."""
    sides: tuple[Side, ...]

    @property
    def line(self) -> str:
        """One sentence: "Sources disagree on the status: “completed” says Dawn, 2018; “planned” says …"."""
        told = "; ".join(f"“{side.value}” {_who(side.sources)}" for side in self.sides)
        return f"Sources disagree on the {self.about}: {told}." if told else ""


def disagreements(
    project: Project, documents: Mapping[str, Document], vocabulary: Vocabulary
) -> tuple[Disagreement, ...]:
    """Return what a project's sources differ on, in words; ``documents`` name the sources where they are known."""
    claims = {claim.id: claim for claim in project.claims}
    return tuple(
        Disagreement(
            _about(conflict, vocabulary),
            _sides(
                [claims[id_] for id_ in conflict.claims if id_ in claims], conflict, documents, vocabulary
            ),
        )
        for conflict in project.conflicts
    )


def _about(conflict: Conflict, vocabulary: Vocabulary) -> str:
    """Return a conflict's property in words; ``date signed`` is "date: signed" with the label of the role."""
    name, _, rest = conflict.property.partition(" ")
    if name == "date" and rest in vocabulary.date_roles:
        return f"date {vocabulary.date_roles[rest].label}"
    return {"place": "place", "value": "sum", "spelling": "spelling of a name"}.get(name, conflict.property)


def _sides(
    claims: Sequence[Claim], conflict: Conflict, documents: Mapping[str, Document], vocabulary: Vocabulary
) -> tuple[Side, ...]:
    told: dict[str, list[Claim]] = {}
    for words, claim in _said(claims, conflict, vocabulary):
        told.setdefault(words, []).append(claim)
    used = dict.fromkeys(claim.document for claim in claims)
    names = _names(used, documents)
    sides = []
    for words, group in told.items():
        ids = tuple(dict.fromkeys(claim.document for claim in group))
        sides.append(Side(words, tuple(names[id_] for id_ in ids), ids, _around(group[0].selector)))
    return tuple(sides)


def _around(where: Selector) -> str:
    """Return the words of a claim with what stands before and behind them, from word to word."""
    before = where.prefix.partition(" ")[2] if where.prefix[:1].strip() else where.prefix
    behind = where.suffix.rpartition(" ")[0] if where.suffix[-1:].strip() else where.suffix
    words = f"{before}{where.exact}{behind}"
    if where.prefix or where.suffix:
        words = f"… {words.strip()} …"
    return " ".join(words.split())


def _said(claims: Sequence[Claim], conflict: Conflict, vocabulary: Vocabulary) -> Iterable[tuple[str, Claim]]:
    """Yield what each claim says, in words; the two ends of a route say one thing together."""
    if conflict.property == "direction":
        for first, last in zip(claims[::2], claims[1::2], strict=False):
            yield f"{first.value} to {last.value}", first
    elif conflict.property == "partner":
        by_document: dict[str, dict[str, Claim]] = {}
        for claim in claims:
            by_document.setdefault(claim.document, {}).setdefault(claim.value, claim)
        for named in by_document.values():
            yield ", ".join(sorted(named)), next(iter(named.values()))
    else:
        for claim in claims:
            yield claim_words(claim, vocabulary), claim


def claim_words(claim: Claim, vocabulary: Vocabulary) -> str:
    """Return what one claim says, in words."""
    if claim.role == "rejected_venue":
        return f"{claim.value} refused"
    if claim.property == "date":
        return date_words(claim.edtf or claim.value)
    if claim.property == "value":
        return value_words(claim)
    if claim.property == "status":
        status = vocabulary.statuses.get(claim.value)
        return status.label if status is not None else claim.value.replace("_", " ")
    return vocabulary.label(claim.value) if claim.property == "type" else claim.value


def _names(ids: Iterable[str], documents: Mapping[str, Document]) -> dict[str, str]:
    """Name each source; two that would have one name get their titles beside it."""
    known = {id_: documents.get(id_) for id_ in ids}
    names = {id_: source_words(doc) if doc is not None else id_ for id_, doc in known.items()}
    taken = list(names.values())
    return {
        id_: f"{name} ({doc.title or id_})" if taken.count(name) > 1 and (doc := known[id_]) else name
        for id_, name in names.items()
    }


def _who(sources: Sequence[str]) -> str:
    named, more = sources[:MOST_NAMED], len(sources) - MOST_NAMED
    words = " and ".join(named) if more <= 0 else f"{', '.join(named)} and {more} more"
    return f"{'says' if len(sources) == 1 else 'say'} {words}"
