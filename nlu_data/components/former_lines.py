"""The lines of the model that was trained or loaded last: the next training begins where they are."""

from typing import NamedTuple

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, vstack

from components.sentence_features import SentenceFeatures


class Lines(NamedTuple):
    """One column per intent, in three parts; a new term weighs nothing, and the offset of an unknown intent is not a number."""

    terms: csc_matrix
    vectors: np.ndarray
    offsets: np.ndarray

    def line(self, intent: int) -> tuple[np.ndarray, np.float32] | None:
        """Return weights (one per feature) and offset of one intent, None where it is not known."""
        if np.isnan(self.offsets[intent]):
            return None
        return np.concatenate([self.terms[:, [intent]].toarray().ravel(), self.vectors[:, intent]]), self.offsets[intent]


class FormerLines:
    """Keeps the lines of one model, and tells them in the terms of another."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._features: SentenceFeatures | None = None

    def remember(self, features: SentenceFeatures, intents: np.ndarray, lines: tuple[csr_matrix, np.ndarray, np.ndarray]) -> None:
        """Forget the former model's lines and keep these: weights of terms and of meaning (feature x intent), offsets."""
        self._features, self._intents, self._lines = features, {name: place for place, name in enumerate(intents.tolist())}, lines

    def translate(self, features: SentenceFeatures, intents: np.ndarray) -> Lines | None:
        """Return the lines for these terms and intents, None when there is no former model."""
        if self._features is None:
            return None
        terms, vectors, offsets = self._lines
        known = [name in self._intents for name in intents.tolist()]
        places = [self._intents.get(name, 0) for name in intents.tolist()]
        with_unknown = vstack([terms, csr_matrix((1, terms.shape[1]), dtype=terms.dtype)], format="csr")
        return Lines(
            terms=with_unknown[features.places_in(self._features)].tocsc()[:, places],
            vectors=vectors[:, places],
            offsets=np.where(known, offsets[places], np.float32(np.nan)),
        )


FORMER = FormerLines()
