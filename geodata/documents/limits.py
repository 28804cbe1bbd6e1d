"""What a file may cost. Every limit is here, with its reason; past one of them the file is refused in one line."""

MAX_FILE_BYTES = 100_000_000
"""A book of 1,000 pages with pictures stays under 60 MB; what is larger is a scan, an archive or a mistake."""

MAX_TEXT_CHARACTERS = 6_000_000
"""Ten thick books. At some 5,000 words a second, more would hold a run up for hours."""

MAX_LINE_FOR_RULES = 20_000
"""Rules that look at a whole line (boilerplate, headings) skip longer ones: they are paragraphs, whatever they are."""

MAX_PAGES = 5_000
"""Of a PDF: three times the longest report we know of; page trees are cheap to forge."""

MAX_ZIP_ENTRIES = 10_000
"""Of a DOCX: Word writes some 15, and one for each picture."""

MAX_UNPACKED_BYTES = 300_000_000
"""Of a DOCX: what its parts may come to when unpacked."""

MAX_PACKING_RATIO = 150
"""Of the parts that are read: honest XML packs 5 to 20 times; a bomb a thousand times."""

MIN_BYTES_FOR_RATIO = 5_000_000
"""Small parts may pack as well as they like: an empty Word style sheet packs 40 times."""

MAX_TREE_DEPTH = 250
"""Of HTML: browsers stop at 512, pages made by people stay under 60; deeper nesting is flattened, not followed."""

MAX_CONTROL_SHARE = 0.003
"""Share of control characters above which bytes are no text: broken texts have a few, binaries have 10 %."""

MIN_READABLE_SHARE = 0.75
"""Share of letters, digits, spaces and common signs below which a decoded text is not taken for one."""

ENCODING_SAMPLE_BYTES = 200_000
"""How much the guess of an encoding looks at; more does not change it, and takes seconds."""

MIN_CHARACTERS_A_PAGE = 8
"""Of a PDF, on average: with fewer, the pages are pictures (a stamp or a page number is all the text there is)."""

SECONDS_A_FILE = 30.0
"""The largest sound files read in well under 10 s; what takes longer is built to hang."""

MEGABYTES_A_FILE = 800
"""A text of the longest length we take peaks near 500 MB; with what Python holds itself a child stays under 1 GB."""

READS_A_CHILD = 500
"""A child is replaced after so many files, so that what a library leaks does not add up."""

SECONDS_TO_START = 30.0
"""For a child to come up: half a second as a rule, many on a machine that is short of memory."""
