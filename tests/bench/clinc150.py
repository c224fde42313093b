"""CLINC150: 150 intents and questions that belong to none of them, written by people who never saw this project."""

import json
import os
from collections import defaultdict
from pathlib import Path

OUT_OF_SCOPE = "oos"
_DEFAULT_FOLDER = "../shared/data/clinc150"
_ROOT = Path(__file__).parents[2]

Example = tuple[str, str]  # text, intent


def find_clinc150() -> Path | None:
    """Return the data file (WEGWEISER_CLINC150 names it or its folder), or None when it is not there."""
    place = _ROOT / os.environ.get("WEGWEISER_CLINC150", _DEFAULT_FOLDER)
    file = place / "data_full.json" if place.is_dir() else place
    return file if file.is_file() else None


def read_clinc150(file: Path) -> dict[str, list[Example]]:
    """Return the splits train, val and test, each with its out-of-scope questions."""
    data = json.loads(file.read_text(encoding="utf-8"))
    return {split: [tuple(pair) for pair in data[split] + data[f"oos_{split}"]] for split in ("train", "val", "test")}


def to_rasa_yaml(config: str, examples: list[Example]) -> str:
    """Return one Rasa project in one YAML text: the configuration, the intents and their examples."""
    texts = defaultdict(list)
    for text, intent in examples:
        texts[intent].append(text)
    nlu = [f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {text}\n" for text in texts[intent]) for intent in texts]
    intents = "".join(f"- {intent}\n" for intent in texts)
    return f'version: "3.1"\n{config}\nintents:\n{intents}\nnlu:\n{"".join(nlu)}'
