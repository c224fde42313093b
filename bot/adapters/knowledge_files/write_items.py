"""Write items as the YAML files they came from."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.adapters.knowledge_files.read_items import FOLDERS, LISTS
from bot.services.stored_knowledge import KnowledgeItem


def write_items(items: Iterable[KnowledgeItem], folder: Path) -> int:
    """Write every item where read_items looks for it; how many files were written."""
    files: dict[Path, Any] = {}
    lists: dict[str, list[Mapping[str, Any]]] = {}
    for item in sorted(items, key=lambda item: (item.kind, item.id)):
        if item.kind in FOLDERS:
            files[folder / FOLDERS[item.kind] / _subfolder(item) / f"{item.id}.yml"] = item.content
        else:
            lists.setdefault(item.kind, []).append(item.content)
    for kind, name in LISTS.items():
        files[folder / name] = lists.get(kind, [])
    ambiguous = lists.get("ambiguous-names", [{"names": []}])[0]["names"]
    files[folder / "municipalities.yml"] = {
        "covered": lists.get("municipality", []),
        "not_covered": lists.get("other-city", []),
        "ambiguous": ambiguous,
    }
    for file, content in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")
    return len(files)


def _subfolder(item: KnowledgeItem) -> str:
    """Entries lie in a folder named after the first part of their id."""
    return item.id.partition(".")[0] if item.kind == "entry" else ""
