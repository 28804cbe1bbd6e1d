// What the filters are made of: rows that are switches, sections that fold, lists of names with a search.
import { core } from "./core.js";
import { fold, h, icon, list, number, plural, set, text } from "./dom.js";

/** A row that is a switch: mark, name, count and a bar as long as its share. */
export function row(onclick) {
  const mark = h("span.mark");
  const label = h("span.label");
  const count = h("span.count");
  const bar = h("span.bar");
  const node = h("button.row", { type: "button", "aria-pressed": "false", onclick }, mark, label, count, bar);
  node.parts = { mark, label, count, bar };
  return node;
}

export function show(node, { label, count, most, pressed }) {
  text(node.parts.label, label);
  text(node.parts.count, number(count));
  node.parts.bar.style.width = `${most ? Math.max(count ? 1.5 : 0, (100 * count) / most) : 0}%`;
  set(node, "aria-pressed", pressed ? "true" : "false");
  node.classList.toggle("none", !count && !pressed);
  set(node, "aria-label", `${label}, ${plural(count, "project")}`);
}

export function section(title, { open = null, id }) {
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
export function names({ body, field, many, values, label = (x) => x, top = 6, place, pick }) {
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
