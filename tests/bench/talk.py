"""The client of the turns benchmark: several people at once, each asking a few questions one after the other."""

import asyncio
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import aiohttp

Body = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Speech:
    """How one side is spoken to."""

    url: str
    to_body: Callable[[str, str, Any], Body]
    """A question, the sender's own name and the answer before (None at first) as a request body."""
    is_answer: Callable[[Any], bool]
    """Whether a response says anything at all."""


@dataclass(frozen=True, kw_only=True)
class Round:
    """One pass over all questions."""

    turns_per_second: float
    p50_ms: float
    p99_ms: float
    client_share: float
    """How much of one core the client itself took: below 1, or it would be the client that is measured."""


async def talk(speech: Speech, chats: Sequence[Sequence[str]], *, people: int) -> Round:
    """Hold every chat, `people` of them at a time, each over a kept-alive connection. Raises RuntimeError at the first failed turn."""
    waiting = iter(chats)
    times: list[float] = []
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=people), cookie_jar=aiohttp.DummyCookieJar()) as session:
        started, processor = time.perf_counter(), time.process_time()
        async with asyncio.TaskGroup() as group:
            for _ in range(people):
                group.create_task(_hold(waiting, speech, session, times))
        took, worked = time.perf_counter() - started, time.process_time() - processor
    cuts = statistics.quantiles(times, n=100)
    return Round(turns_per_second=len(times) / took, p50_ms=cuts[49] * 1000, p99_ms=cuts[98] * 1000, client_share=worked / took)


def to_chats(questions: Sequence[str], length: int) -> list[tuple[str, ...]]:
    """The questions in chats of so many turns.

    >>> to_chats(["one", "two", "three"], 2)
    [('one', 'two'), ('three',)]
    """
    return [tuple(questions[start : start + length]) for start in range(0, len(questions), length)]


async def _hold(waiting: Iterator[Sequence[str]], speech: Speech, session: aiohttp.ClientSession, times: list[float]) -> None:
    for chat in waiting:
        sender, answer = uuid4().hex, None
        for question in chat:
            started = time.perf_counter()
            async with session.post(speech.url, json=speech.to_body(question, sender, answer)) as response:
                answer = await response.json()
            times.append(time.perf_counter() - started)
            if response.status != 200 or not speech.is_answer(answer):
                message = f"{speech.url} answered {response.status} to “{question}”: {str(answer)[:300]}"
                raise RuntimeError(message)


def median_of(rounds: Sequence[Round]) -> Round:
    """The median of every figure."""
    columns = zip(*(vars(each).items() for each in rounds), strict=True)
    return Round(**{column[0][0]: statistics.median(value for _, value in column) for column in columns})
