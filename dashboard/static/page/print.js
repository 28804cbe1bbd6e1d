// The printed page: map, legend, filters, the chosen project and the whole list, on white paper. It is made when the
// browser is about to print and taken away afterwards, so that the screen's columns never have to fit a sheet.
import { chipsOf } from "./chips.js";
import { core } from "./core.js";
import { h, number, plural, sentence, set, swatch, years } from "./dom.js";
import { reading, some } from "./lines.js";

const WIDE = 860;
const HIGH = 600;
const MOST_ROWS = 400;

addEventListener("beforeprint", () => {
  if (!core.result || !core.frame?.picture || !document.querySelector(".st-key-dl-map")) return;
  take();
  document.body.append(sheet());
  document.body.classList.add("printing");
});
addEventListener("afterprint", take);

function take() {
  document.getElementById("dl-print")?.remove();
  document.body.classList.remove("printing");
}

function sheet() {
  const { result, columns, state } = core;
  const filters = chipsOf(state.filter).map((chip) => chip.words);
  const hidden = columns.rows - result.shown;
  return h(
    "section.stApp",
    { id: "dl-print" },
    h("header", {}, h("h1", {}, `${number(result.shown)} of ${plural(columns.rows, "project")}`), h("p", {}, filters.length ? filters.join(" · ") : hidden ? `${number(hidden)} hidden: not located, or of low confidence` : "All that the texts tell of")),
    h("div.print-top", {}, map(), h("aside", {}, types(), reading())),
    ...chosen(),
    h("h2", {}, "Projects"),
    table(),
  );
}

function map() {
  const { canvas, kilometre } = core.frame.picture(WIDE, HIGH);
  const { borders, source } = core.frame.strip();
  const image = h("img", { src: canvas.toDataURL(), alt: "Map", width: WIDE, height: HIGH, decoding: "sync" });
  const power = 10 ** Math.floor(Math.log10(160 / kilometre));
  const length = [5, 2, 1].map((n) => n * power).find((n) => n * kilometre <= 160) || power;
  const bar = h("span.print-scale", { style: `width:${((100 * length * kilometre) / WIDE).toFixed(2)}%` }, `${number(length)} km`);
  const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
  return h("figure", {}, image, h("div.print-bar", {}, bar, h("span", {}, "↑ N")), h("figcaption", {}, h("span", {}, borders), h("span", {}, source), h("span", {}, `Dateline, ${day}`)));
}

function types() {
  const { columns, result } = core;
  const counts = new Uint32Array(columns.groups.length);
  for (let r = 0; r < columns.rows; r++) counts[columns.group[r]] += result.mask[r];
  const used = columns.groups.map((g, i) => ({ ...g, count: counts[i] })).filter((g) => g.count);
  return h("section.reading", {}, h("h3", {}, "Types"), h("ul", {}, ...used.map((g) => h("li", {}, h("span.mark", {}, swatch(g)), h("span", {}, sentence(g.label)), h("span.count", {}, number(g.count))))));
}

/** The card of the chosen project as it stands on the screen. */
function chosen() {
  const card = core.state.sel ? document.querySelector(".st-key-dl-card .card") : null;
  if (!card?.querySelector(".quote")) return [];
  const copy = card.cloneNode(true);
  for (const node of copy.querySelectorAll("[id]")) set(node, "id", null);
  return [copy];
}

const titled = (id) => (core.vocabulary?.documents?.[id] || id).replace(/^(.{36}).{4,}$/, "$1…");

function table() {
  const c = core.columns;
  const order = (core.order || []).filter((r) => core.result.mask[r]);
  const line = (r) => {
    const status = c.statuses[c.status[r]];
    const cells = [sentence(c.types[c.type[r]].label), status?.id ? sentence(status.label) : "–", c.first[r] ? years(c.first[r], c.last[r]) : "–", some(c.places, r, 2), some(c.actors, r, 2), some(c.documents, r, 1, titled)];
    return h("tr", {}, h("th", { scope: "row" }, swatch(c.groups[c.group[r]], status?.fill || "full", 11), c.title(r)), ...cells.map((words) => h("td", {}, words)));
  };
  const heads = ["Project", "Type", "Status", "Years", "Place", "Actors", "Text"].map((words) => h("th", { scope: "col" }, words));
  const left = order.length - MOST_ROWS;
  return h("div", {}, h("table", {}, h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...order.slice(0, MOST_ROWS).map(line))), left > 0 ? h("p", {}, `and ${plural(left, "project")} more; an export holds all`) : null);
}
