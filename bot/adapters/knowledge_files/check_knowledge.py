"""The validator: every fault in knowledge/, with file, line and what to do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.adapters.knowledge_files.item_rules import ID, LONGEST_ANSWER, LONGEST_ID, Surroundings, find_item_faults
from bot.adapters.knowledge_files.read_items import FOLDERS, FileItem, line_of
from bot.domain.folding import fold
from bot.domain.item_faults import ItemFault
from bot.domain.languages import Language
from bot.domain.near_phrasings import intent_of, phrasings_of

__all__ = ["ID", "LONGEST_ANSWER", "LONGEST_ID", "Fault", "check_knowledge"]
SENTENCES = {
    "unreadable": "{field}: {said}.",
    "id": "the id “{id}” must be at most {most} characters of a-z, 0-9, dot and hyphen.",
    "id-and-file": "the id “{id}” and the file name differ. Name the file {id}.yml.",
    "unknown-field": "there is no field “{field}”. Correct or delete it.",
    "no-source": "there is no source. Every fact needs one.",
    "unknown-source": "the source “{id}” is not in sources.yml.",
    "overdue": "the review was due on {day}. Check the facts and set a new date.",
    "unknown-city": "the city “{id}” is not in municipalities.yml.",
    "not-allowed": "“{value}” under {field} must be one of {allowed}.",
    "unknown-reference": "“{id}” under {field} does not exist.",
    "few-phrasings": "questions in {language}: {there}, but at least {fewest} are needed.",
    "long-phrasing": "“{text}” under questions in {language} is longer than {most} characters.",
    "title": "the title in {language} is missing or longer than {most} characters.",
    "no-answer": "there is no answer in {language}.",
    "fact-missing": "the answer in {language} does not contain the fact “{fact}”.",
    "answer-long": "the answer in {language} has {characters} characters; {most} are allowed.",
    "markdown": "the answer in {language} holds HTML, a heading, a picture or a table (“{found}”). Use paragraphs, bold, lists and links.",
    "broken-markdown": "the answer in {language} holds “{found}”, which is no whole bold text or link. Close or delete it.",
    "bad-link": "a link of the answer in {language} leads to “{found}”. Begin it with https://, mailto: or tel:.",
    "odd-characters": "{field} holds characters that nobody types: {found}. Delete them.",
    "missing": "{field} is missing.",
    "phone-letters": "the phone number “{value}” holds letters. Write digits only.",
    "phone-characters": "the phone number “{value}” holds characters that cannot be dialled. Write digits, spaces, +, / and -.",
    "phone-area": "the phone number “{value}” has no area code. Begin it with 0 or +49.",
    "phone-country": "the phone number “{value}” is not one of Germany. Begin it with 0 or +49.",
    "phone-zero": "the phone number “{value}” has a 0 after +49. Leave it out.",
    "phone-short": "the phone number “{value}” is too short.",
    "phone-long": "the phone number “{value}” is too long.",
    "email": "“{value}” is no e-mail address.",
    "website": "“{value}” is no address of the web. Begin it with https:// and a name such as www.stadt.de.",
    "hours-days": "a row of the hours names no days. Use mo, tu, we, th, fr, sa, su.",
    "hours-time": "“{opens}” to “{closes}” are no times. Write them as 09:00, from 00:00 to 24:00.",
    "hours-order": "the hours close at {closes}, not after they open at {opens}.",
    "hours-overlap": "these hours overlap with those of row {row} on the same day.",
    "euros": "an amount must be more than 0.",
    "period": "the amount ends on {until}, before it begins on {since}.",
    "still-used": "it is still used by {where}.",
    "duplicate-phrasing": "“{text}” stands in {other}.yml, too. Keep it in one of them.",
}  # fmt: skip


@dataclass(frozen=True, order=True, kw_only=True)
class Fault:
    """Something to mend. `overdue` ones are reminders: they do not stop anything."""

    file: Path
    line: int
    what: str
    overdue: bool = False

    def __str__(self) -> str:
        """As a compiler would say it."""
        return f"{self.file}:{self.line}: {self.what}"


def check_knowledge(items: Sequence[FileItem], languages: Sequence[Language], today: date) -> list[Fault]:
    """All faults, ordered by file and line."""
    known = {kind: frozenset(item.id for item in items if item.kind == kind) for kind in (*FOLDERS, "source", "municipality")}
    around = Surroundings(known=known, languages=languages, today=today)
    faults: list[tuple[FileItem, ItemFault]] = []
    readable: list[FileItem] = []
    for item in items:
        found = find_item_faults(item.kind, item.id, item.content, around)
        if not any(fault.code == "unreadable" for fault in found):
            found += _check_name(item)
            readable += [item] if item.kind in ("entry", "phrasing") else []
        faults += [(item, fault) for fault in found]
    return sorted(_to_fault(item, fault) for item, fault in [*faults, *_check_duplicates(readable)])


def _to_fault(item: FileItem, fault: ItemFault) -> Fault:
    line = line_of(item.file, fault.path) if item.kind in FOLDERS and fault.path else item.line
    return Fault(file=item.file, line=line, what=SENTENCES[fault.code].format_map(fault.values), overdue=fault.overdue)


def _check_name(item: FileItem) -> list[ItemFault]:
    differs = item.kind in FOLDERS and item.id != item.file.stem
    return [ItemFault(path=("id",), code="id-and-file", values={"id": item.id})] if differs else []


def _check_duplicates(items: Iterable[FileItem]) -> Iterator[tuple[FileItem, ItemFault]]:
    """A phrasing that trains two meanings trains neither."""
    seen: dict[str, tuple[str, str]] = {}
    for item in items:
        meant = intent_of(item.content)
        for language, questions in phrasings_of(item.kind, item.content).items():
            for number, question in enumerate(questions):
                intent, other = seen.setdefault(fold(question), (meant, item.file.stem))
                if intent != meant:
                    values = {"language": language, "text": question, "other": other}
                    path = ("questions", language, number) if item.kind == "entry" else ("text",)
                    yield item, ItemFault(path=path, code="duplicate-phrasing", values=values)
