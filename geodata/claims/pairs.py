"""Parties that a sentence only points at: "the two countries signed", "both sides", "the two leaders met".

They are the states named last before; where the text before names none, the two that it speaks of most.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from geodata.claims.actors import ActorMention
from geodata.claims.context import ReadText

PAIR = re.compile(
    r"(?i)\b(?:(?:the|these)\s(?:two|both)|both(?:\sthe)?|the\stwo)\s(?:\w+\s){0,2}?"
    r"(?:countries|nations|states|sides|parties|governments|neighbou?rs|capitals|allies|leaders|partners)\b"
)
BACK = 4
"""How many sentences back the two may have been named."""
SURE = 0.5


def pair_actors(reading: ReadText, sentence: int, named: Collection[str]) -> tuple[ActorMention, ...]:
    """Return the two states that a sentence means by "the two countries", as mentions of those very words.

    ``named`` are the actors that it names itself; with two states among them there is nothing to add.
    """
    text = reading.sentences[sentence]
    match = PAIR.search(text.text)
    if match is None:
        return ()
    states = {a.name for a in reading.actors[sentence] if a.kind == "state"}
    if len(states & set(named)) >= 2:
        return ()
    two = _before(reading, sentence) or (reading.main_states if len(reading.main_states) == 2 else ())
    start = text.start_char + match.start()
    end = text.start_char + match.end()
    return tuple(
        ActorMention(start, end, match[0], a.name, "state", a.country, "", "pair", SURE)
        for a in two
        if a.name not in named
    )


def _before(reading: ReadText, sentence: int) -> tuple[ActorMention, ...]:
    """Return the two states named last, if one sentence of those before names just them."""
    for s in range(sentence - 1, max(-1, sentence - 1 - BACK), -1):
        found: dict[str, ActorMention] = {}
        for actor in reading.actors[s]:
            if actor.kind == "state":
                found.setdefault(actor.name, actor)
        if len(found) == 2:
            return tuple(found.values())
    return ()
