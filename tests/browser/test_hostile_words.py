"""Whatever the texts say, the pages show it as words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Browser

from geodata.filters import clean
from tests.browser.conftest import ROOT, Visitor, serve, visit
from tests.browser.hostile_store import PAYLOADS, make

LIST = ROOT.parent / "shared" / "corpora" / "hostile.txt"


def payloads() -> list[str]:
    """Ours, and the shared ones where they are at hand."""
    shared = LIST.read_text(encoding="utf-8").splitlines() if LIST.exists() else []
    return [p for p in dict.fromkeys((*PAYLOADS, *shared)) if clean(p)]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose every title, place, actor, text and quote is hostile."""
    path: Path = tmp_path_factory.mktemp("hostile") / "hostile.gpkg"
    make(path, payloads())
    yield from serve(path)


@pytest.fixture
def guest(browser: Browser, hostile: str) -> Iterator[Visitor]:
    for visitor in visit(browser, hostile, 1280, 800):
        yield visitor
        frames = visitor.page.frames
        assert [frame.evaluate("window.__ran") for frame in frames] == [None] * len(frames)


def test_lists_table_card_and_labels_show_words_as_words(guest: Visitor) -> None:
    guest.open()
    page = guest.page
    assert guest.shown() == len(payloads())
    folded = page.locator(".fold[aria-expanded=false]")
    while folded.count():
        folded.first.click()
    for more in page.locator(".more:visible").all():
        more.click()
    first = page.locator("#dl-table tbody tr").first.inner_text()
    assert clean(PAYLOADS[0]) in clean(first)
    for id in page.evaluate(
        "Array.from({ length: datelinePage.columns.rows }, (_, r) => datelinePage.columns.id(r))"
    ):
        title = page.evaluate("id => datelinePage.columns.title(datelinePage.columns.rowOf(id))", id)
        page.evaluate("id => datelinePage.select(id, { fly: true })", id)
        page.wait_for_function(
            "id => datelinePage.cards.has(id) && document.querySelector('.card .quote')", arg=id
        )
        assert clean(page.locator(".card h2").first.text_content() or "") == clean(title)
        assert clean(title) in clean(page.locator(".card .quote").text_content() or "")
    assert (
        page.locator(".card script, .filters script, .table-part img, .card img, .filters img").count() == 0
    )


KEYS = ("q", "actor", "place", "doc", "type", "sel", "borders", "at", "nonsense")


def test_an_address_of_hostile_words_opens_the_page(guest: Visitor) -> None:
    for key, payload in zip(KEYS, PAYLOADS, strict=False):
        guest.page.goto(f"{guest.address}/?{key}={quote_plus(payload)}&noyear={quote_plus(PAYLOADS[1])}")
        guest.page.wait_for_function("window.datelinePage?.counts")
        guest.page.get_by_role("alert").wait_for()
        assert guest.page.evaluate("window.__ran") is None


def test_filters_by_hostile_names_find_them(guest: Visitor) -> None:
    for payload in (PAYLOADS[0], PAYLOADS[9]):
        guest.open(f"/?actor={quote_plus(payload)}")
        assert guest.shown() == 1
        assert guest.page.evaluate("datelinePage.confirmed.differs") is False
