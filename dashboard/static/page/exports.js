// Exports that are being made, or are made: how far each is, and its file as soon as it is there.
import { announce, h, list, set, text, toast } from "./dom.js";
import { home } from "./topbar.js";

const ASK_MS = 400;
const OVER = new Set(["ready", "failed", "cancelled"]);

/** A list of exports; `mine` holds the numbers of those that this window asked for and saves by itself. */
export function exportList(cancel) {
  const node = h("ul.export-jobs", { "aria-label": "Exports" });
  const jobs = new Map(), asking = new Set(), mine = new Set(), away = new Set();
  const address = (job) => `${home()}_dateline/export/${job.token}`;

  function show(told) {
    const known = new Set(told.map((job) => job.token));
    for (const token of [...jobs.keys()]) if (!known.has(token)) jobs.delete(token);
    for (const job of told) if (!away.has(job.token) && !OVER.has(jobs.get(job.token)?.state)) take(job);
    draw();
  }

  function take(job) {
    jobs.set(job.token, job);
    if (!OVER.has(job.state)) return void follow(job);
    if (!mine.delete(job.asked)) return;
    if (job.state === "ready") save(job);
    else if (job.error) toast(job.error);
  }

  async function follow(job) {
    if (asking.has(job.token)) return;
    asking.add(job.token);
    for (let told = job; !OVER.has(told.state) && jobs.has(job.token); ) {
      await new Promise((next) => setTimeout(next, ASK_MS));
      try {
        told = await (await fetch(address(job), { cache: "no-store" })).json();
      } catch {
        continue; // the server is busy, or gone: its page says so
      }
      if (jobs.has(job.token)) take(told);
      draw();
    }
    asking.delete(job.token);
  }

  function save(job) {
    const anchor = h("a", { href: `${address(job)}/file`, download: job.name });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    announce(`${job.name} is ready`);
  }

  const words = (job) => ({
    waiting: `${job.label}: waiting for another export`,
    making: job.total ? `${job.label}: scene ${job.done} of ${job.total}` : `${job.label}: beginning`,
    ready: job.name,
    failed: `${job.label}: ${job.error}`,
  })[job.state] || "";

  function draw() {
    const shown = [...jobs.values()].filter((job) => job.state !== "cancelled").reverse();
    node.hidden = !shown.length;
    list(node, shown, (job) => job.token, () => h("li.export-job", {}, h("span", {}), h("progress", {}), h("span.export-links", {}, h("a.link", {}, "Save"), h("button.link", { type: "button" }, "Cancel"))), (row, job) => {
      const [said, bar, links] = row.children, [file, stop] = links.children;
      text(said, words(job));
      bar.hidden = job.state !== "making";
      set(bar, "aria-label", `How far ${job.name} is`);
      if (job.total) Object.assign(bar, { max: job.total, value: job.done - 1 });
      else bar.removeAttribute("value");
      file.hidden = job.state !== "ready";
      set(file, "href", `${address(job)}/file`);
      set(file, "download", job.name);
      text(stop, OVER.has(job.state) ? "Put away" : "Cancel");
      set(stop, "aria-label", `${stop.textContent} ${job.name}`);
      stop.onclick = () => (away.add(job.token), jobs.delete(job.token), cancel(job.token), draw());
    });
  }
  return { node, show, mine };
}
