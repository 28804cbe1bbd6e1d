"""A store whose every field holds words that would run, were they ever taken for more than words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import shapely

from geodata import versions
from geodata.records import Claim, Conflict, Document, Event, Project, Reading, Selector, Sentence
from geodata.store import open_store

PAYLOADS = (
    '<img src=x onerror="window.__ran=1">',
    '"><script>window.__ran=1</script>',
    "</script><script>window.__ran=1</script>",
    "<svg onload=window.__ran=1>",
    "<style>@import 'http://example.invalid/x.css';</style>",
    "<base href=http://example.invalid/>",
    '<iframe srcdoc="<script>parent.__ran=1</script>">',
    '<a href="javascript:window.__ran=1">Lindi</a>',
    "[Lindi](javascript:window.__ran=1) ![x](x)",
    "${window.__ran=1} `${window.__ran=1}` `+(window.__ran=1)+`",
    "';window.__ran=1;//",
    '\\";window.__ran=1;//',
    "\\u003cimg src=x onerror=window.__ran=1\\u003e",
    "&lt;img src=x onerror=window.__ran=1&gt;",
    "{{7*7}}{{ constructor.constructor('window.__ran=1')() }}",
    "{% endmacro %}<script>window.__ran=1</script>",
    "*/window.__ran=1;/*",
    "--><script>window.__ran=1</script><!--",
    ":red[Lindi] :material/delete: $\\href{javascript:window.__ran=1}{x}$",
    "a'; DROP TABLE claims; --",
    "\u202etxt.exe",
    "__proto__",
    "constructor",
)
"""Written by us; the shared list is tried beside it where it is at hand."""


def make(path: Path, payloads: Sequence[str] = PAYLOADS) -> None:
    """Make a store with a project for each payload."""
    with open_store(path) as store:
        projects = []
        for number, payload in enumerate(payloads):
            reading, project = _told(number, payload)
            store.save(reading)
            projects.append(project)
        store.save_projects(projects, store.begin_merge(versions.merger()))


def _told(number: int, payload: str) -> tuple[Reading, Project]:
    name = f"text-{number:03}"
    text = f"In 2015 {payload} agreed to build a port at {payload}, it is said. Nothing came of it."
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        name,
        text,
        digest,
        digest,
        f"{name}.txt",
        title=payload,
        author=payload,
        publisher=payload,
        published="2019",
    )

    def claim(property: str, value: str, words: str, **more: object) -> Claim:
        start = text.index(words)
        selector = Selector(start, start + len(words), words, text[max(0, start - 9) : start], "")
        id = f"{name}-{property}-{more.get('role', '')}-{len(value)}"
        return Claim(id, f"{name}-e", property, value, name, selector, **more)  # type: ignore[arg-type]

    lat, lon = -30.0 + 2 * number, 20.0 + number
    claims = (
        claim("type", "port", "port"),
        claim("place", payload, payload, role="site", lat=lat, lon=lon, country="TZ", precision=1),
        claim("actor", payload, payload, role="contractor", kind="company"),
        claim("actor", "Harbour Group", "agreed", role="funding", kind="company"),
        claim("date", "2015", "2015", role="announced", edtf="2015"),
        claim("value", payload, "build", role="pledge"),
        claim("status", "planned", "agreed to build"),
        claim("status", "cancelled", "Nothing came of it"),
    )
    event = Event(f"{name}-e", name, "port", claims, end=len(text))
    stop = text.rindex(". N") + 1
    sentences = (Sentence(name, 0, stop), Sentence(name, stop + 1, len(text)))
    project = Project(
        id=f"port-{number:03}",
        title=payload,
        type="port",
        claims=claims,
        events=(event.id,),
        aliases=(f"Also {payload}",),
        status="cancelled",
        status_as_of="2019",
        years=(2015,),
        places=claims[1:2],
        actors=claims[2:4],
        dates=claims[4:5],
        values=claims[5:6],
        conflicts=(Conflict("status", (claims[6].id, claims[7].id), f"status: {payload}"),),
        geometry=shapely.Point(lon, lat),
        precision=1,
        confidence=0.8,
    )
    return Reading(document, sentences, (), (), (event,)), project
