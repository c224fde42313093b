"""Read the questions with known answers that come with the program: each publication is proved on them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.adapters.knowledge_files.read_items import read_yaml
from bot.domain.languages import Language
from bot.domain.proof import Asked, ProofQuestion

NOBODY, WISHES, NOTHING = "nobody", "wishes", "nothing"


def read_questions(folder: Path) -> list[ProofQuestion]:
    """Questions by language, questions that belong to nobody, and cries for help. None where there is no such folder.

    Messages that say nothing are only measured: small talk is as good for them as not knowing.
    """
    return [
        question
        for file in sorted(folder.glob("*.yml"))
        if file.stem != NOTHING
        for number, each in enumerate(read_yaml(file) or [])
        for question in _read(file.stem, number, each)
    ]


def _read(name: str, number: int, each: dict[str, Any]) -> Iterator[ProofQuestion]:
    """A file is named after its language; the two for all languages name it in each question."""
    key, text = f"{name}:{number}", str(each["text"])
    if name == NOBODY:
        yield ProofQuestion(key=key, kind=Asked.STRAY, text=text, language=Language(each["language"]))
    elif name == WISHES:
        if each["intent"] == "emergency":
            yield ProofQuestion(key=key, kind=Asked.EMERGENCY, text=text, language=Language(each["language"]))
    else:
        expected = each["entry"] if isinstance(each["entry"], list) else [each["entry"]]
        yield ProofQuestion(key=key, kind=Asked.QUESTION, text=text, language=Language(name), entries=tuple(expected))
