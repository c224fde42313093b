"""The curated knowledge as the database holds it, and what was published of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.staff import StaffId

ItemKey = tuple[str, str]
"""Kind and id."""


@dataclass(frozen=True, kw_only=True)
class KnowledgeItem:
    """One file of knowledge/ as the database holds it. `content` is the parsed YAML, `imported_hash` that of the last import."""

    kind: str
    id: str
    content: Mapping[str, object]
    imported_hash: str
    content_hash: str
    owner: StaffId | None = None
    """Who looks after it."""


@dataclass(frozen=True, kw_only=True)
class ItemOutline:
    """An item without its content."""

    kind: str
    id: str
    content_hash: str
    imported_hash: str
    owner: StaffId | None


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A numbered pair: the knowledge that is answered from and the model trained on it."""

    number: int
    fingerprint: str
    model: str
    items: tuple[KnowledgeItem, ...]
    published_at: datetime
    published_by: StaffId | None = None
    """None: at the start of the program."""
    reason: str = ""
    """Why it went live although a gate was closed."""
    restores: int | None = None
    """The number of the earlier publication that this one brought back."""


@dataclass(frozen=True, kw_only=True)
class PublicationOutline:
    """A publication without its items."""

    number: int
    model: str
    published_at: datetime
    published_by: StaffId | None
    reason: str
    restores: int | None


class KnowledgeItems(Protocol):
    """The accepted knowledge: what the next publication takes."""

    async def all(self) -> list[KnowledgeItem]: ...
    async def outline(self) -> list[ItemOutline]:
        """All items without their contents, by kind and id."""
        ...

    async def some(self, keys: Sequence[ItemKey]) -> list[KnowledgeItem]:
        """These items, as far as they are there."""
        ...

    async def find(self, kind: str, id_: str) -> KnowledgeItem | None: ...
    async def put(self, item: KnowledgeItem, former_hash: str | None = None) -> None:
        """Store an item; one that is there already keeps its owner. `former_hash` is what it replaces; empty: that it is new.

        Raises ConflictError when something else is there.
        """
        ...

    async def set_owner(self, kind: str, id_: str, owner: StaffId | None) -> bool:
        """Who looks after an item from now on; False when there is no such item."""
        ...

    async def note_imported(self, kind: str, id_: str, file_hash: str) -> None:
        """Somebody has seen this file of the item; empty: that there is none. The content stays as it is."""
        ...

    async def delete(self, kind: str, id_: str, former_hash: str | None = None) -> None:
        """Remove an item, if it is there. Raises ConflictError when it is not the one of this hash."""
        ...


class Publications(Protocol):
    """What was published, newest last."""

    async def current(self) -> Publication | None: ...
    async def current_number(self) -> int:
        """The number of the current one; 0 before the first."""
        ...

    async def get(self, number: int) -> Publication:
        """One publication. Raises LookupError."""
        ...

    async def newest(self, most: int) -> list[PublicationOutline]:
        """The newest publications, newest first."""
        ...

    async def forget_items_before(self, number: int) -> list[str]:
        """Empty older publications, which nobody goes back to any more; the models that only they had."""
        ...

    async def add(self, publication: Publication, after: int | None = None) -> Publication:
        """Store and make it the current one; the stored one carries its number.

        Raises ConflictError when the one current until now is not number `after` (0: there was none).
        """
        ...
