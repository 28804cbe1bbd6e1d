// Names on the map. Greedy: the weightiest first, each only where nothing stands yet, so that no label collides.
"use strict";
window.datelineLabels = (() => {
  const { toX, toY } = window.datelineData;
  const { SANS, SERIF } = window.datelineTheme;

  // Boxes that are taken, found by a coarse grid.
  class Taken {
    constructor() {
      this.cells = new Map();
    }
    *keys([x0, y0, x1, y1]) {
      for (let i = Math.floor(x0 / 64); i <= Math.floor(x1 / 64); i++) {
        for (let j = Math.floor(y0 / 64); j <= Math.floor(y1 / 64); j++) yield i * 4096 + j;
      }
    }
    free(box) {
      for (const key of this.keys(box)) {
        for (const other of this.cells.get(key) || []) {
          if (box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) return false;
        }
      }
      return true;
    }
    add(box) {
      for (const key of this.keys(box)) {
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push(box);
      }
    }
  }

  // Where a badge without a name may hang, best first, in pixels from the country's point.
  const BADGE_STEPS = [[0, 0], ...[19, 34, 50].flatMap((r) => [[0, r], [0, -r], [1.3 * r, 0], [-1.3 * r, 0], [r, r], [-r, r], [r, -r], [-r, -r]])];
  const TITLE = (text) => text.toUpperCase();

  class Labels {
    constructor(basemap) {
      this.basemap = basemap;
      this.scale = 1;
      this.widths = new Map();
    }

    measure(ctx, text, font, spacing) {
      const key = font + "|" + spacing + "|" + text;
      let width = this.widths.get(key);
      if (width === undefined) {
        ctx.font = font;
        ctx.letterSpacing = spacing + "px";
        width = ctx.measureText(text).width;
        this.widths.set(key, width);
      }
      return width;
    }

    // Decides what is written where. `marks` are boxes that no label may cover; `badges` say at which country's
    // point a badge hangs. Returns the texts to write.
    place(ctx, view, marks, badges) {
      const { names } = this.basemap;
      const taken = new Taken(), texts = [];
      for (const box of marks) taken.add(box);
      if (!names) return { texts, badges: [] };
      const hung = this.countries(ctx, view, taken, texts, badges);
      this.areas(ctx, view, taken, texts);
      this.seas(ctx, view, taken, texts);
      this.towns(ctx, view, taken, texts);
      return { texts, badges: hung };
    }

    spots(view, lon, lat) {
      const x = toX(lon) * view.scale - view.ox, y = toY(lat) * view.scale - view.oy;
      const out = [];
      for (let shift = Math.ceil((-40 - x) / view.scale); x + shift * view.scale < view.width + 40; shift++) out.push([x + shift * view.scale, y]);
      return y > -40 && y < view.height + 40 ? out : [];
    }

    countries(ctx, view, taken, texts, badges) {
      const states = this.basemap.states(), hung = [];
      const listed = this.basemap.names.countries.filter((c) => states.has(c.iso)).sort((a, b) => b.size - a.size);
      for (const area of this.basemap.areas.values()) {
        const state = area.states[this.basemap.borders];
        if (state && state[0] === "X" && state !== "XK") listed.push({ iso: state, name: area.label, lon: area.lon, lat: area.lat, size: 0 });
      }
      for (const country of listed) {
        const side = 2 ** (country.size / 2) * (view.scale / 360); // of a square as large as its largest part
        for (const [x, y] of this.spots(view, country.lon, country.lat)) {
          const badge = badges.get(country.iso);
          this.country(ctx, view, taken, texts, hung, country, side, x, y, badge);
        }
      }
      return hung;
    }

    country(ctx, view, taken, texts, hung, country, side, x, y, badge) {
      const size = Math.min(15, Math.max(9.5, 7.5 + side / 42)) * this.scale;
      const spacing = Math.min(3, 0.9 + side / 160);
      const font = `600 ${size.toFixed(1)}px ${SANS}`;
      const lines = wrap(TITLE(country.name), side < 260 ? 12 : 20);
      const width = Math.max(...lines.map((line) => this.measure(ctx, line, font, spacing)));
      const height = lines.length * size * 1.2;
      const fits = width < side * 1.25 + 6 || view.zoom >= 7;
      if (fits && view.zoom >= 2) {
        for (const [dx, dy] of around(side, width)) {
          const cx = x + dx, cy = y + dy;
          const box = [cx - width / 2 - 4, cy - height / 2 - 2, cx + width / 2 + 4, cy + height / 2 + 2];
          const whole = badge ? [Math.min(box[0], cx - 38), box[1], Math.max(box[2], cx + 38), box[3] + 22] : box;
          if (!taken.free(whole)) continue;
          taken.add(whole);
          lines.forEach((line, i) => texts.push({
            text: line, x: cx, y: cy + (i - (lines.length - 1) / 2) * size * 1.2, font, spacing, align: "center", ink: "country", halo: "halo",
          }));
          if (badge) hung.push({ isos: [country.iso], x: cx, y: cy + height / 2 + 11, named: true });
          return;
        }
      }
      if (badge) this.hang(taken, hung, country.iso, x, y);
    }

    // No room for the name: the badge stands alone; where there is no room for that either, it joins the nearest
    // badge, for what is known to the country only must stay reachable.
    hang(taken, hung, iso, x, y) {
      for (const [dx, dy] of BADGE_STEPS) {
        const box = [x + dx - 15, y + dy - 10, x + dx + 15, y + dy + 10];
        if (!taken.free(box)) continue;
        taken.add(box);
        hung.push({ isos: [iso], x: x + dx, y: y + dy, named: false });
        return;
      }
      let nearest = null, least = 150;
      for (const other of hung) {
        const d = Math.hypot(other.x - x, other.y - y);
        if (!other.named && d < least) [nearest, least] = [other, d];
      }
      if (nearest) nearest.isos.push(iso);
      else hung.push({ isos: [iso], x, y, named: false });
    }

    areas(ctx, view, taken, texts) {
      for (const area of this.basemap.areas.values()) {
        if (!area.hatched[this.basemap.borders] || view.zoom < area.zoom - 0.25) continue;
        const font = `400 ${11 * this.scale}px ${SANS}`, lines = wrap(area.label, 16);
        for (const [x, y] of this.spots(view, area.lon, area.lat)) {
          this.fit(ctx, taken, texts, lines, x, y, { font, size: 11 * this.scale, spacing: 0.2, ink: "secondary", halo: "halo" }, [0, -14, 14, -26, 26]);
        }
      }
    }

    seas(ctx, view, taken, texts) {
      for (const [name, lon, lat, from, to] of this.basemap.names.seas) {
        if (view.zoom < from - 0.25 || view.zoom > to + 0.25) continue;
        const size = (from <= 3 ? 13.5 : 12) * this.scale, font = `italic 400 ${size}px ${SERIF}`;
        for (const [x, y] of this.spots(view, lon, lat)) {
          this.fit(ctx, taken, texts, wrap(name, from <= 2 ? 12 : 16), x, y, { font, size, spacing: 0.6, ink: "sea", halo: "seaHalo" }, [0, -18, 18]);
        }
      }
    }

    fit(ctx, taken, texts, lines, x, y, style, offsets) {
      const width = Math.max(...lines.map((line) => this.measure(ctx, line, style.font, style.spacing)));
      const height = lines.length * style.size * 1.2;
      for (const dy of offsets) {
        const box = [x - width / 2 - 4, y + dy - height / 2 - 2, x + width / 2 + 4, y + dy + height / 2 + 2];
        if (!taken.free(box)) continue;
        taken.add(box);
        lines.forEach((line, i) => texts.push({ ...style, text: line, x, y: y + dy + (i - (lines.length - 1) / 2) * style.size * 1.2, align: "center" }));
        return true;
      }
      return false;
    }

    towns(ctx, view, taken, texts) {
      for (const [name, lon, lat, zoom, capital] of this.basemap.names.towns) {
        if (view.zoom < zoom - (capital ? 0.6 : 0.1)) continue;
        const size = (capital ? 11.5 : 11) * this.scale, font = `${capital ? 600 : 400} ${size}px ${SANS}`;
        for (const [x, y] of this.spots(view, lon, lat)) {
          const width = this.measure(ctx, name, font, 0);
          this.town(taken, texts, { text: name, font, spacing: 0, ink: capital ? "capital" : "town", halo: "halo", capital }, x, y, width, size);
        }
      }
    }

    // Beside its dot: right, left, above, below; a mark may stand on the dot itself, then the dot is left out.
    town(taken, texts, style, x, y, width, size) {
      const dot = [x - 3, y - 3, x + 3, y + 3], bare = taken.free(dot), h = size * 0.62;
      const places = (bare ? [6] : [13, 20]).flatMap((gap) => [
        [x + gap, y, "left"], [x - gap, y, "right"], [x, y - gap - h + 2, "center"], [x, y + gap + h - 2, "center"],
      ]);
      for (const [tx, ty, align] of places) {
        const left = align === "left" ? tx : align === "right" ? tx - width : tx - width / 2;
        const box = [left - 2, ty - h - 1, left + width + 2, ty + h + 1];
        if (!taken.free(box)) continue;
        taken.add(box);
        if (bare) taken.add(dot);
        texts.push({ ...style, x: tx, y: ty, align, dot: bare ? [x, y] : null });
        return;
      }
    }

    draw(ctx, texts, colours) {
      ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
      ctx.fontKerning = "normal";
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      for (const t of texts) {
        if (t.dot) this.dot(ctx, t, colours);
        ctx.font = t.font;
        ctx.letterSpacing = t.spacing + "px";
        ctx.textAlign = t.align;
        ctx.strokeStyle = colours[t.halo];
        ctx.lineWidth = 3;
        ctx.strokeText(t.text, t.x, t.y);
        ctx.fillStyle = colours[t.ink];
        ctx.fillText(t.text, t.x, t.y);
      }
      ctx.letterSpacing = "0px";
    }

    dot(ctx, t, colours) {
      const [x, y] = t.dot;
      ctx.beginPath();
      ctx.arc(x, y, t.capital ? 2.6 : 1.9, 0, 2 * Math.PI);
      ctx.fillStyle = t.capital ? colours.paper : colours.town;
      ctx.fill();
      ctx.strokeStyle = colours.town;
      ctx.lineWidth = t.capital ? 1.3 : 0.8;
      ctx.stroke();
    }
  }

  // Where a country's name may stand, best first: near its point, and within the country.
  function around(side, width) {
    const free = Math.max(0, (side - width) / 2), steps = [[0, 0], [0, -20], [0, 20], [0, -40], [0, 40]];
    for (const dx of [36, -36, 72, -72]) if (Math.abs(dx) <= free + 12) steps.push([dx, 0], [dx, -22], [dx, 22]);
    return steps.filter(([, dy]) => Math.abs(dy) <= Math.max(20, side / 2));
  }

  function wrap(text, most) {
    const lines = [];
    for (const word of text.split(" ")) {
      const last = lines.length - 1;
      if (last >= 0 && (lines[last] + " " + word).length <= most) lines[last] += " " + word;
      else lines.push(word);
    }
    return lines;
  }

  return { Labels, Taken };
})();
