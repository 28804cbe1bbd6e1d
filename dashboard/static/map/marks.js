// The marks of a store: which are in view, which stand together, and drawing them under a mask.
"use strict";
window.datelineMarks = (() => {
  const { toX, toY, boxOf } = window.datelineData;
  const { shifts } = window.datelineBasemap;
  const { Drawing, radius, R } = window.datelineDrawing;
  const COUNTRY = 6; // IATI code of what is known to the country only: no mark, a badge
  const CELLS = [17, 26, 40, 60]; // pixels; the first that leaves a screen readable is used
  const CROWD = 170; // cells with marks on the busiest screen
  const SCREEN = 900;
  const RECOUNTED = 500; // above, a few counted twice make no difference to the eye

  class Marks extends Drawing {
    constructor(columns) {
      super();
      this.c = columns;
      const { marks } = columns, n = marks.row.length;
      this.x = new Float64Array(n);
      this.y = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        this.x[i] = toX(marks.lon[i]);
        this.y[i] = toY(marks.lat[i]);
      }
      this.cellSizes = new Map();
      this.lines = this.decodeLines();
      this.areas = this.decodeAreas();
      this.badgeOf = this.byCountry();
      this.groupOf = columns.group;
      this.hits = [];
    }

    decodeLines() {
      const { row, start, xy } = this.c.lines;
      return Array.from(row, (r, i) => {
        const line = new Float64Array((start[i + 1] - start[i]) * 2);
        for (let k = 0; k < line.length; k += 2) {
          line[k] = toX(xy[start[i] * 2 + k]);
          line[k + 1] = toY(xy[start[i] * 2 + k + 1]);
        }
        for (let k = 2; k < line.length; k += 2) { // the short way across 180°
          const jump = line[k] - line[k - 2];
          if (Math.abs(jump) > 0.5) line[k] -= Math.sign(jump);
        }
        return { row: r, xy: line, box: boxOf(line) };
      });
    }

    decodeAreas() {
      const { start, ring, xy } = this.c.areas, found = [];
      for (let a = 0; a + 1 < start.length; a++) {
        const rings = [], box = [Infinity, Infinity, -Infinity, -Infinity];
        for (let r = start[a]; r < start[a + 1]; r++) {
          const line = new Float64Array((ring[r + 1] - ring[r]) * 2);
          for (let k = 0; k < line.length; k += 2) {
            line[k] = toX(xy[ring[r] * 2 + k]);
            line[k + 1] = toY(xy[ring[r] * 2 + k + 1]);
          }
          const b = boxOf(line);
          rings.push({ xy: line, box: b });
          for (const i of [0, 1]) box[i] = Math.min(box[i], b[i]);
          for (const i of [2, 3]) box[i] = Math.max(box[i], b[i]);
        }
        found.push({ rings, box });
      }
      return found;
    }

    byCountry() {
      const { marks, countryCodes } = this.c, found = new Map();
      for (let i = 0; i < marks.row.length; i++) {
        if (marks.precision[i] !== COUNTRY) continue;
        const iso = countryCodes[marks.country[i]];
        if (!found.has(iso)) found.set(iso, []);
        found.get(iso).push(marks.row[i]);
      }
      return found;
    }

    // One size of cell a zoom, for the whole store and whatever is filtered: marks must not regroup under a filter.
    cellSize(zoom) {
      const key = Math.round(zoom * 4) / 4;
      if (this.cellSizes.has(key)) return this.cellSizes.get(key);
      const scale = 256 * 2 ** key, n = this.x.length, { precision } = this.c.marks;
      let chosen = CELLS[CELLS.length - 1];
      for (const size of CELLS) {
        const cells = new Set(), screens = new Map();
        let busiest = 0;
        for (let i = 0; i < n; i++) {
          if (precision[i] === COUNTRY) continue;
          const px = this.x[i] * scale, py = this.y[i] * scale;
          const cell = Math.floor(px / size) * 33554432 + Math.floor(py / size);
          if (cells.has(cell)) continue;
          cells.add(cell);
          const screen = Math.floor(px / SCREEN) * 65536 + Math.floor(py / SCREEN);
          const count = (screens.get(screen) || 0) + 1;
          screens.set(screen, count);
          if (count > busiest) busiest = count;
        }
        if (busiest <= CROWD) {
          chosen = size;
          break;
        }
      }
      this.cellSizes.set(key, chosen);
      return chosen;
    }

    // What depends on the view alone: which marks are in it, and in which cell each stands.
    prepare(view) {
      const { marks } = this.c, n = this.x.length, size = this.cellSize(view.zoom), pad = 40;
      const index = [], cell = [], px = [], py = [], numbers = new Map();
      for (const shift of shifts(view)) {
        const ox = view.ox - shift * view.scale;
        for (let i = 0; i < n; i++) {
          const x = this.x[i] * view.scale - ox;
          if (x < -pad || x > view.width + pad || marks.precision[i] === COUNTRY) continue;
          const y = this.y[i] * view.scale - view.oy;
          if (y < -pad || y > view.height + pad) continue;
          const key = Math.floor((x + view.ox) / size) * 33554432 + Math.floor((y + view.oy) / size);
          let number = numbers.get(key);
          if (number === undefined) numbers.set(key, (number = numbers.size));
          index.push(i);
          cell.push(number);
          px.push(x);
          py.push(y);
        }
      }
      const groups = this.c.groups.length, cells = numbers.size;
      this.seen = { index: Uint32Array.from(index), cell: Uint32Array.from(cell), px: Float32Array.from(px), py: Float32Array.from(py), cells, groups };
      this.seen.start = this.sortByCell(cells);
      this.view = view;
    }

    // Lists the marks in view cell by cell: those of cell c are order[start[c]] to order[start[c + 1]].
    sortByCell(cells) {
      const { cell } = this.seen, start = new Uint32Array(cells + 1), order = new Uint32Array(cell.length);
      for (const c of cell) start[c + 1]++;
      for (let c = 0; c < cells; c++) start[c + 1] += start[c];
      const next = start.slice();
      cell.forEach((c, k) => (order[next[c]++] = k));
      this.seen.order = order;
      return start;
    }

    // Calls back for every shown mark of a drawn one.
    each(item, mask, f) {
      const { index, start, order } = this.seen, { row } = this.c.marks;
      for (const c of item.cells) {
        for (let at = start[c]; at < start[c + 1]; at++) {
          const k = order[at], i = index[k];
          if (!mask || mask[row[i]]) f(row[i], i, k);
        }
      }
    }

    // Boxes that labels keep off: every mark of the store in view, shown or not, so that labels stay under a filter.
    obstacles() {
      return this.gather(null).list.map(({ x, y, n }) => {
        const r = n > 1 ? radius(n) + 1 : R + 1;
        return [x - r, y - r, x + r, y + r];
      });
    }

    // Counts the shown marks cell by cell and joins cells whose symbols would overlap.
    gather(mask) {
      const { index, cell, px, py, cells, groups } = this.seen, { row } = this.c.marks, group = this.groupOf;
      const count = new Uint32Array(cells), sx = new Float64Array(cells), sy = new Float64Array(cells);
      const last = new Int32Array(cells).fill(-1), first = new Int32Array(cells).fill(-1), kinds = new Uint32Array(cells * groups);
      const spot = new Uint8Array(cells).fill(1);
      let marks = 0;
      for (let k = 0; k < index.length; k++) {
        const i = index[k], r = row[i];
        if (mask && !mask[r]) continue;
        marks++;
        const c = cell[k];
        if (first[c] < 0) first[c] = k;
        else if (spot[c] && (px[k] !== px[first[c]] || py[k] !== py[first[c]])) spot[c] = 0;
        if (last[c] === r) continue;
        last[c] = r;
        count[c]++;
        sx[c] += px[k];
        sy[c] += py[k];
        kinds[c * groups + group[r]]++;
      }
      const list = [];
      for (let c = 0; c < cells; c++) {
        if (!count[c]) continue;
        const one = spot[c] ? first[c] : -1;
        list.push({
          n: count[c], x: one >= 0 ? px[one] : sx[c] / count[c], y: one >= 0 ? py[one] : sy[c] / count[c],
          first: first[c], spot: Boolean(spot[c]), kinds: kinds.subarray(c * groups, (c + 1) * groups), cells: [c],
        });
      }
      const joined = join(list);
      for (const item of joined) if (item.cells.length > 1 && item.n < RECOUNTED) this.recount(item, mask);
      return { list: joined, marks };
    }

    // A project with places in several joined cells counts once.
    recount(item, mask) {
      const rows = new Set();
      this.each(item, mask, (row) => rows.add(row));
      if (rows.size === item.n) return;
      item.n = rows.size;
      item.kinds = new Uint32Array(this.seen.groups);
      for (const row of rows) item.kinds[this.groupOf[row]]++;
    }

    // Draws everything that the mask shows. Returns what was drawn, for tests and for the page.
    draw(ctx, view, state, colours) {
      const { mask, dim, selected } = state, c = this.c;
      this.colours = colours;
      this.hits = [];
      ctx.clearRect(0, 0, view.width, view.height);
      const drawn = { projects: 0, marks: 0, symbols: 0, clusters: 0, spots: 0, lines: 0, areas: 0, rings: 0, badges: 0, badged: 0 };
      this.drawAreas(ctx, view, state, drawn);
      this.drawLines(ctx, view, state, drawn);
      const { list, marks } = this.gather(mask);
      drawn.marks = marks;
      list.sort((a, b) => a.y - b.y || a.x - b.x);
      this.found = null;
      for (const item of list) {
        const faint = dim && !this.rowsOf(item, mask).some((r) => dim[r]);
        ctx.globalAlpha = faint ? 0.22 : 1;
        if (item.n === 1) this.drawOne(ctx, view, item, drawn);
        else this.drawMany(ctx, item, drawn);
        ctx.globalAlpha = 1;
        if (selected >= 0 && !this.found && this.holds(item, selected, mask)) this.found = item;
      }
      if (mask) for (let r = 0; r < mask.length; r++) drawn.projects += mask[r] ? 1 : 0;
      else drawn.projects = c.rows;
      return drawn;
    }

    holds(item, wanted, mask) {
      let found = false;
      this.each(item, mask, (row) => (found ||= row === wanted));
      return found;
    }

    // Every project behind a drawn mark, in the order of rows.
    rowsOf(item, mask) {
      const rows = new Set();
      this.each(item, mask, (row) => rows.add(row));
      return [...rows].sort((a, b) => a - b);
    }

    // The box of a mark's members on the unit square, to zoom there.
    extent(item, mask) {
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      this.each(item, mask, (_, i) => {
        box[0] = Math.min(box[0], this.x[i]);
        box[1] = Math.min(box[1], this.y[i]);
        box[2] = Math.max(box[2], this.x[i]);
        box[3] = Math.max(box[3], this.y[i]);
      });
      return box;
    }

    // What is under a point of the canvas: a mark, a badge, then a line.
    at(x, y, view) {
      let best = null, least = Infinity;
      for (const hit of this.hits) {
        if (hit.badge) {
          if (Math.abs(x - hit.x) <= hit.w && Math.abs(y - hit.y) <= hit.h) return hit;
          continue;
        }
        const d = Math.hypot(x - hit.x, y - hit.y) - hit.r;
        if (d <= 0 && d < least) [best, least] = [hit, d];
      }
      return best || this.lineAt(x, y, view);
    }

    lineAt(x, y, view) {
      let best = null, least = 6;
      for (const [line, shift] of this.lineHits || []) {
        const { xy, box } = line, ox = view.ox - shift * view.scale;
        if (x < box[0] * view.scale - ox - 6 || x > box[2] * view.scale - ox + 6) continue;
        if (y < box[1] * view.scale - view.oy - 6 || y > box[3] * view.scale - view.oy + 6) continue;
        for (let i = 0; i + 3 < xy.length; i += 2) {
          const d = distance(x, y, xy[i] * view.scale - ox, xy[i + 1] * view.scale - view.oy, xy[i + 2] * view.scale - ox, xy[i + 3] * view.scale - view.oy);
          if (d < least) [best, least] = [{ x, y, line: line.row }, d];
        }
      }
      return best;
    }
  }

  // Joins neighbours whose symbols would touch, until none does: a mark that took others in has grown.
  function join(list) {
    let joined = list;
    for (let turn = 0; turn < 4; turn++) {
      const next = joinOnce(joined);
      if (next.length === joined.length) break;
      joined = next;
    }
    return joined;
  }

  // One round, the larger taking in the smaller.
  function joinOnce(list) {
    const order = list.map((_, i) => i).sort((a, b) => list[b].n - list[a].n || list[a].y - list[b].y || list[a].x - list[b].x);
    const grid = new Map(), size = 48, out = [];
    const key = (i, j) => i * 65536 + j;
    for (const i of order) {
      const item = list[i], gx = Math.floor(item.x / size), gy = Math.floor(item.y / size);
      let host = null;
      for (let a = gx - 1; a <= gx + 1 && !host; a++) {
        for (let b = gy - 1; b <= gy + 1 && !host; b++) {
          for (const other of grid.get(key(a, b)) || []) {
            const reach = radius(other.n) + radius(item.n) - 2;
            if (Math.hypot(other.x - item.x, other.y - item.y) < reach) {
              host = other;
              break;
            }
          }
        }
      }
      if (host) {
        if (host.x !== item.x || host.y !== item.y || !item.spot) host.spot = false;
        host.kinds = host.kinds.map((n, g) => n + item.kinds[g]);
        host.cells = host.cells.concat(item.cells);
        host.n += item.n;
        continue;
      }
      if (!grid.has(key(gx, gy))) grid.set(key(gx, gy), []);
      grid.get(key(gx, gy)).push(item);
      out.push(item);
    }
    return out;
  }

  function distance(x, y, x0, y0, x1, y1) {
    const dx = x1 - x0, dy = y1 - y0, l = dx * dx + dy * dy;
    const t = l ? Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / l)) : 0;
    return Math.hypot(x - x0 - t * dx, y - y0 - t * dy);
  }

  return { Marks };
})();
