"""Find what an export would overwrite for good: files with something that the database never held."""

from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager

from bot.domain.file_differences import FileDifference
from bot.services.compare_files import compare_files
from bot.services.import_knowledge import FileContent
from bot.services.ports import UnitOfWork
from bot.services.stored_knowledge import ItemKey

EDITED_IN_FILES = (FileDifference.ADDED_IN_FILES, FileDifference.CHANGED_IN_FILES, FileDifference.BOTH)


async def find_unknown_files(
    files: Iterable[FileContent], unit_of_work: Callable[[], AbstractAsyncContextManager[UnitOfWork]]
) -> list[ItemKey]:
    """The items whose files were edited since the last import; an earlier export of ours is in the history and is not among them."""
    differences = [each for each in await compare_files(files, unit_of_work) if each.what in EDITED_IN_FILES]
    async with unit_of_work() as work:
        return [
            (each.kind, each.id)
            for each in differences
            if all(version.content_hash != each.file_hash for version in await work.item_versions.of_item(each.kind, each.id))
        ]
