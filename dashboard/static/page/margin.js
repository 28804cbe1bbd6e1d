// Bars beside the text: which passages tell of which project. A bar leads to the project's card on the map.
import { h } from "./dom.js";

const LINE = 14, LANE = 7, LANES = 3;

/** Put the bars beside each paragraph that tells of projects. Where a bar stands is measured once it can be seen. */
export function margin(body, data, pageLink) {
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        lay(target, data, pageLink);
      }
    },
    { rootMargin: "600px" },
  );
  for (const para of body.children) if (para.querySelector(".s[data-projects]")) watcher.observe(para);
  let width = body.clientWidth;
  new ResizeObserver(() => {
    if (body.clientWidth === width) return;
    width = body.clientWidth;
    for (const para of body.querySelectorAll(".para:has(> .bars)")) watcher.observe(para);
  }).observe(body);
}

/** The passages of each project in a paragraph: sentences in a row are one bar. */
function passages(para) {
  const runs = [];
  const open = new Map();
  const box = para.getBoundingClientRect();
  for (const s of para.querySelectorAll(".s")) {
    const told = s.dataset.projects ? s.dataset.projects.split(" ").map(Number) : null;
    if (!told && !s.textContent.trim()) continue;
    for (const index of [...open.keys()]) if (!told?.includes(index)) open.delete(index);
    if (!told) continue;
    const rects = s.getClientRects();
    if (!rects.length) continue;
    const top = rects[0].top - box.top, bottom = rects[rects.length - 1].bottom - box.top;
    for (const index of told) {
      if (open.has(index)) open.get(index).bottom = bottom;
      else {
        const run = { index, top, bottom };
        open.set(index, run);
        runs.push(run);
      }
    }
  }
  return runs;
}

function lay(para, data, pageLink) {
  para.querySelector(".bars")?.remove();
  const runs = passages(para).sort((a, b) => a.top - b.top || b.bottom - a.bottom);
  const ends = new Array(LANES).fill(-1);
  let free = -1;
  const bars = runs.map((run) => {
    let lane = ends.findIndex((end) => end <= run.top + 2);
    if (lane < 0) lane = ends.indexOf(Math.min(...ends));
    ends[lane] = run.bottom;
    const project = data.projects[run.index];
    const rows = project.label.length > 9 ? 2 : 1;
    const labelled = run.top >= free;
    if (labelled) free = run.top + rows * LINE;
    return bar(run, project, lane, labelled, para, pageLink);
  });
  para.append(h("div.bars", {}, ...bars));
}

function bar(run, project, lane, labelled, para, pageLink) {
  const years = project.years.length ? `, ${project.years[0] === project.years[1] ? project.years[0] : project.years.join("–")}` : "";
  const title = `${project.title}${years}${project.disagree ? ", sources disagree" : ""}`;
  const link = pageLink("map", `sel=${encodeURIComponent(project.id)}`, labelled ? [h("span", {}, project.label)] : [], { className: "bar-link", title });
  link.setAttribute("aria-label", `${project.label}: ${title}. Open on the map`);
  link.style.cssText = `top:${run.top}px;height:${Math.max(20, run.bottom - run.top)}px;right:${lane * LANE}px;padding-right:${5 + (LANES - 1 - lane) * LANE}px;width:${86 - lane * LANE}px;border-color:var(--group-${project.group.id})`;
  const own = () => [...para.querySelectorAll(".s[data-projects]")].filter((s) => s.dataset.projects.split(" ").includes(String(run.index)));
  const tint = (on) => () => own().forEach((s) => s.classList.toggle("lit", on));
  link.onpointerenter = link.onfocus = tint(true);
  link.onpointerleave = link.onblur = tint(false);
  return link;
}
