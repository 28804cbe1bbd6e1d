// The card of the selected project: what its claims yield, where sources disagree, the sentences themselves.
import { core, link, onChoose, rowOf, select, setFilter, subscribe } from "./core.js";
import { country, h, icon, number, plural, sentence, swatch, toast, years } from "./dom.js";
import { projectButton, quote, reading } from "./lines.js";
import { sheet } from "./sheet.js";

const cards = new WeakMap();

export function mount(component) {
  const { data, parentElement, setStateValue } = component;
  let card = cards.get(parentElement);
  if (!card) cards.set(parentElement, (card = build(parentElement)));
  card.component = component;
  if (data.id) {
    core.cards.set(data.id, data);
    if (core.cards.size > 200) core.cards.delete(core.cards.keys().next().value);
    if (data.id === core.state.sel) card.update();
  }
  // Last: it asks again for the selected one where the pointer rested on another before the server came to it.
  onChoose((id) => setStateValue("selected", id));
}

function build(parent) {
  const root = h("aside.card", { "aria-label": "Selected project", tabindex: "-1" });
  parent.append(root);
  const card = { component: null, at: 0, shown: "" };
  const stops = sheet(root);

  card.update = () => {
    const id = core.state.sel;
    if (id !== card.shown) card.at = 0;
    document.body.classList.toggle("selected", !!id);
    if (!id) return void (empty(), (card.shown = ""));
    const row = rowOf(id);
    const data = core.cards.get(id);
    if (row < 0 && core.columns) return gone();
    if (row < 0) return;
    const fresh = id !== card.shown;
    card.shown = id;
    root.replaceChildren(stops.grip, head(row, data), ...(data && !data.gone ? body(data, row) : [skeleton()]));
    if (fresh) root.scrollTop = 0;
  };

  function empty() {
    const c = core.columns;
    const disagree = [];
    if (c) for (let r = 0; r < c.rows && disagree.length < 200; r++) if (core.result?.mask[r] && c.disagree[r]) disagree.push(r);
    root.replaceChildren(
      h(
        "div.card-empty",
        {},
        h("h2", {}, "Select a project"),
        h("p", {}, "Click a mark on the map, a row of the table or a bar of the timeline. Its sentences appear here."),
        reading(),
        disagree.length ? h("section.also", {}, h("h3", {}, "Sources disagree", h("span.extra", {}, plural(disagree.length, "project"))), h("ul", {}, ...disagree.slice(0, 6).map((r) => h("li", {}, projectButton(r)))), disagree.length > 6 ? h("p.note", {}, "Two thin rings around a mark tell the others.") : null) : null,
      ),
    );
  }

  function gone() {
    root.replaceChildren(h("div.card-empty", {}, h("h2", {}, "This project is not here any more"), h("p", {}, "The texts were read again since the link was made. Search for its name above.")));
  }

  function head(row, data) {
    const c = core.columns;
    const type = c.types[c.type[row]];
    const status = c.statuses[c.status[row]];
    const group = c.groups[c.group[row]];
    const close = h("button.icon-button.card-close", { type: "button", "aria-label": "Close the card", onclick: () => select(null) }, icon("close"));
    const label = core.vocabulary?.statuses?.[status?.id] || status?.label;
    return h(
      "header.card-head",
      {},
      h("p.kind", {}, swatch(group, status?.fill || "full", 14), h("span", {}, sentence(core.vocabulary?.types?.[type.id] || type.label), h("span.glance", {}, glance(row, data))), close),
      h("h2", {}, c.title(row)),
      status?.id ? h("p.pill-line", {}, h("span.status-pill", { style: `border-color:var(--group-${group.id})` }, h("strong", {}, sentence(label)), data?.asOf ? h("span", {}, ` as told in ${data.asOf}`) : "")) : null,
    );
  }

  /** On a phone, years and sum stand beside the type. */
  function glance(row, data) {
    const c = core.columns;
    const parts = [c.first[row] ? years(c.first[row], c.last[row]) : "", data?.values?.[0]?.[0] || ""].filter(Boolean);
    return parts.map((words) => ` · ${words}`).join("");
  }

  function skeleton() {
    return h("div.skeleton", { "aria-label": "Loading" }, ...[90, 70, 80, 40, 96, 92, 60].map((w) => h("span", { style: `width:${w}%` })));
  }

  function facts(data, row) {
    const line = (name, ...value) => h("div.fact", {}, h("dt", {}, name), h("dd", {}, ...value));
    const lines = [];
    if (data.places.length) lines.push(placeLine(data, line));
    if (data.years.length) lines.push(line("Years", ...joined(data.years.map(([when, role]) => [`${when} `, h("small", {}, role)]))));
    else lines.push(line("Years", core.columns.first[row] ? years(core.columns.first[row], core.columns.last[row]) : h("small", {}, "the texts give none")));
    if (data.values.length) lines.push(line("Value", ...joined(data.values.map(([value, role]) => [`${value} `, h("small", {}, role)]))));
    if (data.actors.length) lines.push(line("Actors", ...actors(data.actors)));
    const title = core.columns.title(row).toLowerCase();
    const aliases = data.aliases.filter((name) => !title.includes(name.toLowerCase()));
    if (aliases.length) lines.push(line("Named", aliases.slice(0, 4).join(" · "), aliases.length > 4 ? h("small", {}, ` and ${aliases.length - 4} more`) : ""));
    return h("dl.facts", {}, ...lines);
  }

  function placeLine(data, line) {
    const ends = data.places.filter((p) => ["endpoint", "waypoint"].includes(p.role));
    const note = [...new Set(data.places.map((p) => p.precision).filter(Boolean))];
    if (ends.length > 1) {
      const rest = data.places.filter((p) => !ends.includes(p));
      return line(
        "Route",
        ends.map((p) => p.name).join(" – "),
        h("small.block", {}, "indicative: the texts name the ends only"),
        ...(rest.length ? [h("small.block", {}, "also ", rest.map((p) => p.name).join(", "))] : []),
      );
    }
    const parts = data.places.map((p) => [
      h(p.refused ? "s" : "span", {}, p.name),
      p.country ? h("small", {}, ` ${country(p.country) === p.name ? "" : country(p.country)}`) : "",
      p.role ? h("small", {}, ` ${p.role}`) : "",
    ]);
    return line(data.places.length > 1 ? "Places" : "Place", ...joined(parts), ...(note.length ? [h("small.block", {}, note.join(" · "))] : []));
  }

  const joined = (parts) => parts.flatMap((part, i) => (i ? [h("span.dot", {}, " · "), ...[part].flat()] : [part].flat()));

  /** Each with its roles; a click filters by it. More than eight are behind a button. */
  function actors(all) {
    const one = (a) => [h("button.actor", { type: "button", title: `Show what ${a.name} has part in`, onclick: () => setFilter({ actors: [{ name: a.name, role: "" }] }) }, a.name), " ", h("small", {}, a.roles.join(", "))];
    if (all.length <= 8) return joined(all.map(one));
    const rest = h("button.more", { type: "button", onclick: () => rest.replaceWith(...joined(all.slice(8).map(one))) }, `${number(all.length - 8)} more`);
    return [...joined(all.slice(0, 8).map(one)), h("span.dot", {}, " · "), rest];
  }

  function disagree(conflicts) {
    const label = (id) => core.vocabulary?.documents?.[id] || id;
    return conflicts.map((c) =>
      h(
        "section.conflict",
        {},
        h("h3", {}, "Sources disagree ", h("span", {}, `on the ${c.property}`)),
        h(
          "div.sides",
          {},
          ...c.sides.slice(0, 4).map((s) =>
            h("div.side", {}, h("small", { title: s.documents.map(label).join(", ") }, label(s.documents[0]), s.documents.length > 1 ? ` and ${s.documents.length - 1} more` : ""), h("p", {}, s.value), s.quote && s.quote !== s.value ? h("q", {}, s.quote) : null),
          ),
        ),
      ),
    );
  }

  function evidence(data) {
    if (!data.passages.length) return null;
    const count = data.passages.length;
    card.at = Math.min(card.at, count - 1);
    const p = data.passages[card.at];
    const turn = (by) => {
      card.at = (card.at + by + count) % count;
      const next = evidence(data);
      node.replaceWith(next);
      next.querySelector(by < 0 ? ".previous" : ".next")?.focus();
    };
    const where = [p.page ? `p. ${p.page}` : "", `characters ${number(p.start)}–${number(p.end)}`].filter(Boolean).join(" · ");
    const node = h(
      "section.evidence",
      { "aria-label": "Evidence" },
      h("h3", {}, "Evidence", h("span.extra", {}, `${card.at + 1} of ${count}`)),
      quote(p.parts),
      h("p.source", {}, h("cite", {}, p.title), h("span", {}, where)),
      h(
        "div.buttons",
        {},
        h("button.button.square.previous", { type: "button", "aria-label": "Previous sentence", disabled: count < 2, onclick: () => turn(-1) }, icon("left")),
        h("button.button.square.next", { type: "button", "aria-label": "Next sentence", disabled: count < 2, onclick: () => turn(1) }, icon("right")),
        h("button.button", { type: "button", onclick: () => card.component.setTriggerValue("open", `doc=${encodeURIComponent(p.document)}&start=${p.start}&end=${p.end}`) }, "Open in text"),
        h("button.button", { type: "button", onclick: () => copy(`${p.parts.map(([w]) => w).join("").trim()}\n${p.footnote}`, "Footnote copied") }, "Copy as footnote"),
      ),
    );
    return node;
  }

  function body(data, row) {
    const hidden = core.result && !core.result.mask[row];
    return [
      hidden ? h("p.card-note", {}, core.columns.located[row] ? "Hidden on the map by the filters" : "Not on the map: the texts do not say where") : null,
      facts(data, row),
      ...disagree(data.conflicts),
      evidence(data),
      alsoHere(row),
      h("p.card-foot", {}, h("button.link", { type: "button", onclick: () => copy(link({ sel: data.id }), "Link copied. It opens this project.") }, "Copy a link to this project"), h("span", {}, `confidence ${data.confidence} %`)),
    ].filter(Boolean);
  }

  card.update();
  subscribe((what) => {
    if (what.selection || what.columns) card.update();
    else if (what.filter && !card.shown) empty();
    else if (what.filter) {
      const hidden = core.result && !core.result.mask[rowOf(card.shown)];
      if (hidden !== !!root.querySelector(".card-note")) card.update();
    }
  }, root);
  return card;
}

async function copy(words, said) {
  try {
    await navigator.clipboard.writeText(words);
    toast(said);
  } catch {
    toast(words);
  }
}

/** Which rows have a mark on each spot; countries' label points are no spots. */
const spots = new WeakMap();
function spotsOf(c) {
  if (!spots.has(c)) {
    const { row, lat, lon, precision } = c.marks;
    const at = new Map();
    const of = new Map();
    for (let i = 0; i < row.length; i++) {
      if (precision[i] === 6) continue;
      const key = `${lat[i].toFixed(3)},${lon[i].toFixed(3)}`;
      if (!at.has(key)) at.set(key, []);
      at.get(key).push(row[i]);
      if (!of.has(row[i])) of.set(row[i], []);
      of.get(row[i]).push(key);
    }
    spots.set(c, { at, of });
  }
  return spots.get(c);
}

/** Others on the same spot. */
function alsoHere(row) {
  const c = core.columns;
  const id = c.id(row);
  let rows;
  if (core.spot?.ids.includes(id)) rows = core.spot.ids.map(rowOf);
  else {
    const { at, of } = spotsOf(c);
    rows = [...new Set((of.get(row) || []).flatMap((key) => at.get(key)))];
  }
  rows = rows.filter((r) => r >= 0 && r !== row && (core.spot?.ids.includes(c.id(r)) || core.result?.mask[r]));
  if (!rows.length) return null;
  const more = rows.length - 8;
  return h("section.also", {}, h("h3", {}, "Also here"), h("ul", {}, ...rows.slice(0, 8).map((r) => h("li", {}, projectButton(r)))), more > 0 ? h("p.note", {}, `and ${plural(more, "other")}`) : null);
}
