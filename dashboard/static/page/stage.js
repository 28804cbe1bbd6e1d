// The map behind a slide: mask, selection, borders and view are set on the one frame, which is never mounted anew.
import { still } from "./dom.js";

const FLIGHT = 700;
/** A single place is shown with what lies around it. */
const CLOSEST = 5.5;
/** A country as a whole, with its neighbours. */
const COUNTRY = 4;
/** Precision codes from here on name no place within a country. */
const COUNTRY_ONLY = 6;

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
  if (slide.extent) map.fitExtent(slide.extent, { ms: fly && !still() ? FLIGHT : 0 });
  map.load(slide.columns).then((columns) => {
    const mask = unpacked(slide.mask, slide.rows);
    map.applyMask(columns.rows === slide.rows ? mask : null);
    const row = slide.selected ? columns.rowOf(slide.selected) : -1;
    const lit = row >= 0 ? new Uint8Array(columns.rows) : null;
    if (lit) lit[row] = 1;
    map.applyDim(lit);
    map.select(slide.selected || null, { fly: false });
    if (slide.extent) return;
    if (row >= 0) map.fit([row], { most: columns.precision[row] >= COUNTRY_ONLY ? COUNTRY : CLOSEST });
    else map.fit(mask, { most: CLOSEST });
  });
}
