"""How long it takes from the button to the new answer, and how people are answered meanwhile: `python -m tests.bench.publishing`."""

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import yaml

from bot.adapters.rasa.training_data import all_phrasings
from bot.assemble.folders import OURS
from bot.assemble.house import House
from bot.assemble.open_house import open_house
from bot.domain.messages import Status
from bot.domain.publication_runs import RunState
from bot.serve import open_doors
from bot.services.desk.knowledge.request_publication import request_publication
from bot.settings import read_settings
from tests.bench.report import write_publishing
from tests.journeys.test_publishing import PUBLISHER, WHO, accept, content_of
from tests.quality.chat import open_chat

WARM_UP = 20
QUESTION = "wer bist du?"


@dataclass(frozen=True, kw_only=True)
class Result:
    """One publication."""

    change: str
    to_live_seconds: float
    training_seconds: float
    proving_seconds: float
    turns: int
    failed: int
    turn_p50_ms: float
    turn_p99_ms: float
    turn_longest_ms: float


def main() -> int:
    """Publish four changes, print the table and write docs/benchmarks.*; 1 when a turn failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=0, help="phrasings of an entry in one language; 0: all")
    parser.add_argument("--pause", type=float, default=0.05, help="seconds between two questions of people")
    options, load = parser.parse_args(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        results, circumstances = asyncio.run(measure(Path(folder), options.most, options.pause))
    circumstances |= {"most": options.most, "pause": options.pause, "load_before": round(load, 2)}
    print(write_publishing([asdict(result) for result in results], circumstances))
    return int(any(result.failed for result in results))


async def measure(folder: Path, most: int, pause: float) -> tuple[list[Result], dict[str, Any]]:
    """Open the whole house on the shipped knowledge, and publish one change after the other."""
    settings = read_settings(_env_file=None, data=folder / "data", port=0, messages_per_minute=0)
    folders = replace(OURS, knowledge=thin_out(folder / "knowledge", most)) if most else OURS
    async with open_house(settings, print, folders) as house, open_doors(house):
        knowledge = house.published.knowledge
        circumstances = {"phrasings": len(all_phrasings(knowledge, OURS.nlu_data)), "entries": len(knowledge.entries)}
        for _ in range(WARM_UP):
            await ask(house)
        changes = [("an answer, first publication", "answer"), ("an answer", "answer"), ("a phrasing", "phrasing")]
        changes += [("another phrasing", "phrasing")]
        results = [await publish(house, name, kind, number, pause) for number, (name, kind) in enumerate(changes)]
        async with house.ports.unit_of_work() as work:
            newest = (await work.publication_runs.newest(1))[0]
        circumstances["questions"] = len(newest.report.after) if newest.report else 0
    return results, circumstances


def thin_out(folder: Path, most: int) -> Path:
    """A copy of the knowledge with at most so many phrasings of an entry in one language."""
    shutil.copytree(OURS.knowledge, folder)
    for file in (folder / "entries").rglob("*.yml"):
        entry = yaml.safe_load(file.read_text(encoding="utf-8"))
        entry["questions"] = {language: texts[:most] for language, texts in entry["questions"].items()}
        file.write_text(yaml.safe_dump(entry, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


async def publish(house: House, name: str, kind: str, number: int, pause: float) -> Result:
    """Accept a change, press the button, and ask until it is live."""
    content = await content_of(house, WHO)
    if kind == "answer":
        await accept(house, WHO, answers={**content["answers"], "de": content["answers"]["de"] + "\n" * (number + 1)})
    else:
        questions = content["questions"]
        await accept(
            house, WHO, questions={**questions, "de": [*questions["de"], f"welches wesen nummer {number} wohnt in diesem telefon"]}
        )
    former, started, times, failed = house.published.publication.number, perf_counter(), [], 0
    asked = await request_publication(PUBLISHER, house.desk)
    while house.published.publication.number == former:
        before = perf_counter()
        failed += not await ask(house)
        times.append(perf_counter() - before)
        await asyncio.sleep(pause)
        async with house.ports.unit_of_work() as work:
            run = (await work.publication_runs.newest(1))[0]
        if run.is_over and run.state is not RunState.LIVE:
            sys.exit(f"{name}: the publication ended as “{run.state}” ({run.fault}).")
    seconds = perf_counter() - started
    async with house.ports.unit_of_work() as work:
        run, _ = await work.publication_runs.get(asked.number)
    steps = run.report.seconds if run.report else {}
    return Result(
        change=name,
        to_live_seconds=round(seconds, 1),
        training_seconds=steps.get("training", 0.0),
        proving_seconds=steps.get("proving", 0.0),
        turns=len(times),
        failed=failed,
        turn_p50_ms=round(1000 * median(times), 1),
        turn_p99_ms=round(1000 * quantiles(times, n=100, method="inclusive")[-1], 1),
        turn_longest_ms=round(1000 * max(times), 1),
    )


async def ask(house: House) -> bool:
    """Whether a person's question is answered with the right entry."""
    async with open_chat(house.ports, "de") as chat:
        answer = await chat.says(QUESTION)
    return answer.status is Status.ANSWERED and answer.entry == WHO


if __name__ == "__main__":
    sys.exit(main())
