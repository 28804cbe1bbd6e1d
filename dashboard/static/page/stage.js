// The map behind a slide: mask, selection, borders and view are set on the one frame, which is never mounted anew.
import { still } from "./dom.js";

const FLIGHT = 700;
/** Call use(map) with the map's frame, as soon as its script runs. */
export function onStage(use) {
  const map = document.querySelector(".st-key-dl-stage iframe")?.contentWindow?.dateline;
  if (map?.columns) use(map);
  else requestAnimationFrame(() => onStage(use));
}

/** Unpack a mask of one bit a row. */
export function unpacked(letters, rows) {
  const bytes = atob(letters);
  const mask = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) mask[i] = (bytes.charCodeAt(i >> 3) >> (7 - (i & 7))) & 1;
  return mask;
}

/** Show a slide's state of the map; fly there, or be there at once. A scene that is kept as it was has its own columns. */
export function setStage(map, slide, { fly = true } = {}) {
  map.setBoundaryView(slide.borders);
  map.fitExtent(slide.extent, { ms: fly && !still() ? FLIGHT : 0 });
  map.load(slide.columns).then((columns) => {
    const mask = unpacked(slide.mask, slide.rows);
    map.applyMask(columns.rows === slide.rows ? mask : null);
    const row = slide.selected ? columns.rowOf(slide.selected) : -1;
    const lit = row >= 0 ? new Uint8Array(columns.rows) : null;
    if (lit) lit[row] = 1;
    map.applyDim(lit);
    map.select(slide.selected || null, { fly: false });
  });
}

const NICE_KM = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
const MOST_PIXELS = 180;

/** Keep a scale bar true to the map: the longest round distance that takes at most so many pixels. */
export function scaleBar(map, node) {
  const draw = () => {
    const { lat, zoom } = map.getView(), km = (40075.016 * Math.cos((lat * Math.PI) / 180)) / (256 * 2 ** zoom);
    const long = NICE_KM.filter((k) => k / km <= MOST_PIXELS).pop() || 1;
    node.style.setProperty("--long", `${Math.round(long / km)}px`);
    node.textContent = `${String(long).replace(/(\d)(\d{3})$/, "$1\u2009$2")} km`;
  };
  draw();
  return map.on("move", draw);
}
