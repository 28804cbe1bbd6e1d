// Symbols: the type group by shape and colour, the status by the fill, the same on map, legend, card and timeline.
"use strict";
window.datelineSymbols = (() => {
  // Outlines on a circle of radius 1, tuned so that all seven look equally large.
  const polygon = (n, radius, turn) => Array.from({ length: n }, (_, i) => {
    const a = turn + (2 * Math.PI * i) / n;
    return [radius * Math.cos(a), radius * Math.sin(a)];
  });
  const star = () => Array.from({ length: 10 }, (_, i) => {
    const a = -Math.PI / 2 + (Math.PI * i) / 5, r = i % 2 ? 0.5 : 1.18;
    return [r * Math.cos(a), r * Math.sin(a) + 0.06];
  });
  const cross = () => {
    const w = 0.36, l = 1.02;
    return [[-w, -l], [w, -l], [w, -w], [l, -w], [l, w], [w, w], [w, l], [-w, l], [-w, w], [-l, w], [-l, -w], [-w, -w]];
  };
  const SHAPES = {
    square: [[-0.82, -0.82], [0.82, -0.82], [0.82, 0.82], [-0.82, 0.82]],
    triangle: [[0, -1.08], [1.06, 0.78], [-1.06, 0.78]],
    diamond: polygon(4, 1.12, 0),
    star: star(),
    cross: cross(),
    hexagon: polygon(6, 1, Math.PI / 6),
  };

  function outline(ctx, shape, x, y, r) {
    ctx.beginPath();
    if (shape === "circle" || !SHAPES[shape]) {
      ctx.arc(x, y, r * 0.94, 0, 2 * Math.PI);
      return;
    }
    SHAPES[shape].forEach(([px, py], i) => (i ? ctx.lineTo(x + px * r, y + py * r) : ctx.moveTo(x + px * r, y + py * r)));
    ctx.closePath();
  }

  const channels = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  const light = (hex) => {
    const [r, g, b] = channels(hex).map((c) => (c / 255 <= 0.03928 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const edges = new Map();

  // The colour of outlines and lines: the group's own, darkened or lightened until it stands out 3 to 1 from the land.
  function edge(colour, paper) {
    const key = colour + paper;
    if (!edges.has(key)) {
      const ground = light(paper) * (light(paper) > 0.5 ? 0.9 : 1.3), towards = ground > 0.3 ? 0 : 255;
      let rgb = channels(colour), hex = colour;
      for (let step = 0; step < 12; step++) {
        const [a, b] = [light(hex), ground].sort((p, q) => q - p);
        if ((a + 0.05) / (b + 0.05) >= 3) break;
        rgb = rgb.map((c) => Math.round(c + (towards - c) * 0.1));
        hex = "#" + rgb.map((c) => c.toString(16).padStart(2, "0")).join("");
      }
      edges.set(key, hex);
    }
    return edges.get(key);
  }

  // fill: "full" held or operating · "half" under way · "hollow" proposed or planned · "barred" refused or cancelled.
  // paper is the colour inside a hollow symbol; a rim of it keeps neighbours apart.
  function draw(ctx, x, y, r, { shape, colour, fill = "full", dashed = false, paper = "#fff", rim = true }) {
    const rimmed = edge(colour, paper);
    ctx.save();
    ctx.lineJoin = "miter";
    outline(ctx, shape, x, y, r);
    if (rim) {
      ctx.strokeStyle = paper;
      ctx.lineWidth = Math.max(2.4, r * 0.55) + 1.6;
      ctx.stroke();
    }
    ctx.fillStyle = fill === "full" ? colour : paper;
    ctx.fill();
    if (fill === "half") {
      ctx.save();
      ctx.clip();
      ctx.fillStyle = colour;
      ctx.fillRect(x - 2 * r, y - 2 * r, 2 * r, 4 * r);
      ctx.restore();
      outline(ctx, shape, x, y, r);
    }
    if (dashed) ctx.setLineDash([2.2, 1.8]);
    ctx.strokeStyle = rimmed;
    ctx.lineWidth = Math.max(1.2, r * 0.24);
    ctx.stroke();
    if (fill === "barred") {
      ctx.setLineDash([]);
      const d = r * 1.25;
      ctx.lineCap = "round";
      ctx.beginPath();
      ctx.moveTo(x - d, y + d);
      ctx.lineTo(x + d, y - d);
      ctx.strokeStyle = paper;
      ctx.lineWidth = Math.max(3.4, r * 0.6);
      ctx.stroke();
      ctx.strokeStyle = rimmed;
      ctx.lineWidth = Math.max(1.5, r * 0.28);
      ctx.stroke();
    }
    ctx.restore();
  }

  // Two thin rings: the sources disagree.
  function doubleRing(ctx, x, y, r, colour) {
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.lineWidth = 0.9;
    for (const gap of [3, 5.2]) {
      ctx.beginPath();
      ctx.arc(x, y, r + gap, 0, 2 * Math.PI);
      ctx.stroke();
    }
    ctx.restore();
  }

  // Several marks in one: a ring of their colours in proportion, and how many.
  function donut(ctx, x, y, r, parts, label, { paper, ink, font }) {
    const total = parts.reduce((sum, [, n]) => sum + n, 0);
    const band = Math.max(3.2, r * 0.26);
    ctx.save();
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.fillStyle = paper;
    ctx.fill();
    ctx.strokeStyle = ink;
    ctx.lineWidth = 1.2;
    ctx.stroke();
    let angle = -Math.PI / 2;
    ctx.lineWidth = band;
    for (const [colour, n] of parts) {
      const next = angle + (2 * Math.PI * n) / total;
      ctx.beginPath();
      ctx.arc(x, y, r - band / 2 - 1.4, angle, next);
      ctx.strokeStyle = colour;
      ctx.stroke();
      angle = next;
    }
    ctx.fillStyle = ink;
    ctx.font = font;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(label, x, y + 0.5);
    ctx.restore();
  }

  return { draw, doubleRing, donut, outline, edge };
})();
