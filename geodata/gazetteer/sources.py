"""Reading the public packages that the gazetteer is made of; which file holds what stands in ``sources.toml``."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from geodata.errors import GazetteerError

SOURCES_FILE = Path(__file__).parent / "data" / "sources.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """One public package: where its tables stand and how their columns are called."""

    id: str
    package: str
    module: str
    licence: str
    credit: str
    tables: dict[str, dict[str, Any]]

    @property
    def folder(self) -> Path:
        """The installed package's folder."""
        spec = find_spec(self.module)
        if spec is None or spec.origin is None:
            message = f"{self.package} is not installed; the gazetteer build needs it (group `gazetteer`)"
            raise GazetteerError(message)
        return Path(spec.origin).parent

    @property
    def line(self) -> str:
        """Name, version, licence and credit, for the about page."""
        return f"{self.package} {version(self.package)}: {self.credit} ({self.licence})"

    def rows(self, table: str) -> Iterator[dict[str, str]]:
        """Yield the rows of a delimited table by column name."""
        spec = self.tables[table]
        delimiter: str = spec.get("delimiter", ",")
        columns: list[str] | None = spec.get("columns")
        quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
        for part in spec["files"]:
            with (self.folder / part).open(encoding=spec.get("encoding", "utf-8"), newline="") as file:
                yield from csv.DictReader(file, columns, delimiter=delimiter, quoting=quoting, restval="")

    def records(self, table: str) -> Any:
        """Return a JSON table."""
        return json.loads((self.folder / self.tables[table]["files"][0]).read_text("utf-8"))


def load_sources() -> dict[str, Source]:
    """Return the sources by id, as ``sources.toml`` describes them."""
    with SOURCES_FILE.open("rb") as file:
        described = tomllib.load(file)["source"]
    return {entry["id"]: Source(**entry) for entry in described}
