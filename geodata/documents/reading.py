"""One file to one document: bytes, format, clean-up, facts."""

from __future__ import annotations

import hashlib
import re
import stat
from pathlib import Path

from geodata.documents.cleaning import Cleaned, clean
from geodata.documents.decoding import decode
from geodata.documents.detect import Unreadable, binary_kind, text_kind
from geodata.documents.docx import read_docx
from geodata.documents.extract import Extract, Facts
from geodata.documents.frontmatter import split
from geodata.documents.html import read_html
from geodata.documents.limits import MAX_FILE_BYTES, MAX_TEXT_CHARACTERS
from geodata.documents.pdf import read_pdf
from geodata.errors import UnreadableFile
from geodata.records import Document

MEDIA_TYPES = {"markdown": "text/markdown", "text": "text/plain"}
NAME_LIMIT = 120
"""Of a document's id: file systems allow 255 bytes, and an id stands in URLs and exports."""

NO_NAME = re.compile(r"[0-9a-f]{8,}|^\W*\d+\W*$", re.I)
"""A stem that is a number or a checksum tells a reader nothing."""
TITLE_LENGTH = 70


def read_file(path: Path | str) -> Document:
    """Return a file as a clean document; raise `UnreadableFile` (file, reason) for whatever cannot be read.

    The format is told by the file's first bytes, not by its name. The document's id is the file's stem.
    """
    path = Path(path)
    try:
        return read_bytes(_load(path), path.name)
    except Unreadable as error:
        raise UnreadableFile(str(path), str(error)) from error
    except UnreadableFile as error:
        raise UnreadableFile(str(path), error.reason) from error


def read_bytes(data: bytes, name: str) -> Document:
    """Return the document in the bytes of a file called ``name``; raise `UnreadableFile`."""
    try:
        extract = _extract(data, Path(name).suffix.lower())
        if len(extract.text) > MAX_TEXT_CHARACTERS:
            raise Unreadable(f"the text is too long (the limit is {MAX_TEXT_CHARACTERS:,} characters)")
        cleaned = clean(extract)
        if not cleaned.text:
            raise Unreadable("the file holds no text")
    except Unreadable as error:
        raise UnreadableFile(name, str(error)) from error
    except MemoryError as error:
        raise UnreadableFile(name, "reading it takes too much memory") from error
    except RecursionError as error:
        raise UnreadableFile(name, "it is nested too deeply; the file is damaged or hostile") from error
    except Exception as error:  # a format library met what its authors did not think of
        raise UnreadableFile(name, f"the file is damaged ({type(error).__name__})") from error
    return _document(data, name, extract, cleaned)


def _load(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable("this is a folder")
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("this is no ordinary file (a pipe, a socket or a device)")
        if status.st_size > MAX_FILE_BYTES:
            size = f"{status.st_size / 1e6:,.0f} MB; the limit is {MAX_FILE_BYTES / 1e6:,.0f} MB"
            raise Unreadable(f"the file is too large ({size})")
        with path.open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise Unreadable("there is no such file") from error
    except PermissionError as error:
        raise Unreadable("no permission to read it") from error
    except ValueError as error:  # a NUL in the name
        raise Unreadable("the name is not a file's name") from error
    except OSError as error:
        raise Unreadable(f"the disk does not give it ({error.strerror or error})") from error


def _extract(data: bytes, suffix: str) -> Extract:
    kind = binary_kind(data, suffix)
    if kind == "pdf":
        return read_pdf(data)
    if kind == "docx":
        return read_docx(data)
    text = decode(data)
    if len(text) > MAX_TEXT_CHARACTERS:
        raise Unreadable(f"the text is too long (the limit is {MAX_TEXT_CHARACTERS:,} characters)")
    kind = text_kind(text, suffix)
    if kind == "html":
        return read_html(text)
    facts, body = split(text)
    return Extract(text, MEDIA_TYPES[kind], facts, body=body, markdown=kind == "markdown")


def _document(data: bytes, name: str, extract: Extract, cleaned: Cleaned) -> Document:
    facts = extract.facts.or_else(cleaned.facts).or_else(extract.weak)
    stem = _writable(Path(name).stem)[:NAME_LIMIT] or "text"
    return Document(
        id=stem,
        text=cleaned.text,
        sha256=hashlib.sha256(data).hexdigest(),
        text_sha256=hashlib.sha256(cleaned.text.encode("utf-8", "replace")).hexdigest(),
        file=_writable(name),
        media_type=extract.media_type,
        title=_writable(facts.title) or _stand_in(stem, cleaned.text),
        author=_writable(facts.author),
        publisher=_writable(facts.publisher),
        published=facts.published,
        url=_writable(facts.url) if facts.url.startswith(("http://", "https://")) else "",
        language=facts.language or "en",
        pages=cleaned.pages,
        offsets=cleaned.offsets,
        digest_of=facts.digest_of,
        warnings=extract.warnings,
    )


def _stand_in(stem: str, text: str) -> str:
    """Return a title for a text without one: its file's name, or its first words where that name says nothing."""
    if not NO_NAME.search(stem):
        return stem
    words = text[:TITLE_LENGTH].rsplit(" ", 1)[0] if len(text) > TITLE_LENGTH else text
    return words.split("\n")[0].rstrip(" ,;:.") + "…"


def _writable(text: str) -> str:
    """File names may hold bytes that are no characters; what is shown and saved must not."""
    return Facts(title=text).title.encode("utf-8", "replace").decode("utf-8")
