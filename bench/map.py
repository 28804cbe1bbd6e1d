"""The map alone: its column file, a mask to pixels, a pan and a zoom, and another view of borders, in a real Chromium.

"painted" ends when the browser has put the frame on the screen; ``bench/explorer.py`` measures the page around it.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Frame, sync_playwright

from bench import Row
from bench._serving import FLAGS, chromium, made_up, serve
from dashboard.columns import column_file
from geodata.store import open_store

SIZES = ((1_000, 20_000, 50), (10_000, 100_000, 60), (100_000, 1_000_000, 150))
"""Projects, claims, and the goal in ms for a mask."""

MASKS = """async (count) => {
    const c = dateline.plate.columns, out = [];
    const painted = () => new Promise((r) => requestAnimationFrame(() => setTimeout(r)));
    for (let i = 0; i < count; i++) {
        const mask = new Uint8Array(c.rows);
        for (let row = 0; row < c.rows; row++) mask[row] = c.group[row] === i % c.groups.length ? 0 : 1;
        await new Promise((r) => setTimeout(r, 120));
        const start = performance.now();
        dateline.applyMask(mask);
        await painted();
        out.push(performance.now() - start);
    }
    dateline.applyMask(null);
    return out;
}"""
PAN = """async () => {
    const {map} = dateline.plate, out = [];
    let last = performance.now();
    for (let i = 0; i < 60; i++) {
        map._rawPanBy(L.point(-9, i % 2 ? 4 : -3)); // what a drag does
        map.fire('move').fire('drag');
        await new Promise((r) => requestAnimationFrame(r));
        const now = performance.now();
        out.push(now - last);
        last = now;
    }
    map.fire('moveend');
    return out.slice(5);
}"""
VIEWS = """async () => {
    const out = [];
    for (const id of ['IN', 'PK', 'CN', 'RU', 'UA', 'de_facto']) {
        const start = performance.now();
        dateline.setBoundaryView(id);
        await new Promise((r) => requestAnimationFrame(() => setTimeout(r)));
        out.push(performance.now() - start);
        await new Promise((r) => setTimeout(r, 100));
    }
    return out;
}"""


def run(small: bool) -> list[Row]:
    """Measure all sizes; the smallest only where ``small``."""
    rows: list[Row] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for projects, claims, goal in SIZES[: 1 if small else None]:
            store = made_up(projects, claims)
            rows += _file(store, claims)
            with serve(store) as (url, _):
                rows += _drawn(browser, url, claims, goal, 6 if small else 20)
        browser.close()
    return rows


def _file(path: Path, claims: int) -> list[Row]:
    """Make the column file in an empty cache."""
    kept = os.environ.get("DATELINE_CACHE")
    with tempfile.TemporaryDirectory() as folder, open_store(path, read_only=True) as store:
        os.environ["DATELINE_CACHE"] = folder
        try:
            begun = time.perf_counter()
            made = column_file(store)
            seconds, size = time.perf_counter() - begun, made.stat().st_size
        finally:
            os.environ.pop("DATELINE_CACHE") if kept is None else os.environ.update(DATELINE_CACHE=kept)
    return [Row(f"column file, {claims:,} claims", round(seconds, 2), "s", "", f"{size / 1e6:.2f} MB")]


def _drawn(browser: Browser, url: str, claims: int, goal: int, count: int) -> list[Row]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    begun = time.monotonic()
    page.goto(url)
    frame = _map(page.wait_for_selector(".st-key-dl-map iframe", state="attached", timeout=60_000))
    frame.wait_for_selector(".leaflet-pane canvas", state="attached", timeout=60_000)
    first = time.monotonic() - begun
    page.wait_for_timeout(4000)
    of, rows = f", {claims:,} claims", []
    rows.append(Row("first mark" + of, round(first, 2), "s", "≤ 5" if claims >= 1_000_000 else "≤ 2.5"))
    for zoom in (3, 5):
        frame.evaluate(f"dateline.setView(25, 70, {zoom})")
        frame.evaluate(MASKS, 2)
        rows.append(_row(f"mask → painted, zoom {zoom}" + of, frame.evaluate(MASKS, count), f"≤ {goal}"))
    rows.append(_row("pan, one frame" + of, frame.evaluate(PAN), "≤ 17"))
    rows.append(_row("another view of borders → painted" + of, frame.evaluate(VIEWS), ""))
    context.close()
    return rows


def _map(handle: object) -> Frame:
    frame = handle.content_frame()  # type: ignore[attr-defined]
    assert isinstance(frame, Frame)
    return frame


def _row(name: str, values: list[float], goal: str) -> Row:
    ordered = sorted(values)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return Row(name, round(statistics.median(ordered), 1), "ms", goal, f"p95 {late:.0f}")
