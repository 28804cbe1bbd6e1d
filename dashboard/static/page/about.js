// What was read, with what, how well that is known to work, whose data it stands on, and what leaves the machine.
import { h, number, plural, sentence } from "./dom.js";
import { open, pageLink } from "./texts_core.js";

const FIRST = 50;
const ACCURACY = new Set(["geoparsing", "toponyms", "projects", "narratives", "extraction", "accuracy"]);
const LICENCES = [
  ["Map drawing in the page", "Leaflet 1.9", "BSD 2-Clause"],
  ["Type", "Inter; Source Serif 4", "SIL Open Font License 1.1"],
  ["Language model", "en_core_web_md by Explosion", "MIT"],
  ["Dateline itself", "", "Apache License 2.0"],
];

export function mount({ data, parentElement, setTriggerValue }) {
  open.go = (target) => setTriggerValue("go", target);
  const root = parentElement.querySelector(".about") || parentElement.appendChild(h("main.survey-main.about.page-part", { id: "dl-main", tabindex: "-1" }));
  const parts = [
    h("h1", {}, "About this atlas"),
    h("p.lead", {}, data.texts.length ? `${plural(data.count, "text")} read, ${plural(data.projects, "project")} with ${plural(data.claims, "claim")}, in ${data.store}.` : "No text has been read yet."),
    machine(),
    texts(data),
    accuracy(data),
    made(data),
    licences(data),
  ];
  root.replaceChildren(...parts.filter(Boolean));
}

const part = (title, ...children) => h("section.about-part", {}, h("h2", {}, title), ...children.filter(Boolean));
const scroll = (label, node) => h("div.table-scroll", { tabindex: "0", role: "region", "aria-label": label }, node);
const table = (heads, rows) => h("table.table.plain", {}, h("thead", {}, h("tr", {}, ...heads.map((t) => h("th", { scope: "col" }, t)))), h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map((cell, i) => h(i ? "td" : "th", i ? {} : { scope: "row" }, cell))))));

function machine() {
  return part("What leaves this machine", h("p", {}, "Nothing. Texts are read, placed and shown on this machine; the page asks no other host for anything, there is no telemetry, and no account. Unless it was started otherwise, only this machine can open it."));
}

function texts(data) {
  if (!data.texts.length) return null;
  const line = (t) => [h("span", {}, pageLink("texts", `doc=${encodeURIComponent(t.id)}`, t.title), t.missing ? h("span.tag", {}, "file missing") : null), t.published || "no date", t.read, h("code", { title: t.sha256 }, t.sha256.slice(0, 16))];
  const box = h("div");
  const show = (all) => {
    const kept = all ? data.texts : data.texts.slice(0, FIRST);
    box.replaceChildren(scroll("Texts that were read", table(["Text", "Dated", "Read", "SHA-256 of the file"], kept.map(line))), kept.length < data.texts.length ? h("button.more", { type: "button", onclick: () => show(true) }, `${number(data.texts.length - kept.length)} more`) : "");
  };
  show(false);
  return part("What was read", box);
}

function accuracy(data) {
  if (!data.accuracy.length) return part("How well it works", h("p", {}, "No figures have been measured on this machine yet. The command make bench measures them and writes docs/benchmarks.md, which this page then shows."));
  const one = (p) => h("details", { open: ACCURACY.has(p.name) }, h("summary", {}, p.title), h("p.note", {}, p.made), scroll(p.title, table(["What", "Measured", "Goal", ""], p.rows)));
  const first = data.accuracy.filter((p) => ACCURACY.has(p.name));
  return part("How well it works", h("p.note", {}, "As measured, on texts with known answers; your texts may differ."), ...[...first, ...data.accuracy.filter((p) => !ACCURACY.has(p.name))].map(one));
}

function made(data) {
  const rows = [
    ["Gazetteer", `${number(data.places)} places${data.own ? `, with your own from ${data.own}` : ""}`],
    ["Language model", data.model],
    ["Reading, version", data.extractor],
    ["Merging, version", data.merger],
    ...data.versions,
  ];
  return part("What it was made with", scroll("Versions", table(["Part", "Version"], rows)));
}

function licences(data) {
  const rows = [...data.holders.map(([name, licence, use]) => [sentence(use), name, licence]), ...LICENCES, ...data.sources.map((s) => (Array.isArray(s) ? [s[0], s[1] || "", s[2] || ""] : ["Places", String(s), ""]))];
  return part("Whose data", scroll("Licences and attribution", table(["What", "From", "Licence"], rows)), h("p.note", {}, `On every map and export: ${data.basemap}`));
}
