"""Single characters set right: mojibake, ligatures, odd spaces, marks that cannot be seen."""

from __future__ import annotations

import re

import ftfy
import ftfy.badness

from geodata.documents.tracked import Edit, Tracked

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
ODD = re.compile(
    r"(?P<gone>[\x00-\x08\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
    r"|\u00ad(?:[ \t]*\n\s*)?)"
    r"|(?P<space>[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+)"
    r"|(?P<line>[\x0b\u2028\u2029])"
    # Dashes and quotes of Windows-1252 that were read as Latin-1 end up where only control characters are.
    r"|(?P<windows>[\x80-\x9f])"
    r"|(?P<ligature>[ﬀ-ﬆ])"
    # Symbol fonts put their bullets where Unicode has nothing; nothing else of a text is found there.
    r"|(?P<bullet>[\ue000-\uf8ff](?=\s))"
    r"|(?P<symbol>[\ue000-\uf8ff])"
)
FOREIGN = re.compile(r"[^\x00-\x7f\n\r\f]+(?: (?=[^\x00-\x7f]))?[^\x00-\x7f\n\r\f]*")
PUT = {"gone": "", "space": " ", "line": "\n", "bullet": "•", "symbol": ""}


def mend_characters(tracked: Tracked) -> Tracked:
    """Return the text with its broken and invisible characters set right."""
    tracked = _mend_mojibake(tracked)
    return tracked.edit([(match.start(), match.end(), _put(match)) for match in ODD.finditer(tracked.text)])


def _put(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    if kind == "windows":
        return match[0].encode("latin-1").decode("cp1252")
    return LIGATURES[match[0]] if kind == "ligature" else PUT[kind]


def _mend_mojibake(tracked: Tracked) -> Tracked:
    """Undo UTF-8 read as Windows-1252 ("donâ€™t") run by run, so that every other character keeps its place."""
    if not ftfy.badness.is_bad(tracked.text):
        return tracked
    edits: list[Edit] = []
    for match in FOREIGN.finditer(tracked.text):
        if len(match[0]) > 1 and (fixed := ftfy.fix_encoding(match[0])) != match[0] and _likely(fixed):
            edits.append((match.start(), match.end(), fixed))
    return tracked.edit(edits)


def _likely(fixed: str) -> bool:
    """Return whether a mended run is plausible: one lone letter of a far script comes of chance."""
    return len(fixed) > 1 or fixed < "\u0250" or "\u2000" <= fixed < "\u2400"
