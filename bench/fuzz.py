"""Files mutated at random, read as a folder of a stranger would be: what is read, refused, and how long it takes."""

from __future__ import annotations

import contextlib
import io
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import psutil
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped, unused-ignore]

from bench import Row
from geodata.documents import close_children, read_in_child
from geodata.errors import UnreadableFile

TEXT = (
    "In March 2019 Kenya signed an agreement with a company from Denmark to build a wind farm at Marsabit. "
    "The plant – “a model”, said Nairobi – was expected to deliver 300 megawatts for 600 million US dollars.1\n\n"
    "Critics replied that the power line to Suswa was four years late, and that Łódź is not Zürich. "
) * 6
NEIGHBOUR = "The port was opened in 2021."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the files."""

    read: int
    refused: int
    slowest: float
    """Seconds of the slowest file, by the clock."""
    busiest: float
    """Seconds of the processor that the readers spent on the file that took most."""
    neighbours: int
    """How often the sound file next to a bad one was read."""


def mutants(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield names and bytes of mutated files; the same for the same seed."""
    chance = random.Random(seed)
    kinds = sorted(SOUND.items())
    sound = {suffix: make() for suffix, make in kinds}
    for number in range(count):
        suffix = kinds[number % len(kinds)][0]
        mutate = MUTATIONS[(number // len(kinds)) % len(MUTATIONS)]
        yield f"{number:05}{suffix}", mutate(chance, sound[suffix])


def survey(files: Iterator[tuple[str, bytes]]) -> Outcome:
    """Read each file in a child process, and a sound one after it."""
    read = refused = neighbours = 0
    slowest = busiest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        good = Path(folder, "good.txt")
        good.write_text(NEIGHBOUR)
        for name, data in files:
            path = Path(folder, name)
            path.write_bytes(data)
            began, busy = time.monotonic(), _children_seconds()
            try:
                read_in_child(path)
                read += 1
            except UnreadableFile:
                refused += 1
            slowest = max(slowest, time.monotonic() - began)
            busiest = max(busiest, _children_seconds() - busy)
            neighbours += read_in_child(good).text == NEIGHBOUR
            path.unlink()
    close_children()
    return Outcome(read, refused, slowest, busiest, neighbours)


def _children_seconds() -> float:
    """Return the processor's seconds of all child processes, those that ended and those that run."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = ended.ru_utime + ended.ru_stime
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            total += sum(child.cpu_times()[:2])
    return total


def run(small: bool) -> list[Row]:
    """Measure 500 files, or 10,000."""
    count = 500 if small else 10_000
    outcome = survey(mutants(count, seed=1))
    return [
        Row("mutated files read or refused", outcome.read + outcome.refused, "files", f"{count}"),
        Row("slowest mutated file", outcome.slowest, "s", "≤ 30"),
        Row("neighbours read", outcome.neighbours, "files", f"{count}"),
    ]


def _pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1)
    for _ in range(3):
        for row, line in enumerate(TEXT.encode("latin-1", "replace").decode("latin-1").split(". ")):
            canvas.drawString(50, 780 - 14 * row, line[:90].replace("\n", " "))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _docx() -> bytes:
    document = docx.Document()
    for paragraph in TEXT.split("\n\n"):
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _html() -> bytes:
    paragraphs = "".join(f"<p class='text'>{paragraph}</p>" for paragraph in TEXT.split("\n\n"))
    return f"<!doctype html><html lang=en><head><title>Wind</title></head><body>{paragraphs}</body></html>".encode()


SOUND: dict[str, Callable[[], bytes]] = {
    ".txt": TEXT.encode,
    ".md": ("---\ntitle: Wind\n---\n\n# Wind\n\n" + TEXT).encode,
    ".html": _html,
    ".docx": _docx,
    ".pdf": _pdf,
}


def _flip(chance: random.Random, data: bytes) -> bytes:
    bad = bytearray(data)
    for _ in range(chance.randint(1, 60)):
        bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
    return bytes(bad)


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def _zero(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data))
    length = chance.randint(1, 3000)
    return data[:start] + bytes(length) + data[start + length :]


def _double(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 500)]
    return data[:start] + piece * chance.randint(2, 2000) + data[start:]


def _swap(chance: random.Random, data: bytes) -> bytes:
    at = sorted(chance.randrange(len(data)) for _ in range(3))
    return data[: at[0]] + data[at[1] : at[2]] + data[at[0] : at[1]] + data[at[2] :]


def _long_line(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    filler = chance.choice([b"a", b"<div>", b"(", b"[", b"*", b"1 ", b"\\", b"a b "])
    return data[:at] + filler * (1_000_000 // len(filler)) + data[at:]


MUTATIONS = (_flip, _cut, _zero, _double, _swap, _long_line)
