"""Briefings: slides of ten scenes, the offline page of the shipped digests, and the room from scene to scene."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench import Row
from bench._serving import FLAGS, FOLDER, ROOT, chromium, serve

SCENES = 10
STEPS = 8
MAKE = """
import json, sys, time
from pathlib import Path
from geodata.briefs import Briefs, walk_through
from geodata.export import collect_brief, write
from geodata.store import open_store
with open_store(Path(sys.argv[1])) as store:
    briefs = Briefs(store.journal)
    brief = briefs.create("Ten scenes")
    told = [p for p in store.project_records() if p.geometry is not None][:int(sys.argv[4])]
    for scene in walk_through(told, order="time", query="", at="2026-11-24T09:00:00+00:00"):
        briefs.add(brief.id, scene)
    wall, own = time.monotonic(), time.process_time()
    write(sys.argv[2], collect_brief(store, briefs.get(brief.id)), Path(sys.argv[3]))
    print(json.dumps([time.monotonic() - wall, time.process_time() - own, brief.id]))
"""
STEP = """async (steps) => {
    const map = document.querySelector('.st-key-dl-stage iframe').contentWindow.dateline, out = [];
    let moved = 0;
    for (const name of ['flyTo', 'setView', 'fit', 'fitExtent']) {
        const call = map[name];
        map[name] = (...a) => { moved ||= performance.now(); return call.apply(map, a); };
    }
    for (let i = 0; i < steps; i++) {
        await new Promise(r => setTimeout(r, 1200));
        moved = 0;
        const start = performance.now();
        document.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}));
        while (!moved && performance.now() - start < 5000) await new Promise(r => setTimeout(r, 1));
        if (!moved) throw new Error('the map was never told to move');
        out.push(moved - start);
    }
    return out;
}"""


def run(small: bool) -> list[Row]:
    """Measure; three scenes only where ``small``."""
    store = _seeds()
    scenes = 3 if small else SCENES
    wall, own, brief = _made(store, "pptx", FOLDER / "ten.pptx", scenes)
    rows = [
        Row(f"slides of {scenes} scenes", round(wall, 1), "s", "≤ 20", f"processor {own:.1f} s"),
    ]
    page = FOLDER / "seeds.html"
    _made(store, "html", page, 1_000)
    rows.append(Row("offline page of the digests", round(page.stat().st_size / 1e6, 2), "MB", "≤ 5"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        rows.append(_opened(browser, page))
        with serve(store) as (url, _):
            rows.append(_stepped(browser, f"{url}/present?brief={brief}", min(STEPS, scenes - 1)))
        browser.close()
    return rows


def _made(store: Path, format: str, out: Path, scenes: int) -> tuple[float, float, str]:
    """Make a brief and export it in a process of its own; seconds on the wall and of the processor, the brief."""
    done = subprocess.run(
        [sys.executable, "-c", MAKE, str(store), format, str(out), str(scenes)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    wall, own, brief = json.loads(done.stdout.splitlines()[-1])
    return float(wall), float(own), str(brief)


def _opened(browser: Browser, file: Path) -> Row:
    """Open the page from disk with the network off; until its map has drawn marks."""
    times = []
    for _ in range(3):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
        page = context.new_page()
        start = time.monotonic()
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready='1']", timeout=60_000)
        times.append(time.monotonic() - start)
        context.close()
    return Row("the offline page opens", round(statistics.median(times), 2), "s", "≤ 2", "network off")


def _stepped(browser: Browser, url: str, steps: int) -> Row:
    """Press the arrow key in the room; until the map is told to move."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(url)
    page.wait_for_function(
        "document.querySelector('.st-key-dl-stage iframe')?.contentWindow?.dateline?.drawn?.().projects > 0",
        timeout=120_000,
    )
    times = page.evaluate(STEP, steps)
    context.close()
    return Row(
        "scene to scene, until the map moves",
        round(statistics.median(times), 1),
        "ms",
        "≤ 100",
        f"slowest {max(times):.0f}",
    )


def _seeds() -> Path:
    """Return a store of the shipped digests, read anew."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / "exports.gpkg"
    for old in FOLDER.glob("exports.*"):
        old.unlink()
    subprocess.run(
        [sys.executable, "-m", "geodata", "ingest", "seeds", "--store", str(path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return path
