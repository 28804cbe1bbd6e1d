"""A text that remembers, character by character, where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.records import OffsetMap, Segment

MADE = -1
"""The origin of a character that the clean-up put in."""

Edit = tuple[int, int, str]
"""Start, end and what to put there."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A text and the offset in the original of each of its characters (``MADE`` for those put in)."""

    text: str
    origin: npt.NDArray[np.int64]

    @classmethod
    def of(cls, text: str) -> Tracked:
        """Begin with a text that is its own original."""
        return cls(text, np.arange(len(text), dtype=np.int64))

    def pieces(self, parts: Iterable[tuple[int, int] | str]) -> Tracked:
        """Build a text of spans of this one, in any order, and of strings that are put in between."""
        texts: list[str] = []
        origins: list[npt.NDArray[np.int64]] = []
        for part in parts:
            if isinstance(part, str):
                texts.append(part)
                origins.append(np.full(len(part), MADE, dtype=np.int64))
            else:
                texts.append(self.text[part[0] : part[1]])
                origins.append(self.origin[part[0] : part[1]])
        if not texts:
            return Tracked("", np.empty(0, dtype=np.int64))
        return Tracked("".join(texts), np.concatenate(origins))

    def edit(self, edits: Sequence[Edit]) -> Tracked:
        """Make the edits, which must be in order and must not overlap."""
        if not edits:
            return self
        parts: list[tuple[int, int] | str] = []
        at = 0
        for start, end, put in edits:
            if at < start:
                parts.append((at, start))
            if put:
                parts.append(put)
            at = end
        if at < len(self.text):
            parts.append((at, len(self.text)))
        return self.pieces(parts)

    def offsets(self) -> OffsetMap:
        """Return the map from this text to the original, as few segments as possible."""
        if not self.text:
            return OffsetMap()
        breaks = np.flatnonzero((np.diff(self.origin) != 1) | (self.origin[1:] == MADE)) + 1
        starts = np.concatenate(([0], breaks))
        ends = np.concatenate((breaks, [len(self.text)]))
        return OffsetMap(
            tuple(
                Segment(int(start), int(self.origin[start]), int(end - start))
                for start, end in zip(starts, ends, strict=True)
                if self.origin[start] != MADE
            )
        )
