"""Files that the knowledge comes in and goes out as: the shipped folder, archives of it, and lists for translators."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.errors import WegweiserError
from bot.domain.translation_texts import ReturnedText, TranslationText
from bot.services.import_knowledge import FileContent
from bot.services.stored_knowledge import KnowledgeItem

UPLOAD_BYTES = 5 * 1024 * 1024
"""Largest file that is taken."""
REFUSALS = ("empty", "too-large", "format", "encrypted", "macros", "unsafe", "broken", "columns", "version", "nothing", "yaml")


class FileRefusedError(WegweiserError):
    """A file is not taken. `reason` is one of REFUSALS; `place` says where, as far as that is known."""

    def __init__(self, reason: str, place: str = "") -> None:
        """Carry the reason for the page."""
        super().__init__(f"This file cannot be taken: {reason} {place}".strip())
        self.reason = reason
        self.place = place


class KnowledgeFiles(Protocol):
    """The shipped folder, and archives of YAML files that look like it."""

    def read(self) -> Sequence[FileContent]:
        """Every item of the shipped folder. Raises KnowledgeError."""
        ...

    def write_archive(self, items: Sequence[KnowledgeItem]) -> bytes:
        """A ZIP with every item where its file lies; the same for the same items."""
        ...

    def read_archive(self, content: bytes) -> Sequence[FileContent]:
        """The items of a ZIP, which need not be all. Raises FileRefusedError."""
        ...


class TranslationFormat(Protocol):
    """A kind of file that translators work with."""

    @property
    def media_type(self) -> str:
        """What a browser is told it gets."""
        ...

    def write(self, texts: Sequence[TranslationText]) -> bytes:
        """A file with these texts of one language."""
        ...

    def read(self, content: bytes) -> list[ReturnedText]:
        """What came back, row by row. Raises FileRefusedError."""
        ...
