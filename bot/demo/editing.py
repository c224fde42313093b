"""What the invented editors do with the knowledge, by the same services as everywhere."""

from collections.abc import Mapping
from typing import Any

from bot.demo.knowledge_words import Asked, Change
from bot.demo.office import Office
from bot.domain.knowledge import EntryId
from bot.domain.knowledge_drafts import Draft
from bot.domain.languages import GERMAN
from bot.domain.questions import CheckQuestion, Question, to_unanswered
from bot.domain.staff import StaffId, StaffMember
from bot.services.desk.knowledge.accept_draft import accept_draft
from bot.services.desk.knowledge.find_editable import find_editable
from bot.services.desk.knowledge.keep_check import keep_check
from bot.services.desk.knowledge.learn_phrasings import learn_for_entry, learn_out_of_scope
from bot.services.desk.knowledge.read_accepted import read_accepted
from bot.services.desk.knowledge.restore_version import restore_version
from bot.services.desk.knowledge.retire_item import retire_item
from bot.services.desk.knowledge.save_draft import save_draft
from bot.services.desk.knowledge.send_back_draft import send_back_draft
from bot.services.desk.knowledge.set_owner import set_owner
from bot.services.desk.knowledge.submit_draft import submit_draft

OWNERS = {"discrimination": 0, "about-the-bot": 0, "wir-funding": 1, "contacts": 1}
"""Which editor looks after a topic; the papers of the cities have nobody yet."""


async def hand_out(office: Office) -> None:
    """Give entries and contacts their owners."""
    for item in await read_accepted(office.ports):
        topic = "contacts" if item.kind == "contact" else str(item.content.get("topic", ""))
        if item.kind in ("entry", "contact") and topic in OWNERS:
            await set_owner(item.kind, item.id, StaffId(office.editors[OWNERS[topic]].id), office.ports)


async def change(wanted: Change, office: Office) -> None:
    """Reword something, and take it as far as it went."""
    author, reader = pair(wanted.by, office)
    editable = await find_editable(wanted.kind, wanted.id, office.ports)
    content = reword(editable.content, wanted)
    seen, unchanged = editable.version, wanted.meaning_unchanged
    draft = await save_draft(wanted.kind, wanted.id, content, seen, author, office.ports, meaning_unchanged=unchanged)
    if wanted.ends != "draft":
        draft = await submit_draft(draft.kind, draft.id, draft.version, author, office.ports)
    if wanted.ends == "accepted":
        await accept_draft(draft.kind, draft.id, draft.version, reader, office.ports)
    if wanted.ends == "sent-back":
        await send_back_draft(draft.kind, draft.id, draft.version, wanted.remark, reader, office.ports)


def reword(content: Mapping[str, Any], wanted: Change) -> dict[str, Any]:
    """The content with some words in place of others. Raises ValueError when they are not there."""
    texts = dict(content[wanted.field])
    if wanted.old not in texts[wanted.language]:
        raise ValueError(f"{wanted.kind} {wanted.id} does not say in {wanted.language}: {wanted.old}")
    return {**content, wanted.field: {**texts, wanted.language: texts[wanted.language].replace(wanted.old, wanted.new)}}


def pair(by: int, office: Office) -> tuple[StaffMember, StaffMember]:
    """Who writes, and who reads."""
    return office.editors[by], office.editors[1 - by]


async def restore(id_: str, office: Office) -> None:
    """Take up again what an entry said at first."""
    author, _ = pair(1, office)
    async with office.ports.bot.unit_of_work() as work:
        first = min(version.number for version in await work.item_versions.of_item("entry", id_))
    await finish(await restore_version("entry", id_, first, author, office.ports), author, office)


async def retire(id_: str, office: Office) -> None:
    """Propose to take an entry out."""
    author, _ = pair(1, office)
    draft = await retire_item("entry", id_, author, office.ports)
    await submit_draft(draft.kind, draft.id, draft.version, author, office.ports)


async def finish(draft: Draft, author: StaffMember, office: Office) -> None:
    """Have a draft accepted by the other editor."""
    reader = next(editor for editor in office.editors if editor.id != author.id)
    submitted = await submit_draft(draft.kind, draft.id, draft.version, author, office.ports)
    await accept_draft(draft.kind, draft.id, submitted.version, reader, office.ports)


async def ask(asked: Asked, office: Office) -> None:
    """Somebody gets no good answer, and the editors get the question."""
    answer = EntryId(asked.entries[0]) if asked.entries else None
    offered = tuple(map(EntryId, asked.entries))
    question = Question(text=asked.text, language=asked.language, municipality=asked.city, answer=answer, offered=offered)
    async with office.ports.bot.unit_of_work() as work:
        await work.unanswered_questions.add(to_unanswered(question, asked.kind, office.clock().date()))
        await work.commit()


async def learn(text: str, entry: str, scope: str, office: Office) -> None:
    """Make a question of the inbox a phrasing of an entry, or of what is out of scope, and have it accepted."""
    author, _ = pair(0, office)
    async with office.ports.bot.unit_of_work() as work:
        asked = [question.reference for question in await work.unanswered_questions.all() if question.text == text]
    if entry:
        await learn_for_entry(asked, entry, author, office.ports)
    else:
        await learn_out_of_scope(asked, scope, author, office.ports)
    async with office.ports.bot.unit_of_work() as work:
        begun = [draft for draft in await work.drafts.all() if draft.saved_at == office.clock()]
    for draft in begun:
        await finish(draft, author, office)


async def check_always(text: str, entry: str, office: Office) -> None:
    """Keep a question that every publication has to answer."""
    author, _ = pair(0, office)
    await keep_check(
        CheckQuestion(
            text=text, language=GERMAN, municipality=None, entry=EntryId(entry), added_by=author.id, added_on=office.clock().date()
        ),
        office.ports,
    )
