// The timeline: a row a type group, things span their life, a brush is the year filter, play.
import { core, select, setFilter, subscribe } from "./core.js";
import { h, icon, number, plural, sentence, set, text, years } from "./dom.js";

const ROW = 16;
const LEFT = 84;
const RIGHT = 16;
const AXIS = 20;
const SYMBOL = 5;
const MOST_IN_A_YEAR = 8; // symbols; they overlap where a year is narrow
const PACE = 700; // ms a year while playing
const timelines = new WeakMap();

export function mount({ parentElement }) {
  if (!timelines.has(parentElement)) timelines.set(parentElement, build(parentElement));
}

function build(parent) {
  const play = h("button.icon-button.play", { type: "button", "aria-label": "Play the years" }, icon("play"));
  const mode = (id, label) => h("button", { type: "button", "data-mode": id, onclick: () => turn(id) }, label);
  const modes = h("div.segmented", { role: "group", "aria-label": "What a year shows" }, mode("upto", "up to this year"), mode("in", "in this year"));
  const label = h("span.timeline-years", { role: "status" });
  const canvas = h("canvas", { role: "img" });
  const tip = h("div.tip");
  tip.hidden = true;
  const stage = h("div.stage", {}, canvas, tip);
  const root = h("section.timeline", { "aria-label": "Timeline" }, h("div.timeline-head", {}, play, modes, label), stage);
  parent.append(root);

  let scale = null; // {low, high, columns}
  let spots = []; // what can be clicked: {x, y, w, row}
  let width = 0;
  let groups = [];
  let timer = 0;
  let drag = null;

  // The axis has two parts where a few early things would squeeze the many later ones: a narrow one and a wide one.
  const inner = () => width - LEFT - RIGHT;
  function x(year) {
    const { low, cut, high, share } = scale;
    if (year < cut) return LEFT + ((year - low) / (cut - low)) * inner() * share;
    return LEFT + inner() * (share + ((year - cut) / (high + 1 - cut)) * (1 - share));
  }
  function yearAt(px) {
    const { low, cut, high, share } = scale;
    const at = (px - LEFT) / inner();
    return Math.floor(at < share ? low + (at / share) * (cut - low) : cut + ((at - share) / (1 - share)) * (high + 1 - cut));
  }
  const stepAt = (year) => x(year + 1) - x(year);
  const clamp = (y) => Math.max(scale.low, Math.min(scale.high, y));

  function measure() {
    const c = core.columns;
    if (scale?.columns === c) return;
    const firsts = [];
    let high = -Infinity;
    const used = new Set();
    for (let r = 0; r < c.rows; r++) {
      used.add(c.group[r]);
      if (!c.first[r]) continue;
      firsts.push(c.first[r]);
      if (c.last[r] > high) high = c.last[r];
    }
    groups = c.groups.map((g, i) => ({ ...g, index: i })).filter((g) => used.has(g.index));
    const sorted = Float64Array.from(firsts).sort();
    if (!Number.isFinite(high)) high = 2020;
    const low = sorted.length ? Math.min(sorted[0], high - 8) : high - 20;
    const late = sorted.length ? Math.floor((sorted[Math.floor(sorted.length * 0.3)] - 1) / 5) * 5 : low;
    const broken = late - low > 1.2 * (high - late) && late > low;
    scale = { columns: c, low, high, cut: broken ? late : low, share: broken ? 0.24 : 0 };
  }

  function draw() {
    if (!core.columns || !core.result) return;
    measure();
    const height = groups.length * ROW + AXIS + 4;
    const ratio = devicePixelRatio || 1;
    if (!width) return;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.height = `${height}px`;
    }
    const ctx = canvas.getContext("2d");
    const css = getComputedStyle(root);
    const colour = (name) => css.getPropertyValue(name).trim();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    axis(ctx, colour, height);
    spots = [];
    marks(ctx, colour);
    chosen(ctx, colour);
    describe();
  }

  function axis(ctx, colour, height) {
    const bottom = height - AXIS;
    const f = core.state.filter;
    if (f.first !== null || f.last !== null) {
      const a = x(clamp(f.first ?? scale.low));
      const b = x(clamp(f.last ?? scale.high) + 1);
      ctx.fillStyle = colour("--wash");
      ctx.fillRect(a, 0, b - a, bottom);
    }
    ctx.font = "11px Inter, sans-serif";
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    groups.forEach((g, i) => {
      ctx.fillStyle = colour("--second");
      const words = sentence(g.label.split(" ")[0]);
      ctx.fillText(words, 0, i * ROW + ROW / 2 + 2);
    });
    ctx.textAlign = "center";
    ctx.strokeStyle = colour("--line");
    ctx.lineWidth = 1;
    ticks(scale.cut, scale.high, inner() * (1 - scale.share));
    if (!scale.share) return;
    ticks(scale.low, scale.cut - 1, inner() * scale.share - 20);
    const px = Math.round(x(scale.cut)) + 0.5;
    ctx.strokeStyle = colour("--edge");
    ctx.beginPath();
    for (const by of [-3, 1]) {
      ctx.moveTo(px + by - 2, bottom + 5);
      ctx.lineTo(px + by + 2, bottom - 5);
    }
    ctx.stroke();

    function ticks(from, to, room) {
      const every = [1, 2, 5, 10, 20, 25, 50, 100].find((n) => (to + 1 - from) / n <= room / 56) || 200;
      for (let y = Math.ceil(from / every) * every; y <= to; y += every) {
        const at = Math.round(x(y)) + 0.5;
        ctx.strokeStyle = colour("--line");
        ctx.beginPath();
        ctx.moveTo(at, 0);
        ctx.lineTo(at, bottom);
        ctx.stroke();
        ctx.fillStyle = colour("--second");
        if (y < scale.cut && at > x(scale.cut) - 32) continue;
        ctx.fillText(String(y), Math.min(at, width - 14), bottom + AXIS / 2 + 1);
      }
    }
  }

  /** One symbol a project where there is room, with a line as long as its life. A row with more of them than its years
   * have room for is a histogram instead: a bar a year, as high as there are projects that span it. Each has its own
   * scale: what is compared is the years, not the rows. */
  function marks(ctx, colour) {
    const { cells, crowded } = gather();
    for (const [key, rows] of cells) {
      const line = Math.floor(key / 16384);
      if (crowded.has(line)) continue;
      const y = line * ROW + ROW / 2 + 2;
      const ink = colour(`--group-${groups[line].id}`);
      const step = stepAt(key % 16384);
      const middle = x(key % 16384) + step / 2;
      for (const r of rows) life(ctx, ink, r, y, middle);
      const gap = Math.min(11, Math.max(2, step / rows.length));
      rows.forEach((r, i) => {
        const px = middle + (i - (rows.length - 1) / 2) * gap;
        symbol(ctx, px, y, r);
        spots.push({ x: px, y, w: Math.max(4, gap / 2), rows: () => (gap < 6 ? rows : [r]), count: gap < 6 ? rows.length : 1 });
      });
    }
    for (const [line, spans] of crowded) {
      const most = Math.max(...spans);
      ctx.fillStyle = colour(`--group-${groups[line].id}`);
      const foot = (line + 1) * ROW;
      spans.forEach((count, i) => {
        if (!count) return;
        const year = scale.low + i;
        const left = x(year);
        const step = stepAt(year);
        const high = 1.5 + (ROW - 4) * (count / most);
        ctx.fillRect(left + (step > 4 ? 1 : 0), foot - high, Math.max(1, step - (step > 4 ? 1 : 0)), high);
        spots.push({ x: left + step / 2, y: foot - ROW / 2 + 2, w: step / 2, rows: () => spanning(line, year), count, year });
      });
    }
  }

  /** What is shown, by row of the plot and first year; and for each row that is too full, how many span each year. */
  function gather() {
    const c = core.columns;
    const { mask } = core.result;
    const place = new Int8Array(256).fill(-1);
    groups.forEach((g, i) => (place[g.index] = i));
    const years = scale.high - scale.low + 1;
    const firsts = groups.map(() => new Int32Array(years));
    const steps = groups.map(() => new Int32Array(years + 1));
    for (let r = 0; r < c.rows; r++) {
      if (!mask[r] || !c.first[r]) continue;
      const line = place[c.group[r]];
      firsts[line][c.first[r] - scale.low]++;
      steps[line][c.first[r] - scale.low]++;
      steps[line][c.last[r] - scale.low + 1]--;
    }
    const crowded = new Map();
    groups.forEach((g, line) => {
      if (!firsts[line].some((n, i) => n > Math.max(MOST_IN_A_YEAR, stepAt(scale.low + i) / 5))) return;
      let sum = 0;
      crowded.set(line, Array.from(steps[line].subarray(0, years), (n) => (sum += n)));
    });
    const cells = new Map();
    for (let r = 0; r < c.rows; r++) {
      if (!mask[r] || !c.first[r] || crowded.has(place[c.group[r]])) continue;
      const key = place[c.group[r]] * 16384 + c.first[r];
      const cell = cells.get(key);
      if (cell) cell.push(r);
      else cells.set(key, [r]);
    }
    return { cells, crowded };
  }

  /** The projects of a row of the plot that span a year, those that began in it first. */
  function spanning(line, year) {
    const c = core.columns;
    const rows = [];
    for (let r = 0; r < c.rows && rows.length < 2000; r++) {
      if (core.result.mask[r] && c.group[r] === groups[line].index && c.first[r] && c.first[r] <= year && c.last[r] >= year) rows.push(r);
    }
    return rows.sort((a, b) => (c.first[b] === year) - (c.first[a] === year));
  }

  function life(ctx, ink, r, y, from) {
    const c = core.columns;
    if (c.last[r] <= c.first[r]) return;
    ctx.strokeStyle = ink;
    ctx.lineWidth = 1.5;
    ctx.globalAlpha = 0.55;
    ctx.beginPath();
    ctx.moveTo(from, y);
    ctx.lineTo(x(c.last[r] + 0.5), y);
    ctx.stroke();
    ctx.globalAlpha = 1;
  }

  function symbol(ctx, px, y, r) {
    const c = core.columns;
    const group = c.group[r];
    const fill = c.statuses[c.status[r]]?.fill || "full";
    if (core.frame?.drawSymbol) core.frame.drawSymbol(ctx, px, y, SYMBOL, { group, fill });
    else ctx.fillRect(px - 3, y - 3, 6, 6);
  }

  function chosen(ctx, colour) {
    const c = core.columns;
    const r = core.state.sel ? c.rowOf(core.state.sel) : -1;
    if (r < 0 || r === undefined || !c.first[r]) return;
    const line = groups.findIndex((g) => g.index === c.group[r]);
    const y = line * ROW + ROW / 2 + 2;
    const a = x(c.first[r] + 0.5);
    const b = x(c.last[r] + 0.5);
    ctx.strokeStyle = colour("--selection");
    ctx.lineWidth = 2.5;
    ctx.beginPath();
    ctx.moveTo(a, y);
    ctx.lineTo(Math.max(b, a + 0.1), y);
    ctx.stroke();
    symbol(ctx, a, y, r);
    ctx.beginPath();
    ctx.lineWidth = 1.5;
    ctx.arc(a, y, 7, 0, 7);
    ctx.stroke();
  }

  function describe() {
    const f = core.state.filter;
    const low = f.first ?? core.counts.firstYear;
    const high = f.last ?? core.counts.firstYear + core.counts.years.length - 1;
    const words = f.first === null && f.last === null ? "all years" : years(low, high);
    text(label, words);
    set(canvas, "aria-label", `Timeline of ${plural(core.result.shown, "project")}, ${words}. The table below lists them; the sliders under Year set the range.`);
    for (const button of modes.children) set(button, "aria-pressed", button.dataset.mode === f.mode ? "true" : "false");
  }

  // --- acting ---

  function turn(id) {
    const f = core.state.filter;
    if (id === "upto") setFilter({ mode: "upto", first: null });
    else setFilter({ mode: "in", first: f.last, last: f.last });
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    play.replaceChildren(icon("play"));
    set(play, "aria-label", "Play the years");
  }
  play.onclick = () => {
    if (timer) return stop();
    if (!core.columns) return;
    measure();
    const f = core.state.filter;
    let year = f.last !== null && f.last < scale.high ? f.last : scale.low - 1;
    const next = () => {
      year++;
      if (year > scale.high) return stop();
      setFilter({ first: core.state.filter.mode === "upto" ? null : year, last: year }, { replace: true });
    };
    play.replaceChildren(icon("pause"));
    set(play, "aria-label", "Pause");
    timer = setInterval(next, PACE);
    next();
  };

  const local = (event) => {
    const box = canvas.getBoundingClientRect();
    return { px: event.clientX - box.left, py: event.clientY - box.top };
  };
  const hit = ({ px, py }) => core.columns && spots.find((s) => Math.abs(s.y - py) <= ROW / 2 && Math.abs(s.x - px) <= s.w + 1);

  canvas.onpointerdown = (event) => {
    if (event.button || !scale) return;
    const at = local(event);
    if (at.px < LEFT - 12) return;
    stop();
    drag = { ...at, year: clamp(yearAt(at.px)), moved: false };
    canvas.setPointerCapture(event.pointerId);
  };
  canvas.onpointermove = (event) => {
    const at = local(event);
    if (drag) {
      if (Math.abs(at.px - drag.px) < 4 && !drag.moved) return;
      const year = clamp(yearAt(at.px));
      if (drag.moved && year === drag.last) return;
      const first = !drag.moved;
      drag.moved = true;
      drag.last = year;
      const a = Math.min(drag.year, year);
      const b = Math.max(drag.year, year);
      setFilter({ first: core.state.filter.mode === "upto" ? null : a, last: b }, { replace: !first });
      return;
    }
    const spot = hit(at);
    canvas.style.cursor = spot ? "pointer" : "crosshair";
    tip.hidden = !spot;
    if (!spot) return;
    const c = core.columns;
    const [r] = spot.count > 1 ? [] : spot.rows();
    text(tip, r === undefined ? plural(spot.count, "project") + (spot.year ? ` in ${spot.year}` : "") : `${c.title(r)} · ${years(c.first[r], c.last[r])}`);
    tip.style.left = `${Math.min(at.px + 12, width - 220)}px`;
    tip.style.top = `${at.py - 32}px`;
  };
  canvas.onpointerleave = () => (tip.hidden = true);
  canvas.onpointerup = (event) => {
    const was = drag;
    drag = null;
    if (!was || was.moved) return;
    const spot = hit(local(event));
    if (!spot) return;
    const c = core.columns;
    const ids = spot.rows().slice(0, 200).map((r) => c.id(r));
    const at = ids.indexOf(core.state.sel);
    select(ids[(at + 1) % ids.length], { fly: true, ids: ids.length > 1 ? ids : null, from: "timeline" });
  };

  subscribe((what) => {
    if (what.filter || what.columns || what.selection) draw();
  }, root);
  // The width is told, not asked for: asking would make the browser lay out the whole page in the middle of a change.
  new ResizeObserver(([entry]) => {
    width = Math.floor(entry.contentRect.width);
    draw();
  }).observe(stage);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  document.fonts?.ready.then(draw);
  draw();
  return { number };
}
