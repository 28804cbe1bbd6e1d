"""Extracted projects against coders' fields, one narrative (or ten joined ones) a document: AidData's table.

Of the projects that have a claim in a narrative, the one that agrees with most of the coded fields is scored; how
many there were, and how much each lists, is told beside it, for a project that lists everything is no answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from geodata.evaluation.matching import Json, Report, Tally, fold, kilometres, located, shared_words
from geodata.vocabulary import Vocabulary, load_vocabulary

NEAR_KM, SAME_NAME_KM = 25.0, 161.0
SAME_SUM, SAME_NAME = 0.01, 0.6
JOINED = 10
"""Narratives of one country that make one document, where they are joined."""
GROUPS = ("energy", "transport", "industry")
NOT_BUILT = frozenset({"trade_agreement", "trade_event"})
"""Types of the industry group that no narrative is coded as."""
BUILDERS = frozenset({"contractor", "implementing", "operator", "supplier", "extending", "owner"})
LISTS = ("years", "actors", "values", "places")

Counts = dict[str, tuple[float, float]]


def documents(gold: Sequence[Json], *, join: bool = False) -> dict[str, list[Json]]:
    """Return the gold of each document id: one narrative each, or ten of a country."""
    if not join:
        return {g["id"]: [g] for g in gold}
    countries: dict[str, list[Json]] = defaultdict(list)
    for g in gold:
        countries[g["country"]["iso3"]].append(g)
    return {
        f"{iso}-{start // JOINED}": rows[start : start + JOINED]
        for iso, rows in sorted(countries.items())
        for start in range(0, len(rows), JOINED)
    }


def score_narratives(
    gold: Sequence[Json],
    predicted: Sequence[Json],
    *,
    join: bool = False,
    vocabulary: Vocabulary | None = None,
) -> Report:
    """Return the share of each coded field that was read; see the module for what is compared with what."""
    words = vocabulary or load_vocabulary()
    here: dict[str, list[Json]] = defaultdict(list)
    for project in predicted:
        for document in sorted({claim["doc"] for claim in project.get("claims") or []}):
            here[document].append(project)
    tallies: dict[str, Tally] = defaultdict(Tally)
    lists: dict[str, float] = defaultdict(float)
    report = Report(f"{len(gold)} narratives, {len(predicted)} projects read")
    found = total = 0
    for document, rows in documents(gold, join=join).items():
        candidates = here.get(document, [])
        total += len(candidates)
        for g, read, counts in _chosen(rows, candidates, words):
            ok = bool(counts["country"][0] and counts.get("group", (1, 1))[0])
            found += ok
            for name, (hits, asked) in counts.items():
                tallies[name].add(hits, asked)
            if read is not None:
                lists["projects"] += 1
                for name in LISTS:
                    lists[name] += len({str(value) for value in read.get(name) or []})
            _note(report, g, read, counts, ok)
    report.scores = {"found": found / max(len(gold), 1), "per_text": total / max(len(gold), 1)}
    report.scores |= {name: tallies[name].share for name in sorted(tallies)}
    report.scores |= {f"{name}_per_project": lists[name] / max(lists["projects"], 1) for name in LISTS}
    report.asked = {name: tallies[name].asked for name in sorted(tallies)}
    return report


def _chosen(
    rows: Sequence[Json], candidates: Sequence[Json], words: Vocabulary
) -> Iterator[tuple[Json, Json | None, Counts]]:
    """Match each gold row with a project of its own, best pairs first."""
    table = {(i, j): compare(g, p, words) for i, g in enumerate(rows) for j, p in enumerate(candidates)}
    chosen: dict[int, int] = {}
    for i, j in sorted(table, key=lambda pair: -_worth(table[pair])):
        if i not in chosen and j not in chosen.values():
            chosen[i] = j
    for i, g in enumerate(rows):
        if i in chosen:
            yield g, candidates[chosen[i]], table[i, chosen[i]]
        else:
            yield g, None, {k: (0, n) for k, (_, n) in compare(g, {"places": []}, words).items()}


def _worth(counts: Counts) -> float:
    return sum(hits / asked for name, (hits, asked) in counts.items() if name != "wrong_country" and asked)


def compare(g: Json, p: Json, words: Vocabulary) -> Counts:
    """Return field -> (hits, asked) of one project against one narrative's fields."""
    found: Counts = {"country": (any(_in_country(x, g) for x in p["places"]), 1)}
    if g["group"]:
        kind = words.types.get(p.get("type") or "")
        fits = kind is not None and kind.group == g["group"] and kind.id not in NOT_BUILT
        found["group"] = (fits, 1)
    dates = p.get("dates") or []
    if g["year"]:
        found["year"] = (g["year"] in (p.get("years") or []), 1)
        told = any(
            d.get("role") in ("announced", "signed") and str(d.get("edtf"))[:4] == str(g["year"])
            for d in dates
        )
        found["commitment_year"] = (told, 1)
    if g["status"]:
        found["status"] = (p.get("status") in g["status"], 1)
    if g["value"]:
        amount, unit = g["value"]["amount"], g["value"]["unit"]
        values = p.get("values") or []
        hit = any(v.get("unit") == unit and abs(v["amount"] - amount) <= SAME_SUM * amount for v in values)
        found["value"] = (hit, 1)
    if g["dates"]:
        dated = {(d["role"], str(d["edtf"])[:4]) for d in dates if d.get("edtf")}
        found["dates"] = (sum((role, str(y)) in dated for role, y in g["dates"].items()), len(g["dates"]))
    if g["actors"]:
        found |= _actors(g, p)
    found |= _places(g, p)
    return found


def _actors(g: Json, p: Json) -> Counts:
    def fits(actor: Json, gold: Json) -> bool:
        return any(shared_words(actor["name"], name) >= SAME_NAME for name in gold["names"])

    match = [[x for x in p.get("actors") or [] if fits(x, a)] for a in g["actors"]]
    wanted = [{"funding"} if a["role"] == "funding" else BUILDERS for a in g["actors"]]
    roles = sum(any(x.get("role") in want for x in m) for want, m in zip(wanted, match, strict=True))
    return {"actors": (sum(map(bool, match)), len(match)), "roles": (roles, len(match))}


def _places(g: Json, p: Json) -> Counts:
    counts: Counts = {}
    here = located(p["places"])
    if g["places"]:
        hits = sum(
            any(
                kilometres(x, q) <= (SAME_NAME_KM if fold(x.get("name")) == fold(q["name"]) else NEAR_KM)
                for x in here
            )
            for q in g["places"]
        )
        counts["places"] = (hits, len(g["places"]))
    sites = [x for x in here if x.get("role") in ("site", "endpoint", "waypoint")]
    if sites:
        counts["wrong_country"] = (sum(not _in_country(x, g) for x in sites), len(sites))
    return counts


def _in_country(place: Json, g: Json) -> bool:
    country: Mapping[str, str] = g["country"]
    code = str(place.get("country") or "").upper()
    return code in (country["iso2"], country["iso3"], country["name"].upper())


def _note(report: Report, g: Json, project: Json | None, counts: Counts, ok: bool) -> None:
    start = " ".join(g["text"][:110].split())
    if not ok:
        read = f"{project['type']}: {project['title']}" if project is not None else "nothing"
        report.missed.append(f"{g['id']} ({g['group']}, {g['country']['name']}): read {read}; {start}")
        return
    for name, (hits, asked) in counts.items():
        if name not in ("wrong_country", "country", "group") and hits < asked:
            report.wrong.append(f"{g['id']}, {name}: {hits:g} of {asked:g}")
