"""What the knowledge desk stores while something is being edited, and how it was before."""

from dataclasses import dataclass
from typing import Protocol

from bot.domain.knowledge_drafts import Draft, DraftState, ItemVersion
from bot.domain.staff import StaffId


@dataclass(frozen=True, kw_only=True)
class DraftOutline:
    """A draft without its content."""

    kind: str
    id: str
    state: DraftState
    authors: tuple[StaffId, ...]


class Drafts(Protocol):
    """At most one draft for each item."""

    async def find(self, kind: str, id_: str) -> Draft | None: ...
    async def all(self) -> list[Draft]:
        """Every draft, by kind and id."""
        ...

    async def outline(self) -> list[DraftOutline]:
        """Every draft without its content, by kind and id."""
        ...

    async def save(self, draft: Draft) -> Draft:
        """Store it as version + 1; a new one (0) with a number that no draft had.

        Raises ConflictError when somebody stored another version meanwhile.
        """
        ...

    async def delete(self, kind: str, id_: str) -> None: ...


class ItemVersions(Protocol):
    """Items as they were accepted, never changed."""

    async def add(self, version: ItemVersion) -> ItemVersion:
        """Store it; the stored one carries its number."""
        ...

    async def of_item(self, kind: str, id_: str) -> list[ItemVersion]:
        """The versions of an item, newest first."""
        ...
