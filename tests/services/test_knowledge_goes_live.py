"""From the files into the database, and from there into a numbered publication with its model."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.adapters.knowledge_files.read_items import FileItem
from bot.domain.knowledge_drafts import Cause
from bot.domain.staff import StaffId
from bot.services.import_knowledge import import_knowledge
from bot.services.publish_knowledge import publish_knowledge
from bot.services.stored_knowledge import KnowledgeItem, Publication
from tests.fakes.world import World, real_items


@dataclass
class FakeTrainer:
    """Names models after the questions they are trained on, and counts the trainings."""

    models: set[str] = field(default_factory=set)
    trainings: int = 0

    def model_for(self, items: Sequence[KnowledgeItem]) -> str:
        return str(sorted(str(item.content.get("questions")) for item in items))

    def has_model(self, name: str) -> bool:
        return name in self.models

    async def train(self, items: Sequence[KnowledgeItem]) -> str:
        self.trainings += self.model_for(items) not in self.models
        self.models.add(self.model_for(items))
        return self.model_for(items)


def a_file(id_: str, **content: object) -> FileItem:
    """An entry in a file."""
    return FileItem(kind="entry", id=id_, content={"id": id_, **content}, file=Path("x.yml"))


async def edit(world: World, id_: str, **content: object) -> None:
    """Change an item in the database, as an editor would."""
    async with world.ports.unit_of_work() as work:
        (item,) = [each for each in await work.knowledge_items.all() if each.id == id_]
        await work.knowledge_items.put(replace(item, content={**item.content, **content}, content_hash="edited"))
        await work.commit()


async def stored(world: World) -> dict[str, KnowledgeItem]:
    async with world.ports.unit_of_work() as work:
        return {item.id: item for item in await work.knowledge_items.all()}


async def test_the_real_files_are_imported_once(world: World) -> None:
    first = await import_knowledge(real_items(), world.database.unit_of_work)
    assert len(first.added) == len(real_items())
    again = await import_knowledge(real_items(), world.database.unit_of_work)
    assert (again.added, again.updated, again.deleted, again.kept) == ((), (), (), ())


async def test_changed_and_removed_files_follow(world: World) -> None:
    await import_knowledge([a_file("a", title="old"), a_file("b")], world.database.unit_of_work)
    done = await import_knowledge([a_file("a", title="new"), a_file("c")], world.database.unit_of_work)
    assert (done.added, done.updated, done.deleted, done.kept) == (("entry c",), ("entry a",), ("entry b",), ())
    assert (await stored(world))["a"].content["title"] == "new"


async def test_an_edit_in_the_database_is_never_overwritten_or_deleted(world: World) -> None:
    await import_knowledge([a_file("a", title="old"), a_file("b")], world.database.unit_of_work)
    await edit(world, "a", title="edited")
    await edit(world, "b", title="edited")
    done = await import_knowledge([a_file("a", title="new")], world.database.unit_of_work)
    assert (done.updated, done.deleted, done.kept) == ((), (), ("entry a", "entry b"))
    assert {item.content["title"] for item in (await stored(world)).values()} == {"edited"}


async def test_what_an_import_replaces_stays_in_the_history_and_owners_stay(world: World) -> None:
    old = a_file("a", title="old")
    async with world.ports.unit_of_work() as work:
        owned = KnowledgeItem(
            kind="entry", id="a", content=old.content, imported_hash=old.hash, content_hash=old.hash, owner=StaffId("zoe")
        )
        await work.knowledge_items.put(owned)
        await work.commit()
    await import_knowledge([old, a_file("b")], world.database.unit_of_work, world.clock)
    assert world.tables.item_versions == []
    await import_knowledge([a_file("a", title="new")], world.database.unit_of_work, world.clock)
    await import_knowledge([a_file("a", title="newer")], world.database.unit_of_work, world.clock)
    titles = [(version.id, version.content.get("title"), version.cause) for version in world.tables.item_versions]
    assert titles == [
        ("a", "old", Cause.IMPORTED),
        ("a", "new", Cause.IMPORTED),
        ("b", None, Cause.IMPORTED),
        ("a", "newer", Cause.IMPORTED),
    ]
    assert (await stored(world))["a"].owner == "zoe"


async def test_publishing_trains_only_when_phrasings_changed(world: World) -> None:
    trainer = FakeTrainer()
    first = await republish(world, trainer, a_file("a", questions=["how"], answers="so"))
    assert (first.number, trainer.trainings) == (1, 1)
    assert await publish_knowledge(world.ports, trainer) == first
    second = await republish(world, trainer, a_file("a", questions=["how"], answers="otherwise"))
    assert (second.number, second.model, trainer.trainings) == (2, first.model, 1)
    assert second.items[0].content["answers"] == "otherwise"
    third = await republish(world, trainer, a_file("a", questions=["why"], answers="otherwise"))
    assert (third.number, third.model != first.model, trainer.trainings) == (3, True, 2)


async def test_a_lost_model_file_is_trained_again(world: World) -> None:
    trainer = FakeTrainer()
    await import_knowledge([a_file("a", questions=["how"])], world.database.unit_of_work)
    await publish_knowledge(world.ports, trainer)
    trainer.models.clear()
    again = await publish_knowledge(world.ports, trainer)
    assert trainer.has_model(again.model)
    assert trainer.trainings == 2


async def republish(world: World, trainer: FakeTrainer, *files: FileItem) -> Publication:
    """What a start of the program does."""
    imported = await import_knowledge(files, world.database.unit_of_work)
    return await publish_knowledge(world.ports, trainer, imported.changed)


def published_answers(publication: Publication) -> dict[str, object]:
    return {item.id: item.content.get("answers") for item in publication.items}


async def test_a_restart_publishes_what_the_files_brought_but_no_edit(world: World) -> None:
    trainer = FakeTrainer()
    first = await republish(world, trainer, a_file("a", answers="a1"), a_file("b", answers="b1"), a_file("c", answers="c1"))
    await edit(world, "a", answers="edited")
    assert (
        await republish(world, trainer, a_file("a", answers="a1"), a_file("b", answers="b1"), a_file("c", answers="c1"))
    ).number == first.number
    second = await republish(world, trainer, a_file("a", answers="a1"), a_file("b", answers="b2"), a_file("d", answers="d1"))
    assert published_answers(second) == {"a": "a1", "b": "b2", "d": "d1"}


async def test_a_start_that_was_broken_off_after_the_import_is_made_good_by_the_next(world: World) -> None:
    trainer = FakeTrainer()
    await republish(world, trainer, a_file("a", answers="a1"))
    await import_knowledge([a_file("a", answers="a2")], world.database.unit_of_work)
    assert published_answers(await publish_knowledge(world.ports, trainer)) == {"a": "a2"}


async def test_a_restart_does_not_undo_that_somebody_went_back(world: World) -> None:
    trainer = FakeTrainer()
    first = await republish(world, trainer, a_file("a", answers="good"), a_file("b", answers="b1"))
    await republish(world, trainer, a_file("a", answers="bad"), a_file("b", answers="b1"))
    async with world.ports.unit_of_work() as work:
        back = await work.publications.add(replace(first, restores=first.number))
        await work.commit()
    assert await republish(world, trainer, a_file("a", answers="bad"), a_file("b", answers="b1")) == back
    third = await republish(world, trainer, a_file("a", answers="bad"), a_file("b", answers="b2"))
    assert published_answers(third) == {"a": "good", "b": "b2"}
