"""Pages hold layout only. Each module has a ``show()``; app.py lists those that exist."""
