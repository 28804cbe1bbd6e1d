// What the parts of a page share: the state, the columns, the map's frame, and the way to the server.
//
// A change goes: state → mask → marks on the map (at once) → counts, table, timeline (next frame) → address → server,
// which reads the query, counts again and confirms. The map is never asked to rebuild.

import { counted, filtered } from "./facets.js";
import { emptyFilter, encode, filterPairs, parse, tidy, write } from "./query.js";

const listeners = new Map();
const timings = [];

export const core = {
  state: parse(location.search),
  columns: null,
  result: null,
  counts: null,
  frame: null,
  vocabulary: null,
  cards: new Map(),
  revision: null,
  timings,
  filterQuery: () => encode(filterPairs(core.state.filter)),
  select: (...about) => select(...about),
};
window.datelinePage = core;

let tell = null;
let choose = null;
let found = null;
let foundFor = "";
let answered = null;
let touched = false;

// --- listening ---

/** Call f({filter, selection, columns, view, sort}) after each change, for as long as `node` is on the page. */
export function subscribe(f, node) {
  listeners.set(f, node);
}

function emit(what) {
  for (const [f, node] of listeners) {
    if (!node.isConnected) listeners.delete(f);
    else {
      try {
        f(what);
      } catch (error) {
        console.error(error);
      }
    }
  }
}

// --- the map's frame ---

let linked = null;
export function findFrame() {
  const frame = document.querySelector(".st-key-dl-map iframe");
  const map = frame?.contentWindow?.dateline;
  if (!map?.columns || map === linked) return linked;
  linked = map;
  core.frame = map;
  map.columns.then((columns) => adopt(map, columns));
  map.on("columns", (columns) => adopt(map, columns));
  map.on("select", (pick) => select(pick.id, { from: "map", ids: pick.ids || null, place: pick.place }));
  map.on("hover", (at) => prefetch(at.id));
  map.on("move", (view) => moved(view));
  touched = false;
  for (const name of ["pointerdown", "wheel", "keydown"]) {
    frame.contentWindow.addEventListener(name, () => (touched = true), { capture: true, passive: true });
  }
  if (core.state.borders) map.setBoundaryView(core.state.borders);
  look();
  map.ready?.then(() => !moving && look());
  return linked;
}

function adopt(map, columns) {
  if (map !== linked || columns === core.columns) return;
  if (core.revision !== null && core.revision !== columns.revision) core.cards.clear(); // the texts were read again
  core.revision = columns.revision;
  core.columns = columns;
  if (core.state.sel && !core.cards.has(core.state.sel)) choose?.(core.state.sel);
  confirm(answered, false);
  recount();
  if (core.state.sel) map.select(core.state.sel, { fly: !core.state.at });
  emit({ columns: true, filter: true, selection: true });
  confirm(answered);
}

(function poll() {
  const frame = document.querySelector(".st-key-dl-map iframe");
  if (frame && frame.contentWindow?.dateline !== linked) findFrame();
  setTimeout(poll, linked || !frame ? 100 : 16);
})();

function look() {
  const { at } = core.state;
  if (at && linked) linked.setView(at[1], at[2], at[0]);
}

// The view goes into the address once the user has moved it; until then it is the map's own first view.
let moving = 0;
function moved(view) {
  emit({ view });
  if (!touched) return;
  core.state.at = [view.zoom, view.lat, view.lon];
  if (core.state.filter.extent && core.followView) return setFilter({ extent: rounded(view.bounds) }, { replace: true });
  clearTimeout(moving);
  moving = setTimeout(() => writeUrl(true), 200);
}

export function rounded(bounds) {
  const [w, s, e, n] = bounds;
  const wrap = (x) => (x < -180 || x > 180 ? ((((x + 180) % 360) + 360) % 360) - 180 : x);
  const all = e - w >= 360 ? [-180, 180] : [wrap(w), wrap(e)];
  return [all[0], Math.max(s, -90), all[1], Math.min(n, 90)].map((x) => Number(x.toFixed(4)));
}

// --- masks and counts ---

function options() {
  const { columns, state } = core;
  const countries = columns.countriesIn ? columns.countriesIn(state.borders) || columns.countries : columns.countries;
  return { found: foundFor === state.filter.text ? found : null, unlocated: state.unlocated, countries };
}
export const countriesNow = () => options().countries;

function recount() {
  const { columns, state } = core;
  if (!columns) return;
  const start = performance.now();
  const waiting = state.filter.text && foundFor !== state.filter.text;
  if (waiting && core.result) return; // the marks stay until the search has answered
  core.result = filtered(columns, state.filter, options());
  core.frame?.applyMask(core.result.mask);
  const drawn = performance.now();
  core.counts = counted(columns, state.filter, core.result, options());
  timings.push({ marks: drawn - start, counts: performance.now() - drawn });
  if (timings.length > 200) timings.shift();
}

/** Change filters: setFilter({types: […]}). `replace` keeps the browser's history as it is (while dragging). */
export function setFilter(patch, { replace = false, quiet = false } = {}) {
  core.state.filter = tidy({ ...core.state.filter, ...patch });
  changed({ replace, quiet });
}

export function setUnlocated(on) {
  core.state.unlocated = on;
  changed({});
}

export function reset() {
  core.state.unlocated = false;
  setFilter(emptyFilter());
}

function changed({ replace, quiet }) {
  const start = performance.now();
  recount();
  requestAnimationFrame(() => {
    emit({ filter: true });
    core.lastChange = { at: start, done: performance.now() };
  });
  writeUrl(replace);
  if (!quiet) tellServer();
}

/** Toggle a value in one of the filter's lists. */
export function toggle(name, value) {
  const values = core.state.filter[name];
  setFilter({ [name]: values.includes(value) ? values.filter((v) => v !== value) : [...values, value] });
}

// --- selection ---

/** Select a project (id or null). `ids` are all that lie on the same spot. */
export function select(id, { from = "", fly = false, ids = null, place = "", replace = false } = {}) {
  const same = (id || "") === core.state.sel;
  core.state.sel = id || "";
  core.spot = ids && ids.length > 1 ? { ids, place } : null;
  if (fly) touched = true;
  if (from !== "map") core.frame?.select(id, { fly });
  else core.frame?.select(id, { fly: false });
  emit({ selection: true, from });
  if (!same) writeUrl(replace);
  if (id && !core.cards.has(id)) choose?.(id);
}

/** Ask for a card that may be wanted next: the pointer rests on its mark or row. */
let resting = 0;
export function prefetch(id) {
  clearTimeout(resting);
  if (id && !core.cards.has(id)) resting = setTimeout(() => !core.cards.has(id) && choose?.(id), 60);
}

export const rowOf = (id) => core.columns?.rowOf(id) ?? -1;

// --- boundary view, sorting ---

export function setBorders(id) {
  core.state.borders = id;
  core.frame?.setBoundaryView(id);
  changed({});
}

export function setSort(sort) {
  core.state.sort = sort;
  writeUrl(true);
  emit({ sort: true });
}

// --- address and server ---

export const query = () => write(core.state);

export function link(extra = {}) {
  const state = { ...core.state, ...extra };
  if (core.frame?.getView) {
    const view = core.frame.getView();
    state.at = [view.zoom, view.lat, view.lon];
  }
  const words = write(state);
  return location.origin + location.pathname + (words ? `?${words}` : "");
}

// Streamlit enters two addresses for one change of page: the old page with the new query, then the new page. The
// second takes the place of the first, so that one step back is one step.
const push = history.pushState.bind(history);
const replace = history.replaceState.bind(history);
let halfway = 0;
history.pushState = (state, title, url) => {
  const same = new URL(url, location.href).pathname === location.pathname;
  const second = !same && performance.now() - halfway < 3000;
  halfway = same ? performance.now() : 0;
  return (second ? replace : push)(state, title, url);
};

function writeUrl(quietly) {
  if (location.pathname !== core.path) return; // another page is being opened
  const words = query();
  core.last = words;
  if (words === location.search.slice(1)) return;
  const url = location.pathname + (words ? `?${words}` : "");
  (quietly ? replace : push)(history.state, "", url);
}

let pending = 0;
function tellServer() {
  clearTimeout(pending);
  pending = setTimeout(() => tell?.(query()), 20);
}

/** The legend's way to the server: called with each query. */
export function onTell(f) {
  tell = f;
}
/** The card's way: called with each id whose card is not here yet. */
export function onChoose(f) {
  choose = f;
  if (core.state.sel && !core.cards.has(core.state.sel)) f(core.state.sel);
}

/** The server's answer to a query: the rows that its search found, and its own mask, which stands. */
export function confirm(answer, redraw = true) {
  answered = answer;
  const { columns, state } = core;
  if (!columns || !answer || answer.rows !== columns.rows) return;
  if (answer.text !== foundFor && answer.text === state.filter.text) {
    foundFor = answer.text;
    found = answer.text ? unpack(answer.found, columns.rows) : null;
    if (redraw) {
      recount();
      emit({ filter: true });
    }
  }
  if (!redraw || answer.filter !== core.filterQuery() || answer.unlocated !== state.unlocated) return;
  const mask = unpack(answer.mask, columns.rows);
  const differs = mask.some((on, row) => on !== core.result.mask[row]);
  core.confirmed = { filter: answer.filter, shown: answer.shown, differs, at: performance.now() };
  if (!differs) return;
  core.result.mask = mask;
  core.result.shown = answer.shown;
  core.frame?.applyMask(mask);
  emit({ filter: true });
}

/** Start anew from the address: the page was opened, or come back to. */
export function reopen() {
  core.path = location.pathname;
  core.last = location.search.slice(1);
  core.state = parse(location.search);
  core.spot = null;
  Object.assign(core, { columns: null, result: null, counts: null, confirmed: null, frame: null });
  linked = null;
  touched = false;
}

function unpack(base64, rows) {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const mask = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) mask[i] = (bytes[i >> 3] >> (7 - (i & 7))) & 1;
  return mask;
}

// Back and forward: the state is in the address; the page is not asked to run again for it.
window.addEventListener(
  "popstate",
  (event) => {
    if (location.pathname !== core.path || !document.querySelector(".st-key-dl-map")) return;
    event.stopImmediatePropagation();
    const was = core.state;
    core.state = parse(location.search);
    recount();
    if (core.state.borders !== was.borders) core.frame?.setBoundaryView(core.state.borders);
    look();
    core.frame?.select(core.state.sel || null, { fly: false });
    if (core.state.sel && !core.cards.has(core.state.sel)) choose?.(core.state.sel);
    emit({ filter: true, selection: true, sort: true });
    tellServer();
  },
  true,
);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && core.state.sel && !event.defaultPrevented) select(null);
});
