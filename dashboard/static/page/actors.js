// Who does what with whom, where and when: the list of actors, and the one that is chosen.
import { country, fold, h, list, number, plural, sentence, set, svg, swatch, text, years } from "./dom.js";
import { dots, open, pageLink } from "./texts_core.js";

const pages = new WeakMap();
const FIRST = 200;
const NARROW = 640;

export function mount(component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component;
  let page = pages.get(parentElement);
  if (!page) pages.set(parentElement, (page = build(parentElement)));
  page.choose = (name) => setStateValue("name", name);
  open.go = (target) => setTriggerValue("go", target);
  page.update(data);
}

const mapLink = (filters, label, options) => pageLink("map", filters.map(([k, v]) => `${k}=${encodeURIComponent(v)}`).join("&"), label, options);
const words = (id) => sentence(id.replaceAll("_", " "));

function build(parent) {
  const page = { data: null, all: false, kind: "" };
  const find = h("input.field", { type: "search", placeholder: "Find an actor", "aria-label": "Find an actor", autocomplete: "off" });
  const kinds = h("div.roles", { role: "group", "aria-label": "Kind of actor" });
  const rows = h("ul.actor-list");
  const more = h("button.more", { type: "button", onclick: () => ((page.all = true), fill()) });
  const side = h("nav.survey-side", { "aria-label": "Actors" }, h("h1", {}, "Actors"), find, kinds, rows, more);
  const main = h("main.survey-main", { id: "dl-main", tabindex: "-1" });
  parent.append(h("div.survey.page-part", {}, side, main));
  find.oninput = fill;
  window.addEventListener("popstate", () => main.isConnected && page.choose?.(new URLSearchParams(location.search).get("name") || ""));

  function pick(name) {
    history.pushState(history.state, "", name ? `${location.pathname}?name=${encodeURIComponent(name)}` : location.pathname);
    page.choose(name);
    page.pending = true;
    mark(name);
  }

  function fill() {
    const { actors } = page.data;
    const wanted = fold(find.value.trim());
    const kept = actors.filter(([name, kind]) => (!page.kind || kind === page.kind) && (!wanted || fold(name).includes(wanted)));
    const some = page.all ? kept : kept.slice(0, FIRST);
    const most = actors[0]?.[2] || 1;
    list(rows, some, ([name]) => name, ([name]) => {
      const button = h("button.row", { type: "button", onclick: () => pick(name) }, h("span.label"), h("span.count"), h("span.bar", { "aria-hidden": "true" }));
      return h("li", {}, button);
    }, (node, [name, kind, count]) => {
      const [label, counted, bar] = node.firstChild.children;
      text(label, name);
      set(node.firstChild, "title", dots([name, kindLabel(kind)]));
      text(counted, number(count));
      bar.style.width = `${(count / most) * 100}%`;
    });
    more.hidden = some.length === kept.length;
    text(more, `${number(kept.length - some.length)} more`);
    mark(page.data.name);
  }

  function mark(name) {
    for (const li of rows.children) set(li.firstChild, "aria-pressed", String(li.dataset.key === name));
  }

  const kindLabel = (kind) => words(kind || "");

  page.update = (data) => {
    const fresh = page.data?.revision !== data.revision;
    page.data = data;
    if (fresh) {
      const present = [...new Set(data.actors.map((a) => a[1]))].filter(Boolean);
      kinds.replaceChildren(...present.map((kind) => h("button.pill", { type: "button", "aria-pressed": "false", onclick: (event) => {
        page.kind = page.kind === kind ? "" : kind;
        for (const b of kinds.children) set(b, "aria-pressed", String(b === event.currentTarget && page.kind === kind));
        fill();
      } }, kindLabel(kind))));
      fill();
    }
    mark(data.name);
    main.replaceChildren(...(data.chosen ? one(data.chosen) : overview(data)));
    main.scrollTop = 0;
    if (page.pending && innerWidth <= NARROW) main.scrollIntoView(); // under the list on a phone
    page.pending = false;
  };

  // --- nobody is chosen: who works with whom ---

  function overview(data) {
    const { names, counts } = data.together;
    const most = Math.max(1, ...counts.flatMap((row, i) => row.filter((_, j) => i !== j)));
    const cell = (i, j) => {
      if (i === j) return h("td.same", {}, h("span", { title: names[i] }, number(counts[i][i])));
      const n = counts[i][j];
      return h("td", { style: n ? `--share:${Math.round(12 + (n / most) * 58)}%` : "", class: n ? "some" : "none" }, n ? h("button", { type: "button", title: `${names[i]} and ${names[j]}: ${plural(n, "project")}`, "aria-label": `${names[i]} and ${names[j]}, ${plural(n, "project")}`, onclick: () => pick(names[i]) }, number(n)) : "");
    };
    return [
      data.name ? h("p.text-note", {}, `No project has an actor called ${data.name} now.`) : null,
      h("h2", {}, "Who works with whom"),
      h("p.lead", {}, `Projects that two of the ${names.length} most frequent actors share, of ${number(data.total)} in all. An empty field: the texts name no project of both. Choose an actor to see what, where and when.`),
      h("div.table-scroll", { tabindex: "0", role: "region", "aria-label": "Who works with whom" }, h("table.together", {}, h("thead", {}, h("tr", {}, h("td"), ...names.map((n) => h("th", { scope: "col" }, h("span", {}, n))))), h("tbody", {}, ...names.map((n, i) => h("tr", {}, h("th", { scope: "row" }, h("button.link", { type: "button", onclick: () => pick(n) }, n)), ...names.map((_, j) => cell(i, j))))))),
    ].filter(Boolean);
  }

  // --- one actor ---

  function one(a) {
    const kind = page.data.actors.find(([name]) => name === a.name)?.[1] || "";
    const span = a.years.length ? years(a.years[0][0], a.years[a.years.length - 1][0]) : "";
    return [
      h("button.link.back", { type: "button", onclick: () => pick("") }, "All actors"),
      h("header.actor-head", {}, h("h2", {}, a.name), h("p.lead", {}, dots([kindLabel(kind), plural(a.projects, "project"), span, a.undated ? `${a.undated} without a year` : ""])), h("p.text-tools", {}, mapLink([["actor", a.name]], "Show on the map"))),
      h(
        "div.survey-grid",
        {},
        block("In which role", bars(a.roles, a.projects, ([role, n]) => [mapLink([["actor", `${a.name}@${role}`]], page.data.roles[role] ? sentence(page.data.roles[role]) : words(role || "no role")), n])),
        block("When", spark(a), a.undated ? h("p.note", {}, `${plural(a.undated, "project")} without a year`) : null),
        block("What", bars(a.types, a.projects, ([type, group, n]) => [h("span.with-mark", {}, swatch(page.data.groups.find((g) => g.id === group), "full", 13), mapLink([["actor", a.name], ["type", type]], sentence(page.data.types[type] || type))), n])),
        block("In which countries", bars(a.countries, a.projects, ([code, n]) => [mapLink([["actor", a.name], ["country", code]], country(code)), n])),
        block("At which places", bars(a.places, a.projects, ([name, n]) => [mapLink([["actor", a.name], ["place", name]], name), n])),
        block(`With whom`, h("ul.partners", {}, ...a.partners.map(partner)), a.partners.length ? null : h("p.note", {}, "The texts name no partner.")),
      ),
      projects(a),
    ];
  }

  const block = (title, ...children) => h("section.block", {}, h("h3", {}, title), ...children.filter(Boolean));

  function bars(items, most, show) {
    if (!items.length) return h("p.note", {}, "The texts say nothing.");
    return h("ul.bars-list", {}, ...items.map((item) => {
      const [label, n] = show(item);
      return h("li", {}, h("div.bar-line", {}, label, h("span.count", {}, number(n))), h("span.bar", { "aria-hidden": "true", style: `width:${(n / most) * 100}%` }));
    }));
  }

  function spark(a) {
    if (!a.years.length) return h("p.note", {}, "The texts give no year.");
    const most = Math.max(...a.years.map(([, n]) => n));
    const room = Math.max(0, Math.ceil((12 - a.years.length) / 2)); // a single year is no wall
    const first = a.years[0][0] - room, last = a.years[a.years.length - 1][0] + room;
    const w = 100 / (last - first + 1);
    const plot = svg("svg.spark", { viewBox: "0 0 100 40", preserveAspectRatio: "none", role: "img", "aria-label": `Projects a year, ${first} to ${last}; at most ${most}` }, ...a.years.filter(([, n]) => n).map(([y, n]) => svg("rect", { x: (y - first) * w, y: 40 - (n / most) * 38, width: Math.max(0.4, w * 0.82), height: (n / most) * 38 }, svg("title", {}, `${y}: ${n}`))));
    const busiest = a.years.reduce((x, y) => (y[1] > x[1] ? y : x));
    return h("div.spark-box", {}, plot, h("div.ticks", {}, h("span", {}, first), h("span", {}, `most in ${busiest[0]}: ${most}`), h("span", {}, last)));
  }

  function partner(p) {
    return h("li", {}, h("details", {}, h("summary", {}, h("span.label", {}, p.name), h("span.count", {}, plural(p.count, "project"))), h("ul", {}, ...p.shared.map(([id, title]) => h("li", {}, mapLink([["sel", id]], title))), p.count > p.shared.length ? h("li.note", {}, `and ${p.count - p.shared.length} more`) : null), h("button.link", { type: "button", onclick: () => pick(p.name) }, `More on ${p.name}`)));
  }

  function projects(a) {
    const line = (p) => h("tr", {}, h("th", { scope: "row" }, swatch(page.data.groups.find((g) => g.id === p.group), p.fill, 14), mapLink([["sel", p.id]], p.title)), h("td", {}, p.first ? years(p.first, p.last) : "no year"), h("td", {}, p.roles.filter(Boolean).map((r) => page.data.roles[r] || words(r)).join(", ")), h("td", {}, p.status && p.status !== "none" ? sentence(page.data.statuses[p.status] || words(p.status)) : ""));
    return h("section.actor-projects", {}, h("h3", {}, "Projects", h("span.extra", {}, number(a.projects))), h("div.table-scroll", { tabindex: "0", role: "region", "aria-label": "Projects" }, h("table.table", {}, h("thead", {}, h("tr", {}, ...["Project", "Years", "Role", "Status"].map((t) => h("th", { scope: "col" }, t)))), h("tbody", {}, ...a.rows.map(line)))), a.rows.length < a.projects ? h("p.note", {}, `The latest ${a.rows.length}; the map shows all.`) : null);
  }
  return page;
}
