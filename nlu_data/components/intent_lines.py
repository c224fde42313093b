"""One straight line per intent through the features: a support vector machine each, half of them in each of two processes.

Not in threads: scikit-learn draws from one row of random numbers per process, so that threads disturb each other's results.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from scipy.sparse import csr_matrix, load_npz, save_npz
from sklearn.svm import LinearSVC

REGULARISATION = 0.5  # C of the support vector machine; chosen on the validation split of CLINC150
TOLERANCE = 1e-3  # decision values are this exact; scikit-learn's 1e-4 takes longer and changes no answer
PROCESSES = 2
_REST = -1


def fit_lines(rows: csr_matrix, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return weights (intent x feature) and offsets. Labels are the numbers from 0 to one below the number of intents."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        save_npz(folder / "rows.npz", rows, compressed=False)
        np.save(folder / "labels.npy", labels)
        running = [_start(folder, first) for first in range(PROCESSES)]
        failures = [process.wait() for process in running]
        if any(failures):
            message = "A process that fits half of the intents failed; what it printed is above."
            raise RuntimeError(message)
        return _collect(folder, int(labels.max()) + 1)


def _start(folder: Path, first: int) -> subprocess.Popen:
    command = [sys.executable, "-m", __name__, str(folder), str(first)]
    return subprocess.Popen(command, cwd=Path(__file__).parents[1])  # noqa: S603  # this very file


def _collect(folder: Path, intents: int) -> tuple[np.ndarray, np.ndarray]:
    shares = [np.load(folder / f"{first}.npz", allow_pickle=False) for first in range(PROCESSES)]
    weights = np.empty((intents, shares[0]["weights"].shape[1]), dtype=np.float32)
    offsets = np.empty(intents, dtype=np.float32)
    for first, share in enumerate(shares):
        weights[first::PROCESSES], offsets[first::PROCESSES] = share["weights"], share["offsets"]
    return weights, offsets


def _fit_share(folder: Path, first: int) -> None:
    """Fit every other intent against all others, and one line for the rest, which nobody asks for."""
    rows, labels = load_npz(folder / "rows.npz"), np.load(folder / "labels.npy", allow_pickle=False)
    known = np.where(labels % PROCESSES == first, labels, _REST)
    svm = LinearSVC(C=REGULARISATION, tol=TOLERANCE, random_state=0).fit(rows, known)
    asked = len(range(first, labels.max() + 1, PROCESSES))
    np.savez(folder / f"{first}.npz", weights=svm.coef_[-asked:].astype(np.float32), offsets=svm.intercept_[-asked:])


if __name__ == "__main__":
    _fit_share(Path(sys.argv[1]), int(sys.argv[2]))
