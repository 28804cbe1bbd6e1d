"""How a part of a page is made: a component without an iframe whose script is a module in ``static/page``.

The script exports ``mount(component)``, which is called each time the data changes and gets ``data``,
``parentElement``, ``setStateValue(name, value)`` and ``setTriggerValue(name, value)``. It builds elements with
``dom.js`` only, so that no word of a document can be markup.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from dashboard.theme import STATIC, base_path

_STUB = """export default async (component) => {{
  const part = await import(new URL("{path}", location.origin).href);
  return part.mount(component);
}};"""


@cache
def script_version() -> str:
    """Return a short hash of all page scripts; it is in their address, so that no browser keeps an old one."""
    digest = hashlib.sha256()
    for path in sorted((STATIC / "page").glob("*.js")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def part(name: str) -> Callable[..., Any]:
    """Return the renderer of ``static/page/NAME.js``; call it with ``key``, ``data`` and ``on_NAME_change``."""
    path = f"{base_path()}/app/static/page/{name}.js?v={script_version()}"
    return st.components.v2.component(f"dateline_{name}", js=_STUB.format(path=path), isolate_styles=False)


def nothing() -> None:
    """Serve as a callback: a component's state is kept only for names that have one."""
