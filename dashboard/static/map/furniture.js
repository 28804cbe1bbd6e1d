// The quiet furniture around the plate: buttons, and the strip below with the view of borders, scale and sources.
"use strict";
window.datelineFurniture = (() => {
  const { element } = window.datelineInteract;

  // Everything around the plate: buttons, the strip below.
  class Furniture {
    constructor(plate, api, config) {
      this.plate = plate;
      this.config = config;
      const box = plate.map.getContainer();
      const group = box.appendChild(element("div", "dl-buttons"));
      L.DomEvent.disableClickPropagation(group);
      for (const [text, name, act] of [
        ["+", "Zoom in", () => plate.map.zoomIn(1)], ["−", "Zoom out", () => plate.map.zoomOut(1)], ["", "Show everything", () => api.fit()],
      ]) {
        const button = group.appendChild(element("button", text ? "" : "dl-fit", text));
        button.title = name;
        button.setAttribute("aria-label", name);
        button.onclick = act;
      }
      this.strip = document.body.appendChild(element("footer", "dl-strip"));
      this.borders = this.strip.appendChild(element("span", "dl-borders"));
      this.scale = this.strip.appendChild(element("span", "dl-scale"));
      this.bar = this.scale.appendChild(element("span", "dl-bar"));
      this.length = this.bar.appendChild(element("span", ""));
      this.strip.appendChild(element("span", "dl-source", config.attribution));
      plate.map.on("moveend zoomend resize", () => this.measure());
      this.measure();
    }

    name(view) {
      this.borders.textContent = view ? view.strip : "";
    }

    // A round length at the middle of the map.
    measure() {
      const { map } = this.plate, metres = 40075017 * Math.cos((map.getCenter().lat * Math.PI) / 180) / (256 * 2 ** map.getZoom());
      const most = 150 * metres, power = 10 ** Math.floor(Math.log10(most));
      const round = [5, 2, 1].map((n) => n * power).find((n) => n <= most) || power;
      this.bar.style.width = Math.round(round / metres) + "px";
      this.length.textContent = round >= 1000 ? `${(round / 1000).toLocaleString("en").replace(/,/g, "\u2009")} km` : `${round} m`;
    }
  }

  return { Furniture };
})();
