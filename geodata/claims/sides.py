"""Which countries the words of a text make give, and which receive: "granted Costa Rica $83 million", "Chad's debt".

A country acts through whatever of it does: its government, a bank or a ministry in whose name it stands.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from spacy.tokens import Token

from geodata.claims.sharing import Sentences
from geodata.claims.telling import Telling
from geodata.claims.word_lists import word_list

GIFTS = word_list("gifts")
GIVING = word_list("giving")
RECEIVING = word_list("receiving")
ENVOYS = word_list("envoys")
FORGIVING = word_list("forgiving")
CLIMB = 6
"""Words of one name or noun phrase to climb at most."""
NEAR = 4
"""Words before a loan in which a verb may stand that frees its debtor, whatever the parser makes of it."""
PARTS = frozenset({"compound", "nmod", "amod", "poss", "appos", "nummod"})
OWED = "debt"
SENT = frozenset({"official", "representative", "delegation", "minister", "executive"})
"""People whom others send: "officials from the ministry"."""
SIGNING = frozenset({"sign", "conclude"})


class Sides(NamedTuple):
    """Countries by what words make of them."""

    giving: set[str]
    receiving: set[str]
    signing: set[str]
    """They sign with someone, so they receive where the other gives."""
    lending: set[str]
    """A bank of theirs signs."""


def sides_by_words(sentences: Sentences, telling: Telling) -> Sides:
    """Return the countries that give, receive and sign in the sentences of a telling."""
    found = Sides(set(), set(), set(), set())
    for s in telling.sentences:
        things = {t.i for t in sentences.triggers(telling, s)}
        for toponym in sentences.reading.toponyms[s]:
            root = sentences.reading.root_of(toponym.start, toponym.end)
            if root is None or toponym.place is None or not toponym.place.country:
                continue
            side = _side(root, things)
            if side is not None:
                found[side].add(toponym.place.country)
    if len(found.lending) > 1:  # the bank that lends and the one that borrows
        return Sides(found.giving, found.receiving, found.signing | found.lending, set())
    return found


def lenders_by_money(sentences: Sentences, telling: Telling) -> set[str]:
    """Return the countries in whose money a loan or grant is, for want of better: codes of ISO 4217 begin with them."""
    return {
        value.unit[:2]
        for s in telling.sentences
        for value in sentences.reading.values[s]
        if value.kind in GIVEN_KINDS
        and len(value.unit) == 3
        and value.unit not in OF_ALL
        and value.unit[0] != "X"
    }


GIVEN_KINDS = frozenset({"loan", "grant", "pledge", "commitment", "funding", "disbursement"})
OF_ALL = frozenset({"USD", "EUR"})
"""Money that everyone lends in."""


GIVES, RECEIVES, SIGNS, LENDS = range(4)


def _side(root: Token, things: Collection[int]) -> int | None:
    """Return what the words around a name make of its country, as the number of a field of ``Sides``."""
    token = root
    for _ in range(CLIMB):
        head = token.head
        of = token.dep_ == "pobj" and head.lower_ == "of" and head.head.pos_ in ("NOUN", "PROPN")
        if token.dep_ in PARTS or of:
            owned = head.head if of else head
            if owned.lemma_.lower() in GIFTS or owned.lemma_.lower() == OWED:
                return RECEIVES if _frees(owned) else None if of else GIVES
            if owned.i in things and token.dep_ == "poss":
                return RECEIVES  # "launched Ruritania's first satellite"
            token = owned
        elif token.dep_ == "conj" and head.pos_ in ("NOUN", "PROPN"):
            token = head
        elif token.dep_ == "pobj" and head.lower_ == "from" and head.head.lemma_.lower() in SENT:
            token = head.head
        else:
            break
    if token.dep_ == "nsubj" and token.lemma_.lower() == "bank" and token.head.lemma_.lower() in SIGNING:
        return LENDS
    if _gives(token):
        return GIVES
    if _is_given(token) or _takes(token):
        return RECEIVES
    return SIGNS if _signs(token) else None


def _frees(owned: Token) -> bool:
    """Tell a debtor from a lender: "cancelled Ruritania's loans" frees Ruritania, "Ruritania's loan" is by it."""
    around = [*[*owned.ancestors][:NEAR], *owned.doc[max(0, owned.i - NEAR) : owned.i]]
    return owned.lemma_.lower() == OWED or any(t.lemma_.lower() in FORGIVING for t in around)


def _gives(token: Token) -> bool:
    """Tell who gives: "China granted", "given by China", "its debt to China"."""
    head = token.head
    if token.dep_ == "nsubj":
        return head.lemma_.lower() in GIVING
    if token.dep_ != "pobj":
        return False
    if head.dep_ == "agent":
        return head.head.lemma_.lower() in GIVING
    return head.lower_ == "to" and head.head.lemma_.lower() in {OWED, "owe"} | FORGIVING


def _is_given(token: Token) -> bool:
    """Tell who something is given to: "lent Bolivia 60 million", "a grant to …", "the embassy in …"."""
    head = token.head
    lemma = head.lemma_.lower()
    if token.dep_ == "dative":
        return True
    if token.dep_ == "nsubjpass":
        return lemma in GIVING and any(c.dep_ in ("dobj", "oprd", "attr") for c in head.children)
    if token.dep_ == "dobj":
        later = (c for c in head.children if c.dep_ in ("dobj", "npadvmod"))
        return lemma in GIVING and any(c.i > token.i for c in later)
    if token.dep_ != "pobj":
        return False
    above = head.head.lemma_.lower()
    if head.lower_ in ("in", "to") and above in ENVOYS:
        return True
    return head.lower_ in ("to", "for") and (head.dep_ == "dative" or above in GIVING or above in GIFTS)


def _takes(token: Token) -> bool:
    """Tell who takes something: "Jamaica received", "accepted by the ministry of Chad"."""
    head = token.head
    if token.dep_ == "nsubj":
        return head.lemma_.lower() in RECEIVING
    return token.dep_ == "pobj" and head.dep_ == "agent" and head.head.lemma_.lower() in RECEIVING


def _signs(token: Token) -> bool:
    """Tell who signs, or with whom: "the bank and the ministry of Chad signed", "a loan agreement with Jamaica"."""
    head = token.head
    if token.dep_ == "nsubj":
        return head.lemma_.lower() in SIGNING
    if token.dep_ != "pobj" or head.lower_ != "with":
        return False
    above = head.head
    gift = above.lemma_.lower() in GIFTS or any(c.lemma_.lower() in GIFTS for c in above.children)
    return gift or above.lemma_.lower() in SIGNING


def is_of_gift(root: Token) -> bool:
    """Tell an end of what is given, not of a line: "a loan from Ruritania to Ecuador"; "a loan for a road from …"."""
    for token in [*root.ancestors][:CLIMB]:
        if token.lower_ == "for" or token.pos_ in ("VERB", "AUX"):
            return token.lemma_.lower() in GIVING
        if token.lemma_.lower() in GIFTS:
            return True
    return False
