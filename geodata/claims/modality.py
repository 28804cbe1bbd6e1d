"""How sure a text is of what it says: asserted, planned, conditional, denied or alleged.

The words around a cue decide: negation and modal verbs of its own verb, and the verbs that govern it ("was
expected to be implemented", "could not be initiated", "denied the initially proposed location"). The word lists
are data (``vocabulary/statuses.toml``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from spacy.tokens import Span, Token

from geodata.errors import VocabularyError
from geodata.records import Modality

GOVERNED = frozenset({"xcomp", "ccomp", "acomp", "auxpass", "aux", "acl", "advcl", "pcomp", "oprd"})
"""Dependencies by which a verb hangs on the one that decides whether it happened."""
OBJECTS = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "attr", "compound", "amod", "prep", "conj"})
REACH = 4
"""How many governors up the tree may change the modality."""


@dataclass(frozen=True, slots=True)
class ModalWords:
    """The word lists of ``[modality]``."""

    lists: Mapping[str, frozenset[str]]

    def has(self, name: str, token: Token) -> bool:
        """Tell whether a token's lemma or form is in a list."""
        words = self.lists[name]
        return token.lemma_.lower() in words or token.lower_ in words


@cache
def statuses_table() -> dict[str, Any]:
    """Read ``vocabulary/statuses.toml``. Raises VocabularyError where it cannot be read."""
    try:
        text = files("geodata").joinpath("vocabulary", "statuses.toml").read_text(encoding="utf-8")
        return tomllib.loads(text)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(f"statuses.toml: {error}; reinstall Dateline or mend the file") from error


@cache
def modal_words() -> ModalWords:
    """The modality word lists."""
    return ModalWords(
        {name: frozenset(words.split()) for name, words in statuses_table()["modality"].items()}
    )


def modality_of(span: Span) -> Modality:
    """Tell how sure the text is of what the words of a span say."""
    root = span.root
    if root.pos_ == "ADP" or (root.pos_ == "AUX" and root.dep_ in ("aux", "auxpass")):
        root = root.head
    return modality_of_token(root)


@lru_cache(maxsize=1024)
def modality_of_token(root: Token) -> Modality:
    """Tell how sure the text is of a verb or an event noun."""
    words = modal_words()
    sentence = root.sent
    if any(words.has("alleged_words", t) and t.dep_ in ("advmod", "ROOT") for t in _around(root, sentence)):
        return "alleged"
    if root.pos_ in ("NOUN", "PROPN"):
        found = _noun(root, words)
        return found or _governed(root, words)
    found = _clause(root, words)
    return found or _governed(root, words)


def _around(root: Token, sentence: Span) -> Iterator[Token]:
    yield from root.children
    yield sentence.root
    for ancestor in root.ancestors:
        yield from (child for child in ancestor.children if child.dep_ == "advmod")


def _clause(verb: Token, words: ModalWords) -> Modality | None:
    """Read the auxiliaries, negation and marks of a verb itself."""
    children = list(verb.children)
    modal = next((c for c in children if c.tag_ == "MD"), None)
    if any(c.dep_ == "neg" or (c.dep_ == "advmod" and words.has("denied_words", c)) for c in children):
        return "denied"
    if any(c.dep_ in ("nsubj", "nsubjpass") and _negated_noun(c) for c in children):
        return "denied"
    if any(c.dep_ == "mark" and words.has("conditional_marks", c) and not _past(c, verb) for c in children):
        return "conditional"
    if any(c.dep_ == "advmod" and c.lower_ in ("once", "when") and modal is not None for c in children):
        return "planned"
    if modal is not None:
        if words.has("planned_modals", modal):
            return "planned"
        if words.has("conditional_modals", modal):
            return "conditional"
    return None


def _past(mark: Token, verb: Token) -> bool:
    """Tell what did come about: "until rebels blew it up"."""
    return mark.lower_ in ("until", "once") and verb.tag_ == "VBD"


def _negated_noun(noun: Token) -> bool:
    nobody = noun.lower_ in ("nobody", "nothing", "none")
    return nobody or any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in noun.children)


def _noun(noun: Token, words: ModalWords) -> Modality | None:
    if _negated_noun(noun):
        return "denied"
    if any(c.dep_ in ("amod", "compound") and words.has("planned_adjectives", c) for c in noun.children):
        return "planned"
    head = noun.head
    if noun.dep_ == "pobj" and words.has("before_nouns", head):
        return "conditional"
    if noun.dep_ in ("nsubj", "nsubjpass", "dobj") and head.pos_ in ("VERB", "AUX"):
        if words.has("planned_verbs", head) and head.lemma_ in (
            "expect",
            "schedule",
            "plan",
            "anticipate",
            "slate",
        ):
            return "planned"
        told = _clause(head, words)
        if told == "denied" and noun.dep_ == "nsubj" and not words.has("about_verbs", head):
            return None  # "the declaration did not give it one": there was one
        return told
    return None


def _governed(token: Token, words: ModalWords) -> Modality:
    """Follow the governors upward: an infinitive under "expected", a clause under "denied"."""
    current, sentence = token, token.sent.start
    infinitive = _is_infinitive(token)
    for _ in range(REACH):
        head = current.head
        if head.i == current.i or head.sent.start != sentence:
            break
        if current.dep_ in GOVERNED and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
            if words.has("denied_verbs", head) and (infinitive or current.dep_ in ("pcomp", "ccomp")):
                return "denied"
            if infinitive and (words.has("planned_verbs", head) or words.has("planned_nouns", head)):
                return "planned" if _clause(head, words) != "denied" else "denied"
            if infinitive and head.lemma_ in ("be", "have") and head.pos_ == "AUX":
                return "planned"  # "is to be completed"
            if infinitive and head.pos_ == "NOUN":
                return "planned"  # "a deal to build a plant"
            if infinitive or current.dep_ in ("auxpass", "aux", "pcomp"):
                found = _clause(head, words)
                if found:
                    return found
            if current.dep_ == "advcl" and infinitive:
                return "planned"
            infinitive = infinitive or _is_infinitive(head)
        elif current.dep_ == "conj":
            found = _clause(head, words)
            own_aux = any(c.dep_ in ("aux", "auxpass") for c in current.children)
            if found and not own_aux and current.pos_ == "VERB":
                return found
            infinitive = infinitive or (_is_infinitive(head) and not own_aux)
        elif current.dep_ not in OBJECTS:
            break
        current = head
    return "planned" if infinitive and token.dep_ in ("relcl", "acl", "advcl", "xcomp") else "asserted"


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ in ("VB", "VBN") and any(c.tag_ == "TO" and c.dep_ == "aux" for c in verb.children)
