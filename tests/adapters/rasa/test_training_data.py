"""What the model is trained on: one line per phrasing, nothing that Rasa would misread, and a name for every state of it."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.knowledge_files.build_knowledge import build_knowledge
from bot.adapters.knowledge_files.read_items import read_items
from bot.adapters.rasa.training_data import MUNICIPALITY, OFFICE, OTHER_CITY, all_phrasings, fingerprint, one_line, to_training_data
from bot.domain.decisions import INTENTS
from tests.adapters.knowledge_files import small
from tests.fakes.world import ROOT, TWELVE, real_knowledge

NLU_DATA = ROOT / "nlu_data"
ENTITY = re.compile(r"\[[^\]]*\][({]")


def a_folder(folder: Path) -> Path:
    """A small nlu_data/."""
    (folder / "de").mkdir(parents=True)
    (folder / "components").mkdir()
    conversation = {
        "nlu": [{"intent": "greeting", "examples": "- hallo\n- moin [du]\n\n"}, {"intent": "contacts", "examples": "- kontakte\n"}]
    }
    files = {"de/conversation.yml": conversation, "offices.yml": {"nlu": [{"lookup": "office", "examples": "- Jobcenter\n"}]}}
    files["config.yml"] = {"language": "de", "pipeline": [{"name": "X"}]}
    for name, content in files.items():
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    (folder / "components/a.py").write_text("A = 1\n", encoding="utf-8")
    (folder / "uv.lock").write_text("", encoding="utf-8")
    return folder


def test_phrasings_come_from_entries_and_from_conversation(tmp_path: Path) -> None:
    small.write(tmp_path / "knowledge")
    phrasings = all_phrasings(build_knowledge(read_items(tmp_path / "knowledge")), a_folder(tmp_path / "nlu"))
    told = {(phrasing.text, phrasing.intent, phrasing.language) for phrasing in phrasings}
    assert {("de 1", "halle.money", "de"), ("كم المال", "halle.money", "ar"), ("moin (du)", "greeting", "de")} <= told
    assert len(phrasings) == 19 + 3


def test_what_belongs_to_no_entry_is_trained_on_too(tmp_path: Path) -> None:
    small.write(tmp_path / "knowledge")
    loose = "- { id: out-of-scope.far.de.1, intent: out-of-scope.far, language: de, text: 'wie wird [das] wetter' }\n"
    (tmp_path / "knowledge/phrasings.yml").write_text(loose, encoding="utf-8")
    knowledge, folder = build_knowledge(read_items(tmp_path / "knowledge")), a_folder(tmp_path / "nlu")
    (told,) = [phrasing for phrasing in all_phrasings(knowledge, folder) if phrasing.intent == "out-of-scope.far"]
    assert (told.text, told.language, told.group, told.is_question) == ("wie wird (das) wetter", "de", "out-of-scope.far.de.1", False)
    document = to_training_data(knowledge, folder)
    assert read_examples(yaml.safe_load(document))["out-of-scope.far"] == ["wie wird (das) wetter"]
    assert fingerprint(document, folder) != fingerprint(to_training_data(replace(knowledge, phrasings=()), folder), folder)


def read_examples(document: dict[str, Any]) -> dict[str, list[str]]:
    """The phrasings of each intent: the lines of its one example."""
    blocks = {block["intent"]: block["examples"] for block in document["nlu"] if "intent" in block}
    return {
        intent: text.splitlines()
        for intent, ((text,),) in ((intent, [each.values() for each in examples]) for intent, examples in blocks.items())
    }


@given(st.text(max_size=80))
def test_a_phrasing_is_one_line_without_brackets(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert not set(line) & set("[]{}\n\r")
    assert one_line(line) == line


def test_every_meaning_is_in_the_document_once_with_all_its_texts(tmp_path: Path) -> None:
    small.write(tmp_path / "knowledge")
    knowledge = build_knowledge(read_items(tmp_path / "knowledge"))
    document = yaml.safe_load(to_training_data(knowledge, a_folder(tmp_path / "nlu")))
    examples = read_examples(document)
    assert document["intents"] == sorted(examples) == ["contacts", "greeting", "halle.money"]
    assert examples["greeting"] == ["hallo", "moin (du)"]
    assert examples["contacts"] == ["kontakte", f"[Halle]({MUNICIPALITY})", f"[Berlin]({OTHER_CITY})", f"[Jobcenter]({OFFICE})"]
    lookups = {block["lookup"]: block["examples"] for block in document["nlu"] if "lookup" in block}
    assert lookups == {MUNICIPALITY: "- Halle\n- Галле\n", OTHER_CITY: "- Berlin\n- Берлин\n- Essen\n", OFFICE: "- Jobcenter\n"}
    synonyms = {block["synonym"]: block["examples"] for block in document["nlu"] if "synonym" in block}
    assert synonyms["halle"] == "- Halle\n- Галле\n"
    assert synonyms["Berlin"] == "- Берлин\n"
    assert document["language"] == "de"


def test_the_real_document_holds_every_intent_and_only_our_entities() -> None:
    document = yaml.load(to_training_data(real_knowledge(), NLU_DATA), Loader=yaml.CSafeLoader)
    assert set(document["intents"]) == {entry.intent for entry in real_knowledge().entries.values()} | INTENTS.keys() | {"emergency"}
    lines = [line for examples in read_examples(document).values() for line in examples]
    assert all(line.strip() for line in lines)
    assert len([line for line in lines if ENTITY.search(line)]) == 3
    assert {phrasing.language for phrasing in all_phrasings(real_knowledge(), NLU_DATA)} == set(TWELVE)


def test_the_same_data_makes_the_same_name_and_any_change_another(tmp_path: Path) -> None:
    small.write(tmp_path / "knowledge")
    folder = a_folder(tmp_path / "nlu")
    knowledge = build_knowledge(read_items(tmp_path / "knowledge"))
    names = [fingerprint(to_training_data(knowledge, folder), folder), fingerprint(to_training_data(knowledge, folder), folder)]
    entry = knowledge.entries["halle.money"]
    asked = replace(knowledge, entries={entry.id: replace(entry, questions={"de": ("neu",)})})
    names.append(fingerprint(to_training_data(asked, folder), folder))
    (folder / "components/a.py").write_text("A = 2\n", encoding="utf-8")
    names.append(fingerprint(to_training_data(knowledge, folder), folder))
    assert names[0] == names[1]
    assert len(set(names)) == 3


def test_an_answer_does_not_change_the_model(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "nlu")
    small.write(tmp_path / "knowledge")
    knowledge = build_knowledge(read_items(tmp_path / "knowledge"))
    entry = replace(knowledge.entries["halle.money"], answers={"de": "anders"}, title={"de": "anders"})
    changed = replace(knowledge, entries={entry.id: entry})
    assert to_training_data(changed, folder) == to_training_data(knowledge, folder)
