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

from geodata.claims.words import Words, words_of
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

    def has(self, name: str, words: Words, i: int) -> bool:
        """Tell whether a word's lemma or form is in a list."""
        listed = self.lists[name]
        return words.lemmas[i] in listed or words.lower[i] in listed


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
    lists, words, i = modal_words(), words_of(root.doc), root.i
    if any(
        lists.has("alleged_words", words, j) and words.deps[j] in ("advmod", "ROOT")
        for j in _around(words, i)
    ):
        return "alleged"
    found = (_noun if words.pos[i] in ("NOUN", "PROPN") else _clause)(words, i, lists)
    return found or _governed(words, i, lists)


def _around(words: Words, i: int) -> Iterator[int]:
    yield from words.children[i]
    while words.heads[i] != i:
        i = words.heads[i]
        yield from (child for child in words.children[i] if words.deps[child] == "advmod")
    yield i


def _clause(words: Words, verb: int, lists: ModalWords) -> Modality | None:
    """Read the auxiliaries, negation and marks of a verb itself."""
    children = [(child, words.deps[child]) for child in words.children[verb]]
    modal = next((c for c, _ in children if words.tags[c] == "MD"), None)
    if any(dep == "neg" or (dep == "advmod" and lists.has("denied_words", words, c)) for c, dep in children):
        return "denied"
    if any(dep in ("nsubj", "nsubjpass") and _negated_noun(words, c) for c, dep in children):
        return "denied"
    marks = [c for c, dep in children if dep == "mark" and lists.has("conditional_marks", words, c)]
    if any(not _past(words, c, verb) for c in marks):
        return "conditional"
    if modal is None:
        return None
    if any(dep == "advmod" and words.lower[c] in ("once", "when") for c, dep in children):
        return "planned"
    if lists.has("planned_modals", words, modal):
        return "planned"
    return "conditional" if lists.has("conditional_modals", words, modal) else None


def _past(words: Words, mark: int, verb: int) -> bool:
    """Tell what did come about: "until rebels blew it up"."""
    return words.lower[mark] in ("until", "once") and words.tags[verb] == "VBD"


def _negated_noun(words: Words, noun: int) -> bool:
    nobody = words.lower[noun] in ("nobody", "nothing", "none")
    return nobody or any(
        words.deps[c] == "det" and words.lower[c] in ("no", "neither") for c in words.children[noun]
    )


def _noun(words: Words, noun: int, lists: ModalWords) -> Modality | None:
    if _negated_noun(words, noun):
        return "denied"
    if any(
        words.deps[c] in ("amod", "compound") and lists.has("planned_adjectives", words, c)
        for c in words.children[noun]
    ):
        return "planned"
    head, dep = words.heads[noun], words.deps[noun]
    if dep == "pobj" and lists.has("before_nouns", words, head):
        return "conditional"
    if dep in ("nsubj", "nsubjpass", "dobj") and words.pos[head] in ("VERB", "AUX"):
        if words.lemmas[head] in PLANNING and lists.has("planned_verbs", words, head):
            return "planned"
        told = _clause(words, head, lists)
        if told == "denied" and dep == "nsubj" and not lists.has("about_verbs", words, head):
            return None  # "the declaration did not give it one": there was one
        return told
    return None


PLANNING = frozenset({"expect", "schedule", "plan", "anticipate", "slate"})
"""Verbs whose own subject or object is what is planned."""


def _governed(words: Words, i: int, lists: ModalWords) -> Modality:
    """Follow the governors upward: an infinitive under "expected", a clause under "denied"."""
    current = i
    infinitive = _is_infinitive(words, i)
    for _ in range(REACH):
        head, dep = words.heads[current], words.deps[current]
        if head == current:
            break
        if dep in GOVERNED and words.pos[head] in ("VERB", "AUX", "ADJ", "NOUN"):
            found = _under(words, head, dep, lists, infinitive=infinitive)
            if found:
                return found
            infinitive = infinitive or _is_infinitive(words, head)
        elif dep == "conj":
            found = _clause(words, head, lists)
            own_aux = any(words.deps[c] in ("aux", "auxpass") for c in words.children[current])
            if found and not own_aux and words.pos[current] == "VERB":
                return found
            infinitive = infinitive or (_is_infinitive(words, head) and not own_aux)
        elif dep not in OBJECTS:
            break
        current = head
    return "planned" if infinitive and words.deps[i] in ("relcl", "acl", "advcl", "xcomp") else "asserted"


def _under(words: Words, head: int, dep: str, lists: ModalWords, *, infinitive: bool) -> Modality | None:
    """Read the governor of a verb that hangs on it by ``dep``, as an ``infinitive`` or not."""
    if lists.has("denied_verbs", words, head) and (infinitive or dep in ("pcomp", "ccomp")):
        return "denied"
    if infinitive and (lists.has("planned_verbs", words, head) or lists.has("planned_nouns", words, head)):
        return "planned" if _clause(words, head, lists) != "denied" else "denied"
    if infinitive and words.lemmas[head] in ("be", "have") and words.pos[head] == "AUX":
        return "planned"  # "is to be completed"
    if infinitive and words.pos[head] == "NOUN":
        return "planned"  # "a deal to build a plant"
    if infinitive or dep in ("auxpass", "aux", "pcomp"):
        found = _clause(words, head, lists)
        if found:
            return found
    return "planned" if dep == "advcl" and infinitive else None


def _is_infinitive(words: Words, verb: int) -> bool:
    return words.tags[verb] in ("VB", "VBN") and any(
        words.tags[c] == "TO" and words.deps[c] == "aux" for c in words.children[verb]
    )
