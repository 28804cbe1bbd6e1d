// The address: filter, view, selection and boundary view as one URL query. The twin of geodata/filters.py and
// dashboard/state.py; tests hold the two against each other.

const IDENTIFIER = /^[a-z][a-z0-9_]*$/;
const NAMES = {
  type: "types",
  group: "groups",
  role: "roles",
  status: "statuses",
  country: "countries",
  place: "places",
  doc: "documents",
};
const KEPT = ["embed", "embed_options"];

export const DEFAULT_BORDERS = "de_facto";
/** From how sure on a project is shown where nobody says otherwise (geodata/filters.py). */
export const DEFAULT_CONFIDENCE = 0.4;

export function emptyFilter() {
  return {
    types: [],
    groups: [],
    first: null,
    last: null,
    mode: "in",
    undated: null,
    actors: [],
    roles: [],
    statuses: [],
    countries: [],
    places: [],
    documents: [],
    precisions: [],
    confidence: DEFAULT_CONFIDENCE,
    text: "",
    extent: null,
  };
}

export function emptyState() {
  return { filter: emptyFilter(), at: null, sel: "", borders: DEFAULT_BORDERS, sort: "", unlocated: false, kept: [] };
}

/** Bring a filter into its one form: sorted, once each, without what says nothing. */
export function tidy(filter) {
  const f = { ...filter };
  for (const name of Object.values(NAMES)) f[name] = order(f[name]);
  f.precisions = [...new Set(f.precisions)].sort((a, b) => a - b);
  f.actors = order(f.actors.map(actorText)).map(parseActor);
  f.actors.sort((a, b) => compare(a.name, b.name) || compare(a.role, b.role));
  f.text = f.text.trim().split(/\s+/).join(" ");
  if (f.mode === "upto") f.first = null;
  const ranged = f.first !== null || f.last !== null;
  if (f.undated === !ranged) f.undated = null;
  return f;
}

export const hasYears = (f) => f.first !== null || f.last !== null;
export const keepsUndated = (f) => (f.undated === null ? !hasYears(f) : f.undated);

// By code points, as Python sorts.
export function compare(a, b) {
  const x = [...a];
  const y = [...b];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const d = x[i].codePointAt(0) - y[i].codePointAt(0);
    if (d) return d;
  }
  return x.length - y.length;
}
const order = (values) => [...new Set(values.filter(Boolean))].sort(compare);

export const actorText = (a) => (a.role || a.name.includes("@") ? `${a.name}@${a.role}` : a.name);
export function parseActor(value) {
  const at = value.lastIndexOf("@");
  if (at > 0) {
    const role = value.slice(at + 1);
    if (!role || IDENTIFIER.test(role)) return { name: value.slice(0, at), role };
  }
  return { name: value, role: "" };
}

/** Read a query; what cannot be read is left out (the server says so in words). */
export function parse(search) {
  const state = emptyState();
  const f = state.filter;
  for (const [key, raw] of new URLSearchParams(search)) {
    const value = raw.trim();
    if (KEPT.includes(key)) state.kept.push([key, raw]);
    else if (!value) continue;
    else if (key in NAMES) f[NAMES[key]].push(...(["place", "doc"].includes(key) ? [value] : value.split(",")));
    else if (key === "year") Object.assign(f, parseYears(value));
    else if (key === "mode") f.mode = value === "upto" ? "upto" : "in";
    else if (key === "noyear") f.undated = value === "1";
    else if (key === "actor") f.actors.push(parseActor(value));
    else if (key === "precision") f.precisions.push(...value.split(",").map(Number).filter(Boolean));
    else if (key === "confidence") f.confidence = Math.min(1, Math.max(0, Number(value) || 0));
    else if (key === "q") f.text = value;
    else if (key === "bbox") f.extent = numbers(value, 4);
    else if (key === "at") state.at = numbers(value.replaceAll("/", ","), 3);
    else if (key === "sel") state.sel = value;
    else if (key === "borders") state.borders = value;
    else if (key === "sort") state.sort = value;
    else if (key === "unlocated") state.unlocated = value === "1";
  }
  f.countries = f.countries.map((c) => c.toUpperCase());
  state.filter = tidy(f);
  return state;
}

function parseYears(value) {
  const match = /^(\d{1,4})?(?:(-)(\d{1,4})?)?$/.exec(value.replace("–", "-").replace("..", "-").replaceAll(" ", ""));
  if (!match || (!match[1] && !match[3])) return {};
  const first = match[1] ? Number(match[1]) : null;
  const last = match[3] ? Number(match[3]) : match[2] ? null : first;
  return first !== null && last !== null && first > last ? { first: last, last: first } : { first, last };
}

function numbers(value, count) {
  const parts = value.split(",").map(Number);
  return parts.length === count && parts.every(Number.isFinite) ? parts : null;
}

/** Write the filter's part of a query. */
export function filterPairs(filter) {
  const f = filter;
  const pairs = [];
  const each = (key, values) => values.forEach((v) => pairs.push([key, v]));
  each("type", f.types);
  each("group", f.groups);
  if (hasYears(f)) pairs.push(["year", f.first === f.last ? `${f.first}` : `${f.first ?? ""}-${f.last ?? ""}`]);
  if (f.mode !== "in") pairs.push(["mode", f.mode]);
  if (f.undated !== null) pairs.push(["noyear", f.undated ? "1" : "0"]);
  each("actor", f.actors.map(actorText));
  each("role", f.roles);
  each("status", f.statuses);
  each("country", f.countries);
  each("place", f.places);
  each("doc", f.documents);
  if (f.precisions.length) pairs.push(["precision", f.precisions.join(",")]);
  if (f.confidence !== DEFAULT_CONFIDENCE) pairs.push(["confidence", String(f.confidence)]);
  if (f.text) pairs.push(["q", f.text]);
  if (f.extent) pairs.push(["bbox", f.extent.map((x) => short(x, 4)).join(",")]);
  return pairs;
}

const short = (x, digits) => String(Number(x.toFixed(digits)));

/** Write the whole state of the page. */
export function write(state) {
  const pairs = filterPairs(state.filter);
  if (state.unlocated) pairs.push(["unlocated", "1"]);
  if (state.borders && state.borders !== DEFAULT_BORDERS) pairs.push(["borders", state.borders]);
  if (state.at) pairs.push(["at", `${short(state.at[0], 2)}/${short(state.at[1], 4)}/${short(state.at[2], 4)}`]);
  if (state.sel) pairs.push(["sel", state.sel]);
  if (state.sort) pairs.push(["sort", state.sort]);
  return encode([...pairs, ...state.kept]);
}

export function encode(pairs) {
  return pairs.map(([k, v]) => `${quote(k)}=${quote(v)}`).join("&");
}

// What Python's quote_plus writes, with commas and slashes left readable.
function quote(words) {
  return encodeURIComponent(words)
    .replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase())
    .replaceAll("%20", "+")
    .replaceAll("%2C", ",")
    .replaceAll("%2F", "/");
}
