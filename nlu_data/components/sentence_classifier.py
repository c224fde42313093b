"""Wegweiser's intent classifier: a linear model over words, letter groups and sentence meaning, which knows its limits."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.normalisation import clean, has_words
from components.sentence_model import SentenceModel


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceClassifier(IntentClassifier, GraphComponent):
    """The Rasa side of the sentence model. Rasa builds its graph from the annotations of these methods."""

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: SentenceModel | None) -> None:
        """Hold a trained model, or None before training."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return how many intents a ranking names, and the name of the model, which each answer carries."""
        return {"ranking_length": 10, "model": ""}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "SentenceClassifier":
        """Return an untrained classifier."""
        return cls(config, model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "SentenceClassifier":
        """Return the classifier that was stored with a model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, SentenceModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the phrasings that have an intent and letters, and store the result.

        Each line of an example is a phrasing: Rasa spends more than a minute on tens of thousands of examples, and none on lines.
        """
        examples = [
            (phrasing, example.get(INTENT))
            for example in training_data.intent_examples
            for phrasing in (example.get(TEXT) or "").splitlines()
            if has_words(clean(phrasing))
        ]
        self._model = SentenceModel.learn([text for text, _ in examples], [intent for _, intent in examples])
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking and the model's name; a message without letters has no intent."""
        for message in messages:
            ranking = self._rank(message.get(TEXT) or "")
            first = ranking[0] if ranking else {"name": None, "confidence": 0.0}
            message.set("intent", first, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            message.set("model", self._config["model"], add_to_output=True)
        return messages

    def _rank(self, text: str) -> list[dict[str, Any]]:
        if self._model is None or not has_words(clean(text)):
            return []
        ranked = self._model.rank([text], self._config["ranking_length"])[0]
        return [{"name": intent, "confidence": confidence} for intent, confidence in ranked]
