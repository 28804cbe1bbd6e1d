"""Which countries the texts name, told of or not."""

from __future__ import annotations

from geodata.store.store import Store

_NAMED = (
    "SELECT p.country, count(*), count(DISTINCT t.document) FROM toponyms t"
    " JOIN places p ON p.fid = t.place JOIN documents d ON d.fid = t.document"
    " WHERE d.standing = '' AND t.kind <> 'embedded' AND t.lat IS NOT NULL GROUP BY p.country"
)


def named_countries(store: Store) -> dict[str, tuple[int, int]]:
    """Return for each country (ISO 3166-1 alpha-2) how often texts name a place in it, and how many texts do."""
    with store._reading() as connection:
        return {str(row[0]): (int(row[1]), int(row[2])) for row in connection.execute(_NAMED)}
