"""What a recognised name stands for: the place itself, a government, a people, or part of a longer name."""

from __future__ import annotations

import re

from spacy.tokens import Token

from geodata.records import ToponymKind
from geodata.toponyms.evidence import Page
from geodata.toponyms.spans import Proposal
from geodata.toponyms.words import words

NAMING = frozenset({"ORG", "PERSON", "LAW", "EVENT", "WORK_OF_ART", "PRODUCT"})
"""Entities of the model in which a place is only part of the name."""
ACTED = frozenset({"nsubj", "agent"})
SEATS = frozenset({"country", "admin1"})
RUN = re.compile(r"[ \u00a0]")


def kind_of(page: Page, proposal: Proposal, known: str, *, is_seat: bool) -> tuple[ToponymKind, str]:
    """Return the kind, and for ``embedded`` the whole name around it.

    ``is_seat``: the name is also a capital's, so that it can stand for a government.
    """
    whole = _whole_name(page, proposal)
    if whole:
        return "embedded", whole
    token = page.doc[page.token_at(proposal.end - 1)]
    if known == "demonym":
        return "demonym", ""
    if (known in SEATS or is_seat) and _acts(token, page):
        return "metonym", ""
    return "literal", ""


def _whole_name(page: Page, proposal: Proposal) -> str:
    """Return the longer name that a place is part of: "Khyber Pakhtunkhwa Oil and Gas Company", "Baghdad Pact"."""
    text = page.text
    entity = page.entity_at(proposal.start, proposal.end)
    if entity is not None and entity[2] in NAMING:
        start, end = entity[0], entity[1]
        if (
            start <= proposal.start
            and proposal.end <= end
            and end - start > proposal.end - proposal.start + 1
        ):
            return text[start:end]
    if proposal.source in ("facility", "street"):
        return ""
    i = page.word_from(proposal.end)
    j = i
    telling = False
    naming = words("team") | words("local_body") | words("institution")
    while j < len(page.found) and page.found[j].gap and j - i < 6:
        word = page.found[j]
        told = text[word.start : word.end].lower()
        if not word.capital and told not in ("of", "and", "for", "the"):
            break
        if (
            word.capital
            and told in naming
            and told not in ("city", "county", "township", "parish", "district")
        ):
            telling = True
        j += 1
    while j > i and not page.found[j - 1].capital:
        j -= 1
    if telling and j > i:
        return text[proposal.start : page.found[j - 1].end]
    return _of_name(page, proposal)


def _of_name(page: Page, proposal: Proposal) -> str:
    """Return the name that leads to a place with "of": "University of Alberta", "Bank of Ghana"."""
    text, found = page.text, page.found
    i = page.word_from(proposal.start) - 1
    if i >= 0 and text[found[i].start : found[i].end].lower() == "the":
        i -= 1
    if i < 1 or text[found[i].start : found[i].end].lower() != "of" or not found[i - 1].capital:
        return ""
    told = text[found[i - 1].start : found[i - 1].end].lower()
    if told in words("institution") or told in (
        "bank",
        "treaty",
        "court",
        "ministry",
        "chamber",
        "archdiocese",
        "diocese",
    ):
        return text[found[i - 1].start : proposal.end]
    return ""


def _acts(token: Token, page: Page) -> bool:
    """Tell whether a place acts as its government: "Moscow rejected", "talks with Beijing"."""
    root = token
    for _ in range(4):
        if root.dep_ in ("compound", "conj") and root.head.pos_ == "PROPN" and root.head.i != root.i:
            root = root.head
        else:
            break
    head = root.head
    if root.dep_ in ACTED or (root.dep_ == "nsubjpass" and head.lemma_ == "expect"):
        return head.lemma_.lower() in words("acting")
    if root.dep_ == "pobj":
        if head.lower_ == "by" and head.dep_ == "agent":
            return head.head.lemma_.lower() in words("acting")
        governed = head.head.lower_
        return head.lower_ in words("party") and governed in (
            "talks", "agreement", "treaty", "deal", "relations", "negotiations", "ties", "meeting", "accord",
            "memorandum", "contract", "alliance", "cooperation", "pact", "war", "dialogue", "partnership",
        )  # fmt: skip
    if root.dep_ == "poss" or (root.dep_ == "compound" and token.ent_type_ == "GPE"):
        return head.lower_ in words("government")
    return False
