// Masks and counts in the browser, at once. The twin of dashboard/facets.py, which confirms them; tests hold the two
// against each other. `columns` are the map's own (rows in the store's order).

import { hasYears, keepsUndated } from "./query.js";

export const REASONS = [
  "type",
  "actor",
  "role",
  "status",
  "country",
  "place",
  "document",
  "precision",
  "confidence",
  "text",
  "year",
  "no_year",
  "not_located",
  "extent",
];

/** What is asked of the columns once: which values are the first in their row, bounds of each row's marks. */
const known = new WeakMap();
function derived(columns) {
  if (!known.has(columns)) known.set(columns, { firsts: new Map(), bounds: null });
  return known.get(columns);
}

function firsts(columns, many) {
  const cache = derived(columns).firsts;
  if (!cache.has(many)) {
    const { start, value } = many;
    const flags = new Uint8Array(value.length);
    const seen = new Int32Array(many.names.length).fill(-1);
    for (let row = 0; row + 1 < start.length; row++) {
      for (let i = start[row]; i < start[row + 1]; i++) {
        if (seen[value[i]] !== row) {
          seen[value[i]] = row;
          flags[i] = 1;
        }
      }
    }
    cache.set(many, flags);
  }
  return cache.get(many);
}

/** West, south, east, north of each row's marks; NaN where it has none. */
function boundsOf(columns) {
  if (columns.bounds) return columns.bounds;
  const cache = derived(columns);
  if (!cache.bounds) {
    const b = new Float32Array(columns.rows * 4).fill(NaN);
    const { row, lat, lon } = columns.marks;
    for (let i = 0; i < row.length; i++) {
      const k = row[i] * 4;
      if (!(b[k] <= lon[i])) b[k] = lon[i];
      if (!(b[k + 1] <= lat[i])) b[k + 1] = lat[i];
      if (!(b[k + 2] >= lon[i])) b[k + 2] = lon[i];
      if (!(b[k + 3] >= lat[i])) b[k + 3] = lat[i];
    }
    cache.bounds = b;
  }
  return cache.bounds;
}

/** One mask a reason: 1 where the row fails it. Reasons that hide nothing are left out. */
function failures(columns, filter, { found, unlocated, countries }) {
  const n = columns.rows;
  const fails = {};
  const make = (reason, test) => {
    const mask = new Uint8Array(n);
    for (let row = 0; row < n; row++) mask[row] = test(row) ? 0 : 1;
    fails[reason] = mask;
  };
  const f = filter;
  if (f.types.length || f.groups.length) {
    const pass = columns.types.map((t) => f.types.includes(t.id) || f.groups.includes(t.group));
    const { type } = columns;
    make("type", (row) => pass[type[row]]);
  }
  if (f.actors.length) fails.actor = withoutAny(n, columns.actors, actorHit(columns.actors, f.actors));
  if (f.roles.length) {
    const { role, roles } = columns.actors;
    const pass = (roles || [""]).map((r) => f.roles.includes(r));
    fails.role = withoutAny(n, columns.actors, (i) => pass[role ? role[i] : 0]);
  }
  if (f.statuses.length) {
    const pass = columns.statuses.map((s) => f.statuses.includes(s.id || "none"));
    const { status } = columns;
    make("status", (row) => pass[status[row]]);
  }
  if (f.countries.length) fails.country = withoutAny(n, countries, nameHit(countries, f.countries));
  if (f.places.length) fails.place = withoutAny(n, columns.places, nameHit(columns.places, f.places, true));
  if (f.documents.length) fails.document = withoutAny(n, columns.documents, nameHit(columns.documents, f.documents));
  if (f.precisions.length) {
    const pass = new Uint8Array(256);
    f.precisions.forEach((p) => (pass[p] = 1));
    const { precision } = columns;
    make("precision", (row) => pass[precision[row]]);
  }
  if (f.confidence) {
    const least = Math.floor(f.confidence * 100 + 0.5 + 1e-4);
    const { confidence } = columns;
    make("confidence", (row) => confidence[row] >= least);
  }
  if (f.text) make("text", (row) => found && found[row]);
  const { first, last } = columns;
  if (hasYears(f)) {
    const low = f.first ?? 1;
    const high = f.last ?? 9999;
    make("year", (row) => !first[row] || (last[row] >= low && first[row] <= high));
  }
  if (!keepsUndated(f)) make("no_year", (row) => first[row]);
  if (!unlocated) {
    const { located } = columns;
    make("not_located", (row) => located[row]);
  }
  if (f.extent) {
    const [west, south, east, north] = f.extent;
    const b = boundsOf(columns);
    make("extent", (row) => {
      const k = row * 4;
      if (!(b[k + 1] <= north && b[k + 3] >= south)) return false;
      return west <= east ? b[k] <= east && b[k + 2] >= west : b[k] <= east || b[k + 2] >= west;
    });
  }
  return fails;
}

function actorHit(many, actors) {
  const wanted = new Map();
  for (const a of actors) {
    const name = a.name.toLowerCase();
    wanted.set(name, [...(wanted.get(name) || []), a.role]);
  }
  const hit = many.names.map((name) => wanted.get(name.toLowerCase()) || null);
  const roles = many.roles || [""];
  const { value, role } = many;
  return (i) => {
    const want = hit[value[i]];
    return want && (want.includes("") || want.includes(roles[role ? role[i] : 0]));
  };
}

function nameHit(many, wanted, folded = false) {
  const keep = new Set(folded ? wanted.map((w) => w.toLowerCase()) : wanted);
  const hit = many.names.map((name, i) => {
    const key = many.keys ? many.keys[i] : name;
    return keep.has(folded ? name.toLowerCase() : name) || keep.has(folded ? key.toLowerCase() : key);
  });
  const { value } = many;
  return (i) => hit[value[i]];
}

function withoutAny(n, many, hit) {
  const mask = new Uint8Array(n).fill(1);
  const { start, value } = many;
  let row = 0;
  for (let i = 0; i < value.length; i++) {
    while (i >= start[row + 1]) row++;
    if (hit(i)) mask[row] = 0;
  }
  return mask;
}

/** The mask alone: what the map needs first. */
export function filtered(columns, filter, options) {
  const fails = failures(columns, filter, options);
  const n = columns.rows;
  const total = new Uint8Array(n);
  for (const mask of Object.values(fails)) for (let row = 0; row < n; row++) total[row] += mask[row];
  const mask = new Uint8Array(n);
  let shown = 0;
  for (let row = 0; row < n; row++) if (!total[row]) (mask[row] = 1), shown++;
  return { mask, shown, fails, total };
}

/** Every count: of each choice, following all other filters; years; what is hidden, by its first reason. */
export function counted(columns, filter, result, { countries }) {
  const { fails, total } = result;
  const n = columns.rows;
  const none = new Uint8Array(n);
  const open = (...own) => {
    const masks = own.map((r) => fails[r] || none);
    const pass = new Uint8Array(n);
    if (masks.length === 1) {
      const [a] = masks;
      for (let row = 0; row < n; row++) pass[row] = total[row] === a[row] ? 1 : 0;
    } else {
      const [a, b] = masks;
      for (let row = 0; row < n; row++) pass[row] = total[row] === a[row] + b[row] ? 1 : 0;
    }
    return pass;
  };
  const single = (codes, size, pass) => {
    const counts = new Uint32Array(size);
    for (let row = 0; row < n; row++) counts[codes[row]] += pass[row];
    return counts;
  };
  const multiple = (many, pass) => {
    const counts = new Uint32Array(many.names.length);
    const flags = firsts(columns, many);
    const { start, value } = many;
    for (let row = 0; row < n; row++) {
      if (!pass[row]) continue;
      for (let i = start[row]; i < start[row + 1]; i++) counts[value[i]] += flags[i];
    }
    return counts;
  };
  const types = single(columns.type, columns.types.length, open("type"));
  const groups = {};
  columns.types.forEach((t, i) => (groups[t.group] = (groups[t.group] || 0) + types[i]));
  const actorRows = open("actor");
  return {
    types,
    groups,
    statuses: single(columns.status, columns.statuses.length, open("status")),
    precisions: single(columns.precision, 10, open("precision")),
    actors: multiple(columns.actors, actorRows),
    roles: roleCounts(columns, filter.actors, actorRows),
    anyRoles: roleCounts(columns, [], open("role")),
    countries: multiple(countries, open("country")),
    places: multiple(columns.places, open("place")),
    documents: multiple(columns.documents, open("document")),
    ...yearCounts(columns, open("year", "no_year")),
    hidden: hiddenRows(n, fails),
    unlocated: countWhere(n, open("not_located"), (row) => !columns.located[row]),
  };
}

function countWhere(n, pass, test) {
  let count = 0;
  for (let row = 0; row < n; row++) if (pass[row] && test(row)) count++;
  return count;
}

function roleCounts(columns, actors, pass) {
  const { names, start, value, role, roles } = columns.actors;
  const counts = new Uint32Array((roles || [""]).length);
  if (!role) return counts;
  const chosen = new Set(actors.map((a) => a.name.toLowerCase()));
  const keep = names.map((name) => !chosen.size || chosen.has(name.toLowerCase()));
  const seen = new Int32Array(counts.length).fill(-1);
  for (let row = 0; row < columns.rows; row++) {
    if (!pass[row]) continue;
    for (let i = start[row]; i < start[row + 1]; i++) {
      if (keep[value[i]] && seen[role[i]] !== row) {
        seen[role[i]] = row;
        counts[role[i]]++;
      }
    }
  }
  return counts;
}

function yearCounts(columns, pass) {
  const { first, last, rows } = columns;
  let low = Infinity;
  let high = -Infinity;
  for (let row = 0; row < rows; row++) {
    if (!first[row]) continue;
    if (first[row] < low) low = first[row];
    if (last[row] > high) high = last[row];
  }
  let undated = 0;
  if (low > high) {
    for (let row = 0; row < rows; row++) undated += pass[row];
    return { years: new Int32Array(0), firstYear: 0, undated };
  }
  const step = new Int32Array(high - low + 2);
  for (let row = 0; row < rows; row++) {
    if (!pass[row]) continue;
    if (!first[row]) undated++;
    else {
      step[first[row] - low]++;
      step[last[row] - low + 1]--;
    }
  }
  for (let i = 1; i < step.length; i++) step[i] += step[i - 1];
  return { years: step.subarray(0, high - low + 1), firstYear: low, undated };
}

function hiddenRows(n, fails) {
  const left = new Uint8Array(n).fill(1);
  const hidden = {};
  for (const reason of REASONS) {
    const mask = fails[reason];
    if (!mask) continue;
    const rows = [];
    for (let row = 0; row < n; row++) {
      if (mask[row] && left[row]) {
        left[row] = 0;
        rows.push(row);
      }
    }
    if (rows.length) hidden[reason] = rows;
  }
  return hidden;
}
