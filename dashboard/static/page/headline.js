// How many are shown, and the account of what is hidden: each number opens its list, and what would bring it back.
import { core, setFilter, setUnlocated } from "./core.js";
import { h, icon, number, plural, text } from "./dom.js";
import { projectButton } from "./lines.js";

const REASON = {
  no_year: "no year",
  not_located: "not located",
  year: "other years",
  type: "other types",
  actor: "other actors",
  role: "other roles",
  status: "other status",
  country: "other countries",
  place: "other places",
  document: "other texts",
  precision: "other precision",
  confidence: "low confidence",
  text: "without the words",
  extent: "off the screen",
};
const FIRST = ["no_year", "not_located"];

export function headline() {
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
        const all = reason === "confidence" && [" (", h("button.link", { type: "button", "aria-label": "Show those of low confidence too", onclick: () => setFilter({ confidence: 0 }) }, "show"), ")"];
        hidden.append(h("span.reason", {}, button, ...(all || []), i < reasons.length - 1 ? " ·" : ""), " ");
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
    role: ["Any role", () => setFilter({ roles: [] })],
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
