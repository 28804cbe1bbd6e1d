"""Pages saved from the web: the article without the furniture around it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from geodata.documents.boilerplate import is_furniture_name
from geodata.documents.dating import to_edtf
from geodata.documents.detect import Unreadable
from geodata.documents.extract import Extract, Facts
from geodata.documents.limits import MAX_TREE_DEPTH

DROPPED = {
    "script", "style", "noscript", "template", "svg", "math", "canvas", "iframe", "object", "embed", "form", "button",
    "select", "option", "input", "textarea", "nav", "aside", "footer", "menu", "dialog", "audio", "video", "head",
    "link", "meta", "map", "label", "fieldset",
}  # fmt: skip
BLOCKS = {
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
SPACES = re.compile(r"\s+")
LINK_SHARE = 0.6
"""A block of which more than this share is link text is a menu, if it is no long paragraph."""
MIN_ARTICLE = 0.4
"""An <article> or <main> that holds less than this share of the page's paragraph text is a teaser, not the text."""

META = {
    "title": ("citation_title", "og:title", "dc.title", "twitter:title"),
    "author": ("citation_author", "author", "article:author", "dc.creator", "parsely-author"),
    "publisher": ("citation_publisher", "citation_journal_title", "og:site_name", "dc.publisher"),
    "published": (
        "citation_publication_date", "citation_date", "article:published_time", "date", "dc.date",
        "dc.date.issued", "datepublished", "pubdate", "parsely-pub-date",
    ),
    "url": ("og:url", "citation_fulltext_html_url"),
}  # fmt: skip


def read_html(text: str) -> Extract:
    """Return the article of a page and the facts its head states."""
    # lxml refuses text with an encoding declaration; characters are characters already here.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""))
    parser = html.HTMLParser(huge_tree=False, recover=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("the page holds no text") from error
    facts = _facts(root)
    _prune(root)
    body = root.find("body")
    root = body if body is not None else root
    blocks = list(_blocks(_article(root)))
    if not blocks:
        blocks = list(_blocks(root))
    if not blocks:
        raise Unreadable("the page holds no text")
    return Extract("\n\n".join(blocks), "text/html", facts, paragraphs=True)


def _prune(root: Any) -> None:
    """Take out what is never the text: scripts, menus, hidden parts, share bars, comments, cookie notes."""
    doomed = []
    for node in root.iter():
        if not isinstance(node.tag, str) or node.tag in ("html", "body", "article", "main"):
            continue
        name = f"{node.get('class') or ''} {node.get('id') or ''} {node.get('role') or ''}"
        if (
            node.tag in DROPPED
            or node.get("hidden") is not None
            or node.get("aria-hidden") == "true"
            or HIDDEN.search(node.get("style") or "")
            or is_furniture_name(name)
        ):
            doomed.append(node)
    total = sum(len(part) for part in root.itertext())
    for node in doomed:
        # A careless class name on the whole page must not take the page away.
        big = node.tag not in DROPPED and sum(len(part) for part in node.itertext()) > 0.7 * total
        if node.getparent() is not None and not big:
            node.drop_tree()


def _article(root: Any) -> Any:
    """Return the part that holds the text: <article> or <main>, else the parent of most paragraph text."""
    whole = _paragraph_weight(root)
    marked = list(root.iter("article", "main")) + root.xpath("//*[@role='main' or @itemprop='articleBody']")
    best = max(marked, key=_paragraph_weight, default=None)
    if best is not None and whole and _paragraph_weight(best) >= MIN_ARTICLE * whole:
        return best
    return root


def _paragraph_weight(node: Any) -> int:
    return sum(len(part) for paragraph in node.iter("p", "li", "blockquote") for part in paragraph.itertext())


def _blocks(root: Any) -> Iterator[str]:
    """Yield the blocks of text in order: a block is what no block element parts. No recursion: nesting may be deep."""
    parts: list[str] = []
    linked = 0

    def flush() -> Iterator[str]:
        nonlocal linked
        block = SPACES.sub(" ", "".join(parts)).strip()
        menu = linked > LINK_SHARE * len(block) and len(block) < 200
        parts.clear()
        linked = 0
        if block and not menu:
            yield block

    depth, in_link = 0, 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            depth += 1
            if tag in BLOCKS and depth < MAX_TREE_DEPTH:
                yield from flush()
            in_link += tag == "a"
            if tag == "br":
                parts.append(" ")
            if node.text and tag not in DROPPED:
                parts.append(node.text)
                linked += len(node.text) if in_link else 0
        else:
            depth -= 1
            in_link -= tag == "a"
            if tag in BLOCKS and depth < MAX_TREE_DEPTH:
                yield from flush()
            if tag == "td":
                parts.append(" ")
            if node.tail and node is not root:
                parts.append(node.tail)
    yield from flush()


def _facts(root: Any) -> Facts:
    meta: dict[str, str] = {}
    for node in root.iter("meta"):
        key = (node.get("name") or node.get("property") or node.get("itemprop") or "").lower()
        value = SPACES.sub(" ", node.get("content") or "").strip()
        if key and value:
            meta.setdefault(key, value[:500])
    found = {fact: next((meta[key] for key in keys if key in meta), "") for fact, keys in META.items()}
    for fact, value in _linked_data(root).items():
        found[fact] = found[fact] or value
    if found["author"].startswith(("http:", "https:", "@")):
        found["author"] = ""
    found["title"] = found["title"] or _title(root)
    canonical = root.xpath("//link[@rel='canonical']/@href")
    found["url"] = found["url"] or (canonical[0][:500] if canonical else "")
    found["published"] = to_edtf(found["published"] or _time(root))
    language = (root.get("lang") or "").lower()[:8]
    return Facts(**found, language=language.split("-")[0] if language.startswith("en") else language)


def _title(root: Any) -> str:
    for heading in root.iter("h1"):
        words = SPACES.sub(" ", heading.text_content()).strip()
        if words:
            return str(words)[:300]
    title = root.findtext(".//title") or ""
    return re.split(r"\s+[|–—»-]\s+", SPACES.sub(" ", title).strip())[0][:300]


def _time(root: Any) -> str:
    times = root.xpath("//time/@datetime")
    return str(times[0]) if times else ""


def _linked_data(root: Any) -> dict[str, str]:
    """Read schema.org's JSON in the page, as far as it is plain."""
    for text in root.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for entry in graph if isinstance(graph, list) else []:
            if isinstance(entry, dict) and "Article" in str(entry.get("@type", "")):
                return {
                    "title": _name(entry.get("headline")),
                    "author": _name(entry.get("author")),
                    "publisher": _name(entry.get("publisher")),
                    "published": _name(entry.get("datePublished")),
                }
    return {}


def _name(value: object) -> str:
    if isinstance(value, str):
        return SPACES.sub(" ", value).strip()[:300]
    if isinstance(value, dict):
        return _name(value.get("name"))
    if isinstance(value, list):
        return ", ".join(name for entry in value[:10] if (name := _name(entry)))
    return ""
