"""Save what translators sent back as drafts: all texts that can be taken, or none."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.knowledge_drafts import Draft
from bot.domain.staff import StaffMember
from bot.domain.translation_texts import ReturnedText, find_problem, put_text
from bot.services.desk.knowledge.propose_translations import TranslationProposal
from bot.services.desk.knowledge.put_draft import put_draft
from bot.services.desk.knowledge.submit_draft import submit_draft
from bot.services.desk.ports import DeskPorts
from bot.services.ports import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class SavedTranslations:
    """How many drafts there are now with these texts, and how many of them wait for a second pair of eyes already."""

    drafts: int
    submitted: int


async def save_translations(proposal: TranslationProposal, member: StaffMember, ports: DeskPorts, *, submits: bool) -> SavedTranslations:
    """One draft for each entry, in one transaction. With `submits` those that began with this file are handed to review.

    Raises ConflictError when somebody changed one of these entries since the proposal was made: then nothing is saved.
    """
    texts = sorted((each.returned for each in proposal.valid), key=lambda text: text.entry)
    saved: list[tuple[Draft, bool]] = []
    async with ports.bot.unit_of_work() as work:
        for entry, group in groupby(texts, key=lambda text: text.entry):
            saved.append(await _save_entry(work, entry, group, member, ports))
        await work.commit()
    begun = [draft for draft, is_new in saved if is_new]
    submitted = [await _submit(draft, member, ports) for draft in begun] if submits else []
    return SavedTranslations(drafts=len(saved), submitted=sum(submitted))


async def _save_entry(
    work: UnitOfWork, entry: str, texts: Iterable[ReturnedText], member: StaffMember, ports: DeskPorts
) -> tuple[Draft, bool]:
    item, draft = await work.knowledge_items.find("entry", entry), await work.drafts.find("entry", entry)
    accepted, content = item.content if item else None, draft.content if draft else item.content if item else None
    for text in texts:
        if content is None or find_problem(text, ports.bot.wording.languages, accepted, draft.content if draft else accepted):
            raise ConflictError("An entry of this file was changed in the meantime.")
        content = put_text(content, text)
    saved = await put_draft(work, "entry", entry, content or {}, draft.version if draft else 0, member, ports)
    return saved, draft is None


async def _submit(draft: Draft, member: StaffMember, ports: DeskPorts) -> bool:
    """Whether the draft is in review now; one with faults elsewhere in the entry stays with its author."""
    try:
        await submit_draft(draft.kind, draft.id, draft.version, member, ports)
    except (NotAllowedError, ConflictError, LookupError):
        return False
    return True
