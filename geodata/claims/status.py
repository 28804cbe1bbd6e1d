"""How far a project is, from the words of its sentences, with modality and negation.

A cue of ``vocabulary/statuses.toml`` is found in the text; the modality of its words decides what it says:
"was completed" is completed, "should be completed" is not, "could not be initiated" is stalled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from geodata.claims.beginnings import Finder
from geodata.claims.modality import modality_of, modality_of_token, statuses_table
from geodata.claims.words import words_of
from geodata.records import Modality

HAPPENINGS = frozenset(
    {"visit", "summit", "joint_exercise", "attack", "conflict", "protest", "trade_event", "legal_change",
     "organisation", "diplomatic_mission", "sanctions"}
)  # fmt: skip
"""Types that happen rather than get built: asserted, they were held."""
VIOLENT = frozenset({"attack", "conflict", "protest"})
"""Happenings that nobody calls off: what is "dropped" or "called off" near one is something else."""
DEALS = frozenset({"treaty", "defence_agreement", "trade_agreement", "arms_transfer", "lng_supply", "loan"})
"""Types that are concluded: asserted, they were signed."""
EVENT_ONLY = frozenset({"held", "planned"})
NEGATION = re.compile(r"\b(?:not|never|no|nothing)\b|\byet\sto\b", re.IGNORECASE)
OWN_SENSE = frozenset({"to-open", "overdue"})
"""Cues that hold their own modal verb."""
BESIDE = 60
"""Characters before and after a cue whose words may tell that it is not so yet."""
MEMORANDUM_REACH = 90
"""Characters between "signed" and the memorandum that it is about."""


@dataclass(frozen=True, slots=True)
class StatusMention:
    """Words that tell a status: half-open character span, the status, how sure the text is."""

    start: int
    end: int
    status: str
    modality: Modality
    rule: str
    confidence: float
    stage: int = 0


@dataclass(frozen=True, slots=True)
class Cue:
    """One named pattern of a status."""

    status: str
    name: str
    pattern: re.Pattern[str]
    stage: int
    planned: str
    denied: str
    last_verb: bool = False


@cache
def cues() -> tuple[Cue, ...]:
    """All cues of the vocabulary file, in its order."""
    return tuple(
        Cue(
            status["id"],
            cue["name"],
            re.compile(rf"(?<![\w-]){cue['pattern']}(?!\w)", re.IGNORECASE),
            int(status["stage"]),
            cue.get("planned", ""),
            cue.get("denied", ""),
            cue.get("head") == "last",
        )
        for status in statuses_table()["status"]
        for cue in status.get("cue", ())
    )


@cache
def _finder() -> Finder:
    return Finder(cue.pattern for cue in cues())


@cache
def stages() -> dict[str, int]:
    """Status id -> its place along a project's life."""
    return {status["id"]: int(status["stage"]) for status in statuses_table()["status"]}


def find_statuses(doc: Doc) -> tuple[StatusMention, ...]:
    """Return every status that a text tells, in order; of cues that overlap the longest stands."""
    text = words_of(doc).text
    hits = [(m.start(), m.end(), cues()[number]) for number, m in _finder().find(text)]
    hits.sort(key=lambda hit: (hit[0] - hit[1], hit[0], hit[2].status, hit[2].name))
    taken = bytearray(len(text) + 1)
    found = []
    for start, end, cue in hits:
        if any(taken[start:end]):
            continue
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None or not len(span):
            continue
        taken[start:end] = b"\x01" * (end - start)
        mention = _mention(span, cue, start, end, text)
        if mention is not None:
            found.append(mention)
    return tuple(_without_signed_memoranda(sorted(found, key=lambda m: m.start)))


def _without_signed_memoranda(found: list[StatusMention]) -> list[StatusMention]:
    """Let "signed a memorandum of understanding" say mou_signed alone, not signed as well."""
    memoranda = [m for m in found if m.status == "mou_signed"]
    return [
        m
        for m in found
        if m.rule != "status-signed"
        or not any(-MEMORANDUM_REACH < o.start - m.end < MEMORANDUM_REACH for o in memoranda)
    ]


@cache
def _not_yet() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of the words before and after a cue that tell that it is not so yet."""
    table = statuses_table()["context"]
    return tuple(re.compile(table[name], re.IGNORECASE) for name in ("planned_before", "planned_after"))  # type: ignore[return-value]


def _is_not_yet(span: Span, start: int, end: int, text: str) -> bool:
    """Tell "when completed", "is set for completion", "completion scheduled for April" from "completed in April"."""
    before, after = _not_yet()
    sentence = span.root.sent
    lead = text[max(sentence.start_char, start - BESIDE) : start]
    return bool(before.search(lead) or after.search(text[end : min(sentence.end_char, end + BESIDE)]))


def _mention(span: Span, cue: Cue, start: int, end: int, text: str) -> StatusMention | None:
    verbs = [token for token in span if token.pos_ == "VERB"]
    modality = modality_of_token(verbs[-1]) if cue.last_verb and verbs else modality_of(span)
    within = modality == "denied" and not cue.denied and NEGATION.search(text[start:end])
    if cue.name in OWN_SENSE or within:
        modality = "asserted"  # "was never built" is what the cue says, not its denial
    if modality == "asserted" and cue.planned and cue.stage > 4 and _is_not_yet(span, start, end, text):
        modality = "planned"
    status, confidence = cue.status, 0.85
    if modality == "denied":
        status, confidence = cue.denied, 0.75
    elif modality in ("planned", "conditional"):
        status, confidence = (cue.planned, 0.5) if cue.planned else (cue.status, 0.4)
        if not cue.planned and cue.stage >= 6:
            return None  # "may be delayed" tells no delay
    elif modality == "alleged":
        confidence = 0.5
    if not status:
        return None
    rule = f"status-{cue.name}" + (f"-{modality}" if modality != "asserted" else "")
    return StatusMention(start, end, status, modality, rule, confidence, stages()[status])


def clause_mention(status: str, verb: Token) -> StatusMention:
    """Return what a thing's own clause says of it (``clauses.clause_status``) as a mention, less sure than a cue."""
    modality: Modality = "planned" if status == "proposed" else "asserted"
    start, end = verb.idx, verb.idx + len(verb.text)
    return StatusMention(start, end, status, modality, "status-clause", 0.5, stages()[status])


def status_of(
    doc: Doc,
    spans: Iterable[tuple[int, int]],
    trigger: tuple[int, int],
    *,
    type: str = "",
    mentions: tuple[StatusMention, ...] | None = None,
) -> tuple[StatusMention, ...]:
    """Return what the given stretches of a text say of one project's status, best first.

    ``spans`` are the sentences that are about it, ``trigger`` the words that name it, ``mentions`` the result of
    ``find_statuses`` if it is at hand. What is asserted beats what is planned; a later stage beats an earlier
    one; words in the trigger's own sentence beat others. Where no cue speaks, the tense of the trigger's own
    clause does.
    """
    inside = list(spans)
    found = [
        m
        for m in (find_statuses(doc) if mentions is None else mentions)
        if any(start <= m.start < end for start, end in inside) and _fits(m, type)
    ]
    default = _from_trigger(doc, trigger, type)
    if default is not None and not (
        default.status == "signed" and any(m.status == "mou_signed" for m in found)
    ):
        found.append(default)
    return tuple(sorted(found, key=lambda m: _worth(m, trigger, type), reverse=True))


def _fits(mention: StatusMention, type: str) -> bool:
    """Leave out what cannot be said of a type: a refinery is not "held", a visit not "under construction"."""
    if type in VIOLENT:
        return mention.status in ("held", "planned")
    if type in HAPPENINGS:
        return mention.status in ("held", "planned", "cancelled", "delayed", "stalled", "proposed")
    if type in DEALS:
        return mention.status not in ("held", "planned", "under_construction", "operating")
    return mention.status not in EVENT_ONLY


def _worth(mention: StatusMention, trigger: tuple[int, int], type: str) -> tuple[float, int]:
    distance = max(mention.start - trigger[1], trigger[0] - mention.end, 0)
    sure = {"asserted": 1.0, "denied": 0.95, "alleged": 0.5, "planned": 0.35, "conditional": 0.2}[
        mention.modality
    ]
    near = 1.0 / (1.0 + distance / 400.0)
    return (sure * 2.0 + mention.stage * 0.12 + near * 0.6 + mention.confidence * 0.3, -mention.start)


def _came_about(root: Token) -> bool:
    """Tell what came about though its words hang on others: "following the attack", "the decision to revoke"."""
    if root.dep_ == "pobj" and root.head.lower_ in ("after", "following"):
        return True
    return (
        root.pos_ == "VERB"
        and root.dep_ in ("acl", "advcl", "relcl")
        and root.head.lemma_.lower() == "decision"
    )


def _agreed(root: Token) -> bool:
    """Tell a deal that was made: "they agreed that Kenya would buy two jets"."""
    above = root.head
    return root.dep_ in ("ccomp", "xcomp") and above.lemma_ == "agree" and above.tag_ in ("VBD", "VBN")


def _from_trigger(doc: Doc, trigger: tuple[int, int], type: str) -> StatusMention | None:
    """Read the status from the trigger's own clause: "visited" was held, "will visit" is planned."""
    span = doc.char_span(*trigger, alignment_mode="expand")
    if span is None or not len(span) or type not in HAPPENINGS | DEALS:
        return None
    modality = modality_of_token(span.root)
    if modality in ("conditional", "planned") and (
        _came_about(span.root) or (type in DEALS and _agreed(span.root))
    ):
        modality = "asserted"
    happened = "held" if type in HAPPENINGS else "signed"
    status = {
        "asserted": happened,
        "alleged": happened,
        "planned": "planned" if type in HAPPENINGS else "under_negotiation",
        "conditional": "proposed",
        "denied": "cancelled",
    }[modality]
    confidence = 0.55 if modality == "asserted" else 0.4
    return StatusMention(
        *trigger, status, modality, f"status-tense-{modality}", confidence, min(stages()[status], 4)
    )
