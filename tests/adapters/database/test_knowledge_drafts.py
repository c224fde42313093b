"""One draft for each item, saved by one at a time; and versions that are never changed."""

from dataclasses import replace

import pytest

from bot.adapters.database.database import Database
from bot.domain.errors import ConflictError
from bot.domain.knowledge_drafts import Cause, Draft, DraftState, ItemVersion
from bot.domain.staff import StaffId
from bot.services.desk.knowledge.stored_drafts import DraftOutline
from tests.adapters.database.samples import NOW

DRAFT = Draft(
    kind="entry",
    id="halle.contact",
    content={"title": {"de": "Büro", "ar": "مكتب"}, "facts": [1, 2.5, "2024-01-02"], "more": None},
    base_hash="a",
    authors=(StaffId("zoe"), StaffId("yan")),
    remark="Bitte kürzer.",
    saved_by=StaffId("yan"),
    saved_at=NOW,
)
VERSION = ItemVersion(
    kind="entry",
    id="halle.contact",
    cause=Cause.EDITED,
    content=DRAFT.content,
    content_hash="b",
    authors=DRAFT.authors,
    reviewer=StaffId("xenia"),
    accepted_at=NOW,
)


async def test_a_draft_comes_back_as_it_was_saved(database: Database) -> None:
    async with database.unit_of_work() as work:
        first = await work.drafts.save(DRAFT)
        assert first == replace(DRAFT, version=first.version)
        second = await work.drafts.save(replace(first, state=DraftState.IN_REVIEW, authors=(StaffId("zoe"),)))
        other = await work.drafts.save(replace(DRAFT, kind="contact"))
        await work.commit()
    async with database.unit_of_work() as work:
        assert await work.drafts.find("entry", "halle.contact") == second
        assert await work.drafts.all() == [other, second]
        assert await work.drafts.outline() == [
            DraftOutline(kind=each.kind, id=each.id, state=each.state, authors=each.authors) for each in (other, second)
        ]
        await work.drafts.delete("entry", "halle.contact")
        await work.drafts.delete("entry", "never was")
        assert await work.drafts.find("entry", "halle.contact") is None


async def test_whoever_saw_another_version_does_not_save(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.drafts.save(DRAFT)
        await work.commit()
    for seen in (0, 2):
        with pytest.raises(ConflictError):
            async with database.unit_of_work() as work:
                await work.drafts.save(replace(DRAFT, version=seen))


async def test_versions_are_listed_newest_first(database: Database) -> None:
    async with database.unit_of_work() as work:
        first = await work.item_versions.add(replace(VERSION, cause=Cause.IMPORTED, authors=(), reviewer=None))
        await work.item_versions.add(replace(VERSION, id="other"))
        second = await work.item_versions.add(VERSION)
        assert second.number > first.number > 0
        assert await work.item_versions.of_item("entry", "halle.contact") == [second, first]
        assert await work.item_versions.of_item("contact", "halle.contact") == []


async def test_a_new_draft_is_never_taken_for_an_earlier_one(database: Database) -> None:
    async with database.unit_of_work() as work:
        former = await work.drafts.save(DRAFT)
        await work.drafts.delete(DRAFT.kind, DRAFT.id)
        await work.drafts.save(replace(DRAFT, content={"title": {"de": "Etwas anderes"}}))
        with pytest.raises(ConflictError):
            await work.drafts.save(former)
