// Starts the map in its frame and gives the page `window.dateline`, by which it talks to the map.
"use strict";
(() => {
  const { bytes, decodeColumns, toX, toY } = window.datelineData;
  const theme = window.datelineTheme;
  const { Marks } = window.datelineMarks;
  const { Plate } = window.datelinePlate;
  const { Interact } = window.datelineInteract;
  const { Furniture } = window.datelineFurniture;
  const THEME_MS = 180; // the page has changed its colours by then
  const LATELY = 6; // column files held at once
  const COUNTRY = 6; // the precision of what is known to the country only
  const COUNTRY_ZOOM = 5; // a country's name, and the badge that hangs on it, are still in view
  const EXACT = { animate: false, reset: true }; // Leaflet moves a view of the same zoom by whole pixels otherwise
  const HOME_SHARE = 0.7; // of the marks that the first view shows

  function start(map, config) {
    const heard = {}, plate = new Plate(map, config);
    let url = "", arrived, opened, asked = 0;
    const columns = new Promise((resolve) => (arrived = resolve));
    const ready = new Promise((resolve) => (opened = resolve));
    const lately = new Map(); // address → columns, of scenes that are stepped through
    const fetched = (next) => {
      const coming = bytes(next).then(decodeColumns);
      lately.set(next, coming);
      coming.catch(() => lately.delete(next));
      if (lately.size > LATELY) lately.delete(lately.keys().next().value);
      return coming;
    };
    let pending = null; // a selection by id, until the columns are there
    let kept = null; // the centre that was asked for, while the page around the map still takes its shape
    let homed = false; // the first view is still the map's own

    const api = {
      ready, columns, plate,
      on(event, f) {
        (heard[event] ||= new Set()).add(f);
        return () => heard[event].delete(f);
      },
      fire(event, detail) {
        for (const f of heard[event] || []) f(detail);
      },
      // Shows the columns at an address, and returns them; those that were shown lately are not fetched again.
      async load(next) {
        if (next === url && plate.columns) return plate.columns;
        url = next;
        const turn = ++asked, decoded = await (lately.get(next) || fetched(next));
        if (turn !== asked || plate.columns === decoded) return decoded;
        const id = pending !== null ? pending : plate.state.selected >= 0 ? plate.columns.id(plate.state.selected) : null;
        plate.columns = decoded;
        plate.state = { mask: sized(plate.state.mask, decoded.rows), dim: sized(plate.state.dim, decoded.rows), selected: id === null ? -1 : decoded.rowOf(id) };
        plate.marks = new Marks(decoded);
        theme.groups = decoded.groups;
        if (!api.started && !config.placed) home();
        plate.redraw();
        arrived(decoded);
        api.fire("columns", decoded);
        if (!api.started) {
          api.started = true;
          opened(api);
          api.fire("ready", api);
        }
        return decoded;
      },
      applyMask(mask) {
        const begin = performance.now();
        plate.state.mask = mask ? sized(mask, plate.columns ? plate.columns.rows : mask.length) : null;
        plate.drawMarks();
        return performance.now() - begin;
      },
      applyDim(mask) {
        plate.state.dim = mask;
        plate.drawMarks();
      },
      select(id, { fly = false } = {}) {
        pending = id;
        if (!plate.columns) return;
        const row = id === null ? -1 : plate.columns.rowOf(id);
        plate.select(row);
        if (fly && row >= 0) api.fit([row]);
      },
      flyTo(lat, lon, zoom, { ms = 600 } = {}) {
        config.placed = true;
        api.touched();
        plate.fly(lat, lon, zoom, ms);
      },
      setView(lat, lon, zoom) {
        config.placed = true;
        homed = false;
        kept = [lat, lon];
        plate.arrive();
        map.setView(kept, zoom, EXACT);
      },
      // What is drawn stays where it is when the frame changes its size, so that a card beside it moves nothing. A view
      // that was asked for stays in the middle instead, and the map's own first view fits again, until somebody touches
      // the page.
      resized() {
        map.invalidateSize({ pan: false });
        if (homed) home();
        if (kept) map.setView(kept, map.getZoom(), EXACT);
      },
      touched() {
        kept = null;
        homed = false;
      },
      // Shows all of west, south, east, north, whatever the size of the frame; at once where ms is 0.
      fitExtent([west, south, east, north], { ms = 600 } = {}) {
        config.placed = true;
        const bounds = window.L.latLngBounds([south, west], [north, east]);
        const zoom = map.getBoundsZoom(bounds), middle = map.unproject(map.project(bounds.getNorthWest(), zoom).add(map.project(bounds.getSouthEast(), zoom)).divideBy(2), zoom);
        if (ms) plate.fly(middle.lat, middle.lng, zoom, ms);
        else map.setView(middle, zoom, { animate: false });
      },
      fit(which, { most = 8 } = {}) {
        api.touched();
        const box = extent(plate, which === undefined ? plate.state.mask : which);
        if (box) plate.fitBox(box, 0, Array.isArray(which) && badged(plate, which) ? COUNTRY_ZOOM : most);
      },
      setBoundaryView(id) {
        const view = config.boundaries.views.find((v) => v.id === id);
        if (!view || plate.basemap.borders === id) return;
        plate.basemap.borders = id;
        furniture.name(view);
        plate.redraw();
        api.fire("borders", id);
      },
      setTheme(name) {
        api.dressed = name;
        plate.dress(name || theme.ofPage());
      },
      setChrome({ controls = true, strip = true, labels = 1 } = {}) {
        document.documentElement.classList.toggle("dl-bare", !controls);
        document.documentElement.classList.toggle("dl-nostrip", !strip);
        plate.labels.scale = labels;
        map.invalidateSize({ pan: false });
        plate.redraw();
      },
      getView() {
        const centre = map.getCenter(), b = map.getBounds();
        return {
          lat: centre.lat, lon: centre.lng, zoom: map.getZoom(),
          bounds: [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()], borders: plate.basemap.borders,
        };
      },
      strip: () => ({ borders: furniture.borders.textContent, source: config.attribution }),
      picture: (width, height) => plate.picture(width, height),
      rowsInView: () => rowsInView(plate),
      drawn: () => ({ ...plate.drawn }),
      drawSymbol: (ctx, x, y, size, { group, fill = "full", dashed = false, rim = false }) => {
        const g = plate.columns.groups[group], { colours } = plate;
        window.datelineSymbols.draw(ctx, x, y, size, {
          shape: g.shape, colour: colours.name === "dark" ? g.colour_dark : g.colour, fill, dashed, paper: colours.paper, rim,
        });
      },
      theme,
    };

    // The first view: where most of it is, never closer than a country. What lies apart is a click away ("Show
    // everything"), so that one stray place does not turn a region into a dot on the globe. A badge in the middle of a
    // country says little of where things are, and counts only where there is nothing better.
    function home() {
      const { row, precision } = plate.columns.marks, spots = new Uint8Array(plate.columns.rows);
      row.forEach((r, i) => precision[i] !== COUNTRY && (spots[r] = 1));
      for (const line of plate.marks.lines) spots[line.row] = 1;
      const box = extent(plate, spots, HOME_SHARE) || extent(plate, null, HOME_SHARE);
      if (!box) return;
      homed = true;
      const still = plate.fly;
      plate.fly = (lat, lon, zoom) => map.setView([lat, lon], zoom, EXACT);
      plate.fitBox(box, map.getMinZoom(), 6);
      plate.fly = still;
    }

    window.dateline = api;
    plate.interact = new Interact(plate, api);
    const furniture = new Furniture(plate, api, config);
    furniture.name(config.boundaries.views[0]);
    map.on("moveend", () => api.fire("move", api.getView()));
    plate.basemap.load(() => map.getZoom(), () => plate.soon());
    watch(plate, api);
    return api;
  }

  // A mask for as many rows as there are; a longer or shorter one belongs to an older revision.
  function sized(mask, rows) {
    if (!mask || mask.length === rows) return mask;
    const fitting = new Uint8Array(rows).fill(1);
    fitting.set(mask.subarray(0, rows));
    return fitting;
  }

  // The box of rows, of what a mask shows, or of the densest share of it, on the unit square.
  function extent(plate, which, share = 1) {
    const { marks, columns } = plate;
    if (!marks) return null;
    const wanted = Array.isArray(which) ? new Set(which) : null, xs = [], ys = [];
    const shows = (row) => (wanted ? wanted.has(row) : !which || which[row]);
    columns.marks.row.forEach((row, i) => {
      if (!shows(row)) return;
      xs.push(marks.x[i]);
      ys.push(marks.y[i]);
    });
    for (const line of marks.lines) {
      if (!shows(line.row)) continue;
      xs.push(line.box[0], line.box[2]);
      ys.push(line.box[1], line.box[3]);
    }
    if (!xs.length) return null;
    const [x0, x1] = shortest(xs, share), [y0, y1] = shortest(ys, share);
    return [x0, y0, x1, y1];
  }

  // Whether rows are drawn as badges of their countries only.
  function badged({ marks, columns }, rows) {
    const { row, precision } = columns.marks, wanted = new Set(rows);
    return !marks.lines.some((line) => wanted.has(line.row)) && !row.some((r, i) => wanted.has(r) && precision[i] !== COUNTRY);
  }

  // The shortest stretch that holds a share of the values.
  function shortest(values, share) {
    const sorted = Float64Array.from(values).sort(), n = sorted.length, held = Math.max(1, Math.ceil(n * share));
    let best = 0;
    for (let i = 1; i + held <= n; i++) if (sorted[i + held - 1] - sorted[i] < sorted[best + held - 1] - sorted[best]) best = i;
    return [sorted[best], sorted[best + held - 1]];
  }

  function rowsInView(plate) {
    const { marks, columns } = plate, mask = new Uint8Array(columns.rows), bounds = plate.map.getBounds();
    const x0 = toX(bounds.getWest()), x1 = toX(bounds.getEast()), y0 = toY(bounds.getNorth()), y1 = toY(bounds.getSouth());
    for (const shift of [-1, 0, 1]) {
      columns.marks.row.forEach((row, i) => {
        const x = marks.x[i] + shift, y = marks.y[i];
        if (x >= x0 && x <= x1 && y >= y0 && y <= y1) mask[row] = 1;
      });
      for (const { row, box } of marks.lines) {
        if (box[2] + shift >= x0 && box[0] + shift <= x1 && box[3] >= y0 && box[1] <= y1) mask[row] = 1;
      }
    }
    return mask;
  }

  // Follows the page: its theme, its size, its fonts.
  function watch(plate, api) {
    const follow = () => {
      if (api.dressed) return;
      const name = theme.ofPage();
      if (name !== plate.colours.name) plate.dress(name);
    };
    document.documentElement.dataset.theme = plate.colours.name;
    // Folium forbids a reader to enlarge the page; nobody should be forbidden that.
    for (const meta of document.querySelectorAll('meta[name="viewport"]')) meta.content = "width=device-width, initial-scale=1";
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(follow, THEME_MS));
    try {
      new MutationObserver(follow).observe(window.parent.document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class", "style"] });
      new MutationObserver(follow).observe(window.parent.document.body, { attributes: true, attributeFilter: ["data-theme", "class", "style"] });
    } catch (_) { /* a page of another origin */ }
    setTimeout(follow, 1000);
    new ResizeObserver(() => api.resized()).observe(plate.map.getContainer());
    for (const name of ["pointerdown", "wheel", "keydown"]) {
      for (const at of around()) at.addEventListener(name, () => api.touched(), { capture: true, passive: true });
    }
    const fonts = [`400 11px ${theme.SANS}`, `600 11px ${theme.SANS}`, `italic 400 12px ${theme.SERIF}`];
    Promise.all(fonts.map((font) => document.fonts.load(font))).then(() => {
      plate.labels.widths.clear();
      plate.soon();
    });
  }

  // The frame, and the page that it is in unless that is another's.
  function around() {
    try {
      return window.parent.document && window.parent !== window ? [window, window.parent] : [window];
    } catch (_) {
      return [window];
    }
  }

  window.datelineStart = start;
})();
