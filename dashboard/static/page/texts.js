// One text: its words with places, actors, dates and projects marked, the places beside it, a small map; both ways.
import { core } from "./core.js";
import { country, h, number, plural, set, text } from "./dom.js";
import { details, removal } from "./details.js";
import { margin } from "./margin.js";
import { minimap } from "./minimap.js";
import { MEDIA, chooseFiles, dots, open, opened, pageLink } from "./texts_core.js";

const readers = new WeakMap();
const LOOKS = new Set(["literal", "people", "refused", "unsure"]);
const ROWS = 40;
const NARROW = 640;
const LEGEND = [
  ["literal", "place"],
  ["people", "people, or a capital for its state"],
  ["refused", "place refused"],
  ["unsure", "place unsure"],
  ["actor", "actor"],
  ["date", "date"],
];

export function mount(component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component;
  let reader = readers.get(parentElement);
  if (!reader) readers.set(parentElement, (reader = build(parentElement)));
  reader.trigger = setTriggerValue;
  open.tell = (query) => setStateValue("query", query);
  open.go = (target) => setTriggerValue("go", target);
  reader.update(data);
}

function build(parent) {
  const reader = { data: null, key: "", selected: "", at: -1 };
  const main = h("main.text-main", { id: "dl-main", tabindex: "-1" });
  const aside = h("aside.text-aside", { "aria-label": "Places in this text" });
  parent.append(h("div.text-page", {}, main, aside));
  const map = minimap((id) => choose(id, { from: "map" }));
  window.datelineTexts = { map, reader };

  window.addEventListener("popstate", () => {
    if (!main.isConnected) return;
    const id = new URLSearchParams(location.search).get("doc");
    if (id) {
      opened(id);
      open.tell?.(location.search.slice(1));
    }
  });
  open.listeners.add((id) => {
    if (!reader.data?.facts || id === reader.data.facts.id) return;
    main.classList.add("leaving");
    if (innerWidth <= NARROW) main.parentElement.scrollIntoView(); // under the list on a phone
  });

  reader.update = (data) => {
    const key = JSON.stringify([data.facts, data.revision, data.empty, data.gone, data.readOnly]);
    const passage = JSON.stringify([data.query, data.start, data.end]);
    reader.data = data;
    main.classList.remove("leaving");
    if (key !== reader.key) {
      reader.key = key;
      reader.passage = "";
      show(data);
    }
    if (passage !== reader.passage) {
      reader.passage = passage;
      mark(data.start, data.end);
    }
  };

  function show(data) {
    aside.hidden = !data.facts;
    if (!data.facts) return void main.replaceChildren(nothing(data));
    opened(data.facts.id);
    const begun = performance.now();
    reader.selected = "";
    const body = h("article.text-body", { lang: "en", "aria-label": "The text" });
    body.append(...data.paragraphs.map(paragraph));
    body.onclick = (event) => clicked(event.target);
    body.onkeydown = keys;
    main.replaceChildren(head(data), legend(), body);
    main.scrollTop = 0;
    margin(body, data, pageLink);
    const first = body.querySelector(".place");
    if (first) first.tabIndex = 0;
    aside.replaceChildren(map.node, places(data));
    map.select("");
    map.show(data.places, data.lines || [], data.map, core.state.borders);
    reader.ms = performance.now() - begun;
  }

  function nothing(data) {
    if (data.gone) return h("section.notice", {}, h("h1", {}, "There is no such text"), h("p", {}, `No text is called ${data.gone}. It may have been removed; the list holds all that are here.`));
    const words = "Plain text, Markdown, saved web pages, PDF with a text layer and Word documents are read, on this machine; nothing leaves it.";
    return h("section.notice", {}, h("h1", {}, "No texts have been read yet"), h("p", {}, words), data.readOnly ? h("p", {}, "This Dateline is read-only. Add texts with: dateline ingest FOLDER") : h("button.button.dark", { type: "button", onclick: chooseFiles }, "Add texts"));
  }

  function head(data) {
    const f = data.facts;
    const line = dots([MEDIA[f.media] || f.media, f.pages ? plural(f.pages, "page") : "", f.author, f.publisher, f.date, f.read ? `read ${f.read}` : "", `${number(f.characters)} characters`]);
    const tools = h("p.text-tools", {}, data.projects.length ? pageLink("map", `doc=${encodeURIComponent(f.id)}`, `Show ${plural(data.projects.length, "project")} on the map`) : h("span.extra", {}, "No project was found in this text"));
    const slot = h("div.text-slot");
    if (!data.readOnly) {
      tools.append(
        h("button.link", { type: "button", onclick: () => details(slot, f, (fields) => reader.trigger("edit", { id: f.id, ...fields })) }, "Edit details"),
        h("button.link", { type: "button", onclick: () => removal(slot, data, () => reader.trigger("remove", f.id)) }, "Remove text"),
      );
    }
    const notes = [
      f.missing ? "The file is no longer where it was read from. What was read is kept." : "",
      f.standing === "duplicate" ? "The same text is here under another name; it counts once." : "",
      f.standing === "digest" ? "This is a digest; its original is here and counts instead." : "",
      f.standing === "removed" ? "This text was removed. The list can bring it back." : "",
      ...f.warnings,
    ].filter(Boolean);
    return h("header.text-head", {}, h("h1", {}, f.title), h("p.text-facts", {}, line), f.url ? h("p.text-facts", {}, f.url) : null, tools, ...notes.map((n) => h("p.text-note", {}, n)), slot);
  }

  function legend() {
    return h("ul.text-legend", { "aria-label": "How the text is marked" }, ...LEGEND.map(([kind, words]) => h("li", {}, h(`span.${LOOKS.has(kind) ? `place.${kind}` : kind}`, {}, words))), h("li", {}, h("span.bar-sample", { "aria-hidden": "true" }), "project"));
  }

  // --- the words ---

  function paragraph(p) {
    const words = h("p.words", {});
    for (const [start, end, projects, pieces] of p.sentences) words.append(h("span.s", { "data-start": start, "data-end": end, "data-projects": projects.length ? projects.join(" ") : null }, ...pieces.map(piece)));
    return h("div.para", { "data-start": p.start }, p.page ? h("span.page-number", {}, `p. ${p.page}`) : null, words);
  }

  function piece(p) {
    if (typeof p === "string") return p;
    const [kind, start, end, index, inner] = p;
    const at = { "data-start": start, "data-end": end };
    if (LOOKS.has(kind)) {
      const place = reader.data.places[index];
      return h(`span.place.${kind}`, { ...at, "data-place": index, role: "button", tabindex: "-1", title: told(place, kind) }, ...inner.map(piece));
    }
    if (kind === "actor") return h("span.actor", { ...at, title: reader.data.actors[index] }, ...inner.map(piece));
    return h("span.date", at, ...inner.map(piece));
  }

  const where = (words) => {
    const [area, code] = (words || "").split("|");
    return dots([area, code ? country(code) : ""]).replace(" · ", ", ");
  };

  function told(place, look) {
    if (look === "refused") return `${place.name}: refused`;
    if (place.lat === null) return `${place.name}: not placed`;
    return dots([where(place.where) && where(place.where) !== place.name ? `${place.name}, ${where(place.where)}` : place.name, look === "people" ? "its people or government" : place.certainty, `confidence ${place.confidence.toFixed(2)}`]);
  }

  // --- places, both ways ---

  function places(data) {
    const rows = h("ul.place-list");
    const note = h("div.place-note", { "aria-live": "polite" });
    const find = h("input.field", { type: "search", placeholder: "Find a place", "aria-label": "Find a place", hidden: data.places.length < 25 });
    let all = false;
    const more = h("button.more", { type: "button", onclick: () => ((all = true), fill()) });
    reader.rows = rows;
    reader.note = note;
    function fill() {
      const words = find.value.trim().toLowerCase();
      const kept = data.places.map((p, i) => [p, i]).filter(([p]) => !words || p.name.toLowerCase().includes(words));
      const some = all || words ? kept : kept.slice(0, ROWS);
      rows.replaceChildren(...some.map(([p, i]) => placeRow(p, i)));
      more.hidden = some.length === kept.length;
      text(more, `${kept.length - some.length} more`);
      if (reader.selected) select(reader.selected);
    }
    reader.fill = (id) => {
      const index = data.places.findIndex((p) => p.id === id);
      if (index >= ROWS && !all) ((all = true), fill());
    };
    find.oninput = fill;
    fill();
    return h("section.places", {}, h("h2", {}, "Places in this text", h("span.extra", {}, number(data.places.length))), note, find, rows, more);
  }

  function placeRow(p, i) {
    const state = p.refused ? "refused" : p.lat === null ? "not placed" : p.unsure ? "unsure" : p.pinned ? "" : "people only";
    return h(
      "li",
      {},
      h("button.place-row", { type: "button", "data-id": p.id, "aria-pressed": "false", onclick: () => choose(p.id, { from: "list" }) }, h(`span.dot.${p.refused ? "refused" : p.lat === null ? "none" : p.unsure ? "unsure" : p.pinned ? "sure" : "people"}`, { "aria-hidden": "true" }), h("span.label", {}, p.name), h("span.count", {}, state ? `${p.count} · ${state}` : number(p.count))),
    );
  }

  /** Choose a place from the text, the list or the map. From list and map the text goes to its next mention. */
  function choose(id, { from, node = null }) {
    const again = id === reader.selected;
    const index = reader.data.places.findIndex((p) => p.id === id);
    const mentions = [...main.querySelectorAll(`.text-body .place[data-place="${index}"]`)];
    reader.at = node ? mentions.indexOf(node) : again ? (reader.at + 1) % mentions.length : 0;
    reader.fill(id);
    select(id);
    if (from !== "text") mentions[reader.at]?.scrollIntoView({ block: "center" });
    if (from !== "list") reader.rows.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: "nearest" });
    mentions.forEach((m, i) => m.classList.toggle("at", i === reader.at));
    describe(reader.data.places[index], mentions.length);
  }

  function select(id) {
    reader.selected = id;
    const index = String(reader.data.places.findIndex((p) => p.id === id));
    for (const n of main.querySelectorAll(".text-body .place.on")) if (n.dataset.place !== index) n.classList.remove("on", "at");
    for (const n of main.querySelectorAll(`.text-body .place[data-place="${index}"]`)) n.classList.add("on");
    for (const row of reader.rows.querySelectorAll(".place-row")) set(row, "aria-pressed", String(row.dataset.id === id));
    map.select(id);
  }

  /** Why this place: what was weighed, best first. */
  function describe(p, mentions) {
    const line = [h("strong", {}, p.name), where(p.where) && where(p.where) !== p.name ? `, ${where(p.where)}` : ""];
    const also = p.candidates.filter(([name, , w]) => !(name === p.name && w === p.where)).slice(0, 3);
    const lines = [
      h("p", {}, ...line, h("span.extra", {}, `${reader.at + 1} of ${mentions}`)),
      h("p", {}, p.lat === null ? "Not placed" : `${p.certainty}, confidence ${p.confidence.toFixed(2)}`, p.reason ? `: ${p.reason}` : ""),
      also.length ? h("p", {}, "Also weighed: ", also.map(([name, , w, score]) => `${name}${where(w) && where(w) !== name ? ` (${where(w)})` : ""} ${score.toFixed(2)}`).join("; ")) : null,
      pageLink("map", `place=${encodeURIComponent(p.name)}`, "Projects at this place"),
    ];
    reader.note.replaceChildren(...lines.filter(Boolean));
  }

  function clicked(target) {
    const place = target.closest?.(".place");
    if (place) return choose(reader.data.places[place.dataset.place].id, { from: "text", node: place });
    const actor = target.closest?.(".actor");
    if (actor) open.go({ page: "actors", query: `name=${encodeURIComponent(actor.title)}` });
  }

  function keys(event) {
    const now = event.target.closest?.(".place");
    if (!now) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return clicked(now);
    }
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const all = [...main.querySelectorAll(".text-body .place")];
    const next = all[all.indexOf(now) + by];
    if (!next) return;
    now.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  // --- a passage that a link points to ---

  function mark(start, end) {
    for (const n of main.querySelectorAll(".s.here")) n.classList.remove("here");
    CSS.highlights?.delete("passage");
    if (start === null || end === null || !reader.data.facts) return;
    const met = [...main.querySelectorAll(".text-body .s")].filter((s) => Number(s.dataset.start) < end && Number(s.dataset.end) > start);
    if (!met.length) return;
    for (const s of met) s.classList.add("here");
    requestAnimationFrame(() => met[0].scrollIntoView({ block: "center" }));
  }
  return reader;
}
