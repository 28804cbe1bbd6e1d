// What becomes of files that come in: each with its state, and messages that stay until they are put away.
import { h, icon, plural, set, text } from "./dom.js";
import { openText } from "./texts_core.js";

const panels = new WeakMap();
const STATES = { waiting: "waiting", reading: "reading", read: "read", unchanged: "was read before, unchanged", failed: "" };

export function mount(component) {
  const { data, parentElement } = component;
  let panel = panels.get(parentElement);
  if (!panel) panels.set(parentElement, (panel = build(parentElement)));
  panel.component = component;
  panel.update(data);
}

function build(parent) {
  const panel = { component: null, seen: "", refused: [] };
  const root = h("section.uploads", { "aria-label": "Texts that come in", "aria-live": "polite" });
  const veil = h("div.drop-veil", { "aria-hidden": "true" }, h("p", {}, "Drop texts to read them"));
  parent.append(root, veil);
  let sending = 0;
  let limit = 200;
  let readOnly = true;

  panel.update = (data) => {
    ({ limit, readOnly } = data);
    if (data.batches.length) sending = 0;
    const told = JSON.stringify([data.batches, sending, panel.refused]);
    if (told === panel.seen) return;
    panel.seen = told;
    panel.data = data;
    root.replaceChildren(...panel.refused.map(refusal), ...(sending ? [h("p.sending", {}, `Sending ${plural(sending, "file")}`)] : []), ...data.batches.map(batch));
    root.hidden = !root.firstChild;
  };
  const again = () => panel.update(panel.data);

  const refusal = (words) =>
    h("div.batch", {}, h("p.upload-error", {}, words), closer(() => {
      panel.refused = panel.refused.filter((w) => w !== words);
      again();
    }));

  const closer = (onclick) => h("button.icon-button.put-away", { type: "button", "aria-label": "Put this message away", onclick }, icon("close"));

  function batch(b) {
    const done = b.files.filter((f) => !["waiting", "reading"].includes(f.state)).length;
    const read = b.files.filter((f) => ["read", "unchanged"].includes(f.state)).length;
    const busy = b.step !== "done";
    const title = !b.files.length
      ? "Bringing the projects up to date"
      : b.step === "merging"
        ? "Putting what they tell together"
        : busy
          ? `Reading ${plural(b.files.length, "text")}`
          : `${plural(read, "text")} read`;
    return h(
      "div.batch",
      { "data-step": b.step },
      h("p.batch-title", {}, h("strong", {}, title), busy && b.files.length ? h("span.extra", {}, `${done} of ${b.files.length}`) : null),
      busy ? h("div.progress", { role: "progressbar", "aria-label": title, "aria-valuemin": "0", "aria-valuemax": String(b.files.length || 1), "aria-valuenow": String(done) }, h("span", { style: `width:${b.files.length ? Math.max(4, (done / b.files.length) * 100) : 50}%` })) : null,
      b.error ? h("p.upload-error", {}, b.error) : null,
      h("ul", {}, ...b.files.map((f) => file(f, b, read))),
      busy ? null : closer(() => panel.component.setTriggerValue("dismiss", b.id)),
    );
  }

  function file(f, b, read) {
    if (f.state === "failed") {
      const others = read ? `; the other ${read === 1 ? "file was" : "files were"}` : "";
      const why = f.reason.replace(/[.\s]+$/, "");
      return h("li.file.failed", {}, h("p.upload-error", {}, h("strong", {}, f.name), `: ${why}. Nothing was read from it${b.step === "done" ? others : ""}.`));
    }
    const name = f.document ? h("button.link", { type: "button", onclick: () => openText(f.document) }, f.name) : h("span", {}, f.name);
    const words = f.document ? `${plural(f.places, "place name")}, ${plural(f.projects, "project")}` : STATES[f.state];
    return h("li.file", { "data-state": f.state }, name, h("span.extra", {}, f.state === "unchanged" ? STATES.unchanged : words));
  }

  // The uploader is Streamlit's own, out of sight; what is chosen or dropped goes through its input.
  const input = () => document.querySelector('.st-key-dl-file input[type="file"]');
  function weigh(files) {
    const most = limit * 1048576;
    panel.refused = files.filter((f) => f.size > most).map((f) => `${f.name}: larger than ${limit} MB. Nothing was read from it; other files were.`);
    const kept = files.filter((f) => f.size <= most);
    sending = kept.length;
    again();
    return kept;
  }
  document.addEventListener(
    "change",
    (event) => {
      if (event.target !== input() || event.target.weighed || !root.isConnected) return;
      const files = [...event.target.files];
      const kept = weigh(files);
      if (kept.length < files.length) {
        event.stopImmediatePropagation();
        hand(kept);
      }
    },
    true,
  );
  function hand(files) {
    const box = input();
    if (!files.length || !box) return;
    const bag = new DataTransfer();
    for (const f of files) bag.items.add(f);
    box.weighed = true;
    box.files = bag.files;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    box.weighed = false;
  }
  const holds = (event) => !readOnly && root.isConnected && event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    veil.classList.add("on");
  });
  document.addEventListener("dragleave", (event) => !event.relatedTarget && veil.classList.remove("on"));
  document.addEventListener("drop", (event) => {
    veil.classList.remove("on");
    if (!holds(event)) return;
    event.preventDefault();
    hand(weigh([...event.dataTransfer.files]));
  });
  document.addEventListener(
    "click",
    (event) => {
      if (!readOnly && root.isConnected && event.target.closest?.('.topbar .button[data-id="add"]')) input()?.click();
    },
    true,
  );
  set(root, "hidden", true);
  return panel;
}
