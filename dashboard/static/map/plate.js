// The plate: three canvases in Leaflet's panes (base, marks, labels), drawn together, moved and scaled with the map.
"use strict";
window.datelinePlate = (() => {
  const { toLat } = window.datelineData;
  const theme = window.datelineTheme;
  const { Basemap } = window.datelineBasemap;
  const { Labels } = window.datelineLabels;
  const { element } = window.datelineInteract;
  const PADDING = 0.2; // drawn beyond each edge, so that a pan shows land at once
  const FLIGHT_MS = 140; // between two drawings of a flight
  const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");

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
      map.on("viewreset moveend resize", () => {
        this.flying = false;
        this.redraw();
      });
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
      this.canvas.labels.style.opacity = this.flying ? 0 : 1;
      if (this.flying) this.hung = []; // names and badges wait until the flight is over
      else this.drawLabels();
      this.drawMarks();
      this.drawnTime = performance.now();
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
      const end = this.interact && this.interact.showLabel(at || null, at ? this.columns.title(selected) : "");
      if (end) {
        const [dx, dy] = end.map(Math.sign);
        ctx.beginPath();
        ctx.moveTo(at.x + (found && !found.badge ? 10 * dx : 0), at.y + (found ? 9 * dy : 0));
        ctx.lineTo(at.x + end[0], at.y + end[1]);
        ctx.strokeStyle = this.colours.selection;
        ctx.lineWidth = 1.2;
        ctx.stroke();
      }
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
      if (this.flying && performance.now() - this.drawnTime > FLIGHT_MS) {
        this.redraw();
        return;
      }
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

    // Leaflet drops a view that is asked for while a zoom is still moving; so the zoom ends where it was going, at once.
    arrive() {
      if (this.map._animatingZoom) this.map._onZoomTransitionEnd();
    }

    fly(lat, lon, zoom, ms = 600) {
      this.arrive();
      if (STILL.matches || ms === 0) this.map.setView([lat, lon], zoom, { animate: false });
      else {
        this.flying = true;
        this.map.flyTo([lat, lon], zoom, { duration: ms / 1000, easeLinearity: 0.4 });
      }
    }

    // The same view as a picture on white paper: the three canvases drawn anew at a size of their own, in the light
    // colours, showing at least what the screen shows. Returns the canvas, and how many pixels of it 1 km is.
    picture(width, height, ratio = 2.5) {
      const { canvas, view, hung, colours, drawn, corner } = this, { map } = this, size = map.getSize();
      const zoom = map.getZoom() + Math.log2(Math.min(width / size.x, height / size.y));
      const middle = map.project(map.getCenter(), zoom), whole = element("canvas", "");
      this.view = { zoom, scale: 256 * 2 ** zoom, ox: middle.x - width / 2, oy: middle.y - height / 2, width, height, ratio, pad: L.point(0, 0) };
      this.colours = theme.LIGHT;
      this.canvas = { base: element("canvas", ""), marks: element("canvas", ""), labels: element("canvas", "") };
      for (const part of [whole, ...Object.values(this.canvas)]) [part.width, part.height] = [width * ratio, height * ratio];
      this.drawBase();
      if (this.marks) this.marks.prepare(this.view);
      this.drawLabels();
      this.drawMarks();
      for (const part of Object.values(this.canvas)) whole.getContext("2d").drawImage(part, 0, 0);
      Object.assign(this, { canvas, view, hung, colours, drawn, corner });
      this.redraw();
      const metres = 40075017 * Math.cos((map.getCenter().lat * Math.PI) / 180) / (256 * 2 ** zoom);
      return { canvas: whole, kilometre: 1000 / metres };
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

  return { Plate };
})();
