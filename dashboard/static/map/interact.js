// What a person does on the map: hover, click, lists, keys; and the quiet furniture around it.
"use strict";
window.datelineInteract = (() => {
  const { draw } = window.datelineSymbols;
  const LONGEST = 200; // entries of a list
  const FEW = 8; // a cluster of so few opens as a list at once

  const element = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text; // never markup: titles come from documents
    return node;
  };

  class Interact {
    constructor(plate, api) {
      this.plate = plate;
      this.api = api;
      this.map = plate.map;
      const box = this.map.getContainer();
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", "Map of projects. Arrow keys pan, plus and minus zoom, Enter opens the mark nearest to the middle. The table lists the same projects.");
      this.tip = box.appendChild(element("div", "dl-tip"));
      this.tip.hidden = true;
      this.label = box.appendChild(element("div", "dl-label"));
      this.label.hidden = true;
      this.list = box.appendChild(element("div", "dl-list"));
      this.list.hidden = true;
      for (const node of [this.list, this.label]) {
        L.DomEvent.disableClickPropagation(node);
        L.DomEvent.disableScrollPropagation(node);
      }
      this.map.on("mousemove", (event) => this.hover(event.containerPoint));
      this.map.on("mouseout", () => this.hover(null));
      this.map.on("click", (event) => this.click(event.containerPoint));
      this.map.on("movestart zoomstart", () => this.hide());
      box.addEventListener("keydown", (event) => this.key(event));
    }

    under(point) {
      const { marks, view } = this.plate;
      if (!marks || !point) return null;
      const [x, y] = this.plate.toCanvas(point);
      return marks.at(x, y, view);
    }

    rows(hit) {
      if (hit.rows) return hit.rows;
      if (hit.line !== undefined) return [hit.line];
      return this.plate.marks.rowsOf(hit.item, this.plate.state.mask);
    }

    hover(point) {
      const hit = this.under(point);
      this.map.getContainer().classList.toggle("dl-over", Boolean(hit));
      this.tip.hidden = !hit;
      if (!hit) {
        if (this.hovered) this.api.fire("hover", { id: null });
        this.hovered = null;
        return;
      }
      const rows = this.rows(hit), c = this.plate.columns;
      this.tip.textContent = rows.length === 1 ? c.title(rows[0]) : this.told(rows.length, hit);
      const width = this.map.getSize().x, left = point.x > width - 220;
      this.tip.style.transform = `translate(${Math.round(point.x + (left ? -14 : 14))}px, ${Math.round(point.y + 14)}px)` + (left ? " translateX(-100%)" : "");
      const id = rows.length === 1 ? c.id(rows[0]) : null;
      if (id !== this.hovered) this.api.fire("hover", { id });
      this.hovered = id;
    }

    // How many, and for a badge where.
    told(count, hit) {
      const many = `${count.toLocaleString("en").replace(/,/g, "\u2009")} projects`;
      if (!hit.badge) return many;
      const names = hit.badge.map((iso) => this.plate.basemap.nameOf(iso));
      return `${many}, somewhere in ${names.length > 3 ? `${names.length} countries` : names.join(", ")}`;
    }

    click(point) {
      const hit = this.under(point);
      if (!hit) {
        this.hide();
        this.api.fire("select", { id: null, row: -1, ids: [], rows: [], place: "" });
        return;
      }
      const rows = this.rows(hit);
      if (rows.length === 1) this.choose(rows[0], rows);
      else if (hit.item && !hit.item.spot && rows.length > FEW && this.zoomTo(hit.item)) this.hide();
      else this.open(rows, point, hit);
    }

    choose(row, rows) {
      const c = this.plate.columns;
      this.hide();
      this.plate.select(row);
      this.api.fire("select", { id: c.id(row), row, ids: rows.slice(0, LONGEST).map((r) => c.id(r)), rows, place: "" });
    }

    zoomTo(item) {
      const [x0, y0, x1, y1] = this.plate.marks.extent(item, this.plate.state.mask);
      if (this.map.getZoom() >= this.map.getMaxZoom() - 0.01) return false;
      this.plate.fitBox([x0, y0, x1, y1], this.map.getZoom() + 1);
      return true;
    }

    // The projects of one mark, to choose from.
    open(rows, point, hit) {
      const c = this.plate.columns;
      this.list.replaceChildren();
      const head = this.list.appendChild(element("div", "dl-list-head"));
      head.appendChild(element("span", "", hit.badge ? `${rows.length} known to the country only` : `${rows.length} here`));
      if (hit.item && !hit.item.spot && this.map.getZoom() < this.map.getMaxZoom() - 0.01) {
        const zoom = head.appendChild(element("button", "dl-link", "Zoom in"));
        zoom.onclick = () => {
          this.hide();
          this.zoomTo(hit.item);
        };
      }
      const items = this.list.appendChild(element("ul", ""));
      for (const row of rows.slice(0, LONGEST)) items.appendChild(this.entry(row, rows));
      if (rows.length > LONGEST) this.list.appendChild(element("p", "", `and ${rows.length - LONGEST} more: filter or zoom in`));
      this.list.setAttribute("role", "dialog");
      this.list.setAttribute("aria-label", `${rows.length} projects`);
      this.list.hidden = false;
      const size = this.map.getSize(), w = Math.min(280, size.x - 16), h = Math.min(this.list.scrollHeight, 320, size.y - 16);
      this.list.style.width = w + "px";
      this.list.style.left = Math.max(8, Math.min(size.x - w - 8, point.x + 14)) + "px";
      this.list.style.top = Math.max(8, Math.min(size.y - h - 8, point.y - 20)) + "px";
      items.querySelector("button").focus({ preventScroll: true });
      void c;
    }

    entry(row, rows) {
      const c = this.plate.columns, item = element("li"), button = item.appendChild(element("button", "dl-entry"));
      const canvas = button.appendChild(document.createElement("canvas")), ratio = window.devicePixelRatio || 1;
      canvas.width = canvas.height = 20 * ratio;
      canvas.setAttribute("aria-hidden", "true");
      const ctx = canvas.getContext("2d");
      ctx.scale(ratio, ratio);
      const group = c.groups[c.group[row]], { colours } = this.plate;
      draw(ctx, 10, 10, 5.6, {
        shape: group.shape, colour: colours.name === "dark" ? group.colour_dark : group.colour,
        fill: c.statuses[c.status[row]].fill, paper: colours.paper, rim: false,
      });
      button.appendChild(element("span", "dl-title", c.title(row)));
      const years = c.first[row] ? (c.first[row] === c.last[row] ? String(c.first[row]) : `${c.first[row]}–${c.last[row]}`) : "";
      button.appendChild(element("span", "dl-years", years));
      button.onclick = () => this.choose(row, rows);
      return item;
    }

    hide() {
      const inside = this.list.contains(document.activeElement);
      this.list.hidden = true;
      this.tip.hidden = true;
      if (inside) this.map.getContainer().focus({ preventScroll: true });
    }

    key(event) {
      if (event.key === "Escape" && !this.list.hidden) {
        this.hide();
        event.stopPropagation();
      } else if (!this.list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        const buttons = [...this.list.querySelectorAll("button")], at = buttons.indexOf(document.activeElement);
        buttons[(at + (event.key === "ArrowDown" ? 1 : buttons.length - 1)) % buttons.length].focus();
        event.preventDefault();
        event.stopPropagation();
      } else if (event.key === "Enter" && event.target === this.map.getContainer()) {
        const size = this.map.getSize(), middle = L.point(size.x / 2, size.y / 2), hit = this.nearest(middle);
        if (hit) this.click(hit);
      }
    }

    // The mark nearest to the middle, for those who steer by keys.
    nearest(middle) {
      const [x, y] = this.plate.toCanvas(middle);
      let best = null, least = 160;
      for (const hit of this.plate.marks ? this.plate.marks.hits : []) {
        const d = Math.hypot(hit.x - x, hit.y - y);
        if (d < least) [best, least] = [hit, d];
      }
      return best && L.point(middle.x + best.x - x, middle.y + best.y - y);
    }

    // The name of the selection at its mark: above it, or below a badge, which hangs under the name of its country.
    // Returns where the label's near edge is, from the mark.
    showLabel(found, title) {
      this.label.hidden = !found;
      if (!found) return null;
      this.label.textContent = title;
      const point = this.plate.fromCanvas([found.x, found.y]), size = this.map.getSize();
      const left = point.x > size.x - 230, end = [left ? -24 : 24, found.badge ? 22 : -22];
      this.label.style.transform = `translate(${Math.round(point.x + end[0])}px, ${Math.round(point.y + end[1] - 12)}px)` + (left ? " translateX(-100%)" : "");
      return end;
    }
  }

  return { Interact, element };
})();
