"""The texts in a store, what came of each, and what people corrected of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geodata.errors import StoreError
from geodata.journal import Entry, fold
from geodata.records import Document, Event, Reading, Relation, Sentence, Toponym
from geodata.store import reading, rows, writing
from geodata.store.base import StoreFile
from geodata.store.frames import document_frame

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from, to tell whether it has to be read again."""

    id: str
    source: str
    sha256: str
    extractor: str
    missing: bool
    removed: bool


class Texts(StoreFile):
    """The part of a store that is about documents."""

    def documents(self, *, hidden: bool = False) -> tuple[Document, ...]:
        """Return documents with what people corrected, by id.

        Texts that were removed, and digests whose original is here, come only with ``hidden``. Texts that
        stand under two names come both.
        """
        where = "" if hidden else "WHERE standing NOT IN ('removed', 'digest')"
        edits = fold(self.journal.entries(), "document")
        with self._reading() as connection:
            found = reading.documents(connection, where)
        return tuple(rows.edited(document, edits.get(document.id, {})) for document in found)

    def document(self, id: str) -> Document:
        """Return one document, hidden or not.

        Raises
        ------
        StoreError
            Where there is none of that id.
        """
        with self._reading() as connection:
            found = reading.documents(connection, "WHERE id = ?", id)
        if not found:
            raise StoreError(f"There is no text {id!r} in {self.path.name}.")
        return rows.edited(found[0], fold(self.journal.entries(), "document").get(id, {}))

    def document_table(self) -> pd.DataFrame:
        """Return one row a document without its text: facts, standing, missing, counts of what came of it.

        Columns: id, title, author, publisher, published, url, language, file, media_type, source, sha256,
        read_at, missing (the file vanished), standing (``""``, removed, digest, duplicate), stands_for (id of
        the text that counts instead), characters, pages, toponyms, claims, projects.
        """
        edits = fold(self.journal.entries(), "document")
        with self._reading() as connection:
            return document_frame(connection, edits)

    def sentences(self, document_id: str) -> tuple[Sentence, ...]:
        """Return the sentences of a document in order."""
        with self._reading() as connection:
            return reading.sentences(connection, document_id)

    def toponyms(self, document_id: str) -> tuple[Toponym, ...]:
        """Return the mentions of places in a document, each with every candidate that was weighed."""
        with self._reading() as connection:
            return reading.toponyms(connection, document_id)

    def relations(self, document_id: str) -> tuple[Relation, ...]:
        """Return routes and other relations between mentions of a document."""
        with self._reading() as connection:
            return reading.relations(connection, document_id)

    def events(self, document_id: str) -> tuple[Event, ...]:
        """Return one document's tellings of projects, claims as they were extracted."""
        with self._reading() as connection:
            return tuple(reading.events(connection, "WHERE d.id = ?", document_id)[0])

    def reading(self, document_id: str) -> Reading:
        """Return all that came of one document, as it was saved."""
        with self._reading() as connection:
            found = reading.documents(connection, "WHERE id = ?", document_id)
        if not found:
            raise StoreError(f"There is no text {document_id!r} in {self.path.name}.")
        return Reading(
            found[0],
            self.sentences(document_id),
            self.toponyms(document_id),
            self.relations(document_id),
            self.events(document_id),
        )

    def save(self, reading: Reading, *, source: str = "", extractor: str = "") -> None:
        """Keep all that came of one document, in place of an earlier reading of it: all or nothing.

        Parameters
        ----------
        reading
            The document and what was found in it.
        source
            Where the file lies, to tell later whether it changed or vanished.
        extractor
            Version of what read it; another version reads it again.

        Raises
        ------
        StoreError
            Where it could not be kept; the store is as it was before.
        """
        with self._writing() as connection:
            writing.save_reading(connection, reading, source=source, extractor=extractor)

    def sources(self) -> tuple[Source, ...]:
        """Return where every document came from, hidden ones too, by id."""
        removed = set(self._removed())
        with self._reading() as connection:
            found = connection.execute(
                "SELECT id, source, sha256, extractor, missing FROM documents ORDER BY id"
            ).fetchall()
        return tuple(Source(row[0], row[1], row[2], row[3], bool(row[4]), row[0] in removed) for row in found)

    def note(
        self,
        *,
        moved: Mapping[str, str] = MappingProxyType({}),
        missing: Iterable[str] = (),
        restored: Iterable[str] = (),
    ) -> None:
        """Keep what was seen of documents' files: where they lie now, which vanished, which are wanted back.

        A document whose file vanished is kept, and marked missing, until it is removed on purpose.
        """
        gone, back = list(missing), list(restored)
        for id_ in back:
            self.journal.append("document", id_, {"removed": False}, reason="read again")
        if not (moved or gone or back):
            return
        with self._writing() as connection:
            connection.executemany(
                "UPDATE documents SET source = ?, missing = 0 WHERE id = ?",
                [(rows.text(source), id_) for id_, source in moved.items()],
            )
            connection.executemany("UPDATE documents SET missing = 1 WHERE id = ?", [(id_,) for id_ in gone])
            writing.settle(connection, self._removed())
            writing.bump(connection, "revision")

    def edit_document(self, id: str, fields: Mapping[str, str], *, by: str = "", reason: str = "") -> Entry:
        """Correct facts of a document (title, author, publisher, published, url, language).

        Raises StoreError where there is no such document.
        """
        unknown = set(fields) - set(rows.EDITABLE)
        if unknown:
            raise TypeError(f"a document's {', '.join(sorted(unknown))} cannot be edited")
        self.document(id)
        return self._edit("document", id, fields, by, reason)

    def remove(self, id: str, *, by: str = "", reason: str = "") -> Entry:
        """Take a document out of everything that is shown; ``undo`` of the returned edit brings it back."""
        self.document(id)
        return self._edit("document", id, {"removed": True}, by, reason)

    def undo(self, entry: Entry, *, by: str = "") -> Entry:
        """Take back an edit, or bring it back where the edit was an undo."""
        self._must_write()
        undone = self.journal.undo(entry, by=by)
        self._follow()
        return undone

    def _edit(self, kind: str, target: str, fields: Mapping[str, Any], by: str, why: str) -> Entry:
        self._must_write()
        entry = self.journal.append(kind, target, dict(fields), by=by, reason=why)
        self._follow()
        return entry

    def _follow(self) -> None:
        """Let the standing of documents follow the journal at once; the projects follow with the merge.

        The edit is kept by now. Where the store cannot be written at this moment, the merge catches up, and says
        what is wrong if it still cannot be.
        """
        with suppress(StoreError), self._writing() as connection:
            writing.settle(connection, self._removed())
            writing.bump(connection, "revision")

    def _removed(self) -> tuple[str, ...]:
        edits = fold(self.journal.entries(), "document")
        return tuple(id_ for id_, fields in edits.items() if fields.get("removed"))
