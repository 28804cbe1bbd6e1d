// Elements from data. Text only ever becomes a text node, so that no word of a document can be markup.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: h("button.primary", { onclick, "aria-label": "…" }, "text", child). */
export function h(spec, props, ...children) {
  const [tag, ...classes] = spec.split(".");
  return fill(document.createElement(tag || "div"), classes, props, children);
}

/** The same for SVG. */
export function svg(spec, props, ...children) {
  const [tag, ...classes] = spec.split(".");
  return fill(document.createElementNS(SVG, tag), classes, props, children);
}

function fill(node, classes, props, children) {
  if (classes.length) node.setAttribute("class", classes.join(" "));
  for (const [name, value] of Object.entries(props || {})) set(node, name, value);
  node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

/** Set a listener (on…), an attribute, or take it away (null, false). */
export function set(node, name, value) {
  if (name.startsWith("on")) node[name] = value;
  else if (name === "value") node.value = value;
  else if (name === "style") node.style.cssText = value;
  else if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value === true ? "" : value);
}

/** Change a node's text only if it differs, so that nothing is laid out anew without need. */
export function text(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

/** Show items as children, keeping the nodes of keys that stay (focus and scroll stay with them). */
export function list(parent, items, key, create, update) {
  const old = new Map(Array.from(parent.children, (n) => [n.dataset.key, n]));
  let at = parent.firstChild;
  for (const item of items) {
    const id = String(key(item));
    let node = old.get(id);
    if (node) old.delete(id);
    else {
      node = create(item);
      node.dataset.key = id;
    }
    update?.(node, item);
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
  for (const node of old.values()) node.remove();
}

/** 1234567 → "1 234 567" with thin spaces. */
export function number(n) {
  return String(n).replace(/\B(?=(\d{3})+(?!\d))/g, "\u2009");
}

export function plural(n, one, many = one + "s") {
  return `${number(n)} ${n === 1 ? one : many}`;
}

export function years(first, last) {
  if (!first) return "no year";
  return first === last ? String(first) : `${first}–${last}`;
}

export function sentence(words) {
  return words ? words[0].toUpperCase() + words.slice(1) : words;
}

const REGIONS = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });
export function country(code) {
  try {
    return REGIONS.of(code) || code;
  } catch {
    return code;
  }
}

/** The search is blind to case and accents. */
export function fold(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const PATHS = {
  circle: "M8 2.2a5.8 5.8 0 1 0 0 11.6a5.8 5.8 0 1 0 0-11.6z",
  square: "M2.8 2.8h10.4v10.4h-10.4z",
  triangle: "M8 2L14.3 13.4H1.7z",
  diamond: "M8 1.4L14.6 8L8 14.6L1.4 8z",
  star: "M8 1.2l2.06 4.36l4.78.6l-3.5 3.3l.9 4.74L8 11.9l-4.24 2.3l.9-4.74l-3.5-3.3l4.78-.6z",
  cross: "M5.6 1.8h4.8v3.8h3.8v4.8h-3.8v3.8h-4.8v-3.8h-3.8v-4.8h3.8z",
  hexagon: "M8 1.6l5.6 3.2v6.4L8 14.4l-5.6-3.2V4.8z",
};

let clips = 0;
/** A group's shape in its colour; fill is full, half, hollow or barred, as on the map. */
export function swatch(group, fill = "full", size = 16) {
  const colour = `var(--group-${group.id})`;
  const path = PATHS[group.shape] || PATHS.circle;
  const node = svg("svg.swatch", { viewBox: "0 0 16 16", width: size, height: size, "aria-hidden": "true" });
  if (fill === "full") node.append(svg("path", { d: path, style: `fill:${colour}` }));
  else {
    node.append(svg("path", { d: path, style: `fill:var(--paper);stroke:${colour};stroke-width:1.8` }));
    if (fill === "half") {
      const id = `half-${++clips}`;
      node.append(
        svg("clipPath", { id }, svg("rect", { x: 0, y: 0, width: 8, height: 16 })),
        svg("path", { d: path, style: `fill:${colour}`, "clip-path": `url(#${id})` }),
      );
    }
    if (fill === "barred") node.append(svg("path", { d: "M2 14L14 2", style: `stroke:${colour};stroke-width:1.8` }));
  }
  return node;
}

const ICONS = {
  close: "M4 4l8 8M12 4l-8 8",
  left: "M10 3L5 8l5 5",
  right: "M6 3l5 5l-5 5",
  down: "M3 6l5 5l5-5",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  play: "M5 3l8 5l-8 5z",
  pause: "M5 3v10M11 3v10",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9zM10.5 10.5L14 14",
  link: "M6.5 9.5l3-3M7 4.5l1.2-1.2a3 3 0 0 1 4.3 4.3L11.3 8.8M9 11.5l-1.2 1.2a3 3 0 0 1-4.3-4.3L4.7 7.2",
  up: "M3 10l5-5l5 5",
};

/** A line icon of one family, 16 px. */
export function icon(name, size = 16) {
  return svg(
    "svg.icon",
    { viewBox: "0 0 16 16", width: size, height: size, "aria-hidden": "true" },
    svg("path", { d: ICONS[name] }),
  );
}

/** Say something to a screen reader, politely. */
export function announce(words) {
  let node = document.getElementById("dl-live");
  if (!node) {
    node = h("div.sr-only", { id: "dl-live", role: "status", "aria-live": "polite" });
    document.body.append(node);
  }
  text(node, words);
}

/** A short note at the foot of the page, gone after three seconds. */
export function toast(words) {
  const node = h("div.toast", { role: "status" }, words);
  document.body.append(node);
  setTimeout(() => node.remove(), 3000);
}

export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
