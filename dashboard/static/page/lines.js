// A project as a line of a list, and a source's words.
import { core, select } from "./core.js";
import { h, swatch, years } from "./dom.js";

/** A project as a line of a list: mark, title, years. */
export function projectButton(r) {
  const c = core.columns;
  const group = c.groups[c.group[r]];
  return h(
    "button.project-line",
    { type: "button", onclick: () => select(c.id(r), { fly: true }) },
    swatch(group, c.statuses[c.status[r]]?.fill || "full", 14),
    h("span.label", {}, c.title(r)),
    h("span.count", {}, c.first[r] ? years(c.first[r], c.last[r]) : ""),
  );
}

/** A source's words, the ones that matter marked. */
export function quote(parts) {
  return h("blockquote.quote", {}, ...parts.map(([words, marked]) => (marked ? h("mark", {}, words) : words)));
}

/** The first few names of a row: "Gazprom, Russia +2". */
export function some(many, r, most, label = (name) => name) {
  const names = [];
  for (let i = many.start[r]; i < many.start[r + 1]; i++) {
    const name = label(many.names[many.value[i]]);
    if (!names.includes(name)) names.push(name);
  }
  return names.slice(0, most).join(", ") + (names.length > most ? ` +${names.length - most}` : "");
}

/** How to read the marks: the status in the stroke, the certainty in the edge. */
export function reading() {
  const neutral = { id: "neutral", shape: "circle" };
  const line = (mark, words) => h("li", {}, h("span.mark", {}, mark), h("span", {}, words));
  return h(
    "section.reading",
    {},
    h("h3", {}, "How to read the marks"),
    h(
      "ul",
      {},
      line(swatch(neutral, "full"), "held, operating, completed"),
      line(swatch(neutral, "half"), "signed, under construction"),
      line(swatch(neutral, "hollow"), "proposed, planned"),
      line(swatch(neutral, "barred"), "refused, stalled, cancelled"),
      line(h("span.precision.p2"), "within 25 km of the place named"),
      line(h("span.precision.p3"), "somewhere in the area"),
      line(h("span.precision.p5"), "between places, indicative"),
      line(h("span.badge-mark", {}, "3"), "somewhere in the country"),
      line(h("span.double-ring"), "sources disagree"),
    ),
  );
}
