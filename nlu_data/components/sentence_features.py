"""What the classifier sees of a text: weighted words and letter groups, and its meaning as a sentence vector."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from components.normalisation import clean, fold
from components.sentence_vectors import MEMORY, WEIGHT, digests, encode, sentence_encoder

SQUARED_LENGTH = 1 + 1 + WEIGHT**2  # of every training row
_COMMON = {"sublinear_tf": True, "dtype": np.float32}


class QuickTfidf(TfidfVectorizer):
    """Gives one text the same numbers as scikit-learn in a fifth of the time, without making matrices of it."""

    def row(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the columns of the known terms in a text, and their weights, of length 1 together."""
        counts = Counter(column for term in self._analyze(text) if (column := self.vocabulary.get(term)) is not None)
        columns = np.fromiter(counts, dtype=np.int32, count=len(counts))
        values = (np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts))) + 1) * self._weights[columns]
        return columns, values / (np.sqrt(values @ values) or np.float32(1))

    @cached_property
    def _analyze(self) -> Callable[[str], list[str]]:
        return self.build_analyzer()

    @cached_property
    def _weights(self) -> np.ndarray:
        return np.asarray(self.idf_, dtype=np.float32)


class Row(NamedTuple):
    """Features of one text: the columns of its terms, their weights, and its meaning."""

    columns: np.ndarray
    values: np.ndarray
    vector: np.ndarray


class Rows(NamedTuple):
    """Features of several texts: which words and letter groups occur (sparse), and what they mean (dense)."""

    terms: csr_matrix
    vectors: np.ndarray

    def part(self, places: np.ndarray) -> "Rows":
        """Return only the rows at these places."""
        return Rows(self.terms[places], self.vectors[places])

    def joined(self) -> csr_matrix:
        """Return both parts side by side, in double precision; SciPy's own way takes ten times as long."""
        (texts, width), split = self.vectors.shape, self.terms.shape[1]
        sizes = np.column_stack([np.diff(self.terms.indptr), np.full(texts, width)])  # first the terms of a row, then its meaning
        is_term = np.repeat(np.tile([True, False], texts), sizes.ravel())
        columns, values = np.empty(len(is_term), np.int32), np.empty(len(is_term))
        columns[is_term], values[is_term] = self.terms.indices, self.terms.data
        columns[~is_term], values[~is_term] = np.tile(np.arange(split, split + width), texts), self.vectors.ravel()
        return csr_matrix((values, columns, np.append(0, sizes.sum(axis=1).cumsum())), shape=(texts, split + width))


@dataclass(frozen=True, kw_only=True)
class SentenceFeatures:
    """Turns texts into rows: TF-IDF of words (1-2) and letter groups (2-5), and 512 numbers of meaning."""

    words: QuickTfidf
    letters: QuickTfidf

    @classmethod
    def learn(cls, texts: list[str]) -> tuple["SentenceFeatures", Rows, np.ndarray]:
        """Learn the vocabulary of the training texts; return their rows and digests, too."""
        seen = [clean(text) for text in texts]
        plain = [fold(text) for text in seen]
        learned = cls(words=_words(), letters=_letters())
        parts = [part.fit_transform(plain) for part in (learned.words, learned.letters)]
        for part in (learned.words, learned.letters):
            part.vocabulary = part.vocabulary_
        terms = hstack(parts, format="csr", dtype=np.float32)
        terms.sort_indices()  # as they are stored: the order of a sum shows in its last digit
        keys = digests(seen)
        return learned, Rows(terms, MEMORY.vectors(seen, keys)), keys

    def row(self, text: str) -> Row:
        """Return what is seen of a text; words, letters and meaning have length 1, 1 and WEIGHT."""
        seen = clean(text)
        plain = fold(seen)
        (words, word_values), (letters, letter_values) = self.words.row(plain), self.letters.row(plain)
        columns = np.concatenate([words, letters + np.int32(len(self.words.vocabulary))])
        return Row(columns, np.concatenate([word_values, letter_values]), encode(seen))

    def places_in(self, other: "SentenceFeatures") -> list[int]:
        """Return the column of each of our terms among the other's terms; what it does not know comes after its last."""
        words, letters = len(other.words.vocabulary), len(other.letters.vocabulary)
        known_words = [other.words.vocabulary.get(term, words + letters) for term in _terms(self.words)]
        return known_words + [words + other.letters.vocabulary.get(term, letters) for term in _terms(self.letters)]

    def save(self, folder: Path) -> None:
        """Write the vocabulary, one term per line, and its weights."""
        for name, part in (("words", self.words), ("letters", self.letters)):
            (folder / f"{name}.txt").write_text("\n".join(_terms(part)), encoding="utf-8")
            np.save(folder / f"{name}.npy", part.idf_.astype(np.float32))

    @classmethod
    def load(cls, folder: Path) -> "SentenceFeatures":
        """Read what save() wrote."""
        sentence_encoder()
        return cls(words=_read(_words(), folder, "words"), letters=_read(_letters(), folder, "letters"))


def _terms(part: QuickTfidf) -> list[str]:
    return sorted(part.vocabulary, key=part.vocabulary.get)


def _words() -> QuickTfidf:
    return QuickTfidf(token_pattern=r"(?u)\b\w+\b", ngram_range=(1, 2), **_COMMON)


def _letters() -> QuickTfidf:
    return QuickTfidf(analyzer="char_wb", ngram_range=(2, 5), **_COMMON)


def _read(part: QuickTfidf, folder: Path, name: str) -> QuickTfidf:
    terms = (folder / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    part.vocabulary = {term: column for column, term in enumerate(terms)}
    part.idf_ = np.load(folder / f"{name}.npy", allow_pickle=False)
    return part
