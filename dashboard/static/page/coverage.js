// Where and when the texts say nothing: projects by country, group or type and year, empty fields in sight.
import { country, h, number, plural, sentence, set, swatch } from "./dom.js";
import { open, pageLink } from "./texts_core.js";

const pages = new WeakMap();
const BY = { country: "Country", group: "Group", type: "Type" };
const ROWS = 40;

export function mount(component) {
  const { data, parentElement, setTriggerValue } = component;
  open.go = (target) => setTriggerValue("go", target);
  let page = pages.get(parentElement);
  if (!page) pages.set(parentElement, (page = build(parentElement)));
  if (page.revision !== data.revision) page.update(data);
}

function build(parent) {
  const page = { revision: null, by: "country", all: false };
  const root = h("main.survey-main.wide.page-part", { id: "dl-main", tabindex: "-1" });
  parent.append(root);

  page.update = (data) => {
    page.revision = data.revision;
    page.data = data;
    show();
  };

  function show() {
    const { data } = page;
    const m = data.matrices.find((x) => x.by === page.by);
    const switcher = h("div.segmented", { role: "group", "aria-label": "Rows" }, ...data.matrices.map(({ by }) => h("button", { type: "button", "aria-pressed": String(by === page.by), onclick: () => {
      page.by = by;
      page.all = false;
      show();
      root.querySelector('.segmented [aria-pressed="true"]').focus();
    } }, BY[by])));
    const empty = m.rows.reduce((sum, row) => sum + row[3].filter((n) => !n).length, 0);
    const cells = m.rows.length * m.years.length;
    const parts = [
      h("h1", {}, "Coverage"),
      h("p.lead", {}, `Where and when these ${plural(data.texts, "text")} tell of projects, and where they say nothing. An empty field means that no text was read which tells of one, not that there was none.`),
      h("div.matrix-head", {}, switcher, h("span.extra", {}, cells ? `${number(empty)} of ${number(cells)} fields are empty` : ""), scale()),
      m.years.length ? table(m) : h("p.note", {}, "No project has a year."),
      m.rows.length > ROWS && !page.all ? h("button.more", { type: "button", onclick: () => ((page.all = true), show()) }, `${m.rows.length - ROWS} more`) : null,
      h("div.survey-grid.gaps", {}, only(data), missing("Projects without a year", data.undated, data.undatedCount, data, "year"), missing("Projects without a place on the map", data.nowhere, data.nowhereCount, data, "place")),
    ];
    root.replaceChildren(...parts.filter(Boolean));
  }

  const scale = () => h("span.scale", { "aria-hidden": "true" }, "none", ...[0, 1, 2, 3, 4].map((i) => h(`span.field-sample.step-${i}`)), "many");

  const step = (n, most) => (n ? Math.min(4, 1 + Math.floor((Math.log(n) / Math.log(Math.max(most, 2))) * 3.999)) : 0);

  function table(m) {
    const rows = page.all ? m.rows : m.rows.slice(0, ROWS);
    const most = Math.max(1, ...m.rows.flatMap((row) => row[3]));
    const label = (y, i) => (m.earlier && !i ? `≤ ${y}` : y);
    const head = h("tr", {}, h("td"), ...m.years.map((y, i) => h("th", { scope: "col", class: y % 5 && i ? "minor" : null }, h("span", {}, String(label(y, i))))), h("th.sum", { scope: "col" }, "no year"), h("th.sum", { scope: "col" }, "all"));
    return h("div.table-scroll.matrix-scroll", { tabindex: "0", role: "region", "aria-label": `Projects by ${BY[m.by].toLowerCase()} and year` }, h("table.matrix", {}, h("thead", {}, head), h("tbody", {}, ...rows.map((row) => line(row, m, most)))));
  }

  const name = (by, id) => (by === "country" ? country(id) : by === "group" ? page.data.groups.find((g) => g.id === id)?.label || id : sentence(page.data.types[id] || id));

  function line([id, total, undated, counts], m, most) {
    const filter = `${m.by}=${encodeURIComponent(id)}`;
    const group = m.by === "group" ? page.data.groups.find((g) => g.id === id) : null;
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, group ? swatch(group, "full", 13) : null, pageLink("map", filter, name(m.by, id))),
      ...counts.map((n, i) => {
        const when = m.earlier && !i ? `-${m.years[0]}` : m.years[i];
        const title = `${name(m.by, id)}, ${m.earlier && !i ? `up to ${m.years[0]}` : m.years[i]}: ${n ? plural(n, "project") : "nothing"}`;
        if (!n) return h("td.field-cell", { title }, h("span.step-0"));
        const link = pageLink("map", `${filter}&year=${when}`, [], { className: `step-${step(n, most)}`, title });
        set(link, "aria-label", title);
        set(link, "tabindex", "-1");
        return h("td.field-cell", {}, link);
      }),
      h("td.sum", {}, undated ? number(undated) : "–"),
      h("td.sum", {}, number(total)),
    );
  }

  function only(data) {
    return h("section.block", {}, h("h3", {}, "Countries named, but with no project", h("span.extra", {}, number(data.only.length))), data.only.length ? h("ul.gap-list", {}, ...data.only.map(([code, mentions, texts]) => h("li", {}, h("span", {}, country(code)), h("span.count", {}, `${plural(mentions, "mention")} in ${plural(texts, "text")}`)))) : h("p.note", {}, "None: each country that is named has a project."));
  }

  function missing(title, rows, count, data, what) {
    const group = (id) => data.groups.find((g) => g.id === id);
    return h("section.block", {}, h("h3", {}, title, h("span.extra", {}, number(count))), rows.length ? h("ul.gap-list", {}, ...rows.map(([id, words, g]) => h("li", {}, swatch(group(g), "hollow", 13), pageLink("map", `${what === "place" ? "unlocated=1&" : ""}sel=${encodeURIComponent(id)}`, words)))) : h("p.note", {}, `None: each has a ${what}.`), rows.length < count ? h("p.note", {}, `and ${number(count - rows.length)} more`) : null);
  }
  return page;
}
