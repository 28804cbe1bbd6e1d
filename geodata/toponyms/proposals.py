"""Proposals that do not overlap: gazetteer, model and facility words brought together."""

from __future__ import annotations

from bisect import bisect_left

from geodata.toponyms.spans import PLACE_LABELS, Names, Proposal, Word, facilities, scan
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
        if not clash and proposal.end > proposal.start:
            taken.insert(i, (proposal.start, proposal.end))
            chosen.append(proposal)
    return sorted(chosen, key=lambda p: p.start)


def _facilities(text: str, found: list[Word], known: list[Proposal]) -> list[Proposal]:
    """Keep the facilities that are one name; where the gazetteer knows a longer or the same one, it wins."""
    spans = {(p.start, p.end) for p in known}
    out: list[Proposal] = []
    for facility in facilities(text, found):
        inside = [p for p in known if facility.start <= p.start and p.end <= facility.end]
        over = [p for p in known if p.start < facility.end and facility.start < p.end]
        last = text[facility.start : facility.end].split()[-1].lower()
        if (facility.start, facility.end) in spans or any(p not in inside for p in over):
            continue
        small = last[:1] == text[facility.end - len(last) : facility.end][:1]
        if inside and (last in words("institution") or small):
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
