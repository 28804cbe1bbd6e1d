"""What a recognised name stands for: the place itself, a government, a people, or part of a longer name."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Token

from geodata.records import ToponymKind
from geodata.toponyms.evidence import Page, generic_words
from geodata.toponyms.spans import Proposal
from geodata.toponyms.words import words

NAMING = frozenset({"ORG", "PERSON", "LAW", "EVENT", "WORK_OF_ART", "PRODUCT"})
"""Entities of the model in which a place is only part of the name."""
ACTED = frozenset({"nsubj", "agent"})
SEATS = frozenset({"country", "admin1"})
COORDINATION = re.compile(r"(?:,?\s+and\s+|,\s+)")
CHAIN = re.compile(r"[^\W\d_]{3,}(?:[-–—][^\W\d_]{3,})+")
"""Names joined by dashes are as many places, not one name: "Osh-Batken-Isfana"."""


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
    if known == "office":
        return "metonym", ""
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
            whole = text[start:end]
            return "" if _is_works(whole) or CHAIN.fullmatch(whole) or _is_list(page, start, end) else whole
    if proposal.source in ("facility", "street"):
        return ""
    i = page.word_from(proposal.end)
    j = i
    telling = False
    naming = words("team") | words("local_body") | words("institution")
    while j < len(page.found) and page.found[j].gap and j - i < 6:
        word = page.found[j]
        told = text[word.start : word.end].lower()
        if page.sure.get(word.start, (0, False))[1] or (
            not word.capital and told not in ("of", "and", "for", "the")
        ):
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
        whole = text[proposal.start : page.found[j - 1].end]
        return "" if _is_works(whole) else whole
    return _of_name(page, proposal)


LINE = re.compile(
    r"(?:\s?[-–—]\s?[A-Z][\w’'-]+){0,3}['’]?\s+(?:[\w.-]+\s+){0,3}?"
    r"(?i:roads?|highway|railway|railroad|pipeline|corridor|line|expressway|motorway|route|link|section|stretch)\b"
)


def is_works(page: Page, proposal: Proposal) -> bool:
    """Tell large works by a name of their own: "Balkhash Smelter", "Dehkanabad potash plant", not "the Power Plant"."""
    if proposal.source != "facility" or proposal.head is None:
        return False
    tokens = page.text[proposal.start : proposal.end].lower().split()
    if tokens[-1] not in words("works"):
        return False
    before = page.doc[page.token_at(proposal.start)]
    first = tokens[0]
    named = [t for t in tokens[:-1] if t not in generic_words() and t.isalpha()]
    return (
        bool(named)
        and first not in OPENERS
        and not (before.is_sent_start and before.pos_ in ("DET", "PRON", "ADP"))
    )


OPENERS = frozenset(
    {
        "this",
        "that",
        "these",
        "those",
        "its",
        "his",
        "her",
        "our",
        "their",
        "another",
        "each",
        "every",
        "in",
        "on",
        "at",
    }
)

NAME = r"[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+)?"
TOWARDS = re.compile(
    r"(?i:\b(?:roads?|highways?|railways?|railroad|pipelines?|corridor|line|lines|expressway|motorway|route|link|section)\b)"
    r"[^.;]{0,40}?\b(?:from|between|connecting|connects|linking|links|joining)\s+(?:the\s+)?(?:(?:port|city|town)\s+(?:of\s+)?)?"
    rf"(?:{NAME}(?:,\s{NAME})?,?\s+(?:to|and|with|via|through)\s+(?:the\s+)?)?$"
)
"""Before the ends of a line: "a road from Mongu to Kalabo"."""
REACH = 120
PLURAL = "|".join(sorted(words("plural")))
ROW = re.compile(rf"(?:, {NAME})*,? (?:and|or) {NAME} (?:{PLURAL})\b")
"""After the first names of a row: "Otter Tail, Swift and Wilkin counties"."""


def on_line(page: Page, proposal: Proposal) -> bool:
    """Tell an end or link of a line: "the Bobruysk - Zhlobin stretch", "a road from Mongu to Kalabo"."""
    if proposal.source == "chain":
        return True
    if not proposal.known:
        return False
    text = page.text
    if TOWARDS.search(text[max(0, proposal.start - REACH) : proposal.start]):
        return True
    if ROW.match(text, proposal.end):
        return True
    before = text[max(0, proposal.start - 3) : proposal.start].strip()[-1:]
    after = text[proposal.end : proposal.end + 3].strip()[:1]
    joined = before in ("-", "–", "—") or after in ("-", "–", "—")
    return joined and LINE.match(text, proposal.end) is not None


HEAD = re.compile(r"(?:,[^\n.]{0,40}?)?\s*(?:\([A-Z][\w/. ]{0,20}\)|[-–—]{1,2}(?=\s))")
"""After the place where a report was written: "NAIROBI (Reuters) -", "TRIPOLI, Lebanon —"."""


def at_head(text: str, start: int, end: int) -> bool:
    """Tell the place at the head of a report, where it was written."""
    return text[max(0, start - 1) : start] in ("", "\n") and HEAD.match(text, end) is not None


def _is_list(page: Page, start: int, end: int) -> bool:
    """Tell names in a row that the model takes for one: "the Philippines and the United States"."""
    at = start
    for piece in COORDINATION.split(page.text[start:end]):
        at = page.text.index(piece, at)
        name = at + (4 if piece[:4].lower() == "the " else 0)
        if page.sure.get(name, (0, False))[0] != at + len(piece):
            return False
        at += len(piece)
    return True


def _is_works(whole: str) -> bool:
    """Tell the name of something built or under way, which stands where the place in it is: "Karonga Hospital"."""
    last = re.sub(r"['’]s?$", "", whole).split()[-1].lower().strip(".,)")
    return last in _works() and last not in words("body")


@cache
def _works() -> frozenset[str]:
    lists = ("facility", "street", "natural", "admin", "settlement", "project")
    return frozenset(word for name in lists for word in words(name))


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
