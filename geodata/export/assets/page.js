"use strict";
(async () => {
  const $ = (id) => document.getElementById(id);
  const unpack = async (id) => {
    const letters = atob($(id).textContent.trim());
    const bytes = Uint8Array.from(letters, (c) => c.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  };
  const [page, ground] = await Promise.all([unpack("page-data"), unpack("ground-data")]);
  const { projects, scenes, groups } = page;
  const dark = matchMedia("screen and (prefers-color-scheme: dark)"); // paper is light
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  // --- elements: words become text nodes, never markup --------------------------------------------------------
  const h = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "onclick") node.addEventListener("click", value);
      else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((c) => c !== "" && c != null && c !== false));
    return node;
  };
  const quote = (q) => h("div", {}, h("blockquote", {}, ...q.parts.map(([words, marked]) => (marked ? h("mark", {}, words) : words))), h("p", { class: "source" }, q.footnote));

  // --- web Mercator ------------------------------------------------------------------------------------------
  const mx = (lon) => (lon + 180) / 360;
  const my = (lat) => {
    const s = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
    return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI);
  };
  const lonOf = (x) => x * 360 - 180;
  const latOf = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
  const project = (flat) => Float64Array.from(flat, (v, i) => (i % 2 ? my(v) : mx(v)));
  const path = (lines, closed) => {
    const p = new Path2D();
    for (const line of lines) {
      const xy = project(line);
      for (let i = 0; i < xy.length; i += 2) i ? p.lineTo(xy[i], xy[i + 1]) : p.moveTo(xy[i], xy[i + 1]);
      if (closed) p.closePath();
    }
    return p;
  };
  const levels = ground.levels.map((l) => ({ land: path(l.land, true), lakes: path(l.lakes, true) }));
  const views = {};
  for (const [id, view] of Object.entries(ground.views)) {
    const lines = (table) => Object.fromEntries(Object.entries(table).map(([kind, list]) => [kind, path(list, false)]));
    const { fine, ...coarse } = view.lines;
    views[id] = { coarse: lines(coarse), fine: fine && lines(fine), disputed: view.disputed.map((d) => ({ ...d, path: path(d.rings, true) })), states: view.states };
  }

  // --- state and view ----------------------------------------------------------------------------------------
  const canvas = $("ground"), ctx = canvas.getContext("2d");
  let width = 0, height = 0, at = { x: 0.5, y: 0.4, k: 300 }, scene = 0, picked = -1, hits = [], frame = 0, flight = 0;
  const size = () => {
    const box = canvas.getBoundingClientRect(), ratio = devicePixelRatio || 1;
    width = box.width; height = box.height;
    canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio);
  };
  const sx = (x) => (x - at.x) * at.k + width / 2, sy = (y) => (y - at.y) * at.k + height / 2;
  const zoom = () => Math.log2(at.k / 256);
  const fit = ([w, s, e, n]) => {
    const k = Math.min(width / Math.max(mx(e) - mx(w), 1e-4), height / Math.max(my(s) - my(n), 1e-4)) * 0.98;
    return { x: (mx(w) + mx(e)) / 2, y: (my(s) + my(n)) / 2, k };
  };
  const draw = () => { frame ||= requestAnimationFrame(paint); };
  const fly = (to) => {
    cancelAnimationFrame(flight);
    if (still.matches) { at = to; return draw(); }
    const from = { ...at }, start = performance.now();
    const step = (now) => {
      const t = Math.min(1, (now - start) / 700), e = t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2;
      const k = from.k * (to.k / from.k) ** e, share = Math.abs(to.k - from.k) < 1 ? e : (1 / from.k - 1 / k) / (1 / from.k - 1 / to.k);
      at = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, k };
      draw();
      if (t < 1) flight = requestAnimationFrame(step);
    };
    flight = requestAnimationFrame(step);
  };

  // --- drawing -----------------------------------------------------------------------------------------------
  const stripes = () => {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 7;
    const c = tile.getContext("2d");
    c.strokeStyle = colour("hatch"); c.globalAlpha = 0.5; c.lineWidth = 0.8;
    c.beginPath(); c.moveTo(-1, 8); c.lineTo(8, -1); c.moveTo(-1, 1); c.lineTo(1, -1); c.moveTo(6, 8); c.lineTo(8, 6); c.stroke();
    return ctx.createPattern(tile, "repeat");
  };
  const symbol = (x, y, r, group, fill, paper) => {
    const g = groups[group], ink = dark.matches ? g.dark : g.light, outline = new Path2D();
    if (!g.shape.length) outline.arc(x, y, r * 0.94, 0, 7);
    else { g.shape.forEach(([px, py], i) => (i ? outline.lineTo(x + px * r, y - py * r) : outline.moveTo(x + px * r, y - py * r))); outline.closePath(); }
    ctx.strokeStyle = paper; ctx.lineWidth = 4; ctx.stroke(outline);
    ctx.fillStyle = fill === "full" ? ink : paper; ctx.fill(outline);
    if (fill === "half") { ctx.save(); ctx.clip(outline); ctx.fillStyle = ink; ctx.fillRect(x - 2 * r, y - 2 * r, 2 * r, 4 * r); ctx.restore(); }
    ctx.strokeStyle = ink; ctx.lineWidth = 1.6; ctx.stroke(outline);
    if (fill === "barred") for (const [w, c] of [[4, paper], [1.8, ink]]) { ctx.beginPath(); ctx.moveTo(x - r * 1.2, y + r * 1.2); ctx.lineTo(x + r * 1.2, y - r * 1.2); ctx.lineWidth = w; ctx.strokeStyle = c; ctx.stroke(); }
  };
  const boxes = [];
  const free = (x0, y0, x1, y1, take = true) => {
    if (x0 < 0 || y0 < 0 || x1 > width || y1 > height || boxes.some((b) => x0 < b[2] && b[0] < x1 && y0 < b[3] && b[1] < y1)) return false;
    if (take) boxes.push([x0, y0, x1, y1]);
    return true;
  };
  const larger = () => Math.max(1, Math.min(1.6, innerWidth / 1280)); // names are read from a wall too
  const name = (words, x, y, type, fill, { spacing = "0px", side = "center", halo = true } = {}) => {
    const font = type.replace(/(\d+)px/, (_, px) => `${Math.round(px * larger())}px`);
    ctx.font = font; ctx.letterSpacing = spacing;
    const w = ctx.measureText(words).width, tall = parseInt(font.match(/(\d+)px/)[1], 10), left = side === "center" ? x - w / 2 : side === "left" ? x : x - w;
    if (!free(left - 2, y - tall * 0.6, left + w + 2, y + tall * 0.6)) return false;
    ctx.textAlign = "left"; ctx.textBaseline = "middle";
    if (halo) { ctx.strokeStyle = colour("land"); ctx.lineWidth = 3; ctx.lineJoin = "round"; ctx.strokeText(words, left, y); }
    ctx.fillStyle = fill; ctx.fillText(words, left, y);
    ctx.letterSpacing = "0px";
    return true;
  };
  const paint = () => {
    frame = 0;
    const ratio = devicePixelRatio || 1, now = scenes[scene], z = zoom(), view = views[now ? now.borders : Object.keys(views)[0]];
    const [water, land, border, hatch, ink, second, paper, chosen] = ["water", "land", "border", "hatch", "ink", "second", "paper", "selection"].map(colour);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.fillStyle = water; ctx.fillRect(0, 0, width, height);
    const shift = () => ctx.setTransform(at.k * ratio, 0, 0, at.k * ratio, (width / 2 - at.x * at.k) * ratio, (height / 2 - at.y * at.k) * ratio);
    const back = () => ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    shift();
    const finest = levels[z > 3.2 && levels[1] ? 1 : 0];
    for (const level of finest === levels[0] ? levels.slice(0, 1) : levels) { ctx.fillStyle = land; ctx.fill(level.land, "evenodd"); }
    ctx.fillStyle = water; ctx.fill(finest.lakes, "evenodd");
    const pattern = stripes();
    pattern.setTransform(new DOMMatrix([1 / at.k, 0, 0, 1 / at.k, 0, 0]));
    ctx.fillStyle = pattern;
    for (const d of view.disputed) ctx.fill(d.path, "evenodd");
    const table = z > 3.2 && view.fine ? view.fine : view.coarse;
    for (const [kind, w, dash] of [["coast", 0.7, []], ["border", 1, []], ["disputed", 1, [4, 3]]]) {
      if (!table[kind]) continue;
      ctx.lineWidth = w / at.k; ctx.setLineDash(dash.map((d) => d / at.k)); ctx.strokeStyle = kind === "disputed" ? hatch : border; ctx.stroke(table[kind]);
    }
    ctx.setLineDash([]);
    back();
    boxes.length = 0; hits = [];
    marks(now, paper, ink, chosen);
    for (const [words, lon, lat, s] of [...view.states].sort((a, b) => b[3] - a[3])) if (s + 2 * z > 12.5) name(words.toUpperCase(), sx(mx(lon)), sy(my(lat)), "600 11px Inter, sans-serif", second, { spacing: "2px" });
    for (const d of view.disputed) if (d.zoom <= z + 0.5) name(d.label, sx(mx(d.at[0])), sy(my(d.at[1])), "400 11px Inter, sans-serif", second);
    for (const [words, lon, lat, first, last] of ground.seas) if (first <= z && z <= last + 1) name(words, sx(mx(lon)), sy(my(lat)), "italic 400 13px Source Serif, serif", "#6B8CA0", { halo: false });
    for (const [words, lon, lat, from, capital] of ground.towns) {
      if (from > z) continue;
      const x = sx(mx(lon)), y = sy(my(lat));
      if (x < 0 || x > width || y < 0 || y > height) continue;
      const alone = free(x - 2, y - 2, x + 2, y + 2, false);
      if (name(words, x + (alone ? 6 : 13) * larger(), y, `400 ${capital ? 12 : 11}px Inter, sans-serif`, ink, { side: "left" }) && alone) { ctx.beginPath(); ctx.arc(x, y, 1.8, 0, 7); ctx.fillStyle = paper; ctx.fill(); ctx.strokeStyle = second; ctx.lineWidth = 1; ctx.stroke(); }
    }
    const metres = (40075016 * Math.cos((latOf(at.y) * Math.PI) / 180)) / at.k;
    $("scale")?.replaceChildren(`1 cm ≈ ${Math.max(1, Math.round((metres * 38) / 1000)).toLocaleString("en").replaceAll(",", "\u2009")} km`);
    document.documentElement.dataset.marks = String(hits.length);
  };
  const marks = (now, paper, ink, chosen) => {
    const shown = now ? now.projects : projects.map((_, i) => i), key = picked >= 0 ? picked : now ? now.selected : -1, spots = [], badges = new Map();
    let told = null; // where the project that is spoken of gets its name
    const counted = (x, y, i) => { const where = `${Math.round(x)},${Math.round(y)}`; badges.has(where) ? badges.get(where).rows.push(i) : badges.set(where, { x, y: y + 17, rows: [i] }); };
    const faint = (i) => (key >= 0 && i !== key ? 0.25 : 1);
    for (const i of shown) {
      const p = projects[i], tint = i === key ? chosen : dark.matches ? groups[p.group].dark : groups[p.group].light;
      ctx.globalAlpha = faint(i);
      for (const ring of p.areas) { const q = new Path2D(); ring.forEach(([lon, lat], n) => (n ? q.lineTo(sx(mx(lon)), sy(my(lat))) : q.moveTo(sx(mx(lon)), sy(my(lat))))); ctx.strokeStyle = tint; ctx.lineWidth = 1; ctx.stroke(q); ctx.globalAlpha *= 0.15; ctx.fillStyle = tint; ctx.fill(q); ctx.globalAlpha = faint(i); }
      for (const line of p.lines) {
        const q = new Path2D();
        line.forEach(([lon, lat], n) => (n ? q.lineTo(sx(mx(lon)), sy(my(lat))) : q.moveTo(sx(mx(lon)), sy(my(lat)))));
        ctx.strokeStyle = paper; ctx.lineWidth = 5; ctx.stroke(q);
        ctx.strokeStyle = tint; ctx.lineWidth = i === key ? 3 : 2; ctx.setLineDash([8, 6]); ctx.stroke(q); ctx.setLineDash([]);
        const [a, b] = [line[0], line[line.length - 1]];
        if (i === key) { const m = line[line.length >> 1], n = line[(line.length >> 1) - 1]; told ||= { x: sx((mx(m[0]) + mx(n[0])) / 2), y: sy((my(m[1]) + my(n[1])) / 2), r: 8 }; }
        hits.push({ x: sx((mx(a[0]) + mx(b[0])) / 2), y: sy((my(a[1]) + my(b[1])) / 2), r: 14, rows: [i] });
        for (let n = 1; n < line.length; n++) for (let t = 0; t <= 1; t += 0.04) { const x = sx(mx(line[n - 1][0]) + t * (mx(line[n][0]) - mx(line[n - 1][0]))), y = sy(my(line[n - 1][1]) + t * (my(line[n][1]) - my(line[n - 1][1]))); boxes.push([x - 3, y - 3, x + 3, y + 3]); }
      }
      for (const [lon, lat, precision, refused] of p.points) precision === 6 ? counted(sx(mx(lon)), sy(my(lat)), i) : spots.push({ x: sx(mx(lon)), y: sy(my(lat)), i, precision, fill: refused ? "barred" : p.fill, tint });
    }
    const clusters = [];
    for (const s of spots.sort((a, b) => (b.i === key) - (a.i === key))) {
      if (s.x < -40 || s.y < -40 || s.x > width + 40 || s.y > height + 40) continue;
      const near = s.i !== key && clusters.find((c) => c.i !== key && Math.hypot(c.x - s.x, c.y - s.y) < 17);
      if (near) near.all.push(s); else clusters.push({ x: s.x, y: s.y, i: s.i, all: [s] });
    }
    for (const c of clusters.reverse()) {
      const rows = [...new Set(c.all.map((s) => s.i))], s = c.all[0];
      ctx.globalAlpha = Math.max(...rows.map(faint));
      let r = 8 * Math.sqrt(larger());
      if (rows.length > 1) {
        r = (12 + 1.6 * Math.log2(rows.length)) * Math.sqrt(larger());
        ctx.beginPath(); ctx.arc(c.x, c.y, r, 0, 7); ctx.fillStyle = paper; ctx.fill(); ctx.strokeStyle = ink; ctx.lineWidth = 1.2; ctx.stroke();
        let angle = -Math.PI / 2;
        for (const t of c.all) { const next = angle + (2 * Math.PI) / c.all.length; ctx.beginPath(); ctx.arc(c.x, c.y, r - 3.4, angle, next); ctx.strokeStyle = t.tint; ctx.lineWidth = 3.6; ctx.stroke(); angle = next; }
        ctx.fillStyle = ink; ctx.font = `600 ${Math.round(12 * Math.sqrt(larger()))}px Inter, sans-serif`; ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.fillText(String(rows.length), c.x, c.y + 0.5);
      } else {
        if (s.precision === 2) { const reach = Math.max((25000 * at.k) / (40075016 * Math.cos((latOf(at.y) * Math.PI) / 180)), 13); ctx.beginPath(); ctx.arc(c.x, c.y, reach, 0, 7); ctx.strokeStyle = s.tint; ctx.lineWidth = 1; ctx.stroke(); }
        symbol(c.x, c.y, r, projects[s.i].group, s.precision === 8 ? "hollow" : s.fill, paper);
        if (projects[s.i].disagree.length) for (const gap of [4, 6.5]) { ctx.beginPath(); ctx.arc(c.x, c.y, r + gap, 0, 7); ctx.strokeStyle = s.tint; ctx.lineWidth = 1; ctx.stroke(); }
        if (s.i === key) { told ||= { x: c.x, y: c.y, r: r + 8 }; ctx.beginPath(); ctx.arc(c.x, c.y, r + 8, 0, 7); ctx.strokeStyle = chosen; ctx.lineWidth = 2; ctx.stroke(); }
      }
      ctx.globalAlpha = 1;
      boxes.push([c.x - r, c.y - r, c.x + r, c.y + r]);
      hits.push({ x: c.x, y: c.y, r: r + 4, rows });
    }
    ctx.globalAlpha = 1;
    for (const b of badges.values()) {
      const spoken = b.rows.includes(key), words = spoken ? cut(projects[key].title) : `country · ${b.rows.length}`, size = Math.round(11 * larger());
      ctx.font = `${spoken ? 600 : 400} ${size}px Inter, sans-serif`; ctx.textAlign = "center"; ctx.textBaseline = "middle";
      const half = ctx.measureText(words).width / 2 + 8, tall = size * 0.82;
      if (b.x < half || b.y < 10 || b.x > width - half || b.y > height - 10) continue;
      const y = [0, 10, 20, 30, -34, -44].map((d) => b.y + d * larger()).find((at) => free(b.x - half, at - tall, b.x + half, at + tall));
      if (y === undefined) continue;
      ctx.globalAlpha = key < 0 || spoken ? 1 : 0.4;
      ctx.beginPath(); ctx.roundRect(b.x - half, y - tall, 2 * half, 2 * tall, tall); ctx.fillStyle = paper; ctx.fill(); ctx.strokeStyle = spoken ? chosen : colour("second"); ctx.lineWidth = spoken ? 1.6 : 1; ctx.stroke();
      ctx.fillStyle = spoken ? chosen : ink; ctx.fillText(words, b.x, y + 0.5);
      ctx.globalAlpha = 1;
      hits.push({ x: b.x, y, r: half, rows: [...new Set(b.rows)] });
    }
    if (told) [[told.r + 6, "left"], [-told.r - 6, "right"]].some(([dx, side]) => name(cut(projects[key].title), told.x + dx, told.y, "600 12px Inter, sans-serif", chosen, { side }));
  };
  const cut = (title) => (title.length > 44 ? `${title.slice(0, 42).replace(/ \S*$/, "")} …` : title);

  // --- legend: the groups and fillings that a scene shows ------------------------------------------------------
  const svg = (tag, attributes, ...children) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };
  const sign = (shape, ink, fill) => {
    const face = { fill: fill === "full" ? ink : "none", stroke: ink, "stroke-width": 0.28 };
    const body = shape.length ? svg("polygon", { points: shape.map(([x, y]) => `${x},${-y}`).join(" "), ...face }) : svg("circle", { r: 0.94, ...face });
    const more = { half: [svg("path", { d: "M0 -.94A.94 .94 0 0 0 0 .94Z", fill: ink })], barred: [svg("path", { d: "M-1.2 1.2L1.2 -1.2", stroke: ink, "stroke-width": 0.32 })] };
    return svg("svg", { viewBox: "-1.5 -1.5 3 3", width: 16, height: 16, "aria-hidden": "true" }, body, ...(more[fill] || []));
  };
  const legend = () => {
    const shown = (scenes[scene]?.projects || projects.map((_, i) => i)).map((i) => projects[i]);
    const fills = new Set(shown.flatMap((p) => [p.fill, ...(p.points.some((point) => point[3]) ? ["barred"] : [])]));
    $("legend").replaceChildren(
      ...groups.filter((_, n) => shown.some((p) => p.group === n)).map((g) => h("li", {}, sign(g.shape, dark.matches ? g.dark : g.light, "full"), g.label)),
      ...page.fills.filter(([fill]) => fills.has(fill)).map(([fill, words]) => h("li", { class: "second" }, sign([], colour("second"), fill), words)),
    );
    size(); // the map has the room that is left
  };

  // --- scenes, evidence, lists -------------------------------------------------------------------------------
  const evidence = (i) => {
    const p = projects[i];
    const parts = [h("p", { class: "kicker" }, [p.type, p.status, p.years, p.precision].filter(Boolean).join(" · ")), h("h2", {}, p.title), h("ul", { class: "facts" }, ...p.facts.map((f) => h("li", {}, f)))];
    for (const d of p.disagree) parts.push(h("h3", {}, `Sources disagree on the ${d.about}`), h("div", { class: "sides" }, ...d.sides.map(([value, sources, words]) => h("div", { class: "side" }, h("strong", {}, value), h("q", {}, words), h("small", {}, sources.join("; "))))));
    open([...parts, ...p.quotes.map(quote)]);
  };
  const open = (children) => {
    $("sheet").replaceChildren(...children, h("p", {}, h("button", { type: "button", onclick: () => $("sheet").close() }, "Close")));
    if (!$("sheet").open) $("sheet").showModal();
    $("sheet").scrollTop = 0;
  };
  const about = () => open([h("h2", {}, "What this rests on"), h("ul", {}, ...page.about.map(([k, v]) => h("li", {}, `${k}: ${v}`))), h("h3", {}, "Texts"), h("ul", { class: "about" }, ...page.texts.map((t) => h("li", {}, t)))]);
  const listed = (rows) => (rows.length === 1 ? evidence(rows[0]) : open([h("h2", {}, `${rows.length} projects here`), ...rows.map((i) => h("button", { type: "button", class: "pick", onclick: () => evidence(i) }, `${projects[i].title}${projects[i].years ? ", " + projects[i].years : ""}`))]));
  // Long words are set smaller, so that a room sees all of them; what is still too long scrolls.
  const fitted = () => { const p = $("panel"); for (const f of [1, 0.92, 0.84, 0.76, 0.68]) { p.style.setProperty("--fit", f); if (p.scrollHeight <= p.clientHeight + 1) return; } };
  const show = (n, move = true) => {
    scene = Math.max(0, Math.min(scenes.length - 1, n)); picked = -1;
    const s = scenes[scene];
    legend();
    if (!s) return draw();
    const rows = s.selected >= 0 ? [s.selected] : s.projects;
    $("panel").replaceChildren(
      ...[s.kicker && h("div", { class: "kicker" }, s.kicker), h("h1", {}, s.headline), s.facts.length && h("ul", { class: "facts" }, ...s.facts.map((f) => h("li", {}, f))), ...s.quotes.map(quote),
        h("div", { class: "row" }, h("button", { type: "button", onclick: () => listed(rows) }, rows.length === 1 ? "Evidence" : `All ${rows.length} projects`), h("button", { type: "button", onclick: about }, "Sources"),
          scenes.length > 1 && h("span", { class: "turn" }, h("button", { type: "button", "aria-label": "Previous scene", disabled: scene === 0, onclick: () => show(scene - 1) }, "‹"), h("button", { type: "button", "aria-label": "Next scene", disabled: scene === scenes.length - 1, onclick: () => show(scene + 1) }, "›"))),
        h("div", { class: "disagree" }, s.disagree ? h("strong", {}, s.disagree) : "", h("div", { class: "about" }, [s.asOf, s.selected >= 0 && s.caption, s.filter && `Shown: ${s.filter}`].filter(Boolean).join(" · ")))].filter(Boolean));
    $("strip").replaceChildren(h("span", {}, `${s.strip} · ${page.count} ${page.count === 1 ? "text" : "texts"} · ${s.asOf || page.date}`), h("span", { id: "scale" }), h("span", {}, ground.attribution));
    for (const [i, b] of [...$("steps").children].entries()) i === scene ? b.setAttribute("aria-current", "step") : b.removeAttribute("aria-current");
    $("panel").scrollTop = 0;
    fitted();
    move ? fly(fit(s.extent)) : ((at = fit(s.extent)), draw());
  };
  $("steps").replaceChildren(...(scenes.length > 1 ? scenes.map((s, i) => h("button", { type: "button", "aria-label": `Scene ${i + 1}: ${s.headline}`, onclick: () => show(i) })) : []));

  // --- hands ---------------------------------------------------------------------------------------------------
  const zoomBy = (factor, px = width / 2, py = height / 2) => {
    const x = at.x + (px - width / 2) / at.k, y = at.y + (py - height / 2) / at.k, k = Math.max(200, Math.min(2 ** 20, at.k * factor));
    cancelAnimationFrame(flight);
    at = { x: x - (px - width / 2) / k, y: y - (py - height / 2) / k, k };
    draw();
  };
  $("in").addEventListener("click", () => zoomBy(1.8)); $("out").addEventListener("click", () => zoomBy(1 / 1.8));
  canvas.addEventListener("wheel", (e) => { e.preventDefault(); zoomBy(Math.exp(-e.deltaY * 0.0016), e.offsetX, e.offsetY); }, { passive: false });
  const touches = new Map();
  let moved = 0, gap = 0;
  const under = (x, y) => hits.filter((t) => Math.hypot(t.x - x, t.y - y) <= t.r).pop();
  canvas.addEventListener("pointerdown", (e) => { canvas.setPointerCapture(e.pointerId); touches.set(e.pointerId, e); moved = 0; gap = 0; cancelAnimationFrame(flight); });
  canvas.addEventListener("pointermove", (e) => {
    const before = touches.get(e.pointerId), tip = $("tip");
    if (!before) {
      const hit = under(e.offsetX, e.offsetY);
      tip.hidden = !hit; canvas.style.cursor = hit ? "pointer" : "grab";
      if (hit) { tip.textContent = hit.rows.length === 1 ? projects[hit.rows[0]].title : `${hit.rows.length} projects`; tip.style.left = `${Math.min(e.offsetX + 12, width - 200)}px`; tip.style.top = `${e.offsetY + 12}px`; }
      return;
    }
    touches.set(e.pointerId, e);
    if (touches.size === 2) {
      const [a, b] = [...touches.values()], now = Math.hypot(a.offsetX - b.offsetX, a.offsetY - b.offsetY);
      if (gap) zoomBy(now / gap, (a.offsetX + b.offsetX) / 2, (a.offsetY + b.offsetY) / 2);
      gap = now; moved = 99;
      return;
    }
    const dx = e.offsetX - before.offsetX, dy = e.offsetY - before.offsetY;
    moved += Math.abs(dx) + Math.abs(dy);
    at = { ...at, x: at.x - dx / at.k, y: at.y - dy / at.k };
    draw();
  });
  const lift = (e) => { if (touches.delete(e.pointerId) && moved < 5 && e.type === "pointerup") { const hit = under(e.offsetX, e.offsetY); if (hit) listed(hit.rows); } };
  canvas.addEventListener("pointerup", lift); canvas.addEventListener("pointercancel", lift);
  addEventListener("keydown", (e) => {
    if ($("sheet").open && e.key !== "Escape") return;
    const onMap = document.activeElement === canvas;
    const pan = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] }[e.key];
    if (onMap && pan) { at = { ...at, x: at.x + pan[0] / at.k, y: at.y + pan[1] / at.k }; draw(); return e.preventDefault(); }
    if (["ArrowRight", "PageDown", " "].includes(e.key) && e.target.tagName !== "BUTTON") show(scene + 1);
    else if (["ArrowLeft", "PageUp"].includes(e.key)) show(scene - 1);
    else if (e.key === "e" || e.key === "E") { const s = scenes[scene]; if (s) listed(s.selected >= 0 ? [s.selected] : s.projects); }
    else if (e.key === "+" || e.key === "=") zoomBy(1.5);
    else if (e.key === "-") zoomBy(1 / 1.5);
    else return;
    e.preventDefault();
  });
  addEventListener("resize", () => { size(); fitted(); draw(); });
  let swipe = null;
  $("panel").addEventListener("touchstart", (e) => { swipe = e.changedTouches[0]; }, { passive: true });
  $("panel").addEventListener("touchend", (e) => {
    const dx = swipe ? e.changedTouches[0].clientX - swipe.clientX : 0, dy = swipe ? e.changedTouches[0].clientY - swipe.clientY : 0;
    if (Math.abs(dx) > 60 && Math.abs(dx) > 2 * Math.abs(dy)) show(scene + (dx < 0 ? 1 : -1));
  });
  dark.addEventListener("change", () => { legend(); paint(); }); // at once: a page that is printed draws no more frames
  size();
  show(0, false);
  await document.fonts.ready;
  fitted();
  draw();
  document.documentElement.dataset.ready = "1";
})();
