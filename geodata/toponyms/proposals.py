"""Proposals that do not overlap: gazetteer, model and facility words brought together."""

from __future__ import annotations

import re
from bisect import bisect_left

from geodata.toponyms.spans import PLACE_LABELS, Names, Proposal, Word, facilities, is_compass, scan
from geodata.toponyms.words import words


def propose(
    text: str, found: list[Word], entities: list[tuple[int, int, str]], names: Names
) -> list[Proposal]:
    """Return every stretch that may name a place, in order, none overlapping another.

    A name of the gazetteer stands unless a longer one holds it: a facility ("Gwadar Port") or an entity of the model
    that is one name ("South Kilburn Estate"). An institution ("University of Alberta") leaves the place inside it.
    """
    known = list(scan(text, found, names))
    chosen: list[Proposal] = []
    taken: list[tuple[int, int]] = []
    for proposal in [*_facilities(text, found, known), *_entities(text, entities, known), *known]:
        i = bisect_left(taken, (proposal.start, proposal.end))
        clash = (i < len(taken) and taken[i][0] < proposal.end) or (
            i > 0 and taken[i - 1][1] > proposal.start
        )
        if (
            not clash
            and proposal.end > proposal.start
            and not is_compass(text[proposal.start : proposal.end])
        ):
            taken.insert(i, (proposal.start, proposal.end))
            chosen.append(proposal)
    return sorted(chosen, key=lambda p: p.start)


CAPITAL = r"[^\W\d_a-zà-ÿ][\w’']+(?: [^\W\d_a-zà-ÿ][\w’']+)?"
LINES = (
    "road", "highway", "railway", "railroad", "pipeline", "corridor", "line", "expressway", "motorway", "route", "link",
    "transmission", "section",
)  # fmt: skip
CHAIN = re.compile(
    rf"\b{CAPITAL}(?:[-–—]{CAPITAL})+(?=['’]?\s+(?:[\w.-]+\s+){{0,3}}?(?i:{'|'.join(LINES)})\b)"
)
"""Names joined by dashes before a word for a line: "the Osh-Sary-Tash-Irkeshtam road"."""


PLURAL = "|".join(sorted(words("plural")))
ROW = re.compile(rf"\b{CAPITAL}(?:, {CAPITAL})*,? (?:and|or) {CAPITAL}(?= (?:{PLURAL})\b)")
"""Names in a row before a plural that says what they are: "Heathrow and Gatwick airports"."""
LINK = re.compile(r"([-–—]|,? (?:and|or) |, )")


def _chains(text: str, known: list[Proposal]) -> list[Proposal]:
    """Propose the unknown links of a chain or row; of a chain the gazetteer must know at least one."""
    out: list[Proposal] = []
    lower = text.lower()
    chains = CHAIN.finditer(text) if any(word in lower for word in LINES) else ()
    rows = ROW.finditer(text) if any(word in lower for word in words("plural")) else ()
    for match in (*chains, *rows):
        inside = [p for p in known if match.start() <= p.start and p.end <= match.end()]
        if not inside and match.re is CHAIN:
            continue
        start = match.start()
        for piece in LINK.split(match[0]):
            end = start + len(piece)
            if (
                piece[:1].isupper()
                and len(piece) > 1
                and not any(p.start < end and start < p.end for p in inside)
            ):
                last = out[-1] if out else None
                if last is not None and last.end == start - 1 and text[last.end] == "-":
                    out[-1] = Proposal(last.start, end, False, "chain")  # "Sary-Tash"
                else:
                    out.append(Proposal(start, end, False, "chain"))
            start = end
    return out


def _facilities(text: str, found: list[Word], known: list[Proposal]) -> list[Proposal]:
    """Keep the facilities that are one name; where the gazetteer knows a longer or the same one, it wins."""
    spans = {(p.start, p.end) for p in known}
    starts = [p.start for p in known]
    out: list[Proposal] = _chains(text, known)
    chained = {(p.start, p.end) for p in out}
    for facility in facilities(text, found):
        at = max(bisect_left(starts, facility.start) - 1, 0)
        over = [p for p in known[at : at + 8] if p.start < facility.end and facility.start < p.end]
        inside = [p for p in over if facility.start <= p.start and p.end <= facility.end]
        if (facility.start, facility.end) in spans or len(inside) < len(over):
            continue
        name = text[facility.start : facility.end]
        last = name.split()[-1]
        joined = re.search(r"[-–—/]", name[: -len(last)])
        if inside and (last.lower() in words("institution") or last.islower() or joined):
            continue
        if any(s < facility.end and facility.start < e for s, e in chained):
            continue
        out.append(facility)
    return out


def _entities(text: str, entities: list[tuple[int, int, str]], known: list[Proposal]) -> list[Proposal]:
    """Turn the model's places into proposals, parted where the gazetteer knows the parts."""
    out: list[Proposal] = []
    for start, end, label in entities:
        if label not in PLACE_LABELS or not any(c.isupper() for c in text[start:end]):
            continue
        over = [p for p in known if p.start < end and start < p.end]
        if any(p.start <= start and end <= p.end for p in over):
            continue  # the gazetteer knows it, or a longer name
        inside = [p for p in over if start <= p.start and p.end <= end]
        if len(inside) != len(over):
            continue
        rest = text[start:end]
        if len(inside) >= 2 or any(mark in rest for mark in (",", "/", "(", "\n", ";")):
            if not inside:
                cut = min(i for i in (rest.find(m) for m in (",", "/", "(", "\n", ";")) if i >= 0)
                if cut > 0:
                    out.append(Proposal(start, start + len(rest[:cut].rstrip()), False, "model"))
            continue
        if len(inside) == 1:
            known_part = inside[0]
            first = text[start : known_part.start].strip().lower()
            if first in words("compass") or (known_part.end < end and label == "GPE"):
                continue  # "north Cambridge", "Springfield City Schools"
            head = (known_part.start, known_part.end)
            out.append(Proposal(start, end, False, "model", head))
        else:
            out.append(Proposal(start, end, False, "model"))
    return out
