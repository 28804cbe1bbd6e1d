"""What a file is, told by its first bytes; its suffix only decides between kinds of text."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

Kind = Literal["pdf", "docx", "html", "markdown", "text"]

HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
MARKDOWN_SUFFIXES = {".md", ".markdown"}
TEXT_SUFFIXES = {".txt", ".text"}
READ_SUFFIXES = HTML_SUFFIXES | MARKDOWN_SUFFIXES | TEXT_SUFFIXES | {".pdf", ".docx"}

HTML_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)

REFUSED = (
    (b"\x89PNG", "this is a picture (PNG), not a text"),
    (b"\xff\xd8\xff", "this is a picture (JPEG), not a text"),
    (b"GIF8", "this is a picture (GIF), not a text"),
    (b"II*\x00", "this is a picture (TIFF), not a text"),
    (b"MM\x00*", "this is a picture (TIFF), not a text"),
    (b"RIFF", "this is a sound, film or picture, not a text"),
    (b"\x1f\x8b", "this is a packed archive (gzip); unpack it first"),
    (b"7z\xbc\xaf", "this is a packed archive (7z); unpack it first"),
    (b"Rar!", "this is a packed archive (RAR); unpack it first"),
    (b"BZh", "this is a packed archive (bzip2); unpack it first"),
    (b"\xfd7zXZ", "this is a packed archive (xz); unpack it first"),
    (b"\x7fELF", "this is a program, not a text"),
    (b"MZ\x90", "this is a program, not a text"),
    (b"SQLite format 3", "this is a database, not a text"),
    (b"%!PS", "this is PostScript; save it as PDF"),
    (b"{\\rtf", "this is Rich Text (RTF); save it as DOCX"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIPS = (
    ("mimetype", "this is an OpenDocument or e-book file; save it as DOCX or PDF"),
    ("xl/workbook.xml", "this is a spreadsheet; save its text as TXT"),
    ("ppt/presentation.xml", "these are slides; save them as PDF"),
)


class Unreadable(Exception):
    """Why a file cannot be read, in plain words; `read_file` adds the name."""


def binary_kind(data: bytes, suffix: str) -> Kind | None:
    """Return the kind of a file that is not plain text, ``None`` for text; raise `Unreadable` for what is refused."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("the file is empty" if not data else "the file holds nothing but blanks")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for head, reason in REFUSED:
        if data.startswith(head):
            raise Unreadable(reason)
    if data.startswith(OLE):
        raise Unreadable(_ole_reason(data))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data, suffix)
    return None


def text_kind(text: str, suffix: str) -> Kind:
    """Return which kind of text this is: a page says so in its head, Markdown by suffix or front matter."""
    if HTML_HEAD.match(text[:4000].lstrip("\ufeff")) or suffix in HTML_SUFFIXES:
        return "html"
    if suffix in MARKDOWN_SUFFIXES:
        return "markdown"
    return "text"


def _ole_reason(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "the document is protected with a password; save a copy without one"
    return "this is an old Office file (before 2007); save it as DOCX"


def _zip_kind(data: bytes, suffix: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError) as error:
        if suffix == ".docx":
            raise Unreadable("the DOCX file is damaged or cut short") from error
        raise Unreadable("this is a damaged archive (ZIP), not a text") from error
    if "word/document.xml" in names:
        return "docx"
    for name, reason in ZIPS:
        if name in names:
            raise Unreadable(reason)
    if suffix == ".docx":
        raise Unreadable("the DOCX file has no text part: it is damaged, or not a Word document")
    raise Unreadable("this is a packed archive (ZIP); unpack it first")
