"""The card of the selected project: what its claims yield, where sources disagree, the sentences themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from dashboard.data import Atlas
from dashboard.frame import go
from dashboard.parts.component import nothing, part
from dashboard.parts.evidence import passage_data, passages
from dashboard.state import read
from geodata.disagreement import disagreements
from geodata.errors import FilterError, StoreError
from geodata.records import Claim, Project
from geodata.wording import PRECISION, date_words, value_words

_card = part("card")
MOST_PASSAGES = 60
"""Sentences that a card holds; the Texts page has all."""


@st.fragment
def card(atlas: Atlas, query: str) -> None:
    """Show the card. The browser says which project; it keeps the cards that it has."""
    told = st.session_state.get("card", {}).get("selected")
    id = _selected(query) if told is None else str(told)
    result = _card(key="card", data=card_data(atlas, id), on_selected_change=nothing, on_open_change=nothing)
    if result.open:
        go("texts", str(result.open))


def _selected(query: str) -> str:
    try:
        return read(query).selected
    except FilterError:
        return ""


def card_data(atlas: Atlas, id: str) -> dict[str, Any]:
    """Return a project for the browser; only its id where there is none of it any more."""
    if not id:
        return {"id": "", "revision": atlas.revision}
    try:
        project = atlas.store.project(id)
    except StoreError:
        return {"id": id, "gone": True, "revision": atlas.revision}
    return {
        "id": project.id,
        "revision": atlas.revision,
        "title": project.title,
        "aliases": list(project.aliases),
        "asOf": date_words(project.status_as_of),
        "years": _years(project, atlas),
        "places": _places(project, atlas),
        "precision": PRECISION.get(project.precision, ""),
        "values": [[value_words(c), _role(atlas, c)] for c in _once(project.values, key=value_words)],
        "actors": _actors(project, atlas),
        "conflicts": _conflicts(project, atlas),
        "passages": [passage_data(p) for p in passages(atlas.store, project.claims)[:MOST_PASSAGES]],
        "confidence": round(project.confidence * 100),
    }


def _once(claims: Iterable[Claim], key: Any) -> list[Claim]:
    seen: dict[Any, Claim] = {}
    for claim in claims:
        seen.setdefault((key(claim), claim.role), claim)
    return list(seen.values())


def _role(atlas: Atlas, claim: Claim) -> str:
    tables = {
        "actor": atlas.vocabulary.actor_roles,
        "place": atlas.vocabulary.place_roles,
        "date": atlas.vocabulary.date_roles,
        "value": atlas.vocabulary.value_kinds,
    }
    known = tables.get(claim.property, {}).get(claim.role)
    label = known.label if known is not None else claim.role.replace("_", " ")
    return "" if claim.role == "measure" else label


def _years(project: Project, atlas: Atlas) -> list[list[str]]:
    """Return dates in words with their roles, in order of time."""
    dated = [c for c in _once(project.dates, key=lambda c: c.edtf or c.value) if c.role != "status_as_of"]
    dated.sort(key=lambda c: (c.edtf or "9999").lstrip("./"))
    denied = {"denied": "not ", "planned": "planned ", "alleged": "said to be "}
    return [
        [
            date_words(c.edtf or c.value),
            f"{denied.get(c.modality, '') if c.role != 'expected' else ''}{_role(atlas, c)}",
        ]
        for c in dated
    ]


def _places(project: Project, atlas: Atlas) -> list[dict[str, str]]:
    return [
        {
            "name": c.value,
            "role": "" if c.role in ("site", "") else _role(atlas, c),
            "precision": PRECISION.get(c.precision, "") if c.precision != 1 else "",
            "country": c.country,
            "refused": "1" if c.role == "rejected_venue" else "",
        }
        for c in _once(project.places, key=lambda c: c.value)
    ]


def _actors(project: Project, atlas: Atlas) -> list[dict[str, Any]]:
    """Return each actor once, with all its roles."""
    roles: dict[str, list[str]] = {}
    for c in project.actors:
        listed = roles.setdefault(c.value, [])
        label = _role(atlas, c)
        if label and label not in listed:
            listed.append(label)
    return [{"name": name, "roles": listed} for name, listed in roles.items()]


def _conflicts(project: Project, atlas: Atlas) -> list[dict[str, Any]]:
    """Return on what sources differ: each side with its words and its texts."""
    return [
        {
            "property": told.about,
            "sides": [
                {"value": s.value, "quote": s.quote, "documents": list(s.documents)} for s in told.sides
            ],
        }
        for told in disagreements(project, {}, atlas.vocabulary)
    ]
