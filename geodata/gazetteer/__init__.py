"""Where place facts come from: one shipped file of the world's names, looked up in microseconds.

`open_gazetteer` gives a `Gazetteer`; `Gazetteer.lookup` gives `Match`es; `add_file` adds a user's own places.
``python -m geodata.gazetteer.build`` makes the file from public packages and the tables in ``data/``.
"""

from geodata.gazetteer.additions import add_file
from geodata.gazetteer.lookup import Gazetteer, Match, MatchKind, open_gazetteer

__all__ = ["Gazetteer", "Match", "MatchKind", "add_file", "open_gazetteer"]
