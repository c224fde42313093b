"""The trained model: which intent a text belongs to, and how likely that is right."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from components.arrays import halved, load_sparse, rounded, save_sparse, weighted_sum, widened
from components.former_lines import FORMER
from components.intent_lines import fit_lines
from components.sentence_features import SQUARED_LENGTH, Row, Rows, SentenceFeatures
from components.sentence_vectors import MEMORY

# Confidence is the logistic function of: the decision value, its lead over the best other intent, and the likeness (cosine)
# to the nearest training example of the same intent. Fitted (logistic regression) to "is this intent right?" on the development
# messages: `calibrate.py` prints what the numbers would be today.
WEIGHTS, CONSTANT = np.array([1.3, 2.6, 1.7]), -0.7

NEGLIGIBLE = 1e-6  # weights below change no confidence; five of six are zero and not kept


@dataclass(frozen=True, kw_only=True)
class SentenceModel:
    """One straight line per intent through the features, and the training examples to compare with."""

    features: SentenceFeatures
    intents: np.ndarray  # names, sorted
    term_weights: csr_matrix  # term x intent
    vector_weights: np.ndarray  # number of meaning x intent
    offsets: np.ndarray  # intent
    examples: Rows  # one row per training example, ordered by intent
    keys: np.ndarray  # one digest per training example
    starts: np.ndarray  # where an intent's examples begin; one more entry than intents

    @classmethod
    def learn(cls, texts: list[str], intents: list[str]) -> "SentenceModel":
        """Train on texts and their intents; the same data gives the same decisions to a hundredth, whatever was trained before.

        Raises ValueError below two intents.
        """
        if len(set(intents)) < 2:
            message = "The training data must hold examples of at least two intents."
            raise ValueError(message)
        order = np.argsort(intents, kind="stable")
        names, starts, labels = np.unique(np.asarray(intents)[order], return_index=True, return_inverse=True)
        features, examples, keys = SentenceFeatures.learn([texts[i] for i in order])
        weights, offsets = fit_lines(examples, labels, FORMER.translate(features, names))
        weights[np.abs(weights) < NEGLIGIBLE] = 0
        split = examples.terms.shape[1]
        examples.terms.data = rounded(examples.terms.data)  # a model says the same before and after it is stored
        model = cls(
            features=features,
            intents=names,
            term_weights=csr_matrix(rounded(weights[:, :split].T)),
            vector_weights=np.ascontiguousarray(weights[:, split:].T),
            offsets=offsets,
            examples=examples,
            keys=keys,
            starts=np.append(starts, len(labels)),
        )
        model.remember()
        return model

    def remember(self) -> None:
        """Let the next training begin with what this model knows."""
        MEMORY.remember(self.keys, self.examples.vectors)
        FORMER.remember(self.features, self.intents, (self.term_weights, self.vector_weights, self.offsets))

    def rank(self, texts: list[str], length: int) -> list[list[tuple[str, float]]]:
        """Return the most likely intents of each text with their confidence from 0 to 1, best first."""
        return [self._rank_one(text, length) for text in texts]

    def weigh(self, text: str, length: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the most likely intents of a text, and per intent what speaks for it: decision value, its lead, likeness."""
        row = self.features.row(text)
        decisions = weighted_sum(self.term_weights, row.columns, row.values) + row.vector @ self.vector_weights + self.offsets
        best = np.argsort(-decisions, kind="stable")[: max(length, 2)]
        own = decisions[best]
        rivals = np.where(best == best[0], own[1], own[0])
        return self.intents[best], np.column_stack([own, own - rivals, self._likeness(row, best)])

    def _rank_one(self, text: str, length: int) -> list[tuple[str, float]]:
        intents, evidence = self.weigh(text, length)
        confidences = 1 / (1 + np.exp(-(evidence.astype(float) @ WEIGHTS + CONSTANT)))
        ranked = sorted(zip(intents.tolist(), confidences.tolist(), strict=True), key=lambda pair: -pair[1])
        return ranked[:length]

    def _likeness(self, row: Row, intents: np.ndarray) -> np.ndarray:
        terms = np.zeros(self.examples.terms.shape[1], dtype=np.float32)
        terms[row.columns] = row.values
        examples = (self._examples_by_intent[intent] for intent in intents)
        return np.array([(own.terms @ terms + own.vectors @ row.vector).max() for own in examples]) / SQUARED_LENGTH

    @cached_property
    def _examples_by_intent(self) -> list[Rows]:
        bounds = zip(self.starts[:-1], self.starts[1:], strict=True)
        return [Rows(self.examples.terms[first:end], self.examples.vectors[first:end]) for first, end in bounds]

    def save(self, folder: Path) -> None:
        """Write the model as text and NumPy arrays: nothing in it can run code when it is read."""
        self.features.save(folder)
        (folder / "intents.json").write_text(json.dumps(self.intents.tolist()), encoding="utf-8")
        save_sparse(folder / "examples.npz", self.examples.terms)
        save_sparse(folder / "term_weights.npz", self.term_weights)
        arrays = {"vector_weights": self.vector_weights, "offsets": self.offsets, "starts": self.starts, "keys": self.keys}
        np.savez(folder / "model.npz", vectors=halved(self.examples.vectors), **arrays)

    @classmethod
    def load(cls, folder: Path) -> "SentenceModel":
        """Read what save() wrote."""
        with np.load(folder / "model.npz", allow_pickle=False) as file:
            arrays = dict(file)
        model = cls(
            features=SentenceFeatures.load(folder),
            intents=np.asarray(json.loads((folder / "intents.json").read_text(encoding="utf-8"))),
            examples=Rows(load_sparse(folder / "examples.npz"), widened(arrays.pop("vectors"))),
            term_weights=load_sparse(folder / "term_weights.npz"),
            **arrays,
        )
        model.remember()
        return model
