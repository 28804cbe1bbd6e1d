"""Making claims: the selector, a stable id, a confidence within bounds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from geodata.claims.context import ReadText
from geodata.records import Claim, ClaimProperty

VERSION = "1"
"""Of the rules that make claims; raised where they change what is claimed."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the claims of one event."""

    reading: ReadText
    event: str

    def claim(
        self,
        property: ClaimProperty,
        value: str,
        start: int,
        end: int,
        rule: str,
        confidence: float,
        **more: Any,
    ) -> Claim:
        """Return a claim with its selector and a stable id."""
        role = str(more.get("role", ""))
        document = self.reading.document.id
        key = "\x1f".join((self.event, property, value, role, str(start), str(end)))
        return Claim(
            hashlib.sha256(key.encode()).hexdigest()[:16],
            self.event,
            property,
            value,
            document,
            self.reading.select(start, end),
            confidence=round(min(max(confidence, 0.01), 0.99), 3),
            extractor=rule,
            version=VERSION,
            **more,
        )
