"""The named features of candidates, as columns of one matrix a document.

Some hold without the text (inhabitants, how the name matched), some come of the words around ("Paris, Texas"), and
some of where the other names of the document lie, weighed by how likely their readings are so far.
"""

from __future__ import annotations

import numpy as np

from geodata.resolution.cues import Cues
from geodata.resolution.table import EARTH_KM, KINDS, Floats, Ints, Table
from geodata.toponyms.words import words

CLASSES = (
    "country", "admin1", "admin2", "capital", "seat", "town", "continent", "region", "sea", "water", "land", "spot",
)  # fmt: skip
WIDE = ("continent", "region", "sea", "water", "land")
"""Kinds that English puts an article before: "the Atlantic", "the Levant"."""
STATIC = (
    "population", "below the most populous", "most populous", "only reading", "place in the gazetteer's order",
    "first in the gazetteer's order",
    *(f"is a {name}" for name in CLASSES),
    *(f"match {name}" for name in KINDS),
    "short name", "word says so", "word says otherwise", "village",
    "words of its country", "words of other countries", "the before a wide one", "the before a narrow one",
    "population, of the world", "below the most populous, of the world", "is a country, of the world",
    "is a capital, of the world", "first in the gazetteer's order, of the world",
    "large city", "large city, of the world",
    "shares its name with a large city", "shares its name with a large city, of the world",
    "acts, and has a government", "bears the name of a people",
)  # fmt: skip
LINKED = (
    "inside what follows", "not inside what follows", "holds what stands before", "does not hold what stands before",
    "inside what is joined", "holds what is joined",
    "near what is joined", "far from what is joined", "same kind as what is joined",
)  # fmt: skip
CONTEXT = (
    "share of names in its country", "share of names in its province", "its country is named",
    "its country is named, and small",
    "its province is named", "names close by", "names around", "share of names close by", "share of names around",
    "close to the first name", "same name told apart", "alone in its country",
    "readings close by", "readings around",
)  # fmt: skip
NONE = (
    "any name",
    "one reading",
    "loose readings",
    "a built thing",
    "several words",
    "capitals",
    "unlike a name",
)
"""Columns of the matrix for "no reading is right", one row a name that has readings."""
NAMES = (*STATIC, *LINKED, *CONTEXT)
"""Columns of the matrix, in order."""
COLUMN = {name: i for i, name in enumerate(NAMES)}
LARGE = 5.3
"""log10 of the inhabitants from which a city is known everywhere."""
COUNTRY_SIZE = 9.2
"""log10 of the inhabitants of the largest country: the smaller one is, the less a name lies there by chance."""
LONELY = 0.02
"""Share of names in a country below which a reading there stands alone."""
CLOSE_KM, AROUND_KM = 60.0, 400.0
CONTEXT_READINGS = 12
"""Readings of a name that count as context for others."""
MOST_CONTEXT = 1200
"""Readings in all that count as context; beyond, the least likely are dropped."""
CELLS = 3_000_000
"""Distances held in memory at once."""


def static_features(table: Table, cues: Cues) -> Floats:
    """Return the columns that need no context, (rows, len(NAMES)); the rest are zero."""
    out: Floats = np.zeros((len(table), len(NAMES)))
    if not len(table):
        return out
    lengths = np.diff(np.append(table.starts, len(table)))
    top = np.repeat(np.maximum.reduceat(table.population, table.starts), lengths)
    order = np.arange(len(table)) - np.repeat(table.starts, lengths)
    out[:, COLUMN["population"]] = table.population / 7
    out[:, COLUMN["below the most populous"]] = (top - table.population) / 7
    out[:, COLUMN["most populous"]] = (table.population == top) & (top > 0)
    out[:, COLUMN["only reading"]] = np.repeat(lengths == 1, lengths)
    out[:, COLUMN["place in the gazetteer's order"]] = np.log1p(order) / 4
    out[:, COLUMN["first in the gazetteer's order"]] = order == 0
    for row, (kind, match) in enumerate(zip(table.classes, table.kinds, strict=True)):
        out[row, COLUMN[f"is a {kind}"]] = 1.0
        out[row, COLUMN[f"match {match}"]] = 1.0
        name = table.names[table.group[row]]
        out[row, COLUMN["short name"]] = float(
            len(name.key) <= 3
            and match not in ("exact", "abbreviation")
            and kind not in ("country", "admin1")
        )
        if int(table.group[row]) in cues.articled:
            out[row, COLUMN[f"the before a {'wide' if kind in WIDE else 'narrow'} one"]] = 1.0
        wanted = cues.wanted.get(int(table.group[row]))
        if wanted:
            out[row, COLUMN["word says so" if kind in wanted else "word says otherwise"]] = 1.0
    if cues.speech:
        own = np.array([cues.speech.get(place.country, 0.0) for place in table.places])
        total = sum(cues.speech.values())
        out[:, COLUMN["words of its country"]] = np.log1p(own) / 2
        out[:, COLUMN["words of other countries"]] = np.log1p(np.maximum(total - own, 0.0)) / 2
    _fame(table, cues, lengths, out)
    people = np.array([match == "demonym" for match in table.kinds])
    shared = np.repeat(np.maximum.reduceat(people, table.starts), lengths)
    out[:, COLUMN["bears the name of a people"]] = shared & ~people
    out[:, COLUMN["village"]] = (table.class_of == "town") & (table.population < 3.3)
    return out


def _fame(table: Table, cues: Cues, lengths: Ints, out: Floats) -> None:
    """Fill in what speaks for a place known everywhere, once by itself and once as far as the text is of the world."""
    world = worldly(table)
    large = (table.population >= LARGE) & np.isin(table.class_of, ("capital", "seat", "town"))
    around = np.repeat(np.maximum.reduceat(large, table.starts), lengths) & (table.class_of == "admin1")
    out[:, COLUMN["large city"]] = large
    out[:, COLUMN["shares its name with a large city"]] = around
    for name in (
        "population", "below the most populous", "first in the gazetteer's order", "large city",
        "shares its name with a large city", "is a country", "is a capital",
    ):  # fmt: skip
        out[:, COLUMN[f"{name}, of the world"]] = world * out[:, COLUMN[name]]
    acting = np.isin(table.group, sorted(cues.acting))
    out[:, COLUMN["acts, and has a government"]] = acting & np.isin(table.class_of, ("country", "capital"))


def worldly(table: Table) -> float:
    """Return how much a text speaks of the world, 0 to 1: by the countries that its names mean first of all."""
    first: dict[str, float] = {}
    for row, _ in table.rows.values():
        place = table.places[row]
        told = WORLD_COUNTRY if table.classes[row] in ("country", "capital") else WORLD_CITY
        if place.population >= WORLD_SIZE or told == WORLD_COUNTRY:
            first[place.country] = max(first.get(place.country, 0.0), told)
    return min(sum(first.values()), MANY) / MANY


MANY = 5.0
"""Countries from which a text is of the world."""
WORLD_COUNTRY, WORLD_CITY, WORLD_SIZE = 1.0, 0.5, 200_000
"""What a country's name or capital tells of that, what another large place does, and the inhabitants of such a one."""


def none_features(table: Table) -> Floats:
    """Return what speaks for a name having no right reading, (names with readings, len(NONE))."""
    out: Floats = np.zeros((len(table.starts), len(NONE)))
    built = words("facility") | words("street") | words("natural") | words("institution")
    loose = np.isin(np.array(table.kinds), ("stripped", "spelling"))
    for n, (first, last) in enumerate(table.rows.values()):
        name = table.names[table.group[first]]
        tokens = name.surface.split()
        out[n] = (
            1.0,
            float(last - first == 1),
            float(loose[first:last].all()),
            float(tokens[-1].lower().strip(".") in built and len(tokens) > 1),
            float(len(tokens) > 1),
            float(name.surface.isupper() and len(name.surface) > 3),
            float(name.doubt),
        )
    return out


def linked_features(table: Table, odds: Floats, out: Floats) -> None:
    """Fill the columns that come of joined names ("Cherat, Khyber Pakhtunkhwa"; "Kohat and Uri")."""
    for n, name in enumerate(table.names):
        if n not in table.rows:
            continue
        first, last = table.rows[n]
        mine = slice(first, last)
        for other, way in name.linked:
            if other not in table.rows:
                continue
            theirs = slice(*table.rows[other])
            inside = _inside(table, mine, theirs) @ odds[theirs]
            holds = _inside(table, theirs, mine).T @ odds[theirs]
            near = np.exp(-_distances(table.point[mine], table.point[theirs]) / 150.0) @ odds[theirs]
            if way in ("comma", "bracket"):
                areas = float(odds[theirs][np.isin(table.class_of[theirs], ("country", "admin1"))].sum())
                _raise(out, mine, "inside what follows", inside)
                _raise(out, mine, "not inside what follows", areas * (1 - inside))
            else:
                _raise(out, mine, "inside what is joined", inside)
            if way in ("comma<", "bracket<"):
                _raise(out, mine, "holds what stands before", holds)
                _raise(out, mine, "does not hold what stands before", 1 - np.minimum(holds, 1))
            else:
                _raise(out, mine, "holds what is joined", holds)
            _raise(out, mine, "near what is joined", near)
            if way.rstrip("<") in ("and", "dash", "next"):
                _raise(out, mine, "far from what is joined", 1 - np.minimum(near * 2, 1))
                same = np.equal.outer(table.class_of[mine], table.class_of[theirs]) @ odds[theirs]
                _raise(out, mine, "same kind as what is joined", same)


def _raise(out: Floats, rows: slice, name: str, values: Floats) -> None:
    column = out[rows, COLUMN[name]]
    np.maximum(column, values, out=column)


def _inside(table: Table, inner: slice, outer: slice) -> Floats:
    """Return 1 where a reading of one name lies in the area that a reading of another is."""
    kinds = table.class_of[outer]
    inner_kinds = table.class_of[inner]
    country = np.equal.outer(table.country[inner], table.country[outer]) & (table.country[outer] >= 0)
    admin = np.equal.outer(table.admin[inner], table.admin[outer]) & (table.admin[outer] >= 0)
    in_country = country & (kinds == "country") & (inner_kinds != "country")[:, None]
    in_admin = admin & (kinds == "admin1") & ~np.isin(inner_kinds, ("country", "admin1"))[:, None]
    in_county = admin & (kinds == "admin2") & ~np.isin(inner_kinds, ("country", "admin1", "admin2"))[:, None]
    if in_county.any():
        names = [place.name for place in table.places[outer]]
        counties = np.array([[p.admin2 == name for name in names] for p in table.places[inner]])
        in_county &= counties
    result: Floats = (in_country | in_admin | in_county).astype(np.float64)
    return result


def _distances(a: Floats, b: Floats) -> Floats:
    """Return the distances in km between points given as unit vectors, (len(a), len(b))."""
    chord = np.sqrt(np.clip(2.0 - 2.0 * (a @ b.T), 0.0, 4.0))
    distances: Floats = chord * EARTH_KM
    return distances


def context_features(table: Table, odds: Floats, out: Floats) -> None:
    """Fill the columns that come of where the other names lie."""
    weights = np.array([name.weight for name in table.names])
    mass = odds * weights[table.group]
    keys = _keys(table)
    for column, ids in (
        ("share of names in its country", table.country),
        ("share of names in its province", table.admin),
    ):
        out[:, COLUMN[column]] = _shares(table, mass, ids, keys, column.endswith("province"))
    alone = out[:, COLUMN["share of names in its country"]] < LONELY
    out[:, COLUMN["alone in its country"]] = alone & (table.country >= 0) & (table.population < LARGE)
    _named_areas(table, odds, out)
    _neighbours(table, odds, weights, keys, out)
    _told_apart(table, odds, out)


def _keys(table: Table) -> Ints:
    """Return a number per row that rows of the same spelling share, whatever their container."""
    numbers: dict[str, int] = {}
    per_name = [numbers.setdefault(name.key, len(numbers)) for name in table.names]
    return np.array(per_name, dtype=np.int64)[table.group]


def _shares(table: Table, mass: Floats, ids: Ints, keys: Ints, admin: bool) -> Floats:
    """Return what share of the other names' weight lies in each row's area."""
    counted = ids >= 0
    if admin:
        counted &= np.array([c != "country" for c in table.classes])
    size = int(ids.max(initial=-1)) + 1
    told = np.where(counted, mass, 0.0)
    total = np.bincount(np.where(counted, ids, size), told, minlength=size + 1)
    slots = keys * (size + 1) + np.where(counted, ids, size)
    mine = np.where(counted, np.bincount(slots, told)[slots], 0.0)
    every = float(total[:size].sum())
    per_key = np.bincount(keys, told)
    rest = np.maximum(total[np.where(ids >= 0, ids, size)] - mine, 0.0)
    rest[ids < 0] = 0.0
    other = np.maximum(every - per_key[keys], 0.0)
    share: Floats = rest / (other + 1.0)
    return share


def _named_areas(table: Table, odds: Floats, out: Floats) -> None:
    kinds = table.class_of
    for column, kind, ids in (
        ("its country is named", "country", table.country),
        ("its province is named", "admin1", table.admin),
    ):
        named = np.zeros(int(ids.max(initial=-1)) + 2)
        rows = (kinds == kind) & (ids >= 0)
        np.maximum.at(named, ids[rows], odds[rows])
        if kind == "country":
            size = np.full(len(named), COUNTRY_SIZE)
            np.minimum.at(size, ids[rows], table.population[rows])
            small = named[ids] * (COUNTRY_SIZE - size[ids]) / 4
            out[:, COLUMN["its country is named, and small"]] = np.where(
                (ids >= 0) & ~(kinds == "country"), small, 0.0
            )
        inner = ~np.isin(kinds, ("country",) if kind == "country" else ("country", "admin1"))
        out[:, COLUMN[column]] = np.where((ids >= 0) & inner, named[ids], 0.0)


def _context_rows(table: Table, odds: Floats) -> Ints:
    """Return the readings that count as context: the likeliest of each name."""
    chosen: list[int] = []
    for first, last in table.rows.values():
        order = np.argsort(-odds[first:last], kind="stable")[:CONTEXT_READINGS]
        chosen += [first + int(i) for i in np.sort(order) if odds[first + i] >= 0.005]
    if len(chosen) > MOST_CONTEXT:
        ranked = sorted(chosen, key=lambda row: (-odds[row], row))[:MOST_CONTEXT]
        chosen = sorted(ranked)
    return np.array(chosen, dtype=np.int64)


def _neighbours(table: Table, odds: Floats, weights: Floats, keys: Ints, out: Floats) -> None:
    """Fill in how many other names have a likely reading near each candidate."""
    rows = _context_rows(table, odds)
    if not len(rows):
        return
    groups = table.group[rows]
    starts = np.flatnonzero(np.append(True, groups[1:] != groups[:-1]))
    heads = groups[starts]
    column_keys = keys[rows][starts]
    areas = np.array([table.classes[r] in ("country", "region", "continent", "sea") for r in rows])
    closeness = np.where(areas, 0.0, 1.0)
    weight = weights[heads]
    even = 1.0 / np.diff(np.append(starts, len(rows)))
    first = int(np.argmin([min(table.names[h].mentions) for h in heads]))
    step = max(1, CELLS // len(rows))
    for begin in range(0, len(table), step):
        part = slice(begin, min(begin + step, len(table)))
        distance = _distances(table.point[part], table.point[rows])
        other = (keys[part][:, None] != column_keys[None, :]).astype(np.float64)
        total = other @ weight + 1.0
        for scale, told, reading in (
            (CLOSE_KM, "close by", "readings close by"),
            (AROUND_KM, "around", "readings around"),
        ):
            kernel = np.exp(-distance / scale) * closeness
            likely = np.maximum.reduceat(kernel * odds[rows], starts, axis=1) * other
            votes = likely @ weight
            out[part, COLUMN[f"names {told}"]] = np.log1p(votes) / 2
            out[part, COLUMN[f"share of names {told}"]] = votes / total
            possible = np.maximum.reduceat(kernel, starts, axis=1) * other
            out[part, COLUMN[reading]] = np.log1p(possible @ even) / 2
            if scale == AROUND_KM:
                out[part, COLUMN["close to the first name"]] = likely[:, first]


def _told_apart(table: Table, odds: Floats, out: Floats) -> None:
    """Let "Paris" lean on "Paris, Texas" of the same document."""
    told: dict[tuple[str, str], float] = {}
    for row, place in enumerate(table.places):
        name = table.names[table.group[row]]
        if name.container:
            slot = (name.key, place.id)
            told[slot] = max(told.get(slot, 0.0), float(odds[row]))
    if told:
        values = [
            0.0
            if table.names[table.group[row]].container
            else told.get((table.names[table.group[row]].key, p.id), 0.0)
            for row, p in enumerate(table.places)
        ]
        out[:, COLUMN["same name told apart"]] = values
