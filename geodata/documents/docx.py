"""Word documents: paragraphs, lists and tables of the body; footnote marks are no text there, so none stick."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from geodata.documents.dating import to_edtf
from geodata.documents.detect import Unreadable
from geodata.documents.extract import Extract, Facts
from geodata.documents.limits import (
    MAX_PACKING_RATIO,
    MAX_UNPACKED_BYTES,
    MAX_ZIP_ENTRIES,
    MIN_BYTES_FOR_RATIO,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DAMAGED = "the DOCX file is damaged or cut short"
TEMPLATE_TITLES = re.compile(r"(?:untitled|document ?\d*|word document|title|normal(?:\.dotm?)?)?", re.I)
TEMPLATE_AUTHORS = {
    "python-docx",
    "user",
    "admin",
    "administrator",
    "author",
    "microsoft office user",
    "windows user",
}


def read_docx(data: bytes) -> Extract:
    """Return the text of a Word document, a paragraph each block."""
    _insist_on_sane_zip(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except (
        OpcError,
        KeyError,
        ValueError,
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        OSError,
        EOFError,
    ) as error:
        raise Unreadable(DAMAGED) from error
    paragraphs = [_text(node) for node in document.element.body.iter(f"{W}p") if not _doubled(node)]
    blocks = [block for block in paragraphs if block]
    if not blocks:
        raise Unreadable("the document holds no text")
    return Extract(
        "\n\n".join(blocks),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        weak=_facts(document),
        paragraphs=True,
    )


def _insist_on_sane_zip(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable(DAMAGED) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("the document is protected with a password; save a copy without one")
    packed_too_well = any(
        entry.file_size > MIN_BYTES_FOR_RATIO
        and entry.file_size > MAX_PACKING_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if (
        packed_too_well
        or len(entries) > MAX_ZIP_ENTRIES
        or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES
    ):
        raise Unreadable("the DOCX file unpacks to far more than a document holds; it was not opened")


def _doubled(node: Any) -> bool:
    """Text boxes stand twice in the file, the second time for old programs."""
    return any(parent.tag == FALLBACK for parent in node.iterancestors())


def _text(paragraph: Any) -> str:
    """Return a paragraph's words: also inserted ones and those in links and fields, not deleted ones."""
    parts: list[str] = []
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
        if next(node.iterancestors(f"{W}p")) is not paragraph:
            continue
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        else:
            parts.append("-" if node.tag == f"{W}noBreakHyphen" else " ")
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _facts(document: Any) -> Facts:
    try:
        properties = document.core_properties
        title, author = (properties.title or "").strip(), (properties.author or "").strip()
        created = properties.created
        language = (properties.language or "").lower()[:8]
    except (KeyError, ValueError, AttributeError):
        return Facts()
    return Facts(
        title="" if TEMPLATE_TITLES.fullmatch(title) else title[:300],
        author="" if author.lower() in TEMPLATE_AUTHORS else author[:300],
        published=to_edtf(created.date().isoformat()) if created and created.year > 1990 else "",
        language=language.split("-")[0],
    )
