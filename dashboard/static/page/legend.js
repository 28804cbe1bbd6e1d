// The filters, which are the legend: every row has its mark, its name and the count that a click on it would give.
import { confirm, core, countriesNow, onTell, query, reopen, rounded, setFilter, setUnlocated, subscribe, toggle } from "./core.js";
import { country, fold, h, icon, list, number, plural, sentence, set, swatch, text, years } from "./dom.js";
import { projectButton } from "./lines.js";
import { histogram } from "./years.js";

const panels = new WeakMap();

export function mount(component) {
  const { data, parentElement, setStateValue } = component;
  let panel = panels.get(parentElement);
  if (!panel) {
    reopen();
    panels.set(parentElement, (panel = build(parentElement)));
  }
  onTell((words) => setStateValue("query", words));
  panel.fail(data.error);
  confirm(data);
  if (!data.error && data.query !== query() && !panel.told) setStateValue("query", query());
  panel.told = true;
}

function build(parent) {
  const root = h("section.filters", { "aria-label": "Filters and legend" });
  const parts = [headline(), typeSection(), yearSection(), actorSection(), statusSection(), textSection(), placeSection(), certaintySection()];
  const error = h("p.error", { role: "alert" });
  error.hidden = true;
  const close = h("button.button.dark.only-phone.drawer-close", { type: "button", onclick: () => document.body.classList.remove("drawer") }, "Show on the map");
  root.append(error, ...parts.map((p) => p.node), close);
  parent.append(root);
  const panel = {
    fail(words) {
      error.hidden = !words;
      text(error, words || "");
    },
  };
  const update = () => core.counts && parts.forEach((p) => p.update());
  subscribe((what) => (what.filter || what.columns) && update(), root);
  update();
  return panel;
}

// --- rows ---

/** A row that is a switch: mark, name, count and a bar as long as its share. */
function row(onclick) {
  const mark = h("span.mark");
  const label = h("span.label");
  const count = h("span.count");
  const bar = h("span.bar");
  const node = h("button.row", { type: "button", "aria-pressed": "false", onclick }, mark, label, count, bar);
  node.parts = { mark, label, count, bar };
  return node;
}

function show(node, { label, count, most, pressed }) {
  text(node.parts.label, label);
  text(node.parts.count, number(count));
  node.parts.bar.style.width = `${most ? Math.max(count ? 1.5 : 0, (100 * count) / most) : 0}%`;
  set(node, "aria-pressed", pressed ? "true" : "false");
  node.classList.toggle("none", !count && !pressed);
  set(node, "aria-label", `${label}, ${plural(count, "project")}`);
}

function section(title, { open = null, id }) {
  const body = h("div.body", { id: `facet-${id}` });
  const extra = h("span.extra");
  let head;
  if (open === null) head = h("h2", {}, title, extra);
  else {
    const sign = h("span.sign", { "aria-hidden": "true" });
    const button = h("button.fold", { type: "button", "aria-controls": body.id, "aria-expanded": "false" }, h("span", {}, title), extra, sign);
    const turn = (on) => {
      body.hidden = !on;
      set(button, "aria-expanded", on ? "true" : "false");
      sign.replaceChildren(icon(on ? "minus" : "plus"));
    };
    button.onclick = () => turn(body.hidden);
    turn(open);
    head = h("h2", {}, button);
  }
  return { node: h("section.facet", { class: `facet facet-${id}` }, head, body), body, extra };
}

/** A list of names with counts: top ones, a search among the rest, "42 more". */
function names({ body, field, many, values, label = (x) => x, top = 6, place, pick }) {
  const search = place && h("input.field", { type: "search", placeholder: place, "aria-label": place, autocomplete: "off" });
  const rows = h("div.rows", { role: "group" });
  const more = h("button.more", { type: "button" });
  let all = false;
  more.onclick = () => {
    all = !all;
    update();
  };
  if (search) search.oninput = () => update();
  body.append(...[search, rows, more].filter(Boolean));
  const folded = new WeakMap();

  function update() {
    const column = many();
    if (!column) return;
    const counts = core.counts[values];
    const chosen = new Set(chosenOf(field).map((x) => x.toLowerCase()));
    const words = search ? fold(search.value.trim()) : "";
    if (words && !folded.has(column)) folded.set(column, column.names.map((n) => fold(label(n))));
    const hay = folded.get(column);
    const heap = [];
    let matching = 0;
    for (let i = 0; i < column.names.length; i++) {
      const pressed = chosen.has(column.names[i].toLowerCase());
      if (words ? !hay[i].includes(words) : !counts[i] && !pressed) continue;
      matching++;
      heap.push([pressed ? 1 : 0, counts[i], i]);
    }
    const limit = all ? 200 : words ? 12 : top;
    heap.sort((a, b) => b[0] - a[0] || b[1] - a[1] || a[2] - b[2]);
    const items = heap.slice(0, limit);
    const most = heap.reduce((m, x) => Math.max(m, x[1]), 1);
    list(
      rows,
      items,
      ([, , i]) => column.names[i],
      ([, , i]) => row(() => pick(column.names[i])),
      (node, [pressed, count, i]) => show(node, { label: label(column.names[i]), count, most, pressed: !!pressed }),
    );
    const left = matching - items.length;
    more.hidden = !left && !(all && matching > top);
    text(more, all && matching <= 200 ? "fewer" : all ? `${number(left)} more: search for them` : `${number(left)} more`);
  }
  return update;
}

const chosenOf = (field) => (field === "actors" ? core.state.filter.actors.map((a) => a.name) : core.state.filter[field]);

// --- headline ---

const REASON = {
  no_year: "no year",
  not_located: "not located",
  year: "other years",
  type: "other types",
  actor: "other actors",
  status: "other status",
  country: "other countries",
  place: "other places",
  document: "other texts",
  precision: "other precision",
  confidence: "less sure",
  text: "without the words",
  extent: "off the screen",
};
const FIRST = ["no_year", "not_located"];

function headline() {
  const shown = h("strong");
  const total = h("span");
  const hidden = h("p.hidden");
  const tray = h("div.tray", { role: "region", "aria-label": "Hidden projects" });
  tray.hidden = true;
  let opened = "";
  const node = h("section.headline", { id: "dl-headline" }, h("p.big", { role: "status" }, shown, " ", total), hidden, tray);

  function open(reason) {
    opened = opened === reason ? "" : reason;
    update();
    if (opened) tray.querySelector("button")?.focus();
  }

  function update() {
    const { result, columns, counts } = core;
    text(shown, number(result.shown));
    text(total, `of ${plural(columns.rows, "project")}`);
    const reasons = Object.entries(counts.hidden).sort(
      ([a, x], [b, y]) => FIRST.includes(b) - FIRST.includes(a) || y.length - x.length,
    );
    const out = columns.rows - result.shown;
    hidden.replaceChildren();
    if (out) {
      hidden.append(h("span", {}, `${number(out)} hidden: `));
      reasons.forEach(([reason, rows], i) => {
        const button = h(
          "button.link",
          { type: "button", "aria-expanded": opened === reason ? "true" : "false", onclick: () => open(reason) },
          `${number(rows.length)} ${REASON[reason]}`,
        );
        hidden.append(h("span.reason", {}, button, i < reasons.length - 1 ? " ·" : ""), " ");
      });
    } else hidden.append("All that the texts tell of is shown.");
    const rows = counts.hidden[opened];
    tray.hidden = !rows;
    if (!rows) return void (opened = "");
    const items = rows.slice(0, 100);
    tray.replaceChildren(
      h("div.tray-head", {}, h("h3", {}, `${number(rows.length)} hidden: ${REASON[opened]}`), h("button.icon-button", { type: "button", "aria-label": "Close the list", onclick: () => open(opened) }, icon("close"))),
      show_them(opened),
      h("ul.tray-list", {}, ...items.map((r) => h("li", {}, projectButton(r)))),
      ...(rows.length > items.length ? [h("p.note", {}, `and ${number(rows.length - items.length)} more; narrow the filters to see them`)] : []),
    );
  }
  return { node, update };
}

/** What would bring the hidden ones back. */
function show_them(reason) {
  const act = {
    no_year: ["Show them too", () => setFilter({ undated: true })],
    not_located: ["List them in table and timeline", () => setUnlocated(true)],
    year: ["All years", () => setFilter({ first: null, last: null, mode: "in" })],
    type: ["All types", () => setFilter({ types: [], groups: [] })],
    actor: ["All actors", () => setFilter({ actors: [] })],
    status: ["Any status", () => setFilter({ statuses: [] })],
    country: ["All countries", () => setFilter({ countries: [] })],
    place: ["All places", () => setFilter({ places: [] })],
    document: ["All texts", () => setFilter({ documents: [] })],
    precision: ["Any precision", () => setFilter({ precisions: [] })],
    confidence: ["Any confidence", () => setFilter({ confidence: 0 })],
    text: ["Clear the search", () => setFilter({ text: "" })],
    extent: ["The whole map", () => setFilter({ extent: null })],
  }[reason];
  return h("button.link", { type: "button", onclick: act[1] }, act[0]);
}

// --- sections ---

function typeSection() {
  const { node, body } = section("Type", { id: "type" });
  const opened = new Set();
  let started = false;
  const rows = h("div.rows");
  body.append(rows);

  function update() {
    const { columns, counts, state } = core;
    const f = state.filter;
    const used = new Set(columns.types.map((t) => t.group));
    const groups = columns.groups.filter((g) => used.has(g.id));
    const most = Math.max(1, ...groups.map((g) => counts.groups[g.id] || 0));
    if (!started) {
      started = true;
      columns.types.forEach((t) => f.types.includes(t.id) && opened.add(t.group));
    }
    list(
      rows,
      groups,
      (g) => g.id,
      (g) => groupNode(g),
      (wrap, g) => {
        const types = columns.types.map((t, i) => ({ ...t, count: counts.types[i] })).filter((t) => t.group === g.id);
        const on = opened.has(g.id);
        show(wrap.head, { label: sentence(g.label), count: counts.groups[g.id] || 0, most, pressed: f.groups.includes(g.id) });
        wrap.classList.toggle("partly", types.some((t) => f.types.includes(t.id)));
        set(wrap.turn, "aria-expanded", on ? "true" : "false");
        wrap.turn.hidden = types.length < 2 && types[0]?.label === g.label;
        wrap.inner.hidden = !on;
        if (!on) return;
        list(
          wrap.inner,
          types,
          (t) => t.id,
          (t) => row(() => toggle("types", t.id)),
          (n, t) => show(n, { label: sentence(t.label), count: t.count, most, pressed: f.types.includes(t.id) }),
        );
      },
    );
  }

  function groupNode(g) {
    const head = row(() => toggle("groups", g.id));
    head.parts.mark.append(swatch(g));
    const inner = h("div.rows.inner", { id: `types-${g.id}` });
    const turn = h("button.turn", { type: "button", "aria-label": `Types of ${g.label}`, "aria-controls": inner.id }, icon("down", 12));
    turn.onclick = () => {
      opened.has(g.id) ? opened.delete(g.id) : opened.add(g.id);
      update();
    };
    const wrap = h("div.group", {}, head, turn, inner);
    return Object.assign(wrap, { head, inner, turn });
  }
  return { node, update };
}

function yearSection() {
  const { node, body, extra } = section("Year", { id: "year" });
  const plot = histogram();
  const box = h("input", { type: "checkbox" });
  const words = h("span");
  const label = h("label.check", {}, box, h("span.box", { "aria-hidden": "true" }), words);
  box.onchange = () => setFilter({ undated: box.checked });
  body.append(plot.node, label);
  return {
    node,
    update() {
      const f = core.state.filter;
      const ranged = f.first !== null || f.last !== null;
      const { firstYear, years: bars, undated } = core.counts;
      const last = firstYear + bars.length - 1;
      text(extra, ranged ? years(f.first ?? firstYear, f.last ?? last) : "");
      plot.update();
      box.checked = f.undated === null ? !ranged : f.undated;
      text(words, `keep ${number(undated)} without a year`);
      label.hidden = !undated && box.checked;
      plot.node.hidden = !bars.length;
    },
  };
}

function actorSection() {
  const { node, body } = section("Actor", { id: "actor" });
  const roles = h("div.roles", { role: "group", "aria-label": "Role of the chosen actors" });
  const pick = (name) => {
    const { actors } = core.state.filter;
    const has = actors.some((a) => a.name.toLowerCase() === name.toLowerCase());
    setFilter({ actors: has ? actors.filter((a) => a.name.toLowerCase() !== name.toLowerCase()) : [...actors, { name, role: "" }] });
  };
  const update = names({ body, field: "actors", many: () => core.columns.actors, values: "actors", top: 5, place: "Find an actor", pick });
  body.querySelector(".rows").after(roles);
  return {
    node,
    update() {
      update();
      const { actors } = core.state.filter;
      const labels = core.vocabulary?.roles || {};
      roles.hidden = !actors.length;
      if (!actors.length) return;
      const column = core.columns.actors;
      const active = new Set(actors.map((a) => a.role));
      const items = [["", null], ...(column.roles || []).map((r, i) => [r, core.counts.roles[i]]).filter(([r, n]) => r && (n || active.has(r)))];
      list(
        roles,
        items,
        ([role]) => role,
        ([role]) => h("button.pill", { type: "button", onclick: () => setFilter({ actors: core.state.filter.actors.map((a) => ({ ...a, role })) }) }),
        (pill, [role, n]) => {
          text(pill, role ? `${labels[role] || role.replaceAll("_", " ")} ${number(n)}` : "any role");
          set(pill, "aria-pressed", active.has(role) ? "true" : "false");
        },
      );
    },
  };
}

function statusSection() {
  const { node, body } = section("Status", { id: "status", open: core.state.filter.statuses.length > 0 });
  const rows = h("div.rows");
  body.append(rows);
  return {
    node,
    update() {
      const { columns, counts, state } = core;
      const labels = core.vocabulary?.statuses || {};
      const most = Math.max(1, ...counts.statuses);
      const neutral = { id: "neutral", shape: "circle" };
      list(
        rows,
        columns.statuses.map((s, i) => ({ id: s.id || "none", fill: s.fill, label: s.label, count: counts.statuses[i] })),
        (s) => s.id,
        (s) => {
          const n = row(() => toggle("statuses", s.id));
          n.parts.mark.append(swatch(neutral, s.fill || "full", 12));
          return n;
        },
        (n, s) => show(n, { label: s.id === "none" ? "Not told" : sentence(labels[s.id] || s.label || s.id), count: s.count, most, pressed: state.filter.statuses.includes(s.id) }),
      );
    },
  };
}

function textSection() {
  const { node, body } = section("Source text", { id: "document", open: core.state.filter.documents.length > 0 });
  const label = (id) => core.vocabulary?.documents?.[id] || id;
  const update = names({ body, field: "documents", many: () => core.columns.documents, values: "documents", label, top: 8, place: "Find a text", pick: (id) => toggle("documents", id) });
  return { node, update };
}

function placeSection() {
  const f = core.state.filter;
  const { node, body } = section("Country and place", { id: "place", open: !!(f.countries.length || f.places.length || f.extent) });
  const box = h("input", { type: "checkbox" });
  box.onchange = () => {
    if (!core.frame) return void (box.checked = !box.checked);
    core.followView = box.checked;
    setFilter({ extent: box.checked ? rounded(core.frame.getView().bounds) : null });
  };
  const countries = h("div");
  const places = h("div");
  body.append(h("label.check", {}, box, h("span.box", { "aria-hidden": "true" }), h("span", {}, "only what is on the screen")), countries, places);
  const updates = [
    names({ body: countries, field: "countries", many: () => countriesNow(), values: "countries", label: country, top: 6, place: "Find a country", pick: (c) => toggle("countries", c) }),
    names({ body: places, field: "places", many: () => core.columns.places, values: "places", top: 6, place: "Find a place", pick: (p) => toggle("places", p) }),
  ];
  return {
    node,
    update() {
      box.checked = !!core.state.filter.extent;
      updates.forEach((u) => u());
    },
  };
}

export const PRECISION = {
  1: "exact place",
  2: "within 25 km",
  3: "in a district",
  4: "in a province",
  5: "between places, indicative",
  6: "country only",
  8: "seat of government assumed",
  9: "unclear",
};

function certaintySection() {
  const f = core.state.filter;
  const { node, body } = section("Precision and confidence", { id: "precision", open: !!(f.precisions.length || f.confidence) });
  const rows = h("div.rows");
  const slider = h("input.slider", { type: "range", min: 0, max: 100, step: 5, "aria-label": "Least confidence in per cent" });
  const words = h("output.slider-words");
  slider.oninput = () => {
    text(words, confidenceWords(slider.value / 100));
    setFilter({ confidence: slider.value / 100 }, { replace: true });
  };
  const nowhere = h("input", { type: "checkbox" });
  nowhere.onchange = () => setUnlocated(nowhere.checked);
  const nowhereWords = h("span");
  const nowhereLabel = h("label.check", {}, nowhere, h("span.box", { "aria-hidden": "true" }), nowhereWords);
  body.append(rows, nowhereLabel, h("div.slider-line", {}, h("span", {}, "Confidence"), words), slider);
  return {
    node,
    update() {
      const { counts, state } = core;
      const codes = [1, 2, 3, 4, 5, 6, 8, 9].filter((p) => counts.precisions[p] || state.filter.precisions.includes(p));
      const most = Math.max(1, ...counts.precisions);
      list(
        rows,
        codes,
        (p) => p,
        (p) => {
          const n = row(() => toggle("precisions", p));
          n.parts.mark.append(h(`span.precision.p${p}`));
          return n;
        },
        (n, p) => show(n, { label: sentence(PRECISION[p]), count: counts.precisions[p], most, pressed: state.filter.precisions.includes(p) }),
      );
      nowhere.checked = state.unlocated;
      text(nowhereWords, `list ${number(counts.unlocated)} not located too`);
      nowhereLabel.hidden = !counts.unlocated && !state.unlocated;
      if (document.activeElement !== slider) slider.value = Math.round(state.filter.confidence * 100);
      text(words, confidenceWords(state.filter.confidence));
    },
  };
}

const confidenceWords = (c) => (c ? `at least ${Math.round(c * 100)} %` : "any");
