"""The shape of what flows: plain typed records, the terms of the field.

Records carry values; functions act on them. Offsets are characters of the *cleaned* text of a document,
half-open ``[start, end)``. Coordinates are degrees WGS 84. Dates are EDTF strings (ISO 8601-2), ``""`` for none.
Tuples and frozen records only, so that a stage can never change what an earlier one made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from shapely.geometry.base import BaseGeometry

ToponymKind = Literal["literal", "metonym", "demonym", "embedded"]
PlaceRole = Literal["site", "venue", "endpoint", "waypoint", "beneficiary", "rejected_venue", "mentioned"]
Modality = Literal["asserted", "planned", "conditional", "denied", "alleged"]
Rank = Literal["preferred", "normal", "deprecated"]
ClaimProperty = Literal["title", "type", "place", "actor", "date", "status", "value"]

EXACT, NEAR, ADMIN2, ADMIN1, ESTIMATED, COUNTRY, SEAT, UNCLEAR = 1, 2, 3, 4, 5, 6, 8, 9
"""IATI GeographicalPrecision codes; 7 is not used by the standard's successors nor here."""
COMPOSED = "title-composed"
"""The extractor of titles that no text gives."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of cleaned text that stands in the original unchanged, character for character."""

    clean: int
    original: int
    length: int


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Leads from characters of the cleaned text back to characters of the text as extracted.

    ``segments`` are in order and do not overlap; what lies between two of them was changed by the clean-up
    (a joined line, a mended hyphen), and maps to the nearest end.
    """

    segments: tuple[Segment, ...] = ()

    def original(self, offset: int) -> int:
        """Return the offset in the text as extracted for an offset in the cleaned text."""
        low, high = 0, len(self.segments)
        while low < high:
            middle = (low + high) // 2
            if self.segments[middle].clean <= offset:
                low = middle + 1
            else:
                high = middle
        if low == 0:
            return self.segments[0].original if self.segments else offset
        segment = self.segments[low - 1]
        return segment.original + min(offset - segment.clean, segment.length)


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page of the source begins and ends in the cleaned text; numbers start at 1."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text that was read, cleaned, with its bibliographic facts."""

    id: str
    """The file stem, made unique within a store."""
    text: str
    """Cleaned text: whole sentences, paragraphs parted by a blank line."""
    sha256: str
    """Of the file's bytes."""
    text_sha256: str
    """Of the cleaned text; two files with the same one count once as a source."""
    file: str = ""
    """The file's name, without its folder."""
    media_type: str = "text/plain"
    title: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""
    """EDTF."""
    url: str = ""
    language: str = "en"
    pages: tuple[Page, ...] = ()
    offsets: OffsetMap = OffsetMap()
    digest_of: str = ""
    """SHA-256 of the original file that this text is a digest of; the original takes its place."""
    warnings: tuple[str, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """Return the page number of an offset, ``None`` where the source has no pages."""
        for page in self.pages:
            if page.start <= offset < page.end:
                return page.number
        return None


@dataclass(frozen=True, slots=True)
class Selector:
    """Where the words stand: W3C TextPositionSelector and TextQuoteSelector in one."""

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document."""

    document: str
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One gazetteer record."""

    id: str
    """``geonames:1174872``, ``dateline:tirah-valley``, ``airport:OPKD`` …"""
    name: str
    lat: float
    """Of the label point, sensible for areas (a country's is not the mean of its towns)."""
    lon: float
    feature_class: str = "P"
    """GeoNames class: A admin, P populated, H water, T terrain, L area, S spot, R road, V vegetation."""
    feature_code: str = ""
    """GeoNames code: PCLI, ADM1, PPLC, SEA, MTS, VAL, AIRP …"""
    country: str = ""
    """ISO 3166-1 alpha-2; empty for what lies in none or several."""
    admin1: str = ""
    """The name of the admin-1 area that it lies in."""
    admin2: str = ""
    population: int = 0
    bbox: tuple[float, float, float, float] | None = None
    """West, south, east, north."""
    administered_by: str = ""
    claimed_by: tuple[str, ...] = ()
    source: str = ""

    @property
    def default_precision(self) -> int:
        """The precision code that a mention of just this place has."""
        if self.feature_class == "A":
            if self.feature_code.startswith(("PCL", "TERR")) or self.feature_code == "":
                return COUNTRY
            if self.feature_code.startswith("ADM1"):
                return ADMIN1
            return ADMIN2
        if self.feature_class in ("P", "S"):
            return EXACT
        return ESTIMATED


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a toponym may mean, with the score and the reason in words."""

    place: Place
    score: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Toponym:
    """A mention of a place in a text; resolved where ``place`` or coordinates are set.

    ``lat``/``lon`` are ``None`` where Dateline abstains. They differ from the place's own point where the text
    does ("20 km north of Kohat"). ``candidates`` are all that were weighed, best first.
    """

    document: str
    start: int
    end: int
    surface: str
    kind: ToponymKind = "literal"
    place: Place | None = None
    lat: float | None = None
    lon: float | None = None
    precision: int = UNCLEAR
    confidence: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""
    inside: str = ""
    """For ``embedded``: the whole name that it is part of ("Khyber Pakhtunkhwa Oil and Gas Company")."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Places that the text puts in relation: a route, a stretch between two, a spot near one.

    ``kind`` is ``route`` ("from A to B via C", "A–B pipeline"), ``between``, ``offset`` ("20 km north of A") or
    ``near``. ``parts`` are indexes into the document's toponyms, in order of the route.
    """

    document: str
    start: int
    end: int
    kind: Literal["route", "between", "offset", "near"]
    parts: tuple[int, ...]
    geometry: BaseGeometry
    precision: int = ESTIMATED


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a state, organisation, company, armed group, person or unit."""

    id: str
    name: str
    kind: str = "organisation"
    """state, organisation, company, armed_group, person or unit."""
    country: str = ""
    """ISO 3166-1 alpha-2 of its home; empty if unknown."""
    aliases: tuple[str, ...] = ()
    office: str = ""
    """For a person: the office, in the text's own words."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of one property of a project, with the words that say it. Wikidata-shaped.

    ``value`` is the canonical string: a type or status id, a place's or actor's name, an EDTF date, the words of a
    sum. What the property needs beside it stands in the fields below; the others keep their defaults.
    """

    id: str
    """Stable: made of document, property, value, role and position."""
    event: str
    """The event (one document's telling of a project) that it belongs to."""
    property: ClaimProperty
    value: str
    document: str
    selector: Selector
    role: str = ""
    """Place, actor or date role; for a value its kind (pledge, commitment, disbursement, cost_estimate, measure)."""
    modality: Modality = "asserted"
    confidence: float = 0.5
    extractor: str = ""
    """The name of the rule that made it."""
    version: str = ""
    rank: Rank = "normal"
    edtf: str = ""
    """Of a date; of a status, the date told beside it."""
    # value: low and high are set where the text gives a range
    amount: float | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    # place
    place: str = ""
    """Place id."""
    lat: float | None = None
    lon: float | None = None
    country: str = ""
    """Of the place or the actor, ISO 3166-1 alpha-2."""
    precision: int = UNCLEAR
    geometry: BaseGeometry | None = None
    """Where it is more than a point: a route, an area, a ring."""
    # actor
    kind: str = ""
    """Actor kind."""
    office: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One document's telling of one project: the claims that belong together before documents are merged."""

    id: str
    """Stable across re-reads of an unchanged text."""
    document: str
    type: str
    claims: tuple[Claim, ...]
    named: str = ""
    """The project's own name where the text gives one (CPEC, Druzhba-II, CASA-1000)."""
    start: int = 0
    end: int = 0
    passing: bool = False
    """It says too little to stand by itself: evidence for a project that stands by another telling, or nothing."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims of one property that cannot all be true, preferred first."""

    property: str
    claims: tuple[str, ...]
    """Claim ids; of a direction, the two ends of each telling after one another."""
    summary: str = ""
    """Short plain words: "direction: Karachi to Lahore (003) or Lahore to Karachi (001)"."""


@dataclass(frozen=True, slots=True)
class Project:
    """What the claims of merged events yield: a project, deal, exercise, visit, meeting, incident."""

    id: str
    title: str
    type: str
    claims: tuple[Claim, ...]
    """All of them, ranked; everything below is derived from these."""
    events: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    status: str = ""
    status_as_of: str = ""
    """EDTF of the document that said the status."""
    years: tuple[int, ...] = ()
    places: tuple[Claim, ...] = ()
    """The place claims that stand for the project, one a place and role."""
    actors: tuple[Claim, ...] = ()
    dates: tuple[Claim, ...] = ()
    values: tuple[Claim, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    geometry: BaseGeometry | None = None
    precision: int = UNCLEAR
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """All that came of one document; saved in one transaction."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    toponyms: tuple[Toponym, ...] = ()
    relations: tuple[Relation, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Evidence chosen for a scene: the words and where they stand, copied so that a scene never loses them."""

    claim: str
    exact: str
    document: str
    start: int
    end: int
    page: int | None = None
    project: str = ""
    parts: tuple[tuple[str, bool], ...] = ()
    """The sentence as a slide shows it, each piece with whether a claim stands on it."""
    citation: str = ""
    footnote: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a project said when a scene was made, to tell later what changed."""

    project: str
    title: str
    status: str = ""
    years: tuple[int, ...] = ()
    values: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    disagree: bool = False
    dates: tuple[str, ...] | None = None
    """In words with their roles; ``None`` where an earlier version did not keep them."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One step of a briefing: a state of the map with a headline and the evidence chosen for it."""

    id: str
    headline: str = ""
    query: str = ""
    """Filters, view, boundary view and selection, as the page's own URL query."""
    caption: str = ""
    evidence: tuple[Quote, ...] = ()
    notes: str = ""
    hidden: bool = False
    frozen: bool = False
    """Kept as it was on purpose: it shows what it showed at ``taken_at``, whatever became of the texts since."""
    taken_at: str = ""
    """UTC, ISO 8601."""
    shown: tuple[Snapshot, ...] = ()
    kept: str = ""
    """Names the state of its projects that the journal keeps; empty where there were too many."""
    extent: tuple[float, float, float, float] | None = None
    """West, south, east, north of the map that it was made from; the view is fitted to it on any screen."""


@dataclass(frozen=True, slots=True)
class Brief:
    """Ordered scenes."""

    id: str
    title: str
    scenes: tuple[Scene, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectType:
    """One type of the vocabulary, as its TOML table says."""

    id: str
    label: str
    group: str
    triggers: tuple[str, ...] = ()
    """Words that name it, in the small notation that ``vocabulary/types.toml`` explains."""
    crosswalk: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    patterns: tuple[str, ...] = ()
    """Regular expressions that name it, ignoring case."""
    excludes: tuple[str, ...] = ()
    """Regular expressions: a trigger that overlaps one of them is none (``not`` in the file)."""
    kind: Literal["built", "deal", "happening", "support"] = "built"
    place_role: PlaceRole = "site"
    """Of its place, where the words tell no other."""
    alike: tuple[str, ...] = ()
    """Types that other sources use for the same thing."""
    dash: tuple[int, ...] = ()
    """Stroke of its lines on the map, pixels on and off; none is solid."""
    short: str = ""
    """What a title calls one of it, where the label is long."""
