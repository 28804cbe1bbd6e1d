"""Derives the basemap's small files, once, from packages that users never need.

Run ``python -m geodata.basemap.build --npm FOLDER --boundaries data.db --towns FOLDER`` after a change to the
recipes here; what it writes to ``geodata/basemap/data`` is kept in the repository. ``sources.md`` beside this file
says which packages, with versions and licences.
"""
