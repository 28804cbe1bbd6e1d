"""The map page as its user feels it: a real server, a real Chromium, clicks on the page itself.

"marks" ends when the map has drawn the new marks; "counts" when every count, the table and the timeline have followed
and the frame is painted; "server" when the server has counted again and confirmed.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import Any

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from bench import Row
from bench._serving import FLAGS, chromium, made_up, serve

SIZES = ((1_000, 20_000, 50, 200), (10_000, 100_000, 60, 250), (100_000, 1_000_000, 150, 600))
"""Projects, claims, and the goals in ms for marks and for counts."""
CLICKS = 20
SESSIONS = 20

CLICK = """async (clicks) => {
    const p = window.datelinePage, out = [];
    const frame = () => new Promise(r => requestAnimationFrame(() => setTimeout(r)));
    const rows = Array.from(document.querySelectorAll('.facet-type .group > .row'));
    const summary = document.querySelector('.table-summary');
    for (let i = 0; i < clicks; i++) {
        await new Promise(r => setTimeout(r, 400));
        const was = summary.textContent, start = performance.now();
        rows[i % rows.length].click();
        const marks = performance.now() - start;
        await frame();
        while (summary.textContent === was && performance.now() - start < 3000) await frame();
        const counts = performance.now() - start;
        while (p.confirmed?.filter !== p.filterQuery() && performance.now() - start < 10000)
            await new Promise(r => setTimeout(r, 2));
        out.push([marks, counts, performance.now() - start]);
    }
    return out;
}"""

SESSION = """async (clicks) => {
    const p = window.datelinePage, out = [];
    const rows = Array.from(document.querySelectorAll('.facet-type .group > .row'));
    for (let i = 0; i < clicks; i++) {
        const start = performance.now();
        rows[i % rows.length].click();
        while (p.confirmed?.filter !== p.filterQuery() && performance.now() - start < 10000)
            await new Promise(r => setTimeout(r, 5));
        out.push(performance.now() - start);
        await new Promise(r => setTimeout(r, 1000));
    }
    return out;
}"""
"""No frames here: a tab in the background draws none."""

PAGES = (("Texts", "texts", ".text-body p, .text-body mark"), ("Coverage", "coverage", ".matrix tbody tr"))
"""Label, path, and what is there once the page is drawn."""

CARD = """async (picks) => {
    const p = window.datelinePage, out = [];
    const shown = Array.from(p.result.mask.keys()).filter(r => p.result.mask[r]);
    for (let i = 0; i < picks; i++) {
        await new Promise(r => setTimeout(r, 300));
        const id = p.columns.id(shown[Math.floor((i + 0.5) * shown.length / picks)]);
        const start = performance.now();
        p.select(id);
        while (!(document.querySelector('.card .quote') && p.cards.has(id)) && performance.now() - start < 10000)
            await new Promise(r => setTimeout(r, 2));
        out.push(performance.now() - start);
    }
    return out;
}"""


def run(small: bool) -> list[Row]:
    """Measure all sizes; the smallest only, with few clicks, where ``small``."""
    rows: list[Row] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for projects, claims, marks, counts in SIZES[: 1 if small else None]:
            with serve(made_up(projects, claims)) as (url, started):
                rows += _one(browser, url, claims, marks, counts, 6 if small else CLICKS)
                if projects == SIZES[0][0]:
                    rows += _sessions(browser, url, psutil.Process(started.pid), 3 if small else SESSIONS)
        browser.close()
    return rows


def _one(
    browser: Browser, url: str, claims: int, marks_goal: int, counts_goal: int, clicks: int
) -> list[Row]:
    first = []
    for _ in range(3):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        start = time.monotonic()
        _open(page, url)
        first.append(time.monotonic() - start)
        if len(first) < 3:
            context.close()
    page.wait_for_timeout(1500)
    page.evaluate(CLICK, 2)
    timed = page.evaluate(CLICK, clicks)
    cards = page.evaluate(CARD, clicks)
    context.close()
    marks, counts, server = zip(*timed, strict=True)
    of = f", {claims:,} claims"
    pages = [row for page in PAGES for row in _page(browser, url, *page, of)]
    return [
        Row(
            "first map" + of,
            round(statistics.median(first), 2),
            "s",
            "≤ 2.5" if claims < 1_000_000 else "≤ 5",
        ),
        _row("filter → marks" + of, marks, f"≤ {marks_goal}"),
        _row("filter → counts, table, timeline" + of, counts, f"≤ {counts_goal}"),
        _row("filter → the server confirms" + of, server, ""),
        _row("click → card with sentence" + of, cards, "≤ 200"),
        *pages,
    ]


def _page(browser: Browser, url: str, label: str, path: str, drawn: str, of: str) -> list[Row]:
    """Open a page by its link, and from the map by the bar."""
    opened, turned = [], []
    for _ in range(3):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        start = time.monotonic()
        page.goto(f"{url}/{path}")
        page.wait_for_selector(drawn, timeout=120_000)
        opened.append(time.monotonic() - start)
        _open(page, url)
        page.wait_for_timeout(1000)
        start = time.monotonic()
        page.locator(".pages a", has_text=label).click()
        page.wait_for_selector(drawn, timeout=120_000)
        turned.append(time.monotonic() - start)
        context.close()
    return [
        Row(f"the {label} page opens{of}", round(statistics.median(opened), 2), "s", "≤ 2.5"),
        Row(f"from the map to {label}{of}", round(statistics.median(turned), 2), "s", "≤ 1"),
    ]


def _row(name: str, values: Any, goal: str) -> Row:
    ordered = sorted(values)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return Row(name, round(statistics.median(ordered), 1), "ms", goal, f"p95 {late:.0f}")


def _sessions(browser: Browser, url: str, process: psutil.Process, count: int) -> list[Row]:
    """Open several sessions at once and let all click; tell the slowest confirmations, and what each costs.

    All tabs are real and share the two cores with the server: most of the wait is theirs. What the server itself needs
    for a filter is told apart: that is what twenty people at machines of their own would share.
    """
    pages: list[Page] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    before = process.memory_info().rss
    for _ in range(count):
        page = context.new_page()
        _open(page, url)
        pages.append(page)
    memory = (process.memory_info().rss - before) / count / 1e6
    spent = sum(process.cpu_times()[:2])
    for page in pages:
        page.evaluate(f"(clicks) => {{ window.timed = ({SESSION})(clicks); }}", 5)
    waits = [wait for page in pages for wait in page.evaluate("window.timed")]
    spent = sum(process.cpu_times()[:2]) - spent
    context.close()
    late = sorted(waits)[int(len(waits) * 0.95)]
    return [
        Row(
            f"{count} sessions at once: a filter, p95",
            round(late),
            "ms",
            "≤ 2000",
            "until the server confirms; tabs and server share the cores",
        ),
        Row("the server's processor time for a filter", round(1000 * spent / len(waits), 1), "ms"),
        Row("memory of each further session", round(memory, 1), "MB", "≤ 20"),
    ]


def _open(page: Page, url: str) -> None:
    """Open the page; ends when marks are on the map."""
    page.goto(url)
    page.wait_for_function(
        "window.datelinePage?.counts && window.datelinePage.frame?.drawn().projects > 0",
        timeout=120_000,
        polling=20,
    )


if __name__ == "__main__":
    for row in run("--small" in sys.argv):
        print(f"{row.name:60} {row.value:>10} {row.unit:3} {row.goal:10} {row.note}", flush=True)
