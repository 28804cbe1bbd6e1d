// A small map without a frame: the map page's own plate and names on one canvas, and dots for places.
import { h, icon, set } from "./dom.js";

const SCRIPTS = ["data", "theme", "basemap", "labels"];
const LEAST = 1, MOST = 10;
let loading = null;

/** Load the map page's drawing once: its scripts leave what they make on `window`. */
function drawing(config) {
  loading ||= (async () => {
    for (const name of SCRIPTS) await import(new URL(`${config.scripts}${name}.js?v=${config.version}`, location.origin).href);
    const { Basemap } = window.datelineBasemap;
    const basemap = new Basemap(config.basemap, config.boundaries);
    return { basemap, labels: new window.datelineLabels.Labels(basemap), data: window.datelineData, theme: window.datelineTheme };
  })();
  return loading;
}

/** Make a map; `choose(id)` is called on a click on a place. Gives {node, show(places, lines), select(id)}. */
export function minimap(choose) {
  const base = h("canvas");
  const top = h("canvas.dots", { tabindex: "0", role: "img" });
  const strip = h("p.mini-strip");
  const zoom = (by) => h("button", { type: "button", "aria-label": by > 0 ? "Zoom in" : "Zoom out", onclick: () => zoomBy(by) }, icon(by > 0 ? "plus" : "minus"));
  const stage = h("div.mini-stage", {}, base, top, h("div.mini-zoom", {}, zoom(1), zoom(-1)));
  const node = h("figure.mini", { "aria-label": "Map of the places in this text" }, stage, strip);
  const map = { places: [], lines: [], selected: "", at: { zoom: 2, x: 0.7, y: 0.4 }, kit: null, fitted: true };

  function view() {
    const { clientWidth: width, clientHeight: height } = stage;
    const scale = 256 * 2 ** map.at.zoom;
    return { zoom: map.at.zoom, scale, ox: map.at.x * scale - width / 2, oy: map.at.y * scale - height / 2, width, height, ratio: Math.min(devicePixelRatio || 1, 2) };
  }

  function pen(canvas, v) {
    const w = Math.round(v.width * v.ratio), high = Math.round(v.height * v.ratio);
    if (canvas.width !== w || canvas.height !== high) [canvas.width, canvas.height] = [w, high];
    const ctx = canvas.getContext("2d");
    ctx.setTransform(v.ratio, 0, 0, v.ratio, 0, 0);
    return ctx;
  }

  let due = 0;
  const soon = () => (due ||= requestAnimationFrame(() => ((due = 0), draw())));

  function draw() {
    if (!map.kit || !stage.clientWidth) return;
    const { basemap, labels, theme } = map.kit;
    const v = view(), colours = theme.pick(theme.ofPage());
    basemap.need(v.zoom);
    basemap.draw(pen(base, v), v, colours);
    const ctx = pen(top, v);
    const spots = map.places.filter((p) => p.lat !== null).map((p) => ({ place: p, ...spot(p, v) }));
    const chosen = spots.find((s) => s.place.id === map.selected);
    const boxes = spots.filter((s) => !s.country).map((s) => [s.x - 6, s.y - 6, s.x + 6, s.y + 6]);
    const name = chosen && label(ctx, chosen, v, theme);
    if (name) boxes.push(name.box);
    labels.draw(ctx, labels.place(ctx, v, boxes, new Map()).texts, colours); // clears first
    for (const line of map.lines) route(ctx, line, v, colours);
    for (const s of spots) if (s !== chosen) dot(ctx, s, colours, false);
    if (chosen) {
      dot(ctx, chosen, colours, true);
      tell(ctx, name, colours);
    }
    map.spots = spots;
  }

  function spot(place, v) {
    const { toX, toY } = map.kit.data;
    let x = toX(place.lon) * v.scale - v.ox;
    if (x < -v.scale / 2) x += v.scale;
    if (x > v.scale / 2 + v.width) x -= v.scale;
    return { x, y: toY(place.lat) * v.scale - v.oy, country: place.precision === 6 };
  }

  function route(ctx, line, v, colours) {
    const { toX, toY } = map.kit.data;
    ctx.beginPath();
    line.points.forEach(([lat, lon], i) => ctx[i ? "lineTo" : "moveTo"](toX(lon) * v.scale - v.ox, toY(lat) * v.scale - v.oy));
    ctx.setLineDash([6, 4]);
    ctx.lineWidth = 2;
    ctx.strokeStyle = getComputedStyle(node).getPropertyValue(`--group-${line.group}`) || colours.secondary;
    ctx.stroke();
    ctx.setLineDash([]);
  }

  function dot(ctx, { x, y, place, country }, colours, chosen) {
    const style = getComputedStyle(node);
    const blue = chosen ? colours.selection : style.getPropertyValue("--place").trim();
    const r = country ? 4 : Math.min(8, 4 + Math.sqrt(place.count) / 2);
    ctx.beginPath();
    if (country) ctx.roundRect(x - 9, y + 5, 18, 13, 6.5);
    else ctx.arc(x, y, r, 0, 2 * Math.PI);
    const hollow = country || place.refused || place.unsure || !place.pinned;
    ctx.fillStyle = hollow ? colours.paper : blue;
    ctx.fill();
    ctx.strokeStyle = place.refused && !chosen ? colours.ink : country && !chosen ? colours.secondary : hollow ? blue : colours.paper;
    ctx.lineWidth = hollow && !country ? 2 : 1.2;
    if (place.unsure && !place.refused) ctx.setLineDash([2.5, 2]);
    ctx.stroke();
    ctx.setLineDash([]);
    if (country) {
      ctx.font = `600 9.5px ${map.kit.theme.SANS}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillStyle = chosen ? colours.selection : colours.ink;
      ctx.fillText(place.count > 999 ? "999" : String(place.count), x, y + 12);
    }
    if (place.refused) {
      ctx.beginPath();
      ctx.moveTo(x - r - 2, y + r + 2);
      ctx.lineTo(x + r + 2, y - r - 2);
      ctx.stroke();
    }
  }

  function label(ctx, { x, y, place }, v, theme) {
    ctx.font = `600 12px ${theme.SANS}`;
    const words = place.name.length > 34 ? `${place.name.slice(0, 33)}…` : place.name;
    const width = ctx.measureText(words).width + 12;
    const left = Math.max(4, Math.min(x - width / 2, v.width - width - 4));
    const above = y > 40 ? y - 34 : y + 22;
    return { words, left, above, width, box: [left, above, left + width, above + 20], font: ctx.font };
  }

  function tell(ctx, { words, left, above, width, font }, colours) {
    ctx.beginPath();
    ctx.roundRect(left, above, width, 20, 4);
    ctx.fillStyle = colours.paper;
    ctx.fill();
    ctx.strokeStyle = colours.selection;
    ctx.lineWidth = 1;
    ctx.stroke();
    ctx.font = font;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.fillStyle = colours.selection;
    ctx.fillText(words, left + 6, above + 10.5);
  }

  /** Look at all places; those that are named most count, so that one far away does not shrink the rest. */
  function fit() {
    const { toX, toY } = map.kit.data;
    let shown = map.places.filter((p) => p.lat !== null && p.pinned && !p.unsure && p.precision !== 6);
    if (!shown.length) shown = map.places.filter((p) => p.lat !== null);
    if (!shown.length) return;
    const total = shown.reduce((sum, p) => sum + p.count, 0);
    const middle = (value) => {
      const sorted = shown.map((p) => [value(p), p.count]).sort((a, b) => a[0] - b[0]);
      const at = (share) => {
        let sum = 0;
        return sorted.find(([, count]) => (sum += count) >= share * total)[0];
      };
      return shown.length > 8 ? [at(0.1), at(0.9)] : [sorted[0][0], sorted[sorted.length - 1][0]];
    };
    const [w, e] = middle((p) => toX(p.lon));
    const [n, s] = middle((p) => toY(p.lat));
    const { clientWidth: width, clientHeight: height } = stage;
    const room = Math.min((width - 64) / Math.max(e - w, 1e-4), (height - 64) / Math.max(s - n, 1e-4)) / 256;
    map.at = { zoom: Math.max(2.2, Math.min(6, Math.log2(room))), x: (w + e) / 2, y: (n + s) / 2 };
  }

  function zoomBy(by, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
    const v = view();
    const zoomed = Math.max(LEAST, Math.min(MOST, map.at.zoom + by));
    const wx = (v.ox + x) / v.scale, wy = (v.oy + y) / v.scale, scale = 256 * 2 ** zoomed;
    map.at = { zoom: zoomed, x: wx + (v.width / 2 - x) / scale, y: wy + (v.height / 2 - y) / scale };
    soon();
  }

  const at = (event) => [event.offsetX, event.offsetY];
  const near = ([x, y]) => {
    let best = null, least = 14;
    for (const s of map.spots || []) {
      const d = Math.hypot(s.x - x, (s.country ? s.y + 11 : s.y) - y);
      if (d < least) [best, least] = [s, d];
    }
    return best?.place || null;
  };
  let drag = null;
  top.onpointerdown = (event) => {
    drag = { x: event.clientX, y: event.clientY, at: map.at, moved: false };
    top.setPointerCapture(event.pointerId);
  };
  top.onpointermove = (event) => {
    if (!drag) return void (top.style.cursor = near(at(event)) ? "pointer" : "grab");
    const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
    if (!drag.moved && Math.hypot(dx, dy) < 4) return;
    drag.moved = true;
    const scale = 256 * 2 ** map.at.zoom;
    map.at = { ...drag.at, x: drag.at.x - dx / scale, y: drag.at.y - dy / scale };
    soon();
  };
  top.onpointerup = (event) => {
    if (drag && !drag.moved) {
      const place = near(at(event));
      if (place) choose(place.id);
    }
    drag = null;
  };
  top.onpointercancel = () => (drag = null);
  top.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomBy(-event.deltaY / 250, ...at(event));
  }, { passive: false });
  top.onkeydown = (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) {
      const scale = 256 * 2 ** map.at.zoom;
      map.at = { ...map.at, x: map.at.x + (step[0] * 60) / scale, y: map.at.y + (step[1] * 60) / scale };
      soon();
    } else if ("+=".includes(event.key)) zoomBy(1);
    else if (event.key === "-") zoomBy(-1);
    else return;
    event.preventDefault();
  };
  new ResizeObserver(soon).observe(stage);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(soon, 180));

  map.node = node;
  map.show = async (places, lines, config, borders) => {
    map.places = places;
    map.lines = lines;
    set(top, "aria-label", `Map with ${places.filter((p) => p.lat !== null).length} places of this text; the list below holds the same places`);
    const [, name] = config.views.find(([id]) => id === borders) || config.views[0];
    strip.replaceChildren(h("span", {}, name), h("span", {}, config.attribution));
    const first = !map.kit;
    map.kit = await drawing(config);
    map.kit.basemap.borders = borders || config.views[0][0];
    if (first) map.kit.basemap.load(() => map.at.zoom, soon);
    fit();
    soon();
  };
  /** Mark a place and bring it into view. */
  map.select = (id) => {
    map.selected = id;
    const place = map.places.find((p) => p.id === id);
    if (place && place.lat !== null && map.kit) {
      const { x, y } = spot(place, view());
      if (x < 24 || y < 24 || x > stage.clientWidth - 24 || y > stage.clientHeight - 24) {
        map.at = { ...map.at, x: map.kit.data.toX(place.lon), y: map.kit.data.toY(place.lat) };
      }
    }
    soon();
  };
  /** Where a place was drawn, for tests. */
  map.spotOf = (id) => (map.spots || []).find((s) => s.place.id === id) || null;
  return map;
}
