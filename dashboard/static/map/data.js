// Fetching and decoding: the basemap's topologies and the store's columns. Everything a document said arrives here
// as bytes and stays text: no other script ever parses it as markup.
"use strict";
window.datelineData = (() => {
  // Fetches a gzipped file and returns its bytes. The server sends it as it is on disk, so nothing is packed twice.
  async function bytes(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error("HTTP " + answer.status);
    const stream = answer.body.pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
  }

  async function json(url) {
    return JSON.parse(new TextDecoder().decode(await bytes(url)));
  }

  // Web Mercator on the unit square: x from 0 (180° W) to 1, y from 0 (85° N) to 1.
  const toX = (lon) => lon / 360 + 0.5;
  const toY = (lat) => {
    const s = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180);
    return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI);
  };
  const toLat = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

  // Decodes TopoJSON arcs to flat unit-square coordinates, each with its bounding box.
  function decodeArcs(topology) {
    const [sx, sy] = topology.transform.scale;
    return topology.arcs.map((arc) => {
      const xy = new Float64Array(arc.length * 2);
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      let lon = 0, lat = 0, edge = true;
      for (let i = 0; i < arc.length; i++) {
        lon += arc[i][0];
        lat += arc[i][1];
        const d = lon * sx, x = toX(d), y = toY(lat * sy);
        xy[2 * i] = x;
        xy[2 * i + 1] = y;
        if (Math.abs(d) < 179.98 && lat * sy > -84.9) edge = false;
        if (x < box[0]) box[0] = x;
        if (y < box[1]) box[1] = y;
        if (x > box[2]) box[2] = x;
        if (y > box[3]) box[3] = y;
      }
      return { xy, box, edge }; // edge: runs along the rim of the world only, never drawn as a coast
    });
  }

  function joinRing(arcs, indexes) {
    let length = 0;
    for (const i of indexes) length += arcs[i < 0 ? ~i : i].xy.length - 2;
    const ring = new Float64Array(length + 2);
    let at = 0;
    for (const i of indexes) {
      const { xy } = arcs[i < 0 ? ~i : i];
      if (i >= 0) {
        ring.set(at ? xy.subarray(2) : xy, at ? at : 0);
        at += at ? xy.length - 2 : xy.length;
      } else {
        for (let k = xy.length - (at ? 4 : 2); k >= 0; k -= 2) {
          ring[at++] = xy[k];
          ring[at++] = xy[k + 1];
        }
      }
    }
    return ring;
  }

  const boxOf = (ring) => {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < ring.length; i += 2) {
      if (ring[i] < box[0]) box[0] = ring[i];
      if (ring[i] > box[2]) box[2] = ring[i];
      if (ring[i + 1] < box[1]) box[1] = ring[i + 1];
      if (ring[i + 1] > box[3]) box[3] = ring[i + 1];
    }
    return box;
  };

  // The land at one level of detail: units with rings, and each arc with the units on its two sides.
  function decodeLand(topology) {
    const arcs = decodeArcs(topology);
    const sides = arcs.map(() => []);
    const units = topology.objects.units.geometries.map((member, index) => {
      const rings = [];
      for (const polygon of member.arcs) {
        for (const ring of polygon) {
          for (const i of ring) sides[i < 0 ? ~i : i].push(index);
          const xy = joinRing(arcs, ring);
          rings.push({ xy, box: boxOf(xy) });
        }
      }
      return { ...member.properties, rings };
    });
    arcs.forEach((arc, i) => (arc.sides = sides[i]));
    return { arcs, units };
  }

  function decodeLines(topology, name) {
    const arcs = decodeArcs(topology);
    for (const member of topology.objects[name].geometries) {
      for (const [i] of member.arcs) arcs[i].rank = member.properties.rank || 0;
    }
    return arcs;
  }

  const TYPES = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, i16: Int16Array, i32: Int32Array, f32: Float32Array };

  // The column file: "DLC1", length of the header, header as JSON, then the arrays, each on a multiple of eight.
  function decodeColumns(buffer) {
    const view = new DataView(buffer);
    if (view.getUint32(0, false) !== 0x444c4331) throw new Error("not a column file");
    const size = view.getUint32(4, true);
    const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, size)));
    const base = (8 + size + 7) & ~7;
    const c = { ...header.facts };
    for (const [name, kind, offset, length] of header.arrays) {
      const array = new TYPES[kind](buffer, base + offset, length);
      const [owner, part] = name.split(".");
      if (part) (c[owner] ||= {})[part] = array;
      else c[name] = array;
    }
    const decoder = new TextDecoder();
    const text = (column) => (row) => {
      const { start, bytes } = column;
      return decoder.decode(bytes.subarray(start[row], start[row + 1]));
    };
    c.id = text(c.idText);
    c.title = text(c.titleText);
    let rowOf = null;
    c.rowOf = (id) => {
      if (!rowOf) {
        rowOf = new Map();
        for (let row = 0; row < c.rows; row++) rowOf.set(c.id(row), row);
      }
      return rowOf.has(id) ? rowOf.get(id) : -1;
    };
    c.countriesIn = (view) => countriesIn(c, view);
    return c;
  }

  // The countries of each row under a view of borders: those of places in disputed areas follow the view. `contested`
  // lists, for the rows that have such a place, every place's country and area.
  function countriesIn(c, view) {
    c.countryViews ||= new Map();
    if (c.countryViews.has(view)) return c.countryViews.get(view);
    const { row, country, area } = c.contested, { areas } = c, changed = new Map();
    const names = [...c.countries.names], at = new Map(names.map((name, i) => [name, i]));
    const number = (iso) => {
      if (!at.has(iso)) {
        at.set(iso, names.length);
        names.push(iso);
      }
      return at.get(iso);
    };
    for (let i = 0; i < row.length; i++) {
      if (!changed.has(row[i])) changed.set(row[i], new Set());
      const iso = area[i] < 0 ? c.countryCodes[country[i]] : areas[area[i]].states[view];
      if (iso) changed.get(row[i]).add(number(iso));
    }
    const start = new Uint32Array(c.rows + 1), value = [];
    for (let r = 0; r < c.rows; r++) {
      if (changed.has(r)) value.push(...[...changed.get(r)].sort((a, b) => a - b));
      else for (let k = c.countries.start[r]; k < c.countries.start[r + 1]; k++) value.push(c.countries.value[k]);
      start[r + 1] = value.length;
    }
    const found = { ...c.countries, names, start, value: Uint32Array.from(value), role: new Uint8Array(value.length) };
    c.countryViews.set(view, found);
    return found;
  }

  return { bytes, json, toX, toY, toLat, decodeLand, decodeLines, decodeArcs, decodeColumns, boxOf };
})();
