"""Any page may be the first one that is asked for: what Streamlit's own server needs for that.

Opened at /texts, Streamlit's page does not know under which path the app is served, and tries /texts/_stcore first:
two failed requests, and half a second. And until the first script has run it takes the folder ``pages`` for its own
old kind of pages. Both are told here, before the server starts.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from dashboard import files

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
App = Callable[
    [Scope, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]

_HEAD = "<head>"


class Front:
    """Answers with the start page, told where the app lives, and with `dashboard.files`; the rest goes to ``app``."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Serve one request (ASGI)."""
        path = str(scope.get("path", "")).removeprefix(_base())
        if scope["type"] == "http" and scope["method"] == "GET" and path.startswith(files.PREFIX):
            await files.serve(path.removeprefix(files.PREFIX), scope, receive, send)
            return
        if not _asks_for_page(scope):
            await self.app(scope, receive, send)
            return
        from starlette.responses import HTMLResponse

        await HTMLResponse(start_page(), headers={"Cache-Control": "no-cache"})(scope, receive, send)


def _asks_for_page(scope: Scope) -> bool:
    """Say whether a browser opens a page: one of its own pages, no file."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    name = str(scope.get("path", "")).removeprefix(_base()).strip("/")
    accepts = b"".join(value for key, value in scope["headers"] if key == b"accept")
    return b"text/html" in accepts and (not name or name.isidentifier()) and name != "_stcore"


def _base() -> str:
    from dashboard.theme import base_path

    return base_path()


def start_page() -> str:
    """Return Streamlit's start page with the app's address in it."""
    from streamlit import file_util

    page = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    base = json.dumps(_base() + "/")
    told = f"<script>window.__streamlit = {{BACKEND_BASE_URL: location.origin + {base}}};</script>"
    return page.replace(_HEAD, _HEAD + told, 1)


def install() -> None:
    """Put the front before Streamlit's server in this process; a Streamlit made otherwise is left as it is."""
    try:
        from starlette.middleware import Middleware
        from streamlit.runtime.pages_manager import PagesManager
        from streamlit.web.server.starlette import starlette_app
    except ImportError:
        return
    made = starlette_app.create_streamlit_middleware

    def with_front() -> list[Any]:
        return [Middleware(Front), *made()]

    starlette_app.create_streamlit_middleware = with_front
    PagesManager.uses_pages_directory = False
