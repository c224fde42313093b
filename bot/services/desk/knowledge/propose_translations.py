"""Look at what translators sent back, before anything of it is taken."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.item_faults import ItemFault
from bot.domain.translation_texts import FIELDS, ReturnedText, find_problem, is_same, put_text, tidy
from bot.services.desk.knowledge.read_accepted import read_accepted
from bot.services.desk.ports import DeskPorts

Content = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ProposedText:
    """One returned text. `problem` is a code, or empty; `faults` are what the rules for entries say. With neither it can be taken."""

    returned: ReturnedText
    content: Content
    before: str
    problem: str = ""
    faults: tuple[ItemFault, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TranslationProposal:
    """What a file would change, what of it cannot be taken, and how many of its texts change nothing."""

    valid: tuple[ProposedText, ...]
    wrong: tuple[ProposedText, ...]
    unchanged: int

    @property
    def fingerprint(self) -> str:
        """Names what somebody agreed to on the preview: another one, and they have to look again."""
        parts = (f"{each.returned.entry}/{each.returned.field}/{each.returned.language}/{tidy(each.returned.text)}" for each in self.valid)
        return hashlib.sha256("\0".join(sorted(parts)).encode("utf-8", "replace")).hexdigest()[:32]


async def propose_translations(texts: Sequence[ReturnedText], ports: DeskPorts) -> TranslationProposal:
    """Each text against the entry as it is now, with what somebody is changing about it. Stores nothing."""
    accepted: dict[str, Content] = {item.id: item.content for item in await read_accepted(ports) if item.kind == "entry"}
    async with ports.bot.unit_of_work() as work:
        drafts: dict[str, Content] = {draft.id: draft.content for draft in await work.drafts.all() if draft.kind == "entry"}
    proposed: list[ProposedText] = []
    taken: set[tuple[str, str, str]] = set()
    unchanged = 0
    for returned in texts:
        current = drafts.get(returned.entry) or accepted.get(returned.entry)
        if current is not None and returned.field in FIELDS and is_same(returned, current):
            unchanged += 1
            continue
        place = (returned.entry, returned.field, returned.language)
        problem = "twice" if place in taken else find_problem(returned, ports.bot.wording.languages, accepted.get(returned.entry), current)
        taken.add(place)
        before = (current or {}).get(FIELDS.get(returned.field, "")) or {}
        proposed.append(
            ProposedText(
                returned=returned,
                content=current or {},
                before=tidy(str(before.get(returned.language) or "")),
                problem=problem,
                faults=() if problem else find_text_faults(returned, current or {}, ports),
            )
        )
    wrong = tuple(each for each in proposed if each.problem or each.faults)
    return TranslationProposal(
        valid=tuple(each for each in proposed if not (each.problem or each.faults)), wrong=wrong, unchanged=unchanged
    )


def find_text_faults(returned: ReturnedText, content: Content, ports: DeskPorts) -> tuple[ItemFault, ...]:
    """What the rules for entries say about this one text: facts, length, Markdown, odd characters."""
    name = FIELDS[returned.field]
    alone = put_text({**content, "title": {}, "answers": {}, "questions": {}}, returned)
    faults = ports.knowledge.checker.find_faults(alone, "entry", ())
    return tuple(fault for fault in faults if fault.path[:2] == (name, returned.language) and not fault.overdue)
