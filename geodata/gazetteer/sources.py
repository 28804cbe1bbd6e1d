"""Reading the public packages that the gazetteer is made of; which file holds what stands in ``sources.toml``."""

from __future__ import annotations

import csv
import json
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version as installed_version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from geodata.errors import GazetteerError

DATA = Path(__file__).parent / "data"
NPM = "DATELINE_NPM"
"""The environment variable that names the folder of unpacked npm packages (a ``node_modules``)."""


@dataclass(frozen=True, slots=True)
class Source:
    """One public package: where its tables stand and how their columns are called."""

    id: str
    package: str
    module: str
    """The Python module it is found by; empty for a package of npm."""
    licence: str
    credit: str
    tables: dict[str, dict[str, Any]]
    version: str = ""

    @property
    def folder(self) -> Path:
        """The package's folder."""
        if not self.module:
            found = Path(os.environ.get(NPM, "node_modules")) / self.package
            if found.is_dir():
                return found
            raise GazetteerError(f"{self.package} (npm) is not in {found.parent}; unpack it and set ${NPM}")
        spec = find_spec(self.module)
        if spec is None or spec.origin is None:
            message = f"{self.package} is not installed; the gazetteer build needs it (group `gazetteer`)"
            raise GazetteerError(message)
        return Path(spec.origin).parent

    @property
    def line(self) -> str:
        """Name, version, licence and credit, for the about page."""
        version = self.version or installed_version(self.package)
        return f"{self.package} {version}: {self.credit} ({self.licence})"

    def rows(self, table: str) -> Iterator[dict[str, str]]:
        """Yield the rows of a delimited table by column name."""
        spec = self.tables[table]
        delimiter: str = spec.get("delimiter", ",")
        columns: list[str] | None = spec.get("columns")
        quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
        for path in self.files(table):
            with path.open(encoding=spec.get("encoding", "utf-8"), newline="") as file:
                yield from csv.DictReader(file, columns, delimiter=delimiter, quoting=quoting, restval="")

    def files(self, table: str) -> list[Path]:
        """Return the files of a table in order."""
        return [path for pattern in self.tables[table]["files"] for path in sorted(self.folder.glob(pattern))]

    def records(self, table: str) -> Any:
        """Return a JSON table, or what the package's own function returns where it hides its file."""
        if call := self.tables[table].get("call"):
            return getattr(import_module(self.module), call)()
        return json.loads(self.files(table)[0].read_text("utf-8"))


def load_sources() -> dict[str, Source]:
    """Return the sources by id, as ``sources.toml`` describes them."""
    with (DATA / "sources.toml").open("rb") as file:
        described = tomllib.load(file)["source"]
    return {entry["id"]: Source(**entry) for entry in described}


def own_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of our own tables."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def split(value: str) -> list[str]:
    """Return the entries of a cell that holds several."""
    return [part.strip() for part in value.split("|") if part.strip()]
