"""The printed page: it holds what a sheet needs, follows the filters, and leaves the screen as it was."""

from __future__ import annotations

from tests.browser.conftest import Visitor

PRINT, DONE = "dispatchEvent(new Event('beforeprint'))", "dispatchEvent(new Event('afterprint'))"


def test_the_printed_page_holds_the_map_the_filters_and_the_whole_list(visitor: Visitor) -> None:
    visitor.open("/?group=energy&year=2000-2015")
    shown, view = visitor.shown(), visitor.map.evaluate("dateline.getView()")
    drawn = visitor.map.evaluate("dateline.drawn()")
    visitor.page.evaluate(PRINT)
    sheet = visitor.page.locator("#dl-print")
    assert sheet.locator("h1").text_content() == f"{shown} of 200 projects"
    assert sheet.locator("header p").text_content() == "Energy · 2000–2015"
    assert sheet.locator("tbody tr").count() == shown > 50  # more than a page of the table on the screen
    image = sheet.locator("img").evaluate("i => [i.naturalWidth, i.naturalHeight]")
    assert image == [2150, 1500]
    assert "de facto" in (sheet.locator("figcaption").text_content() or "")
    visitor.page.emulate_media(media="print")
    assert sheet.is_visible()
    assert not visitor.page.locator(".topbar").is_visible()
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert visitor.page.evaluate(overflow) == 0
    visitor.page.emulate_media(media="screen")
    visitor.page.evaluate(DONE)
    assert sheet.count() == 0
    assert visitor.map.evaluate("dateline.getView()") == view
    after = visitor.map.evaluate("dateline.drawn()")
    assert after | {"ms": 0} == drawn | {"ms": 0}


def test_the_printed_page_brings_the_chosen_project_with_its_sentence(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.page.locator("#dl-table tbody tr").nth(2).click()
    quote = visitor.page.locator(".st-key-dl-card .quote")
    quote.wait_for()
    visitor.page.evaluate(PRINT)
    assert visitor.page.locator("#dl-print .quote").text_content() == quote.text_content()
    visitor.page.evaluate(DONE)
