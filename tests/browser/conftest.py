"""A real server on a free port with small stores, and a real Chromium that can reach nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Frame, Page, Route, expect, sync_playwright

from bench import _serving
from bench.synthetic import make_store

ROOT = Path(__file__).parents[2]
PATIENCE = 120_000
"""Milliseconds that anything may take on a machine that runs other tests too; waits end as soon as it is there."""
FRAMES = """() => new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 120))))"""
"""Over when two frames were drawn and what they put off (the table, by 60 ms) was done too, however long that takes."""

expect.set_options(timeout=PATIENCE)

pytestmark = pytest.mark.browser


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here, and keep each file's tests in one process: they share a server."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def serve(store: Path, *, read_only: bool = True) -> Iterator[str]:
    """Run the dashboard on a free port until the generator is closed; gives the address."""
    with _serving.serve(store, read_only=read_only) as (url, _):
        yield url


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up store of 200 projects."""
    path = tmp_path_factory.mktemp("store") / "made-up.gpkg"
    make_store(path, projects=200, claims=4000)
    return path


@pytest.fixture(scope="session")
def address(made_up: Path) -> Iterator[str]:
    """The address of a server that shows the made-up store."""
    yield from serve(made_up)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    found = _serving.chromium()
    if not found:
        pytest.skip("These tests need Chromium: apt-get install chromium, or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found, args=list(_serving.FLAGS), timeout=PATIENCE
        )
        yield chromium
        chromium.close()


@dataclass
class Visitor:
    """A page that was opened, and everything that went wrong in it."""

    page: Page
    address: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def map(self) -> Frame:
        """The map's frame."""
        handle = self.page.wait_for_selector(".st-key-dl-map iframe", state="attached")
        frame = handle and handle.content_frame()
        assert frame
        return frame

    def open(self, path: str = "/") -> Visitor:
        """Open a page of the dashboard; the map page until it is counted and drawn."""
        self.page.goto(self.address + path)
        if urlsplit(path).path == "/":
            self.page.wait_for_function("window.datelinePage?.counts")
            self.settle()
        return self

    def settle(self) -> None:
        """Wait until the server has confirmed what the browser counted, and all of it is on the page."""
        self.page.wait_for_function(
            "(p => p.frame && p.frame === document.querySelector('.st-key-dl-map iframe')?.contentWindow?.dateline"
            " && p.frame.drawn().projects >= 0 && p.confirmed?.filter === p.filterQuery())(window.datelinePage)"
        )
        self.page.evaluate(FRAMES)

    def rest(self) -> None:
        """Wait until the server has nothing more to say to the page, and nothing on it is about to change."""
        self.page.wait_for_function(
            "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
            " && !document.querySelector('[data-stale=true]')"
        )
        self.page.evaluate(FRAMES)

    def whole(self) -> None:
        """Wait until the map has all of its land, waters and letters, and was drawn with them."""
        self.map.wait_for_function(
            "(b => b.levels.filter(Boolean).length === 3 && b.lakes && b.rivers && b.admin1 && b.names"
            " && document.fonts.status === 'loaded')(dateline.plate.basemap)"
        )
        self.rest()

    def shown(self) -> int:
        """The number in the headline."""
        words = self.page.locator("#dl-headline .big strong").inner_text()
        return int("".join(c for c in words if c.isdigit()))

    def marked(self) -> int:
        """How many projects the map itself drew."""
        return int(self.map.evaluate("dateline.drawn().projects"))


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    """A visitor with a desktop window."""
    yield from visit(browser, address, 1280, 800)


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visitor]:
    """A visitor with a phone."""
    yield from visit(browser, address, 390, 844, touch=True)


def visit(
    browser: Browser, address: str, width: int, height: int, *, touch: bool = False, dark: bool = False
) -> Iterator[Visitor]:
    """Open a window that can reach nothing but the server; afterwards nothing may have gone wrong in it."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=touch,
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    visitor = Visitor(page, address)
    host = urlsplit(address).netloc

    def guard(route: Route) -> None:
        if urlsplit(route.request.url).netloc == host:
            route.continue_()
        else:
            visitor.outside.append(route.request.url)
            route.abort()

    page.route(lambda url: urlsplit(url).scheme.startswith("http") and urlsplit(url).netloc != host, guard)
    page.on("console", lambda m: visitor.errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: visitor.errors.append(str(e)))
    try:
        yield visitor
    finally:
        context.close()
    assert visitor.outside == []
    assert visitor.errors == []
