"""The trained model: which intent a text belongs to, and how likely that is right."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from scipy.sparse import load_npz, save_npz
from sklearn.svm import LinearSVC

from components.sentence_features import SQUARED_LENGTH, Rows, SentenceFeatures

REGULARISATION = 0.5  # C of the support vector machine; chosen on the validation split of CLINC150

# Confidence is the logistic function of: the decision value, its lead over the best other intent, and the likeness (cosine)
# to the nearest training example of the same intent. Fitted (logistic regression) to "is this answer right?" on the validation
# split of CLINC150, with out-of-scope messages as a third of what comes in.
DECISION, LEAD, LIKENESS, CONSTANT = 2.0, 1.6, 7.6, -4.9


@dataclass(frozen=True, kw_only=True)
class SentenceModel:
    """One straight line per intent through the features, and the training examples to compare with."""

    features: SentenceFeatures
    intents: np.ndarray  # names, sorted
    weights: np.ndarray  # feature x intent
    offsets: np.ndarray  # intent
    examples: Rows  # one row per training example, ordered by intent
    starts: np.ndarray  # where an intent's examples begin; one more entry than intents

    @classmethod
    def learn(cls, texts: list[str], intents: list[str]) -> "SentenceModel":
        """Train on texts and their intents; the same data gives the same model. Raises ValueError below two intents."""
        if len(set(intents)) < 2:
            message = "The training data must hold examples of at least two intents."
            raise ValueError(message)
        order = np.argsort(intents, kind="stable")
        labels = np.asarray(intents)[order]
        names, starts = np.unique(labels, return_index=True)
        features = SentenceFeatures.learn(texts)
        examples = features.rows([texts[i] for i in order])
        svm = LinearSVC(C=REGULARISATION, random_state=0).fit(examples.joined(), labels)
        signs = np.array([[-1.0], [1.0]]) if len(names) == 2 else np.ones((1, 1))  # two intents share one line
        return cls(
            features=features,
            intents=names,
            weights=np.ascontiguousarray((svm.coef_ * signs).T, dtype=np.float32),
            offsets=(svm.intercept_ * signs.ravel()).astype(np.float32),
            examples=examples,
            starts=np.append(starts, len(labels)),
        )

    def rank(self, texts: list[str], length: int) -> list[list[tuple[str, float]]]:
        """Return the most likely intents of each text with their confidence from 0 to 1, best first."""
        rows = self.features.rows(texts)
        split = rows.terms.shape[1]
        decisions = rows.terms @ self.weights[:split] + rows.vectors @ self.weights[split:] + self.offsets
        return [
            self._rank_one(terms.toarray().ravel(), vector, values, length)
            for terms, vector, values in zip(rows.terms, rows.vectors, decisions, strict=True)
        ]

    def _rank_one(self, terms: np.ndarray, vector: np.ndarray, decisions: np.ndarray, length: int) -> list[tuple[str, float]]:
        best = np.argsort(-decisions, kind="stable")[: max(length, 2)]
        own = decisions[best]
        rivals = np.where(best == best[0], own[1], own[0])
        likeness = np.array([self._likeness(terms, vector, intent) for intent in best])
        scores = DECISION * own + LEAD * (own - rivals) + LIKENESS * likeness + CONSTANT
        confidences = 1 / (1 + np.exp(-scores.astype(float)))
        ranked = sorted(zip(self.intents[best].tolist(), confidences.tolist(), strict=True), key=lambda pair: -pair[1])
        return ranked[:length]

    def _likeness(self, terms: np.ndarray, vector: np.ndarray, intent: int) -> float:
        own = self._examples_by_intent[intent]
        return float((own.terms @ terms + own.vectors @ vector).max()) / SQUARED_LENGTH

    @cached_property
    def _examples_by_intent(self) -> list[Rows]:
        bounds = zip(self.starts[:-1], self.starts[1:], strict=True)
        return [Rows(self.examples.terms[first:end], self.examples.vectors[first:end]) for first, end in bounds]

    def save(self, folder: Path) -> None:
        """Write the model as JSON and NumPy arrays: nothing in it can run code when it is read."""
        self.features.save(folder)
        (folder / "intents.json").write_text(json.dumps(self.intents.tolist()), encoding="utf-8")
        save_npz(folder / "terms.npz", self.examples.terms, compressed=False)
        arrays = {"weights": self.weights, "offsets": self.offsets, "starts": self.starts}
        np.savez(folder / "model.npz", vectors=self.examples.vectors, **arrays)

    @classmethod
    def load(cls, folder: Path) -> "SentenceModel":
        """Read what save() wrote."""
        with np.load(folder / "model.npz", allow_pickle=False) as file:
            arrays = dict(file)
        return cls(
            features=SentenceFeatures.load(folder),
            intents=np.asarray(json.loads((folder / "intents.json").read_text(encoding="utf-8"))),
            examples=Rows(load_npz(folder / "terms.npz"), arrays.pop("vectors")),
            **arrays,
        )
