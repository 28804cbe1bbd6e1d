"""How words name a thing: its article, what goes before it, whether it is one thing or a kind of things."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from geodata.claims.mentions import Definite
from geodata.claims.word_lists import word_list
from geodata.claims.words import words_of

NOUN_PARTS = frozenset(
    {"det", "amod", "compound", "nummod", "poss", "nmod", "advmod", "punct", "case", "quantmod"}
)
CARRIERS = word_list("carriers")
ANOTHER = word_list("another")
GIVEN = word_list("given")
CONNECTING = word_list("connecting")
ATTACKING = word_list("attacking")
CARRYING = word_list("carrying")
WHERE = word_list("where")
DIGIT = re.compile(r"\d")
CODE = re.compile(r"[A-Z][A-Za-z]{0,4}-?\d{1,4}[A-Z]{0,3}")


def says_what_it_is(head: Token) -> bool:
    """Tell "It is a transnational corridor" from a new corridor: it says what the thing before is."""
    if head.dep_ != "attr" or head.head.lemma_ != "be":
        return False
    return any(c.dep_ == "nsubj" and c.lower_ in ("it", "this", "that", "which") for c in head.head.children)


def connected(head: Token) -> bool:
    """Tell what a line only connects: "to connect LNG terminals in two provinces", "from the highway to the port"."""
    if head.dep_ == "pobj" and head.head.lower_ in ("from", "to"):
        other = "to" if head.head.lower_ == "from" else "from"
        return any(c.dep_ == "prep" and c.lower_ == other for c in head.head.head.children)
    return head.dep_ == "dobj" and head.head.lemma_.lower() in CONNECTING


def attacked(head: Token) -> bool:
    """Tell what is only fought over: "gunmen attacked the Manda Bay airfield", "the port was bombed"."""
    return head.dep_ in ("dobj", "nsubjpass") and head.head.lemma_.lower() in ATTACKING


def carried(head: Token) -> bool:
    """Tell a cargo: "which shall bring surplus hydropower out of the mountains"; a thing with an article is none."""
    bare = not any(child.dep_ in ("det", "poss", "nummod") for child in head.children)
    return bare and head.dep_ == "dobj" and head.head.lemma_.lower() in CARRYING


def only_where(head: Token) -> bool:
    """Tell a thing that only says where another is: "will pass through Gwadar port"."""
    return head.dep_ == "pobj" and head.head.lower_ in WHERE


def own_name(doc: Doc, first: int, last: int, pattern: bool) -> str:
    """Return the capitalised words that stand before a trigger and make it a name, in lower case."""
    if not doc[last].text[:1].isupper():
        within = [t.lower_ for t in doc[first:last] if pattern and t.pos_ == "PROPN" and t.text[0].isupper()]
        return " ".join(within) or _proper_before(doc, first)
    words = [t.lower_ for t in doc[first:last] if pattern and t.is_alpha and t.text[0].isupper()]
    i = first - 1
    while i >= 0 and (doc[i].text[:1].isupper() or doc[i].text in ("-", "–")) and not doc[i].is_sent_start:
        if doc[i].is_alpha:
            words.append(doc[i].lower_)
        i -= 1
    return " ".join(reversed(words))


def _proper_before(doc: Doc, first: int) -> str:
    """Return the name that stands before a common noun: "Cebren" in "the Cebren dam"; no adjective of a country."""
    words: list[str] = []
    i = first - 1
    if i > 0 and doc[i].pos_ == "NUM" and doc[i - 1].pos_ == "PROPN":
        words.append(doc[i].lower_)  # "the Long Phu 1 coal-fired station"
        i -= 1
    while (
        i >= 0
        and (doc[i].pos_ == "PROPN" or (doc[i].text in ("-", "–") and words))
        and not doc[i].is_sent_start
    ):
        if doc[i].is_alpha and doc[i].ent_type_ not in ("NORP", "ORG", "DATE"):
            words.append(doc[i].lower_)
        i -= 1
    return " ".join(reversed(words))


def codes(doc: Doc, head: Token, first: int, last: int) -> frozenset[str]:
    """Return the model numbers in the noun phrase of a trigger and just after it."""
    begin = max(min(first, head.left_edge.i), first - 8)
    end = min(max(last, head.i) + 3, len(doc))
    if not DIGIT.search("".join(words_of(doc).texts[begin:end])):
        return frozenset()
    text = doc[begin:end].text
    return frozenset(match[0].replace("-", "").upper() for match in CODE.finditer(text))


def carrier(token: Token) -> Token | None:
    """Return the noun that a trigger stands before where that still names the thing: "airport upgrade"."""
    current = token
    for _ in range(3):
        if current.dep_ not in ("compound", "amod", "nmod") or current.head.i <= current.i:
            break
        current = current.head
        if current.lemma_.lower() not in CARRIERS:
            return None
    return current if current.i != token.i else None


def named_head(token: Token) -> bool:
    """Tell a name that follows the trigger, "Bridge No. 2", "the floating terminal Exemplar", from a modifier."""
    head = token.head
    if token.pos_ == "NOUN" and head.pos_ == "PROPN" and head.i == token.i + 1:
        return any(child.dep_ == "det" for child in (*token.children, *head.children))
    return token.head.pos_ == "PROPN" and token.pos_ == "PROPN" and token.head.text[:1].isdigit()


def one_lot(head: Token) -> bool:
    """Tell plurals that are counted, placed or given ("50 boreholes", "schools in Kigali") from kinds of things."""
    above = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else None
    if above is not None and any(child.dep_ == "nummod" for child in above.children):
        return True  # "600 sets of solar water heaters"
    if head.dep_ in ("dobj", "nsubjpass") and head.head.lemma_.lower() in GIVEN:
        return True
    if any(child.dep_ == "nummod" for child in head.children):
        return True
    return any(
        child.dep_ == "prep" and child.lower_ in ("in", "at", "for", "between", "to")
        for child in head.children
    )


def determined(head: Token, first: int) -> tuple[Definite, bool]:
    """Return how a noun phrase is determined, and whether it says "another"."""
    definite: Definite = "bare"
    another = False
    for child in head.subtree:
        if child.i >= head.i or (child.head.i != head.i and child.dep_ not in NOUN_PARTS):
            continue
        lower = child.lower_
        if child.head.i == head.i or child.i >= first - 4:
            if lower in ANOTHER:
                another = True
            if child.head.i != head.i:
                continue
            if lower in ("a", "an"):
                definite = "indefinite"
            elif lower == "the":
                definite = "definite"
            elif lower in ("this", "that", "these", "those", "such"):
                definite = "demonstrative"
            elif child.dep_ == "poss" and child.pos_ == "PRON":
                definite = "possessive"
    return ("demonstrative" if definite == "indefinite" and says_what_it_is(head) else definite), another
