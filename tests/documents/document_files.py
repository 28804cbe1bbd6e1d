"""Small real files, made where they are needed: PDF, DOCX, pages, and the ways in which they go wrong."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import docx
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A5  # type: ignore[import-untyped, unused-ignore]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped, unused-ignore]

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "seeds"
DATA = ROOT / "tests" / "data"

BODY = (
    "In March 2019 Kenya signed an agreement with a company from Denmark to build",
    "a wind farm at Marsabit. The plant was expected to deliver 300 megawatts, and",
    "the govern-",
    "ment in Nairobi called it a model. Critics of the project replied that the power line to",
    "Suswa was four years late.",
)


def pdf(
    pages: Sequence[Sequence[str]],
    *,
    head: str = "",
    notes: Sequence[str] = (),
    numbers: bool = False,
    furniture_first: bool = False,
    title: str = "",
    author: str = "",
) -> bytes:
    """Return a PDF of lines; ``notes`` are set small at the foot of the first page, ``3^`` raises a mark."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A5, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    for number, lines in enumerate(pages, start=1):
        if head:
            canvas.setFont("Times-Italic", 9)
            canvas.drawString(40, 570, head)
        if not furniture_first:
            _body(canvas, lines)
        if number == 1:
            canvas.setFont("Times-Roman", 7)
            for index, note in enumerate(notes):
                canvas.drawString(40, 70 - 9 * index, note)
        if numbers:
            canvas.setFont("Times-Roman", 9)
            canvas.drawString(200, 30, str(number))
        if furniture_first:
            _body(canvas, lines)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _body(canvas: Canvas, lines: Sequence[str]) -> None:
    for row, line in enumerate(lines):
        _line(canvas, 40, 540 - 14 * row, line)


def _line(canvas: Canvas, left: float, top: float, line: str) -> None:
    text = canvas.beginText(left, top)
    for index, part in enumerate(line.split("^")):
        mark = index % 2
        text.setFont("Times-Roman", 6 if mark else 11)
        text.setRise(4 if mark else 0)
        text.textOut(part)
    canvas.drawText(text)


def picture_pdf() -> bytes:
    """Return a scan: two pages that hold lines and boxes and no text."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A5)
    for _ in range(2):
        canvas.rect(50, 50, 200, 300, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked_pdf() -> bytes:
    """Return a PDF that asks for a password."""
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(pdf([BODY]))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb_pdf(megabytes: int = 400) -> bytes:
    """Return a PDF whose only page unpacks to hundreds of megabytes of blanks."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()
    # Packed twice, as bombs are.
    packed = zlib.compress(packed, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources << >> >>",
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream"
        % (len(packed), packed),
    ]
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 5\n0000000000 65535 f \n")
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Root 1 0 R /Size 5 >>\nstartxref\n%d\n%%%%EOF\n" % table)
    return out.getvalue()


def word(paragraphs: Sequence[str], *, title: str = "", author: str = "", table: Sequence[str] = ()) -> bytes:
    """Return a Word document."""
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = author
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        cells = document.add_table(1, len(table)).rows[0].cells
        for cell, text in zip(cells, table, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def bomb_docx(megabytes: int = 400) -> bytes:
    """Return a Word document whose text unpacks to hundreds of megabytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word(["A sentence."]))) as sound,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        for name in sound.namelist():
            if name != "word/document.xml":
                bomb.writestr(name, sound.read(name))
        with bomb.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(b" " * 1_000_000)
    return out.getvalue()


def binary(size: int = 20_000) -> bytes:
    """Return bytes that are no text, the same each time."""
    return b"".join(struct.pack("<I", (index * 2654435761) % 2**32) for index in range(size // 4))


def write(folder: Path, name: str, data: bytes | str) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path
