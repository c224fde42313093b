"""The NLU server over HTTP: parse a text, train a model, load one."""

import asyncio
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp

from bot.adapters.rasa.training_data import MUNICIPALITY, OFFICE, OTHER_CITY
from bot.domain.errors import NotAvailableError
from bot.domain.knowledge import Intent, MunicipalityId
from bot.domain.understanding import Ranked, Understanding
from bot.services.ports import Published

TRAINING = {"force_training": "true", "save_to_default_model_directory": "false"}
PARSE_SECONDS = 3.0
TRAIN_SECONDS = 3600.0
PARSED_CHARACTERS = 1000
"""A longer text tells a story; its beginning is enough to know what it is about."""


class RasaClient:
    """Implements the Understander port."""

    def __init__(self, url: str, session: aiohttp.ClientSession, published: Published) -> None:
        """Take the address of a Rasa server started with --enable-api."""
        self.url, self._session, self._published = url.rstrip("/"), session, published

    async def understand(self, text: str) -> Understanding:
        """What a text means. Raises NotAvailableError when the server does not answer in time."""
        parsed = await self._post("/model/parse", {"text": text[:PARSED_CHARACTERS]}, PARSE_SECONDS)
        return to_understanding(parsed, text[:PARSED_CHARACTERS], self._published.knowledge.ambiguous_names)

    def reading_for(self, published: Published) -> "RasaClient":
        """The same server, read for another knowledge."""
        return RasaClient(self.url, self._session, published)

    async def train(self, training_data: str) -> bytes:
        """A model archive. Takes from seconds to minutes; the server goes on answering meanwhile."""
        async with self._request(TRAIN_SECONDS) as timeout:
            response = await self._session.post(
                f"{self.url}/model/train",
                params=TRAINING,
                data=io.BytesIO(training_data.encode()),
                headers={"Content-Type": "application/yaml"},
                timeout=timeout,
            )
            await _refuse_errors(response, "train")
            return await response.read()

    async def load(self, model: Path) -> None:
        """Switch to a model, by its path as the server sees it."""
        async with self._request(TRAIN_SECONDS) as timeout:
            response = await self._session.put(f"{self.url}/model", json={"model_file": str(model)}, timeout=timeout)
            await _refuse_errors(response, "load")

    async def loaded_model(self) -> str | None:
        """The file name of the model the server answers with; None when it has none."""
        async with self._request(PARSE_SECONDS) as timeout:
            response = await self._session.get(f"{self.url}/status", timeout=timeout)
            if response.status == 409:  # noqa: PLR2004
                return None
            await _refuse_errors(response, "status")
            return Path((await response.json()).get("model_file") or "").name or None

    async def _post(self, path: str, body: Mapping[str, str], seconds: float) -> Any:  # noqa: ANN401
        async with self._request(seconds) as timeout:
            response = await self._session.post(f"{self.url}{path}", json=body, timeout=timeout)
            await _refuse_errors(response, path)
            answer = await response.json()
            if not isinstance(answer, dict):
                raise ValueError(path)  # noqa: TRY004  # of what came from outside
            return answer

    def _request(self, seconds: float) -> "_Reaching":
        return _Reaching(seconds)


class _Reaching:
    """Turns every way a connection can fail into NotAvailableError."""

    def __init__(self, seconds: float) -> None:
        self._timeout = aiohttp.ClientTimeout(total=seconds)

    async def __aenter__(self) -> aiohttp.ClientTimeout:
        return self._timeout

    async def __aexit__(self, kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, aiohttp.ClientError | asyncio.TimeoutError | ValueError):
            message = f"The NLU server does not answer ({type(error).__name__})."
            raise NotAvailableError(message) from error


async def _refuse_errors(response: aiohttp.ClientResponse, doing: str) -> None:
    if response.status >= 400:  # noqa: PLR2004
        reason = (await response.text())[:300] if doing in ("train", "load") else ""
        message = f"The NLU server refused to {doing} (HTTP {response.status}). {reason}".strip()
        raise NotAvailableError(message)


def to_understanding(parsed: Mapping[str, Any], text: str, ambiguous: frozenset[str]) -> Understanding:
    """The server's answer as a domain value."""
    entities = [entity for entity in parsed.get("entities", ()) if is_meant(text[entity["start"] : entity["end"]], ambiguous)]
    ranking = tuple(
        Ranked(intent=Intent(each["name"]), confidence=float(each["confidence"]))
        for each in parsed.get("intent_ranking", ())
        if each["name"]
    )
    cities = [entity for entity in entities if entity["entity"] in (MUNICIPALITY, OTHER_CITY)]
    return Understanding(
        ranking=ranking,
        municipalities=tuple(dict.fromkeys(MunicipalityId(entity["value"]) for entity in cities if entity["entity"] == MUNICIPALITY)),
        other_cities=tuple(dict.fromkeys(str(entity["value"]) for entity in cities if entity["entity"] == OTHER_CITY)),
        offices=tuple(dict.fromkeys(str(entity["value"]) for entity in entities if entity["entity"] == OFFICE)),
        remainder=_without(text, cities),
        model=str(parsed.get("model") or ""),
    )


def is_meant(written: str, ambiguous: frozenset[str]) -> bool:
    """Whether a name is meant as a name: "Essen" is a city, "essen" is not.

    >>> is_meant("essen", frozenset({"Essen"})), is_meant("Essen", frozenset({"Essen"})), is_meant("halle", frozenset())
    (False, True, True)
    """
    return written in ambiguous or written.casefold() not in {name.casefold() for name in ambiguous}


def _without(text: str, entities: list[Any]) -> str:
    """The text with spaces in the place of names, which may overlap."""
    named = {place for entity in entities for place in range(entity["start"], entity["end"])}
    return "".join(" " if place in named else char for place, char in enumerate(text))
