"""Files that the pages make while they run, served beside Streamlit's own: exports and the small pictures of scenes.

Nothing here is listed, and an export's address holds a token that cannot be guessed.
"""

from __future__ import annotations

import re
from typing import Any

PREFIX = "/_dateline/"
_THUMB = re.compile(r"thumb/([0-9a-f]{32})(-dark)?\.png")
_EXPORT = re.compile(r"export/([\w-]{20,64})(/file)?")


async def serve(path: str, scope: Any, receive: Any, send: Any) -> None:
    """Answer one request (ASGI); ``path`` is what follows `PREFIX`."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import PlainTextResponse

    response = await run_in_threadpool(_answer, path)
    if response is None:
        response = PlainTextResponse("There is no such file any more.", status_code=404)
    response.headers["X-Content-Type-Options"] = "nosniff"
    await response(scope, receive, send)


def _answer(path: str) -> Any:
    if found := _THUMB.fullmatch(path):
        return _thumb(found[1], dark=bool(found[2]))
    if found := _EXPORT.fullmatch(path):
        return _file(found[1]) if found[2] else _state(found[1])
    return None


def _thumb(name: str, *, dark: bool) -> Any:
    from starlette.responses import Response

    from dashboard.thumbs import picture

    data = picture(name, dark=dark)
    kept = {"Cache-Control": "private, max-age=31536000, immutable"}
    return None if data is None else Response(data, media_type="image/png", headers=kept)


def _state(token: str) -> Any:
    from starlette.responses import JSONResponse

    from dashboard.exports import exports

    job = exports().get(token)
    data = job.data() if job is not None else {"token": token, "state": "cancelled"}
    return JSONResponse(data, headers={"Cache-Control": "no-store"})


def _file(token: str) -> Any:
    from starlette.responses import FileResponse

    from dashboard.exports import exports
    from geodata.export import FORMATS

    job = exports().get(token)
    path = exports().path(job) if job is not None else None
    if job is None or path is None:
        return None
    return FileResponse(
        path,
        media_type=FORMATS[job.format].media_type,
        filename=job.name,
        headers={"Cache-Control": "no-store"},
    )
