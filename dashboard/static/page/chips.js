// The filters in force as chips over the map; on a phone the one-line filter bar with the drawer's button.
import { core, reset, setBorders, setFilter, subscribe } from "./core.js";
import "./print.js";
import { DEFAULT_CONFIDENCE } from "./query.js";
import { country, h, icon, list, sentence, text, years } from "./dom.js";

const bars = new WeakMap();

export function mount({ data, parentElement }) {
  core.vocabulary = data.vocabulary;
  let bar = bars.get(parentElement);
  if (!bar) bars.set(parentElement, (bar = build(parentElement)));
  bar.update();
}

/** What each part of the filter is called, and how it is taken back. */
export function chipsOf(f) {
  const v = core.vocabulary || {};
  const less = (name, value) => () => setFilter({ [name]: f[name].filter((x) => x !== value) });
  const groups = Object.fromEntries((core.columns?.groups || []).map((g) => [g.id, g.label]));
  const chips = [];
  const add = (key, words, remove) => chips.push({ key, words, remove });
  f.types.forEach((t) => add(`type ${t}`, sentence(v.types?.[t] || t), less("types", t)));
  f.groups.forEach((g) => add(`group ${g}`, sentence(groups[g] || g), less("groups", g)));
  if (f.first !== null || f.last !== null) {
    const words = f.first === null ? `up to ${f.last}` : f.last === null ? `from ${f.first}` : years(f.first, f.last);
    add("year", words, () => setFilter({ first: null, last: null, mode: "in" }));
  }
  if (f.undated !== null) add("noyear", f.undated ? "and no year" : "with a year", () => setFilter({ undated: null }));
  f.actors.forEach((a) => {
    const role = a.role ? `, ${v.roles?.[a.role] || a.role}` : "";
    add(`actor ${a.name}@${a.role}`, a.name + role, () => setFilter({ actors: f.actors.filter((x) => x !== a) }));
  });
  f.roles.forEach((r) => add(`role ${r}`, `Somebody as ${v.roles?.[r] || r.replaceAll("_", " ")}`, less("roles", r)));
  f.statuses.forEach((s) => add(`status ${s}`, s === "none" ? "Status not told" : sentence(v.statuses?.[s] || s), less("statuses", s)));
  f.countries.forEach((c) => add(`country ${c}`, country(c), less("countries", c)));
  f.places.forEach((p) => add(`place ${p}`, p, less("places", p)));
  f.documents.forEach((d) => add(`doc ${d}`, v.documents?.[d] || d, less("documents", d)));
  f.precisions.forEach((p) => add(`precision ${p}`, `Precision ${p}`, less("precisions", p)));
  if (f.confidence !== DEFAULT_CONFIDENCE) add("confidence", confidenceWords(f.confidence), () => setFilter({ confidence: DEFAULT_CONFIDENCE }));
  if (f.text) add("q", `“${f.text}”`, () => setFilter({ text: "" }));
  if (f.extent) add("bbox", "On the screen", () => setFilter({ extent: null }));
  return chips;
}

const confidenceWords = (c) => (c ? `At least ${Math.round(c * 100)} % sure` : "Low confidence too");

function build(parent) {
  const drawer = h("button.chip.dark.only-phone", { type: "button", onclick: () => document.body.classList.add("drawer") });
  const chips = h("div.chip-list", { role: "group", "aria-label": "Filters in force" });
  const clear = h("button.link.reset", { type: "button", onclick: reset }, "Reset");
  const nothing = h("div.map-note", { role: "status" });
  const root = h("div.chips", {}, drawer, chips, clear);
  parent.append(root, nothing);

  function update() {
    const items = chipsOf(core.state.filter);
    text(drawer, items.length ? `Filter · ${items.length}` : "Filter");
    list(
      chips,
      items,
      (c) => c.key,
      () => h("button.chip", { type: "button" }, h("span"), icon("close", 10)),
      (node, c) => {
        text(node.firstChild, c.words.length > 40 ? c.words.slice(0, 38) + "…" : c.words);
        node.title = c.words;
        node.setAttribute("aria-label", `${c.words}: remove this filter`);
        node.onclick = c.remove;
      },
    );
    clear.hidden = !items.length;
    const empty = core.result && !core.result.shown;
    nothing.hidden = !empty;
    if (empty) {
      const last = items[items.length - 1];
      nothing.replaceChildren(
        h("strong", {}, "No project passes these filters"),
        h("p", {}, core.columns.rows ? "Take one back, or reset all of them." : "The texts tell of none."),
        ...(last ? [h("button.button", { type: "button", onclick: last.remove }, `Without “${last.words.slice(0, 30)}”`), " ", h("button.button", { type: "button", onclick: reset }, "Reset all")] : []),
      );
    }
  }
  subscribe((what) => (what.filter || what.columns) && update(), root);
  return { update, setBorders };
}
