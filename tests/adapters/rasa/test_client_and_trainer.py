"""Speaking with an NLU server that misbehaves, and keeping models whole; the real server is met in the journeys."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.adapters.knowledge_files.build_knowledge import build_knowledge
from bot.adapters.knowledge_files.read_items import read_items
from bot.adapters.rasa import client as client_module
from bot.adapters.rasa.client import PARSED_CHARACTERS, RasaClient
from bot.adapters.rasa.trainer import RasaTrainer
from bot.domain.errors import NotAvailableError
from bot.services.stored_knowledge import KnowledgeItem
from tests.adapters.knowledge_files import small
from tests.adapters.rasa.test_training_data import a_folder
from tests.fakes.world import FakePublished, real_knowledge


class Answering:
    """An HTTP server that answers every request the same way, and remembers what it was asked."""

    def __init__(self) -> None:
        self.status, self.body, self.seconds = 200, b"{}", 0.0
        self.asked: list[tuple[str, str, bytes]] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append((request.method, request.path_qs, await request.read()))
        await asyncio.sleep(self.seconds)
        return web.Response(status=self.status, body=self.body, content_type="application/json")


@pytest_asyncio.fixture
async def server() -> AsyncIterator[tuple[Answering, RasaClient]]:
    answering, app = Answering(), web.Application()
    app.router.add_route("*", "/{path:.*}", answering.answer)
    async with TestServer(app) as running, aiohttp.ClientSession() as session:
        yield answering, RasaClient(str(running.make_url("/")), session, FakePublished(real_knowledge(), {}))


async def test_a_text_is_read(server) -> None:
    answering, client = server
    answering.body = b'{"intent_ranking": [{"name": "greeting", "confidence": 0.9}], "entities": []}'
    reading = await client.understand("hallo" * 1000)
    assert reading.confidence_in("greeting") == 0.9
    ((method, path, body),) = answering.asked
    assert (method, path) == ("POST", "/model/parse")
    assert len(body) < PARSED_CHARACTERS + 50


@pytest.mark.parametrize(("status", "body"), [(500, b"{}"), (409, b"{}"), (200, b"no json"), (200, b"")])
async def test_a_server_that_stumbles_counts_as_away(server, status: int, body: bytes) -> None:
    answering, client = server
    answering.status, answering.body = status, body
    with pytest.raises(NotAvailableError) as caught:
        await client.understand("my secret")
    assert "secret" not in str(caught.value)


async def test_a_server_that_is_slow_counts_as_away(server, monkeypatch: pytest.MonkeyPatch) -> None:
    answering, client = server
    monkeypatch.setattr(client_module, "PARSE_SECONDS", 0.05)
    answering.seconds = 0.5
    with pytest.raises(NotAvailableError, match="TimeoutError"):
        await client.understand("hallo")


async def test_no_server_counts_as_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with aiohttp.ClientSession() as session:
        client = RasaClient(f"http://127.0.0.1:{port}", session, FakePublished(real_knowledge(), {}))
        for step in (client.understand("hallo"), client.loaded_model(), client.load(Path("m")), client.train("x")):
            with pytest.raises(NotAvailableError):
                await step


@pytest.mark.parametrize(
    ("status", "body", "model"),
    [(200, b'{"model_file": "data/models/abc.tar.gz"}', "abc.tar.gz"), (200, b'{"model_file": null}', None), (409, b"{}", None)],
)
async def test_which_model_is_loaded(server, status: int, body: bytes, model: str | None) -> None:
    answering, client = server
    answering.status, answering.body = status, body
    assert await client.loaded_model() == model


async def test_a_refused_training_says_why(server) -> None:
    answering, client = server
    answering.status, answering.body = 500, b'{"reason": "no pipeline"}'
    with pytest.raises(NotAvailableError, match="no pipeline"):
        await client.train("version: 3")


def stored_items(folder: Path) -> list[KnowledgeItem]:
    """The small knowledge as the database holds it."""
    small.write(folder)
    items = read_items(folder)
    return [KnowledgeItem(kind=each.kind, id=each.id, content=each.content, imported_hash="", content_hash="") for each in items]


async def test_a_model_is_trained_once_and_stored_whole(server, tmp_path: Path) -> None:
    answering, client = server
    answering.body = b"a model"
    trainer = RasaTrainer(client, a_folder(tmp_path / "nlu"), tmp_path / "models", build_knowledge)
    items = stored_items(tmp_path / "knowledge")
    name = trainer.model_for(items)
    assert not trainer.has_model(name)
    assert await trainer.train(items) == await trainer.train(items) == name
    assert [file.name for file in (tmp_path / "models").iterdir()] == [name]
    assert trainer.path(name).read_bytes() == b"a model"
    ((method, path, body),) = answering.asked
    assert (method, path.partition("?")[0]) == ("POST", "/model/train")
    assert "halle.money" in body.decode()


async def test_a_training_that_fails_leaves_no_model(server, tmp_path: Path) -> None:
    answering, client = server
    answering.status = 500
    trainer = RasaTrainer(client, a_folder(tmp_path / "nlu"), tmp_path / "models", build_knowledge)
    items = stored_items(tmp_path / "knowledge")
    with pytest.raises(NotAvailableError):
        await trainer.train(items)
    assert not trainer.has_model(trainer.model_for(items))
