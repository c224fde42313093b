"""Print the development messages for calibrate.py, one JSON line each: `python -m tests.quality.development`."""

import json
from collections.abc import Iterator
from typing import Any

from bot.adapters.knowledge_files.build_knowledge import build_knowledge
from bot.adapters.knowledge_files.read_items import read_items
from bot.assemble.folders import KNOWLEDGE
from tests.quality.questions import FOLDER, read_questions, read_strays, read_wishes

DEVELOPMENT = FOLDER / "development"
LANGUAGES = sorted(file.stem for file in DEVELOPMENT.glob("??.yml"))


def development_messages() -> Iterator[dict[str, Any]]:
    """What calibrate.py reads: text, language, and the intents that are right; none for what belongs to nobody."""
    entries = build_knowledge(read_items(KNOWLEDGE)).entries
    for language in LANGUAGES:
        for question in read_questions(language, DEVELOPMENT):
            yield {"text": question.text, "language": language, "intents": [entries[entry].intent for entry in question.entries]}  # type: ignore[index]
    for stray in read_strays(DEVELOPMENT):
        yield {"text": stray.text, "language": stray.language, "intents": []}
    for wish in read_wishes(DEVELOPMENT):
        yield {"text": wish.text, "language": wish.language, "intents": [wish.intent]}


if __name__ == "__main__":
    for message in development_messages():
        print(json.dumps(message, ensure_ascii=False))
