"""Which projects: a filter, and its one spelling as a URL query; `geodata.matching` is what it lets through.

The page's address, ``dateline export --filter`` and a scene of a briefing all hold the same query, so that what a
person sees is what they paste, print and export. Keys may repeat (``type=road&type=bridge``); within a key any value
is enough, between keys all must hold.

==============  =====================================================================================
``type``        type id of the vocabulary
``group``       type group
``year``        ``2015``, ``2015-2018``, ``2015-`` or ``-2018``: the project's span overlaps it
``mode``        ``upto``: the range is open at its beginning ("up to this year")
``noyear``      1 keeps projects without a year beside a year range, 0 leaves them out without one
``actor``       a name, or ``name@role``
``status``      status id, ``none`` for projects without one
``country``     ISO 3166-1 alpha-2
``place``       a place's name
``doc``         document id
``precision``   IATI codes, ``precision=1,2``
``confidence``  least confidence, 0 to 1
``q``           words of the title or the evidence
``bbox``        ``west,south,east,north`` in degrees; west may be greater than east (across 180°)
==============  =====================================================================================
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl, quote_plus

from geodata.errors import FilterError
from geodata.vocabulary import Vocabulary

NO_STATUS = "none"
DEFAULT_CONFIDENCE = 0.4
"""From how sure on a project is shown where nobody says otherwise; docs/extraction.md says how it was chosen."""
EVERYTHING = "confidence=0"
"""The query that lets everything through."""
PRECISIONS = (1, 2, 3, 4, 5, 6, 8, 9)
PAGE_KEYS = frozenset({"at", "sel", "borders", "sort", "unlocated", "embed", "embed_options"})
"""Keys of the page's own state (view, selection, boundary view), which are no filters and are passed over."""
LONGEST_QUERY = 16_000
"""Characters; a longer one is no link that a person pasted."""
FIRST_YEAR, LAST_YEAR = 1, 9999

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_YEARS = re.compile(r"(\d{1,4})?(?:(-)(\d{1,4})?)?")

Mode = Literal["in", "upto"]
Extent = tuple[float, float, float, float]


class ActorFilter(NamedTuple):
    """An actor by name, in any role or in one."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """What to let through; the empty filter, everything that is sure enough. Values are kept sorted and once each."""

    types: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    first: int | None = None
    """First year; ``None`` is open."""
    last: int | None = None
    mode: Mode = "in"
    undated: bool | None = None
    """Whether projects without a year pass; ``None``: they do where no year range is set."""
    actors: tuple[ActorFilter, ...] = ()
    roles: tuple[str, ...] = ()
    """Roles that somebody has, whoever it is; beside ``actors`` both must hold."""
    statuses: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    precisions: tuple[int, ...] = ()
    confidence: float = DEFAULT_CONFIDENCE
    text: str = ""
    extent: Extent | None = None

    def __post_init__(self) -> None:
        for name in ("types", "groups", "roles", "statuses", "countries", "places", "documents"):
            object.__setattr__(self, name, _tidy(getattr(self, name)))
        object.__setattr__(self, "countries", tuple(sorted({c.upper() for c in self.countries})))
        actors = {ActorFilter(clean(a.name), clean(a.role)) for a in self.actors}
        object.__setattr__(self, "actors", tuple(sorted(a for a in actors if a.name)))
        object.__setattr__(self, "precisions", tuple(sorted(set(self.precisions))))
        object.__setattr__(self, "text", clean(self.text))
        object.__setattr__(self, "confidence", round(self.confidence, 2) + 0.0)
        if self.mode == "upto":
            object.__setattr__(self, "first", None)
        if self.undated is (not self.has_years):
            object.__setattr__(self, "undated", None)
        if self.extent is not None:
            object.__setattr__(self, "extent", tuple(round(x, 4) + 0.0 for x in self.extent))

    @property
    def has_years(self) -> bool:
        """Whether a year range is set."""
        return self.first is not None or self.last is not None

    @property
    def keeps_undated(self) -> bool:
        """Whether projects without a year pass."""
        return not self.has_years if self.undated is None else self.undated

    @property
    def active(self) -> tuple[str, ...]:
        """The names of the fields that differ from the empty filter."""
        empty = Filter()
        return tuple(f.name for f in fields(self) if getattr(self, f.name) != getattr(empty, f.name))


def clean(text: str) -> str:
    """Return text as a query can carry it: NFC, single spaces, without control characters and half characters."""
    text = text.encode("utf-8", "ignore").decode("utf-8")
    text = "".join(" " if c.isspace() else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c) != "Cc")
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _tidy(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({clean(v) for v in values} - {""}))


# --- reading a query -------------------------------------------------------------------------------------------------


def parse_query(query: str) -> Filter:
    """Read a filter from a URL query.

    Parameters
    ----------
    query
        With or without a leading ``?``. Keys of the page's own state are passed over.

    Raises
    ------
    FilterError
        Naming the key and what it may hold.
    """
    if len(query) > LONGEST_QUERY:
        raise FilterError(
            f"The filter has {len(query)} characters; more than {LONGEST_QUERY} cannot be right."
        )
    found: dict[str, list[str]] = {}
    for key, value in parse_qsl(query.removeprefix("?"), keep_blank_values=True, max_num_fields=None):
        if key in PAGE_KEYS:
            continue
        if key not in _READERS:
            raise FilterError(f"There is no filter {clean(key)[:40]!r}. Known are {', '.join(_READERS)}.")
        if clean(value):
            found.setdefault(key, []).append(clean(value))
    settings: dict[str, object] = {}
    for key, values in found.items():
        settings.update(_READERS[key](values))
    return Filter(**settings)  # type: ignore[arg-type]


def refuse_unknown(filter: Filter, vocabulary: Vocabulary) -> None:
    """Refuse types, groups, statuses and roles that no vocabulary has: they let nothing through, and are mistyped.

    Asked where somebody types a filter. A link or a scene that is older than the vocabulary still opens.

    Raises
    ------
    FilterError
        Naming the value and what is written nearly so, else all that there are.
    """
    asked = (
        ("type", filter.types, vocabulary.types),
        ("group", filter.groups, vocabulary.groups),
        ("role", (*filter.roles, *(a.role for a in filter.actors if a.role)), vocabulary.actor_roles),
        ("status", filter.statuses, (*vocabulary.statuses, NO_STATUS)),
    )
    for key, values, known in asked:
        for value in values:
            if value not in known:
                near = get_close_matches(value, known)
                hint = f"Near it: {', '.join(near)}" if near else f"There are {', '.join(known)}"
                raise FilterError(f"There is no {key} {value[:40]!r}. {hint}.")


def _identifiers(name: str, key: str) -> Callable[[list[str]], dict[str, object]]:
    def read(values: list[str]) -> dict[str, object]:
        parts = [p.strip() for v in values for p in v.split(",")]
        for part in parts:
            if part and not _IDENTIFIER.fullmatch(part):
                raise FilterError(f"{key}={part[:40]}: a {key} is written in small letters, as in {key}=dam.")
        return {name: tuple(p for p in parts if p)}

    return read


def _names(name: str) -> Callable[[list[str]], dict[str, object]]:
    return lambda values: {name: tuple(values)}


def _countries(values: list[str]) -> dict[str, object]:
    codes = [p.strip().upper() for v in values for p in v.split(",") if p.strip()]
    for code in codes:
        if not re.fullmatch("[A-Z]{2}", code):
            raise FilterError(
                f"country={code[:40]}: a country is its ISO code of two letters, as in country=PK."
            )
    return {"countries": tuple(codes)}


def _years(values: list[str]) -> dict[str, object]:
    text = values[-1].replace("–", "-").replace("..", "-").replace(" ", "")
    match = _YEARS.fullmatch(text)
    if not match or text in ("", "-"):
        raise FilterError(f"year={values[-1][:40]}: write a year or a range, as in year=2015-2018.")
    first, dash, last = match.groups()
    low = int(first) if first else None
    high = int(last) if last else None if dash else low
    for year in (low, high):
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise FilterError(f"year={values[-1][:40]}: years go from {FIRST_YEAR} to {LAST_YEAR}.")
    if low is not None and high is not None and low > high:
        low, high = high, low
    return {"first": low, "last": high}


def _mode(values: list[str]) -> dict[str, object]:
    if values[-1] not in ("in", "upto"):
        raise FilterError(f"mode={values[-1][:40]}: the mode is in or upto.")
    return {"mode": values[-1]}


def _undated(values: list[str]) -> dict[str, object]:
    if values[-1] not in ("0", "1"):
        raise FilterError(
            f"noyear={values[-1][:40]}: write 1 to keep projects without a year, 0 to leave them out."
        )
    return {"undated": values[-1] == "1"}


def _actors(values: list[str]) -> dict[str, object]:
    return {"actors": tuple(parse_actor(v) for v in values)}


def parse_actor(value: str) -> ActorFilter:
    """Read ``name`` or ``name@role``; what follows the last ``@`` is a role only if it is written like one."""
    name, at, role = value.rpartition("@")
    if at and name and (not role or _IDENTIFIER.fullmatch(role)):
        return ActorFilter(clean(name), role)
    return ActorFilter(clean(value))


def _precisions(values: list[str]) -> dict[str, object]:
    codes = [p.strip() for v in values for p in v.split(",") if p.strip()]
    known = {str(p) for p in PRECISIONS}
    for code in codes:
        if code not in known:
            raise FilterError(f"precision={code[:40]}: the codes are {', '.join(sorted(known))}.")
    return {"precisions": tuple(int(c) for c in codes)}


def _confidence(values: list[str]) -> dict[str, object]:
    if not re.fullmatch(r"0?\.\d{1,6}|[01](\.\d{0,6})?", values[-1]) or float(values[-1]) > 1:
        raise FilterError(f"confidence={values[-1][:40]}: write a number from 0 to 1, as in confidence=0.6.")
    return {"confidence": float(values[-1])}


def _text(values: list[str]) -> dict[str, object]:
    return {"text": values[-1]}


def _extent(values: list[str]) -> dict[str, object]:
    parts = values[-1].split(",")
    if len(parts) != 4 or not all(re.fullmatch(r"\s*-?\d{1,3}(\.\d{1,12})?\s*", p) for p in parts):
        raise FilterError(f"bbox={values[-1][:60]}: write west,south,east,north in degrees.")
    west, south, east, north = (float(p) for p in parts)
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise FilterError(
            f"bbox={values[-1][:60]}: degrees go from -180 to 180 and from -90 to 90, south first."
        )
    return {"extent": (west, south, east, north)}


_READERS: dict[str, Callable[[list[str]], dict[str, object]]] = {
    "type": _identifiers("types", "type"),
    "group": _identifiers("groups", "group"),
    "year": _years,
    "mode": _mode,
    "noyear": _undated,
    "actor": _actors,
    "role": _identifiers("roles", "role"),
    "status": _identifiers("statuses", "status"),
    "country": _countries,
    "place": _names("places"),
    "doc": _names("documents"),
    "precision": _precisions,
    "confidence": _confidence,
    "q": _text,
    "bbox": _extent,
}


# --- writing a query -------------------------------------------------------------------------------------------------


def to_pairs(filter: Filter) -> list[tuple[str, str]]:
    """Return keys and values in the order in which a query has them."""
    pairs = [("type", t) for t in filter.types] + [("group", g) for g in filter.groups]
    if filter.has_years:
        pairs.append(("year", _year_text(filter.first, filter.last)))
    if filter.mode != "in":
        pairs.append(("mode", filter.mode))
    if filter.undated is not None:
        pairs.append(("noyear", str(int(filter.undated))))
    pairs += [("actor", actor_text(a)) for a in filter.actors]
    pairs += [("role", r) for r in filter.roles]
    pairs += [("status", s) for s in filter.statuses] + [("country", c) for c in filter.countries]
    pairs += [("place", p) for p in filter.places] + [("doc", d) for d in filter.documents]
    if filter.precisions:
        pairs.append(("precision", ",".join(str(p) for p in filter.precisions)))
    if filter.confidence != DEFAULT_CONFIDENCE:
        pairs.append(("confidence", f"{filter.confidence:g}"))
    if filter.text:
        pairs.append(("q", filter.text))
    if filter.extent is not None:
        pairs.append(("bbox", ",".join(f"{x:.4f}".rstrip("0").rstrip(".") for x in filter.extent)))
    return pairs


def _year_text(first: int | None, last: int | None) -> str:
    if first == last:
        return str(first)
    return f"{'' if first is None else first}-{'' if last is None else last}"


def actor_text(actor: ActorFilter) -> str:
    """Return ``name`` or ``name@role``; a name that holds an ``@`` itself ends in one."""
    return f"{actor.name}@{actor.role}" if actor.role or "@" in actor.name else actor.name


def encode(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a URL query; commas and slashes stay readable."""
    return "&".join(f"{quote_plus(k)}={quote_plus(v, safe=',/')}" for k, v in pairs)


def to_query(filter: Filter) -> str:
    """Return the one query of a filter; ``parse_query`` gives the filter back."""
    return encode(to_pairs(filter))
