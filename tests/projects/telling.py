"""Builders of events and claims for tests of merging: what a text told, in a line."""

from __future__ import annotations

import hashlib

from geodata.records import COUNTRY, EXACT, Claim, Document, Event, Selector

PLACES = {
    "Karachi": (24.86, 67.01, "PK", EXACT),
    "Lahore": (31.55, 74.34, "PK", EXACT),
    "Kohat": (33.59, 71.44, "PK", EXACT),
    "Cherat": (33.82, 71.89, "PK", EXACT),
    "Gilgit": (35.92, 74.31, "PK", EXACT),
    "Islamabad": (33.7, 73.06, "PK", EXACT),
    "Pakistan": (30.0, 70.0, "PK", COUNTRY),
    "Moscow": (55.75, 37.62, "RU", EXACT),
    "Nalchik": (43.49, 43.62, "RU", EXACT),
    "Mombasa": (-4.05, 39.66, "KE", EXACT),
    "Nairobi": (-1.29, 36.82, "KE", EXACT),
    "Lamu": (-2.27, 40.9, "KE", EXACT),
    "Iran": (32.4, 53.7, "IR", COUNTRY),
    "India": (22.9, 79.6, "IN", COUNTRY),
    "Kenya": (0.5, 38.0, "KE", COUNTRY),
}


def document(name: str, *, published: str = "", text: str = "") -> Document:
    text_hash = hashlib.sha256((text or name).encode()).hexdigest()
    return Document(id=name, text=text, sha256=text_hash, text_sha256=text_hash, published=published)


class Telling:
    """Collects the claims of one event."""

    def __init__(
        self, doc: str, type_id: str, start: int = 0, *, named: str = "", confidence: float = 0.8
    ) -> None:
        self.doc, self.type, self.start, self.named = doc, type_id, start, named
        self.id = f"{doc}:{start}:{type_id}"
        self.claims: list[Claim] = []
        self.add("type", type_id, confidence=confidence)
        if named:
            self.add("title", named)

    def add(self, prop: str, value: str, **more: object) -> Telling:
        number = len(self.claims)
        selector = Selector(self.start + number, self.start + number + len(value), value)
        claim = Claim(
            id=f"{self.id}:{number}",
            event=self.id,
            property=prop,  # type: ignore[arg-type]
            value=value,
            document=self.doc,
            selector=selector,
            **({"confidence": 0.8} | more),  # type: ignore[arg-type]
        )
        self.claims.append(claim)
        return self

    def at(self, *names: str, role: str = "site", modality: str = "asserted") -> Telling:
        for name in names:
            lat, lon, country, precision = PLACES[name]
            self.add(
                "place", name, role=role, place=f"test:{name}", lat=lat, lon=lon, country=country,
                precision=precision, modality=modality,
            )  # fmt: skip
        return self

    def on(self, edtf: str, role: str = "signed", *, modality: str = "asserted") -> Telling:
        return self.add("date", edtf, edtf=edtf, role=role, modality=modality)

    def by(self, name: str, kind: str = "company", role: str = "contractor") -> Telling:
        return self.add("actor", name, kind=kind, role=role)

    def costs(self, amount: float, unit: str = "USD", role: str = "cost_estimate") -> Telling:
        return self.add("value", f"{unit} {amount:g}", amount=amount, unit=unit, role=role)

    def status(self, value: str, *, modality: str = "asserted") -> Telling:
        return self.add("status", value, modality=modality)

    def event(self) -> Event:
        return Event(
            self.id,
            self.doc,
            self.type,
            tuple(self.claims),
            self.named,
            self.start,
            self.start + len(self.claims),
        )
