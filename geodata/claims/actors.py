"""Actors in a text: states, organisations, companies, persons with their office, armed groups, units.

Rules, each named, from the surest to the least: an alias of ``vocabulary/actors.toml``; a capitalised name that
ends in a word such as Corporation or Bank; an organisation or person of the language model; a state from the
names of places ("Moscow rejected", "the Pakistani government"). A name that begins with a place stays whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Any, Protocol

from spacy.tokens import Doc, Span

from geodata.claims.actor_names import ActorWords, fold, load_actor_words
from geodata.claims.actor_variants import canonical_actors
from geodata.claims.beginnings import Finder
from geodata.claims.organisation_names import TAIL, TRADES, organisation_spans
from geodata.claims.told_companies import told_companies
from geodata.claims.units import load_currencies
from geodata.claims.words import words_of
from geodata.records import COUNTRY, Place, Toponym


class Found(Protocol):
    """A place that a name may mean, and how the name matched."""

    @property
    def place(self) -> Place: ...

    @property
    def kind(self) -> str: ...


class Gazetteer(Protocol):
    """The part of the gazetteer that claims need."""

    def lookup(self, name: str) -> Sequence[Found]: ...  # noqa: D102

    def country(self, iso2: str) -> Place | None: ...  # noqa: D102

    def capital(self, iso2: str) -> Place | None: ...  # noqa: D102

    def demonym(self, word: str) -> tuple[Place, ...]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor in a text: half-open character span, canonical name, kind, home country (ISO 3166-1 alpha-2)."""

    start: int
    end: int
    surface: str
    name: str
    kind: str
    country: str = ""
    office: str = ""
    rule: str = ""
    confidence: float = 0.8


LEADING = re.compile(
    r"^(?:(?:[Tt]he|A|An|In|On|By|With|For|At|From|Under|As|Both|Following|After|Since|While|When|Although|However"
    r"|Later|Also|This|These|To|According to)\s+)+"
)
"""Words at the start of a sentence that the capital letter makes look like part of a name."""
BRACKET = re.compile(r"\s*\((?:the\s)?[\"“']?([A-Z][A-Za-z&.-]{1,14}[A-Za-z])[\"”']?\)")
GOVERNMENT = re.compile(r"(?i:\b(?:government|govt\.?|state|republic|kingdom|authorities)\sof\s(?:the\s)?)$")
NOT_ACTORS = re.compile(
    r"(?i)^(?:the\s)?(?:road|bridge|highway|railway|airport|port|dam|pipeline|project|memorandum|treaty|pact|mou|plan"
    r"|agreement|declaration|constitution|act|article|programme|initiative|id|phase|loan|corridor|summit)s?$"
    r"|^Government\s(?:of|and)\b|\bGovernment$|^(?:Republic|Kingdom|State)\sof\b|#|^(?:Project\s)?ID\b"
    r"|\b(?:Strategy|Concept|Doctrine|Treaty|Declaration|Agreement|Constitution|Law|Act|Head|Members?)\s(?:of|for|on)\b"
    r"|\b(?:Project|Agreement|Treaty|Pact|Declaration|Accords?|Act|Airport|Port|Dam|Bridge|Highway|Road|Railway"
    r"|Pipeline|Corridor|Hospital|Stadium|School|Memorandum|Plant|Station|Initiative|War|Plan|Phase|Summit|Line"
    r"|Conference|Exercise|Refinery|Terminal|Protocol|Convention|Programme|Sea|Ocean|River|Valley|Province|City"
    r"|Law|Constitution|Strategy|Concept|Doctrine|Loan|District|Region|Islands?)$"
)


OFFICE_BEFORE = re.compile(r"((?:[A-Z][\w-]+\s){1,4}(?:of|for)\s[^,.;]{2,70}),\s$")
OFFICE_NAME = re.compile(
    r"\b(?:Minister|Ministers|President|Secretary|Ambassador|Director|Chairman|Governor|Chief|Head)\b"
)


def find_actors(
    doc: Doc, toponyms: Sequence[Toponym], vocabulary: Any = None, gaz: Gazetteer | None = None
) -> tuple[ActorMention, ...]:
    """Return every actor that a text names, in order, without overlaps; one name per actor throughout the text."""
    text = words_of(doc).text
    toponyms = sorted(toponyms, key=lambda t: t.start)
    words = load_actor_words()
    taken = bytearray(len(text) + 1)
    found: list[ActorMention] = []
    for source in (
        _suffixed(doc, words, toponyms),
        _aliases(doc, words, gaz),
        _persons(doc, words, toponyms, gaz),
        _organisations(doc, words, toponyms),
        _told(doc, words, toponyms, gaz),
        _states(doc, words, toponyms, gaz),
    ):
        for mention in source:
            if not any(taken[mention.start : mention.end]):
                taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
                found.append(mention)
    found.sort(key=lambda m: m.start)
    return tuple(_one_name(doc, found, words))


def _known(name: str, words: ActorWords) -> tuple[str, str, str] | None:
    """Return name, kind and country of a known actor, for any spelling that folds to one of its aliases."""
    plain = re.sub(r"\s+", " ", name.replace("’", "'")).strip()
    actor = words.aliases.get(plain) or words.folded.get(fold(plain))
    return (actor.name, actor.kind, actor.country) if actor else None


def _clean(name: str) -> str:
    name = re.sub(r"\s+", " ", name.replace("’", "'")).strip(" ,.;:'\"")
    name = LEADING.sub("", name)
    return re.sub(r"'s?$", "", name)


def _suffixed(doc: Doc, words: ActorWords, toponyms: Sequence[Toponym]) -> Iterator[ActorMention]:
    """Find capitalised names that end in a telling word: "Khyber Pakhtunkhwa Oil and Gas Company Limited"."""
    text = words_of(doc).text
    places = {t.start for t in toponyms if t.kind != "embedded"}
    states = {
        t.end for t in toponyms if t.kind != "embedded" and t.place and t.place.feature_code.startswith("PCL")
    }
    for start, end in organisation_spans(text, words, places):
        tail = TAIL.match(text, end)
        stop = tail.end() if tail else end
        name = _clean(text[start:end])
        if " " not in name and not tail:
            continue
        known = _known(name, words)
        if end in states and not known:
            continue  # "the Russian Federation"
        kind = words.suffixes.get(name.split()[-1].rstrip("."), "") or _first_kind(name, words)
        if (NOT_ACTORS.search(name) or OFFICE_NAME.search(name)) and not (known or tail):
            continue
        shown, kind, country = known or (_without_demonym(name, kind, start, toponyms), kind or "company", "")
        start += len(text[start:end]) - len(LEADING.sub("", text[start:end]))
        country = country or _country_inside(start, end, toponyms)
        yield ActorMention(start, stop, text[start:stop], shown, kind, country, "", "name-suffix", 0.85)


def _without_demonym(name: str, kind: str, start: int, toponyms: Sequence[Toponym]) -> str:
    """Take "Pakistani" from "the Pakistani Inter-State Gas Systems"; a ministry keeps it, to stay apart from others."""
    first, _, rest = name.partition(" ")
    at = bisect_left(toponyms, start, key=lambda t: t.start)
    here = islice(toponyms, at, at + 2)
    is_demonym = any(t.start == start and t.kind == "demonym" and t.surface == first for t in here)
    return rest if is_demonym and kind == "company" and rest.count(" ") >= 1 else name


def _first_kind(name: str, words: ActorWords) -> str:
    """Find the kind where the telling word comes first: "Ministry of Energy", "Bank of Uganda"."""
    for word in name.split():
        if word in ("of", "for"):
            break
        kind = words.suffixes.get(word)
        if kind:
            return kind
    return ""


def _country_inside(start: int, end: int, toponyms: Sequence[Toponym]) -> str:
    first = bisect_left(toponyms, start, key=lambda t: t.start)
    for toponym in islice(toponyms, first, None):
        if toponym.start >= end:
            break
        if toponym.place is not None and toponym.place.country:
            return toponym.place.country
    return ""


@cache
def _alias_finder() -> Finder:
    return Finder([load_actor_words().pattern])


def _aliases(doc: Doc, words: ActorWords, gaz: Gazetteer | None) -> Iterator[ActorMention]:
    text = words_of(doc).text
    for _, match in _alias_finder().find(text):
        written = re.sub(r"\s+", " ", match[0].replace("’", "'"))
        iso = words.metonyms.get(written)
        if iso:
            place = gaz.country(iso) if gaz is not None else None
            name = place.name if place is not None else iso
            yield ActorMention(*match.span(), match[0], name, "state", iso, "", "metonym", 0.8)
            continue
        actor = words.aliases.get(written)
        if actor is None or _not_a_name(doc, text, match.start(), match.end()):
            continue
        yield ActorMention(*match.span(), match[0], actor.name, actor.kind, actor.country, "", "alias", 0.9)


def _not_a_name(doc: Doc, text: str, start: int, end: int) -> bool:
    """Tell a common word from a name: "total", "shell" at the start of a sentence."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return (
        span is not None
        and len(span) == 1
        and span[0].pos_ in ("VERB", "ADJ", "ADV")
        and not span[0].ent_type_
    )


def _persons(
    doc: Doc, words: ActorWords, toponyms: Sequence[Toponym], gaz: Gazetteer | None
) -> Iterator[ActorMention]:
    text = words_of(doc).text
    located = {(t.start, t.end) for t in toponyms if t.kind == "literal" and t.place is not None}
    for ent in doc.ents:
        if ent.label_ != "PERSON" or not re.match(r"[A-ZÀ-Þ]", ent.text):
            continue
        start, end = ent.start_char, ent.end_char
        tokens = ent.text.split()
        while len(tokens) > 1 and tokens[0].strip(".") in words.offices:
            start += len(tokens[0]) + 1
            tokens = tokens[1:]
        name = _clean(text[start:end])
        if (
            len(name) < 3
            or NOT_ACTORS.search(name)
            or "\n" in name
            or any(c.isdigit() for c in name)
            or name.isupper()
        ):
            continue
        if any(t in words.suffixes for t in tokens) or (gaz is not None and gaz.demonym(name)):
            continue
        if _beside_company(ent, words) and (start, end) not in located:
            yield ActorMention(start, end, text[start:end], name, "company", "", "", "name-coordinated", 0.65)
            continue
        office, country = _office(text, start, end, words, gaz)
        if (start, end) in located and not office:
            continue  # "the bridge at Presidente Prudente"
        rule = "person-office" if office else "person"
        confidence = 0.85 if office else (0.6 if len(tokens) > 1 else 0.4)
        yield ActorMention(start, end, text[start:end], name, "person", country, office, rule, confidence)


def _beside_company(ent: Span, words: ActorWords) -> bool:
    """Tell a company that the model takes for a person: "Inter-Rao Engineering and Himash Apparat, a consortium"."""
    root = ent.root
    if root.dep_ == "conj" and words.suffixes.get(root.head.text) == "company":
        return True
    for child in root.children:
        if child.dep_ == "appos" and child.lower_ in words.company_nouns:
            return True
        if child.dep_ == "conj" and child.pos_ == "PROPN" and words.suffixes.get(child.text) == "company":
            return True
    return False


def _office(text: str, start: int, end: int, words: ActorWords, gaz: Gazetteer | None) -> tuple[str, str]:
    """Read the office before a name ("Russian Foreign Minister Sergey Lavrov") or in apposition after it."""
    before = re.search(r"((?:[\w’'.-]+,?\s){1,7})$", text[max(0, start - 90) : start])
    office: list[str] = []
    country = ""
    for word in reversed((before[1] if before else "").split()):
        bare = word.strip(",.'’").removesuffix("'s").removesuffix("’s")
        place = gaz.demonym(bare) if gaz is not None and bare[:1].isupper() else ()
        if bare in words.offices or (office and bare in ("of", "for", "and", "the")):
            office.insert(0, bare)
        elif place:
            country = place[0].country
            break
        else:
            break
    told = " ".join(office)
    if not told:
        long = OFFICE_BEFORE.search(text[max(0, start - 110) : start])
        written = LEADING.sub("", long[1]) if long else ""
        if written and written.split()[0] in words.offices:
            return written, country
        after = re.match(
            r",\s(?:the\s)?((?:[A-Z][\w-]+\s)?(?:[A-Z][\w-]+\s){0,3}[A-Z][\w-]+)", text[end : end + 60]
        )
        if after and any(w in words.offices for w in after[1].split()):
            told = " ".join(w for w in after[1].split() if not (gaz is not None and gaz.demonym(w)))
    return re.sub(r"^(?:of|for|and|the)\s", "", told), country


def _organisations(doc: Doc, words: ActorWords, toponyms: Sequence[Toponym]) -> Iterator[ActorMention]:
    text = words_of(doc).text
    located = {(t.start, t.end) for t in toponyms if t.kind != "embedded"}
    surnames = {ent.text.split()[-1] for ent in doc.ents if ent.label_ == "PERSON"}
    for ent in doc.ents:
        if ent.label_ != "ORG" or "\n\n" in ent.text or (ent.start_char, ent.end_char) in located:
            continue
        name = _clean(ent.text)
        if OFFICE_NAME.search(name) or OFFICE_NAME.search(text[max(0, ent.start_char - 14) : ent.start_char]):
            continue
        if (
            not re.match(r"[A-ZÀ-Þ]", name)
            or NOT_ACTORS.search(name)
            or len(name) < 3
            or name.startswith("ID")
        ):
            continue
        if re.fullmatch(
            r"[A-Z]{1,3}-?\d.*|.*\s(?:19|20)\d\d|(?:USD|RMB|CNY|EUR|US|GDP|MOU|MoU|ODA|LNG|ICT)", name
        ):
            continue
        if name in TRADES or name in words.suffixes or name in surnames or name in load_currencies().codes:
            continue
        known = _known(name, words)
        kind = words.suffixes.get(name.split()[-1].rstrip("."), "") or "organisation"
        shown, kind, country = known or (name, kind, "")
        country = country or _country_inside(ent.start_char, ent.end_char, toponyms)
        start = ent.start_char + (4 if ent.text.lower().startswith("the ") else 0)
        end = ent.end_char - (2 if ent.text.endswith(("'s", "’s")) else 0)
        confidence = 0.9 if known else (0.65 if len(name.split()) > 1 else (0.5 if name.isupper() else 0.35))
        yield ActorMention(start, end, text[start:end], shown, kind, country, "", "model-org", confidence)


def _told(
    doc: Doc, words: ActorWords, toponyms: Sequence[Toponym], gaz: Gazetteer | None
) -> Iterator[ActorMention]:
    """Find companies by the words around them, where no place, person or demonym bears the name."""
    for span, sure in told_companies(doc, words.company_nouns):
        start, end, name = span.start_char, span.end_char, _clean(span.text)
        here = [t for t in toponyms if t.start < end and start < t.end]
        lands = any(
            t.kind != "literal" or t.place is None or t.place.default_precision == COUNTRY for t in here
        )
        other = {"PERSON", "NORP", "DATE", "EVENT", "LOC"} | (set() if sure else {"GPE", "FAC"})
        if lands or (here and not sure) or other & {t.ent_type_ for t in span}:
            continue
        if len(name) < 3 or NOT_ACTORS.search(name) or OFFICE_NAME.search(name):
            continue
        if name in words.suffixes or (gaz is not None and gaz.demonym(name)):
            continue
        yield ActorMention(start, end, span.text, name, "company", "", "", "told-company", 0.6)


def _states(
    doc: Doc, words: ActorWords, toponyms: Sequence[Toponym], gaz: Gazetteer | None
) -> Iterator[ActorMention]:
    text = words_of(doc).text
    capitals: dict[str, str] = {}
    for toponym in toponyms:
        place = toponym.place
        if place is None or toponym.kind == "embedded":
            continue
        span = doc.char_span(toponym.start, toponym.end, alignment_mode="expand")
        if span is None or not len(span):
            continue
        is_country = place.feature_code.startswith("PCL")
        if toponym.kind == "metonym" or (_acts(span) and _is_capital(place, gaz, capitals)):
            rule, confidence = "metonym", 0.75
        elif toponym.kind == "demonym":
            rule, confidence = _demonym_rule(span, words)
        elif is_country:
            before = text[max(0, toponym.start - 24) : toponym.start]
            rule, confidence = ("government", 0.9) if GOVERNMENT.search(before) else _country_rule(span)
        else:
            continue
        state = place
        if not is_country and place.country:
            state = (gaz.country(place.country) if gaz is not None else None) or place
        if not state.country:
            continue  # "Eurasia", "Africa": a region of the world acts in nothing
        yield ActorMention(
            toponym.start, toponym.end, toponym.surface, state.name, "state", state.country, "",
            rule, confidence,
        )  # fmt: skip


def _is_capital(place: Place, gaz: Gazetteer | None, capitals: dict[str, str]) -> bool:
    if not place.country or gaz is None:
        return False
    if place.country not in capitals:
        capital = gaz.capital(place.country)
        capitals[place.country] = capital.id if capital is not None else ""
    return capitals[place.country] == place.id


ACTING = frozenset({"nsubj", "agent", "poss", "dobj", "iobj", "dative", "conj", "nsubjpass", "appos"})
PLACING = frozenset(
    {"in", "at", "near", "across", "throughout", "within", "inside", "through", "via", "around"}
)


def _acts(span: Span) -> bool:
    """Tell whether a capital acts as a state: "Moscow rejected", "talks with Beijing"."""
    root = span.root
    while root.dep_ == "conj" and root.head.i != root.i and root.head.pos_ == "PROPN":
        root = root.head
    if root.dep_ in ("nsubj", "poss", "agent"):
        return root.dep_ == "poss" or root.head.pos_ in ("VERB", "AUX")
    return root.dep_ == "pobj" and root.head.lower_ in (
        "with",
        "by",
        "between",
        "towards",
        "toward",
        "against",
    )


def _country_rule(span: Span) -> tuple[str, float]:
    root = span.root
    while root.dep_ == "conj" and root.head.i != root.i:
        root = root.head
    if root.dep_ == "pobj":
        return ("state-place", 0.3) if root.head.lower_ in PLACING else ("state-object", 0.6)
    return ("state", 0.8) if root.dep_ in ACTING else ("state-mentioned", 0.5)


def _demonym_rule(span: Span, words: ActorWords) -> tuple[str, float]:
    head = span.root.head.lower_
    if span.root.dep_ in ("amod", "compound", "nmod") or span.root.pos_ == "ADJ":
        if head in words.state_nouns:
            return "demonym-government", 0.8
        if head in words.company_nouns or head in ("loan", "grant", "aid", "donation", "assistance"):
            return "demonym-company", 0.55
        return "demonym", 0.4
    return "nationals", 0.5


def _one_name(doc: Doc, found: list[ActorMention], words: ActorWords) -> list[ActorMention]:
    """Give each actor one name within a text: abbreviations in brackets, surnames, spellings."""
    text = words_of(doc).text
    short: dict[str, ActorMention] = {}
    full: dict[str, str] = {}
    for mention in found:
        bracket = BRACKET.match(text, mention.end)
        if bracket and mention.kind != "state" and bracket[1] not in words.aliases:
            short[bracket[1]] = mention
        if mention.kind == "person" and " " in mention.name:
            full.setdefault(mention.name.split()[-1], mention.name)
    out = []
    for mention in found:
        base = short.get(mention.name) or short.get(mention.surface)
        if base is not None:
            mention = replace(mention, name=base.name, kind=base.kind, country=base.country, confidence=0.85)
        elif mention.kind == "person" and mention.name in full:
            mention = replace(mention, name=full[mention.name], confidence=max(mention.confidence, 0.6))
        out.append(mention)
    names = canonical_actors(out)
    companies = {names[m.name] for m in out if m.kind == "company"}
    out = [
        replace(m, kind="company") if m.kind == "person" and names[m.name] in companies else m for m in out
    ]
    return [
        replace(m, name=names[m.name]) if names[m.name] != m.name and m.kind != "state" else m for m in out
    ]


__all__ = ["ActorMention", "Gazetteer", "canonical_actors", "find_actors"]
