"""Setting words into a column whose height is given: how many lines they take, and the size at which all of it fits.

A deck is opened on machines whose fonts nobody knows. So words are measured with our own fonts and a reserve: what
stands in their place may be wider, and still no line may run into the next box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.export.maps.names import width_of

RESERVE = {"sans": 1.06, "semibold": 1.1, "serif-semibold": 1.24, "italic": 1.2}
"""How much wider than ours the widest usual substitute of a font is."""
LEADING = 1.24
"""Height of a line, as a share of the size of its letters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its words, one of our fonts, and its size in points."""

    words: str
    font: str
    size: float


def lines_of(line: Line, width: float) -> int:
    """Return how many lines a paragraph takes in a column of so many points."""
    room, used, count = width / RESERVE[line.font], 0.0, 1
    space = width_of(" ", line.size, line.font)
    for word in line.words.split():
        wide = width_of(word, line.size, line.font)
        if used and used + space + wide > room:
            count, used = count + 1, 0.0
        used += wide + (space if used else 0.0)
        if used > room:  # a word longer than a line is broken
            count += int(used // room)
            used %= room
    return count


def height_of(lines: Sequence[Line], width: float, gap: float = 0.0) -> float:
    """Return the height of paragraphs in points; ``gap`` stands between two of them."""
    each = [lines_of(line, width) * line.size * LEADING for line in lines]
    return sum(each) + gap * max(0, len(lines) - 1)


def cut(line: Line, width: float, height: float) -> Line:
    """Return a paragraph cut to what a height holds; dots say so."""
    words = line.words.split(" ")
    if height_of([line], width) <= height:
        return line
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        tried = Line(" ".join(words[:middle]) + " …", line.font, line.size)
        low, high = (middle, high) if height_of([tried], width) <= height else (low, middle - 1)
    return Line(" ".join(words[:low]).rstrip(" ,;:–") + " …" if low else "", line.font, line.size)
