"""Who only writes or speaks of what is told: authors, analysts, newspapers; none of them has a part in it.

The parser often loses such asides ("…, writing for the institute, speak of …"), so the words right before and after
a name decide. One who acts anywhere in the text, or holds an office in it, is no observer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc

from geodata.claims.actors import ActorMention
from geodata.claims.word_lists import word_list

BEFORE = re.compile(
    r"(?i)\b(?:according\sto|(?:analy[sz]ed|noted|argued|reported|written|observed|described|cited|quoted)\sby)"
    r"\s(?:the\s|dr\.?\s|prof(?:essor|\.)?\s)*$"
)
NO_OFFICE = frozenset({"dr", "prof", "former", "ex"})
"""Words of a title that lets nobody act for anyone."""
REACH = 60
"""Characters after a name in which an apposition says what its bearer is."""
WORDS = 40
"""Words after a name in which its first verb is looked for."""
VERBS = frozenset({"VBD", "VBZ", "VBP", "VBG", "VB"})


def find_observers(doc: Doc, text: str, actors: Sequence[ActorMention], author: str = "") -> frozenset[str]:
    """Return the names of persons and bodies that only observe; ``author`` is the document's."""
    seen: dict[str, bool] = {}
    for actor in actors:
        if actor.kind not in ("person", "organisation"):
            continue
        governs = bool(actor.office) and not (word_list("observers") | NO_OFFICE) & _words(actor.office)
        observes = not governs and _observes(doc, text, actor)
        seen[actor.name] = seen.get(actor.name, True) and observes
    authors = {name.strip() for name in re.split(r",|;|&|\band\b", author)} - {""}
    bodies = {name for name in seen if _bodies().fullmatch(name)}
    return frozenset({name for name, only in seen.items() if only} | (authors & set(seen)) | bodies)


def _words(office: str) -> set[str]:
    return set(office.lower().replace(".", "").split())


def _observes(doc: Doc, text: str, actor: ActorMention) -> bool:
    if BEFORE.search(text, max(0, actor.start - 60), actor.start):
        return True
    if actor.kind != "person":
        return False
    if _words(actor.office) & word_list("observers"):
        return True
    return bool(_is_observer().match(text, actor.end, actor.end + REACH)) or _speaks(doc, actor)


def _speaks(doc: Doc, actor: ActorMention) -> bool:
    """Tell whether the first verb after a name is one of speaking, whatever the parser hangs it on."""
    span = doc.char_span(actor.start, actor.end, alignment_mode="expand")
    if span is None or not len(span) or span[0].i == 0:
        return False
    for token in doc[span.end : min(span.end + WORDS, span.sent.end)]:
        if token.tag_ in VERBS and token.pos_ == "VERB":
            return token.lemma_.lower() in word_list("saying")
    return False


@cache
def _is_observer() -> re.Pattern[str]:
    nouns = "|".join(sorted(word_list("observers")))
    return re.compile(rf",\s(?:a|an|the)?\s?(?:[\w-]+\s){{0,4}}?(?:{nouns})\b", re.IGNORECASE)


@cache
def _bodies() -> re.Pattern[str]:
    """Return what the names of institutes, newspapers and agencies that only write of things look like."""
    names = "|".join(re.escape(name.replace("_", " ")) for name in sorted(word_list("observing_bodies")))
    return re.compile(rf"(?:the\s)?(?:{names})(?:\s.*)?|.*\sNews\sAgency", re.IGNORECASE)


__all__ = ["find_observers"]
