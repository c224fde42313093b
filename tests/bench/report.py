"""Where benchmark figures go: docs/benchmarks.json for machines, one marked section of docs/benchmarks.md for people."""

import json
import os
import re
from pathlib import Path
from typing import Any

_DOCS = Path(__file__).parents[2] / "docs"
_UNDERSTANDING = {
    "pipeline": "pipeline inside Rasa",
    "accuracy": "accuracy, %",
    "answered_right": "answered right, %",
    "answered_wrong": "answered wrong, %",
    "out_of_scope_rejected": "out-of-scope rejected, %",
    "threshold": "at confidence",
    "train_seconds": "training, s",
    "parse_p50_ms": "parse p50, ms",
    "parse_p99_ms": "parse p99, ms",
}
_TURNS = {
    "side": "side",
    "turns_per_second": "turns per second",
    "p50_ms": "p50, ms",
    "p99_ms": "p99, ms",
    "rounds": "turns per second in each round",
}
_TURNS_SECTION = """## Turns per second

{questions:,} questions, sampled with a fixed seed from the phrasings of the knowledge in all languages,
in chats of {turns_per_chat} turns over {connections} kept-alive connections, from one client process.

- Ours: `python -m bot run` with SQLite and its Rasa child. Every turn is committed to disk (`synchronous = FULL`) before it is
  answered; afterwards the database was counted, and all {turns_stored:,} turns lie in it with their answers.
- Rasa: its own REST channel with RulePolicy, one rule per intent that says the German answer, on the same pipeline and the same
  training phrasings. It keeps its conversations in memory.

Both were warmed up with all questions; then they took turns, {rounds} rounds each. The medians of the rounds:

{table}

Machine: {machine} for bot, Rasa and client together; load average before the start {load_before}. Command: `{command}`"""

_DESK = {
    "database": "database",
    "page": "page",
    "p50_ms": "p50, ms",
    "p95_ms": "p95, ms",
    "processor_p50_ms": "processor time of desk and client, p50, ms",
}
_DESK_SECTION = """## The case desk

{cases:,} invented cases, sealed and logged as real ones are: five years of them in four cities, one in ten open, one in ten with an
answer by the person. A lead who may see all of them opens every page {requests} times over HTTP, one request after the other; with
every list come its counts. PostgreSQL runs beside it and was vacuumed once after filling.

{table}

Machine: {machine} for desk, database and client together; load average before the start {load_before}. Command: `{command}`"""

_KNOWLEDGE_SECTION = """## The knowledge desk

{entries} entries in twelve languages and plain German, made of the real ones with their phrasings; {drafts} drafts, and {days} days of
usage. An editor opens every page {requests} times over HTTP, one request after the other.

{table}

Machine: {machine} for desk, database and client together; load average before the start {load_before}. Command: `{command}`"""


_PUBLISHING = {
    "change": "change",
    "to_live_seconds": "from the button to live, s",
    "training_seconds": "of it training, s",
    "proving_seconds": "of it proof, s",
    "turns": "turns meanwhile",
    "failed": "of them failed",
    "turn_p50_ms": "turn p50, ms",
    "turn_p99_ms": "turn p99, ms",
    "turn_longest_ms": "longest, ms",
}
_PUBLISHING_SECTION = """## From the button to live

{phrasings:,} phrasings of {entries} entries and of the conversation{thinned}, {questions:,} questions in the proof.
While a publication is trained, proved and switched, one person after the other asks the running bot, {pause} s apart; a turn has
failed when it is not answered with the right entry. The workshop is started with the first change, and the answers of the former
publication are asked for once.

{table}

Machine: {machine} for both Rasa servers and the bot together; load average before the start {load_before}. Command: `{command}`"""


def write_report(results: list[dict[str, Any]], *, epochs: int) -> str:
    """Store the results of the understanding benchmark and return its table."""
    command = f"python -m tests.bench.understanding --epochs {epochs}"
    machine = f"{os.cpu_count()} cores"
    merge_json("understanding", {"command": command, "machine": machine, "data": "CLINC150 full", "results": results})
    table = _table(results, _UNDERSTANDING)
    merge_section(
        "understanding",
        "## Understanding\n\n"
        'CLINC150 (Larson et al. 2019), "full" with its out-of-scope examples: 15,100 for training, 4,500 questions and 1,000\n'
        "out-of-scope questions for the test. The threshold is chosen on the validation split: the highest one that costs at most\n"
        "two of a hundred in-scope questions their right answer. Everything goes through Rasa's HTTP API, one request at a time,\n"
        "as the bot does it.\n\n"
        f"{table}\n\n"
        "Published: BERT 96.9 % with out-of-scope recall 40.3 %, or 96.2 / 52.3 with a threshold (paper, table 1).\n\n"
        f"Machine: {machine}. Command: `{command}`",
    )
    return table


def write_turns(ours: dict[str, Any], rasa: dict[str, Any], circumstances: dict[str, Any]) -> str:
    """Store the results of the turns benchmark and return its table."""
    command, machine = "python -m tests.bench.turns", f"{os.cpu_count()} cores"
    ratio = round(ours["turns_per_second"] / rasa["turns_per_second"], 2)
    merge_json("turns", {"command": command, "machine": machine, "ratio": ratio, **circumstances, "results": [ours, rasa]})
    table = f"{_table([ours, rasa], _TURNS)}\n\nOurs takes {ratio} times as many turns (bar: {circumstances['bar']})."
    merge_section("turns", _TURNS_SECTION.format(table=table, command=command, machine=machine, **circumstances))
    return table


def write_desk(results: list[dict[str, Any]], circumstances: dict[str, Any]) -> str:
    """Store the results of the desk benchmark and return its table."""
    command, machine = "python -m tests.bench.desk", f"{os.cpu_count()} cores"
    slowest = max(result["p95_ms"] for result in results)
    merge_json("desk", {"command": command, "machine": machine, "slowest_p95_ms": slowest, **circumstances, "results": results})
    table = f"{_table(results, _DESK)}\n\nSlowest p95: {slowest} ms (bar: {circumstances['bar_ms']} ms)."
    merge_section("desk", _DESK_SECTION.format(table=table, command=command, machine=machine, **circumstances))
    return table


def write_knowledge(results: list[dict[str, Any]], circumstances: dict[str, Any]) -> str:
    """Store the results of the benchmark of the knowledge desk and return its table."""
    command, machine = "python -m tests.bench.knowledge", f"{os.cpu_count()} cores"
    slowest = max(result["p95_ms"] for result in results)
    merge_json("knowledge", {"command": command, "machine": machine, "slowest_p95_ms": slowest, **circumstances, "results": results})
    table = f"{_table(results, _DESK)}\n\nSlowest p95: {slowest} ms (bar: {circumstances['bar_ms']} ms)."
    merge_section("knowledge", _KNOWLEDGE_SECTION.format(table=table, command=command, machine=machine, **circumstances))
    return table


def write_publishing(results: list[dict[str, Any]], circumstances: dict[str, Any]) -> str:
    """Store the results of the benchmark of publishing and return its table."""
    most, machine = circumstances["most"], f"{os.cpu_count()} cores"
    pause = circumstances["pause"]
    command = "python -m tests.bench.publishing" + (f" --most {most}" if most else "") + (f" --pause {pause}" if pause >= 1 else "")
    name = "publishing" + (f"-{most}" if most else "") + ("-calm" if pause >= 1 else "")
    merge_json(name, {"command": command, "machine": machine, **circumstances, "results": results})
    table, thinned = _table(results, _PUBLISHING), f" (at most {most} of an entry in one language)" if most else ""
    merge_section(name, _PUBLISHING_SECTION.format(table=table, command=command, machine=machine, thinned=thinned, **circumstances))
    return table


def merge_json(key: str, value: dict[str, Any]) -> None:
    """Replace one benchmark in docs/benchmarks.json and keep the others."""
    file = _DOCS / "benchmarks.json"
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    file.write_text(json.dumps(known | {key: value}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def merge_section(name: str, text: str) -> None:
    """Replace the section between this benchmark's marks in docs/benchmarks.md and keep the rest."""
    file = _DOCS / "benchmarks.md"
    page = file.read_text(encoding="utf-8") if file.exists() else "# Benchmarks\n\nWritten by `make bench`.\n"
    section = f"<!-- {name} -->\n{text}\n<!-- /{name} -->"
    marked = re.compile(f"<!-- {name} -->.*<!-- /{name} -->", re.DOTALL)
    page = marked.sub(lambda _: section, page) if marked.search(page) else f"{page.rstrip()}\n\n{section}\n"
    file.write_text(page, encoding="utf-8")


def _table(results: list[dict[str, Any]], columns: dict[str, str]) -> str:
    lines = ["| " + " | ".join(columns.values()) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(_written(result[column]) for column in columns) + " |" for result in results]
    return "\n".join(lines)


def _written(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
