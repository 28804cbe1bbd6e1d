// How marks are drawn: symbols, rings, clusters, hatched areas, indicative lines, country badges. Methods of Marks.
"use strict";
window.datelineDrawing = (() => {
  const { trace, shifts, seen } = window.datelineBasemap;
  const { draw, doubleRing, donut, edge } = window.datelineSymbols;
  const { SANS } = window.datelineTheme;
  const NEAR = 2, ADMIN1 = 4, SEAT = 8; // IATI codes
  const NEAR_KM = 25;
  const SOMEWHERE_KM = { 3: 20, 4: 80, 5: 40 }; // of an admin-2 area, an admin-1 area, an estimate
  const R = 7; // radius of a symbol
  const MANY_LINES = 1500; // from so many on, lines are thin and solid
  const EQUATOR_KM = 40075;

  const radius = (n) => (n < 2 ? R : n < 10 ? 11 : n < 100 ? 13 : n < 1000 ? 16 : 20);

  class Drawing {
    colour(group) {
      const { colour, colour_dark: dark } = this.c.groups[group];
      return this.colours.name === "dark" ? dark : colour;
    }

    drawOne(ctx, view, item, drawn) {
      const { marks, statuses, disagree, status, group, groups } = this.c;
      const i = this.seen.index[item.first], row = marks.row[i], g = group[row], colour = this.colour(g);
      const { x, y } = item, precision = marks.precision[i];
      if (marks.area[i] < 0 && SOMEWHERE_KM[precision]) this.drawSomewhere(ctx, view, x, y, SOMEWHERE_KM[precision], marks.lat[i], colour);
      if (precision === NEAR) {
        const metres = (NEAR_KM / EQUATOR_KM) * view.scale / Math.cos((marks.lat[i] * Math.PI) / 180);
        ctx.beginPath();
        ctx.arc(x, y, Math.max(metres, R + 4), 0, 2 * Math.PI);
        ctx.fillStyle = colour + "1f";
        ctx.fill();
        ctx.strokeStyle = colour + "b0";
        ctx.lineWidth = 1;
        ctx.stroke();
        drawn.rings++;
      }
      const rejected = marks.rejected[i];
      const fill = precision === SEAT ? "hollow" : rejected ? "barred" : statuses[status[row]].fill;
      draw(ctx, x, y, R, { shape: groups[g].shape, colour, fill, dashed: precision === SEAT, paper: this.colours.paper });
      if (disagree[row]) doubleRing(ctx, x, y, R, edge(colour, this.colours.paper));
      drawn.symbols++;
      this.hits.push({ x, y, r: R + 4, item });
    }

    // An area whose outline is not known: a hatched ring of its usual size, dashed, for it says "about here".
    drawSomewhere(ctx, view, x, y, km, lat, colour) {
      const r = (km / EQUATOR_KM) * view.scale / Math.cos((lat * Math.PI) / 180);
      if (r < R + 5 || r > view.width) return;
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      ctx.fillStyle = this.hatch(ctx, colour, view);
      ctx.fill();
      ctx.setLineDash([3, 3]);
      ctx.strokeStyle = colour + "90";
      ctx.lineWidth = 1;
      ctx.stroke();
      ctx.setLineDash([]);
    }

    drawMany(ctx, item, drawn) {
      const r = radius(item.n), parts = [];
      item.kinds.forEach((n, g) => n && parts.push([this.colour(g), n]));
      const label = item.n < 1000 ? String(item.n) : item.n < 9950 ? (item.n / 1000).toFixed(1) + "k" : Math.round(item.n / 1000) + "k";
      const { paper, ink } = this.colours;
      donut(ctx, item.x, item.y, r, parts, label, { paper, ink, font: `600 ${r > 15 ? 11 : 10}px ${SANS}` });
      drawn[item.spot ? "spots" : "clusters"]++;
      this.hits.push({ x: item.x, y: item.y, r: r + 2, item });
    }

    // Areas that shown projects lie somewhere in: hatched, a province more lightly than a district. Where all that
    // is told of it was refused, a dashed outline and no hatch, for nothing happened there.
    drawAreas(ctx, view, { mask, dim, selected }, drawn) {
      if (!this.areas.length) return;
      const { marks } = this.c, users = new Map();
      for (let i = 0; i < marks.row.length; i++) {
        const area = marks.area[i], row = marks.row[i];
        if (area < 0 || (mask && !mask[row])) continue;
        if (!users.has(area)) users.set(area, { rows: [], light: true, refused: true });
        const use = users.get(area);
        use.rows.push(row);
        if (marks.precision[i] !== ADMIN1) use.light = false;
        if (!marks.rejected[i]) use.refused = false;
      }
      const styles = new Map();
      for (const [a, { rows, light, refused }] of users) {
        const { box, rings } = this.areas[a];
        const size = Math.max((box[2] - box[0]) * view.scale, (box[3] - box[1]) * view.scale);
        if (size < 26 || size > 6 * Math.max(view.width, view.height)) continue;
        const chosen = rows.includes(selected), faint = Boolean(dim) && !rows.some((r) => dim[r]);
        const colour = chosen ? this.colours.selection : this.colour(this.c.group[rows[0]]);
        for (const shift of shifts(view)) {
          if (!seen(box, view, shift)) continue;
          const key = [chosen, colour, light, refused, faint].join();
          if (!styles.has(key)) styles.set(key, { chosen, colour, light, refused, faint, path: new Path2D() });
          for (const ring of rings) trace(styles.get(key).path, ring.xy, view, shift);
          drawn.areas++;
        }
      }
      for (const style of [...styles.values()].sort((p, q) => p.chosen - q.chosen)) this.drawStyle(ctx, view, style);
    }

    // All areas of one style as one path: hundreds cost what one does.
    drawStyle(ctx, view, { chosen, colour, light, refused, faint, path }) {
      const strength = faint ? 0.2 : 1;
      if (!refused) {
        ctx.globalAlpha = strength * (light && !chosen ? 0.6 : 1);
        ctx.fillStyle = this.hatch(ctx, colour, view);
        ctx.fill(path);
      }
      ctx.globalAlpha = strength * (chosen ? 1 : light ? 0.4 : 0.6);
      ctx.strokeStyle = colour;
      ctx.lineWidth = chosen ? 1.8 : 1;
      ctx.setLineDash(refused ? [4, 3] : []);
      ctx.stroke(path);
      ctx.setLineDash([]);
      ctx.globalAlpha = 1;
    }

    hatch(ctx, colour, view) {
      this.patterns ||= new Map();
      const key = colour + view.ratio;
      if (!this.patterns.has(key)) {
        const size = Math.round(8 * view.ratio), tile = document.createElement("canvas");
        tile.width = tile.height = size;
        const pen = tile.getContext("2d");
        pen.strokeStyle = colour;
        pen.globalAlpha = 0.32;
        pen.lineWidth = view.ratio;
        pen.beginPath();
        for (const k of [-1, 0, 1]) { // the other way than the hatch of disputes
          pen.moveTo(k * size - 1, -1);
          pen.lineTo((k + 1) * size + 1, size + 1);
        }
        pen.stroke();
        this.patterns.set(key, ctx.createPattern(tile, "repeat"));
      }
      const pattern = this.patterns.get(key);
      pattern.setTransform(new DOMMatrix().translate(-view.ox % 8, -view.oy % 8).scale(1 / view.ratio));
      return pattern;
    }

    // Lines by style, one path each; those of the selection last.
    drawLines(ctx, view, { mask, dim, selected }, drawn) {
      const { type, types, status, statuses, group } = this.c, styles = new Map();
      this.lineHits = [];
      for (const line of this.lines) {
        if (mask && !mask[line.row]) continue;
        for (const shift of shifts(view)) {
          if (!seen(line.box, view, shift)) continue;
          const faint = dim && !dim[line.row], chosen = line.row === selected;
          const t = types[type[line.row]], barred = statuses[status[line.row]].fill === "barred";
          const key = `${group[line.row]}|${barred ? "2,5" : (t.dash || [7, 5]).join()}|${faint}|${chosen}`;
          if (!styles.has(key)) styles.set(key, []);
          styles.get(key).push([line, shift]);
          drawn.lines++;
          this.lineHits.push([line, shift]);
        }
      }
      const many = drawn.lines > MANY_LINES;
      for (const [key, lines] of [...styles].sort(([a], [b]) => a.endsWith("true") - b.endsWith("true"))) {
        const [g, dash, faint, chosen] = key.split("|"), path = new Path2D();
        for (const [line, shift] of lines) trace(path, line.xy, view, shift);
        ctx.lineJoin = "round";
        ctx.globalAlpha = faint === "true" ? 0.2 : many && chosen !== "true" ? 0.4 : 1;
        if (!many) {
          ctx.strokeStyle = this.colours.halo;
          ctx.lineWidth = chosen === "true" ? 6 : 4.4;
          ctx.stroke(path);
        }
        ctx.setLineDash(many ? [] : dash.split(",").map(Number));
        ctx.strokeStyle = chosen === "true" ? this.colours.selection : edge(this.colour(Number(g)), this.colours.paper);
        ctx.lineWidth = chosen === "true" ? 3 : many ? 0.7 : 1.9;
        ctx.stroke(path);
        ctx.setLineDash([]);
        ctx.globalAlpha = 1;
      }
    }

    // The numbered badges of what is known to the country only. `hung` is where the labels left room for them.
    drawBadges(ctx, hung, { mask, selected, dim }, drawn, colours) {
      for (const place of hung) {
        const kept = place.isos.map((iso) => [iso, (this.badgeOf.get(iso) || []).filter((r) => !mask || mask[r])]).filter(([, r]) => r.length);
        if (!kept.length) continue;
        const rows = [...new Set(kept.flatMap(([, r]) => r))].sort((a, b) => a - b);
        const text = place.named ? `country · ${rows.length}` : String(rows.length);
        ctx.save();
        ctx.font = `400 10px ${SANS}`;
        const w = Math.max(22, ctx.measureText(text).width + 13), h = 17, x = place.x, y = place.y;
        const chosen = rows.includes(selected);
        ctx.globalAlpha = dim && !rows.some((r) => dim[r]) ? 0.3 : 1;
        ctx.beginPath();
        ctx.roundRect(x - w / 2, y - h / 2, w, h, h / 2);
        ctx.fillStyle = colours.paper;
        ctx.fill();
        ctx.strokeStyle = chosen ? colours.selection : colours.secondary;
        ctx.lineWidth = chosen ? 1.8 : 1;
        ctx.stroke();
        ctx.fillStyle = chosen ? colours.selection : colours.secondary;
        ctx.textAlign = "center";
        ctx.textBaseline = "middle";
        ctx.fillText(text, x, y + 0.5);
        ctx.restore();
        drawn.badges++;
        drawn.badged += rows.length;
        this.hits.push({ x, y, r: 0, w: w / 2 + 2, h: h / 2 + 4, badge: kept.map(([iso]) => iso), rows });
        if (chosen && !this.found) this.found = { x, y, n: 2, badge: true };
      }
    }
  }

  return { Drawing, radius, R };
})();
