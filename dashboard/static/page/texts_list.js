// The list of texts: what each is, how much was found in it, and what is missing, double or removed.
import { fold, h, list, number, plural, set, text } from "./dom.js";
import { MEDIA, chooseFiles, dots, open, openText } from "./texts_core.js";

const lists = new WeakMap();
const MANY = 12;
const STEP = 100; // texts that are listed at first, and more whenever the end of the list comes into view

export function mount(component) {
  const { data, parentElement } = component;
  let shown = lists.get(parentElement);
  if (!shown) lists.set(parentElement, (shown = build(parentElement)));
  shown.component = component;
  shown.update(data);
}

function build(parent) {
  const shown = { component: null, data: null };
  const head = h("h1", { id: "texts-title" }, "Texts");
  const extra = h("span.extra");
  const add = h("button.button.add-texts", { type: "button", onclick: chooseFiles }, "Add texts");
  const find = h("input.field", { type: "search", placeholder: "Find a text", "aria-label": "Find a text", autocomplete: "off" });
  const items = h("ul.text-list", { "aria-labelledby": "texts-title" });
  const more = h("button.more", { type: "button", onclick: () => grow() });
  const none = h("p.note", { role: "status" });
  const removed = h("details.removed");
  const note = h("p.note.read-only");
  const root = h("nav.texts-list", { "aria-label": "Texts" }, h("div.list-head", {}, head, extra, add), find, items, more, none, removed, note);
  parent.append(root);

  let room = STEP;
  let titles = new Map();
  find.oninput = () => {
    room = STEP;
    draw();
  };
  open.listeners.add(() => (Array.from(items.children).some((li) => li.dataset.key === open.id) ? mark() : draw()));
  new IntersectionObserver(([entry]) => entry.isIntersecting && grow(), { rootMargin: "400px" }).observe(more);

  function grow() {
    room += STEP;
    draw();
  }

  function draw() {
    const { texts } = shown.data;
    const words = fold(find.value.trim());
    const kept = words ? texts.filter((t) => fold(`${t.title} ${t.id} ${t.publisher} ${t.published}`).includes(words)) : texts;
    room = Math.max(room, kept.findIndex((t) => t.id === open.id) + STEP / 5);
    list(items, kept.slice(0, room), (t) => t.id, create, fill);
    text(none, kept.length ? "" : words ? "No text of that name." : "No text has been read yet.");
    more.hidden = kept.length <= room;
    text(more, `${number(kept.length - room)} more`);
    none.hidden = kept.length > 0;
    mark();
  }

  function create(t) {
    const button = h("button.text-item", { type: "button", onclick: () => openText(t.id) }, h("span.title"), h("span.kind"), h("span.counts"), h("span.flags"));
    return h("li", {}, button);
  }

  function fill(node, t) {
    const [title, kind, counts, flags] = node.firstChild.children;
    text(title, t.title);
    text(kind, dots([MEDIA[t.media] || t.media, t.pages ? plural(t.pages, "page") : "", t.published.slice(0, 4), t.publisher]));
    text(counts, dots([plural(t.places, "place name"), plural(t.projects, "project"), t.disagree ? `${number(t.disagree)} disagree` : ""]));
    flags.replaceChildren(...states(t).map((words) => h("span.tag", {}, words)));
    flags.hidden = !flags.firstChild;
  }

  function states(t) {
    const name = titles.get(t.standsFor) || t.standsFor;
    return [
      t.missing ? "file missing, text kept" : "",
      t.standing === "duplicate" ? `same text as ${name}` : "",
      t.standing === "digest" ? `digest, its original is here` : "",
    ].filter(Boolean);
  }

  function mark() {
    for (const li of items.children) {
      const on = li.dataset.key === open.id;
      set(li.firstChild, "aria-current", on ? "true" : null);
      if (on && !li.classList.contains("on")) li.scrollIntoView({ block: "nearest" });
      li.classList.toggle("on", on);
    }
  }

  shown.update = (data) => {
    shown.data = data;
    titles = new Map(data.texts.map((t) => [t.id, t.title]));
    text(extra, data.texts.length ? number(data.texts.length) : "");
    find.hidden = data.texts.length < MANY;
    add.hidden = data.readOnly;
    text(note, data.readOnly ? "Read-only: this Dateline was started to show texts, so none can be added, edited or removed here." : "");
    note.hidden = !data.readOnly;
    removed.hidden = !data.removed.length;
    removed.replaceChildren(
      h("summary", {}, `${plural(data.removed.length, "text")} removed`),
      h("ul", {}, ...data.removed.map((t) => h("li", {}, h("span", {}, t.title), data.readOnly ? null : h("button.link", { type: "button", "aria-label": `Bring back ${t.title}`, onclick: () => shown.component.setTriggerValue("restore", t.id) }, "Bring back")))),
    );
    draw();
  };
  return shown;
}
