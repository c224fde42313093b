"""What editors do before there is something to review."""

from typing import Any

from bot.domain.knowledge_drafts import Draft
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.accept_draft import accept_draft
from bot.services.desk.knowledge.find_editable import find_editable
from bot.services.desk.knowledge.save_draft import save_draft
from bot.services.desk.knowledge.submit_draft import submit_draft
from bot.services.stored_knowledge import KnowledgeItem
from tests.console.conftest import Browser, Desk

ENTRY = "dresden.about"


def author(browser: Browser) -> StaffMember:
    """Who sits in front of a browser."""
    assert browser.member
    return browser.member


async def accepted(desk: Desk, id_: str = ENTRY, kind: str = "entry") -> KnowledgeItem | None:
    """What is accepted of an item."""
    async with desk.database.unit_of_work() as work:
        return await work.knowledge_items.find(kind, id_)


async def draft_of(desk: Desk, id_: str = ENTRY, kind: str = "entry") -> Draft | None:
    """What somebody is changing about an item."""
    async with desk.database.unit_of_work() as work:
        return await work.drafts.find(kind, id_)


async def edit(desk: Desk, browser: Browser, id_: str = ENTRY, kind: str = "entry", **groups: Any) -> Draft:
    """Save a draft with other fields; groups of languages are filled up."""
    editable = await find_editable(kind, id_, desk.ports)
    content = dict(editable.content)
    for name, value in groups.items():
        content[name] = {**content[name], **value} if isinstance(value, dict) else value
    return await save_draft(kind, id_, content, editable.version, author(browser), desk.ports)


async def submitted(desk: Desk, browser: Browser, id_: str = ENTRY, kind: str = "entry", **groups: Any) -> Draft:
    """A draft in review."""
    draft = await edit(desk, browser, id_, kind, **groups)
    return await submit_draft(kind, id_, draft.version, author(browser), desk.ports)


async def change(desk: Desk, writer: Browser, reader: Browser, id_: str = ENTRY, kind: str = "entry", **groups: Any) -> None:
    """One writes it, another one accepts it."""
    draft = await submitted(desk, writer, id_, kind, **groups)
    await accept_draft(kind, id_, draft.version, author(reader), desk.ports)
