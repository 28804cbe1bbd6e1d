"""How far a thing is, from the clause that it stands in: who does what to it, or what it does, and in which tense.

"The line carries ore" and "is used by the navy" tell of a thing at work, "Ruritania builds a dam" of one under
construction, "a second berth would cost" of a plan: no list of phrases holds them all. The words of
``vocabulary/statuses.toml`` ([clause]) say what the verbs mean; the tree says whether they are said of the thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Token

from geodata.claims.modality import modality_of_token, statuses_table

PARTS = frozenset(
    {"stage", "phase", "section", "part", "construction", "building", "half", "stretch", "leg", "third"}
)
"""What is said of such a noun "of" a thing is said of the thing."""
LINKS = frozenset({"compound", "nmod", "amod", "appos", "conj"})
CLIMB = 4
SUBJECT, PASSIVE, OBJECT, PARTICIPLE = "subject", "passive", "object", "participle"
ROLES = {"nsubj": SUBJECT, "nsubjpass": PASSIVE, "dobj": OBJECT}
AT = frozenset({"at", "on", "through", "via", "over", "across", "along", "from", "into"})
"""Prepositions by which what goes on at a thing shows it at work: "ships unload at the quay"."""


@cache
def _verbs(name: str) -> frozenset[str]:
    return frozenset(statuses_table()["clause"][name].split())


def clause_status(thing: Token) -> tuple[str, Token] | None:
    """Return the status that a thing's own clauses give it, and the verb that does; ``None`` where none tells it."""
    found = [
        (status, verb)
        for verb, role in _clauses_of(_phrase(thing))
        if (status := _status(verb, role)) is not None
    ]
    told = [pair for pair in found if pair[0]]
    return max(told, key=lambda pair: (pair[0] != "proposed", pair[1].i), default=None)


def _clauses_of(head: Token) -> Iterator[tuple[Token, str]]:
    """Yield every verb that a thing hangs on or that tells of it, with the thing's part in it."""
    verb = head.head
    if head.dep_ in ROLES and verb.pos_ in ("VERB", "AUX"):
        yield verb, ROLES[head.dep_]
        for other in verb.conjuncts:
            own = any(c.dep_ in ("nsubj", "nsubjpass") for c in other.children)
            if other.pos_ in ("VERB", "AUX") and other.i > verb.i and not own and head.dep_ != "dobj":
                passive = any(c.dep_ == "auxpass" for c in other.children)
                yield other, PASSIVE if passive else SUBJECT
    elif head.dep_ == "pobj" and verb.lower_ in AT and verb.head.pos_ == "VERB":
        yield verb.head, "place"
    for child in head.children:
        if child.dep_ == "relcl":
            which = next(
                (c for c in child.children if c.lower_ in ("which", "that") and c.dep_ in ROLES), None
            )
            if which is not None:
                yield child, ROLES[which.dep_]
        elif child.dep_ == "acl" and child.tag_ == "VBN":
            yield child, PARTICIPLE


def _phrase(token: Token) -> Token:
    """Return the word by which a thing's phrase hangs on its clause: "stage" of "the first stage of the pipeline"."""
    for _ in range(CLIMB):
        head = token.head
        if token.dep_ in LINKS and head.pos_ in ("NOUN", "PROPN"):
            token = head
        elif token.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in PARTS:
            token = head.head
        else:
            break
    return token


def _status(verb: Token, role: str) -> str | None:
    modality = modality_of_token(verb)
    if modality in ("denied", "alleged"):
        return None
    if role != "place" and (modality in ("planned", "conditional") or _is_to(verb)):
        return "proposed"
    lemma = verb.lemma_.lower()
    if role == SUBJECT:
        return _of_subject(verb, lemma)
    if role == "place":
        return "operating" if _present(verb) and lemma in _verbs("serves") else None
    return _of_object(verb, lemma, role)


def _is_to(verb: Token) -> bool:
    """Tell "was to take", "is to cost"."""
    told = verb if verb.tag_ == "VB" else next((c for c in verb.children if c.dep_ == "xcomp"), None)
    plain = verb.tag_ == "VB" or verb.lemma_ == "be"
    return plain and told is not None and told.tag_ == "VB" and any(c.tag_ == "TO" for c in told.children)


def _present(verb: Token) -> bool:
    """Tell the present, the perfect and the progressive from the past."""
    if verb.tag_ in ("VBZ", "VBP"):
        return True
    return any(c.tag_ in ("VBZ", "VBP") for c in verb.children if c.dep_ in ("aux", "auxpass"))


def _of_subject(verb: Token, lemma: str) -> str | None:
    if lemma in _verbs("opens"):
        return "operating"
    if lemma in _verbs("begins"):
        return "under_construction"
    if not _present(verb) or lemma in _verbs("idle"):
        return None
    if lemma == "be":
        said = [w for child in verb.children if child.dep_ in ("attr", "acomp") for w in child.subtree]
        return "operating" if any(w.tag_ in ("JJS", "RBS") for w in said) else None
    return "operating"  # what does something today is at work


def _of_object(verb: Token, lemma: str, role: str) -> str | None:
    if lemma in _verbs("makes"):
        being = any(c.lower_ == "being" for c in verb.children) or (
            role == OBJECT and (verb.tag_ in ("VBZ", "VBP") or (verb.tag_ == "VBG" and _present(verb)))
        )
        return "under_construction" if being else "completed"
    for name, status in (("begins", "under_construction"), ("ends", "completed"), ("opens", "operating")):
        if lemma in _verbs(name):
            return status
    if lemma in _verbs("wishes"):
        return "proposed"
    serving = _present(verb) or role == PARTICIPLE
    return "operating" if serving and lemma in _verbs("serves") else None


STOPS = frozenset({"stalled", "cancelled", "delayed"})


def stops_another(verb: Token, things: Iterable[Token], status: str) -> bool:
    """Tell whether what is stopped is something other than the thing: "its request was turned down"."""
    patient = next(
        (c for dep in ("nsubjpass", "dobj", "nsubj") for c in verb.children if c.dep_ == dep), None
    )
    if status not in STOPS or verb.pos_ != "VERB" or patient is None or patient.pos_ != "NOUN":
        return False
    own = {t.i for t in things}
    return patient.lemma_.lower() not in _verbs("whole") and not own & {t.i for t in patient.subtree}


def pronouns(tokens: Iterable[Token]) -> list[Token]:
    """Return the pronouns of a sentence that may stand for a thing: "It carries ore"."""
    return [t for t in tokens if t.lower_ == "it" and t.dep_ in ROLES]
