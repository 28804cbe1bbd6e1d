// The map's frame: canvases in Leaflet's panes, the furniture, and `window.dateline`, by which the page talks to it.
"use strict";
(() => {
  const { bytes, decodeColumns, toX, toY, toLat } = window.datelineData;
  const theme = window.datelineTheme;
  const { Basemap } = window.datelineBasemap;
  const { Labels } = window.datelineLabels;
  const { Marks } = window.datelineMarks;
  const { Interact, element } = window.datelineInteract;
  const PADDING = 0.2; // drawn beyond each edge, so that a pan shows land at once
  const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");
  const MARK_MS = 180;
  const HOME_SHARE = 0.8;

  // The canvases and what is on them.
  class Plate {
    constructor(map, config) {
      this.map = map;
      this.config = config;
      this.state = { mask: null, dim: null, selected: -1 };
      this.colours = theme.pick(theme.ofPage());
      this.basemap = new Basemap(config.basemap, config.boundaries);
      this.labels = new Labels(this.basemap);
      this.canvas = {};
      for (const name of ["base", "marks", "labels"]) {
        this.canvas[name] = element("canvas", `dl-canvas dl-${name} leaflet-zoom-animated`);
        this.canvas[name].setAttribute("aria-hidden", "true");
      }
      // Until marks are drawn the plate lies behind Leaflet's panes: a mark is said to be drawn only when it is.
      this.before = element("div", "dl-before");
      map.getContainer().prepend(this.before);
      this.before.append(this.canvas.base, this.canvas.labels);
      map.on("viewreset moveend zoomend resize", () => this.redraw());
      map.on("move", () => this.follow());
      map.on("zoomanim", (event) => this.animate(event.center, event.zoom));
      map.on("zoom", () => this.animate(map.getCenter(), map.getZoom()));
      this.redraw();
    }

    // Draws once for all that arrives until the next frame.
    soon() {
      this.due ||= requestAnimationFrame(() => {
        this.due = 0;
        this.redraw();
      });
    }

    // The part of the world that the canvases hold, in pixels of the present zoom.
    frame() {
      const size = this.map.getSize(), pad = size.multiplyBy(PADDING).round();
      const zoom = this.map.getZoom(), scale = 256 * 2 ** zoom;
      const origin = this.map.getPixelBounds().min.subtract(pad);
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      return { zoom, scale, ox: origin.x, oy: origin.y, width: size.x + 2 * pad.x, height: size.y + 2 * pad.y, ratio, pad };
    }

    redraw() {
      const size = this.map.getSize();
      if (!size.x || !size.y) return;
      this.view = this.frame();
      this.basemap.need(this.view.zoom);
      this.drawnAt = { center: this.map.getCenter(), zoom: this.view.zoom };
      const corner = this.map.containerPointToLayerPoint(this.view.pad.multiplyBy(-1));
      this.corner = corner;
      for (const canvas of Object.values(this.canvas)) this.fitCanvas(canvas, corner);
      this.drawBase();
      if (this.marks) this.marks.prepare(this.view);
      this.drawLabels();
      this.drawMarks();
    }

    fitCanvas(canvas, corner) {
      const { width, height, ratio } = this.view, w = Math.round(width * ratio), h = Math.round(height * ratio);
      if (canvas.width !== w || canvas.height !== h) {
        canvas.width = w;
        canvas.height = h;
        canvas.style.width = width + "px";
        canvas.style.height = height + "px";
      }
      const lies = canvas.parentNode === this.before ? corner.add(L.DomUtil.getPosition(this.map.getPane("mapPane")) || L.point(0, 0)) : corner;
      L.DomUtil.setTransform(canvas, lies, 1);
    }

    pen(name) {
      const ctx = this.canvas[name].getContext("2d");
      ctx.setTransform(this.view.ratio, 0, 0, this.view.ratio, 0, 0);
      return ctx;
    }

    drawBase() {
      this.basemap.draw(this.pen("base"), this.view, this.colours);
    }

    drawLabels() {
      const ctx = this.pen("labels");
      const placed = this.labels.place(ctx, this.view, this.marks ? this.marks.obstacles() : [], this.marks ? this.marks.badgeOf : new Map());
      this.hung = placed.badges;
      this.labels.draw(ctx, placed.texts, this.colours);
    }

    drawMarks() {
      if (!this.marks) return;
      const start = performance.now(), ctx = this.pen("marks");
      const drawn = this.marks.draw(ctx, this.view, this.state, this.colours);
      this.marks.drawBadges(ctx, this.hung, this.state, drawn, this.colours);
      this.drawSelection(ctx);
      if (this.before.contains(this.canvas.base)) this.settle();
      drawn.ms = performance.now() - start;
      this.drawn = drawn;
    }

    // Puts the canvases where Leaflet moves them, now that marks are on them.
    settle() {
      const pane = this.map.getPane("overlayPane");
      pane.append(this.canvas.base, this.canvas.marks, this.canvas.labels);
      for (const canvas of Object.values(this.canvas)) this.fitCanvas(canvas, this.corner);
      this.before.remove();
    }

    drawSelection(ctx) {
      const { selected } = this.state, { found } = this.marks;
      const line = selected >= 0 && !found ? (this.marks.lineHits || []).find(([l]) => l.row === selected) : null;
      let at = found;
      if (found && !found.badge) {
        ctx.beginPath();
        ctx.arc(found.x, found.y, found.n > 1 ? 17 : 13, 0, 2 * Math.PI);
        ctx.strokeStyle = this.colours.selection;
        ctx.lineWidth = 2.2;
        ctx.stroke();
      } else if (line) {
        const [{ xy }, shift] = line, k = Math.floor(xy.length / 4) * 2, { scale, ox, oy } = this.view;
        const mid = xy.length === 4 ? [(xy[0] + xy[2]) / 2, (xy[1] + xy[3]) / 2] : [xy[k], xy[k + 1]];
        at = { x: (mid[0] + shift) * scale - ox, y: mid[1] * scale - oy };
      }
      if (at) {
        ctx.beginPath();
        ctx.moveTo(at.x + (found && !found.badge ? 10 : 0), at.y - (found && !found.badge ? 9 : 0));
        ctx.lineTo(at.x + 24, at.y - 22);
        ctx.strokeStyle = this.colours.selection;
        ctx.lineWidth = 1.2;
        ctx.stroke();
      }
      if (this.interact) this.interact.showLabel(at || null, at ? this.columns.title(selected) : "");
    }

    // While the map moves, Leaflet shifts the canvases; past their edge they are drawn anew.
    follow() {
      if (!this.view || this.map._animatingZoom) return;
      const { pad, zoom } = this.view;
      if (this.before.isConnected) this.animate(this.map.getCenter(), this.map.getZoom());
      if (this.map.getZoom() !== zoom || this.waiting) return;
      const now = this.map.containerPointToLayerPoint(pad.multiplyBy(-1));
      if (Math.abs(now.x - this.corner.x) < pad.x && Math.abs(now.y - this.corner.y) < pad.y) return;
      this.waiting = requestAnimationFrame(() => {
        this.waiting = 0;
        this.redraw();
      });
    }

    // Scales what is drawn to a zoom on the way, as Leaflet's own renderers do.
    animate(center, zoom) {
      if (!this.drawnAt) return;
      const scale = this.map.getZoomScale(zoom, this.drawnAt.zoom);
      const half = this.map.getSize().multiplyBy(0.5).add(this.view.pad);
      const then = this.map.project(this.drawnAt.center, zoom), now = this.map._getNewPixelOrigin(center, zoom);
      const corner = half.multiplyBy(-scale).add(then).subtract(now);
      for (const canvas of Object.values(this.canvas)) {
        const shift = canvas.parentNode === this.before ? L.DomUtil.getPosition(this.map.getPane("mapPane")) || L.point(0, 0) : L.point(0, 0);
        L.DomUtil.setTransform(canvas, corner.add(shift), scale);
      }
      if (this.interact) this.interact.label.hidden = true;
    }

    toCanvas(point) {
      const layer = this.map.containerPointToLayerPoint(point);
      return [layer.x - this.corner.x, layer.y - this.corner.y];
    }

    fromCanvas([x, y]) {
      return this.map.layerPointToContainerPoint(L.point(x + this.corner.x, y + this.corner.y));
    }

    fitBox([x0, y0, x1, y1], least = 0, most = 11) {
      const size = this.map.getSize(), room = [Math.max(80, size.x - 120), Math.max(80, size.y - 120)];
      const span = Math.max((x1 - x0) / room[0], (y1 - y0) / room[1], 1e-9);
      const zoom = Math.max(least, Math.min(most, Math.floor(4 * Math.log2(1 / (256 * span))) / 4));
      this.fly(toLat((y0 + y1) / 2), ((x0 + x1) / 2 - 0.5) * 360, Math.min(zoom, this.map.getMaxZoom()));
    }

    fly(lat, lon, zoom, ms = 600) {
      if (STILL.matches || ms === 0) this.map.setView([lat, lon], zoom, { animate: false });
      else this.map.flyTo([lat, lon], zoom, { duration: ms / 1000, easeLinearity: 0.4 });
    }

    select(row) {
      this.state.selected = row;
      this.drawMarks();
    }

    dress(name) {
      this.colours = theme.pick(name);
      document.documentElement.dataset.theme = this.colours.name;
      this.redraw();
    }
  }

  // Everything around the plate: buttons, the strip below.
  class Furniture {
    constructor(plate, api, config) {
      this.plate = plate;
      this.config = config;
      const box = plate.map.getContainer();
      const group = box.appendChild(element("div", "dl-buttons"));
      L.DomEvent.disableClickPropagation(group);
      for (const [text, name, act] of [
        ["+", "Zoom in", () => plate.map.zoomIn(1)], ["−", "Zoom out", () => plate.map.zoomOut(1)], ["", "Show everything", () => api.fit()],
      ]) {
        const button = group.appendChild(element("button", text ? "" : "dl-fit", text));
        button.title = name;
        button.setAttribute("aria-label", name);
        button.onclick = act;
      }
      this.strip = document.body.appendChild(element("div", "dl-strip"));
      this.borders = this.strip.appendChild(element("span", "dl-borders"));
      this.scale = this.strip.appendChild(element("span", "dl-scale"));
      this.bar = this.scale.appendChild(element("span", "dl-bar"));
      this.length = this.bar.appendChild(element("span", ""));
      this.strip.appendChild(element("span", "dl-source", config.attribution));
      plate.map.on("moveend zoomend resize", () => this.measure());
      this.measure();
    }

    name(view) {
      this.borders.textContent = view ? view.strip : "";
    }

    // A round length at the middle of the map.
    measure() {
      const { map } = this.plate, metres = 40075017 * Math.cos((map.getCenter().lat * Math.PI) / 180) / (256 * 2 ** map.getZoom());
      const most = 150 * metres, power = 10 ** Math.floor(Math.log10(most));
      const round = [5, 2, 1].map((n) => n * power).find((n) => n <= most) || power;
      this.bar.style.width = Math.round(round / metres) + "px";
      this.length.textContent = round >= 1000 ? `${(round / 1000).toLocaleString("en").replace(/,/g, "\u2009")} km` : `${round} m`;
    }
  }

  function start(map, config) {
    const heard = {}, plate = new Plate(map, config);
    let url = "", arrived, opened, asked = 0;
    const columns = new Promise((resolve) => (arrived = resolve));
    const ready = new Promise((resolve) => (opened = resolve));
    let pending = null; // a selection by id, until the columns are there

    const api = {
      ready, columns, plate,
      on(event, f) {
        (heard[event] ||= new Set()).add(f);
        return () => heard[event].delete(f);
      },
      fire(event, detail) {
        for (const f of heard[event] || []) f(detail);
      },
      async load(next) {
        if (next === url) return;
        url = next;
        const turn = ++asked, decoded = decodeColumns(await bytes(next));
        if (turn !== asked) return;
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
        plate.fly(lat, lon, zoom, ms);
      },
      setView(lat, lon, zoom) {
        config.placed = true;
        map.setView([lat, lon], zoom, { animate: false });
      },
      fit(which) {
        const box = extent(plate, which === undefined ? plate.state.mask : which);
        if (box) plate.fitBox(box, 0, 8);
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
    // everything"), so that one stray place does not turn a region into a dot on the globe.
    function home() {
      const box = extent(plate, null, HOME_SHARE);
      if (!box) return;
      const still = plate.fly;
      plate.fly = (lat, lon, zoom) => map.setView([lat, lon], zoom, { animate: false });
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
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(follow, MARK_MS));
    try {
      new MutationObserver(follow).observe(window.parent.document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class", "style"] });
      new MutationObserver(follow).observe(window.parent.document.body, { attributes: true, attributeFilter: ["data-theme", "class", "style"] });
    } catch (_) { /* a page of another origin */ }
    setTimeout(follow, 1000);
    new ResizeObserver(() => plate.map.invalidateSize({ pan: false })).observe(plate.map.getContainer());
    const fonts = [`400 11px ${theme.SANS}`, `600 11px ${theme.SANS}`, `italic 400 12px ${theme.SERIF}`];
    Promise.all(fonts.map((font) => document.fonts.load(font))).then(() => {
      plate.labels.widths.clear();
      plate.soon();
    });
  }

  window.datelineStart = start;
})();
