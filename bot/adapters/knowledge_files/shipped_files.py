"""The shipped folder as the desk sees it: read again when a file changed, and archives that look like it."""

import io
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

import yaml

from bot.adapters.knowledge_files.read_items import FOLDERS, LISTS, FileItem, read_items
from bot.adapters.knowledge_files.write_items import CITIES, layout_of, render_items
from bot.domain.errors import KnowledgeError
from bot.services.desk.knowledge.exchanged_files import FileRefusedError
from bot.services.stored_knowledge import KnowledgeItem

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive, so that the same knowledge makes the same bytes."""
DEEPEST = 12
"""More levels than any item has."""
Unpack = Callable[[bytes], dict[str, bytes]]
Stamp = tuple[tuple[str, int, int], ...]


class ShippedFiles:
    """Implements desk.knowledge.exchanged_files.KnowledgeFiles."""

    def __init__(self, folder: Path, unpack: Unpack) -> None:
        """Take the shipped folder, and what unpacks a ZIP that somebody sent."""
        self._folder = folder
        self._unpack = unpack
        self._read: tuple[Stamp, list[FileItem]] = ((), [])

    def read(self) -> list[FileItem]:
        """Every item of the shipped folder. Raises KnowledgeError."""
        files = sorted(self._folder.rglob("*.yml"))
        stamp = tuple((str(file), stat.st_mtime_ns, stat.st_size) for file in files for stat in (file.stat(),))
        if stamp != self._read[0]:
            self._read = (stamp, read_items(self._folder))
        return self._read[1]

    def write_archive(self, items: Sequence[KnowledgeItem]) -> bytes:
        """A ZIP with every item where its file lies; the same for the same items."""
        texts = render_items(items, [layout_of(self.read(), self._folder)])
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in texts.items():
                info = zipfile.ZipInfo(f"knowledge/{name}", FIRST_DAY)
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(info, text)
        return packed.getvalue()

    def read_archive(self, content: bytes) -> list[FileItem]:
        """The items of a ZIP, which need not be all. Raises FileRefusedError."""
        parts = {name: part for name, part in self._unpack(content).items() if name.endswith(".yml")}
        there = {place: part for name, part in parts.items() if (place := _place(name))}
        if not there:
            raise FileRefusedError("nothing")
        for place, part in there.items():
            check_yaml(part, str(place))
        with tempfile.TemporaryDirectory() as scratch:
            return _read_parts(there, Path(scratch))


def _read_parts(parts: dict[PurePosixPath, bytes], folder: Path) -> list[FileItem]:
    """The items of these files, read as those of the folder are; kinds that have no file there are left out."""
    missing = dict.fromkeys(LISTS.values(), b"[]\n") | {CITIES: b"covered: []\n"}
    try:
        for name, part in {**{PurePosixPath(name): text for name, text in missing.items()}, **parts}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(part)
        items = read_items(folder)
        for item in items:
            _ = item.hash  # which what is no text, number or date does not have
    except (KnowledgeError, ValueError, TypeError, AttributeError, KeyError, OSError) as error:
        raise FileRefusedError("yaml", str(error).replace(f"{folder}/", "")) from error
    return [item for item in items if item.kind != "ambiguous-names" or PurePosixPath(CITIES) in parts]


def _place(name: str) -> PurePosixPath | None:
    """Where a file of an archive belongs in the folder; None for what is none of ours."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    start = next((place for place, part in enumerate(parts) if part in (*FOLDERS.values(), *LISTS.values(), CITIES)), None)
    if start is None or ".." in parts or parts[-1].startswith("."):
        return None
    return PurePosixPath(*parts[start:])


def check_yaml(content: bytes, place: str) -> None:
    """Refuse what a few bytes can blow up: references to other parts of the file, and endless nesting."""
    depth = 0
    try:
        for event in yaml.parse(content, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.AliasEvent):
                raise FileRefusedError("unsafe", place)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise FileRefusedError("unsafe", place)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise FileRefusedError("yaml", f"{place}:{mark.line + 1 if mark else 1}") from error
