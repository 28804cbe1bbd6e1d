// The years as a histogram with a range to drag: two handles, keys, and a click on a bar for one year.
import { core, setFilter } from "./core.js";
import { h, number, plural, set, svg, text } from "./dom.js";

const WIDTH = 240;
const HEIGHT = 48;

export function histogram() {
  const bars = svg("g.bars");
  const shade = svg("rect.shade", { y: 0, height: HEIGHT });
  const plot = svg("svg.plot", { viewBox: `0 0 ${WIDTH} ${HEIGHT + 1}`, preserveAspectRatio: "none", "aria-hidden": "true" }, shade, bars, svg("path.base", { d: `M0 ${HEIGHT + 0.5}H${WIDTH}` }));
  const low = handle("First year");
  const high = handle("Last year");
  const ticks = h("div.ticks", { "aria-hidden": "true" }, h("span"), h("span"), h("span"));
  const area = h("div.plot-area", {}, plot, low, high);
  const node = h("div.histogram", { role: "group", "aria-label": "Range of years" }, area, ticks);
  let extent = [0, 0];
  let drag = null;

  function handle(label) {
    return h("div.handle", { role: "slider", tabindex: "0", "aria-label": label });
  }

  const range = () => {
    const f = core.state.filter;
    return [f.first ?? extent[0], f.last ?? extent[1]].map((y) => Math.min(Math.max(y, extent[0]), extent[1]));
  };
  const step = () => WIDTH / (extent[1] - extent[0] + 1);

  function apply(first, last, replace) {
    const [a, b] = [Math.min(first, last), Math.max(first, last)];
    const whole = a <= extent[0] && b >= extent[1];
    const upto = core.state.filter.mode === "upto";
    setFilter({ first: whole || upto || a <= extent[0] ? null : a, last: whole || b >= extent[1] ? null : b }, { replace });
  }

  const yearAt = (event) => {
    const box = area.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return Math.max(extent[0], Math.min(extent[1], extent[0] + Math.floor(share * (extent[1] - extent[0] + 1))));
  };

  area.onpointerdown = (event) => {
    if (event.button) return;
    const year = yearAt(event);
    const [a, b] = range();
    const on = event.target.closest(".handle");
    drag = { start: year, from: a, to: b, which: on === low ? "low" : on === high ? "high" : "new", moved: false };
    area.setPointerCapture(event.pointerId);
    event.preventDefault();
    (on || area).focus?.();
  };
  area.onpointermove = (event) => {
    if (!drag) return;
    const year = yearAt(event);
    if (year === drag.last) return;
    drag.last = year;
    const first = !drag.moved;
    if (drag.which === "new" && year === drag.start && first) return;
    drag.moved = true;
    if (drag.which === "low") apply(Math.min(year, drag.to), drag.to, !first);
    else if (drag.which === "high") apply(drag.from, Math.max(year, drag.from), !first);
    else apply(drag.start, year, !first);
  };
  area.onpointerup = () => {
    if (drag && !drag.moved && drag.which === "new") {
      const [a, b] = range();
      if (a === drag.start && b === drag.start) setFilter({ first: null, last: null });
      else apply(drag.start, drag.start, false);
    }
    drag = null;
  };
  area.onpointercancel = () => (drag = null);
  for (const knob of [low, high]) {
    knob.onkeydown = (event) => {
      const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
      const end = { Home: -1e4, End: 1e4 }[event.key];
      if (!by && !end) return;
      event.preventDefault();
      event.stopPropagation();
      let [a, b] = range();
      const move = (y) => Math.max(extent[0], Math.min(extent[1], y + (by || end)));
      if (knob === low) a = Math.min(move(a), b);
      else b = Math.max(move(b), a);
      apply(a, b, true);
    };
  }

  return {
    node,
    update() {
      const { firstYear, years } = core.counts;
      if (!years.length) return;
      extent = [firstYear, firstYear + years.length - 1];
      const [a, b] = range();
      const most = Math.max(1, ...years);
      const w = step();
      const gap = w > 3 ? 1 : 0;
      let dim = "";
      let lit = "";
      for (let i = 0; i < years.length; i++) {
        if (!years[i]) continue;
        const height = Math.max(1.5, (years[i] / most) * (HEIGHT - 2));
        const d = `M${(i * w).toFixed(2)} ${HEIGHT}v${-height.toFixed(2)}h${(w - gap).toFixed(2)}v${height.toFixed(2)}z`;
        const year = extent[0] + i;
        if (year >= a && year <= b) lit += d;
        else dim += d;
      }
      bars.replaceChildren(svg("path.dim", { d: dim }), svg("path.lit", { d: lit }));
      const ranged = core.state.filter.first !== null || core.state.filter.last !== null;
      set(shade, "x", (a - extent[0]) * w);
      set(shade, "width", ranged ? (b - a + 1) * w : 0);
      low.style.left = `${((a - extent[0]) * w * 100) / WIDTH}%`;
      high.style.left = `${((b - extent[0] + 1) * w * 100) / WIDTH}%`;
      node.classList.toggle("ranged", ranged);
      for (const [knob, value] of [[low, a], [high, b]]) {
        set(knob, "aria-valuemin", extent[0]);
        set(knob, "aria-valuemax", extent[1]);
        set(knob, "aria-valuenow", value);
      }
      const inside = years.subarray(a - extent[0], b - extent[0] + 1);
      set(high, "aria-valuetext", `${b}; busiest year ${plural(Math.max(0, ...inside), "project")}`);
      [extent[0], Math.round((extent[0] + extent[1]) / 2), extent[1]].forEach((y, i) => text(ticks.children[i], number(y).replace("\u2009", "")));
    },
  };
}
