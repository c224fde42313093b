"""How the files of knowledge/ and the database differ, item by item, and whose turn it is."""

from enum import StrEnum


class FileDifference(StrEnum):
    """What differs about an item. Only what both sides changed needs somebody to decide."""

    ADDED_IN_FILES = "added-in-files"
    CHANGED_IN_FILES = "changed-in-files"
    DELETED_IN_FILES = "deleted-in-files"
    EDITED = "edited"
    """Changed at the desk; the file is as it was, or somebody decided to keep the desk's version."""
    CREATED = "created"
    BOTH = "both"
    EDITED_AND_DELETED_IN_FILES = "edited-and-deleted-in-files"


IN_FILES = frozenset({FileDifference.ADDED_IN_FILES, FileDifference.CHANGED_IN_FILES, FileDifference.DELETED_IN_FILES})
"""The next import brings these into the database."""
CONFLICTS = frozenset({FileDifference.BOTH, FileDifference.EDITED_AND_DELETED_IN_FILES})
"""An import keeps the desk's version and reports them."""


def compare_item(file_hash: str | None, content_hash: str | None, imported_hash: str) -> FileDifference | None:
    """What differs about an item; None when nothing does. `imported_hash` is that of the file when somebody last looked at it.

    >>> compare_item("new", "old", "old"), compare_item("old", "edited", "old"), compare_item("new", "edited", "old")
    (<FileDifference.CHANGED_IN_FILES: 'changed-in-files'>, <FileDifference.EDITED: 'edited'>, <FileDifference.BOTH: 'both'>)
    """
    if content_hash is None:
        return FileDifference.ADDED_IN_FILES if file_hash is not None else None
    if file_hash == content_hash:
        return None
    is_edited = content_hash != imported_hash
    if file_hash is None:
        if not imported_hash:
            return FileDifference.CREATED
        return FileDifference.EDITED_AND_DELETED_IN_FILES if is_edited else FileDifference.DELETED_IN_FILES
    if not is_edited:
        return FileDifference.CHANGED_IN_FILES
    return FileDifference.EDITED if file_hash == imported_hash else FileDifference.BOTH
