"""XLSX: projects, their claims, the texts, and what the file is about. Every cell is a value, never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from geodata.export.content import Content
from geodata.export.csvfile import row
from geodata.records import Document
from geodata.wording import footnote

LONGEST_CELL = 32_000
"""Excel takes 32,767 characters in a cell."""
WIDTHS = {
    "title": 44,
    "quote": 60,
    "words": 60,
    "aliases": 30,
    "actors": 40,
    "places": 36,
    "footnote": 60,
    "geometry": 24,
}


def write(content: Content, path: Path) -> None:
    """Write the workbook."""
    book = Workbook(write_only=True)
    _sheet(book, "Projects", (row(project) for project in content.projects))
    _sheet(book, "Claims", _claims(content))
    _sheet(book, "Texts", (_text(document) for document in content.documents.values()))
    _sheet(book, "About", ({"fact": fact, "value": value} for fact, value in content.about().items()))
    book.save(path)


def _sheet(book: Workbook, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    sheet = book.create_sheet(name)
    found = list(rows)
    if not found:
        return
    for number, column in enumerate(found[0]):
        letter = chr(ord("A") + number)
        sheet.column_dimensions[letter].width = WIDTHS.get(column, 16)
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, column.replace("_", " "), bold=True) for column in found[0]])
    for values in found:
        sheet.append([_cell(sheet, value) for value in values.values()])


def _cell(sheet: WriteOnlyWorksheet, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # "=1+1" is what a text said, not a formula
        cell.quotePrefix = value[:1] in "=+-@"
    cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str) and len(value) > 40)
    if bold:
        cell.font = Font(bold=True)
    return cell


def _claims(content: Content) -> Iterable[dict[str, Any]]:
    for project in content.projects:
        for claim in project.claims:
            document = content.documents.get(claim.document)
            where = claim.selector
            yield {
                "project": project.title,
                "property": claim.property,
                "value": claim.value,
                "role": claim.role,
                "date": claim.edtf,
                "amount": claim.amount,
                "unit": claim.unit,
                "modality": claim.modality,
                "rank": claim.rank,
                "confidence": round(claim.confidence, 3),
                "document": claim.document,
                "page": where.page,
                "start": where.start,
                "end": where.end,
                "words": f"{where.prefix}{where.exact}{where.suffix}",
                "footnote": footnote(document, where.start, where.end) if document else "",
                "rule": claim.extractor,
            }


def _text(document: Document) -> dict[str, Any]:
    names = ("id", "title", "author", "publisher", "published", "url", "language", "file", "sha256")
    return {name: getattr(document, name) for name in names}
