"""The rules for one item as the desk asks them: against all the others that are accepted."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.adapters.knowledge_files.check_facts import contains_fact
from bot.adapters.knowledge_files.item_rules import Surroundings, check_answer, find_item_faults
from bot.adapters.knowledge_files.read_items import FOLDERS
from bot.domain.folding import fold
from bot.domain.item_faults import ItemFault
from bot.domain.knowledge_uses import can_be_named
from bot.domain.languages import Language
from bot.domain.near_phrasings import intent_of, phrasings_of
from bot.services.stored_knowledge import KnowledgeItem

NAMED = (*FOLDERS, "source", "municipality")


@dataclass(frozen=True, kw_only=True)
class Use:
    """An item in which a phrasing stands."""

    kind: str
    id: str
    intent: str


class ItemChecker:
    """Implements desk.knowledge.ports.KnowledgeChecker."""

    def __init__(self, languages: Callable[[], Sequence[Language]], today: Callable[[], date]) -> None:
        """Take the languages that people are answered in (varieties such as "de-simple" included), and the day."""
        self._languages = languages
        self._today = today
        self._folded: dict[str, frozenset[str]] = {}
        self._taken: tuple[frozenset[str], Mapping[str, tuple[Use, ...]]] = (frozenset(), {})

    def find_faults(self, content: Mapping[str, Any], kind: str, others: Sequence[KnowledgeItem]) -> tuple[ItemFault, ...]:
        """Every fault; an item of the same kind and id among the others is the item as it was."""
        id_ = str(content.get("id", ""))
        rest = [item for item in others if (item.kind, item.id) != (kind, id_)]
        known = {name: frozenset(item.id for item in rest if item.kind == name and can_be_named(name, item.content)) for name in NAMED}
        known = {name: ids | {id_} if name == kind else ids for name, ids in known.items()}
        languages = [language for language in self._languages() if "-" not in language]
        around = Surroundings(known=known, languages=languages, today=self._today())
        faults = find_item_faults(kind, id_, content, around)
        return (*faults, *self._find_duplicates(content, kind, others))

    def has_fact(self, answer: str, fact: float | date | str, language: str) -> bool:
        """Whether the answer contains it, as the language writes it."""
        return contains_fact(answer, fact, language)

    def check_answer(self, answer: str, facts: Sequence[float | date | str], language: str) -> tuple[ItemFault, ...]:
        """What is wrong with an answer by itself."""
        return tuple(check_answer(facts, language, answer))

    def _find_duplicates(self, content: Mapping[str, Any], kind: str, others: Sequence[KnowledgeItem]) -> Iterator[ItemFault]:
        """Phrasings that stand in another item, too, which means something else; and those that stand here twice."""
        key, intent = (kind, str(content.get("id", ""))), intent_of(content)
        taken = self._fold_all(others)
        for language, questions in phrasings_of(kind, content).items():
            mine: set[str] = set()
            for number, question in enumerate(questions):
                folded = fold(question)
                other = next((use.id for use in taken.get(folded, ()) if use.intent != intent and (use.kind, use.id) != key), None)
                path = ("questions", language, number) if kind == "entry" else ("text",)
                values = {"language": language, "text": question}
                if other:
                    yield ItemFault(path=path, code="duplicate-phrasing", values={**values, "other": other})
                elif folded in mine:
                    yield ItemFault(path=path, code="repeated-phrasing", values=values, overdue=True)
                mine.add(folded)

    def _fold_all(self, items: Sequence[KnowledgeItem]) -> Mapping[str, tuple[Use, ...]]:
        """Where each folded phrasing stands, but for what is retired. Each content is folded once, and all are put together once."""
        wanted = {
            item.content_hash: item for item in items if item.kind in ("entry", "phrasing") and item.content.get("state") != "retired"
        }
        state, taken = self._taken
        if state != wanted.keys():
            folded = {hash_: known for hash_, known in self._folded.items() if hash_ in wanted}
            gathered: dict[str, tuple[Use, ...]] = {}
            for hash_, item in wanted.items():
                if hash_ not in folded:
                    texts = (text for each in phrasings_of(item.kind, item.content).values() for text in each)
                    folded[hash_] = frozenset(map(fold, texts))
                use = Use(kind=item.kind, id=item.id, intent=intent_of(item.content))
                for phrasing in folded[hash_]:
                    gathered[phrasing] = (*gathered.get(phrasing, ()), use)
            self._folded, self._taken, taken = folded, (frozenset(wanted), gathered), gathered  # as wholes: others may be reading
        return taken
