"""Files in, clean texts out: one small reader a format, one clean-up, one child process for safety.

`read_file` reads one file here; `read_in_child` does the same in a process of its own with limits, for files nobody
vouches for. What leaves this room is a `Document`: whole sentences, and an offset map back to the text as extracted.
"""

from geodata.documents.child import close_children, read_in_child
from geodata.documents.cleaning import clean
from geodata.documents.paths import iter_paths
from geodata.documents.reading import read_file

__all__ = ["clean", "close_children", "iter_paths", "read_file", "read_in_child"]
