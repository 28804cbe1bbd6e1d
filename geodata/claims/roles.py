"""The role of an actor or a date toward an event: rules by governing word first, a learned model where they are silent.

``actor_role`` and ``date_role`` give the best role; ``date_roles`` gives every role that the words bear ("In 2009
China began a road" starts it and is the first word of it). A role ``""`` means: do not attach it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from geodata.claims.actors import ActorMention
from geodata.claims.dates import DateMention, find_dates
from geodata.claims.features import Features, actor_features, date_features
from geodata.claims.linear import load_model
from geodata.claims.modality import modality_of_token
from geodata.claims.role_rules import BY_VERB, DATE_RULES, NOUN_ROLES
from geodata.claims.status import DEALS, HAPPENINGS

CLIMB = 5
ALSO = 0.33
"""A commitment that the model gives at least this probability stands beside another role of the same date."""


class Decision(NamedTuple):
    """A role with how sure it is, and the rule that gave it."""

    role: str
    confidence: float
    rule: str
    why: str | Callable[[], str]
    """Why in words, or what says so: the features that weighed most are looked for only where someone asks."""

    @property
    def reason(self) -> str:
        """Why, in words."""
        return self.why if isinstance(self.why, str) else self.why()


FUTURE = {"started", "completed", "held"}


def date_role(
    mention: DateMention, doc: Doc, trigger: tuple[int, int], *, group: str = "", type: str = ""
) -> Decision:
    """Return the likeliest role of a date toward the event that ``trigger`` names."""
    return date_roles(mention, doc, trigger, group=group, type=type)[0]


def date_roles(
    mention: DateMention,
    doc: Doc,
    trigger: tuple[int, int],
    *,
    group: str = "",
    type: str = "",
    dates: tuple[DateMention, ...] = (),
) -> tuple[Decision, ...]:
    """Return every role that a date bears, best first; ``dates`` are the document's, if at hand."""
    ruled = _date_rule(mention, doc, trigger, type)
    if type in HAPPENINGS or type in DEALS:
        return (ruled,)
    features = date_features(mention, doc, dates or find_dates(doc))
    model = load_model("date_role")
    odds = model.probabilities(features)
    also = _commitment(features, odds["commitment"], doc, mention)
    if ruled.role in ("started", "completed", "cancelled"):
        return (ruled, also) if odds["commitment"] >= ALSO else (ruled,)
    if ruled.role == "expected":
        return (ruled, also) if odds["commitment"] >= 0.6 else (ruled,)
    best = max(odds, key=lambda name: odds[name])
    reason = partial(model.reason, features, best)
    if best in ("started", "completed"):
        first = Decision(best, odds[best], "date-model", reason)
        return (first, also) if odds["commitment"] >= ALSO else (first,)
    if ruled.role in ("signed", "announced") or best == "commitment":
        return (also if best == "commitment" else ruled,)
    return (Decision("status_as_of" if odds[best] < 0.75 else "", odds[best], "date-model", reason),)


def _commitment(features: Features, odds: float, doc: Doc, mention: DateMention) -> Decision:
    signed = any(
        name.startswith(
            ("governed:sign", "verb:sign", "verb:conclude", "noun:agreement", "before:sign", "after:sign")
        )
        for name in features
    )
    role = "signed" if signed else "announced"
    reason = partial(load_model("date_role").reason, features, "commitment")
    return Decision(role, odds, "date-model-commitment", reason)


def _date_rule(mention: DateMention, doc: Doc, trigger: tuple[int, int], type: str) -> Decision:
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or not len(span):
        return Decision("", 0.0, "date-no-words", "the span holds no word")
    for governor in _governors(span):
        lemma = governor.lemma_.lower()
        for name, role, lemmas, _ in DATE_RULES:
            if lemma in lemmas and _allowed(role, type):
                return _with_modality(name, role, governor, mention, type)
    if mention.role_hint == "expected":
        return Decision("expected", 0.7, "date-by", 'the words say "by"')
    near = _inside_trigger(mention, doc, trigger)
    if type in HAPPENINGS:
        planned = modality_of_token(span.root.head) in ("planned", "conditional")
        return Decision(
            "expected" if planned else "held", 0.65 if near else 0.4, "date-of-event", "type that happens"
        )
    if type in DEALS:
        return Decision("signed", 0.65 if near else 0.4, "date-of-deal", "type that is signed")
    if (
        modality_of_token(span.root.head if span.root.head.pos_ == "VERB" else _verb_above(span.root))
        == "planned"
    ):
        return Decision("expected", 0.55, "date-of-plan", "its verb is planned")
    return Decision("", 0.3, "date-unclear", "no governing word tells a role")


def _verb_above(token: Token) -> Token:
    return next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), token)


def _allowed(role: str, type: str) -> bool:
    if type in HAPPENINGS:
        return role in ("held", "cancelled", "signed", "announced", "started")
    return role != "held" or type == "" or type in DEALS


def _with_modality(name: str, role: str, governor: Token, mention: DateMention, type: str) -> Decision:
    reason = f'governed by "{governor.lemma_}"'
    modality = modality_of_token(governor)
    if type in HAPPENINGS and role in ("started", "signed", "announced"):
        role = "held"
    if type in DEALS and role == "held":
        role = "signed"
    if (modality in ("planned", "conditional") or mention.role_hint == "expected") and role in FUTURE:
        return Decision("expected", 0.8, f"{name}-planned", reason + f", {modality}")
    if modality == "denied" and role in FUTURE:
        return Decision("cancelled" if type in HAPPENINGS else "", 0.5, f"{name}-denied", reason)
    return Decision(role, 0.8, name, reason)


def _inside_trigger(mention: DateMention, doc: Doc, trigger: tuple[int, int]) -> bool:
    a = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    b = doc.char_span(*trigger, alignment_mode="expand")
    return a is not None and b is not None and len(a) > 0 and len(b) > 0 and a.sent.start == b.sent.start


def _governors(span: Span) -> list[Token]:
    """Return the words a mention hangs on, nearest first, up to and with its first verb and that verb's own."""
    found: list[Token] = []
    token = span.root
    verbs = 0
    for _ in range(CLIMB):
        head = token.head
        if head.i == token.i:
            break
        if head.pos_ in ("VERB", "NOUN", "ADJ", "PROPN") or head.dep_ == "ROOT":
            found.append(head)
            if head.pos_ == "VERB":
                found.extend(c for c in head.children if c.dep_ in ("xcomp",) and c.i < span.start)
                found.extend(p for c in head.children if c.lower_ == "into" for p in c.children)
                found.extend(
                    c for c in head.children if c.dep_ in ("nsubjpass", "nsubj") and c.pos_ == "NOUN"
                )
                verbs += 1
                if verbs == 2:
                    break
        token = head
    return found


BUILT_GROUPS = frozenset({"energy", "transport", "industry", "other", ""})


def actor_role(
    mention: ActorMention,
    doc: Doc,
    trigger: tuple[int, int],
    *,
    group: str = "",
    type: str = "",
    actors: tuple[ActorMention, ...] = (),
) -> Decision:
    """Return the role of an actor toward the event that ``trigger`` names.

    ``actors`` are all of the document's, if they are at hand.
    """
    ruled = _actor_rule(mention, doc, trigger, type)
    if mention.kind not in ("company", "organisation") or type in HAPPENINGS or group not in BUILT_GROUPS:
        return ruled
    features = actor_features(mention, doc, actors)
    model = load_model("actor_role")
    odds = model.probabilities(features)
    best = max(odds, key=lambda name: odds[name])
    reason = partial(model.reason, features, best)
    if best == "funding":
        return Decision("funding", odds[best], "actor-model-funding", reason)
    if best == "implementing":
        role = ruled.role if ruled.role in ("contractor", "supplier", "operator", "owner") else "implementing"
        return Decision(role, odds[best], "actor-model-implementing", reason)
    if ruled.role in ("funding", "contractor", "implementing") and odds["none"] < 0.75:
        return ruled._replace(confidence=1.0 - odds["none"])
    weaker = max(FLOOR if _acts_on(mention, doc, trigger) else 0.05, 1.0 - odds["none"])
    return ruled._replace(confidence=min(ruled.confidence, weaker))


FLOOR = 0.45
"""How sure at least of who is named in the clause of a thing, whatever the model, which knows narratives only."""


def _acts_on(mention: ActorMention, doc: Doc, trigger: tuple[int, int]) -> bool:
    """Tell whether an actor is the subject or agent of a verb that the thing hangs on, or of its sentence."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    thing = doc.char_span(*trigger, alignment_mode="expand")
    if span is None or thing is None or not len(span) or not len(thing):
        return False
    if span.sent.start != thing.sent.start:
        return _leads(span)
    root = _leader(span)
    verb = root.head
    return (
        root.dep_ in ("nsubj", "agent")
        and verb.pos_ in ("VERB", "AUX")
        and verb.i in {a.i for a in thing.root.ancestors}
    )


def _leader(span: Span) -> Token:
    """Return the word by which an actor's phrase hangs on its verb."""
    root = span.root
    while root.dep_ in ("conj", "appos", "compound") and root.head.i != root.i:
        root = root.head
    if root.dep_ == "pobj" and root.head.dep_ == "agent":
        root = root.head
    return root


def _leads(span: Span) -> bool:
    """Tell whether an actor is the subject of a sentence that speaks of a thing by a pronoun: "X inaugurated it"."""
    root = _leader(span)
    verb = root.head
    main = verb.dep_ == "ROOT" or (verb.dep_ in ("conj", "ccomp") and verb.head.dep_ == "ROOT")
    again = any(t.lower_ in ("it", "them") and t.i > span.end for t in span.sent)
    return root.dep_ in ("nsubj", "agent") and main and again


THROUGH_OBJECTS = frozenset({"supplier-from", "buyer-to"})


def _actor_rule(mention: ActorMention, doc: Doc, trigger: tuple[int, int], type: str) -> Decision:
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or not len(span):
        return Decision("", 0.0, "actor-no-words", "the span holds no word")
    root = span.root
    while root.dep_ in ("conj", "appos") and root.head.i != root.i and root.head.pos_ in ("PROPN", "NOUN"):
        root = root.head
    path, token = _path(root), root
    first = path  # "purchased missiles from Russia": the preposition may hang on the thing, not on the verb
    for _ in range(CLIMB):
        head = token.head
        if head.i == token.i:
            break
        if head.pos_ in ("NOUN", "PROPN"):
            lemma = head.lemma_.lower()
            for name, role, lemmas, paths in NOUN_ROLES:
                if lemma in lemmas and (path in paths or path == "possessive"):
                    return Decision(role, 0.75, f"actor-{name}", f'{path} of "{head.lemma_}"')
        if head.pos_ in ("VERB", "AUX"):
            for rule in BY_VERB.get(head.lemma_.lower(), ()):
                through = rule.name in THROUGH_OBJECTS and first in rule.paths
                if path in rule.paths or through:
                    return Decision(
                        rule.role, rule.confidence, f"actor-{rule.name}", f'{path} of "{head.lemma_}"'
                    )
        if head.pos_ != "ADP" and head.dep_ not in ("xcomp", "ccomp", "conj", "pcomp", "acl", "relcl"):
            path = _path(head) if head.pos_ in ("NOUN", "PROPN") else path
        token = head
    near = span.sent.start_char <= trigger[0] < span.sent.end_char
    if mention.kind in ("state", "person", "armed_group", "unit", "organisation") and (
        near or type in HAPPENINGS
    ):
        sure = 0.5 * mention.confidence + (0.15 if near else 0.0)
        return Decision("participant", sure, "actor-in-sentence", "named in the sentence of the event")
    if mention.kind != "unit" and _leads(span):
        return Decision("participant", 0.45, "actor-leads", "subject of a sentence about the thing")
    if mention.kind in ("company", "organisation") and mention.rule in ("alias", "name-suffix"):
        return Decision("participant", 0.3, "actor-named", "a company or organisation, named in full")
    return Decision("", 0.2, "actor-unclear", "no governing word tells a role")


def _path(token: Token) -> str:
    """Name how a word hangs on its governor: subject, agent, object, possessive, or the preposition itself."""
    if token.dep_ in ("nsubj", "csubj"):
        return "subject"
    if token.dep_ == "poss":
        return "possessive"
    if token.dep_ in ("dobj", "nsubjpass", "iobj", "dative"):
        return "object"
    if token.dep_ == "pobj":
        return "agent" if token.head.dep_ == "agent" else token.head.lower_
    return token.dep_
