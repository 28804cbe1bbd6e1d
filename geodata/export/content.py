"""What an export is about: projects, their texts, and the facts that every file carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from types import MappingProxyType
from urllib.parse import parse_qs

from geodata.filters import matches, parse_query, to_query
from geodata.records import Document, Project
from geodata.store import Store

ATTRIBUTION = "Places: GeoNames (CC BY 4.0). Outlines: Natural Earth (public domain)."
DEFAULT_BOUNDARIES = "de facto"


@dataclass(frozen=True, slots=True)
class Content:
    """All that an export may say."""

    projects: tuple[Project, ...]
    """Those that the filter shows, sorted by id."""
    documents: Mapping[str, Document]
    """The texts that these projects rest on, by id."""
    title: str = "Dateline"
    query: str = ""
    """The filter, as the page's own URL query; empty for everything."""
    boundaries: str = DEFAULT_BOUNDARIES
    """Id of the boundary view."""
    made_at: str = ""
    """UTC, ISO 8601."""
    version: str = ""
    total: int = 0
    """How many projects there are without the filter."""
    attribution: str = ATTRIBUTION
    path: str = ""
    """Name of the store's file, without its folder."""

    def about(self) -> dict[str, str]:
        """Return the facts that every file carries, by label, in order."""
        return {
            "title": self.title,
            "made": self.made_at,
            "made with": f"Dateline {self.version}",
            "projects": f"{len(self.projects)} of {self.total}",
            "filter": self.query or "none",
            "boundary view": self.boundaries,
            "attribution": self.attribution,
        }


def collect(
    store: Store,
    query: str = "",
    *,
    title: str = "Dateline",
    now: datetime | None = None,
    documents: Mapping[str, Document] = MappingProxyType({}),
) -> Content:
    """Gather what a filter shows.

    Parameters
    ----------
    store
        Where from.
    query
        The page's own URL query; the keys of its state (``borders``) are read too.
    title
        Of what is made.
    now
        The time it is made; tests fix it.
    documents
        Texts by id, where the caller has them already.

    Raises
    ------
    FilterError
        If the query cannot be understood.
    """
    wanted = parse_query(query)
    found = frozenset(store.search(wanted.text)) if wanted.text else None
    everything = store.project_records()
    projects = tuple(project for project in everything if matches(project, wanted, found=found))
    told = {claim.document for project in projects for claim in project.claims}
    texts = documents or {document.id: document for document in store.documents(hidden=True)}
    borders = parse_qs(query.lstrip("?")).get("borders", [DEFAULT_BOUNDARIES])[-1]
    return Content(
        projects,
        {id_: texts[id_] for id_ in sorted(told) if id_ in texts},
        title,
        to_query(wanted),
        borders,
        (now or datetime.now(UTC)).isoformat(timespec="seconds"),
        version("dateline"),
        len(everything),
        path=store.path.name,
    )
