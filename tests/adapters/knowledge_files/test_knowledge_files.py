"""Reading, building and writing knowledge, and every fault in it with file and line."""

from datetime import date
from pathlib import Path

import pytest

from bot.adapters.knowledge_files.build_knowledge import build_knowledge
from bot.adapters.knowledge_files.check_knowledge import LONGEST_ANSWER, Fault, check_knowledge
from bot.adapters.knowledge_files.published import PublishedKnowledge, read_thresholds
from bot.adapters.knowledge_files.read_items import FileItem, read_items
from bot.adapters.knowledge_files.write_items import write_items
from bot.domain.errors import KnowledgeError, NotAvailableError
from bot.domain.knowledge import EntryId, Topic
from bot.services.stored_knowledge import KnowledgeItem, Publication
from tests.adapters.knowledge_files.small import CITIES, CONTACT, DEADLINES, ENTRY, LANGUAGES, PROGRAMME, SOURCES, write
from tests.fakes.world import MORNING, real_items

TODAY = date(2026, 11, 20)
OTHER = ENTRY.replace("halle.money", "halle.other").replace("de ", "anders ").replace("en ", "else ").replace("المال", "غير ذلك")


def faults(folder: Path, **changed: str) -> list[Fault]:
    """The faults of the small folder with something changed."""
    write(folder, **changed)
    return check_knowledge(read_items(folder), LANGUAGES, TODAY)


def to_stored(item: FileItem) -> KnowledgeItem:
    """An item as the database holds it after an import."""
    return KnowledgeItem(kind=item.kind, id=item.id, content=item.content, imported_hash=item.hash, content_hash=item.hash)


def test_the_small_folder_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("id: halle.money\n", "id: halle.geld\n", 1, "the id “halle.geld” and the file name differ"),
        ("topic: wir-funding", "topic: weather", 2, "topic: Input should be"),
        ("municipality: halle", "municipality: paris", 3, "the city “paris” is not in municipalities.yml"),
        ('  ar: "المال"\n', "", 6, "the title in ar is missing"),
        ('  en: "Money"', f'  en: "{"M" * 41}"', 7, "the title in en is missing or longer than 40"),
        (", de 10 ]", " ]", 10, "questions in de: 9, but at least 10 are needed"),
        (", من يدفع المال ]", " ]", 12, "questions in ar: 2, but at least 3 are needed"),
        ("Es gibt 60.000 Euro", "Es gibt 60.001 Euro", 14, "the answer in de does not contain the fact “60000”"),
        ("December 31, 2025", "December 30, 2025", 16, "the answer in en does not contain the fact “2025-12-31”"),
        ("at the Vielfaltszentrum", "there", 16, "the answer in en does not contain the fact “Vielfaltszentrum”"),
        ("**Vielfaltszentrum**", "<b>Vielfaltszentrum</b>", 14, "the answer in de holds HTML"),
        ("**Vielfaltszentrum**", "Vielfaltszentrum" + " sehr" * 300, 14, f"{LONGEST_ANSWER} are allowed"),
        ('  - { id: paper, section: "1" }', "  []", 23, "there is no source"),
        ("{ id: paper,", "{ id: leaflet,", 23, "the source “leaflet” is not in sources.yml"),
        ("as_of: 2020-12-10", "as_of: long ago", 24, "as_of: "),
        ("contacts: [ halle.office ]", "contacts: [ halle.gone ]", 27, "“halle.gone” under contacts does not exist"),
        ("programmes: [ wir ]", "programmes: [ gone ]", 28, "“gone” under programmes does not exist"),
        ("related: [ halle.money ]", "related: [ gone ]", 29, "“gone” under related does not exist"),
        ("state: published", "state: public", 30, "“public” under state must be one of draft, in-review, published, retired"),
        ("audience: public", "audience: everybody", 4, "“everybody” under audience must be one of public, staff"),
        ("state: published", "staet: published", 30, "there is no field “staet”"),
    ],
)
def test_every_fault_of_an_entry_is_reported_with_its_line(tmp_path: Path, old: str, new: str, line: int, what: str) -> None:
    assert old in ENTRY
    found = faults(tmp_path, halle_money=ENTRY.replace(old, new, 1))
    mine = [fault for fault in found if what in fault.what]
    assert mine, [str(fault) for fault in found]
    assert mine[0].file.name == "halle.money.yml"
    assert mine[0].line == line, str(mine[0])
    assert str(mine[0]).startswith(f"{mine[0].file}:{line}: ")


def test_a_missing_english_answer_is_a_fault_but_a_missing_arabic_one_is_not(tmp_path: Path) -> None:
    english = "  en: |\n    There are 60,000 euros until December 31, 2025 at the Vielfaltszentrum.\n"
    (fault,) = faults(tmp_path, halle_money=ENTRY.replace(english, ""))
    assert "there is no answer in en" in fault.what


@pytest.mark.parametrize("id_", ["Halle.Money", "halle..money", "halle_money", "h" * 49])
def test_an_id_must_fit_into_a_button(tmp_path: Path, id_: str) -> None:
    found = faults(tmp_path, halle_money=ENTRY.replace("id: halle.money", f"id: {id_}", 1))
    assert any("must be at most 48 characters" in fault.what for fault in found)


def test_a_phrasing_in_two_meanings_is_reported_where_it_comes_second(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, halle_other=OTHER.replace("anders 7", "DE  1!"))
    assert (fault.file.name, fault.line) == ("halle.other.yml", 10)
    assert "“DE  1!” stands in halle.money.yml, too" in fault.what


def test_the_same_phrasing_for_one_meaning_in_two_cities_is_fine(tmp_path: Path) -> None:
    shared = ENTRY.replace("topic:", "intent: money\ntopic:", 1)
    assert (
        faults(tmp_path, halle_money=shared, halle_other=OTHER.replace("topic:", "intent: money\ntopic:", 1).replace("anders 7", "de 1"))
        == []
    )


LOOSE = """
- id: out-of-scope.far.de.1a2b3c4d
  intent: out-of-scope.far
  language: de
  text: "wie wird das wetter"
"""


def with_loose(folder: Path, listed: str) -> list[Fault]:
    """The faults of the small folder with such a list of phrasings."""
    write(folder)
    (folder / "phrasings.yml").write_text(listed, encoding="utf-8")
    return check_knowledge(read_items(folder), LANGUAGES, TODAY)


def test_phrasings_without_an_entry_are_part_of_the_knowledge(tmp_path: Path) -> None:
    assert with_loose(tmp_path, LOOSE) == []
    (phrasing,) = build_knowledge(read_items(tmp_path)).phrasings
    assert (phrasing.intent, phrasing.language, phrasing.text) == ("out-of-scope.far", "de", "wie wird das wetter")
    retired = with_loose(tmp_path, LOOSE + "  state: retired\n")
    assert (retired, build_knowledge(read_items(tmp_path)).phrasings) == ([], ())


def test_the_list_of_phrasings_may_be_missing_or_empty_and_comes_back_as_it_was(tmp_path: Path) -> None:
    assert (with_loose(tmp_path, ""), build_knowledge(read_items(tmp_path)).phrasings) == ([], ())
    with_loose(tmp_path, LOOSE)
    items = read_items(tmp_path)
    write_items([to_stored(item) for item in items], tmp_path / "copy")
    assert {item.id: item.content for item in read_items(tmp_path / "copy")} == {item.id: item.content for item in items}


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("intent: out-of-scope.far", "intent: weather", "“weather” under intent must be one of emergency, report"),
        ("language: de", "language: xx", "“xx” under language must be one of de, en, ar"),
        ("wie wird das wetter", "DE 1", "“DE 1” stands in "),
        ("wie wird das wetter", "wie " * 90, "is longer than 300 characters"),
        ('  text: "wie wird das wetter"\n', "", "text: Field required"),
        ('text: "wie wird das wetter"', 'text: " "', "text: this is missing"),
    ],
)
def test_every_fault_of_such_a_phrasing_is_reported_with_its_line(tmp_path: Path, old: str, new: str, what: str) -> None:
    assert old in LOOSE
    found = with_loose(tmp_path, LOOSE.replace(old, new))
    assert any(what in fault.what for fault in found), list(map(str, found))
    assert {(fault.file.name, fault.line) for fault in found} == {("phrasings.yml", 2)}


def test_an_overdue_review_is_a_reminder_only(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, halle_money=ENTRY.replace("review_after: 2027-05-01", "review_after: 2026-11-19"))
    assert (fault.overdue, fault.line) == (True, 26)
    assert "the review was due on 2026-11-19" in fault.what


@pytest.mark.parametrize(
    ("changed", "file", "what"),
    [
        ({"halle_office": CONTACT.replace('source: [ { id: paper, section: "2" } ]', "source: []")}, "halle.office.yml", "no source"),
        ({"halle_office": CONTACT.replace("office: ", "ofice: ")}, "halle.office.yml", "office: "),
        ({"wir": PROGRAMME.replace("euros: 60000", "euros: much")}, "wir.yml", "amounts.0.euros"),
        ({"wir": PROGRAMME.replace("municipality: none", "municipality: paris")}, "wir.yml", "paris"),
        ({"deadlines": DEADLINES.replace("months: 2", "months: two")}, "deadlines.yml", "months"),
        ({"deadlines": DEADLINES.replace("id: paper", "id: gone")}, "deadlines.yml", "gone"),
        ({"sources": SOURCES.replace("date: 2020-12-10", "date: once")}, "sources.yml", "date"),
        ({"sources": SOURCES.replace("id: paper, ", "")}, "sources.yml", "id: "),
        ({"deadlines": DEADLINES.replace("valid_from: ", "valid_form: ")}, "deadlines.yml", "valid_from: "),
        ({"municipalities": CITIES.replace("id: halle, ", "")}, "municipalities.yml", "id: "),
        ({"municipalities": CITIES.replace("name: Essen", "nam: Essen")}, "municipalities.yml", "name: "),
    ],
)
def test_other_kinds_are_checked_too(tmp_path: Path, changed: dict[str, str], file: str, what: str) -> None:
    assert any(fault.file.name == file and what in fault.what for fault in faults(tmp_path, **changed))


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"halle_money": ENTRY + "broken: [ 1, 2\n"}, "halle.money.yml:3"),
        ({"halle_money": "- just\n- a list\n"}, "halle.money.yml:1"),
        ({"sources": "- { id: paper, kind\n"}, "sources.yml:"),
        ({"sources": "- paper\n"}, "sources.yml:1"),
        ({"municipalities": "- halle\n"}, "municipalities.yml:1"),
        ({"municipalities": "covered:\n  - id: halle\n    name: { de: Halle }\n    aliases: []\n  - dresden\n"}, "municipalities.yml:5"),
    ],
)
def test_a_file_that_is_no_yaml_is_named(tmp_path: Path, changed: dict[str, str], place: str) -> None:
    write(tmp_path, **changed)
    with pytest.raises(KnowledgeError, match=place.replace(".", r"\.")):
        read_items(tmp_path)


def test_items_become_knowledge(tmp_path: Path) -> None:
    write(tmp_path, halle_draft=ENTRY.replace("halle.money", "halle.draft").replace("state: published", "state: draft"))
    knowledge = build_knowledge(read_items(tmp_path))
    assert list(knowledge.entries) == ["halle.money"]
    entry = knowledge.entries["halle.money"]
    assert (entry.intent, entry.topic, entry.municipality, entry.facts) == (
        "halle.money", Topic.WIR_FUNDING, "halle", (60000, date(2025, 12, 31), "Vielfaltszentrum"),
    )  # fmt: skip
    assert (knowledge.contacts["halle.office"].hours[0].opens, knowledge.programmes["wir"].municipality) == ("09:00", None)
    assert knowledge.programmes["wir"].amounts[0].since == date(2021, 1, 1)
    assert (knowledge.deadlines[0].months, knowledge.deadlines[0].valid_until) == (2, None)
    assert [city.name for city in knowledge.other_cities] == ["Berlin", "Essen"]
    assert knowledge.ambiguous_names == {"Essen"}


def test_an_entry_answers_without_a_contact_that_left_the_knowledge(tmp_path: Path) -> None:
    write(tmp_path)
    items = read_items(tmp_path)
    assert build_knowledge(items).entries[EntryId("halle.money")].contacts == ("halle.office",)
    left = [item for item in items if item.kind not in ("contact", "programme")]
    entry = build_knowledge(left).entries[EntryId("halle.money")]
    assert (entry.contacts, entry.programmes) == ((), ())


def test_the_order_of_keys_does_not_change_the_hash(tmp_path: Path) -> None:
    write(tmp_path)
    before = {item.id: item.hash for item in read_items(tmp_path)}
    turned = "\n".join(reversed(SOURCES.replace("id: paper, kind: paper", "kind: paper, id: paper").splitlines())) + "\n"
    write(tmp_path, sources=turned, wir=PROGRAMME.replace("60000", "60001"))
    after = {item.id: item.hash for item in read_items(tmp_path)}
    assert {id_ for id_ in before if before[id_] != after[id_]} == {"wir"}


@pytest.mark.parametrize("items", ["small", "real"])
def test_written_and_read_again_nothing_is_lost(tmp_path: Path, items: str) -> None:
    write(tmp_path / "small")
    before = list(real_items()) if items == "real" else read_items(tmp_path / "small")
    write_items(map(to_stored, before), tmp_path / "export")
    after = read_items(tmp_path / "export")
    assert {(item.kind, item.id): item.content for item in after} == {(item.kind, item.id): item.content for item in before}
    assert build_knowledge(after).entries == build_knowledge(before).entries


def test_what_is_published_is_switched_as_a_whole(tmp_path: Path) -> None:
    write(tmp_path)
    published = PublishedKnowledge(tmp_path / "none.yml")
    with pytest.raises(NotAvailableError):
        _ = published.knowledge
    items = tuple(map(to_stored, read_items(tmp_path)))
    published.switch_to(Publication(number=1, fingerprint="f", model="m", items=items, published_at=MORNING))
    assert list(published.knowledge.entries) == ["halle.money"]
    published.switch_to(Publication(number=2, fingerprint="g", model="m", items=(), published_at=MORNING))
    assert published.knowledge.entries == {}


def test_thresholds_are_read_per_language(tmp_path: Path) -> None:
    file = tmp_path / "thresholds.yml"
    assert read_thresholds(file) == {}
    file.write_text("de: { answer: 0.7, suggest: 0.3 }\n", encoding="utf-8")
    assert read_thresholds(file)["de"].answer == 0.7


def test_cities_are_read_with_all_their_names(tmp_path: Path) -> None:
    write(tmp_path, municipalities=CITIES.replace("Галле", "Халле"))
    assert build_knowledge(read_items(tmp_path)).municipalities["halle"].aliases == ("Halle", "Халле")
