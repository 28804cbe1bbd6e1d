// A slide's words, the same in the editor, in the room and in the notes.
import { h } from "./dom.js";
import { quote } from "./lines.js";

/** Draw the panel of a slide: kicker, headline, facts, quotes, what the sources disagree on. */
export function panel(slide, { quotes = true } = {}) {
  const facts = slide.facts.length ? slide.facts : [slide.caption];
  return [
    slide.kicker && h("div.slide-kicker", {}, slide.kicker),
    h("h1.slide-headline", {}, slide.headline),
    h("ul.slide-facts", {}, ...facts.filter(Boolean).map((f) => h("li", {}, f))),
    ...(quotes ? slide.quotes.map((q) => h("figure.slide-quote", {}, quote(q.parts), h("figcaption", {}, q.citation))) : []),
    h("div.slide-foot", {}, slide.disagree ? h("strong", {}, slide.disagree) : null, slide.asOf ? h("div.as-of", {}, slide.asOf) : null, h("div", {}, slide.filter ? `Shown: ${slide.filter}` : slide.facts.length ? slide.caption : "")),
  ].filter(Boolean);
}

/** Draw where sources differ: each value with who says it, and their words. */
export function bothSides(slide) {
  return slide.disagreements.map((d) =>
    h(
      "section.both-sides",
      { "aria-label": `Sources disagree on the ${d.about}` },
      h("h3", {}, slide.disagreements.some((o) => o.title !== d.title) ? `${d.title}: ` : "", `sources disagree on the ${d.about}`),
      h("div.sides", {}, ...d.sides.map((s) => h("div.side", {}, h("p", {}, s.value), h("q", {}, s.quote), h("small", {}, s.sources.join("; "))))),
    ),
  );
}
