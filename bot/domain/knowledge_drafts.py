"""What somebody is changing about an item of the knowledge, until a second person has accepted it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.knowledge_differences import find_changes
from bot.domain.languages import GERMAN
from bot.domain.staff import StaffId

RETIRABLE = ("entry", "contact", "programme", "phrasing")
"""Kinds that leave the next publication when their state says so; of others it means nothing."""
TRANSLATED_FIELDS = ("title", "questions", "answers", "translations")


class DraftState(StrEnum):
    """How far a draft is."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    SENT_BACK = "sent-back"


class Cause(StrEnum):
    """Why an item got a new version."""

    IMPORTED = "imported"
    EDITED = "edited"
    CREATED = "created"
    RESTORED = "restored"
    RETIRED = "retired"
    TRANSLATED = "translated"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The whole content of an item as it shall be. `base_hash` names the accepted content it began with, empty for a new item."""

    kind: str
    id: str
    content: Mapping[str, object]
    base_hash: str
    version: int = 0
    """Counts the savings; 0 is not stored yet. Who saves names the version they saw."""
    state: DraftState = DraftState.DRAFT
    authors: tuple[StaffId, ...] = ()
    """Everybody who changed something; none of them may accept it."""
    remark: str = ""
    """What the reviewer wrote when sending it back."""
    saved_by: StaffId
    saved_at: datetime


@dataclass(frozen=True, kw_only=True)
class ItemVersion:
    """An item as it was accepted once. `number` counts over all items."""

    number: int = 0
    kind: str
    id: str
    cause: Cause
    content: Mapping[str, object]
    content_hash: str
    authors: tuple[StaffId, ...]
    reviewer: StaffId | None
    accepted_at: datetime


def save(draft: Draft, content: Mapping[str, object], seen: int, author: StaffId, now: datetime) -> Draft:
    """The draft with new content; it goes back from review, since nobody has reviewed this. Raises ConflictError.

    `seen` is the version that the author had on the screen.
    """
    if seen != draft.version:
        raise ConflictError("Somebody else saved this draft in the meantime.")
    authors = (*draft.authors, author) if author not in draft.authors else draft.authors
    state = DraftState.DRAFT if draft.state is DraftState.IN_REVIEW else draft.state
    return replace(draft, content=content, authors=authors, state=state, saved_by=author, saved_at=now)


def submit(draft: Draft, seen: int) -> Draft:
    """The draft, waiting for a second pair of eyes. Raises ConflictError."""
    if seen != draft.version:
        raise ConflictError("Somebody else saved this draft in the meantime.")
    return replace(draft, state=DraftState.IN_REVIEW, remark="")


def send_back(draft: Draft, seen: int, remark: str) -> Draft:
    """The draft, back with its authors. Raises ConflictError, NotAllowedError."""
    if seen != draft.version:
        raise ConflictError("Somebody else saved this draft in the meantime.")
    if draft.state is not DraftState.IN_REVIEW:
        raise NotAllowedError("Only a draft in review can be sent back.")
    return replace(draft, state=DraftState.SENT_BACK, remark=remark)


def accept(draft: Draft, *, seen: int, accepted_hash: str, content_hash: str, reviewer: StaffId, now: datetime) -> ItemVersion:
    """The version that the draft becomes. `accepted_hash` is that of the item as it stands now, empty when there is none.

    Raises ConflictError when the draft or the item changed meanwhile, NotAllowedError for whoever wrote it themselves (four eyes).
    """
    if seen != draft.version or draft.base_hash != accepted_hash:
        raise ConflictError("This was changed in the meantime.")
    if draft.state is not DraftState.IN_REVIEW:
        raise NotAllowedError("Only a draft in review can be accepted.")
    if reviewer in draft.authors:
        raise NotAllowedError("Nobody accepts their own change: a second person has to read it.")
    return ItemVersion(
        kind=draft.kind,
        id=draft.id,
        cause=Cause.EDITED if accepted_hash else Cause.CREATED,
        content=draft.content,
        content_hash=content_hash,
        authors=draft.authors,
        reviewer=reviewer,
        accepted_at=now,
    )


def is_retiring(kind: str, content: Mapping[str, object]) -> bool:
    """Whether the item leaves the knowledge with this content.

    >>> is_retiring("entry", {"state": "retired"}), is_retiring("source", {"state": "retired"})
    (True, False)
    """
    return kind in RETIRABLE and content.get("state") == "retired"


def settle(kind: str, content: Mapping[str, object]) -> Mapping[str, object]:
    """The content as it is accepted: an entry goes into the next publication unless it is retired.

    >>> settle("entry", {"id": "a", "state": "in-review"}), settle("entry", {"state": "retired"}), settle("contact", {})
    ({'id': 'a', 'state': 'published'}, {'state': 'retired'}, {})
    """
    if kind != "entry" or content.get("state", "published") in ("published", "retired"):
        return content
    return {**content, "state": "published"}


def tell_cause(former: Mapping[str, object] | None, content: Mapping[str, object], *, was_so_before: bool = False) -> Cause:
    """Why an item got this content. `former` is None for a new one; `was_so_before`: it had the very same content once.

    >>> tell_cause({"title": {"de": "a"}}, {"title": {"de": "a", "fr": "b"}}).value
    'translated'
    >>> tell_cause({"state": "retired"}, {"state": "published"}).value
    'restored'
    """
    was_retired = former is not None and former.get("state") == "retired"
    if content.get("state") == "retired" and not was_retired:
        return Cause.RETIRED
    if was_so_before or (was_retired and content.get("state") != "retired"):
        return Cause.RESTORED
    if former is None:
        return Cause.CREATED
    paths = [change.path for change in find_changes(former, content)]
    is_translation = all(path[0] in TRANSLATED_FIELDS and len(path) > 1 and path[1] != GERMAN for path in paths)
    return Cause.TRANSLATED if paths and is_translation else Cause.EDITED
