"""The knowledge between files and database, as an operator moves it: nothing lost, nothing overwritten unasked."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot import commands
from bot.adapters.database.database import Database
from bot.adapters.knowledge_files.read_items import content_hash, read_items
from bot.assemble.folders import KNOWLEDGE, ROOT
from bot.domain.errors import KnowledgeError
from bot.settings import Settings, read_settings
from tests.fakes.world import CIPHER

ENTRY = "halle.goals"
FILE, OTHER = f"entries/halle/{ENTRY}.yml", "entries/halle/halle.seniors.yml"


def settings(data: Path) -> Settings:
    """A database of its own."""
    return read_settings(_env_file=None, data=data)


async def edit(tmp_path: Path, **changes: object) -> None:
    """Somebody changes our entry at the desk, and it is accepted."""
    opened = Database(f"sqlite:///{tmp_path}/data/wegweiser.db", CIPHER)
    async with opened.unit_of_work() as work:
        item = await work.knowledge_items.find("entry", ENTRY)
        assert item
        content = {**item.content, **changes}
        await work.knowledge_items.put(type(item)(**{**vars(item), "content": content, "content_hash": content_hash(content)}))
        await work.commit()
    await opened.close()


def texts(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*.yml")}


def change(file: Path, old: str, new: str) -> None:
    """Edit a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


async def test_out_in_and_out_again_is_the_same_to_the_byte(tmp_path: Path) -> None:
    here, there, one, two = (tmp_path / name for name in ("data", "other", "one", "two"))
    assert (await commands.import_files(settings(here), KNOWLEDGE, [])).startswith(f"{len(read_items(KNOWLEDGE))} added, 0 updated")
    assert await commands.compare_folder(settings(here), KNOWLEDGE) == []
    await commands.export_files(settings(here), one, overwrite=False)
    await commands.import_files(settings(there), one, [])
    await commands.export_files(settings(there), two, overwrite=False)
    assert texts(one) == texts(two)
    assert set(texts(one)) == set(texts(KNOWLEDGE))
    assert {(item.kind, item.id): item.content for item in read_items(one)} == {
        (item.kind, item.id): item.content for item in read_items(KNOWLEDGE)
    }
    assert await commands.compare_folder(settings(here), one) == []


async def test_differences_are_told_and_an_edit_gives_way_only_when_it_is_named(tmp_path: Path) -> None:
    here, folder = settings(tmp_path / "data"), tmp_path / "folder"
    shutil.copytree(KNOWLEDGE, folder)
    await commands.import_files(here, folder, [])
    await edit(tmp_path, as_of="2024-02-02")
    assert await commands.compare_folder(here, folder) == [f"edited in the database: entry/{ENTRY} · as_of"]
    change(folder / FILE, "checked_on: ", "checked_on: 2026-11-01 # ")
    change(folder / OTHER, "checked_on: ", "checked_on: 2026-11-01 # ")
    assert await commands.compare_folder(here, folder) == [
        f"changed on both sides: entry/{ENTRY} · as_of, checked_on",
        "changed in the files: entry/halle.seniors · checked_on",
    ]
    said = await commands.import_files(here, folder, [])
    counts, kept, _ = said.split("\n")
    assert counts == "0 added, 1 updated, 0 deleted, 0 taken, 1 kept."
    assert kept == f"kept, because it was edited in the database, too: entry/{ENTRY}"
    with pytest.raises(KnowledgeError, match=f"(?s)Import them first.*entry/{ENTRY}"):
        await commands.export_files(here, folder, overwrite=False)
    with pytest.raises(KnowledgeError, match=r"entry/no\.such"):
        await commands.import_files(here, folder, ["entry/no.such"])
    with pytest.raises(KnowledgeError, match="is no item"):
        await commands.import_files(here, folder, ["nonsense"])
    said = await commands.import_files(here, folder, [f"entry/{ENTRY}"])
    assert said == f"0 added, 0 updated, 0 deleted, 1 taken, 0 kept.\ntaken from the files: entry/{ENTRY}"
    assert await commands.compare_folder(here, folder) == []
    opened = Database(f"sqlite:///{tmp_path}/data/wegweiser.db", CIPHER)
    async with opened.unit_of_work() as work:
        versions = await work.item_versions.of_item("entry", ENTRY)
    await opened.close()
    assert [version.content["as_of"] for version in versions[:2]] == ["2021-01-01", "2024-02-02"]


async def test_an_export_shows_the_edit_and_nothing_else_and_never_loses_a_files_own(tmp_path: Path) -> None:
    here, folder = settings(tmp_path / "data"), tmp_path / "folder"
    shutil.copytree(KNOWLEDGE, folder)
    await commands.import_files(here, folder, [])
    await commands.export_files(here, folder, overwrite=False)
    before = texts(folder)
    assert before["sources.yml"].startswith(b"# Papers")
    await edit(tmp_path, as_of="2024-02-02")
    await commands.export_files(here, folder, overwrite=False)
    after = texts(folder)
    assert [name for name in after if after[name] != before[name]] == [FILE]
    old, new = before[FILE].decode().splitlines(), after[FILE].decode().splitlines()
    assert [line for line in new if line not in old] == ["as_of: 2024-02-02"]
    await edit(tmp_path, as_of="2024-03-03")
    change(folder / OTHER, "checked_on: ", "checked_on: 2026-11-01 # ")
    with pytest.raises(KnowledgeError, match=r"(?s)--overwrite.*entry/halle\.seniors"):
        await commands.export_files(here, folder, overwrite=False)
    assert texts(folder)[FILE] == after[FILE]
    await commands.export_files(here, folder, overwrite=True)
    assert texts(folder)[OTHER] == before[OTHER]


def test_the_commands_are_there_and_say_by_their_code_whether_anything_differs(tmp_path: Path) -> None:
    """A database with nothing in it, against a folder with nothing but the lists."""
    for name in ("sources.yml", "deadlines.yml"):
        (tmp_path / name).write_text("[]\n", encoding="utf-8")
    (tmp_path / "municipalities.yml").write_text("covered: []\n", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WEGWEISER_")}
    environment |= {"WEGWEISER_DATA": str(tmp_path / "data")}
    command = [sys.executable, "-m", "bot", "knowledge", "diff", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=environment, text=True, capture_output=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (1, "only in the files: ambiguous-names/ambiguous\n1 items differ.\n")
