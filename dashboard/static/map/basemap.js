// Draws the plate under the marks: water, land, lakes, rivers, borders of the chosen view, hatched disputes.
"use strict";
window.datelineBasemap = (() => {
  const { json, decodeLand, decodeLines, toX, toY, boxOf } = window.datelineData;
  const LEVELS = [["land-0", 4], ["land-1", 6], ["land-2", Infinity]]; // file, zoom below which it is used
  const ADMIN1_ZOOM = 5, RIVER_ZOOM = 3.5, LAKE_ZOOM = 2.5;

  const FIRST_MS = 60, IDLE_MS = 2500;
  const levelOf = (zoom) => LEVELS.findIndex(([, below]) => zoom < below);

  // Adds a line to the path, leaving out points that cannot be seen: those beyond one side of the view, and those
  // less than a pixel from the one before. `view` has scale, ox, oy (pixels), width, height.
  function trace(ctx, xy, view, shift) {
    const { scale, oy, width, height } = view, ox = view.ox - shift * scale, margin = 8;
    let shared = 0, px = 0, py = 0, lastX = NaN, lastY = NaN, pending = false;
    for (let i = 0; i < xy.length; i += 2) {
      const x = xy[i] * scale - ox, y = xy[i + 1] * scale - oy;
      const code = (x < -margin ? 1 : x > width + margin ? 2 : 0) | (y < -margin ? 4 : y > height + margin ? 8 : 0);
      if (i === 0) {
        ctx.moveTo(x, y);
        shared = code;
        lastX = x;
        lastY = y;
        continue;
      }
      if (shared & code) {
        shared &= code;
        px = x;
        py = y;
        pending = true;
        continue;
      }
      if (pending) {
        ctx.lineTo(px, py);
        lastX = px;
        lastY = py;
        pending = false;
      }
      shared = code;
      if (i + 2 < xy.length && Math.abs(x - lastX) + Math.abs(y - lastY) < 0.9) continue;
      ctx.lineTo(x, y);
      lastX = x;
      lastY = y;
    }
    if (pending) ctx.lineTo(px, py);
  }

  // The copies of the world that the view shows: 0 alone, or its neighbours too across 180°.
  function shifts(view) {
    const first = Math.floor(view.ox / view.scale), last = Math.floor((view.ox + view.width) / view.scale);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  }

  const seen = (box, view, shift) =>
    (box[2] + shift) * view.scale > view.ox - 8 && (box[0] + shift) * view.scale < view.ox + view.width + 8 &&
    box[3] * view.scale > view.oy - 8 && box[1] * view.scale < view.oy + view.height + 8;

  // Joins the arcs that only one unit touches into closed coast lines, so that land is filled without seams.
  function coasts(land) {
    const from = new Map(), used = new Set(), rings = [];
    const key = (xy, i) => xy[i] + "," + xy[i + 1];
    land.arcs.forEach((arc, i) => {
      if (arc.sides.length !== 1) return;
      for (const end of [key(arc.xy, 0), key(arc.xy, arc.xy.length - 2)]) {
        if (!from.has(end)) from.set(end, []);
        from.get(end).push(i);
      }
    });
    land.arcs.forEach((arc, i) => {
      if (arc.sides.length !== 1 || used.has(i)) return;
      const points = Array.from(arc.xy);
      const start = key(arc.xy, 0);
      used.add(i);
      for (let at = key(arc.xy, arc.xy.length - 2); at !== start; ) {
        const next = (from.get(at) || []).find((j) => !used.has(j));
        if (next === undefined) break;
        used.add(next);
        const { xy } = land.arcs[next];
        if (key(xy, 0) === at) {
          for (let k = 2; k < xy.length; k++) points.push(xy[k]);
          at = key(xy, xy.length - 2);
        } else {
          for (let k = xy.length - 4; k >= 0; k -= 2) points.push(xy[k], xy[k + 1]);
          at = key(xy, 0);
        }
      }
      const xy = Float64Array.from(points);
      rings.push({ xy, box: boxOf(xy) });
    });
    return rings;
  }

  class Basemap {
    constructor(base, boundaries) {
      this.base = base;
      this.areas = new Map(boundaries.areas.map((area) => [area.id, area]));
      for (const area of boundaries.areas) {
        if (!area.ring) continue;
        const xy = Float64Array.from([...area.ring, area.ring[0]].flatMap(([lon, lat]) => [toX(lon), toY(lat)]));
        area.outline = { xy, box: boxOf(xy) };
      }
      this.levels = [];
      this.borders = "de_facto";
    }

    level(zoom) {
      const wanted = levelOf(zoom);
      for (let i = 0; i < LEVELS.length; i++) { // the nearest that has arrived
        if (this.levels[wanted - i]) return this.levels[wanted - i];
        if (this.levels[wanted + i]) return this.levels[wanted + i];
      }
      return null;
    }

    // Loads what the zoom needs and is not there yet; what is not needed yet comes while nothing else happens.
    async load(zoomNow, changed) {
      this.changed = changed;
      this.asked = new Map();
      await Promise.all([this.land(0), this.part("labels", (found) => (this.names = found))]);
      await new Promise((done) => setTimeout(done, FIRST_MS)); // the marks come first, then finer coasts
      this.opened = true;
      this.need(zoomNow());
      setTimeout(async () => {
        for (const i of [0, 1, 2]) await this.land(i);
        await this.need(LEVELS.length + ADMIN1_ZOOM);
      }, IDLE_MS);
    }

    // Asks for a file once, decodes it and draws.
    part(name, take) {
      if (!this.asked.has(name)) {
        this.asked.set(name, json(`${this.base}${name}.json.gz`).then((found) => {
          take(found);
          this.changed();
        }));
      }
      return this.asked.get(name);
    }

    land(i) {
      return this.part(LEVELS[i][0], (topology) => {
        const decoded = decodeLand(topology);
        decoded.coasts = coasts(decoded);
        this.levels[i] = decoded;
      });
    }

    need(zoom) {
      if (!this.opened) return null;
      const wanted = [this.land(levelOf(zoom))];
      if (zoom >= LAKE_ZOOM) wanted.push(this.part("lakes", (t) => (this.lakes = decodeLand({ ...t, objects: { units: t.objects.lakes } }))));
      if (zoom >= RIVER_ZOOM) wanted.push(this.part("rivers", (t) => (this.rivers = decodeLines(t, "rivers"))));
      if (zoom >= ADMIN1_ZOOM - 0.5) wanted.push(this.part("admin1", (t) => (this.admin1 = decodeLines(t, "admin1"))));
      return Promise.all(wanted);
    }

    nameOf(iso) {
      const found = this.names && this.names.countries.find((country) => country.iso === iso);
      return found ? found.name : iso;
    }

    state(unit) {
      return unit.area ? this.areas.get(unit.area).states[this.borders] : unit.iso;
    }

    hatched(unit) {
      return Boolean(unit.area) && this.areas.get(unit.area).hatched[this.borders];
    }

    // The states that own land in the chosen view: only these have a country's name.
    states() {
      const land = this.levels.find(Boolean);
      return new Set(land ? land.units.map((unit) => this.state(unit)) : []);
    }

    draw(ctx, view, colours) {
      ctx.fillStyle = colours.water;
      ctx.fillRect(0, 0, view.width, view.height);
      const land = this.level(view.zoom);
      if (!land) return;
      for (const shift of shifts(view)) {
        this.drawLand(ctx, view, shift, land, colours);
        this.drawWaters(ctx, view, shift, colours);
        if (view.zoom >= ADMIN1_ZOOM) this.strokeArcs(ctx, view, shift, this.admin1, colours.admin1, 0.8);
        this.drawDisputes(ctx, view, shift, land, colours);
        this.drawCoast(ctx, view, shift, land, colours);
        this.drawBorders(ctx, view, shift, land, colours);
        this.drawRings(ctx, view, shift, colours);
      }
    }

    drawLand(ctx, view, shift, land, colours) {
      ctx.beginPath();
      for (const ring of land.coasts) if (seen(ring.box, view, shift)) trace(ctx, ring.xy, view, shift);
      ctx.fillStyle = colours.land;
      ctx.fill("evenodd");
      const south = toY(-84.9) * view.scale - view.oy; // the ice goes on to the pole
      if (south < view.height) ctx.fillRect(0, south, view.width, view.height - south);
    }

    drawWaters(ctx, view, shift, colours) {
      if (this.rivers && view.zoom >= RIVER_ZOOM) {
        ctx.beginPath();
        for (const arc of this.rivers) {
          if (arc.rank <= view.zoom + 0.5 && seen(arc.box, view, shift)) trace(ctx, arc.xy, view, shift);
        }
        ctx.strokeStyle = colours.river;
        ctx.lineWidth = view.zoom < 5 ? 0.7 : 1.1;
        ctx.lineJoin = "round";
        ctx.stroke();
      }
      if (!this.lakes || view.zoom < LAKE_ZOOM) return;
      ctx.beginPath();
      for (const { rings } of this.lakes.units) {
        for (const ring of rings) if (seen(ring.box, view, shift)) trace(ctx, ring.xy, view, shift);
      }
      ctx.fillStyle = colours.water;
      ctx.fill("evenodd");
      ctx.strokeStyle = colours.coast;
      ctx.lineWidth = 0.5;
      ctx.stroke();
    }

    strokeArcs(ctx, view, shift, arcs, colour, width) {
      if (!arcs) return;
      ctx.beginPath();
      for (const arc of arcs) if (seen(arc.box, view, shift)) trace(ctx, arc.xy, view, shift);
      ctx.strokeStyle = colour;
      ctx.lineWidth = width;
      ctx.stroke();
    }

    drawDisputes(ctx, view, shift, land, colours) {
      ctx.beginPath();
      for (const unit of land.units) {
        if (!this.hatched(unit)) continue;
        for (const ring of unit.rings) if (seen(ring.box, view, shift)) trace(ctx, ring.xy, view, shift);
      }
      for (const area of this.areas.values()) {
        if (area.outline && area.hatched[this.borders] && view.zoom >= area.zoom - 1 && seen(area.outline.box, view, shift)) {
          trace(ctx, area.outline.xy, view, shift);
        }
      }
      ctx.fillStyle = this.hatch(ctx, colours, view);
      ctx.fill("evenodd");
    }

    hatch(ctx, colours, view) {
      const key = colours.name + view.ratio;
      if (this.hatchKey !== key) {
        const size = 6 * view.ratio, tile = document.createElement("canvas");
        tile.width = tile.height = Math.round(size);
        const pen = tile.getContext("2d");
        pen.strokeStyle = colours.hatch;
        pen.lineWidth = 0.9 * view.ratio;
        pen.beginPath();
        for (const k of [-1, 0, 1]) {
          pen.moveTo(k * size - size * 0.1, size * 1.1);
          pen.lineTo(k * size + size * 1.1, -size * 0.1);
        }
        pen.stroke();
        this.pattern = ctx.createPattern(tile, "repeat");
        this.hatchKey = key;
      }
      // Fixed to the land, not to the window: hatching must not swim while the map moves.
      this.pattern.setTransform(new DOMMatrix().translate(-view.ox % 6, -view.oy % 6).scale(1 / view.ratio));
      return this.pattern;
    }

    drawCoast(ctx, view, shift, land, colours) {
      ctx.beginPath();
      for (const arc of land.arcs) {
        if (arc.sides.length === 1 && !arc.edge && seen(arc.box, view, shift)) trace(ctx, arc.xy, view, shift);
      }
      ctx.save();
      ctx.strokeStyle = colours.coast;
      ctx.lineWidth = view.zoom < 4 ? 0.6 : 0.9;
      ctx.lineJoin = "round";
      const rim = new Path2D();
      rim.rect(0, toY(84.9) * view.scale - view.oy, view.width, (toY(-84.8) - toY(84.9)) * view.scale);
      ctx.clip(rim);
      ctx.stroke();
      ctx.restore();
    }

    // Solid between two states; dashed along what is disputed; a hairline where the view knows no border of states.
    kind(arc, units) {
      const a = units[arc.sides[0]], b = units[arc.sides[1]];
      if (a.area === b.area && a.area) return 0;
      if (this.hatched(a) || this.hatched(b)) return 2;
      if (this.state(a) !== this.state(b)) return 1;
      return a.area || b.area ? 3 : 0;
    }

    drawBorders(ctx, view, shift, land, colours) {
      const paths = [null, new Path2D(), new Path2D(), new Path2D()];
      for (const arc of land.arcs) {
        if (arc.sides.length < 2 || !seen(arc.box, view, shift)) continue;
        const kind = this.kind(arc, land.units);
        if (kind) trace(paths[kind], arc.xy, view, shift);
      }
      ctx.lineJoin = "round";
      if (view.zoom >= ADMIN1_ZOOM) {
        ctx.strokeStyle = colours.admin1;
        ctx.lineWidth = 0.8;
        ctx.stroke(paths[3]);
      }
      ctx.strokeStyle = colours.border;
      ctx.lineWidth = view.zoom < 4 ? 0.8 : view.zoom < 6 ? 1.1 : 1.4;
      ctx.stroke(paths[1]);
      ctx.setLineDash([4, 3]);
      ctx.strokeStyle = colours.dispute;
      ctx.lineWidth = view.zoom < 4 ? 0.8 : 1.1;
      ctx.stroke(paths[2]);
      ctx.setLineDash([]);
    }

    drawRings(ctx, view, shift, colours) {
      ctx.beginPath();
      for (const area of this.areas.values()) {
        if (area.outline && area.hatched[this.borders] && view.zoom >= area.zoom - 1) trace(ctx, area.outline.xy, view, shift);
      }
      ctx.setLineDash([3, 3]);
      ctx.strokeStyle = colours.dispute;
      ctx.lineWidth = 0.8;
      ctx.stroke();
      ctx.setLineDash([]);
    }
  }

  return { Basemap, trace, shifts, seen };
})();
