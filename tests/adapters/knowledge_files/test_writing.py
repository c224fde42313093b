"""Files written from the database: nothing lost, nothing moved, nothing a diff would show for no reason."""

import difflib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.knowledge_files.read_items import FileItem, read_items, read_yaml
from bot.adapters.knowledge_files.write_items import layout_of, write_items
from bot.adapters.knowledge_files.yaml_style import in_order, write_file
from bot.assemble.folders import KNOWLEDGE
from bot.domain.errors import KnowledgeError
from bot.services.stored_knowledge import KnowledgeItem
from tests.adapters.knowledge_files.small import write
from tests.fakes.world import real_items

TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
NAMES = (
    st.sampled_from(["id", "facts", "answers", "questions", "source", "topic", "translations", "no", "de-simple", "from", "ü b"]) | TEXTS
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
SCALARS |= st.sampled_from(
    ["no", "null", "1.5", "2026-02-30", "2026-02-28", "1e3", "~", "a\n", "\na", " a\nb", "a\n\n", "a\n b\n", "- a\n# b\n", "\t\n"]
)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=12)


def to_stored(item: FileItem) -> KnowledgeItem:
    """An item as the database holds it after an import."""
    return KnowledgeItem(kind=item.kind, id=item.id, content=item.content, imported_hash=item.hash, content_hash=item.hash)


@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=5))
def test_whatever_an_item_holds_comes_back(content: dict[str, Any]) -> None:
    written = write_file(content)
    assert plain(yaml.load(written, Loader=yaml.CSafeLoader)) == content
    assert write_file(plain(yaml.load(written, Loader=yaml.CSafeLoader))) == written


def plain(value: Any) -> Any:
    """As read_yaml gives it."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def test_an_answer_is_a_readable_block_and_texts_stay_as_they_are_written() -> None:
    content = {
        "answers": {"ar": "**مرحبا**\n\n- „x“: y\n"},
        "title": {"de": 'Er sagt: "ja"'},
        "id": "a.b",
        "facts": ["2021", 7, "2026-01-31"],
    }
    assert write_file(content) == (
        'id: a.b\ntitle:\n  de: "Er sagt: \\"ja\\""\nanswers:\n  ar: |\n    **مرحبا**\n\n    - „x“: y\n'
        'facts:\n  - "2021"\n  - 7\n  - 2026-01-31\n'
    )


def test_the_shipped_files_are_written_as_they_are(tmp_path: Path) -> None:
    """Only lists of names are broken into lines a little differently."""
    write_items(map(to_stored, real_items()), tmp_path, [layout_of(list(real_items()), KNOWLEDGE)])
    changed: dict[str, int] = {}
    for file in KNOWLEDGE.rglob("*.yml"):
        name = file.relative_to(KNOWLEDGE)
        before = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        lines = difflib.unified_diff(before, (tmp_path / name).read_text(encoding="utf-8").splitlines(), n=0, lineterm="")
        changed[str(name)] = sum(line[0] in "+-" for line in lines)
    assert {name: lines for name, lines in changed.items() if lines and not name.startswith("municipalities")}.keys() <= {
        "contacts/halle.democracy-and-integration.yml"
    }
    assert changed["municipalities.yml"] < 100
    assert {file.relative_to(tmp_path) for file in tmp_path.rglob("*.yml")} == {
        file.relative_to(KNOWLEDGE) for file in KNOWLEDGE.rglob("*.yml")
    }


def test_written_twice_the_files_are_the_same_bytes(tmp_path: Path) -> None:
    write_items(map(to_stored, real_items()), tmp_path / "one")
    again = read_items(tmp_path / "one")
    write_items(map(to_stored, again), tmp_path / "two")
    files = [file.relative_to(tmp_path / "one") for file in sorted((tmp_path / "one").rglob("*.yml"))]
    assert [(tmp_path / "one" / file).read_bytes() for file in files] == [(tmp_path / "two" / file).read_bytes() for file in files]
    assert {(item.kind, item.id): item.content for item in again} == {(item.kind, item.id): item.content for item in real_items()}


def test_an_item_goes_where_its_file_lay_and_the_order_of_lists_stays(tmp_path: Path) -> None:
    write_items(map(to_stored, real_items()), tmp_path, [layout_of(list(real_items()), KNOWLEDGE)])
    assert (tmp_path / "entries/discrimination/emergency.numbers.yml").exists()
    for kind in ("source", "municipality", "other-city", "deadline"):
        order = [item.id for item in read_items(tmp_path) if item.kind == kind]
        assert order == [item.id for item in real_items() if item.kind == kind] != sorted(order) or kind == "deadline"


def test_a_folder_that_is_there_keeps_its_places_and_loses_what_the_database_has_not(tmp_path: Path) -> None:
    write(tmp_path, halle_more="id: halle.more\n")
    (tmp_path / "entries/elsewhere").mkdir()
    (tmp_path / "entries/halle/halle.money.yml").rename(tmp_path / "entries/elsewhere/halle.money.yml")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    comment = "# Where the facts come from.\n"
    (tmp_path / "sources.yml").write_text(comment + (tmp_path / "sources.yml").read_text(encoding="utf-8"), encoding="utf-8")
    items = [to_stored(item) for item in read_items(tmp_path) if item.id != "halle.more"]
    written = write_items(items, tmp_path)
    assert written.removed == ("entries/halle/halle.more.yml",)
    assert (tmp_path / "entries/elsewhere/halle.money.yml").exists()
    assert not (tmp_path / "entries/halle/halle.money.yml").exists()
    assert (tmp_path / "sources.yml").read_text(encoding="utf-8").startswith(comment)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_phrasings_of_no_entry_are_kept_in_a_file_of_their_own(tmp_path: Path) -> None:
    content = {"id": "out-of-scope.near.de.ab12", "intent": "out-of-scope.near", "language": "de", "text": "wo ist „hier“?"}
    write(tmp_path)
    phrasing = KnowledgeItem(kind="phrasing", id=str(content["id"]), content=content, imported_hash="", content_hash="x")
    write_items([*map(to_stored, read_items(tmp_path)), phrasing], tmp_path)
    assert read_yaml(tmp_path / "phrasings.yml") == [content]
    assert [item.content for item in read_items(tmp_path) if item.kind == "phrasing"] == [content]


def test_an_id_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    (item, *_) = map(to_stored, real_items())
    with pytest.raises(KnowledgeError, match="cannot be the name of a file"):
        write_items([replace(item, kind="entry", id="../../out")], tmp_path)


def test_fields_are_written_in_the_order_of_the_files_whatever_an_editor_made_of_it() -> None:
    entry = next(item.content for item in real_items() if item.kind == "entry")
    assert list(in_order(dict(reversed(entry.items())))) == list(entry)
