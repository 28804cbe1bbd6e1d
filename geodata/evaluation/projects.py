"""Extracted projects against a list that a person read out of the same texts (``gold/projects.json``).

A prediction and a gold project match when they share a type group, are near each other, do not contradict each
other's years, and agree on a year, on a telling actor or on the very type. Each is matched once, best pair first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from geodata.evaluation.matching import (
    Json,
    Report,
    Tally,
    best_pairs,
    fold,
    kilometres,
    located,
    shared_words,
)
from geodata.vocabulary import Vocabulary, load_vocabulary

NEAR_KM, COUNTRY_KM = 60.0, 700.0
"""How near a place must be; of a gold place that is a country or who a project is for, its middle is meant."""
COMMON = 0.4
"""An actor that this share of the gold has tells no project from another."""
ALSO_IN = {"defence_agreement": "diplomacy", "trade_agreement": "diplomacy", "legal_change": "conflict"}
"""Types that sources put in a second group."""
SAME_SUM = 0.02


def score_projects(
    gold: Sequence[Json], predicted: Sequence[Json], vocabulary: Vocabulary | None = None
) -> Report:
    """Return recall, precision and, over matched pairs, the share of the gold's attributes that were read.

    ``gold`` are the objects under "projects" of a gold file, ``predicted`` what ``project_json`` makes.
    """
    judge = _Judge(gold, vocabulary or load_vocabulary())
    scored = ((judge.affinity(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted))
    pairs = best_pairs(scored)
    report = Report(f"{len(gold)} gold projects, {len(predicted)} read")
    core = [i for i, g in enumerate(gold) if g.get("core")]
    placed = [j for j, p in enumerate(predicted) if located(p["places"])]
    matched = set(pairs.values())
    report.scores["found"] = len(pairs) / max(len(gold), 1)
    report.scores["found_core"] = sum(i in pairs for i in core) / max(len(core), 1)
    report.scores["precision"] = sum(j in matched for j in placed) / max(len(placed), 1)
    report.asked |= {"found": len(gold), "found_core": len(core), "precision": len(placed)}
    right: dict[str, Tally] = {}
    shown: dict[str, Tally] = {}
    for i, j in sorted(pairs.items()):
        judge.compare(gold[i], predicted[j], right, shown, report)
    for name in ("type", "places", "years", "actors", "status", "value", "evidence"):
        tally = right.get(name, Tally())
        report.scores[name], report.asked[name] = tally.share, tally.asked
    report.precision = {name: tally.share for name, tally in shown.items()}
    report.missed = [f"{g['id']}: {g['title']}" for i, g in enumerate(gold) if i not in pairs]
    report.extra = [
        f"{predicted[j]['type']}: {predicted[j]['title']} {list(predicted[j].get('years') or [])}"
        for j in placed
        if j not in matched
    ]
    return report


class _Judge:
    def __init__(self, gold: Sequence[Json], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        counts = Counter(actor for g in gold for actor in set(g["actors"]))
        self.common = {actor for actor, n in counts.items() if n >= COMMON * len(gold)}
        self.countries = _countries()

    def groups(self, types: Sequence[str]) -> set[str]:
        told = {self.vocabulary.types[t].group for t in types if t in self.vocabulary.types}
        return (told | {ALSO_IN[t] for t in types if t in ALSO_IN}) - {"other"} or told

    def reach(self, place: Json) -> float:
        wide = place.get("role") == "beneficiary" or fold(place["name"]) in self.countries
        return COUNTRY_KM if wide else NEAR_KM

    def hit(self, place: Json, among: Sequence[Json]) -> bool:
        return any(
            kilometres(place, other) <= self.reach(place) or fold(place["name"]) == fold(other.get("name"))
            for other in located(among)
        )

    def near(self, g: Json, p: Json) -> float:
        """Return the share of the gold places that the prediction has."""
        if not g["places"]:
            return 0.5
        return sum(self.hit(place, p["places"]) for place in g["places"]) / len(g["places"])

    def affinity(self, g: Json, p: Json) -> float:
        """Return how well a gold project and a prediction fit, 0 for not at all."""
        types = [p.get("type") or ""]
        if not self.groups(g["types"]) & self.groups(types):
            return 0.0
        place = self.near(g, p)
        asked, told = set(g["years"]), set(p.get("years") or [])
        year = bool(asked & told)
        if place == 0 or (asked and told and not year):
            return 0.0
        telling = [actor for actor in g["actors"] if actor not in self.common]
        actor = any(same_actor(a, b["name"]) for a in telling for b in p.get("actors") or [])
        typed = bool(set(g["types"]) & set(types))
        if not (year or actor or typed):
            return 0.0
        return place + year + 0.5 * actor + typed

    def compare(
        self, g: Json, p: Json, right: dict[str, Tally], shown: dict[str, Tally], report: Report
    ) -> None:
        """Count the attributes of one pair, and note what is wrong."""

        def count(name: str, hits: float, asked: float = 1, said: object = "") -> None:
            right.setdefault(name, Tally()).add(hits, asked)
            if hits < asked:
                report.wrong.append(f"{g['id']}, {name}: {said}")

        actors = [a["name"] for a in p.get("actors") or []]
        years = list(p.get("years") or [])
        count("type", p.get("type") in g["types"], 1, f"{p.get('type')}, not {' or '.join(g['types'])}")
        if g["places"]:
            lost = [q["name"] for q in g["places"] if not self.hit(q, p["places"])]
            count("places", len(g["places"]) - len(lost), len(g["places"]), f"without {', '.join(lost)}")
        if g["years"]:
            gone = sorted(set(g["years"]) - set(years))
            count("years", len(g["years"]) - len(gone), len(g["years"]), f"without {gone}; has {years}")
        absent = [a for a in g["actors"] if not any(same_actor(a, b) for b in actors)]
        count("actors", len(g["actors"]) - len(absent), len(g["actors"]), f"without {', '.join(absent)}")
        if g["status"]:
            count(
                "status", p.get("status") == g["status"], 1, f"{p.get('status') or 'none'}, not {g['status']}"
            )
        for key in ("usd", "length_km"):
            amount = (g["value"] or {}).get(key)
            if amount:
                found = any(abs(v["amount"] - amount) <= SAME_SUM * amount for v in p.get("values") or [])
                count("value", found, 1, f"without {amount:g} {key}")
        docs = {claim["doc"][:3] for claim in p.get("claims") or []}
        count("evidence", len(docs & set(g["docs"])), len(g["docs"]), f"from {sorted(docs)}, not {g['docs']}")
        self._count_shown(g, p, actors, years, shown)

    def _count_shown(
        self, g: Json, p: Json, actors: Sequence[str], years: Sequence[int], shown: dict[str, Tally]
    ) -> None:
        """Count how much of what a matched project shows the gold has too."""
        fits = sum(any(same_actor(a, b) for a in g["actors"]) for b in actors)
        shown.setdefault("actors", Tally()).add(fits, len(actors))
        if g["years"]:
            shown.setdefault("years", Tally()).add(len(set(years) & set(g["years"])), len(years))
        here = [x for x in located(p["places"]) if x.get("role") != "mentioned"]
        if g["places"]:
            hits = sum(any(kilometres(q, x) <= self.reach(q) for q in g["places"]) for x in here)
            shown.setdefault("places", Tally()).add(hits, len(here))


def same_actor(a: str, b: str) -> bool:
    """Tell whether half of the shorter name's words stand in the other."""
    return shared_words(a, b) >= 0.5


def _countries() -> set[str]:
    """Return the folded names of countries, today's and former ones that have a name in the actors' list."""
    from geodata.claims.actor_names import load_actor_words
    from geodata.gazetteer import open_gazetteer

    gaz = open_gazetteer()
    codes = (f"{a}{b}" for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    names = {fold(place.name) for place in map(gaz.country, codes) if place is not None}
    former = {fold(actor.name) for actor in load_actor_words().aliases.values() if actor.kind == "state"}
    return names | former
