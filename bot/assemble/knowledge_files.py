"""The files of knowledge/, held to their rules: read, checked, and written back."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.adapters.knowledge_files.build_knowledge import build_knowledge
from bot.adapters.knowledge_files.check_knowledge import Fault, check_knowledge
from bot.adapters.knowledge_files.read_items import FileItem, read_items
from bot.adapters.knowledge_files.write_items import CITIES, Written, layout_of, write_items
from bot.adapters.rasa.training_data import Phrasing, all_phrasings
from bot.adapters.wording.catalogues import Catalogues
from bot.assemble.folders import KNOWLEDGE, NLU_DATA, RESPONSES
from bot.domain.errors import KnowledgeError
from bot.domain.languages import Language
from bot.services.stored_knowledge import KnowledgeItem


def read_checked_items(folder: Path, languages: Sequence[Language]) -> list[FileItem]:
    """The items of knowledge/. Raises KnowledgeError that lists every fault; what is only overdue is let through."""
    items = read_items(folder)
    faults = [fault for fault in check_knowledge(items, languages, datetime.now(UTC).date()) if not fault.overdue]
    if faults:
        raise KnowledgeError("\n".join(map(str, faults)))
    return items


def read_folder(folder: Path) -> list[FileItem]:
    """The items of a folder that may hold faults, or nothing yet: what an export is going to replace. Raises KnowledgeError."""
    return read_items(folder) if (folder / CITIES).exists() else []


def write_knowledge(items: Iterable[KnowledgeItem], folder: Path) -> Written:
    """Make a folder equal to the database's items; what does not lie there yet goes where the shipped folder has it."""
    return write_items(items, folder, [layout_of(read_folder(KNOWLEDGE), KNOWLEDGE)])


def find_knowledge_faults(folder: Path) -> list[Fault]:
    """Every fault in a folder of knowledge, and every overdue review."""
    return check_knowledge(read_items(folder), spoken_languages(), datetime.now(UTC).date())


def phrasings_of_files() -> Iterator[Phrasing]:
    """Every training example that stands in knowledge/ and nlu_data/."""
    return iter(all_phrasings(build_knowledge(read_items(KNOWLEDGE)), NLU_DATA))


def spoken_languages() -> list[Language]:
    """The languages of our catalogues in which every public entry has phrasings."""
    return public_languages(Catalogues(RESPONSES))


def public_languages(wording: Catalogues) -> list[Language]:
    """The languages of some catalogues in which every public entry has phrasings; varieties such as "de-simple" share theirs."""
    return [language for language in wording.languages if "-" not in language]
