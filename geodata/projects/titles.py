"""What a project is called: by its own name where a text gives one, else by what it is and where, in sentence case."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from geodata.projects.names import name_key, names_given, plain
from geodata.records import COUNTRY, ESTIMATED, NEAR, UNCLEAR, Claim, Event
from geodata.vocabulary import Vocabulary

PARTIES = ("state", "armed_group")
ASIDE = ("opponent", "mediator")
"""Roles of those who stand beside a thing: the coup that Ruritania condemned is not its coup."""
LONGEST = 110
SPOTS = ("site", "venue", "endpoint")


def own_names(events: Sequence[Event]) -> tuple[str, ...]:
    """Return the names that texts give, the commonest first, then the longer, each spelling once."""
    counts: Counter[str] = Counter()
    for event in events:
        given = dict.fromkeys(names_given(event))
        counts.update(" ".join(name.split()) for name in given if name and name.strip())
    ordered = sorted(counts, key=lambda name: (-counts[name], -len(name), name))
    kept: list[str] = []
    for name in ordered:
        if plain(name) not in {plain(other) for other in kept}:
            kept.append(name)
    return tuple(kept)


def without_own_name(places: Sequence[Claim], names: Sequence[str]) -> tuple[Claim, ...]:
    """Leave out a thing's own name, put near a place that it does not name, where a spot is known.

    "The North–South gas pipeline from Karachi to Lahore" is no third place beside the two.
    """
    own = [plain(name).split() for name in names]

    def told(claim: Claim) -> bool:
        words = plain(claim.value).split()
        whole = any(set(words) <= set(name) and words[-1:] == name[-1:] for name in own)
        part = claim.precision in (NEAR, ESTIMATED, UNCLEAR) and any(set(words) <= set(name) for name in own)
        return not claim.place and (whole or part)

    spots = any(c.place and c.precision != COUNTRY and c.role in SPOTS for c in places)
    return tuple(c for c in places if not (spots and told(c)))


def title_of(
    type_id: str,
    kind: str,
    names: Sequence[str],
    claims: Sequence[Claim],
    places: Sequence[Claim],
    actors: Sequence[Claim],
    vocabulary: Vocabulary,
    nouns: frozenset[str],
) -> str:
    """Return the title: "North–South gas pipeline", "Karachi–Lahore gas pipeline", "Joint exercise, Cherat".

    ``nouns`` are the words of ``nouns_of``, one of which makes a name say what it is.
    """
    what = thing(type_id, claims, vocabulary)
    where = _where(places, what)
    if names:
        title = _with_noun(names[0], what, nouns)
        where = _where(places, title)
        if (where and not name_key(title).words) or (
            where and not _mentions(title, where) and kind != "deal"
        ):
            title = f"{title}, {where}"
        return _sentence_case(title)
    route = _route(places)
    if route and kind == "built":
        return _sentence_case(f"{route} {what}")
    bodies = [c.value for c in actors if c.kind == "organisation"]
    if type_id == "organisation" and bodies:
        return _sentence_case(bodies[0])
    persons = [c.value for c in actors if c.kind == "person"]
    if type_id == "visit" and persons:
        what = f"{what} of {persons[0]}"
    parties = [c.value for c in actors if c.kind in PARTIES and c.role not in ASIDE][:2]
    if kind == "deal" and len(parties) == 2:
        return _sentence_case(f"{what}, {parties[0]} and {parties[1]}")
    return _sentence_case(f"{what}, {where or ' and '.join(parties)}" if where or parties else what)


def thing(type_id: str, claims: Sequence[Claim], vocabulary: Vocabulary) -> str:
    """Return what it is in the sources' own noun ("cement factory"), if that is a noun of the type, else its label."""
    known = vocabulary.types.get(type_id)
    if known is None:
        return vocabulary.label(type_id)
    nouns = {t.lstrip("~") for t in known.triggers if "/v" not in t and "&" not in t and "*" not in t}
    said: Counter[str] = Counter()
    for claim in claims:
        if claim.property == "type" and claim.value == type_id:
            words = " ".join(claim.selector.exact.split()).lower()
            for form in (words, words.removesuffix("s"), re.sub("ies$", "y", words)):
                if form in nouns:
                    said[form] += 1
                    break
    if not said:
        return known.short or known.label
    return min(said, key=lambda noun: (-len(noun.split()), -said[noun], noun))


def _with_noun(name: str, what: str, nouns: frozenset[str]) -> str:
    """Add what it is to a name that does not say so: "CASA-1000" is a transmission line, a declaration is one."""
    words = {_singular(word) for word in plain(name).split()}
    heads = nouns | {_singular(word) for word in plain(what).split()[-1:]}
    return name if words & heads else f"{name} {what}"


def nouns_of(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the words that things of any type are called by: pact, corridor, bridge."""
    triggers = (trigger for known in vocabulary.types.values() for trigger in known.triggers)
    nouns = (plain(trigger.split("&")[0]).split() for trigger in triggers if "/v" not in trigger)
    return frozenset(_singular(words[-1]) for words in nouns if words)


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _where(places: Sequence[Claim], title: str) -> str:
    """Return the place that tells a thing from others, ``""`` where its title says it or it says no more."""
    for roles in (
        SPOTS,
        ("beneficiary",),
        ("rejected_venue",),
        ("waypoint", "mentioned"),
    ):
        here = [c for c in places if c.role in roles and (c.role != "mentioned" or c.precision == COUNTRY)]
        if here:
            fine = [c for c in here if c.precision != COUNTRY] or here
            told = [set(plain(c.value).split()) <= set(plain(title).split()) for c in fine]
            named = any(same and c.place for c, same in zip(fine, told, strict=True))
            others = [c.value for c, same in zip(fine, told, strict=True) if not same]
            return "" if named or not others else others[0]
    return ""


def _route(places: Sequence[Claim]) -> str:
    ends = list(dict.fromkeys(c.value for c in places if c.role == "endpoint"))
    return "–".join(ends) if 2 <= len(ends) <= 3 else ""


def _mentions(title: str, where: str) -> bool:
    return bool(set(plain(where).split()) & set(plain(title).split()))


def _sentence_case(title: str) -> str:
    short = " ".join(title.split())
    if len(short) > LONGEST:
        short = short[:LONGEST].rsplit(" ", 1)[0] + "…"
    return short[:1].upper() + short[1:]
