// The table: what the map shows, in words. Sortable; fifty rows a page; arrow keys move the one selection.
import { core, prefetch, select, setSort, subscribe } from "./core.js";
import { some } from "./lines.js";
import { h, icon, list, number, plural, sentence, set, swatch, text, years } from "./dom.js";

const PAGE = 50;
const tables = new WeakMap();
const COLUMNS = [
  ["title", "Project"],
  ["type", "Type"],
  ["status", "Status"],
  ["year", "Years"],
  ["place", "Place"],
  ["actor", "Actors"],
  ["confidence", "Confidence"],
];

export function mount({ parentElement }) {
  if (!tables.has(parentElement)) tables.set(parentElement, build(parentElement));
}

function build(parent) {
  const caption = h("h2", { id: "table-title" }, "Projects");
  const summary = h("p.table-summary", { role: "status" });
  const headers = COLUMNS.map(([id, label]) => {
    const button = h("button.sort", { type: "button", onclick: () => sortBy(id) }, label, h("span.arrow", { "aria-hidden": "true" }));
    return h("th", { scope: "col", "data-column": id }, button);
  });
  const body = h("tbody");
  const table = h("table.table", { "aria-labelledby": "table-title" }, h("thead", {}, h("tr", {}, ...headers)), body);
  const pager = h("nav.pager", { "aria-label": "Pages of the table" });
  const root = h("section.table-part", { id: "dl-table" }, h("div.table-head", {}, caption, summary, pager), h("div.table-scroll", { tabindex: "0", role: "region", "aria-labelledby": "table-title" }, table));
  parent.append(root);

  let order = [];
  let page = 0;
  let titles = null;
  let visible = false;
  let stale = true;
  let later = 0;

  function sortBy(id) {
    const now = core.state.sort;
    setSort(now === id ? `-${id}` : now === `-${id}` ? "" : id);
  }

  /** Titles in alphabetical order, found once. */
  function titleRank(c) {
    if (titles?.columns !== c) {
      const names = Array.from({ length: c.rows }, (_, r) => c.title(r));
      const compare = c.rows > 20000 ? (a, b) => (names[a] < names[b] ? -1 : names[a] > names[b] ? 1 : 0) : undefined;
      const collate = new Intl.Collator("en", { numeric: true }).compare;
      const rows = names.map((_, r) => r).sort(compare || ((a, b) => collate(names[a], names[b])));
      const rank = new Int32Array(c.rows);
      rows.forEach((r, i) => (rank[r] = i));
      titles = { columns: c, rank };
    }
    return titles.rank;
  }

  function keys(id) {
    const c = core.columns;
    const first = (many) => (r) => (many.start[r] < many.start[r + 1] ? many.value[many.start[r]] : 1e9);
    if (id === "title") {
      const rank = titleRank(c);
      return (r) => rank[r];
    }
    if (id === "type") return (r) => c.type[r];
    if (id === "status") return (r) => c.status[r];
    if (id === "year") return (r) => c.first[r] || 1e5;
    if (id === "confidence") return (r) => c.confidence[r];
    return first(id === "place" ? c.places : c.actors);
  }

  function arrange() {
    const { columns, result, state } = core;
    order = [];
    for (let r = 0; r < columns.rows; r++) if (result.mask[r]) order.push(r);
    const id = state.sort.replace("-", "");
    if (COLUMNS.some(([name]) => name === id)) {
      const key = keys(id);
      const sign = state.sort.startsWith("-") ? -1 : 1;
      const value = new Float64Array(columns.rows);
      for (const r of order) value[r] = key(r);
      order.sort((a, b) => sign * (value[a] - value[b]) || a - b);
    }
    core.order = order;
    for (const th of headers) {
      const mine = th.dataset.column === id;
      set(th, "aria-sort", mine ? (state.sort.startsWith("-") ? "descending" : "ascending") : "none");
    }
  }

  function update() {
    if (!core.result) return;
    stale = true;
    text(summary, `${plural(core.result.shown, "project")}${core.state.unlocated ? ", those without a spot on the map included" : " on the map"}`);
    if (visible) return draw();
    clearTimeout(later); // below the fold: marks and counts come first
    later = setTimeout(() => stale && draw(), 60);
  }

  function draw() {
    if (!core.result) return; // the page was come back to while this was due: the columns are on their way
    stale = false;
    arrange();
    page = Math.min(page, Math.max(0, Math.ceil(order.length / PAGE) - 1));
    paint();
  }

  function paint() {
    const c = core.columns;
    const rows = order.slice(page * PAGE, (page + 1) * PAGE);
    list(
      body,
      rows,
      (r) => c.id(r),
      () => h("tr", { tabindex: "-1" }, ...COLUMNS.map(([id]) => h(id === "title" ? "th" : "td", id === "title" ? { scope: "row" } : {}))),
      (node, r) => {
        if (node.filled === c) return;
        node.filled = c;
        node.onclick = () => select(c.id(r), { fly: true });
        node.onpointerenter = () => prefetch(c.id(r));
        const cells = node.children;
        const status = c.statuses[c.status[r]];
        cells[0].replaceChildren(swatch(c.groups[c.group[r]], status?.fill || "full", 14), h("span", {}, c.title(r)), ...(c.disagree[r] ? [" ", h("span.tag", {}, "sources disagree")] : []));
        text(cells[1], sentence(c.types[c.type[r]].label));
        text(cells[2], status?.id ? sentence(status.label) : "–");
        text(cells[3], c.first[r] ? years(c.first[r], c.last[r]) : "–");
        text(cells[4], c.located[r] ? some(c.places, r, 2) : some(c.places, r, 1) || "not located");
        text(cells[5], some(c.actors, r, 3));
        text(cells[6], `${c.confidence[r]} %`);
      },
    );
    mark();
    const pages = Math.ceil(order.length / PAGE);
    pager.hidden = pages < 2;
    const go = (to) => () => {
      page = to;
      paint();
    };
    pager.replaceChildren(
      h("button.button.square", { type: "button", "aria-label": "Previous page", disabled: page === 0, onclick: go(page - 1) }, icon("left")),
      h("span", {}, `${number(page * PAGE + 1)}–${number(Math.min(order.length, (page + 1) * PAGE))} of ${number(order.length)}`),
      h("button.button.square", { type: "button", "aria-label": "Next page", disabled: page >= pages - 1, onclick: go(page + 1) }, icon("right")),
    );
  }

  function mark() {
    let any = false;
    for (const tr of body.children) {
      const on = tr.dataset.key === core.state.sel;
      any ||= on;
      set(tr, "aria-selected", on ? "true" : null);
      tr.tabIndex = on ? 0 : -1;
    }
    if (!any && body.firstChild) body.firstChild.tabIndex = 0;
  }

  body.onkeydown = (event) => {
    const tr = event.target.closest("tr");
    if (!tr || !core.columns) return;
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      select(tr.dataset.key, { fly: true });
    } else if (by || event.key === "Home" || event.key === "End") {
      event.preventDefault();
      const c = core.columns;
      const at = order.findIndex((r) => c.id(r) === tr.dataset.key);
      const to = event.key === "Home" ? 0 : event.key === "End" ? order.length - 1 : Math.max(0, Math.min(order.length - 1, at + by));
      page = Math.floor(to / PAGE);
      select(c.id(order[to]), { replace: true });
      paint();
      const next = Array.from(body.children).find((n) => n.dataset.key === c.id(order[to]));
      next?.focus();
      next?.scrollIntoView({ block: "nearest" });
    }
  };

  new IntersectionObserver(
    ([entry]) => {
      visible = entry.isIntersecting;
      if (visible && stale) draw();
    },
    { rootMargin: "400px" },
  ).observe(root);

  subscribe((what) => {
    if (what.sort) {
      page = 0;
      draw();
    }
    if (what.filter || what.columns) {
      if (what.filter) page = 0;
      update();
    }
    if (what.selection && core.columns && body.firstChild) {
      const at = order.findIndex((r) => core.columns.id(r) === core.state.sel);
      if (at >= 0 && Math.floor(at / PAGE) !== page && what.from !== "table") {
        page = Math.floor(at / PAGE);
        paint();
      }
      mark();
    }
  }, root);
  update();
}
