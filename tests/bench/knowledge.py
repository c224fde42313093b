"""How fast the knowledge desk is with 500 entries, over HTTP, on SQLite and PostgreSQL: `python -m tests.bench.knowledge`."""

import argparse
import asyncio
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.adapters.database.database import Database
from bot.adapters.knowledge_files.build_knowledge import build_knowledge
from bot.channels.web_chat.pages import protect
from bot.console.console import Console
from bot.domain.knowledge_drafts import Draft, DraftState
from bot.domain.languages import Language
from bot.domain.questions import QuestionKind, UnansweredQuestion
from bot.domain.staff import Role, StaffId
from bot.domain.usage import Happening, UsageKind
from bot.services.stored_knowledge import KnowledgeItem
from tests.bench.desk import BAR_MS, Result, measure_page, postgresql
from tests.bench.report import write_knowledge
from tests.console.conftest import Desk, make_ports
from tests.fakes.world import CIPHER, MORNING, THRESHOLDS, TWELVE, FakePublished, World, real_items

DRAFTS = 60
DAYS = 400
QUESTIONS = 500
PAGES = {
    "overview": "/knowledge",
    "overview, last page": "/knowledge?page=99",
    "missing in Turkish": "/knowledge?spoken=tr&translation=missing",
    "topic and city": "/knowledge?topic=city-papers&city=halle",
    "overdue": "/knowledge?freshness=overdue",
    "nobody asks": "/knowledge?stage=never-asked",
    "in review": "/knowledge?stage=in-review",
    "search in titles": "/knowledge?q=F%C3%B6rderung",
    "usage of this month": "/knowledge/usage",
    "usage of a month": "/knowledge/usage?month=2026-10",
    "contacts, programmes, sources": "/knowledge/contacts",
    "open questions": "/knowledge/questions",
    "review": "/knowledge/review",
    "publishing": "/knowledge/publish",
    "links": "/knowledge/links",
    "news": "/knowledge/news",
    "files": "/knowledge/files",
}


def main() -> int:
    """Measure both databases, print the table and write docs/benchmarks.*; 1 when a page is slower than the bar."""
    options, load = _read_options(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder, postgresql(Path(folder)) as address:
        urls = {"SQLite": f"sqlite:///{folder}/desk.db", "PostgreSQL": address}
        results = [result for name, url in urls.items() for result in asyncio.run(measure(name, url, options))]
    circumstances = {"entries": options.entries, "drafts": DRAFTS, "days": DAYS, "requests": options.requests, "bar_ms": BAR_MS}
    print(write_knowledge([asdict(result) for result in results], {**circumstances, "load_before": round(load, 2)}))
    return int(any(result.p95_ms > BAR_MS for result in results))


async def measure(name: str, url: str, options: argparse.Namespace) -> list[Result]:
    """Fill a database and open every page as an editor."""
    database = Database(url, CIPHER)
    await database.migrate()
    items = make_items(options.entries)
    world = World(database=database).with_ports(published=FakePublished(build_knowledge(items), dict.fromkeys(TWELVE, THRESHOLDS)))
    ports = make_ports(world)
    app = web.Application(middlewares=[protect])
    Console(ports=ports).add_to(app)
    async with TestClient(TestServer(app)) as client:
        desk = Desk(world=world, ports=ports, client=client)
        editor = await desk.meet(Role.EDITOR)
        assert editor.member
        await fill(database, items, editor.member.id)
        entry = next(item.id for item in items if item.kind == "entry")
        pages = PAGES | {"an entry in the editor": f"/knowledge/entry/{entry}?translation=tr"}
        results = [await measure_page(name, page, editor, path, options.requests) for page, path in pages.items()]
    await database.close()
    return results


def make_items(number: int) -> list[KnowledgeItem]:
    """So many entries, copies of the real ones under other names and with phrasings of their own; all else as it is."""
    dice = random.Random(1)
    real = [
        KnowledgeItem(kind=each.kind, id=each.id, content=each.content, imported_hash=each.hash, content_hash=each.hash)
        for each in real_items()
    ]
    entries, items = [item for item in real if item.kind == "entry"], [item for item in real if item.kind != "entry"]
    for copy in range(number):
        entry = entries[copy % len(entries)]
        id_, content = f"{entry.id}-{copy}", vary(entry.content, copy, dice)
        items.append(replace(entry, id=id_, content={**content, "id": id_, "related": []}, content_hash=f"{entry.content_hash}-{copy}"))
    return items


def vary(content: Mapping[str, Any], copy: int, dice: random.Random) -> dict[str, Any]:
    """An entry with a number in its texts; now and then a translation is missing or outdated, or the review is due."""
    answers = {code: f"{text} ({copy})" for code, text in content["answers"].items() if code == "de" or dice.random() > 0.02}
    states = {code: "current" if code == "de" or dice.random() > 0.1 else "outdated" for code in content["translations"]}
    return {
        **content,
        "title": {code: f"{text} {copy}" for code, text in content["title"].items()},
        "questions": {code: [f"{text} {copy}" for text in texts] for code, texts in content["questions"].items()},
        "answers": answers,
        "translations": states,
        "review_after": str(MORNING.date() + timedelta(days=dice.randrange(-30, 400))),
    }


async def fill(database: Database, items: Sequence[KnowledgeItem], editor: StaffId) -> None:
    """Store the items, drafts of some, questions, and what was counted."""
    dice = random.Random(2)
    entries = [item for item in items if item.kind == "entry"]
    async with database.unit_of_work() as work:
        for item in items:
            await work.knowledge_items.put(item)
        for number, item in enumerate(dice.sample(entries, DRAFTS)):
            answers = {**item.content["answers"], "tr": "Yeni bir cevap."}  # type: ignore[dict-item]
            await work.drafts.save(Draft(
                kind="entry", id=item.id, content={**item.content, "answers": answers}, base_hash=item.content_hash,
                state=list(DraftState)[number % 3], authors=(editor,), saved_by=editor, saved_at=MORNING,
            ))  # fmt: skip
        for number in range(QUESTIONS):
            await work.unanswered_questions.add(UnansweredQuestion(
                kind=QuestionKind.UNANSWERED, text=f"Frage {number}", language=Language(dice.choice(TWELVE)), municipality=None, entries=(),
                asked_on=MORNING.date() - timedelta(days=dice.randrange(90)),
            ))  # fmt: skip
        await work.usage.add(make_usage([item.id for item in entries], dice))
        await work.commit()


def make_usage(entries: Sequence[str], dice: random.Random) -> Counter[Happening]:
    """What a busy bot counts in more than a year; a fifth of the entries is never asked for."""
    usage: Counter[Happening] = Counter()
    for back in range(DAYS):
        for _ in range(300):
            kind = dice.choice((UsageKind.ANSWERED, UsageKind.ANSWERED, UsageKind.SHOWN, UsageKind.DECLINED))
            entry = "" if kind is UsageKind.DECLINED else dice.choice(entries[: len(entries) * 4 // 5])
            city = dice.choice(("halle", "dresden", ""))
            usage[Happening(MORNING.date() - timedelta(days=back), kind, entry, dice.choice(TWELVE), city)] += 1
    return usage


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=500, help="how many entries there are")
    parser.add_argument("--requests", type=int, default=60, help="how often each page is opened")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
