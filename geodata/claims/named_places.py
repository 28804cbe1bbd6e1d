"""Where a thing is that no recognised place of its sentences tells: by its own name, or by the place before it.

The finder of places abstains from many a name that the parser takes for a person or a firm. Here the text has said
that the name is where something is built or held ("at Doraleh", "the Anaklia port"), which is evidence enough to ask
the gazetteer again, in the countries that the text speaks of. A name that no gazetteer has still stands: somewhere in
the country that the sentence speaks of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from spacy.tokens import Span, Token

from geodata.claims.actors import Gazetteer
from geodata.claims.context import ReadText
from geodata.claims.known_names import proper_runs
from geodata.claims.maker import Maker
from geodata.claims.sameness import fine
from geodata.claims.telling import Telling
from geodata.claims.word_lists import word_list
from geodata.claims.words import words_of
from geodata.records import COUNTRY, Claim, Place, PlaceRole, Toponym
from geodata.resolution.anchors import GOING

WHERE = word_list("at")
ENDS = frozenset({"from", "to", "between"})
SPOTS = frozenset({"site", "venue", "endpoint", "waypoint"})
GIVEN = 0.85
"""Confidence from which an actor is one, and no place."""
OTHER = frozenset({"DATE", "TIME", "NORP", "MONEY", "EVENT"})
"""Kinds of entities of the model that are no places."""
BACK = 2
"""Sentences of a paragraph that a place is carried over."""
THERE = re.compile(
    r"\b(?:(?:visit(?:ed|s)?|toured|left|reached)\sthe\s(?:city|town|capital|island|port)|there(?!\s(?:is|are|was|were|has|have|had|will|would|may|can)\b)|here|next\sdoor|nearby|(?:beside|near|outside)\sit"
    r"|in\sthe\s(?:city|town)|on\sthe\s(?:island|spot)|the\ssame\s(?:city|town|place|port))\b",
    re.IGNORECASE,
)
"""Words that put a thing where the text has just been."""
COMPASS = frozenset({"north", "south", "east", "west", "central"})
SURE_MATCHES = frozenset({"exact", "folded", "alternate", "abbreviation", "historical"})


def more_places(
    maker: Maker,
    telling: Telling,
    places: Sequence[Claim],
    giving: AbstractSet[str],
    receiving: AbstractSet[str],
    default: PlaceRole,
    gaz: Gazetteer | None,
) -> list[Claim]:
    """Return places for a telling that has none finer than a country: by name, by "the capital", by "there".

    ``giving`` are the countries of those who pay or supply, ``receiving`` those of who gets it.
    """
    if gaz is None or telling.kind == "deal":
        return []
    reading = maker.reading
    countries = [c for c in _countries(reading, telling, places) if c not in giving]
    countries.sort(key=lambda c: c not in receiving)
    known = any(_spot(c) for c in places)
    sure = [c for c in countries if c in receiving or any(c == p.country for p in places if p.role in SPOTS)]
    if not sure and countries and (not telling.narrative or _placed_in(reading, countries[0])):
        sure = countries[:1]
    held = [c for c in countries if _things_are_in(reading, c)]
    sure = [c for c in sure if not held or c in held]
    spots: dict[str, Claim] = {}
    for span, role, own in _names(reading, telling, default):
        claim = _by_name(maker, span, role, countries, sure, gaz) if own or not known else None
        if claim is not None and claim.extractor == "place-somewhere" and _is_own(telling, span, own):
            continue
        if claim is not None and not (known and claim.extractor == "place-somewhere"):
            spots.setdefault(claim.value, claim)
    if spots or known:
        return list(spots.values())
    capital = _capital(maker, telling, default, countries, gaz)
    return [capital] if capital is not None else _carried(maker, telling, default, countries, gaz)


def _is_own(telling: Telling, span: Span, own: bool) -> bool:
    """Tell a name that is the thing's alone: that of a fair, an exercise or a visit, or a word of its kind."""
    if own and telling.kind == "happening":
        return True
    return any(
        m.start <= span.start_char and span.end_char <= m.end and not m.bare_name for m in telling.mentions
    )


def _placed_in(reading: ReadText, country: str) -> bool:
    """Tell whether a text speaks of a place in a country; a narrative may name just the country that gives."""
    return any(
        t.kind == "literal" and t.place is not None and t.place.country == country
        for t in reading.all_toponyms
    )


def _things_are_in(reading: ReadText, country: str) -> bool:
    """Tell a country where something lies or goes to from one that only acts: "Americans", "the United States has"."""
    return any(
        t.kind == "literal"
        and t.place is not None
        and t.place.country == country
        and (
            not t.place.feature_code.startswith("PCL")
            or GOING.search(reading.text[max(0, t.start - 24) : t.start]) is not None
        )
        for t in reading.all_toponyms
    )


def _spot(claim: Claim) -> bool:
    return claim.role in (*SPOTS, "beneficiary") and claim.precision != COUNTRY and claim.lat is not None


def _countries(reading: ReadText, telling: Telling, places: Sequence[Claim]) -> list[str]:
    """Return the countries that a thing may be in, likeliest first: of its places, then most named around it."""
    told = [c for c in places if c.role != "mentioned" and c.country]
    found = [c.country for c in sorted(told, key=lambda c: c.role not in SPOTS)]
    own = set(telling.sentences)
    counts: Counter[str] = Counter()
    for s in sorted(own | set(reading.around(telling.first.sentence))):
        weight = 3 if s in own else 1
        for toponym in reading.toponyms[s]:
            if toponym.place is not None and toponym.kind != "embedded":
                counts[toponym.place.country] += weight
    found += [country for country, _ in counts.most_common()]
    found += sorted(reading.countries)
    return [country for country in dict.fromkeys(found) if country]


# --- names ------------------------------------------------------------------------------------------------------


def _names(reading: ReadText, telling: Telling, default: PlaceRole) -> Iterator[tuple[Span, PlaceRole, bool]]:
    """Yield the names that stand in a thing's own name (``True``), or after "at" or "from … to" beside it."""
    for mention in telling.mentions:
        if mention.verb:
            anchor = mention.token
        else:
            anchor = mention.token
            own = reading.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if own is not None:
                apposed = _apposed(anchor)
                run = own if mention.bare_name else apposed or _run_before(own)
                # the exercise Vostok 2018 is at no town called Vostok
                code = telling.kind == "happening" and (mention.bare_name or run is apposed)
                if run is not None and not code and not _taken(reading, mention.sentence, run):
                    yield run, default, True
        for prep in _prepositions(anchor):
            for token in prep.children:
                if token.dep_ == "pobj" and token.pos_ == "PROPN" and token.ent_type_ not in OTHER:
                    run = _run(token)
                    if not _taken(reading, mention.sentence, run):
                        yield run, "endpoint" if prep.lower_ in ENDS else default, False


def _apposed(anchor: Token) -> Span | None:
    """Return the name that a thing stands beside: "Aphrodite, the Cypriot field, was found in 2011"."""
    if anchor.dep_ == "appos" and anchor.head.pos_ == "PROPN":
        return _run(anchor.head)
    return next((_run(c) for c in anchor.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None)


def _prepositions(anchor: Token) -> Iterator[Token]:
    """Yield the prepositions of place that hang on a thing or on the verb of its clause."""
    words, i = words_of(anchor.doc), anchor.i
    heads = [i]
    while words.heads[i] != i and (len(heads) == 1 or words.pos[i] not in ("VERB", "AUX")):
        i = words.heads[i]
        heads.append(i)
    for head in heads:
        for child in words.children[head]:
            lower = words.lower[child]
            if words.deps[child] == "prep" and (lower in WHERE or (lower in ENDS and head == anchor.i)):
                yield anchor.doc[child]


def _run_before(own: Span) -> Span | None:
    """Return the proper nouns that end where a thing's name does or stand right before it."""
    doc, start = own.doc, own.start
    while (
        start > 0
        and not doc[start].is_sent_start
        and (doc[start - 1].pos_ == "PROPN" or doc[start - 1].text in ("-", "–"))
    ):
        start -= 1
    end = own.start
    if start == end:
        end = own.end if own[0].pos_ == "PROPN" else own.start
    return doc[start:end] if end > start and doc[start].pos_ == "PROPN" else None


def _run(token: Token) -> Span:
    """Return the run of proper nouns that ends in a token."""
    start = token.i
    while not token.doc[start].is_sent_start and token.doc[start - 1].pos_ == "PROPN":
        start -= 1
    return token.doc[start : token.i + 1]


def _taken(reading: ReadText, s: int, run: Span) -> bool:
    """Tell a name that is an actor's or a place's that was placed already."""
    if any(
        a.start < run.end_char and run.start_char < a.end and (a.confidence >= GIVEN or a.kind == "state")
        for a in reading.actors[s]
    ):
        return True
    return any(
        t.start < run.end_char and run.start_char < t.end and t.place is not None and t.kind != "embedded"
        for t in reading.toponyms[s]
    )


def _by_name(
    maker: Maker, span: Span, role: PlaceRole, countries: Sequence[str], sure: Sequence[str], gaz: Gazetteer
) -> Claim | None:
    places = [m.place for m in gaz.lookup(span.text) if m.kind in SURE_MATCHES]
    inside = [p for p in places if p.country in countries and not p.feature_code.startswith("PCL")]
    if inside:
        best = min(inside, key=lambda p: countries.index(p.country))
        return maker.claim(
            "place",
            best.name,
            span.start_char,
            span.end_char,
            "place-by-name",
            0.5,
            role=role,
            place=best.id,
            lat=best.lat,
            lon=best.lon,
            country=best.country,
            precision=best.default_precision,
        )
    home = gaz.country(sure[0]) if sure and not places and _may_be_a_spot(span) else None
    if home is None:
        return None
    return maker.claim(
        "place",
        span.text,
        span.start_char,
        span.end_char,
        "place-somewhere",
        0.3,
        role=role,
        lat=home.lat,
        lon=home.lon,
        country=home.country,
        precision=COUNTRY,
    )


def _may_be_a_spot(span: Span) -> bool:
    """Tell a name that a spot may bear from an acronym, a numeral or a compass: "CPEC", "III", "North-South"."""
    words = [t for t in span if t.is_alpha]
    return any(not t.is_upper and t.lower_ not in COMPASS for t in words)


# --- discourse --------------------------------------------------------------------------------------------------


def _capital(
    maker: Maker, telling: Telling, default: PlaceRole, countries: Sequence[str], gaz: Gazetteer
) -> Claim | None:
    """Read "in the capital" as the seat of government of the country that the sentences speak of."""
    place = gaz.capital(countries[0]) if countries else None
    if place is None:
        return None
    for s in telling.sentences:
        sentence = maker.reading.sentences[s]
        words = words_of(sentence.doc)
        for i in range(sentence.start, sentence.end):
            if (
                words.lower[i] == "capital"
                and words.deps[i] == "pobj"
                and words.lower[words.heads[i]] in WHERE
                and words.lower[i + 1 : i + 2] != ["of"]
            ):
                start, end = sentence.doc[i].idx, sentence.doc[i].idx + len(words.texts[i])
                return _claim(maker, place, start, end, "place-capital", 0.45, default)
    return None


def _carried(
    maker: Maker, telling: Telling, default: PlaceRole, countries: Sequence[str], gaz: Gazetteer
) -> list[Claim]:
    """Take the spot that the sentences before spoke of: "Next door, … a refinery", "A port there is to cost …"."""
    reading, first = maker.reading, telling.first.sentence
    if not THERE.search(reading.sentences[first].text):
        return []
    for s in range(first - 1, max(first - 1 - BACK, -1), -1):
        if reading.paragraphs[s] != reading.paragraphs[first]:
            break
        spots = [t for t in reading.toponyms[s] if fine(t) and _may_be(t, reading, telling)]
        if spots and spots[0].place is not None:
            t = spots[0]
            return [_claim(maker, spots[0].place, t.start, t.end, "place-carried", 0.35, default)]
        named = [
            claim
            for run in proper_runs(reading.sentences[s])
            if not _taken(reading, s, run)
            and (claim := _by_name(maker, run, default, countries, (), gaz)) is not None
            and claim.extractor == "place-by-name"
        ]
        if named:
            return named[-1:]
    return []


def _may_be(toponym: Toponym, reading: ReadText, telling: Telling) -> bool:
    """Tell whether a place lies in a country that the sentences of a telling speak of, if they speak of one."""
    told = {
        t.place.country
        for s in telling.sentences
        for t in reading.toponyms[s]
        if t.place is not None and t.kind in ("literal", "metonym")
    } - {""}
    return toponym.place is not None and (not told or toponym.place.country in told)


def _claim(
    maker: Maker, place: Place, start: int, end: int, rule: str, confidence: float, role: PlaceRole
) -> Claim:
    return maker.claim(
        "place",
        place.name,
        start,
        end,
        rule,
        confidence,
        role=role,
        place=place.id,
        lat=place.lat,
        lon=place.lon,
        country=place.country,
        precision=place.default_precision,
    )


__all__ = ["more_places"]
