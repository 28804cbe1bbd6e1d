"""What leaves Dateline as a file: one module a format.

`collect` gathers what a filter shows, with what every file has to carry (title, date, filters, boundary view,
sources, attribution); `write` hands it to the format's module. The file has its name only once it is whole.
"""

from geodata.export.content import Content, collect, collect_brief
from geodata.export.formats import FORMATS, Writer, write

__all__ = ["FORMATS", "Content", "Writer", "collect", "collect_brief", "write"]
