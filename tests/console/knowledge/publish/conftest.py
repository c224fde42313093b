"""The desk with a workshop: models are sets of names, and what they understand is written down."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.adapters.database.database import Database
from bot.console.console import Console
from bot.domain.languages import Language
from bot.domain.proof import Asked, ProofQuestion
from bot.services.publish_knowledge import fingerprint_items
from bot.services.stored_knowledge import KnowledgeItem, Publication
from tests.console.conftest import Desk, make_ports
from tests.console.knowledge.steps import ENTRY
from tests.fakes.world import FakeUnderstander, World

QUESTIONS = (
    ProofQuestion(key="de:1", kind=Asked.QUESTION, text="was plant dresden", language=Language("de"), entries=(ENTRY,)),
    ProofQuestion(key="ar:1", kind=Asked.QUESTION, text="ما هي خطة دريسدن", language=Language("ar"), entries=(ENTRY,)),
    ProofQuestion(key="de:stray", kind=Asked.STRAY, text="wie wird das wetter", language=Language("de")),
)


@dataclass
class FakeWorkshop:
    """Implements publishing_ports.Workshop. New models do not understand what `forgets` names."""

    models: set[str] = field(default_factory=set)
    forgets: set[str] = field(default_factory=set)
    trained: set[str] = field(default_factory=set)
    trainings: int = 0

    def model_for(self, items: Sequence[KnowledgeItem]) -> str:
        return fingerprint_items([item for item in items if item.kind == "entry"])

    def has_model(self, name: str) -> bool:
        return name in self.models

    async def train(self, items: Sequence[KnowledgeItem]) -> None:
        self.trainings += self.model_for(items) not in self.models
        self.models.add(self.model_for(items))
        self.trained.add(self.model_for(items))

    async def load(self, model: str, published: object) -> FakeUnderstander:
        assert self.has_model(model)
        assert published
        reader = FakeUnderstander()
        for question in QUESTIONS[:2]:
            if model not in self.trained or question.text not in self.forgets:
                reader.learn(question.text, ("paper.about", 0.95), cities=("dresden",))
        return reader

    def forget(self, models: Sequence[str]) -> None:
        self.models -= set(models)


@dataclass
class PublishingDesk(Desk):
    """The desk, and its workshop."""

    workshop: FakeWorkshop = field(default_factory=FakeWorkshop)


@pytest.fixture
async def publishing_desk(database: Database) -> AsyncIterator[PublishingDesk]:
    world, workshop = World(database=database), FakeWorkshop()
    ports = make_ports(world)
    ports = replace(ports, knowledge=replace(ports.knowledge, workshop=workshop, proof_questions=lambda: QUESTIONS))
    async with database.unit_of_work() as work:
        items = tuple(await work.knowledge_items.all())
        model = workshop.model_for(items)
        await work.publications.add(
            Publication(number=0, fingerprint=fingerprint_items(items, model), model=model, items=items, published_at=world.clock())
        )
        await work.commit()
    workshop.models.add(model)
    app = web.Application()
    Console(ports=ports).add_to(app)
    async with TestClient(TestServer(app)) as client:
        yield PublishingDesk(world=world, ports=ports, client=client, workshop=workshop)
