"""Names made comparable: accents, hyphens, apostrophes, "the", St/Saint, spellings, generic words.

Three keys, each looser than the one before. ``fold`` is what two writings of one name share ("Bīsha", "bisha").
``cores`` sets generic words aside ("Sindh province", "Lake Victoria", "State of Punjab"). ``spelling`` is shared by
most transliterations of a name ("Kharotabad", "Khorotabad"; "Quetta", "Ketta").
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

GENERIC_FILE = Path(__file__).parent / "data" / "generic.toml"
LONGEST_NAME = 120
"""Characters; longer strings are no names, and folding them would only cost time."""

_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h",
        "ŋ": "ng", "ə": "a", "ĸ": "k", "ŧ": "t", "ſ": "s", "&": " and ", "’": "", "‘": "", "'": "", "ʼ": "",
        "ʻ": "", "ʿ": "", "ʾ": "", "`": "", "´": "", "′": "", "ʹ": "", "ʺ": "", "\u00ad": "", "\u200b": "",
        "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
    }
)  # fmt: skip
_GAP = re.compile(r"[\W_]+")
_WORDS = {
    "st": "saint", "ste": "sainte", "sta": "santa", "sto": "santo", "ft": "fort", "mt": "mount",
    "mtn": "mountain", "mts": "mountains", "mtns": "mountains", "intl": "international", "univ": "university",
}  # fmt: skip
_FIRST = {"n": "north", "s": "south", "e": "east", "w": "west", "gt": "great"}
_LAST = {
    "co": "county",
    "twp": "township",
    "dist": "district",
    "prov": "province",
    "is": "islands",
    "r": "river",
}
"""Short forms that are meant only where more words follow, or go before ("W. Columbia", "Loudon Co.")."""


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return a name in plain lower-case words, without accents, marks, a leading "the" or short forms.

    Idempotent; never raises; ``""`` for what holds no letter or digit.
    """
    if len(name) > LONGEST_NAME:
        return ""
    text = name.casefold().translate(_LETTERS)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c)).casefold().translate(_LETTERS)
    words = [_WORDS.get(word, word) for word in _GAP.sub(" ", text).split()]
    while len(words) > 1 and words[0] == "the":
        words.pop(0)
    if len(words) > 1:
        words[0], words[-1] = _FIRST.get(words[0], words[0]), _LAST.get(words[-1], words[-1])
    folded = " ".join(words)
    return folded if len(folded) <= LONGEST_NAME else ""


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """Return a name as an English keyboard writes it, its case kept ("San-Pédro" → "San Pedro")."""
    text = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).replace("-", " ").split())


def initials(name: str) -> str:
    """Return an abbreviation's key: its letters as they stand, without dots and blanks ("U.S." → "US")."""
    return name[:LONGEST_NAME].replace(".", "").replace(" ", "").replace("\u00a0", "")


_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""),
        (r"ck|q|c(?![eiyh])", "k"),
        (r"tch|tsch|ch|cz", "c"),
        (r"sch|sh", "s"),
        (r"kh|gh", "h"),
        (r"ph", "f"),
        (r"(?<=[bdgjt])h", ""),
        (r"zh|dzh|dj", "j"),
        (r"x", "ks"),
        (r"ou|oo|u|o|w(?![aeiouy])", "u"),
        (r"w", "v"),
        (r"ee|ie|ei|ey|ay|ai|y|j(?=[aeu])|i|e", "i"),
        (r"(.)\1+", r"\1"),
        (r"(?<=[bcdfghjklmnprstvz])h(?=[bcdfgjklmnprstvz]|$)", ""),
        (r"(?<=..[a-z])[ih]$", ""),
    )
)
SHORTEST_SPELLING = 5
"""Letters of a name below which a loose spelling says nothing."""


@lru_cache(maxsize=65536)
def spelling(name: str) -> str:
    """Return a key that most transliterations of one name share; ``""`` for names too short to tell."""
    text = fold(name).replace(" ", "")
    if len(text) < SHORTEST_SPELLING or not text.isascii():
        return ""
    for pattern, sound in _SOUNDS:
        text = pattern.sub(sound, text)
    return text if len(text) >= SHORTEST_SPELLING - 1 else ""


@dataclass(frozen=True, slots=True)
class Core:
    """A name without its generic word, and what that word says the place is."""

    name: str
    """Folded."""
    kinds: tuple[str, ...]
    """Feature classes and code prefixes that agree: ``A``, ``P``, ``H/STM``, ``T/ISL`` …"""


@cache
def _generics() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], int]:
    """Return the generic phrases that may stand before and after a name with their kinds, and the most words."""
    before: dict[str, tuple[str, ...]] = {}
    after: dict[str, tuple[str, ...]] = {}
    with GENERIC_FILE.open("rb") as file:
        groups = tomllib.load(file)["group"]
    for group in groups:
        for side, table in (("before", before), ("after", after)):
            for phrase in map(fold, group.get(side, ())):
                table[phrase] = tuple(dict.fromkeys((*table.get(phrase, ()), *group["kinds"])))
    return before, after, max(phrase.count(" ") + 1 for phrase in (*before, *after))


@lru_cache(maxsize=65536)
def cores(folded: str) -> tuple[Core, ...]:
    """Return what is left of a folded name when its generic words are set aside, longest phrase first."""
    before, after, longest = _generics()
    words = folded.split()
    found: dict[str, Core] = {}
    for n in range(min(longest, len(words) - 1), 0, -1):
        kinds = before.get(" ".join(words[:n]))
        if kinds is not None:
            rest = words[n:]
            if len(rest) > 1 and rest[0] in ("of", "the", "de", "di", "du", "da", "do"):
                rest = rest[1:]
            core = fold(" ".join(rest))
            found.setdefault(core, Core(core, kinds))
        kinds = after.get(" ".join(words[-n:]))
        if kinds is not None:
            core = fold(" ".join(words[:-n]))
            found.setdefault(core, Core(core, kinds))
    return tuple(core for core in found.values() if core.name and core.name != folded)


def digest(key: str) -> int:
    """Return a key's number, the same on every machine: 48 bits, so that a chance hit is one in 10⁸ look-ups."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).digest(), "little")
