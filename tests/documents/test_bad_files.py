"""A bad file gets one line, its name and the reason, quickly; its neighbours are read."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from geodata.documents import close_children, read_file, read_in_child
from geodata.documents.child import _IDLE as IDLE
from geodata.documents.child import PATIENCE
from geodata.documents.limits import SECONDS_A_FILE, SECONDS_TO_START
from geodata.errors import UnreadableFile
from tests.documents.document_files import (
    BODY,
    binary,
    bomb_docx,
    bomb_pdf,
    locked_pdf,
    pdf,
    picture_pdf,
    word,
    write,
)

SECONDS = 10.0
"""Of the processor: a sound file of this size reads in milliseconds; a bad one may not hold up the rest."""
HANG = SECONDS_TO_START + PATIENCE * SECONDS_A_FILE
"""By the clock: what no file may ever take, however crowded the machine; the product's own limits."""

BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("empty.txt", lambda: b"", "the file is empty"),
    "blank": ("blank.txt", lambda: b" \n\n \t", "nothing but blanks"),
    "empty pdf": ("empty.pdf", lambda: b"", "the file is empty"),
    "locked pdf": ("locked.pdf", locked_pdf, "protected with a password"),
    "cut pdf": ("cut.pdf", lambda: pdf([BODY] * 3)[:-900], "cut short"),
    "pdf of pictures": ("scan.pdf", picture_pdf, "pictures of pages and no text"),
    "pdf of rubbish": ("rubbish.pdf", lambda: b"%PDF-1.7\n" + binary() + b"\n%%EOF\n", "damaged"),
    "pdf bomb": ("bomb.pdf", bomb_pdf, ""),
    "docx bomb": ("bomb.docx", bomb_docx, "unpacks to far more"),
    "cut docx": ("cut.docx", lambda: word(["A sentence."])[:-500], "damaged or cut short"),
    "empty docx": ("bare.docx", lambda: word([]), "holds no text"),
    "page without text": ("bare.html", lambda: b"<html><body><script>x</script></body></html>", "holds no text"),
    "binary named txt": ("data.txt", binary, "not a text"),
    "picture named txt": ("photo.txt", lambda: b"\x89PNG\r\n\x1a\n" + binary(), "a picture (PNG)"),
    "program named md": ("tool.md", lambda: b"\x7fELF" + binary(), "a program"),
    "zip named txt": ("pack.txt", lambda: b"PK\x03\x04" + binary(), "archive"),
    "old word file": ("old.doc.txt", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + binary(), "old Office file"),
    "nothing but zeros": ("zeros.txt", lambda: bytes(50_000), "nothing but blanks"),
    "nested html": ("deep.html", lambda: b"<html><body>" + b"<div>" * 200_000, "holds no text"),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(BAD))
def test_bad_file_is_told_by_name_and_reason_and_the_next_is_read(tmp_path: Path, kind: str) -> None:
    name, make, reason = BAD[kind]
    bad = write(tmp_path, name, make())
    good = write(tmp_path, "good.txt", "The port was opened in 2021.")
    began = time.monotonic()
    with pytest.raises(UnreadableFile) as told:
        read_in_child(bad)
    assert time.monotonic() - began < HANG
    assert str(told.value).startswith(f"{bad}: ")
    assert reason in told.value.reason
    assert "\n" not in str(told.value)
    assert read_in_child(good).text == "The port was opened in 2021."


def test_bomb_takes_no_more_than_a_gigabyte(tmp_path: Path) -> None:
    bomb = write(tmp_path, "bomb.pdf", bomb_pdf(900))
    peaks = [0]
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            with contextlib.suppress(psutil.Error):
                peaks.extend(child.memory_info().rss for child in psutil.Process().children())

    watcher = threading.Thread(target=watch)
    watcher.start()
    with pytest.raises(UnreadableFile):
        read_in_child(bomb)
    done.set()
    watcher.join()
    assert max(peaks) < 1e9


def test_file_of_200_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    began = time.process_time()
    with pytest.raises(
        UnreadableFile, match=r"huge\.txt: the file is too large \(200 MB; the limit is 100 MB\)"
    ):
        read_file(path)
    assert time.process_time() - began < 0.5


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"gone\.txt: there is no such file"):
        read_file(tmp_path / "gone.txt")
    with pytest.raises(UnreadableFile, match="this is a folder"):
        read_file(tmp_path)


def test_pipe_does_not_hang_the_reader(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableFile, match="no ordinary file"):
        read_file(pipe)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission(tmp_path: Path) -> None:
    path = write(tmp_path, "secret.txt", "The port was opened.")
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="no permission"):
        read_file(path)


def test_nuls_in_a_text_are_left_out(tmp_path: Path) -> None:
    text = "The port\x00 was opened in 2021. " * 400
    assert "\x00" not in read_file(write(tmp_path, "a.txt", text.replace("\x00", "", 390))).text


LONG_LINES = {
    "words.txt": "The port was opened. " * 50_000,
    "no-blanks.txt": "a" * 1_000_000,
    "digits.txt": "1" * 1_000_000,
    "words.md": "The *port* was [opened](x) `now`. " * 30_000,
    "marks.md": "*_[`" * 250_000,
    "brackets.md": "[" * 1_000_000,
    "links.txt": "see http://x.example/" + "a)" * 400_000,
    "page.html": "<p>" + "The port was opened. " * 50_000,
}


def test_line_of_a_million_characters_is_read_quickly(tmp_path: Path) -> None:
    for name, text in LONG_LINES.items():
        path = write(tmp_path, name, text)
        began = time.process_time()
        document = read_file(path)
        assert time.process_time() - began < SECONDS, name
        assert document.text


def test_wrong_encoding_in_part_keeps_the_rest(tmp_path: Path) -> None:
    text = "Müller opened the bridge at Łódź in 2014, “for ever”, as he said – and went. " * 20
    data = text.encode() + b"\xff" + text.encode()
    assert read_file(write(tmp_path, "a.txt", data)).text.count("Łódź") == 40


def readers() -> list[psutil.Process]:
    """Return the child processes that read files."""
    found = []
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            if "geodata.documents.child" in child.cmdline():
                found.append(child)
    return found


class TestChild:
    def test_child_that_hangs_is_ended_and_replaced(self, tmp_path: Path) -> None:
        good = write(tmp_path, "good.txt", "The port was opened in 2021.")
        slow = write(tmp_path, "slow.txt", "The port was opened.")
        close_children()
        read_in_child(good)
        (child,) = readers()
        child.suspend()
        with pytest.raises(UnreadableFile, match=r"slow\.txt: reading it takes longer than 0\.3 seconds"):
            read_in_child(slow, seconds=0.3)
        assert child not in readers()
        assert read_in_child(good).id == "good"

    def test_child_that_is_killed_becomes_a_message(self, tmp_path: Path) -> None:
        good = write(tmp_path, "good.txt", "The port was opened in 2021.")
        close_children()
        read_in_child(good)
        (child,) = readers()
        child.suspend()

        def kill() -> None:
            while IDLE:  # until it is taken for the file
                time.sleep(0.01)
            child.kill()

        threading.Thread(target=kill).start()
        with pytest.raises(UnreadableFile, match=r"good\.txt: its reader ran out of memory or crashed"):
            read_in_child(good)
        assert read_in_child(good).id == "good"

    def test_too_little_memory_becomes_a_message(self, tmp_path: Path) -> None:
        large = write(tmp_path, "large.txt", "The port was opened. " * 280_000)
        with pytest.raises(
            UnreadableFile, match=r"large\.txt: (reading it takes too much memory|its reader ran out)"
        ):
            read_in_child(large, megabytes=16)

    def test_child_is_used_again(self, tmp_path: Path) -> None:
        good = write(tmp_path, "good.txt", "The port was opened in 2021.")
        close_children()
        read_in_child(good)
        first = readers()
        for _ in range(20):
            read_in_child(good)
        assert readers() == first

    def test_child_gives_what_reading_here_gives(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.pdf", pdf([BODY]))
        assert read_in_child(path) == read_file(path)
