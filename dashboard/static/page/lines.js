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
