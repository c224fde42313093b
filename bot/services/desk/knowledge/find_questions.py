"""Find what people asked and got no good answer to, alike questions together."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.group_questions import QuestionGroup, group_questions
from bot.domain.knowledge_drafts import Draft
from bot.domain.languages import without_variety
from bot.domain.mask_personal_data import mask_personal_data
from bot.domain.questions import UnansweredQuestion
from bot.services.desk.knowledge.read_accepted import read_accepted
from bot.services.desk.ports import DeskPorts
from bot.services.stored_knowledge import KnowledgeItem

PER_PAGE, PROPOSALS, WORTH = 15, 4, 0.25
"""Groups on a page; entries proposed for each, from this likeness on."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which questions; empty for all."""

    language: str = ""
    city: str = ""
    kind: str = ""
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class FoundGroup:
    """A group with the entries whose phrasings are nearest to it."""

    group: QuestionGroup
    proposals: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FoundQuestions:
    """One page. `languages`, `cities` and `kinds` are those that there are questions of."""

    groups: tuple[FoundGroup, ...]
    questions: int
    all_groups: int
    page: int
    pages: int
    languages: tuple[str, ...]
    cities: tuple[str, ...]
    kinds: tuple[str, ...]
    entries: tuple[KnowledgeItem, ...]
    """Those that questions can be added to: the accepted ones, and new ones that are only drafts yet."""


async def find_questions(wanted: Wanted, ports: DeskPorts) -> FoundQuestions:
    """A page of groups, the most frequent first; masked, though what is stored nowadays is masked already."""
    async with ports.bot.unit_of_work() as work:
        questions = await work.unanswered_questions.all()
        begun = [draft for draft in await work.drafts.all() if draft.kind == "entry" and not draft.base_hash]
    items = await read_accepted(ports)
    found = await asyncio.to_thread(_find, wanted, questions, items, ports)
    return replace(found, entries=(*found.entries, *map(_to_item, begun)))


def _to_item(draft: Draft) -> KnowledgeItem:
    """A new entry that nobody has accepted yet, among the others."""
    return KnowledgeItem(kind=draft.kind, id=draft.id, content=draft.content, imported_hash="", content_hash="")


def _find(wanted: Wanted, questions: Sequence[UnansweredQuestion], items: Sequence[KnowledgeItem], ports: DeskPorts) -> FoundQuestions:
    chosen = [question for question in questions if _is_wanted(question, wanted)]
    groups = group_questions(chosen)
    pages = max(1, -(-len(groups) // PER_PAGE))
    page = min(max(1, wanted.page), pages)
    shown = [_masked(group) for group in groups[(page - 1) * PER_PAGE : page * PER_PAGE]]
    entries = tuple(item for item in items if item.kind == "entry" and item.content.get("state") != "retired")
    return FoundQuestions(
        groups=tuple(FoundGroup(group=group, proposals=_propose(group, entries, ports)) for group in shown),
        questions=len(chosen),
        all_groups=len(groups),
        page=page,
        pages=pages,
        languages=_sorted(without_variety(question.language) for question in questions),
        cities=_sorted(question.municipality or "none" for question in questions),
        kinds=_sorted(question.kind.value for question in questions),
        entries=entries,
    )


def _is_wanted(question: UnansweredQuestion, wanted: Wanted) -> bool:
    return (
        wanted.language in ("", without_variety(question.language))
        and wanted.city in ("", question.municipality or "none")
        and wanted.kind in ("", question.kind.value)
    )


def _masked(group: QuestionGroup) -> QuestionGroup:
    return replace(group, wordings=tuple(replace(wording, text=mask_personal_data(wording.text)) for wording in group.wordings))


def _propose(group: QuestionGroup, entries: Sequence[KnowledgeItem], ports: DeskPorts) -> tuple[str, ...]:
    """The nearest entries; of several that answer the same question, that of the city that most of them asked about."""
    cities = {item.id: str(item.content.get("municipality")) for item in entries}
    asked = group.municipalities[0] if group.municipalities else "none"
    best: dict[str, str] = {}
    for near in ports.knowledge.near_phrasings.nearest(group.text, group.language, entries, 3 * PROPOSALS):
        if near.likeness >= WORTH and (near.intent not in best or cities[near.id] == asked):
            best[near.intent] = near.id
    return tuple(best.values())[:PROPOSALS]


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))
