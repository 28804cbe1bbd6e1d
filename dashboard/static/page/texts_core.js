// What the parts of the Texts page share: which text is open, and the way to the server.
import { h } from "./dom.js";

export const open = { id: "", tell: null, go: null, listeners: new Set() };

/** Open a text, or a passage of it: in the address, in the list, on the server. */
export function openText(id, { start = null, end = null, replace = false } = {}) {
  const query = new URLSearchParams({ doc: id });
  if (start !== null) query.set("start", start);
  if (end !== null) query.set("end", end);
  history[replace ? "replaceState" : "pushState"](history.state, "", `${location.pathname}?${query}`);
  opened(id);
  open.tell?.(query.toString());
}

/** Note which text is open, and tell whoever shows that. */
export function opened(id) {
  if (open.id === id) return;
  open.id = id;
  for (const f of open.listeners) f(id);
}

/** Choose files from the disk: the uploader itself is hidden. */
export function chooseFiles() {
  document.querySelector('.st-key-dl-file input[type="file"]')?.click();
}

export const MEDIA = {
  "text/plain": "plain text",
  "text/markdown": "Markdown",
  "text/html": "web page",
  "application/pdf": "PDF",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
};

/** Words of a count, in a line parted by dots: counts(["3 places", "2 projects"]). */
export const dots = (words) => words.filter(Boolean).join(" · ");

/** A link within the app: a click goes through the server, which keeps the page; a new tab uses the address. */
export function pageLink(page, query, label, { className = "link", title = null } = {}) {
  // Pages that count all of the store open all of it: on the map what is unsure would be left out.
  if (page === "map" && query) query += "&confidence=0";
  const node = h(`a.${className}`, { href: `${base()}${page === "map" ? "" : page}${query ? `?${query}` : ""}`, title }, ...[label].flat());
  node.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button || !open.go) return;
    event.preventDefault();
    open.go({ page, query });
  };
  return node;
}

/** The address of the first page. */
export const base = () => new URL(document.querySelector('script[src*="static/js"]')?.src || "/", location.href).pathname.split("/static/")[0] + "/";
