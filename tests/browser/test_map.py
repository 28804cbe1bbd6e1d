"""The map itself, in a real browser with every other host out of reach: what is drawn, and what is never run."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import FRAMES, ROOT, Visitor, serve, visit

HOSTILE = ROOT.parent / "shared" / "corpora" / "hostile.txt"
OWN_PAYLOADS = (
    '<img src=x onerror="window.__ran=1">',
    '"><script>window.__ran=1</script>',
    "</script><script>window.__ran=1</script>",
    "${window.__ran=1}",
    "{{constructor.constructor('window.__ran=1')()}}",
    "javascript:window.__ran=1",
    "`+(window.__ran=1)+`",
    "\u2028window.__ran=1\u2029",
    "<svg/onload=window.__ran=1>",
    "');window.__ran=1;('",
)


@pytest.fixture(scope="module")
def opened(browser: Browser, address: str) -> Iterator[Visitor]:
    """One visitor for all tests that only look and click."""
    for visitor in visit(browser, address, 1280, 800):
        visitor.open().whole()
        yield visitor


@pytest.fixture
def seen(opened: Visitor) -> Visitor:
    """The visitor before a map that is as the page left it, whatever another test did."""
    ask(opened, "dateline.applyMask(parent.datelinePage.result.mask); dateline.setBoundaryView('de_facto')")
    return opened


def ask(visitor: Visitor, script: str) -> Any:
    return visitor.map.evaluate(script)


def test_the_map_counts_what_it_drew(seen: Visitor) -> None:
    drawn = ask(seen, "dateline.drawn()")
    assert drawn["projects"] == ask(seen, "dateline.plate.state.mask?.filter(Boolean).length ?? -1")
    assert drawn["marks"] > 50
    assert drawn["symbols"] + drawn["clusters"] + drawn["spots"] > 5
    ask(seen, "void dateline.applyMask(null)")
    whole = ask(seen, "dateline.drawn()")
    assert whole["projects"] == ask(seen, "dateline.plate.columns.rows")
    assert whole["badged"] > 0


def test_a_reader_may_enlarge_the_map(seen: Visitor) -> None:
    told = ask(seen, "[...document.querySelectorAll('meta[name=viewport]')].map((m) => m.content)")
    assert told
    assert not [
        content for content in told if "no" in content.split("user-scalable=")[-1] and "user" in content
    ]
    assert not [content for content in told if "maximum-scale" in content]


def test_the_canvases_stand_in_panes_and_carry_ink(seen: Visitor) -> None:
    inked = ask(
        seen,
        """[...document.querySelectorAll('.leaflet-pane canvas')].map((c) => {
          const {data} = c.getContext('2d').getImageData(0, 0, c.width, c.height);
          let n = 0;
          for (let i = 3; i < data.length; i += 4) if (data[i]) n++;
          return n;
        })""",
    )
    assert len(inked) == 3
    assert all(n > 500 for n in inked)


def test_a_mask_is_drawn_at_once_and_never_remounts_the_frame(seen: Visitor) -> None:
    ask(seen, "window.__mark = 'still here'")
    before = ask(seen, "dateline.getView()")
    shown = ask(
        seen,
        """(() => {
          const rows = dateline.plate.columns.rows, mask = new Uint8Array(rows);
          for (let i = 0; i < rows; i += 2) mask[i] = 1;
          dateline.applyMask(mask);
          return [dateline.drawn().projects, rows];
        })()""",
    )
    assert shown[0] == (shown[1] + 1) // 2
    seen.page.locator(".facet-type .group > .row").first.click()
    seen.settle()
    assert ask(seen, "window.__mark") == "still here"
    assert ask(seen, "dateline.getView()") == before
    seen.page.locator(".facet-type .group > .row").first.click()
    seen.settle()


def test_what_is_masked_is_gone_from_the_canvas(seen: Visitor) -> None:
    count = """(() => {
      const c = document.querySelector('.dl-marks');
      const {data} = c.getContext('2d').getImageData(0, 0, c.width, c.height);
      let n = 0;
      for (let i = 3; i < data.length; i += 4) if (data[i]) n++;
      return n;
    })()"""
    ask(seen, "dateline.applyMask(null)")
    full = ask(seen, count)
    ask(seen, "dateline.applyMask(new Uint8Array(dateline.plate.columns.rows))")
    assert ask(seen, count) == 0
    assert ask(seen, "dateline.drawn().projects") == 0
    ask(seen, "dateline.applyMask(null)")
    assert ask(seen, count) == full


def test_labels_and_furniture_never_overlap_each_other(seen: Visitor) -> None:
    overlaps = ask(
        seen,
        """(() => {
          const {plate} = dateline, ctx = plate.pen('labels'), found = [];
          for (const [lat, lon, zoom] of [[30, 70, 5], [20, 0, 2.5], [50, 15, 4.5], [34.5, 76, 7], [10, 10, 4]]) {
            dateline.setView(lat, lon, zoom);
            const {texts} = plate.labels.place(ctx, plate.view, plate.marks.obstacles(), plate.marks.badgeOf);
            const boxes = texts.map((t) => {
              ctx.font = t.font;
              ctx.letterSpacing = t.spacing + 'px';
              const w = ctx.measureText(t.text).width, size = Number(/([\\d.]+)px/.exec(t.font)[1]);
              const x = t.align === 'center' ? t.x - w / 2 : t.align === 'right' ? t.x - w : t.x;
              return [x, t.y - size / 2, x + w, t.y + size / 2, t.text];
            });
            boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
              if (a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1]) found.push([a[4], b[4], zoom]);
            }));
            if (texts.length < 12) found.push(['too few labels', texts.length, zoom]);
          }
          return found;
        })()""",
    )
    assert overlaps == []


@pytest.mark.parametrize(
    ("view", "words"), [("IN", "Borders as India draws them"), ("UA", "as Ukraine draws them")]
)
def test_a_view_of_borders_is_drawn_and_named(seen: Visitor, view: str, words: str) -> None:
    ask(seen, "dateline.setView(35, 76, 5)")
    hatched = "dateline.plate.basemap.level(5).units.filter((u) => dateline.plate.basemap.hatched(u)).length"
    assert ask(seen, hatched) > 20
    ask(seen, f"dateline.setBoundaryView('{view}')")
    assert words in seen.map.locator(".dl-borders").inner_text()
    assert ask(seen, "dateline.getView().borders") == view
    owner = "(id) => dateline.plate.basemap.state(dateline.plate.basemap.level(5).units.find((u) => u.area === id))"
    assert seen.map.evaluate(owner, "gilgit-baltistan") == ("IN" if view == "IN" else "PK")
    assert seen.map.evaluate(owner, "crimea") == "UA"
    ask(seen, "dateline.setBoundaryView('de_facto')")


def test_a_click_selects_and_the_empty_sea_deselects(seen: Visitor) -> None:
    ask(seen, "window.__told = []; dateline.on('select', (s) => window.__told.push(s.id)); null")
    ask(seen, "dateline.applyMask(null); dateline.setView(20, 20, 3)")
    hit = ask(
        seen,
        """(() => {
          const {plate} = dateline;
          for (let row = 0; row < plate.columns.rows; row++) {
            const mask = new Uint8Array(plate.columns.rows);
            mask[row] = 1;
            dateline.applyMask(mask);
            const size = plate.map.getSize();
            for (const one of plate.marks.hits) {
              const p = plate.fromCanvas([one.x, one.y]);
              if (one.item && p.x > 60 && p.y > 90 && p.x < size.x - 90 && p.y < size.y - 60) {
                return {x: p.x, y: p.y, id: plate.columns.id(row), title: plate.columns.title(row)};
              }
            }
          }
        })()""",
    )
    box = seen.map.frame_element().bounding_box()
    assert box
    seen.page.mouse.move(box["x"] + hit["x"], box["y"] + hit["y"])
    expect(seen.map.locator(".dl-tip")).to_have_text(hit["title"])
    seen.page.mouse.click(box["x"] + hit["x"], box["y"] + hit["y"])
    seen.map.wait_for_function("window.__told.length")
    assert ask(seen, "window.__told.at(-1)") == hit["id"]
    expect(seen.map.locator(".dl-label")).to_have_text(hit["title"])
    ask(seen, "dateline.applyMask(new Uint8Array(dateline.plate.columns.rows))")
    seen.page.mouse.click(box["x"] + 300, box["y"] + box["height"] - 60)
    seen.map.wait_for_function("window.__told.at(-1) === null")
    ask(seen, "dateline.applyMask(null)")


def test_keys_pan_and_zoom(seen: Visitor) -> None:
    ask(seen, "dateline.setView(30, 60, 4)")
    seen.map.locator("#map_div").focus()
    seen.page.keyboard.press("ArrowRight")
    seen.map.wait_for_function("dateline.getView().lon > 60.5")
    seen.page.keyboard.press("+")
    seen.map.wait_for_function("dateline.getView().zoom === 5")
    ask(seen, "dateline.setView(30, 60, 4)")


def test_many_marks_on_one_spot_open_a_list(seen: Visitor) -> None:
    find = """(() => {
          const {plate} = dateline, size = plate.map.getSize();
          for (const hit of plate.marks.hits) {
            const rows = plate.interact.rows(hit);
            if (rows.length < 2 || rows.length > 8) continue;
            const p = plate.fromCanvas([hit.x, hit.y]);
            if (plate.interact.under(p) !== hit) continue;
            if (p.x > 60 && p.y > 90 && p.x < size.x - 90 && p.y < size.y - 60) {
              return {x: p.x, y: p.y, n: rows.length};
            }
          }
        })()"""
    entries = seen.map.locator(".dl-entry")
    ask(seen, "dateline.applyMask(null); dateline.setView(20, 20, 3.5)")
    seen.page.evaluate(FRAMES)  # names and badges take their places anew
    point = ask(seen, find)
    box = seen.map.frame_element().bounding_box()
    assert point
    assert box
    seen.page.mouse.click(box["x"] + point["x"], box["y"] + point["y"])
    entries.first.wait_for()
    assert entries.count() == point["n"]
    seen.page.keyboard.press("Escape")
    assert seen.map.locator(".dl-list").is_hidden()


def test_what_is_known_to_the_country_only_is_shown_with_its_country(seen: Visitor) -> None:
    zoom = ask(
        seen,
        """(async () => {
            const c = await dateline.columns, { row, precision } = c.marks;
            const finer = new Set(Array.from(row).filter((_, i) => precision[i] !== 6));
            const r = Array.from(row).find((r, i) => precision[i] === 6 && !finer.has(r));
            dateline.select(c.id(r), { fly: true });
            return dateline.getView().zoom;
        })()""",
    )
    assert zoom <= 5
    ask(seen, "(dateline.select(null), dateline.fit())")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose every word is an attack."""
    from tests.dashboard.small_store import At, Thing, save

    shared = HOSTILE.read_text(encoding="utf-8").splitlines() if HOSTILE.exists() else []
    words = [*OWN_PAYLOADS, *(line for line in shared if line.strip())]
    things = [
        Thing(word, (At(30 + n % 5, 70 + n % 7, word),), "dam", "signed", 2015, word)
        for n, word in enumerate(words)
    ]
    made: Path = save(
        tmp_path_factory.mktemp("hostile") / "hostile.gpkg", things, document='a"><b onclick=alert(1)>'
    )
    return made


def test_the_name_of_a_selected_badge_hangs_below_it_and_names_at_the_edge_turn_inwards(
    seen: Visitor,
) -> None:
    places = ask(
        seen,
        """(async () => {
          const {plate} = dateline, size = plate.map.getSize(), found = [];
          dateline.applyMask(null);
          dateline.setView(30, 70, 4);
          const badge = plate.marks.hits.find((h) => h.badge), mark = plate.marks.hits.find((h) => h.item);
          for (const hit of [badge, mark]) {
            dateline.select(plate.columns.id(plate.interact.rows(hit)[0]));
            for (const across of [0.5, 0.98]) {
              const shown = {...hit, badge: hit.badge || null, x: 0, y: 0};
              const at = plate.fromCanvas([0, 0]);
              shown.x = size.x * across - at.x; shown.y = size.y / 2 - at.y;
              const end = plate.interact.showLabel(shown, 'A name of some length');
              const box = plate.interact.label.getBoundingClientRect();
              found.push([Boolean(hit.badge), across, end, box.left, box.right, box.top + box.height / 2]);
            }
          }
          dateline.select(null);
          return [size.x, size.y, found];
        })()""",
    )
    width, height, found = places
    for badge, across, (dx, dy), left, right, middle in found:
        near = right if dx < 0 else left
        assert near == pytest.approx(width * across + dx, abs=2)  # the line from the mark ends at the label
        assert middle == pytest.approx(height / 2 + dy, abs=4)
        assert right <= width
        assert (dy > 0) == badge


def test_no_word_of_a_document_is_ever_run(browser: Browser, hostile: Path) -> None:
    server = serve(hostile)
    assert isinstance(server, Generator)
    try:
        for visitor in visit(browser, next(server), 1280, 800):
            visitor.open()
            frame = visitor.map
            titles = frame.evaluate(
                """async () => {
                  const {plate} = dateline, seen = [];
                  const wait = () => new Promise((done) => setTimeout(done, 5));
                  for (let row = 0; row < plate.columns.rows; row++) {
                    dateline.select(plate.columns.id(row));
                    seen.push([plate.columns.title(row), document.querySelector('.dl-label').textContent]);
                    await wait();
                  }
                  plate.interact.open([...Array(plate.columns.rows).keys()], L.point(200, 200), {rows: []});
                  await wait();
                  return seen;
                }"""
            )
            assert all(told == shown for told, shown in titles)
            assert frame.locator(".dl-entry").count() == len(titles)
            visitor.page.evaluate(FRAMES)
            assert frame.evaluate("window.__ran") is None
            assert visitor.page.evaluate("window.__ran") is None
            assert frame.locator(".dl-list img, .dl-list script, .dl-list svg, .dl-label *").count() == 0
    finally:
        server.close()


def test_every_count_on_the_map_is_the_number_of_projects_behind_it(seen: Visitor) -> None:
    wrong = ask(
        seen,
        """(() => {
          const {plate} = dateline, found = [];
          dateline.applyMask(null);
          for (const [lat, lon, zoom] of [[20, 20, 2], [30, 70, 4], [45, 15, 5]]) {
            dateline.setView(lat, lon, zoom);
            for (const hit of plate.marks.hits) {
              if (hit.item && hit.item.n !== plate.interact.rows(hit).length) found.push([zoom, hit.item.n]);
            }
            const items = plate.marks.hits.filter((h) => h.item);
            for (const badge of plate.marks.hits.filter((h) => h.badge)) {
              const near = (m) => Math.hypot(m.x - badge.x, m.y - badge.y) < 8;
              if (items.some(near)) found.push([zoom, 'a badge on a mark']);
            }
            items.forEach((a, i) => items.slice(i + 1).forEach((b) => {
              if (Math.hypot(a.x - b.x, a.y - b.y) < a.r + b.r - 11) found.push([zoom, 'two marks on one another']);
            }));
          }
          return found;
        })()""",
    )
    assert wrong == []
