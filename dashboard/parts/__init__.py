"""Parts of pages: a thin Python side (what is shown) and a script in ``static/page`` (how it looks and acts)."""
