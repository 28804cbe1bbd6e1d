// The filters, which are the legend: every row has its mark, its name and the count that a click on it would give.
import { confirm, core, countriesNow, onTell, query, reopen, rounded, setFilter, setUnlocated, subscribe, toggle } from "./core.js";
import { country, fold, h, icon, list, number, sentence, set, swatch, text, years } from "./dom.js";
import { headline } from "./headline.js";
import { DEFAULT_CONFIDENCE } from "./query.js";
import { names, row, section, show } from "./rows.js";
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
  const anybody = h("div.rows", { role: "group", "aria-label": "Roles, whoever has them" });
  const pick = (name) => {
    const { actors } = core.state.filter;
    const has = actors.some((a) => a.name.toLowerCase() === name.toLowerCase());
    setFilter({ actors: has ? actors.filter((a) => a.name.toLowerCase() !== name.toLowerCase()) : [...actors, { name, role: "" }] });
  };
  const update = names({ body, field: "actors", many: () => core.columns.actors, values: "actors", top: 5, place: "Find an actor or a role", pick });
  const search = body.querySelector("input");
  search.addEventListener("input", () => updateRoles());
  search.after(anybody);
  anybody.nextSibling.after(roles);
  const labelOf = (role) => core.vocabulary?.roles?.[role] || role.replaceAll("_", " ");

  /** Roles that are chosen, and those that the words typed mean: "Role: funding", whoever it is. */
  function updateRoles() {
    const words = fold(search.value.trim());
    const chosen = core.state.filter.roles;
    const all = (core.columns.actors.roles || []).map((id, i) => ({ id, count: core.counts.anyRoles[i] }));
    const items = all.filter((r) => r.id && (chosen.includes(r.id) || (words && r.count && fold(labelOf(r.id)).includes(words))));
    const most = Math.max(1, ...all.map((r) => r.count));
    list(
      anybody,
      items,
      (r) => r.id,
      (r) => row(() => toggle("roles", r.id)),
      (n, r) => show(n, { label: `Role: ${labelOf(r.id)}`, count: r.count, most, pressed: chosen.includes(r.id) }),
    );
    anybody.hidden = !items.length;
  }
  return {
    node,
    update() {
      update();
      updateRoles();
      const { actors } = core.state.filter;
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
          text(pill, role ? `${labelOf(role)} ${number(n)}` : "any role");
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
  const { node, body } = section("Precision and confidence", { id: "precision", open: f.precisions.length > 0 || f.confidence !== DEFAULT_CONFIDENCE });
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
