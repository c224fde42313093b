"""Check an entry while it is typed: its facts in every answer, its faults, and phrasings that read like another entry's."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.fact_lines import to_checked, write_fact
from bot.domain.item_faults import ItemFault
from bot.domain.languages import Language
from bot.domain.near_phrasings import Near, phrasings_of
from bot.services.desk.knowledge.read_accepted import read_accepted
from bot.services.desk.ports import DeskPorts
from bot.services.stored_knowledge import KnowledgeItem


@dataclass(frozen=True, kw_only=True)
class CheckedFact:
    """A fact, in which of the shown languages it stands, and in which of the other answers it is missing."""

    fact: str
    stands_in: Mapping[str, bool]
    missing_elsewhere: tuple[Language, ...]


@dataclass(frozen=True, kw_only=True)
class NearPhrasing:
    """A phrasing that is new here and reads almost like one of another meaning."""

    text: str
    language: Language
    near: Near


@dataclass(frozen=True, kw_only=True)
class CheckedEntry:
    """What an editor has to know about an entry before it is reviewed."""

    facts: tuple[CheckedFact, ...]
    faults: tuple[ItemFault, ...]
    near: tuple[NearPhrasing, ...]

    @property
    def stopping(self) -> tuple[ItemFault, ...]:
        """The faults that keep it from being reviewed."""
        return tuple(fault for fault in self.faults if not fault.overdue)


async def check_entry(content: Mapping[str, Any], shown: Sequence[Language], ports: DeskPorts) -> CheckedEntry:
    """Everything to say about it; the work is done beside the event loop."""
    accepted = await read_accepted(ports)
    return await asyncio.to_thread(_check, content, shown, accepted, ports)


def _check(content: Mapping[str, Any], shown: Sequence[Language], accepted: Sequence[KnowledgeItem], ports: DeskPorts) -> CheckedEntry:
    return CheckedEntry(
        facts=_check_facts(content, shown, ports),
        faults=ports.knowledge.checker.find_faults(content, "entry", accepted),
        near=_find_near(content, shown, accepted, ports),
    )


def _check_facts(content: Mapping[str, Any], shown: Sequence[Language], ports: DeskPorts) -> tuple[CheckedFact, ...]:
    answers = {code: str(text) for code, text in (content.get("answers") or {}).items() if text}
    checked = []
    for fact in content.get("facts") or ():
        stands = {code: ports.knowledge.checker.has_fact(answer, to_checked(fact), code) for code, answer in answers.items()}
        elsewhere = tuple(Language(code) for code, there in stands.items() if not there and code not in shown)
        here = {code: there for code, there in stands.items() if code in shown}
        checked.append(CheckedFact(fact=write_fact(fact), stands_in=here, missing_elsewhere=elsewhere))
    return tuple(checked)


def _find_near(
    content: Mapping[str, Any], shown: Sequence[Language], accepted: Sequence[KnowledgeItem], ports: DeskPorts
) -> tuple[NearPhrasing, ...]:
    """Only what is new: what was accepted before was accepted as it is."""
    before = next((item.content for item in accepted if (item.kind, item.id) == ("entry", content.get("id"))), {})
    known, now = phrasings_of("entry", before), phrasings_of("entry", content)
    found = []
    for language in shown:
        for text in now.get(language, ()):
            if text not in known.get(language, ()):
                near = ports.knowledge.near_phrasings.find(text, language, content, accepted)
                found += [NearPhrasing(text=text, language=language, near=near)] if near else []
    return tuple(found)
