// The bar at the top: name, pages, search, boundary view, share or the page's own button.
import { core, link, setBorders, setFilter, subscribe } from "./core.js";
import { h, icon, set, toast } from "./dom.js";
import { write } from "./query.js";

const bars = new WeakMap();

export function mount(component) {
  const { data, parentElement } = component;
  let bar = bars.get(parentElement);
  if (!bar) bars.set(parentElement, (bar = build(parentElement)));
  bar.component = component;
  bar.show(data);
}

function build(parent) {
  const bar = { component: null };
  const nav = h("nav.pages", { "aria-label": "Pages" });
  const search = h("input.search", {
    type: "search",
    placeholder: "Search the evidence",
    "aria-label": "Search the evidence",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: "200",
  });
  const borders = h("select.select", { "aria-label": "Boundary view" });
  const share = h("button.button.dark", { type: "button" }, "Share");
  const shown = h("span.bar-count", { "aria-hidden": "true" });
  const action = h("button.button.dark", { type: "button" });
  const form = h("form.search-form", { role: "search" }, icon("search"), search);
  const root = h(
    "header.topbar",
    {},
    h("a.skip", { href: "#dl-main" }, "Skip to content"),
    h("a.name", { href: home() }, "Dateline"),
    nav,
    h("span.grow"),
    shown,
    form,
    borders,
    action,
    share,
  );
  parent.append(root);

  let timer = 0;
  let mapped = false;
  const ask = (now) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (mapped) {
        if (search.value.trim() !== core.state.filter.text) setFilter({ text: search.value });
      } else if (now && search.value.trim()) {
        location.assign(`${home()}?q=${encodeURIComponent(search.value.trim())}`);
      }
    }, now ? 0 : 350);
  };
  search.oninput = () => mapped && ask(false);
  form.onsubmit = (event) => {
    event.preventDefault();
    ask(true);
  };
  borders.onchange = () => setBorders(borders.value);
  share.onclick = async () => {
    try {
      await navigator.clipboard.writeText(mapped ? link() : location.href);
      toast("Link copied. It opens exactly this.");
    } catch {
      toast(mapped ? link() : location.href);
    }
  };
  action.onclick = () => {
    if (action.dataset.id === "brief") bar.component.setTriggerValue("go", { page: "brief", query: `take=${seen()}${box()}` });
    else bar.component.setTriggerValue("action", action.dataset.id);
  };
  const seen = () => encodeURIComponent(new URL(link()).search.slice(1)); // what the map shows, as one word of another query
  // West, south, east, north: a scene shows as much on a screen of any size.
  const box = () => (core.frame ? `&box=${core.frame.getView().bounds.map((x) => x.toFixed(4)).join(",")}` : "");
  root.querySelector(".name").onclick = (event) => follow(event, "map");

  function follow(event, path) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    bar.component.setTriggerValue("go", { page: path, query: path === "map" && core.last ? core.last : path === "brief" && mapped ? `map=${seen()}${box()}` : "" });
  }

  function sync() {
    if (document.activeElement !== search) search.value = core.state.filter.text;
    borders.value = core.state.borders;
    if (core.result) shown.textContent = `${core.result.shown} of ${core.columns.rows}`;
  }

  // Where the bar is too narrow for all pages, the present one is in its middle.
  function reveal() {
    const on = nav.querySelector("[aria-current]");
    if (on) nav.scrollLeft = on.offsetLeft - nav.offsetLeft - (nav.clientWidth - on.offsetWidth) / 2;
  }

  bar.show = (data) => {
    mapped = data.current === "map";
    nav.replaceChildren(
      ...data.pages.map(({ path, label }, i) =>
        h(
          "a",
          {
            href: i ? `${home()}${path}` : home(),
            "aria-current": path === data.current ? "page" : null,
            onclick: (event) => follow(event, path),
          },
          label,
        ),
      ),
    );
    requestAnimationFrame(reveal);
    borders.replaceChildren(...data.borders.map(({ id, label }) => h("option", { value: id }, label)));
    borders.hidden = !data.borders.length;
    action.hidden = !data.action.id;
    action.dataset.id = data.action.id;
    action.textContent = data.action.label;
    share.hidden = !mapped;
    shown.hidden = !mapped;
    set(share, "aria-label", "Share: copy a link to exactly this");
    sync();
  };
  subscribe(sync, root);
  return bar;
}

/** The address of the first page. */
export function home() {
  const script = document.querySelector('script[src*="static/js"]')?.src || "/";
  return new URL(script, location.href).pathname.split("/static/")[0] + "/";
}
