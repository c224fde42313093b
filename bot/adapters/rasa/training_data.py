"""What the model is trained on: the phrasings in knowledge/ and nlu_data/, the names of cities and offices, as Rasa YAML."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.domain.knowledge import KnowledgeBase

MUNICIPALITY, OTHER_CITY, OFFICE = "municipality", "other_city", "office"
ANNOTATED = [f"[Halle]({MUNICIPALITY})", f"[Berlin]({OTHER_CITY})", f"[Jobcenter]({OFFICE})"]
"""Rasa finds an entity by its lookup table only if one example is annotated with it. Who writes only a name asks for a contact."""
CLASSIFIER = "components.sentence_classifier.SentenceClassifier"
ANNOTATION = re.compile(r"\[([^\]]*)\]\([a-z_]+\)")


@dataclass(frozen=True, kw_only=True)
class Phrasing:
    """One training example. Those of one `group` stand at the same place in their language's list: often translations.

    `is_question`: it asks the knowledge something; all others steer the conversation.
    """

    text: str
    intent: str
    language: str
    group: str
    is_question: bool


def all_phrasings(knowledge: KnowledgeBase, nlu_folder: Path) -> list[Phrasing]:
    """Every training example: questions of the published entries, what belongs to none, then those of the conversation."""
    of_entries = [
        Phrasing(text=one_line(question), intent=entry.intent, language=language, group=f"{entry.id}/{number}", is_question=True)
        for entry in knowledge.entries.values()
        for language, questions in entry.questions.items()
        for number, question in enumerate(questions)
    ]
    loose = [
        Phrasing(text=one_line(each.text), intent=each.intent, language=each.language, group=each.id, is_question=False)
        for each in knowledge.phrasings
    ]
    return [*of_entries, *loose, *_conversation(nlu_folder)]


def _conversation(nlu_folder: Path) -> Iterator[Phrasing]:
    for file in sorted(nlu_folder.glob("*/conversation.yml")):
        language = file.parent.name
        for block in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            lines = (line.strip().removeprefix("- ").strip() for line in block["examples"].splitlines())
            for number, line in enumerate(filter(None, lines)):
                text = one_line(ANNOTATION.sub(r"\1", line))
                yield Phrasing(text=text, intent=block["intent"], language=language, group=f"{block['intent']}/{number}", is_question=False)


def one_line(text: str) -> str:
    """A phrasing as Rasa's format takes it: one line, and no brackets that it would read as entities."""
    return " ".join(text.translate({ord("["): "(", ord("]"): ")", ord("{"): "(", ord("}"): ")"}).split())


def to_training_data(knowledge: KnowledgeBase, nlu_folder: Path, model: str = "") -> str:
    """The body of POST /model/train: configuration and examples in one YAML document.

    With `model`, the trained model says its own name in each answer.
    """
    by_intent: dict[str, list[str]] = {}
    for phrasing in all_phrasings(knowledge, nlu_folder):
        by_intent.setdefault(phrasing.intent, []).append(phrasing.text)
    by_intent["contacts"] += ANNOTATED
    intents = [{"intent": intent, "examples": [{"text": _lines(texts)}]} for intent, texts in sorted(by_intent.items())]
    offices = yaml.load((nlu_folder / "offices.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]
    config = yaml.load((nlu_folder / "config.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for component in config["pipeline"] if model else ():
        if component["name"] == CLASSIFIER:
            component["model"] = model
    named = {"intents": sorted(by_intent), "entities": [MUNICIPALITY, OTHER_CITY, OFFICE]}
    document: dict[str, Any] = {**config, "version": "3.1", **named, "nlu": [*intents, *_cities(knowledge), *offices]}
    return yaml.dump(document, Dumper=_BlockDumper, allow_unicode=True, sort_keys=False, width=100_000)


def fingerprint(training_data: str, nlu_folder: Path) -> str:
    """What a model depends on: its training data and the code of our component."""
    digest = hashlib.sha256(training_data.encode())
    for file in [*sorted((nlu_folder / "components").glob("*.py")), nlu_folder / "uv.lock"]:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _cities(knowledge: KnowledgeBase) -> Iterator[dict[str, str]]:
    covered = {city.id: dict.fromkeys((*city.name.values(), *city.aliases)) for city in knowledge.municipalities.values()}
    others = {city.name: dict.fromkeys((city.name, *city.aliases)) for city in knowledge.other_cities}
    for entity, names in ((MUNICIPALITY, covered), (OTHER_CITY, others)):
        yield {"lookup": entity, "examples": _listed(alias for aliases in names.values() for alias in aliases)}
        for name, aliases in names.items():
            yield {"synonym": name, "examples": _listed(alias for alias in aliases if alias != name)}


def _lines(texts: Iterable[str]) -> str:
    """All phrasings of an intent as the lines of one example, which Rasa reads quickly; our classifier takes them apart."""
    return "".join(f"{text}\n" for text in dict.fromkeys(texts))


class _BlockDumper(yaml.CSafeDumper):
    """Writes texts of several lines as they are."""


_BlockDumper.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)
)


def _listed(texts: Iterable[str]) -> str:
    return "".join(f"- {text}\n" for text in texts)
