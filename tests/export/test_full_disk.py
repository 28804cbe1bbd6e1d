"""Where nothing more can be written, an export says so in words and leaves nothing half-made."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata.errors import DatelineError
from geodata.export import FORMATS, Content, write

BYTES = 300
"""Fewer than any of the files has."""


@pytest.fixture
def full() -> Iterator[None]:
    """No file of this process may grow beyond a few bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (BYTES, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_an_export_that_cannot_be_written_whole_is_told(
    content: Content, tmp_path: Path, full: None, format: str
) -> None:
    out = tmp_path / "out" / f"out{FORMATS[format].suffix}"
    with pytest.raises(DatelineError, match=r"nothing was written\.$"):
        write(format, content, out)
    assert list(out.parent.iterdir()) == []
