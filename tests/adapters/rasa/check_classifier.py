"""Run by nlu_data's own Python: trains a small classifier the way Rasa does and prints what it says, as JSON."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "nlu_data"))

from components.former_lines import FORMER, FormerLines
from components.sentence_classifier import SentenceClassifier
from components.sentence_model import SentenceModel
from components.sentence_vectors import MEMORY, VectorMemory
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

PHRASINGS = {
    "greeting": ["hallo", "guten tag", "merhaba", "привет"],
    "goodbye": ["tschüss", "auf wiedersehen", "güle güle"],
    "costs": ["was kostet ein anwalt", "muss ich das bezahlen", "сколько стоит адвокат"],
}
QUESTIONS = ["halo", "Was kostet das?", "bis bald", "сколько это стоит"]


def trained_by_rasa(folder: Path) -> list[dict]:
    """One example per intent, one phrasing per line."""
    storage, resource = LocalModelStorage(folder), Resource("classifier")
    config = {**SentenceClassifier.get_default_config(), "model": "a-name"}
    examples = [Message.build("\n".join(texts), intent) for intent, texts in PHRASINGS.items()]
    SentenceClassifier.create(config, storage, resource, None).train(TrainingData(examples))
    classifier = SentenceClassifier.load(config, storage, resource, None)
    messages = classifier.process([Message.build(question) for question in [*QUESTIONS, "🙂"]])
    return [message.as_dict(only_output_properties=True) for message in messages]


def learnt(goodbyes: int) -> SentenceModel:
    """A model that knows some of the goodbyes."""
    pairs = [(text, intent) for intent, texts in PHRASINGS.items() for text in texts[: goodbyes if intent == "goodbye" else None]]
    return SentenceModel.learn([text for text, _ in pairs], [intent for _, intent in pairs])


def main() -> None:
    """Print the answers of a model that Rasa trained, and of one trained after another one, and after none."""
    said = {"by_rasa": trained_by_rasa(Path(sys.argv[1]))}
    learnt(2)
    said["known"] = learnt(3).rank(QUESTIONS, 3)
    MEMORY.__dict__.update(VectorMemory().__dict__)
    FORMER.__dict__.update(FormerLines().__dict__)
    said["fresh"] = learnt(3).rank(QUESTIONS, 3)
    print(json.dumps(said))


if __name__ == "__main__":
    main()
