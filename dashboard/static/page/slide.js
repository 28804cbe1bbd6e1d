// A slide's words, the same in the editor, in the room and in the notes.
import { h } from "./dom.js";
import { quote } from "./lines.js";

/** Draw the panel of a slide: kicker, headline, facts, quotes, what the sources disagree on. */
export function panel(slide, { quotes = true, hint = "" } = {}) {
  return [
    slide.kicker && h("div.slide-kicker", {}, slide.kicker),
    h("h1.slide-headline", {}, slide.headline),
    h("ul.slide-facts", {}, ...slide.facts.map((f) => h("li", {}, f))),
    ...(quotes ? slide.quotes.map((q) => h("figure.slide-quote", {}, quote(q.parts), h("figcaption", {}, q.citation))) : []),
    h("div.slide-foot", {}, slide.disagree ? h("strong", {}, slide.disagree, hint && slide.disagreements.length ? ` ${hint}` : "") : null, slide.asOf ? h("div.as-of", {}, slide.asOf) : null, h("div", {}, [slide.selected && slide.caption, slide.filter && `Shown: ${slide.filter}`].filter(Boolean).join(" · "))),
  ].filter(Boolean);
}

/** Draw where sources differ: each value with who says it, and their words. */
export function bothSides(slide) {
  return slide.disagreements.map((d) =>
    h(
      "section.both-sides",
      { "aria-label": `Sources disagree on the ${d.about}` },
      h("h3", {}, slide.disagreements.some((o) => o.title !== d.title) ? `${d.title}: ` : "", `${slide.disagreements.some((o) => o.title !== d.title) ? "s" : "S"}ources disagree on the ${d.about}`),
      h("div.sides", {}, ...d.sides.map((s) => h("div.side", {}, h("p", {}, s.value), h("q", {}, s.quote), h("small", {}, s.sources.join("; "))))),
    ),
  );
}

const SCROLLS = matchMedia("(max-width: 760px), (max-aspect-ratio: 1)"); // a phone: words stand below the map
const SIZES = [1, 0.92, 0.84, 0.76, 0.68, 0.6];

/** Set a panel's type smaller until nothing of it is cut off; what is still too long scrolls. */
export function fitted(node) {
  if (SCROLLS.matches) return void node.style.setProperty("--fit", 1);
  for (const size of SIZES) {
    node.style.setProperty("--fit", size);
    if (node.scrollHeight <= node.clientHeight + 1) return;
  }
}
