// The editor of briefs: scenes in order, the slide as it will be, its headline, evidence and notes, and the exports.
import { h, list, plural, text, toast } from "./dom.js";
import { exportList } from "./exports.js";
import { fitted, panel } from "./slide.js";
import { home } from "./topbar.js";
import { onStage, setStage } from "./stage.js";

const editors = new WeakMap();

export function mount(component) {
  let editor = editors.get(component.parentElement);
  if (!editor) editors.set(component.parentElement, (editor = build(component.parentElement)));
  editor.component = component;
  editor.show(component.data);
}

function build(parent) {
  const scenes = h("ol.scenes", { "aria-label": "Scenes" });
  const titles = h("select.select", { "aria-label": "Brief" });
  const title = h("input.field.brief-title", { "aria-label": "Title of the brief", maxlength: "120" });
  const left = h("section.brief-list", { "aria-label": "Scenes" });
  const slide = h("section.slide", { "aria-label": "The slide" });
  const strip = h("div.slide-strip", {});
  const below = h("div.brief-below", {});
  const right = h("section.brief-fields", { "aria-label": "What the slide says" });
  const root = h("div.brief", { "data-asked": 0 }, left, slide, strip, below, right);
  parent.append(root);
  const editor = { component: null, data: null, at: "", staged: "", number: Date.now(), done: 0, asked: [], unkept: {}, gone: "", lifted: "" };

  // Wishes go together with those that have no answer yet: a run of the server that is overtaken by the next loses none.
  const act = (told) => {
    if (told.do !== "remove") editor.gone = "";
    editor.asked.push({ ...told, number: ++editor.number });
    root.dataset.asked = editor.asked.length;
    editor.component.setStateValue("acts", [...editor.asked]);
    return editor.number;
  };
  const scene = () => editor.data.scenes.find((s) => s.id === editor.at) || editor.data.scenes[0];
  const here = () => ({ brief: editor.data.id, scene: scene()?.id || "" });
  const go = (page, query = "") => editor.component.setTriggerValue("go", { page, query });
  const made = exportList((token) => act({ do: "cancel", token }));
  const button = (words, onclick, more = {}) => h("button.button", { type: "button", onclick, ...more }, words);
  const link = (words, onclick, more = {}) => h("button.link", { type: "button", onclick, ...more }, words);

  editor.show = (data) => {
    const fresh = !editor.data || editor.data.id !== data.id;
    const known = new Set((editor.data?.scenes || []).map((s) => s.id));
    const added = data.scenes.filter((s) => !known.has(s.id));
    editor.data = data;
    if (data.show && data.scenes.some((s) => s.id === data.show) && (fresh || !known.has(data.show))) editor.at = data.show;
    else if (!fresh && added.length === 1) editor.at = added[0].id;
    if (!data.scenes.some((s) => s.id === editor.at)) editor.at = data.scenes[0]?.id || "";
    if (data.done && data.done !== editor.done) {
      editor.done = data.done;
      // What was typed and could not be saved stays in its field.
      for (const { do: what, scene: id, number: _, brief: __, ...typed } of editor.asked.filter((told) => told.number <= data.done))
        if (what === "edit") editor.unkept[id] = data.error ? { ...editor.unkept[id], ...typed } : undefined;
      editor.asked = editor.asked.filter((told) => told.number > data.done);
      root.dataset.asked = editor.asked.length;
      if (data.error) toast(data.error);
    }
    made.show(data.jobs);
    draw();
  };

  function draw() {
    drawList();
    drawSlide();
    drawFields();
  }

  // --- scenes ---
  const thumb = () => h("picture.scene-thumb", {}, h("source", { media: "(prefers-color-scheme: dark)" }), h("img", { alt: "", width: "88", height: "55", loading: "lazy", decoding: "async" }));
  function look(picture, name) {
    if (picture.dataset.name === name) return;
    picture.dataset.name = name;
    picture.firstChild.srcset = `${home()}_dateline/thumb/${name}-dark.png`;
    picture.lastChild.src = `${home()}_dateline/thumb/${name}.png`;
  }

  function drawList() {
    const { briefs, id, scenes: all, readOnly, last, lastCount, undo } = editor.data;
    titles.replaceChildren(...briefs.map((b) => h("option", { value: b.id, selected: b.id === id }, b.title)));
    titles.value = id;
    titles.onchange = () => act({ do: "show", brief: titles.value, scene: "" });
    if (document.activeElement !== title) title.value = editor.data.title;
    title.dataset.id = id;
    title.readOnly = readOnly;
    title.onchange = () => act({ do: "rename", brief: id, title: title.value });
    list(
      scenes,
      all,
      (s) => s.id,
      () => h("li.scene", { draggable: String(!readOnly) }, h("button.scene-button", { type: "button" }, h("span.scene-number"), thumb(), h("span.scene-words", {}, h("span.scene-headline"), h("small")))),
      (node, s) => {
        const n = all.indexOf(s);
        const open = node.firstChild;
        node.classList.toggle("off", s.hidden);
        open.setAttribute("aria-current", s.id === editor.at ? "step" : "false");
        open.onclick = () => ((editor.at = s.id), draw());
        open.onkeydown = (event) => event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key) && !readOnly && (event.preventDefault(), act({ do: "move", ...here(), scene: s.id, to: n + (event.key === "ArrowUp" ? -1 : 1) }));
        look(open.querySelector(".scene-thumb"), s.thumb);
        text(open.querySelector(".scene-number"), String(n + 1));
        text(open.querySelector(".scene-headline"), s.headline || s.slide.headline);
        text(open.querySelector("small"), [s.slide.kicker, s.hidden && "hidden", s.frozen ? "kept as it was" : s.changes.length && "changed"].filter(Boolean).join(" · "));
        drags(node, s, n);
      },
    );
    const result = lastCount ? plural(lastCount, "project") : "nothing yet";
    left.replaceChildren(
      h("div.brief-titles", {}, briefs.length > 1 ? titles : null, briefs.length ? title : null),
      ...(all.length ? [scenes] : []),
      readOnly ? h("p.note", {}, "This store is open for reading only.") : h(
        "div.brief-add",
        {},
        ...(all.length ? [h("div.note", {}, `The map shows ${result}.`), link("Add the map as it is now", () => act({ do: "add", brief: id }))] : []),
        !all.length ? null : h("div.links", {}, "Walk through it ", link("by time", () => act({ do: "walk", brief: id, order: "time" }), { "aria-label": "Walk through it in order of time" }), " · ", link("west to east", () => act({ do: "walk", brief: id, order: "west_to_east" }), { "aria-label": "Walk through it from west to east" })),
        h("div.links", {}, link("New brief", () => act({ do: "new" })), ...(id ? [" · ", link("Remove this one", () => act({ do: "remove_brief", brief: id }), { "aria-label": "Remove this brief" })] : [])),
        undo ? link("Undo the last change", () => act({ do: "undo" })) : null,
      ),
      h("div.note", {}, link("Back to the map", () => go("map", last))),
    );
  }

  // A scene is let go above or below another one; a line says where it will stand.
  function drags(node, s, n) {
    const lower = (event) => event.clientY > node.getBoundingClientRect().top + node.offsetHeight / 2;
    const clear = () => node.classList.remove("over", "under");
    node.ondragstart = (event) => (event.dataTransfer.setData("text/plain", s.id), (event.dataTransfer.effectAllowed = "move"), (editor.lifted = s.id), node.classList.add("lifted"));
    node.ondragend = () => node.classList.remove("lifted");
    node.ondragleave = clear;
    node.ondragover = (event) => {
      event.preventDefault();
      clear();
      if (editor.lifted !== s.id) node.classList.add(lower(event) ? "under" : "over");
    };
    node.ondrop = (event) => {
      event.preventDefault();
      clear();
      const from = editor.data.scenes.findIndex((x) => x.id === editor.lifted), to = n + (lower(event) ? 1 : 0);
      if (from < 0 || editor.lifted === s.id) return;
      act({ do: "move", ...here(), scene: editor.lifted, to: to > from ? to - 1 : to });
    };
  }

  function firstSteps() {
    const { id, lastCount } = editor.data;
    return [
      h("h2.slide-headline", {}, "No scene yet"),
      h("p.note", {}, "A scene keeps what the map shows: filters, view, borders and selection."),
      h("div.buttons", {}, h("button.button.dark", { type: "button", onclick: () => act({ do: "add", brief: id }) }, "Add the map as it is now"), button("Walk through it by time", () => act({ do: "walk", brief: id, order: "time" }), { "aria-label": "Walk through it in order of time" }), button("Walk through it from west to east", () => act({ do: "walk", brief: id, order: "west_to_east" }))),
      h("p.note", {}, `The map shows ${lastCount ? plural(lastCount, "project") : "nothing yet"}.`),
    ];
  }

  // --- the slide ---
  function drawSlide() {
    const s = scene();
    parent.ownerDocument.body.classList.toggle("brief-empty", !s);
    slide.hidden = !s && editor.data.readOnly;
    strip.hidden = !s;
    slide.classList.toggle("empty", !s);
    if (!s) slide.replaceChildren(...firstSteps());
    if (!s) return void below.replaceChildren(...(editor.gone ? [h("div.changed.gone", { role: "status" }, `“${editor.gone}” is deleted. `, link("Undo", () => act({ do: "undo" })))] : []));
    slide.replaceChildren(...panel(s.slide));
    fitted(slide);
    strip.replaceChildren(h("span", {}, s.slide.strip), h("span", {}, `${plural(s.slide.texts, "text")} · ${s.slide.asOf || s.taken}`));
    const key = JSON.stringify([s.id, s.slide.columns, s.slide.mask, s.slide.extent, s.slide.selected, s.slide.borders]);
    if (key !== editor.staged) {
      const first = !editor.staged;
      editor.staged = key;
      onStage((map) => {
        map.setChrome({ controls: false, strip: false });
        (first ? map.ready : Promise.resolve()).then(() => key === editor.staged && setStage(map, s.slide, { fly: !first }));
      });
    }
    const { readOnly, scenes: all } = editor.data;
    const n = all.indexOf(s);
    below.replaceChildren(
      ...(editor.gone ? [h("div.changed.gone", { role: "status" }, `“${editor.gone}” is deleted. `, link("Undo", () => act({ do: "undo" })))] : []),
      ...(s.frozen || s.changes.length ? [changed(s)] : []),
      h(
        "div.buttons",
        {},
        h("button.button.dark", { type: "button", onclick: () => go("present", `brief=${editor.data.id}&n=${all.filter((x) => !x.hidden).indexOf(s) + 1}`) }, "Present from here"),
        button("Notes window", () => window.open(`present?brief=${editor.data.id}&role=notes`, "dateline-notes")),
        ...(readOnly ? [] : [
          button("Take the view again", () => act({ do: "retake", ...here(), view: true }), { title: "Set this scene to what the map shows now" }),
          button("Up", () => act({ do: "move", ...here(), to: n - 1 }), { disabled: n === 0, "aria-label": "Move this scene up" }),
          button("Down", () => act({ do: "move", ...here(), to: n + 1 }), { disabled: n === all.length - 1, "aria-label": "Move this scene down" }),
          ...(s.frozen || s.changes.length ? [] : [button("Keep as it is", () => act({ do: "freeze", ...here() }), { title: "Later texts will not change this scene" })]),
          button("Duplicate", () => act({ do: "duplicate", ...here() })),
          button(s.hidden ? "Show" : "Hide", () => act({ do: "edit", ...here(), hidden: !s.hidden }), { "aria-label": s.hidden ? "Show this scene to the room" : "Hide this scene from the room" }),
          button("Delete", () => ((editor.gone = s.headline || s.slide.headline), act({ do: "remove", ...here() })), { "aria-label": "Delete this scene" }),
        ]),
        link("See it on the map", () => go("map", s.query)),
      ),
    );
  }

  // What changed behind a scene since it was made; of one that is kept as it was, what it leaves out.
  function changed(s) {
    const { readOnly } = editor.data, more = h("ul", { hidden: true }, ...s.changes.map((c) => h("li", {}, c)));
    const show = h("button.link", { type: "button", "aria-expanded": "false", onclick: () => show.setAttribute("aria-expanded", String(!(more.hidden = !more.hidden))) }, "Show");
    const refresh = (words) => link(words, () => act({ do: "retake", ...here() }));
    const keep = link("Keep as it was", () => act({ do: "freeze", ...here() }), { title: `Shows what it showed on ${s.taken}, here and in every export` });
    const said = s.frozen
      ? `${s.slide.asOf}. ${s.changes.length ? `Since then: ${s.changed}. ` : "Nothing changed since. "}`
      : `Changed since ${s.taken}: ${s.changed}. `;
    const choices = [s.changes.length && show, !readOnly && refresh(s.frozen ? "Bring up to date" : "Refresh"), !readOnly && !s.frozen && keep].filter(Boolean);
    return h("div.changed", { role: "status" }, h("span", {}, said), ...choices.flatMap((c, i) => (i ? [" · ", c] : [c])), more);
  }

  // --- headline, evidence, notes, exports ---
  function drawFields() {
    const s = scene();
    if (!s) return void right.replaceChildren(...exportsPart());
    if (right.dataset.scene === s.id && right.contains(document.activeElement) && ["INPUT", "TEXTAREA"].includes(document.activeElement.tagName) && document.activeElement.type !== "checkbox") return;
    right.dataset.scene = s.id;
    const { readOnly } = editor.data;
    const chosen = s.choices.filter((c) => c.chosen).map((c) => c.key);
    const pick = (key) => {
      const keys = chosen.includes(key) ? chosen.filter((k) => k !== key) : [...chosen, key];
      if (keys.length > 3) return toast("Three quotes are as many as a room can read. Take one off first.");
      act({ do: "choose", ...here(), keys });
    };
    const typed = editor.unkept[s.id] || {};
    const notes = h("textarea.field.notes", { rows: "5", "aria-label": "Speaker notes", readonly: readOnly, onchange: (e) => act({ do: "edit", ...here(), notes: e.target.value }) });
    notes.value = typed.notes ?? s.notes;
    const headline = h("input.field", { "aria-label": "Headline", value: typed.headline ?? s.headline, readonly: readOnly, maxlength: "160", onchange: (e) => act({ do: "edit", ...here(), headline: e.target.value }) });
    const words = s.notes.trim().split(/\s+/).filter(Boolean).length;
    right.replaceChildren(
      h("h2", {}, "Headline"), headline,
      h("h2", {}, "Evidence on the slide ", h("span.extra", {}, `${chosen.length} of ${s.choices.length}`)),
      h("div.choices", { role: "group", "aria-label": "Evidence" }, ...s.choices.map((c) =>
        h("label.choice", {}, h("input", { type: "checkbox", checked: c.chosen, disabled: readOnly, onchange: () => pick(c.key) }), h("span.quote", {}, c.text.length > 180 ? c.text.slice(0, 176) + "…" : c.text), h("small", {}, c.citation)))),
      h("h2", {}, "Speaker notes ", h("span.extra", {}, words ? `${plural(words, "word")}, about ${Math.max(5, Math.round(words / 2 / 5) * 5)} seconds` : "")), notes,
      ...exportsPart(),
    );
  }

  function exportsPart() {
    const { formats, id, scenes: all } = editor.data;
    const start = (format) => made.mine.add(act({ do: "export", brief: id, format }));
    const names = { pptx: "Slides", pdf: "PDF", html: "Web page", picture: "Pictures", xlsx: "Excel", csv: "CSV", geojson: "GeoJSON", gpkg: "GeoPackage", geoparquet: "GeoParquet", kml: "KML" };
    return [
      h("h2", {}, "Export the brief"),
      h("div.exports", {}, ...formats.map((f) => button(names[f.id] || f.label, () => start(f.id), { disabled: !all.some((s) => !s.hidden), title: f.label }))),
      made.node,
      h("p.note", {}, "Every export carries the filters, the boundary view, the sources and their dates. It is made aside: go on editing meanwhile."),
    ];
  }
  addEventListener("resize", () => fitted(slide));
  return editor;
}
