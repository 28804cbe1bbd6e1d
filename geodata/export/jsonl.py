"""JSON lines: one project a line, as ``dateline projects`` prints them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from geodata.projects import project_json
from geodata.records import Project


def print_to(projects: Iterable[Project], stream: TextIO) -> None:
    """Print projects to a stream."""
    for project in projects:
        stream.write(json.dumps(project_json(project), ensure_ascii=False))
        stream.write("\n")
