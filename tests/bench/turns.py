"""Turns per second of our HTTP API beside Rasa's own REST channel, on the same questions: `python -m tests.bench.turns`."""

import argparse
import asyncio
import os
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.adapters.knowledge_files.build_knowledge import build_knowledge
from bot.adapters.knowledge_files.read_items import read_items
from bot.assemble.folders import KNOWLEDGE
from bot.assemble.knowledge_files import phrasings_of_files
from bot.domain.knowledge import KnowledgeBase
from tests.bench.bot_process import bot_process, count_answered
from tests.bench.rasa_server import rasa_server
from tests.bench.report import write_turns
from tests.bench.rule_bot import to_rule_bot
from tests.bench.talk import Round, Speech, median_of, talk, to_chats

OURS, RASA = "POST /api/v1/messages, every turn stored", "Rasa REST channel, RulePolicy"
PEOPLE, TURNS_PER_CHAT, SEED = 8, 5, 1
BAR = 1.5
REST_CHANNEL = "rest:\n"


@dataclass(frozen=True, kw_only=True)
class Result:
    """One line of the table; medians of the rounds."""

    side: str
    turns_per_second: float
    p50_ms: float
    p99_ms: float
    rounds: list[float]


def main() -> int:
    """Measure both sides, print the table and write docs/benchmarks.*; 1 when a turn is missing in the database."""
    options, load = _read_options(), os.getloadavg()[0]
    knowledge = build_knowledge(read_items(KNOWLEDGE))
    questions = choose_questions(knowledge, options.questions)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        data = Path(folder)
        print("Starting our bot, with a model of its own …", flush=True)
        ours = stack.enter_context(bot_process(data))
        print("Training Rasa's rule bot …", flush=True)
        rasa = stack.enter_context(rule_bot(knowledge, data))
        speeches = {OURS: speak_to_us(ours), RASA: speak_to_rasa(rasa)}
        rounds = asyncio.run(measure(speeches, questions, options.rounds))
        sent, stored = (options.rounds + 1) * len(questions), count_answered(data)
    if stored != sent:
        print(f"{sent} turns were answered, but {stored} are stored.", file=sys.stderr)
        return 1
    ours_result, rasa_result = (asdict(to_result(side, rounds[side])) for side in (OURS, RASA))
    print(write_turns(ours_result, rasa_result, circumstances(options, rounds, load=load, stored=stored)))
    return 0


def choose_questions(knowledge: KnowledgeBase, number: int) -> list[str]:
    """Phrasings of entries, the same ones in every run."""
    intents = {entry.intent for entry in knowledge.entries.values()}
    asked = sorted({phrasing.text for phrasing in phrasings_of_files() if phrasing.intent in intents})
    return random.Random(SEED).sample(asked, number)


@contextmanager
def rule_bot(knowledge: KnowledgeBase, folder: Path) -> Iterator[str]:
    """A Rasa server with a REST channel and rules; its address."""
    credentials = folder / "credentials.yml"
    credentials.write_text(REST_CHANNEL, encoding="utf-8")
    with rasa_server("--credentials", str(credentials)) as server:
        archive = folder / "rule_bot.tar.gz"
        archive.write_bytes(server.train(to_rule_bot(knowledge)))
        server.load(archive)
        yield server.url


def speak_to_us(address: str) -> Speech:
    """Our API: the conversation comes with the first answer."""

    def to_body(question: str, _sender: str, before: Any) -> dict[str, str]:
        return {"text": question, **({"conversation": before["conversation"]} if before else {})}

    return Speech(url=f"{address}api/v1/messages", to_body=to_body, is_answer=lambda answer: bool(answer.get("replies")))


def speak_to_rasa(address: str) -> Speech:
    """Rasa's REST channel: the sender names himself."""
    return Speech(
        url=f"{address}/webhooks/rest/webhook",
        to_body=lambda question, sender, _before: {"sender": sender, "message": question},
        is_answer=bool,
    )


async def measure(speeches: dict[str, Speech], questions: Sequence[str], rounds: int) -> dict[str, list[Round]]:
    """Warm both sides up with every question, then let them answer all of them in alternating rounds."""
    chats = to_chats(questions, TURNS_PER_CHAT)
    for speech in speeches.values():
        await talk(speech, chats, people=PEOPLE)
    measured: dict[str, list[Round]] = {side: [] for side in speeches}
    for side in list(speeches) * rounds:  # in turns, so that a busy minute of the machine hits both
        measured[side].append(await talk(speeches[side], chats, people=PEOPLE))
        print(f"{side}: {measured[side][-1].turns_per_second:.0f} turns a second", flush=True)
    return measured


def to_result(side: str, rounds: Sequence[Round]) -> Result:
    """The medians of the rounds."""
    median = median_of(rounds)
    return Result(
        side=side,
        turns_per_second=round(median.turns_per_second, 1),
        p50_ms=round(median.p50_ms, 1),
        p99_ms=round(median.p99_ms, 1),
        rounds=[round(each.turns_per_second, 1) for each in rounds],
    )


def circumstances(options: argparse.Namespace, rounds: dict[str, list[Round]], *, load: float, stored: int) -> dict[str, Any]:
    """Under which circumstances it was measured."""
    return {
        "bar": BAR,
        "questions": options.questions,
        "rounds": options.rounds,
        "connections": PEOPLE,
        "turns_per_chat": TURNS_PER_CHAT,
        "turns_stored": stored,
        "load_before": round(load, 2),
        "client_share_of_a_core": {side: round(median_of(each).client_share, 2) for side, each in rounds.items()},
    }


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=1000, help="how many different questions each side answers in a round")
    parser.add_argument("--rounds", type=int, default=3, help="how often each side answers them; medians are reported")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
