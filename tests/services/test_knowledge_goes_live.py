"""From the files into the database, and from there into a numbered publication with its model."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.adapters.knowledge_files.read_items import FileItem
from bot.services.import_knowledge import import_knowledge
from bot.services.publish_knowledge import publish_knowledge
from bot.services.stored_knowledge import KnowledgeItem
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


async def test_publishing_trains_only_when_phrasings_changed(world: World) -> None:
    trainer = FakeTrainer()
    await import_knowledge([a_file("a", questions=["how"], answers="so")], world.database.unit_of_work)
    first = await publish_knowledge(world.ports, trainer)
    assert (first.number, trainer.trainings) == (1, 1)
    assert await publish_knowledge(world.ports, trainer) == first
    await edit(world, "a", answers="otherwise")
    second = await publish_knowledge(world.ports, trainer)
    assert (second.number, second.model, trainer.trainings) == (2, first.model, 1)
    assert second.items[0].content["answers"] == "otherwise"
    await edit(world, "a", questions=["why"])
    async with world.ports.unit_of_work() as work:
        item = (await work.knowledge_items.all())[0]
        await work.knowledge_items.put(replace(item, content_hash="edited again"))
        await work.commit()
    third = await publish_knowledge(world.ports, trainer)
    assert (third.number, third.model != first.model, trainer.trainings) == (3, True, 2)


async def test_a_lost_model_file_is_trained_again(world: World) -> None:
    trainer = FakeTrainer()
    await import_knowledge([a_file("a", questions=["how"])], world.database.unit_of_work)
    await publish_knowledge(world.ports, trainer)
    trainer.models.clear()
    again = await publish_knowledge(world.ports, trainer)
    assert trainer.has_model(again.model)
    assert trainer.trainings == 2
