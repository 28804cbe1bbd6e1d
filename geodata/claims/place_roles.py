"""The role of a place toward an event: site, venue, endpoint, waypoint, beneficiary, rejected venue, or just mentioned.

Rules, each named, from the surest: a route that the text draws; a place that is refused; a place that the thing's
own name holds; the preposition and governing word; the role that the type gives its places.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Token

from geodata.claims.context import ReadText, distance
from geodata.claims.modality import modal_words
from geodata.claims.word_lists import word_list
from geodata.claims.words import words_of
from geodata.records import PlaceRole, Relation, Toponym

CLIMB = 5
AT = word_list("at")
FOR = word_list("for")
PARTIES = word_list("parties")
INSTEAD = frozenset({"instead", "rather"})
REFUSED_NOUNS = word_list("refused_nouns")
MOVED = word_list("moved")
MOTION = word_list("motion")
AREAS = word_list("areas")
FAR = 9.0
"""Edges of the tree beyond which a place of the same sentence is only mentioned."""
CONTAINER_REACH = 60
"""Characters between a place and the larger one that holds it: "Cherat, Pakistan's north-western … Province"."""


class PlaceDecision(NamedTuple):
    """A role with how sure it is and the rule that gave it."""

    role: PlaceRole
    confidence: float
    rule: str


def place_role(
    reading: ReadText,
    toponym: Toponym,
    triggers: Sequence[Token],
    *,
    kind: str,
    default: PlaceRole,
    routes: Sequence[Relation] = (),
    names: Sequence[tuple[int, int]] = (),
) -> PlaceDecision:
    """Return the role of a place toward the event that ``triggers`` name; all stand in the place's own sentence.

    ``routes`` are the routes told of this event, ``names`` the spans of the names that it bears.
    """
    on_route = _on_route(reading, toponym, routes)
    if on_route is not None:
        return on_route
    root = reading.root_of(toponym.start, toponym.end)
    if root is None:
        return PlaceDecision("mentioned", 0.1, "place-no-words")
    if _in_name(toponym, names):
        return _named_after(toponym, kind, default)
    if toponym.kind == "embedded" or _in_actor(reading, toponym):
        return _inside(root, triggers) if kind == "happening" else _mentioned(FAR)
    if kind == "happening" and _hosts(root):
        return PlaceDecision("venue", 0.5 if is_country(toponym) else 0.7, "place-host")
    if toponym.kind == "metonym":
        return _mentioned(FAR)
    refused = _refused(root)
    if refused:
        return PlaceDecision("rejected_venue", 0.8, refused)
    if root.dep_ == "dobj" and root.head.lemma_.lower() in AVOIDING:
        return PlaceDecision("mentioned", 0.4, "place-avoided")  # "a line that bypasses Ruritania"
    if contained_in(reading, toponym):
        return PlaceDecision("mentioned", 0.4, "place-container")
    far = min((distance(root, t) for t in triggers), default=FAR)
    country = is_country(toponym)
    prep = _preposition(root)
    near = max(0.35, 0.95 - 0.06 * far)
    if _seat_of_someone(reading, root) and not (kind == "happening" and _met(root.head.head, triggers)):
        return _mentioned(FAR)
    if kind in ("built", "support"):
        return _built(root, triggers, default, country, prep, near, far)
    if kind == "happening":
        return _happening(root, triggers, default, country, prep, near, far)
    if prep in ("from", "by"):
        return PlaceDecision("mentioned", 0.3, "place-giver")
    if country or prep in FOR:
        return PlaceDecision("beneficiary", min(near, 0.7), "place-party")
    return PlaceDecision("venue", min(near, 0.7), "place-of-deal") if prep in AT else _mentioned(far)


HOSTS = word_list("hosts")
AVOIDING = word_list("avoiding")


def _in_name(toponym: Toponym, names: Sequence[tuple[int, int]]) -> bool:
    return any(start <= toponym.start and toponym.end <= end for start, end in names)


SEATED = word_list("seated")


def _seat_of_someone(reading: ReadText, root: Token) -> bool:
    """Tell where someone is at home: "DP World of Dubai", "the government in Kampala", "a builder from Bangkok"."""
    if root.dep_ != "pobj" or root.head.lower_ not in ("of", "in", "from", "at"):
        return False
    head = root.head.head
    if head.lemma_.lower() in SEATED:
        return True
    if root.head.lower_ in ("of", "from"):
        return head.ent_type_ in ("ORG", "PERSON") or any(
            a.start <= head.idx < a.end and a.kind in ("company", "organisation", "person")
            for a in reading.actors[reading.sentence_at(head.idx)]
        )
    return False


def _met(person: Token, triggers: Sequence[Token]) -> bool:
    """Tell those who meet from those at home: "a meeting with the ministers in Kampala" is in Kampala."""
    return (
        person.dep_ == "pobj"
        and person.head.lower_ in ("with", "of", "between")
        and person.head.head in triggers
    )


def _in_actor(reading: ReadText, toponym: Toponym) -> bool:
    """Tell a place in the name of who acts: "Anhui Foreign Economic Construction Group"."""
    return any(
        a.start <= toponym.start and toponym.end <= a.end and a.end - a.start > toponym.end - toponym.start
        for a in reading.actors[reading.sentence_at(toponym.start)]
        if a.kind in ("company", "organisation", "unit", "person")
    )


def _named_after(toponym: Toponym, kind: str, default: PlaceRole) -> PlaceDecision:
    """Read "Tashkent Declaration", "Kargil War", "Muktarpur Bridge": what a thing is named after is where it is."""
    if is_country(toponym):
        return PlaceDecision("beneficiary", 0.6, "place-in-name")
    if kind == "deal":
        return PlaceDecision("venue", 0.6, "place-in-name")
    return PlaceDecision("site" if default == "beneficiary" else default, 0.75, "place-in-name")


def _hosts(root: Token) -> bool:
    """Tell whether a state or its seat is the one that hosts: "Moscow hosted a meeting", "hosted by Russia"."""
    if root.dep_ == "nsubj":
        return root.head.lemma_.lower() in HOSTS
    return root.dep_ == "pobj" and root.head.dep_ == "agent" and root.head.head.lemma_.lower() in HOSTS


def _inside(root: Token, triggers: Sequence[Token]) -> PlaceDecision:
    """Read a place in the name of what one goes to: "visit to the Vladivostok Economic Forum"."""
    token = root
    while token.dep_ in ("compound", "amod", "nmod") and token.head.i != token.i:
        token = token.head
    at = token.dep_ == "pobj" and token.head.lower_ in ("to", "at", "in") and _goes(token, triggers)
    return PlaceDecision("venue", 0.6, "place-in-goal") if at or token in triggers else _mentioned(FAR)


def _mentioned(far: float) -> PlaceDecision:
    return PlaceDecision("mentioned", 0.3 if far < FAR else 0.2, "place-mentioned")


def _built(
    root: Token,
    triggers: Sequence[Token],
    default: PlaceRole,
    country: bool,
    prep: str,
    near: float,
    far: float,
) -> PlaceDecision:
    if country:
        owner = root.dep_ == "poss" and not any(t.i == root.head.i for t in triggers)
        if prep in PARTIES or (not prep and (owner or root.dep_ in ("nsubj", "nsubjpass"))):
            return PlaceDecision("mentioned", 0.3, "place-party")
        role: PlaceRole = "site" if default == "site" and prep in AT else "beneficiary"
        return PlaceDecision(role, near * (0.8 if prep in AT else 0.6), f"place-country-{role}")
    if prep in ("from", "to") and _from_to(root):
        return PlaceDecision("endpoint", near * 0.85, "place-from-to")
    if prep in ("via", "through") and far < FAR:
        return PlaceDecision("waypoint", near * 0.8, "place-via")
    if prep in ("from", "by"):
        return _mentioned(far)
    if _acts(root):
        return PlaceDecision("mentioned", 0.3, "place-acts")
    if far >= FAR and prep not in AT:
        return _mentioned(far)
    rule = f"place-{prep}" if prep in AT else "place-of-thing"
    return PlaceDecision(default if default != "venue" else "site", near, rule)


def _acts(root: Token) -> bool:
    """Tell a place that stands for who acts: "Moscow offered", "persuaded Moscow to contribute"."""
    if root.dep_ == "dobj":
        return any(child.dep_ == "xcomp" for child in root.head.children)
    return root.dep_ == "nsubj" and root.head.pos_ == "VERB"


def _from_to(root: Token) -> bool:
    """Tell whether a place is one end of "from A to B"."""
    while root.dep_ in ("conj", "appos", "compound") and root.head.i != root.i:
        root = root.head
    prep = root.head
    other = "to" if prep.lower_ == "from" else "from"
    around = [*prep.head.children, *prep.head.head.children, *prep.children]
    return any(c.dep_ == "prep" and c.lower_ == other for c in around)


def _happening(
    root: Token,
    triggers: Sequence[Token],
    default: PlaceRole,
    country: bool,
    prep: str,
    near: float,
    far: float,
) -> PlaceDecision:
    role: PlaceRole = default if default in ("venue", "site") else "venue"
    if prep == "over":
        return PlaceDecision("mentioned", 0.3, "place-at-issue")  # "a dispute over Abyei"
    visited = any(root.dep_ == "dobj" and root.head.i == t.i for t in triggers)
    if visited or prep in AT or (prep == "to" and _goes(root, triggers)):
        return PlaceDecision(role, near, "place-visited" if visited else f"place-{prep}")
    if root.dep_ in ("compound", "nmod", "appos", "npadvmod") and far <= 3:
        return PlaceDecision(role, near * 0.9, "place-in-name")
    if default == "beneficiary" or (prep in FOR and country):
        return PlaceDecision("beneficiary", near * 0.6, "place-party")
    if role == "site" and far <= 4:
        return PlaceDecision(role, near * 0.8, "place-of-thing")
    return _mentioned(far)


def _goes(root: Token, triggers: Sequence[Token]) -> bool:
    """Tell "a visit to Pakistan" from "the embargo to Pakistan": the preposition hangs on the trigger or a motion."""
    head = root.head.head if root.head.dep_ in ("prep", "dative") else root.head
    return any(t.i == head.i for t in triggers) or head.lemma_.lower() in MOTION


def is_country(toponym: Toponym) -> bool:
    """Tell whether a toponym is a whole country."""
    return toponym.place is not None and toponym.place.feature_code.startswith("PCL")


def _on_route(reading: ReadText, toponym: Toponym, routes: Sequence[Relation]) -> PlaceDecision | None:
    for route in routes:
        parts = [reading.all_toponyms[i] for i in route.parts if i < len(reading.all_toponyms)]
        for n, part in enumerate(parts):
            same = part.start == toponym.start and part.end == toponym.end
            if same and route.kind in ("route", "between"):
                end = n in (0, len(parts) - 1)
                return PlaceDecision("endpoint" if end else "waypoint", 0.85, f"place-{route.kind}")
    return None


def _preposition(root: Token) -> str:
    """Return the preposition that a place hangs on, through lists and appositions; ``""`` for none."""
    token = root
    for _ in range(CLIMB):
        if token.dep_ in ("conj", "appos", "compound", "nmod") and token.head.i != token.i:
            token = token.head
            continue
        break
    if token.dep_ == "pobj":
        outer = token.head
        if outer.lower_ == "of" and outer.head.lemma_.lower() in AREAS:
            return _preposition(outer.head) or "of"
        return outer.lower_
    return ""


def _refused(root: Token) -> str:
    """Name the rule by which a place is refused: "denied the initially proposed location of Gilgit Baltistan"."""
    words, i = words_of(root.doc), root.i
    through: set[str] = set()
    for _ in range(CLIMB):
        head, dep = words.heads[i], words.deps[i]
        if head == i:
            return ""
        through.add(words.lemmas[i])
        lower = words.lower[head]
        if lower in INSTEAD or (lower == "of" and head > 0 and words.lower[head - 1] in INSTEAD):
            return "place-instead"
        if dep == "pobj" and lower == "from" and words.lemmas[words.heads[head]] in MOVED:
            return "place-moved-from"
        if words.pos[head] == "VERB":
            if dep not in REFUSABLE or not modal_words().has("denied_verbs", words, head):
                return ""
            refused = REFUSED_NOUNS & {*through, words.lemmas[head]}
            return "place-refused" if refused or words.lemmas[head] == "reject" else ""
        i = head
    return ""


REFUSABLE = frozenset({"dobj", "prep", "nsubjpass", "pobj"})
"""Ways in which what is refused hangs on its verb."""


def contained_in(reading: ReadText, toponym: Toponym) -> bool:
    """Tell whether a place only says where a smaller one before it lies: Pakistan in "Cherat, Pakistan"."""
    place = toponym.place
    if place is None or place.feature_class not in ("A", "L", "T"):
        return False
    for other in reading.toponyms[reading.sentence_at(toponym.start)]:
        if other.place is None or other.start == toponym.start or other.kind in ("metonym", "demonym"):
            continue
        gap = toponym.start - other.end
        if not 0 <= gap <= CONTAINER_REACH or other.place.id == place.id:
            continue
        if other.place.country == place.country and (
            (is_country(toponym) and not is_country(other)) or other.place.admin1 == place.name
        ):
            between = reading.text[other.end : toponym.start]
            return between.startswith((",", " in ", " (", ", in")) and ";" not in between
    return False
