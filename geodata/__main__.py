"""``python -m geodata`` is ``dateline``."""

import sys

from geodata.cli import main

if __name__ == "__main__":
    sys.exit(main())
