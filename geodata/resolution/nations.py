"""Which of two nations of one name a text means: "Congolese" in a text on Brazzaville, "Dominican" beside EC dollars.

A ranker goes by fame, so the larger nation wins where nothing speaks against it. Where the text shows the other one,
by a name that only it bears, a place in it, or its money, and shows nothing of the larger one, the other is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geodata.records import Place, Toponym
from geodata.resolution.register import countries_by_words
from geodata.resolution.table import place_class

REPUBLIC = re.compile(r"[.,]?\s+Rep(?:ublic)?\b")
"""After a nation's short name: the one of them that is a republic and nothing more ("Congo Rep.")."""
PLAIN = "Republic of"


def tell_nations_apart(toponyms: Sequence[Toponym], text: str) -> list[Toponym]:
    """Return resolved toponyms, those that two nations share put to the one that the text shows."""
    rivals = {i: nations for i, t in enumerate(toponyms) if len(nations := _nations(t)) > 1}
    if not rivals:
        return list(toponyms)
    shown = _shown([t for i, t in enumerate(toponyms) if i not in rivals], text)
    plain = {
        nation.country
        for i, nations in rivals.items()
        if REPUBLIC.match(text, toponyms[i].end) or REPUBLIC.search(toponyms[i].surface)
        for nation in nations
        if nation.name.startswith(PLAIN)
    }
    out = list(toponyms)
    for i, nations in rivals.items():
        held = toponyms[i].place
        best = max(nations, key=lambda n: (n.country in plain, shown.get(n.country, 0.0)))
        if held is None or best.country == held.country:
            continue
        if best.country in plain or (shown.get(best.country, 0.0) > 0.0 and not shown.get(held.country, 0.0)):
            told = f"{best.name}, of which the text speaks, not {held.name}"
            out[i] = replace(toponyms[i], place=best, lat=best.lat, lon=best.lon, reason=told)
    return out


def _nations(toponym: Toponym) -> list[Place]:
    """Return the nations that a name may mean, where it came out as one of them."""
    if toponym.place is None or place_class(toponym.place) != "country":
        return []
    return [c.place for c in toponym.candidates if place_class(c.place) == "country"]


def _shown(others: Sequence[Toponym], text: str) -> Mapping[str, float]:
    """Return country → how much a text shows it, by other names and by words such as its money."""
    shown = dict(countries_by_words(text))
    for toponym in others:
        if toponym.place is not None and toponym.place.country:
            shown[toponym.place.country] = shown.get(toponym.place.country, 0.0) + toponym.confidence
    return shown
