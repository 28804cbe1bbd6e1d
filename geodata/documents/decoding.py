"""Bytes to characters: what says its encoding is believed, the rest is guessed, the hopeless is refused."""

from __future__ import annotations

import codecs
import unicodedata

from charset_normalizer import from_bytes

from geodata.documents.detect import Unreadable
from geodata.documents.limits import ENCODING_SAMPLE_BYTES, MAX_CONTROL_SHARE, MIN_READABLE_SHARE

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
USUAL = [
    "cp1252", "cp1251", "koi8_r", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "gb18030", "big5", "shift_jis",
    "euc_kr", "mac_roman",
]  # fmt: skip
NO_TEXT = "this is not a text (binary data)"
UNKNOWN = "the encoding cannot be told; save the text as UTF-8"
_WHITE = "\t\n\r\f\v"
_SAMPLE = 50_000


def decode(data: bytes) -> str:
    """Return the characters of a text file, line ends as ``\\n``; raise `Unreadable` for what is no text."""
    text = _marked(data)
    if text is None:
        text = _wide(data)
    if text is None:
        text = _utf8(data)
    if text is None:
        text = _guessed(data)
    _insist_on_text(text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _marked(data: bytes) -> str | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    return None


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # One broken character in a long text (a cut-off end, a pasted byte) does not make it another encoding.
        bad = data.decode("utf-8", errors="replace")
        multibyte = sum(1 for char in bad[: _SAMPLE * 4] if char > "\x7f" and char != "\ufffd")
        broken = bad.count("\ufffd")
        if error.start > 0 and broken <= 3 and multibyte >= 20 * broken:
            return bad
        return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in a European text every other byte is nearly always zero."""
    sample = data[: _SAMPLE * 2]
    even, odd = sample[0::2], sample[1::2]
    for encoding, zeros, other in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros and zeros.count(0) > 0.7 * len(zeros) and other.count(0) < 0.05 * len(other):
            return data.decode(encoding, errors="replace")
    return None


def _guessed(data: bytes) -> str:
    if data[:_SAMPLE].count(0) > MAX_CONTROL_SHARE * len(data[:_SAMPLE]):
        raise Unreadable(NO_TEXT)
    sample = data[:ENCODING_SAMPLE_BYTES]
    # The usual ones first: in a short text a rare encoding scores well by chance.
    best = from_bytes(sample, cp_isolation=USUAL).best() or from_bytes(sample).best()
    if best is None:
        raise Unreadable(UNKNOWN if _looks_like_words(data) else NO_TEXT)
    try:
        return data.decode(best.encoding)
    except (UnicodeDecodeError, LookupError):
        return data.decode(best.encoding, errors="replace")


def _looks_like_words(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return sum(1 for byte in sample if 97 <= byte <= 122 or byte == 32) > 0.5 * len(sample)


def _insist_on_text(text: str) -> None:
    # The middle counts too: a binary may begin with a readable head.
    middle = len(text) // 2
    for sample in (text[:_SAMPLE], text[middle : middle + _SAMPLE]):
        if not sample:
            continue
        controls = sum(1 for char in sample if (char < " " and char not in _WHITE) or char == "\x7f")
        if controls > MAX_CONTROL_SHARE * len(sample) + 2:
            raise Unreadable(NO_TEXT)
        readable = sum(
            1
            for char in sample
            if " " <= char <= "~" or char in _WHITE or unicodedata.category(char)[0] in "LNZPM"
        )
        if readable < MIN_READABLE_SHARE * len(sample) or sample.count("\ufffd") > 0.05 * len(sample):
            raise Unreadable(UNKNOWN)
