"""Serve the dashboard with everything loaded before the first visitor comes: ``python -m dashboard.serve FLAGS``.

Streamlit runs ``app.py`` anew for each visitor, and would import the map's libraries and read the store only then.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

APP = Path(__file__).with_name("app.py")


def warm() -> None:
    """Import what the pages need and read the store; whatever is wrong with it, the page will say."""
    import folium.plugins  # noqa: F401  # not the map itself: Streamlit must run before its folders are declared

    from dashboard.columns import columns_url
    from dashboard.data import atlas
    from geodata.errors import DatelineError

    try:
        found = atlas()
        if found is not None and len(found.columns):
            columns_url(found.store)
    except DatelineError:
        pass


def keep() -> None:
    """Leave what is loaded now out of every later search for garbage.

    Streamlit searches everything after each run of a script: 80 ms a filter with the libraries and the store loaded,
    10 ms without them. It is done once, so what it costs is bounded: of what is loaded now, rings of objects that are
    dropped later stay (all else goes by its count of references); what comes later is searched as ever.
    """
    gc.collect()
    gc.freeze()


def main(flags: list[str]) -> None:
    """Warm up, then hand over to Streamlit in this process."""
    from streamlit.web import cli

    from dashboard import front

    warm()
    front.install()
    keep()
    sys.argv = ["streamlit", "run", str(APP), *flags]
    cli.main()


if __name__ == "__main__":
    main(sys.argv[1:])
