"""Write docs/quality.md and docs/quality.json: `python -m tests.quality.report` (`make nlu-report`)."""

import argparse
import asyncio
import dataclasses
import hashlib
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bot.assemble.folders import ROOT
from bot.assemble.house import House
from bot.assemble.knowledge_files import phrasings_of_files
from bot.assemble.open_house import open_house
from bot.logs import set_up_logs
from bot.settings import read_settings
from tests.quality.measure import Outcome, Result, measure
from tests.quality.page import to_markdown
from tests.quality.questions import FOLDER, Nothing, Question, Stray, read_questions
from tests.quality.summary import percent, summarise

JSON, PAGE = ROOT / "docs/quality.json", ROOT / "docs/quality.md"
CROSS_VALIDATION = ROOT / "nlu_data/thresholds.json"
TOP = 3


def main() -> None:
    """Measure everything, write both files, and print the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true", help="print every message that went wrong, too")
    options = parser.parse_args()
    set_up_logs("text", quiet=True)
    results, figures = asyncio.run(ask_everything())
    if options.failures:
        print_failures(results)
    JSON.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(to_markdown(figures), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


async def ask_everything() -> tuple[list[Result], dict[str, Any]]:
    """Open a house of its own with the current model, and ask."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        models = ROOT / "data" / "models"
        models.mkdir(parents=True, exist_ok=True)
        (Path(folder) / "models").symlink_to(models)
        settings = read_settings(_env_file=None, data=folder, port=0, link_check="off")
        async with open_house(settings, lambda step: print(f"{step} …", file=sys.stderr)) as house:
            spoken = [language for language in house.ports.wording.languages if "-" not in language]
            languages = [language for language in spoken if (FOLDER / f"{language}.yml").exists()]
            readings = {language: await read_one_by_one(house, language) for language in languages}
            started = time.monotonic()
            results = await measure(house.ports, languages)
            print(f"{len(results)} messages in {time.monotonic() - started:.0f} s", file=sys.stderr)
    own = {language: [result for result in results if result.case.language == language] for language in languages}
    figures = {language: dataclasses.asdict(summarise(own[language])) | readings[language] for language in languages}
    machine = {"cores": os.cpu_count(), "load_before": round(load, 2)}
    missing = [language for language in spoken if language not in languages]
    return results, {"machine": machine, "cross_validation": read_cross_validation(), "not_measured": missing, "languages": figures}


async def read_one_by_one(house: House, language: str) -> dict[str, float]:
    """How long the NLU server takes for one question, and how often it reads it right when no threshold holds it back."""
    knowledge, milliseconds, first, among = house.ports.published.knowledge, [], 0, 0
    questions = read_questions(language)
    await house.ports.understander.understand(questions[0].text)
    for question in questions:
        started = time.perf_counter()
        reading = await house.ports.understander.understand(question.text)
        milliseconds.append((time.perf_counter() - started) * 1000)
        right = {knowledge.entries[entry].intent for entry in question.entries}  # type: ignore[index]
        first += bool(reading.ranking) and reading.ranking[0].intent in right
        among += any(ranked.intent in right for ranked in reading.ranking[:TOP])
    total = len(questions)
    return {"parse_p50_ms": round(statistics.median(milliseconds), 1), "top_1": percent(first, total), "top_3": percent(among, total)}


def read_cross_validation() -> dict[str, Any]:
    """What `make calibrate` found, and whether the phrasings have changed since."""
    found = json.loads(CROSS_VALIDATION.read_text(encoding="utf-8"))
    lines = (json.dumps(dataclasses.asdict(phrasing), ensure_ascii=False) + "\n" for phrasing in phrasings_of_files())
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()[:16]
    return {"is_current": digest == found["examples_sha256"], "languages": found["languages"]}


def print_failures(results: list[Result]) -> None:
    """Every message that did not get what it should, with what it got: to look at, not to train on."""
    for result in results:
        case = result.case
        fine = (Outcome.DECLINED, Outcome.ELSEWHERE) if isinstance(case, Stray) else (Outcome.RIGHT,)
        if result.outcome not in fine:
            wanted = "nothing" if isinstance(case, Stray | Nothing) else case.entries[0] if isinstance(case, Question) else case.intent
            got = result.said.entry or result.said.status.value
            print(f"{case.language} {result.outcome.value}: {case.text!r} wanted {wanted}, got {got}", file=sys.stderr)


if __name__ == "__main__":
    main()
