// Colours and type of the map (design: an atlas plate), light and dark, and finding out which of them the page wears.
"use strict";
window.datelineTheme = (() => {
  const LIGHT = {
    name: "light", paper: "#FAF9F6", land: "#F1EEE6", water: "#D9E4EA", coast: "#9FB0B8", border: "#A39A8A",
    admin1: "#DAD4C7", river: "#BDD0DA", ink: "#1C2126", secondary: "#5A646D", country: "#6B665C", sea: "#40606F",
    hairline: "#E3DFD6", selection: "#C8102E", halo: "rgba(250,249,246,0.86)", seaHalo: "rgba(217,228,234,0.75)",
    hatch: "rgba(90,84,74,0.34)", dispute: "#7D7566", town: "#33393F", capital: "#1C2126",
  };
  const DARK = {
    name: "dark", paper: "#14181B", land: "#20262A", water: "#11161A", coast: "#3A444B", border: "#59656D",
    admin1: "#2E363B", river: "#1B252B", ink: "#E8EAEB", secondary: "#9AA5AC", country: "#9AA5AC", sea: "#7F97A6",
    hairline: "#2C3439", selection: "#FF6B6B", halo: "rgba(20,24,27,0.86)", seaHalo: "rgba(17,22,26,0.8)",
    hatch: "rgba(170,180,186,0.30)", dispute: "#7C878E", town: "#C3CACE", capital: "#E8EAEB",
  };
  const SANS = '"Inter", "Helvetica Neue", Arial, sans-serif';
  const SERIF = '"Source Serif 4", Georgia, serif';

  const luminance = (css) => {
    const parts = /rgba?\(([\d.]+)[, ]+([\d.]+)[, ]+([\d.]+)(?:[,/ ]+([\d.]+))?/.exec(css || "");
    if (!parts || parts[4] === "0") return null;
    return (0.299 * parts[1] + 0.587 * parts[2] + 0.114 * parts[3]) / 255;
  };

  // What the page around the map wears: its own word for it, else the lightness of its background.
  function ofPage() {
    try {
      const doc = window.parent !== window ? window.parent.document : document;
      const told = doc.documentElement.dataset.theme || doc.body.dataset.theme;
      if (told === "light" || told === "dark") return told;
      const app = doc.querySelector(".stApp") || doc.body;
      const light = luminance(window.parent.getComputedStyle(app).backgroundColor);
      if (light !== null) return light < 0.5 ? "dark" : "light";
    } catch (_) { /* a page of another origin: only the system's wish is known */ }
    return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  const pick = (name) => (name === "dark" ? DARK : LIGHT);
  return { LIGHT, DARK, SANS, SERIF, ofPage, pick };
})();
