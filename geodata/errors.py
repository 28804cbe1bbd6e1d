"""Every error of Dateline, named for what is wrong. The command line and the pages print the same text."""


class DatelineError(Exception):
    """What a user can be told in one line: the thing, the reason, what to do."""


class UnreadableFile(DatelineError):
    """A file that could not be read; the rest of the run goes on."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


class GazetteerError(DatelineError):
    """A gazetteer that is missing or damaged, or a row of one that was refused."""


class VocabularyError(DatelineError):
    """A vocabulary file that does not say what it must."""


class StoreError(DatelineError):
    """A store that is locked, damaged, read-only, too new, or on a full disk."""


class FilterError(DatelineError):
    """A filter that cannot be understood."""
