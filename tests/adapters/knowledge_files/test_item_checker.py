"""The rules for one item among the accepted ones, as the desk asks them."""

from typing import Any

import pytest
import yaml

from bot.adapters.knowledge_files.item_checker import ItemChecker
from bot.adapters.knowledge_files.read_items import _plain, content_hash
from bot.domain.languages import Language
from bot.services.stored_knowledge import KnowledgeItem
from tests.adapters.knowledge_files.small import ENTRY
from tests.fakes.world import MORNING, TWELVE, real_items

LANGUAGES = (*map(Language, ("de", "de-simple", "en", "ar")),)
SMALL: dict[str, Any] = _plain(yaml.safe_load(ENTRY))


def item(kind: str, **content: Any) -> KnowledgeItem:
    return KnowledgeItem(kind=kind, id=content["id"], content=content, imported_hash="", content_hash=content_hash(content))


AROUND = [
    item("source", id="paper"),
    item("municipality", id="halle"),
    item("contact", id="halle.office"),
    item("programme", id="wir"),
]


def faults(content: dict[str, Any], *others: KnowledgeItem, kind: str = "entry") -> list[tuple[str, tuple[str | int, ...]]]:
    checker = ItemChecker(lambda: LANGUAGES, MORNING.date)
    return [(fault.code, fault.path) for fault in checker.find_faults(content, kind, [*AROUND, *others])]


def test_the_small_entry_has_no_fault_even_beside_its_accepted_version() -> None:
    assert faults(SMALL) == []
    assert faults({**SMALL, "title": {**SMALL["title"], "de": "Anders"}}, item("entry", **SMALL)) == []


def test_staff_need_german_and_english_only() -> None:
    bilingual = {name: {code: SMALL[name][code] for code in ("de", "en")} for name in ("title", "questions", "answers")}
    assert {code for code, _ in faults({**SMALL, **bilingual})} == {"few-phrasings", "title"}
    assert faults({**SMALL, **bilingual, "audience": "staff"}) == []


def test_a_phrasing_of_another_meaning_is_found_whatever_the_language_and_the_kind() -> None:
    other = {**SMALL, "id": "halle.other", "questions": {"ar": ["DE  1!"]}}
    assert faults(SMALL, item("entry", **other)) == [("duplicate-phrasing", ("questions", "de", 0))]
    assert faults(SMALL, item("entry", **{**other, "state": "retired"})) == []
    assert faults(SMALL, item("entry", **{**other, "intent": "halle.money"})) == []
    loose = item("phrasing", id="out-of-scope.near.de.1", intent="out-of-scope.near", language="de", text="de 2")
    assert faults(SMALL, loose) == [("duplicate-phrasing", ("questions", "de", 1))]


def test_a_phrasing_that_stands_twice_is_a_reminder() -> None:
    questions = {**SMALL["questions"], "en": [*SMALL["questions"]["en"], "En 1"]}
    checker = ItemChecker(lambda: LANGUAGES, MORNING.date)
    (fault,) = checker.find_faults({**SMALL, "questions": questions}, "entry", AROUND)
    assert (fault.code, fault.overdue, fault.path) == ("repeated-phrasing", True, ("questions", "en", 6))


def test_what_changes_among_the_others_is_noticed() -> None:
    checker = ItemChecker(lambda: LANGUAGES, MORNING.date)
    other = {**SMALL, "id": "halle.other", "questions": {"de": ["ganz anders"]}}
    assert checker.find_faults(SMALL, "entry", [*AROUND, item("entry", **other)]) == ()
    changed = {**other, "questions": {"de": ["de 3"]}}
    assert [fault.code for fault in checker.find_faults(SMALL, "entry", [*AROUND, item("entry", **changed)])] == ["duplicate-phrasing"]
    assert checker.find_faults(SMALL, "entry", [*AROUND, item("entry", **other)]) == ()


@pytest.mark.parametrize(
    ("answer", "code", "line", "found"),
    [
        ("gut\n\n<b>x</b>", "markdown", 3, "<b>"),
        ("# Titel", "markdown", 1, "#"),
        ("gut\n\n    eingerückt", "markdown", 3, "eingerückt"),
        ("gut\n===", "markdown", 1, "gut"),
        ("> Zitat", "markdown", 1, "> Zitat"),
        ("a\n- b\n- **offen", "broken-markdown", 3, "**"),
        ("a\n[b](javascript:c)", "broken-markdown", 2, "](javascript:c)"),
        ("[b](c)", "bad-link", 1, "c"),
    ],
)
def test_what_is_not_our_markdown_is_named_with_its_line(answer: str, code: str, line: int, found: str) -> None:
    checker = ItemChecker(lambda: LANGUAGES, MORNING.date)
    first = checker.check_answer(answer, (), "de")[0]
    assert (first.code, first.values["line"], first.values["found"]) == (code, line, found)


def test_characters_that_nobody_types_are_named() -> None:
    assert faults({**SMALL, "title": {**SMALL["title"], "en": "a\u202eb"}}) == [("odd-characters", ("title", "en"))]


def test_everything_in_the_repository_is_faultless_one_by_one() -> None:
    checker = ItemChecker(lambda: TWELVE, MORNING.date)
    others = [item_ for each in real_items() for item_ in [item_of(each)]]
    assert [
        (each.id, fault) for each in others for fault in checker.find_faults(each.content, each.kind, others) if not fault.overdue
    ] == []


def item_of(file: Any) -> KnowledgeItem:
    return KnowledgeItem(kind=file.kind, id=file.id, content=file.content, imported_hash=file.hash, content_hash=file.hash)
