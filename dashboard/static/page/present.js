// The room: one scene at a time, keys and clickers, evidence on E, black on B; notes and remote in other windows.
import { h, plural } from "./dom.js";
import { quote } from "./lines.js";
import { bothSides, fitted, panel } from "./slide.js";
import { onStage, scaleBar, setStage } from "./stage.js";

const rooms = new WeakMap();

export function mount(component) {
  let room = rooms.get(component.parentElement);
  if (!room) rooms.set(component.parentElement, (room = build(component.parentElement, component.data)));
  room.component = component;
  room.show(component.data);
}

function build(parent, first) {
  const room = { component: null, data: first, at: -1, count: -1, number: Date.now(), told: 0, staged: "", digits: "" };
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`dateline-${first.brief}`) : null;
  const wanted = Number(new URLSearchParams(location.search).get("n")) - 1;
  const role = first.role;
  const panelNode = h("section.room-panel", { "aria-live": "polite" });
  const marks = h("nav.room-steps", { "aria-label": "Scenes" });
  const strip = h("div.room-strip", {});
  const bar = h("span.scale-bar", { "aria-label": "Scale" });
  const sheet = h("div.room-sheet", { hidden: true, role: "dialog", "aria-label": "Evidence" });
  const black = h("div.room-black", { hidden: true });
  const root = h(`main.room.${role || "slides"}`, { tabindex: "-1" }, panelNode, marks, strip, sheet, black);
  parent.append(root);

  const scenes = () => room.data.scenes;
  const leave = () => location.assign(`brief?brief=${encodeURIComponent(room.data.brief)}`);

  room.show = (data) => {
    const fresh = JSON.stringify(data.scenes) !== JSON.stringify(room.data.scenes) || room.at < 0;
    room.data = data;
    if (room.count < 0) {
      room.count = data.count;
      step(wanted >= 0 ? wanted : role ? data.at : 0, { tell: !role, fly: false });
    } else if (data.count !== room.count && data.number >= room.told) {
      // An answer from before our own last step would take it back.
      room.count = data.count;
      if (data.at !== room.at) step(data.at, { tell: false });
    } else if (fresh) step(room.at, { tell: false, fly: false });
  };

  function step(to, { tell = true, fly = true, broadcast = true } = {}) {
    const n = Math.max(0, Math.min(scenes().length - 1, to));
    room.at = n;
    close();
    draw(fly);
    if (tell) {
      room.told = ++room.number;
      room.component?.setStateValue("step", { scene: n, number: room.told });
    }
    if (broadcast) channel?.postMessage({ scene: n });
  }
  if (channel) channel.onmessage = (event) => Number.isInteger(event.data?.scene) && event.data.scene !== room.at && step(event.data.scene, { tell: false, broadcast: false });

  function draw(fly) {
    const s = scenes()[room.at];
    if (!s) {
      panelNode.replaceChildren(h("h1.slide-headline", {}, "This brief has no scene to show"), h("button.button", { type: "button", onclick: leave }, "Back to the brief"));
      return;
    }
    document.title = `${room.at + 1} · ${s.headline || room.data.title}`;
    if (role === "notes") return notes(s);
    if (role === "remote") return remote(s);
    panelNode.replaceChildren(...panel(s.slide, { hint: "Press E for both." }));
    fitted(panelNode);
    strip.replaceChildren(h("span", {}, s.slide.strip, s.slide.indicative ? " · dashed routes indicative" : ""), bar, h("span", {}, `${plural(s.slide.texts, "text")} · ${s.slide.asOf || s.taken} · ${room.data.attribution}`));
    const many = scenes().length > 16;
    marks.classList.toggle("many", many);
    marks.dataset.at = many ? `${room.at + 1} of ${scenes().length}` : "";
    marks.style.setProperty("--done", `${((room.at + 1) / scenes().length) * 100}%`);
    marks.replaceChildren(...(many ? [] : scenes()).map((x, i) => h("button", { type: "button", "aria-label": `Scene ${i + 1}: ${x.headline}`, "aria-current": i === room.at ? "step" : null, onclick: () => step(i) })));
    const key = `${s.id} ${s.slide.columns} ${s.slide.mask} ${s.slide.extent}`;
    if (key === room.staged) return;
    const opening = !room.staged;
    room.staged = key;
    onStage((map) => {
      map.setChrome({ controls: false, strip: false, labels: Math.max(1, Math.min(1.7, innerWidth / 1280)) });
      (opening ? map.ready : Promise.resolve()).then(() => key === room.staged && setStage(map, s.slide, { fly: fly && !opening }));
      listen(map);
      if (opening) scaleBar(map, bar);
    });
  }

  function notes(s) {
    const next = scenes()[room.at + 1];
    panelNode.replaceChildren(
      h("div.slide-kicker", {}, `Scene ${room.at + 1} of ${scenes().length} · ${room.data.title}`),
      h("h1.slide-headline", {}, s.headline || s.slide.headline),
      h("div.room-notes", {}, s.notes || "No notes for this scene."),
      h("div.slide-foot", {}, next ? `Next: ${next.headline || next.slide.headline}` : "This is the last scene."),
      buttons(),
    );
  }

  function remote(s) {
    panelNode.replaceChildren(
      h("div.slide-kicker", {}, `Scene ${room.at + 1} of ${scenes().length}`),
      h("h1.slide-headline", {}, s.headline || s.slide.headline),
      buttons(),
      h("div.room-notes", {}, s.notes),
    );
  }

  const buttons = () => h("div.room-buttons", {}, h("button.button", { type: "button", disabled: room.at === 0, onclick: () => step(room.at - 1) }, "Previous"), h("button.button.dark", { type: "button", disabled: room.at >= scenes().length - 1, onclick: () => step(room.at + 1) }, "Next"));

  // --- evidence, black ---
  function evidence() {
    const s = scenes()[room.at];
    if (!s || role) return;
    if (!sheet.hidden) return close();
    const quotes = s.slide.quotes.length ? s.slide.quotes : s.choices.slice(0, 3).map((c) => ({ parts: [[c.text, false]], footnote: c.citation }));
    sheet.replaceChildren(
      h("h2", {}, "Evidence"),
      ...bothSides(s.slide),
      ...quotes.map((q) => h("figure.slide-quote", {}, quote(q.parts), h("figcaption", {}, q.footnote))),
      ...s.choices.filter((c) => !c.chosen).slice(0, 3).map((c) => h("figure.slide-quote.further", {}, quote([[c.text, false]]), h("figcaption", {}, c.citation))),
    );
    sheet.hidden = false;
  }
  function close() {
    sheet.hidden = true;
    black.hidden = true;
  }

  // --- keys: arrows, space, page keys and clickers; digits and Enter jump ---
  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target?.tagName === "BUTTON" && event.key === " ") return;
    const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, n: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1, p: -1 }[event.key];
    if (steps) step(room.at + steps);
    else if (event.key === "Home") step(0);
    else if (event.key === "End") step(scenes().length - 1);
    else if (/^\d$/.test(event.key)) room.digits = (room.digits + event.key).slice(-2);
    else if (event.key === "Enter" && room.digits) (step(Number(room.digits) - 1), (room.digits = ""));
    else if (event.key === "e" || event.key === "E") evidence();
    else if (event.key === "b" || event.key === "B" || event.key === ".") black.hidden = !black.hidden;
    else if (event.key === "f" || event.key === "F") document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
    else if (event.key === "Escape") {
      if (!sheet.hidden || !black.hidden) close();
      else if (!document.fullscreenElement) leave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
  document.addEventListener("keydown", key, { capture: true });
  const heard = new WeakSet();
  function listen(map) {
    const frame = document.querySelector(".st-key-dl-stage iframe")?.contentWindow;
    if (frame && map && !heard.has(frame)) {
      heard.add(frame);
      frame.addEventListener("keydown", key, { capture: true });
    }
  }
  let from = null;
  root.addEventListener("touchstart", (e) => (from = e.changedTouches[0].clientX), { passive: true });
  root.addEventListener("touchend", (e) => {
    const dx = from === null ? 0 : e.changedTouches[0].clientX - from;
    if (Math.abs(dx) > 60) step(room.at + (dx < 0 ? 1 : -1));
  });
  addEventListener("resize", () => fitted(panelNode));
  document.fonts.ready.then(() => fitted(panelNode));
  root.focus();
  return room;
}
