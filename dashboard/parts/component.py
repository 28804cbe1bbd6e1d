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
import streamlit.components.v1 as frames

from dashboard.theme import STATIC, base_path

_STUB = """export default async (component) => {{
  const part = await import(new URL("{path}", location.origin).href);
  return part.mount(component);
}};"""


@cache
def scripts_url() -> str:
    """Return the address of the page scripts, with a hash of them all in it, so that no browser keeps an old one.

    Declaring a component is how Streamlit serves a folder; this one is never shown by itself.
    """
    digest = hashlib.sha256()
    for path in sorted((STATIC / "page").glob("*.js")):
        digest.update(path.read_bytes())
    folder = frames.declare_component(f"page_{digest.hexdigest()[:12]}", path=str(STATIC / "page"))
    return f"{base_path()}/component/{folder.name}"


def part(name: str) -> Callable[..., Any]:
    """Return the renderer of ``static/page/NAME.js``; call it with ``key``, ``data`` and ``on_NAME_change``."""
    stub = _STUB.format(path=f"{scripts_url()}/{name}.js")
    return st.components.v2.component(f"dateline_{name}", js=stub, isolate_styles=False)


def nothing() -> None:
    """Serve as a callback: a component's state is kept only for names that have one."""
