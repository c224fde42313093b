"""Arrays in small files, of half precision, which is finer than anything that shows in an answer; and a quick sum over sparse ones."""

from functools import cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix


def halved(numbers: np.ndarray) -> np.ndarray:
    """Return the numbers as a file holds them."""
    return numbers.astype(np.float16)


def widened(halves: np.ndarray) -> np.ndarray:
    """Return what was halved as numbers to calculate with; looking all of them up takes a third of NumPy's conversion."""
    return _every_half()[halves.view(np.uint16)]


def rounded(numbers: np.ndarray) -> np.ndarray:
    """Return the numbers as they are after saving and loading."""
    return widened(halved(numbers))


def save_sparse(file: Path, matrix: csr_matrix) -> None:
    """Write a matrix, its columns as narrow as their number allows."""
    columns = matrix.indices.astype(np.min_scalar_type(matrix.shape[1]))
    np.savez(file, halves=halved(matrix.data), columns=columns, starts=matrix.indptr, width=matrix.shape[1])


def load_sparse(file: Path) -> csr_matrix:
    """Read what save_sparse() wrote."""
    with np.load(file, allow_pickle=False) as parts:
        content = (widened(parts["halves"]), parts["columns"].astype(np.int32), parts["starts"])
        return csr_matrix(content, shape=(len(parts["starts"]) - 1, int(parts["width"])))


def weighted_sum(matrix: csr_matrix, rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return weights @ matrix[rows]; for the hundred terms of a message in a fraction of SciPy's time."""
    starts, lengths = matrix.indptr[rows], matrix.indptr[rows + 1] - matrix.indptr[rows]
    places = np.arange(lengths.sum()) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
    return np.bincount(matrix.indices[places], matrix.data[places] * np.repeat(weights, lengths), minlength=matrix.shape[1])


@cache
def _every_half() -> np.ndarray:
    return np.arange(2**16, dtype=np.uint16).view(np.float16).astype(np.float32)
